"""Editions: what each source said, ordered in time, and the reference rows and laws of the built-in ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Select, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import editions, reference_rows

BATCH = 1_000
STEP = 1_000_000
"""Places of one day: more editions of a source than will ever be loaded."""

WITHOUT = " without "
"""Between the name of a format and those of its documents that did not come."""

T = TypeVar("T")


def place_of(day: date, sequence: int) -> int:
    """Where an edition stands in its source's history: by its day, then by the order of loading."""
    return day.toordinal() * STEP + sequence


def day_of(place: int) -> date:
    """The day of the edition at ``place``."""
    return date.fromordinal(place // STEP)


@dataclass(frozen=True)
class Edition:
    """One state of a source.

    ``day`` is the day the list said so: its publication day where known, else the day it was fetched or handed over.
    ``handed_over`` says that a person gave us the document, ``whole`` that it has as many parties as the list is known to have,
    ``accepted`` why somebody let it pass a guard. ``seen_at`` and ``seen_published`` are the last time its content was met again.
    """

    id: str
    source: str
    kind: str
    sequence: int
    day: date
    place: int
    digest: str
    document_digest: str
    published: date | None
    handed_over: bool
    fetched_at: datetime
    loaded_at: datetime
    seen_at: datetime
    parties: int
    seen_published: date | None = None
    format: str = ""
    whole: bool = True
    accepted: str | None = None
    added: int = 0
    removed: int = 0
    changed: int = 0


async def current_editions(connection: AsyncConnection) -> dict[str, Edition]:
    """The edition of every source that is the latest in time."""
    return await _chosen(
        connection, select(editions.c.source, func.max(editions.c.place).label("place")).group_by(editions.c.source)
    )


async def editions_on(connection: AsyncConnection, day: date) -> dict[str, Edition]:
    """What every list said on a day: its latest edition of that day or before, else its earliest; reference and rules as they are now."""
    before = func.max(editions.c.place).filter(editions.c.day <= day)
    lists = select(editions.c.source, func.coalesce(before, func.min(editions.c.place)).label("place")).where(
        editions.c.kind == "list"
    )
    found = await _chosen(connection, lists.group_by(editions.c.source))
    return {**await current_editions(connection), **found}


async def _chosen(connection: AsyncConnection, places: Select[Any]) -> dict[str, Edition]:
    chosen = places.subquery()
    statement = select(editions).join(
        chosen, and_(editions.c.source == chosen.c.source, editions.c.place == chosen.c.place)
    )
    return {row.source: _edition(row) for row in await connection.execute(statement)}


async def edition_by_id(connection: AsyncConnection, edition_id: str) -> Edition | None:
    row = (await connection.execute(select(editions).where(editions.c.id == edition_id))).first()
    return _edition(row) if row is not None else None


async def edition_by_sequence(connection: AsyncConnection, source: str, sequence: int) -> Edition | None:
    mine = select(editions).where(editions.c.source == source, editions.c.sequence == sequence)
    row = (await connection.execute(mine)).first()
    return _edition(row) if row is not None else None


async def partial_places(connection: AsyncConnection, source: str) -> frozenset[int]:
    """The places of editions that came without some of their documents."""
    mine = select(editions.c.place).where(editions.c.source == source, editions.c.format.contains(WITHOUT))
    return frozenset(row.place for row in await connection.execute(mine))


async def editions_of(connection: AsyncConnection, source: str, *, before: int | None, limit: int) -> list[Edition]:
    """The editions of a source, latest in time first, before the place ``before``."""
    statement = select(editions).where(editions.c.source == source).order_by(editions.c.place.desc()).limit(limit)
    if before is not None:
        statement = statement.where(editions.c.place < before)
    return [_edition(row) for row in await connection.execute(statement)]


async def neighbours(connection: AsyncConnection, source: str, day: date) -> tuple[Edition | None, Edition | None]:
    """The editions between which one of ``day`` belongs: the latest of that day or before, and the earliest after it."""
    mine = select(editions).where(editions.c.source == source)
    before = mine.where(editions.c.day <= day).order_by(editions.c.place.desc()).limit(1)
    after = mine.where(editions.c.day > day).order_by(editions.c.place).limit(1)
    found = [(await connection.execute(statement)).first() for statement in (before, after)]
    return tuple(_edition(row) if row is not None else None for row in found)  # type: ignore[return-value]


async def next_sequence(connection: AsyncConnection, source: str) -> int:
    last = select(func.max(editions.c.sequence)).where(editions.c.source == source)
    return int((await connection.execute(last)).scalar() or 0) + 1


async def first_days(connection: AsyncConnection) -> dict[str, date]:
    """The day of the earliest edition of every source."""
    rows = await connection.execute(select(editions.c.source, func.min(editions.c.day)).group_by(editions.c.source))
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class Known:
    """How many editions up to those of a manifest are stored, and whether some of them came only after a moment."""

    count: int
    later: bool


async def known_editions(
    connection: AsyncConnection, manifest: Mapping[str, Edition], moment: datetime | None
) -> Known:
    """What of the history up to a manifest's editions was stored when."""
    count, later = 0, False
    for source, edition in manifest.items():
        mine = select(func.count(), func.max(editions.c.loaded_at)).where(
            editions.c.source == source, editions.c.place <= edition.place
        )
        row = (await connection.execute(mine)).one()
        count += row[0]
        later |= moment is not None and row[1] is not None and row[1] > moment
    return Known(count, later)


async def add_edition(connection: AsyncConnection, edition: Edition) -> None:
    values = {**edition.__dict__, "handed_over": int(edition.handed_over), "whole": int(edition.whole)}
    await connection.execute(insert(editions).values(**values))


async def seen_again(
    connection: AsyncConnection,
    edition_id: str,
    *,
    seen_at: datetime,
    seen_published: date | None,
    handed_over: bool,
) -> None:
    """Note that the publisher (then it is no longer only handed over) or another document says the same as this edition."""
    statement = update(editions).where(editions.c.id == edition_id)
    values = {"seen_at": seen_at, "seen_published": seen_published, "handed_over": int(handed_over)}
    await connection.execute(statement.values(values))


async def add_rows(connection: AsyncConnection, edition_id: str, rows: Iterable[tuple[str, str]]) -> None:
    """Store the rows (kind, JSON) of a reference or rulebook edition, in order."""
    made = [
        {"edition_id": edition_id, "position": n, "kind": kind, "document": document}
        for n, (kind, document) in enumerate(rows)
    ]
    for batch in batches(made):
        await connection.execute(insert(reference_rows), batch)


async def rows_of(connection: AsyncConnection, edition_id: str) -> list[tuple[str, str]]:
    """The rows (kind, JSON) of an edition, in order."""
    statement = (
        select(reference_rows.c.kind, reference_rows.c.document)
        .where(reference_rows.c.edition_id == edition_id)
        .order_by(reference_rows.c.position)
    )
    return [(row.kind, row.document) for row in await connection.execute(statement)]


def _edition(row: Any) -> Edition:
    return Edition(**{**row._mapping, "handed_over": bool(row.handed_over), "whole": bool(row.whole)})


def batches(items: Sequence[T], size: int = BATCH) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    return (list(items[at : at + size]) for at in range(0, len(items), size))
