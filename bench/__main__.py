"""The benchmark's command line: ``python -m bench [accuracy] [--data FOLDER] [--json FILE] [--compare FILE] …``."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console

from app.core.watchlist import Watchlist

from . import accuracy, show
from .labelled import SPLITS, Size, build

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def main() -> None:
    chosen = _arguments().parse_args()
    console = Console(width=None if sys.stdout.isatty() else 120)
    figures: dict[str, Any] = {}
    figures["accuracy"] = _accuracy(console, chosen)
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("accuracy",), default="accuracy")
    parser.add_argument(
        "--data", type=Path, default=DATA, help="folder of list and supplier files (default: %(default)s)"
    )
    parser.add_argument(
        "--split", choices=SPLITS, default="test", help="half of the parties: builders look at dev only"
    )
    parser.add_argument("--kinds", choices=("unknown", "given"), default="given", help="is the kind of party submitted")
    parser.add_argument("--per-kind", type=int, default=200, help="queries of each kind")
    parser.add_argument("--unlisted", type=int, default=6_000, help="names that are on no list")
    parser.add_argument("--seed", type=int, default=Size.seed)
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="show N failures of each kind")
    parser.add_argument("--json", type=Path, help="write the figures here")
    return parser


def say(text: str) -> None:
    """Progress, on the error stream: the table alone is the output."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def _accuracy(console: Console, chosen: argparse.Namespace) -> dict[str, Any]:
    started = time.perf_counter()
    size = Size(per_kind=chosen.per_kind, unlisted=chosen.unlisted, seed=chosen.seed)
    made = build(chosen.data, split=chosen.split, size=size)
    say(f"labelled set ({chosen.split}) drawn in {time.perf_counter() - started:.0f} s: {made.source}")
    started = time.perf_counter()
    watchlist = Watchlist.of(made.parties)
    say(f"index of {len(made.parties):,} parties built in {time.perf_counter() - started:.1f} s")
    measured = accuracy.measure(made, watchlist, kinds=chosen.kinds, say=say)
    show.accuracy(console, measured.figures)
    if chosen.failures:
        show.failures(console, measured, chosen.failures)
    return {"split": chosen.split, "kinds of party": chosen.kinds, "seed": chosen.seed, **measured.figures}


if __name__ == "__main__":
    main()
