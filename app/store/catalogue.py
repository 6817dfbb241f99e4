"""Editions: write whole, read whole. Parties as versions with intervals, reference rows and laws per edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import and_, bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import editions, party_lists, party_versions, reference_rows, refusals

BATCH = 1_000
T = TypeVar("T")


@dataclass(frozen=True)
class Edition:
    """One state of a source. ``handed_over`` says that a person gave us the document; ``published`` is what they or it stated."""

    id: str
    source: str
    kind: str
    sequence: int
    digest: str
    document_digest: str
    published: date | None
    handed_over: bool
    fetched_at: datetime
    loaded_at: datetime
    parties: int
    added: int = 0
    removed: int = 0
    changed: int = 0


@dataclass(frozen=True)
class PartyRecord:
    """A party ready to be stored: its digest and document, and the lists and programmes it stands on."""

    party_id: str
    digest: str
    document: str
    programmes: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Difference:
    added: int
    removed: int
    changed: int


async def current_editions(connection: AsyncConnection) -> dict[str, Edition]:
    """The newest edition of every source."""
    newest = (
        select(editions.c.source, func.max(editions.c.sequence).label("sequence"))
        .group_by(editions.c.source)
        .subquery()
    )
    statement = select(editions).join(
        newest, and_(editions.c.source == newest.c.source, editions.c.sequence == newest.c.sequence)
    )
    return {row.source: _edition(row) for row in await connection.execute(statement)}


async def edition_by_id(connection: AsyncConnection, edition_id: str) -> Edition | None:
    row = (await connection.execute(select(editions).where(editions.c.id == edition_id))).first()
    return _edition(row) if row is not None else None


async def editions_of(connection: AsyncConnection, source: str, *, before: int | None, limit: int) -> list[Edition]:
    """The editions of a source, newest first, older than ``before`` (a sequence)."""
    statement = select(editions).where(editions.c.source == source).order_by(editions.c.sequence.desc()).limit(limit)
    if before is not None:
        statement = statement.where(editions.c.sequence < before)
    return [_edition(row) for row in await connection.execute(statement)]


async def add_edition(connection: AsyncConnection, edition: Edition) -> None:
    await connection.execute(insert(editions).values(**{**edition.__dict__, "handed_over": int(edition.handed_over)}))


async def add_rows(connection: AsyncConnection, edition_id: str, rows: Iterable[tuple[str, str]]) -> None:
    """Store the rows (kind, JSON) of a reference or rulebook edition, in order."""
    made = [
        {"edition_id": edition_id, "position": n, "kind": kind, "document": document}
        for n, (kind, document) in enumerate(rows)
    ]
    for batch in _batches(made):
        await connection.execute(insert(reference_rows), batch)


async def rows_of(connection: AsyncConnection, edition_id: str) -> list[tuple[str, str]]:
    """The rows (kind, JSON) of an edition, in order."""
    statement = (
        select(reference_rows.c.kind, reference_rows.c.document)
        .where(reference_rows.c.edition_id == edition_id)
        .order_by(reference_rows.c.position)
    )
    return [(row.kind, row.document) for row in await connection.execute(statement)]


async def swap_parties(
    connection: AsyncConnection, source: str, sequence: int, records: Sequence[PartyRecord], *, now: datetime
) -> Difference:
    """Make ``records`` the parties of ``source`` from edition ``sequence`` on: new and changed ones open, gone and changed close."""
    statement = select(party_versions.c.id, party_versions.c.party_id, party_versions.c.digest).where(
        party_versions.c.source == source, party_versions.c.until_sequence.is_(None)
    )
    held = {row.party_id: (row.id, row.digest) for row in await connection.execute(statement)}
    wanted = {r.party_id: r for r in records}
    fresh = [r for r in records if held.get(r.party_id, (0, ""))[1] != r.digest]
    closed = [key for party, (key, digest) in held.items() if party not in wanted or wanted[party].digest != digest]
    for batch in _batches([{"key": key} for key in closed]):
        await connection.execute(
            update(party_versions).where(party_versions.c.id == bindparam("key")).values(until_sequence=sequence), batch
        )
    for some in _batches(fresh):
        await connection.execute(
            insert(party_versions),
            [
                {
                    "source": source,
                    "party_id": r.party_id,
                    "from_sequence": sequence,
                    "recorded_at": now,
                    "digest": r.digest,
                    "document": r.document,
                }
                for r in some
            ],
        )
    await _index_lists(connection, source, sequence, fresh)
    gone = sum(1 for party in held if party not in wanted)
    added = sum(1 for r in fresh if r.party_id not in held)
    return Difference(added=added, removed=gone, changed=len(fresh) - added)


async def _index_lists(connection: AsyncConnection, source: str, sequence: int, records: Sequence[PartyRecord]) -> None:
    statement = select(party_versions.c.id, party_versions.c.party_id).where(
        party_versions.c.source == source, party_versions.c.from_sequence == sequence
    )
    ids = {row.party_id: row.id for row in await connection.execute(statement)}
    lines = [
        {"version_id": ids[r.party_id], "list": list_id, "programme": programme}
        for r in records
        for list_id, programme in sorted(r.programmes)
    ]
    for batch in _batches(lines):
        await connection.execute(insert(party_lists), batch)


async def party_documents(connection: AsyncConnection, source: str, sequence: int) -> list[str]:
    """The documents of a source's parties as edition ``sequence`` had them, in order of their ids."""
    statement = (
        select(party_versions.c.document)
        .where(
            party_versions.c.source == source,
            party_versions.c.from_sequence <= sequence,
            or_(party_versions.c.until_sequence.is_(None), party_versions.c.until_sequence > sequence),
        )
        .order_by(party_versions.c.party_id)
    )
    return [row.document for row in await connection.execute(statement)]


