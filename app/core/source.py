"""The contract of a list file: documents in, parties out; strict, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO

from ..errors import SourceChanged
from .party import Party

__all__ = ["Document", "Documents", "Format", "Parse", "Sniff", "Source", "SourceChanged"]

Documents = Mapping[str, IO[bytes]]
"""Document name to a seekable binary stream at its start, already unpacked (gzip and zip taken off).

Names are those of the format's ``Document``s, whatever the file was called. The streams stay open while the parties are
consumed, and a parser may seek and read them again; it must not close them (wrap in ``io.TextIOWrapper`` and ``detach``).
"""

Parse = Callable[[Documents], Iterable[Party]]
"""The documents of one edition to the parties they list: a tuple for an ordinary list, an iterator for a huge one.

Raises ``SourceChanged`` naming document, line and reason; an iterator may raise it at any step, and then nothing is stored.
Every party's id is unique within the edition.
"""

Sniff = Callable[[bytes], bool]
"""Whether a document is this one, from its first ``HEAD`` bytes at most. Cheap and generous: it tells formats apart, the parser is
strict. A document that is this one but damaged should be recognised, so that the parser can say what is wrong with it."""

HEAD = 65_536
"""Bytes a ``Sniff`` is given."""


@dataclass(frozen=True)
class Document:
    """One file of a format. ``url`` is where it is fetched; without one it can only be handed over."""

    name: str
    sniff: Sniff
    url: str = ""
    required: bool = True


@dataclass(frozen=True)
class Format:
    """One way a list is published: its documents and how they are read.

    ``published`` reads the publication day that the documents state themselves (None where they do not): it raises nothing and
    leaves the streams at their start or anywhere. Several formats of one source give a party the same id.
    """

    name: str
    documents: tuple[Document, ...]
    parse: Parse
    published: Callable[[Documents], date | None] | None = None

    @property
    def fetchable(self) -> bool:
        """Whether every required document has an address."""
        return all(d.url for d in self.documents if d.required)


@dataclass(frozen=True)
class Source:
    """A published list: who publishes it, where, in what rhythm, and how to read it."""

    id: str
    title: str
    publisher: str
    url: str
    formats: tuple[Format, ...] = ()
    """In order of preference: the first fetchable one is fetched, and a document handed over is read by the first that knows it.
    Empty for a list that has no reader and is held as curated rows of the reference edition."""
    carries: tuple[str, ...] = ()
    """Ids of the lists whose designations it brings, where that is not the source's own id alone."""
    hosts: tuple[str, ...] = ()
    """Hosts a redirect may lead to, besides those of the addresses."""
    programme: str = ""
    cadence: str = ""
    every: timedelta = timedelta(hours=12)
    """How often the schedule fetches it."""
    licence: str = ""
    freshness: timedelta = timedelta(hours=24)
    """Age after which an edition no longer supports a rating of low (law.md section 9)."""
    expect: range = range(1, 10_000_000)
    """Generous number of parties of a whole edition. More are refused; fewer are an excerpt, which never counts as fresh and
    never follows a whole edition."""
    must_name: tuple[str, ...] = ()
    """Party ids a whole edition must hold, each from the day on which the reference says that it was listed."""
    binds: frozenset[str] = frozenset()
    """Profiles whose rating needs this list."""

    @property
    def lists(self) -> tuple[str, ...]:
        """Ids of the lists it brings."""
        return self.carries or (self.id,)

    @property
    def readable(self) -> bool:
        """Whether it has a reader."""
        return bool(self.formats)

    @property
    def fetched(self) -> Format | None:
        """The format that a refresh fetches."""
        return next((f for f in self.formats if f.fetchable), None)
