"""Parties that were read and wait to become an edition: written in short transactions, compared with the edition before in SQL."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import party_versions, staged_parties
from .versions import Change, PartyRecord, covers

CHUNK = 1_000
SWEPT = 5_000
s, v = staged_parties.c, party_versions.c


@dataclass(frozen=True)
class Differences:
    """What an edition would change in the one before."""

    parties: int
    added: int
    removed: int
    changed: int


async def add(
    connection: AsyncConnection, load: str, records: Sequence[PartyRecord], unchanged: frozenset[str] = frozenset()
) -> None:
    """Stage records; those the edition before has already keep their digest only."""
    rows = [
        {
            "load": load,
            "party_id": r.party_id,
            "digest": r.digest,
            "document": "" if r.party_id in unchanged else r.document,
        }
        for r in records
    ]
    await connection.execute(insert(staged_parties), rows)


async def digest(connection: AsyncConnection, load: str) -> str:
    """One digest of all staged parties, whatever their order was."""
    made = hashlib.sha256()
    after = between = ""
    while True:
        statement = select(s.party_id, s.digest).where(s.load == load, s.party_id > after)
        rows = (await connection.execute(statement.order_by(s.party_id).limit(50_000))).all()
        if not rows:
            return made.hexdigest()
        for row in rows:
            made.update(f"{between}{row.party_id} {row.digest}".encode())
            between = "\n"
        after = rows[-1].party_id


async def named(connection: AsyncConnection, load: str, party_ids: Sequence[str]) -> set[str]:
    """Those of the parties that are staged."""
    statement = select(s.party_id).where(s.load == load, s.party_id.in_(party_ids))
    return {row.party_id for row in await connection.execute(statement)}


async def compare(connection: AsyncConnection, load: str, source: str, before: int | None) -> Differences:
    """Count what the staged parties would change in the edition at ``before``."""
    parties = await _count(connection, select(func.count()).select_from(staged_parties).where(s.load == load))
    if before is None:
        return Differences(parties, parties, 0, 0)
    held = await _count(
        connection, select(func.count()).select_from(party_versions).where(v.source == source, covers(before))
    )
    both = (
        select(func.count())
        .select_from(staged_parties)
        .join(party_versions, and_(v.party_id == s.party_id, v.source == source, covers(before)))
        .where(s.load == load)
    )
    common = await _count(connection, both)
    same = await _count(connection, both.where(v.digest == s.digest))
    return Differences(parties, parties - common, held - common, common - same)


async def _count(connection: AsyncConnection, statement: object) -> int:
    return int((await connection.execute(statement)).scalar_one())  # type: ignore[call-overload]


async def fresh(
    connection: AsyncConnection, load: str, source: str, before: int | None, *, after: str, limit: int = CHUNK
) -> list[PartyRecord]:
    """Staged parties that the edition at ``before`` does not have so, in order of their ids."""
    statement = select(s.party_id, s.digest, s.document).where(s.load == load, s.party_id > after)
    if before is not None:
        same = and_(v.source == source, v.party_id == s.party_id, v.digest == s.digest, covers(before))
        statement = statement.where(~select(v.id).where(same).exists())
    made = []
    for row in (await connection.execute(statement.order_by(s.party_id).limit(limit))).all():
        document = row.document or await _stored(connection, source, row.party_id, row.digest)
        made.append(PartyRecord(row.party_id, row.digest, document))
    return made


async def _stored(connection: AsyncConnection, source: str, party_id: str, digest_: str) -> str:
    """The document of a version that an edition before the staged one had, for a record that was staged as unchanged."""
    statement = select(v.document).where(v.source == source, v.party_id == party_id, v.digest == digest_).limit(1)
    return str((await connection.execute(statement)).scalar_one())


async def gone(
    connection: AsyncConnection, load: str, source: str, before: int, *, after: str, limit: int = CHUNK
) -> list[str]:
    """Parties of the edition at ``before`` that are not staged, in order of their ids."""
    absent = ~select(s.party_id).where(s.load == load, s.party_id == v.party_id).exists()
    statement = select(v.party_id).where(v.source == source, covers(before), v.party_id > after, absent)
    return [row.party_id for row in await connection.execute(statement.order_by(v.party_id).limit(limit))]


async def changes(
    connection: AsyncConnection, load: str, source: str, before: int | None, *, after: str, limit: int
) -> list[Change]:
    """What the staged parties would add, change and remove, in order of the parties' ids."""
    made: list[Change] = []
    records = await fresh(connection, load, source, before, after=after, limit=limit)
    lost = await gone(connection, load, source, before, after=after, limit=limit) if before is not None else []
    ids = sorted({r.party_id for r in records} | set(lost))[:limit]
    held: dict[str, str] = {}
    if before is not None and ids:
        statement = select(v.party_id, v.document).where(v.source == source, covers(before), v.party_id.in_(ids))
        held = {row.party_id: row.document for row in await connection.execute(statement)}
    staged = {r.party_id: r.document for r in records}
    for party_id in ids:
        made.append(Change(party_id, held.get(party_id), staged.get(party_id)))
    return made


async def drop(connection: AsyncConnection, load: str) -> bool:
    """Delete some of the staged parties of a load; False once nothing is left."""
    some = select(s.party_id).where(s.load == load).order_by(s.party_id).limit(SWEPT)
    ids = [row.party_id for row in await connection.execute(some)]
    if ids:
        await connection.execute(
            delete(staged_parties).where(s.load == load, and_(s.party_id >= ids[0], s.party_id <= ids[-1]))
        )
    return bool(ids)


async def loads(connection: AsyncConnection, prefix: str) -> list[str]:
    """The loads of which something is staged whose names begin so."""
    statement = select(s.load).where(or_(s.load == prefix, s.load.startswith(prefix, autoescape=True))).distinct()
    return [row.load for row in await connection.execute(statement)]
