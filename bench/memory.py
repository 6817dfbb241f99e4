"""Memory and build time of the index, in a process of its own so that nothing else is counted."""

from __future__ import annotations

import gc
import multiprocessing
import resource
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.core.listed.packed import document_of, pack
from app.core.listed.packed_bytes import from_bytes, to_bytes
from app.core.party import Party
from app.core.screening.compiling import everything
from app.core.screening.watchlist import Watchlist


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


def started(parties: Sequence[Party]) -> tuple[Watchlist, dict[str, Any]]:
    """The list made as the service makes it, and what that takes.

    Names are read once, when an edition is loaded, and kept packed; a start reads the pack back and builds the index. Processor seconds of
    both, and the megabytes that pack and index together add to the process.
    """
    everything()  # tables, libraries and compiled code are not the list
    began = time.process_time()
    data = to_bytes(pack((p, document_of(p)) for p in parties if p.designations))
    figures: dict[str, Any] = {
        "parties": len(parties),
        "names": sum(len(p.aliases) for p in parties),
        "names read and packed, s": time.process_time() - began,
    }
    with tempfile.TemporaryFile() as file:
        file.write(data)
        del data
        gc.collect()
        before, began = resident(), time.process_time()
        file.seek(0)
        watchlist = Watchlist.of_packs([from_bytes(file.read())])
    figures["start from what is kept, s"] = time.process_time() - began
    gc.collect()
    figures["resident, MB"] = resident() - before
    return watchlist, figures


def of_index(parties: Sequence[Party]) -> dict[str, Any]:
    """What the list takes in time and memory, and what Python allocated for it (tracemalloc)."""
    watchlist, figures = started(parties)
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
