"""Memory and build time of the index, in a process of its own so that nothing else is counted."""

from __future__ import annotations

import gc
import multiprocessing
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.core.party import Party
from app.core.watchlist import Watchlist


def resident() -> float:
    """Megabytes this process holds now (the most it ever held where the system does not say)."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def apart(work: Callable[..., dict[str, Any]], *arguments: object) -> dict[str, Any]:
    """What ``work`` returns, done in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def of_index(parties: Sequence[Party]) -> dict[str, Any]:
    """Processor seconds to build the index, what it adds to the process, and what Python allocated for it (tracemalloc)."""
    warm = Watchlist.of(parties[:50])  # tables and libraries loaded once are not the index
    del warm
    gc.collect()
    before, started = resident(), time.process_time()
    watchlist = Watchlist.of(parties)
    seconds = time.process_time() - started
    gc.collect()
    after = resident()
    figures = {
        "parties": len(parties),
        "names": sum(len(p.aliases) for p in parties),
        "build, s": seconds,
        "resident, MB": after - before,
    }
    del watchlist
    gc.collect()
    tracemalloc.start()
    kept = Watchlist.of(parties)
    gc.collect()
    figures["traced, MB"] = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    del kept
    return figures


def measure(data: Path) -> dict[str, Any]:
    """The index of the whole list."""
    return apart(_of_list, str(data))


def _of_list(data: str) -> dict[str, Any]:
    from .ofac import index_parties  # noqa: PLC0415 - the child reads its own list

    return of_index(index_parties(Path(data))[0])
