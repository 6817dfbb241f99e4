"""The figures as tables on the terminal, and the failures one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from .accuracy import Measured
from .metrics import by_kind

COLUMNS = ("n", "recall@1%", "recall@0.1%", "r@1", "r@10", "at default")


def accuracy(console: Console, figures: Mapping[str, Any]) -> None:
    """Recall per kind, the default threshold, the near misses and the attributes."""
    console.print(
        f"[bold]{figures['index']['source']}[/], {figures['index']['parties']:,} parties; scores: {figures['scores']}"
    )
    table = Table("kind", *COLUMNS, title="percent of queries whose party is found")
    for name in ("all", "reachable", "with birth date", "same people, name only"):
        table.add_row(f"[bold]{name}[/]", *_cells(figures[name]))
    for name in ("kind of party unknown", "kind of party given"):
        if name in figures:
            table.add_row(f"reachable, {name}", *_cells(figures[name]["reachable"]))
    table.add_section()
    for kind, row in figures["kinds"].items():
        table.add_row(kind, *_cells(row))
        can = figures["kinds, reachable"].get(kind)
        if can is not None and can["n"] != row["n"]:
            table.add_row("  of these reachable", *_cells(can))
    console.print(table)
    table = Table(
        "what",
        "value",
        title=f"default threshold {figures['scores']['default threshold']}, reachable queries and {figures['unlisted names']:,} unlisted names",
    )
    for name, value in figures["default threshold, reachable"].items():
        table.add_row(name, f"{value:.3f}")
    console.print(table)
    table = Table("near misses", "n", "@1%", "@0.1%", "at default", title="percent with any hit: less is better")
    for kind, row in figures["hard negatives, % with a hit"].items():
        table.add_row(kind, str(row["n"]), *(f"{row[c]:.1f}" for c in ("@1%", "@0.1%", "at default")))
    row = figures["same name in conflict, % with a hit"]
    table.add_row(
        "same name, other birth and country", str(row["n"]), f"{row['@1%']:.1f}", "", f"{row['at default']:.1f}"
    )
    console.print(table)


def _cells(row: Mapping[str, float]) -> list[str]:
    return [f"{row['n']:,.0f}", *(f"{row[c]:.1f}" for c in COLUMNS[1:])]


def failures(console: Console, made: Measured, count: int) -> None:
    """Per kind, the reachable queries furthest under the 1 % score, and the unlisted names with the best scores."""
    for kind, answers in by_kind(made.found).items():
        missed = sorted(
            (a for a in answers if a.right <= made.one and a.query.reachable), key=lambda a: (a.right, a.query.name)
        )
        if missed:
            console.print(f"[bold]{kind}[/]: {len(missed)} missed at 1 %")
        for a in missed[:: max(1, len(missed) // count)][:count]:
            console.print(
                f"  {a.right:.3f} rank {a.rank} (best other {a.best:.3f})  {a.query.name!r}  is  {a.query.from_name!r} {a.query.party}",
                highlight=False,
                markup=False,
            )
    for kind, answers in by_kind([*made.unlisted, *made.hard]).items():
        console.print(f"[bold]{kind}[/]: the best scores")
        for a in sorted(answers, key=lambda a: -a.best)[:count]:
            console.print(f"  {a.best:.3f}  {a.query.name!r}  ({a.query.from_name})", highlight=False, markup=False)
