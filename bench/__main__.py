"""The benchmark's command line: what to measure, on which data, where the figures go.

Without a word: accuracy, speed, memory, assessments and loading, some minutes. ``scale``, ``ftm`` and ``pairs`` are asked for by name.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console

from app.core.screening.watchlist import Watchlist

from . import accuracy, assess, loading, memory, page, pairs, results, scale, show, speed
from .labelled import build
from .query import SPLITS, Size

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
OTHER = {"dev": "test", "test": "dev"}
WHAT = ("all", "accuracy", "speed", "memory", "assess", "refresh", "scale", "ftm", "pairs")


def main() -> None:
    """Measure what is asked for, print tables, write and compare."""
    chosen = _arguments().parse_args()
    console = Console(width=None if sys.stdout.isatty() else 120)
    figures: dict[str, Any] = {}
    for what in ("accuracy", "speed", "memory", "assess", "refresh") if chosen.what == "all" else (chosen.what,):
        started = time.perf_counter()
        figures[what] = MEASURES[what](console, chosen)
        say(f"{what} took {time.perf_counter() - started:.0f} s")
    if chosen.compare is not None:
        results.compared(console, figures, chosen.compare)
    if chosen.json is not None:
        results.written(chosen.json, figures)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=WHAT, default="all")
    parser.add_argument("file", nargs="?", type=Path, help="pairs: the CSV file")
    parser.add_argument("--data", type=Path, default=DATA, help="list and supplier files (default: %(default)s)")
    parser.add_argument(
        "--split", choices=SPLITS, default="test", help="half of the parties: builders look at dev only"
    )
    parser.add_argument("--kinds", choices=("unknown", "given"), default="given", help="is the kind of party submitted")
    parser.add_argument("--per-kind", type=int, default=200, help="queries of each kind")
    parser.add_argument("--unlisted", type=int, default=6_000, help="names that are on no list")
    parser.add_argument("--seed", type=int, default=Size.seed)
    parser.add_argument("--scale", type=int, default=1_000_000, help="scale: names on the list")
    parser.add_argument("--entities", type=int, default=1_000_000, help="ftm: parties made")
    parser.add_argument("--page", type=Path, help="accuracy: put the table of reliability into this page")
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="show N failures of each kind")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--compare", type=Path, help="show the change against figures written earlier")
    return parser


def say(text: str) -> None:
    """Progress, on the error stream: the tables alone are the output."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def _size(chosen: argparse.Namespace) -> Size:
    return Size(per_kind=chosen.per_kind, unlisted=chosen.unlisted, seed=chosen.seed)


def _accuracy(console: Console, chosen: argparse.Namespace) -> dict[str, Any]:
    made = build(chosen.data, split=chosen.split, size=_size(chosen))
    say(f"labelled set ({chosen.split}): {made.source}")
    watchlist = Watchlist.of(made.parties)
    measured = accuracy.measure(made, watchlist, kinds=chosen.kinds, say=say)
    show.accuracy(console, measured.figures)
    if chosen.failures:
        show.failures(console, measured, chosen.failures)
    if chosen.page is not None:
        page.written(chosen.page, measured.figures, chosen.split)
    return {"split": chosen.split, "kinds of party": chosen.kinds, "seed": chosen.seed, **measured.figures}


def _speed(console: Console, chosen: argparse.Namespace) -> dict[str, Any]:
    """On the other split's names: the accuracy run has asked this one's, and caches would flatter."""
    made = build(chosen.data, split=OTHER[chosen.split], size=replace(_size(chosen), hard=4))
    figures = speed.measure(made, Watchlist.of(made.parties), say=say)
    results.table(console, "speed, one thread", figures)
    return figures


def _memory(console: Console, chosen: argparse.Namespace) -> dict[str, Any]:
    figures = memory.measure(chosen.data)
    results.table(console, "the index of the list, in a process of its own", figures)
    return figures


def _assess(console: Console, chosen: argparse.Namespace) -> dict[str, Any]:
    figures = assess.measure(chosen.data)
    results.table(console, "assessments, one thread", figures)
    return figures


def _scale(console: Console, chosen: argparse.Namespace) -> dict[str, Any]:
    figures = scale.measure(chosen.data, split=chosen.split, names=chosen.scale, size=_size(chosen))
    results.table(console, "scale, one thread", figures)
    return figures


def _refresh(console: Console, chosen: argparse.Namespace) -> dict[str, Any]:
    figures = loading.refresh(chosen.data)
    results.table(console, "two editions of OFAC's list through the service", figures)
    return figures


def _ftm(console: Console, chosen: argparse.Namespace) -> dict[str, Any]:
    figures = loading.many(chosen.data, count=chosen.entities, seed=chosen.seed)
    results.table(console, "FollowTheMoney parties through the service", figures)
    return figures


def _pairs(console: Console, chosen: argparse.Namespace) -> dict[str, Any]:
    if chosen.file is None:
        sys.exit("bench: pairs needs a CSV file with the columns name1, name2, is_match and optionally schema")
    figures = pairs.measure(chosen.file, chosen.data)
    worst = figures.pop("worst")
    results.table(console, f"labelled pairs of {chosen.file.name}", figures)
    for row in worst[: chosen.failures]:
        console.print(f"  {row['score']:.3f} {row['is_match']!s:5}  {row['name1']!r}  {row['name2']!r}", markup=False)
    return figures


MEASURES = {
    "accuracy": _accuracy,
    "speed": _speed,
    "memory": _memory,
    "assess": _assess,
    "refresh": _refresh,
    "scale": _scale,
    "ftm": _ftm,
    "pairs": _pairs,
}


if __name__ == "__main__":
    main()
