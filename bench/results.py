"""Results as JSON: written with what they were measured on, and compared figure by figure with an earlier file."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

SHOWN = 0.5
"""Percent of change under which a figure is not shown."""


def written(path: Path, figures: Mapping[str, Any]) -> None:
    """Write figures with the day, the machine's kind and the commit; ratios and percentages may be compared across machines."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S607
    about = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip() or "unknown",
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
    }
    document = {"about": about, "figures": figures}
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def leaves(figures: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, float]]:
    """Every number in the figures with its path."""
    for name, value in figures.items():
        path = f"{before} / {name}" if before else name
        if isinstance(value, Mapping):
            yield from leaves(value, path)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield path, float(value)


def compared(console: Console, figures: Mapping[str, Any], earlier: Path) -> None:
    """Print what differs from an earlier file by more than half a percent, and which figures are new or gone."""
    document = json.loads(earlier.read_text(encoding="utf-8"))
    old, new = dict(leaves(document["figures"])), dict(leaves(figures))
    table = Table(
        "figure", "then", "now", "change", title=f"against {earlier.name}, commit {document['about']['commit']}"
    )
    for name in [*new, *(n for n in old if n not in new)]:
        then, now = old.get(name), new.get(name)
        if then is None or now is None:
            table.add_row(name, _shown(then), _shown(now), "new" if then is None else "gone")
        elif then != now and abs(now - then) * 100 > SHOWN * max(abs(then), 1e-9):
            table.add_row(name, _shown(then), _shown(now), f"{100 * (now - then) / then:+.1f} %" if then else "")
    console.print(table)


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:,.3f}".rstrip("0").rstrip(".")


def table(console: Console, title: str, figures: Mapping[str, Any]) -> None:
    """Any figures as one two-column table."""
    made = Table("figure", "value", title=title)
    for name, value in leaves(figures):
        made.add_row(name, _shown(value))
    console.print(made)
