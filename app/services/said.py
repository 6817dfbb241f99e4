"""The parties of some editions with what their lists had said before, read from SQL chunk by chunk while a thread builds from them."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from app.core.history import Said, as_said
from app.core.party import Party
from app.store import versions
from app.store.catalogue import Edition, day_of, partial_places
from app.store.database import Database
from app.store.versions import ROWS, Version


def said_parties(
    database: Database, loop: asyncio.AbstractEventLoop, editions: Sequence[Edition], known_by: datetime | None
) -> Iterator[Party]:
    """Parties in order of source and id; to be consumed in a thread, while ``loop`` runs in another."""
    for edition in editions:
        rows = _rows(database, loop, edition, known_by)
        if edition.kind != "list":
            # A row that the reference no longer has was a mistake of ours and no former listing.
            yield from (_read(row) for row in rows if _covers(row, edition.place))
            continue
        partial = asyncio.run_coroutine_threadsafe(_partial(database, edition.source), loop).result()
        for _, history in groupby(rows, key=lambda row: row.party_id):
            yield folded(list(history), edition.place, partial)


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


async def _partial(database: Database, source: str) -> frozenset[int]:
    async with database.read() as connection:
        return await partial_places(connection, source)


def _covers(version: Version, place: int) -> bool:
    return version.until_place is None or version.until_place > place


def _read(version: Version) -> Party:
    return Party.model_validate_json(version.document)


def _rows(
    database: Database, loop: asyncio.AbstractEventLoop, edition: Edition, known_by: datetime | None
) -> Iterator[Version]:
    after = ("", -1)

    async def some() -> list[Version]:
        async with database.read() as connection:
            return await versions.history(connection, edition.source, edition.place, after=after, known_by=known_by)

    while True:
        rows = asyncio.run_coroutine_threadsafe(some(), loop).result()
        yield from rows
        if len(rows) < ROWS:
            return
        after = (rows[-1].party_id, rows[-1].from_place)
