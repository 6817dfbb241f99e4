"""The table of reliability in ``docs/screening.md``: written by the benchmark between two marks, with the digest of the weights it was measured with.

./run bench accuracy --page docs/screening.md
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.core.screening.tables import DATA

BEGIN, END = "<!-- reliability: ./run bench accuracy --page docs/screening.md -->", "<!-- end -->"


def digest() -> str:
    """Of what the score is made of: the learnt weights and the rules beside them."""
    made = hashlib.sha256((DATA / "weights.json").read_bytes())
    made.update((DATA.parent / "weights.py").read_bytes())
    return made.hexdigest()[:12]


def written(page: Path, figures: Mapping[str, Any], split: str) -> None:
    """Put the table of these figures in its place in the page; a page without the marks raises ``ValueError``."""
    text = page.read_text(encoding="utf-8")
    before, mark, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"{page} has no place for the table: {BEGIN} … {END}")
    page.write_text(f"{before}{BEGIN}\n{_table(figures, split)}{END}{after}", encoding="utf-8")


def _table(figures: Mapping[str, Any], split: str) -> str:
    asked, unlisted = int(figures["all"]["n"]), figures["unlisted names"]
    lines = [
        f"{asked:,} names of listed parties and {unlisted:,} names that are on no list ({split} half, {figures['index']['source'].split(' under ')[0]}, "
        f"{figures['index']['parties']:,} parties; weights `{digest()}`). A hit is the best of a query.",
        "",
        "| score | best hits | mean score | right |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {row['from']:.2f} to {row['to']:.2f} | {int(row['n']):,} | {row['mean score']:.2f} | {row['right, %']:.0f} % |"
        for row in figures["reliability"]
    ]
    return "\n".join(lines) + "\n"