async def party_by_id(connection: AsyncConnection, party_id: str) -> str | None:
    """The newest document of a party, also when its source no longer lists it."""
    statement = (
        select(party_versions.c.document)
        .where(party_versions.c.party_id == party_id)
        .order_by(party_versions.c.from_sequence.desc())
        .limit(1)
    )
    row = (await connection.execute(statement)).first()
    return row.document if row is not None else None


async def party_page(
    connection: AsyncConnection,
    *,
    list_id: str | None,
    programme: str | None,
    changed_since: datetime | None,
    after: str | None,
    limit: int,
) -> list[tuple[str, str]]:
    """(party id, document) of the listed parties, in order of their ids, after ``after``."""
    statement = (
        select(party_versions.c.party_id, party_versions.c.document)
        .where(party_versions.c.until_sequence.is_(None))
        .order_by(party_versions.c.party_id)
        .limit(limit)
    )
    if list_id is not None or programme is not None:
        lines = select(party_lists.c.version_id)
        if list_id is not None:
            lines = lines.where(party_lists.c.list == list_id)
        if programme is not None:
            lines = lines.where(party_lists.c.programme == programme)
        statement = statement.where(party_versions.c.id.in_(lines))
    if changed_since is not None:
        statement = statement.where(party_versions.c.recorded_at >= changed_since)
    if after is not None:
        statement = statement.where(party_versions.c.party_id > after)
    return [(row.party_id, row.document) for row in await connection.execute(statement)]


async def counts_by_list(connection: AsyncConnection, source: str) -> dict[str, int]:
    """How many current parties of a source stand on each list."""
    statement = (
        select(party_lists.c.list, func.count(func.distinct(party_lists.c.version_id)).label("parties"))
        .join(party_versions, party_versions.c.id == party_lists.c.version_id)
        .where(party_versions.c.source == source, party_versions.c.until_sequence.is_(None))
        .group_by(party_lists.c.list)
    )
    return {row.list: row.parties for row in await connection.execute(statement)}


async def add_refusal(connection: AsyncConnection, **values: Any) -> None:
    await connection.execute(insert(refusals).values(**values))


async def last_refusals(connection: AsyncConnection) -> Mapping[str, tuple[datetime, str]]:
    """The newest refusal of every source: when, and why."""
    found: dict[str, tuple[datetime, str]] = {}
    for row in await connection.execute(select(refusals).order_by(refusals.c.at.desc()).limit(500)):
        found.setdefault(row.source, (row.at, row.reason))
    return found


def _edition(row: Any) -> Edition:
    return Edition(**{**row._mapping, "handed_over": bool(row.handed_over)})


def _batches(items: Sequence[T]) -> Iterator[list[T]]:
    return (list(items[at : at + BATCH]) for at in range(0, len(items), BATCH))
