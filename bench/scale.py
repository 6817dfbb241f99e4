"""A list of a million names: build time, memory, speed and recall@10, in a process of its own."""

from __future__ import annotations

import statistics
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from .accuracy import read, submitted
from .labelled import build
from .memory import apart, started
from .peers import Brute
from .population import Population
from .query import DAY, Labelled, Size
from .speed import BATCH, ask, many, percentile, timed

ASKED = 1_000


def measure(data: Path, *, split: str, names: int, size: Size) -> dict[str, Any]:
    """The list filled up to ``names`` names with recombined ones, against the list alone: the same reachable queries."""
    return apart(_measure, str(data), split, names, size)


def _measure(data: str, split: str, names: int, size: Size) -> dict[str, Any]:
    made = build(Path(data), split=split, size=replace(size, unlisted=200, hard=4))
    made.found = [q for q in made.found if q.reachable]
    made.found = made.found[:: max(1, len(made.found) // ASKED)]
    figures = {"the list": _one(made)}
    held = sum(len(p.aliases) for p in made.parties)
    made.parties.extend(Population(Path(data), size.seed).parties(max(0, names - held)))
    print(f"bench: {names:,} names made", file=sys.stderr, flush=True)
    figures[f"{names:,} names"] = _one(made, cdist=True)
    return figures


def _one(made: Labelled, *, cdist: bool = False) -> dict[str, Any]:
    watchlist, figures = started(made.parties)
    if not cdist:  # the first index grows into memory that making the set has freed
        del figures["resident, MB"]
    parties = [submitted(replace(q, birth=None, country=None), kinds="given") for q in made.found]
    half = len(parties) // 2
    times = [timed(lambda p=p: ask(watchlist, p)) for p in parties[:half]]  # type: ignore[misc]
    figures["single, p50 ms"] = 1000 * statistics.median(times)
    figures["single, p99 ms"] = 1000 * percentile(times, 0.99)
    batches = [parties[n : n + BATCH] for n in range(half, len(parties), BATCH)]
    seconds = timed(lambda: [many(watchlist, batch) for batch in batches])
    rate = figures["batch, queries/s"] = (len(parties) - half) / seconds
    found = watchlist.screen_many(parties, subject="q", as_of=DAY, limit=10, threshold=0.0)
    answers = [read(watchlist, query, hits) for query, hits in zip(made.found, found, strict=True)]
    figures["recall@10, %"] = 100 * sum(0 < a.rank <= 10 for a in answers) / len(answers)
    figures["r@1, %"] = 100 * sum(a.rank == 1 for a in answers) / len(answers)
    if cdist:
        brute = Brute(made.parties)
        some = [q.name for q in made.found[:20]]
        theirs = len(some) / timed(lambda: brute.ratio(some))
        figures["rapidfuzz cdist(ratio), queries/s"] = theirs
        figures["Karez, times cdist(ratio)"] = rate / theirs
    return figures
