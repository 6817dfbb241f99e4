"""The parties of an edition with what its list had said before, read from SQL chunk by chunk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.core.history import Said, as_said
from app.core.listed.packed import document_of
from app.core.party import Party
from app.store import versions
from app.store.catalogue import WITHOUT, Edition, day_of, partial_places
from app.store.database import Database
from app.store.versions import ROWS, Version

Documented = tuple[Party, str]
"""A party with its document."""


@dataclass(frozen=True)
class Wanted:
    """Which parties of an edition: from an id (included) to another (excluded), as they were known by a moment."""

    edition: Edition
    first: str = ""
    last: str | None = None
    known_by: datetime | None = None


async def said_parties(database: Database, wanted: Wanted) -> AsyncIterator[list[list[Version]]]:
    """The histories of an edition's parties in order of their ids, some parties at a time; every party's is whole."""
    left: list[Version] = []
    # ids are compared byte by byte, and the id itself is not after itself with a place of -1
    after = (wanted.first, -1)
    while True:
        async with database.read() as connection:
            rows = await versions.history(
                connection,
                wanted.edition.source,
                wanted.edition.place,
                after=after,
                before=wanted.last,
                known_by=wanted.known_by,
            )
        histories = [list(group) for _, group in groupby((*left, *rows), key=lambda row: row.party_id)]
        left = []
        if len(rows) == ROWS:
            left = histories.pop()
            after = (rows[-1].party_id, rows[-1].from_place)
        if histories:
            yield histories
        if len(rows) < ROWS:
            return


async def places_without(database: Database, edition: Edition) -> frozenset[int]:
    """The places of a source's editions that came without some of their documents, this one included."""
    async with database.read() as connection:
        found = await partial_places(connection, edition.source)
    return found | {edition.place} if WITHOUT in edition.format else found


def documented(histories: Sequence[Sequence[Version]], edition: Edition, partial: Collection[int]) -> list[Documented]:
    """The parties of their histories as the edition's list has said them, each with its document; those on no list are left out."""
    made: list[Documented] = []
    for history in histories:
        if edition.kind != "list":
            # A row that the reference no longer has was a mistake of ours and no former listing.
            made.extend((_read(row), row.document) for row in history if _covers(row, edition.place))
        elif len(history) == 1 and _covers(history[0], edition.place):
            made.append((_read(history[0]), history[0].document))
        else:
            party = folded(history, edition.place, partial)
            made.append((party, document_of(party)))
    return [(party, document) for party, document in made if party.designations]


def folded(history: Sequence[Version], place: int, partial: Collection[int] = ()) -> Party:
    """One party at the edition of ``place``, from its versions up to there; ``partial`` are the places of incomplete editions."""
    if len(history) == 1 and _covers(history[0], place):
        return _read(history[0])
    return as_said([said(version, place, partial) for version in history])


def said(version: Version, place: int, partial: Collection[int] = ()) -> Said:
    """A version with the days of its editions, as seen from the edition at ``place``."""
    until = version.until_place
    ended = day_of(until) if until is not None and until <= place else None
    return Said(day_of(version.from_place), ended, _read(version), version.from_place in partial)


def _covers(version: Version, place: int) -> bool:
    return version.until_place is None or version.until_place > place


def _read(version: Version) -> Party:
    return Party.model_validate_json(version.document)
