"""The contract of a list file: documents in, parties out; strict, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from ..errors import SourceChanged
from .party import Party

__all__ = ["Parse", "Source", "SourceChanged"]

Parse = Callable[[Mapping[str, bytes]], tuple[Party, ...]]
"""Named documents (``sdn.csv`` …, already unpacked) to the parties they list; raises ``SourceChanged``."""


@dataclass(frozen=True)
class Source:
    """A published list: who publishes it, where, in what rhythm, and how to read it."""

    id: str
    title: str
    publisher: str
    url: str
    documents: Mapping[str, str] = field(default_factory=dict)
    """File name to official address, for the files that make up one edition."""
    required: tuple[str, ...] = ()
    """The documents without which there is no edition."""
    programme: str = ""
    cadence: str = ""
    licence: str = ""
    freshness: timedelta = timedelta(hours=24)
    """Age after which an edition no longer supports a rating of low (law.md section 9)."""
    expect: range = range(1, 10_000_000)
    """Generous number of parties of a whole edition; outside it the edition is refused."""
    must_name: tuple[str, ...] = ()
    """Party ids a whole edition must hold: their absence refuses it."""
    binds: frozenset[str] = frozenset()
    """Profiles whose rating needs this list."""
    parse: Parse | None = None
    """None for a list that has no reader yet and is held as curated rows of the reference edition."""
