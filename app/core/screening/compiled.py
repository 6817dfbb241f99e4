"""Compiling the inner loops, and where the machine code is kept so that only the first start of all pays for it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numba
import numba.core.config

config: Any = numba.core.config

HERE = Path(__file__).parent
SOURCES = ("edits.py", "abjad.py", "retrieval.py", "kernel.py", "batch.py")
"""Every file with compiled functions. Numba keeps machine code by the file a function stands in and does not see changes of a function
that it calls in another file, so the code of all these files together names the folder."""


def jit(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile on first use, keeping the machine code on disk where that is possible."""
    folder = cache_folder()
    if folder is None:
        made: Callable[..., Any] = numba.njit(error_model="numpy")(function)
        return made
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        made = numba.njit(cache=True, error_model="numpy")(function)
    finally:
        config.CACHE_DIR = before
    return made


@lru_cache(maxsize=1)
def cache_folder() -> Path | None:
    """The first folder that can be written to, of: ``NUMBA_CACHE_DIR``, beside this file, the user's cache; None where none can.

    Machine code that lies in one that cannot be written to, as in an image, is copied from there.
    """
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in SOURCES)).hexdigest()[:16]
    folders = [base / f"karez-{digest}" for base in _bases()]
    chosen = next((f for f in folders if _writable(f)), None)
    if chosen is not None and not _held(chosen):
        for other in folders:
            fill(chosen, other)
    return chosen


def _held(folder: Path) -> list[Path]:
    return [p for p in folder.glob("*/*") if p.suffix in (".nbi", ".nbc")]


def fill(folder: Path, other: Path) -> None:
    """Copy what another folder holds; each file appears whole, for other processes may be reading."""
    for path in sorted(_held(other), key=lambda p: p.suffix):  # code before the index that names it
        made = folder / path.relative_to(other)
        made.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=made.parent, delete=False) as part:
            part.write(path.read_bytes())
        Path(part.name).replace(made)


def _bases() -> Iterator[Path]:
    if config.CACHE_DIR:
        yield Path(config.CACHE_DIR)
    yield HERE / "__pycache__"
    if home := os.environ.get("XDG_CACHE_HOME"):
        yield Path(home)
    elif home := os.environ.get("HOME"):
        yield Path(home) / ".cache"


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
