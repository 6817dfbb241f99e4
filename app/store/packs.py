"""Editions held ready for the index: parts of packed parties, kept beside the versions they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, false, func, insert, literal, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import editions, pack_parts, packs, party_versions

SWEPT = 50
"""Parts deleted in one transaction: some hundred megabytes at most."""

p, v = pack_parts.c, party_versions.c


@dataclass(frozen=True)
class PackKey:
    """Whose parts: an edition, how many editions of its source there are up to it, and the digest of the code that made them."""

    source: str
    edition: str
    depth: int
    analysis: str


@dataclass(frozen=True)
class Part:
    """Packed parties from the id ``first`` on."""

    number: int
    first: str
    data: bytes


def _of(table: Table, key: PackKey) -> ColumnElement[bool]:
    c = table.c
    return and_(c.source == key.source, c.edition == key.edition, c.depth == key.depth, c.analysis == key.analysis)


async def depths(connection: AsyncConnection, places: Mapping[str, int]) -> dict[str, int]:
    """How many editions of each source there are up to a place."""
    up_to = [and_(editions.c.source == source, editions.c.place <= place) for source, place in places.items()]
    statement = select(editions.c.source, func.count().label("depth")).where(or_(false(), *up_to))
    return {row.source: row.depth for row in await connection.execute(statement.group_by(editions.c.source))}


async def complete(connection: AsyncConnection, key: PackKey) -> int | None:
    """In how many parts a pack is held; None where it is not, or not whole."""
    parts = (await connection.execute(select(packs.c.parts).where(_of(packs, key)))).scalar()
    if parts is None:
        return None
    there = (
        await connection.execute(select(func.count()).select_from(pack_parts).where(_of(pack_parts, key)))
    ).scalar()
    return int(parts) if there == parts else None


async def part(connection: AsyncConnection, key: PackKey, number: int) -> Part | None:
    """One part of a pack."""
    statement = select(p.number, p.first, p.data).where(_of(pack_parts, key), p.number == number)
    row = (await connection.execute(statement)).first()
    return Part(row.number, row.first, bytes(row.data)) if row is not None else None


async def firsts(connection: AsyncConnection, key: PackKey) -> list[str]:
    """From which id on each part of a pack is, in order."""
    statement = select(p.first).where(_of(pack_parts, key)).order_by(p.number)
    return [row.first for row in await connection.execute(statement)]


async def add(connection: AsyncConnection, key: PackKey, made: Part) -> None:
    """Keep a part; it counts once ``finish`` was called."""
    await connection.execute(
        insert(pack_parts).values(**key.__dict__, number=made.number, first=made.first, data=made.data)
    )


async def copy(connection: AsyncConnection, old: PackKey, number: int, new: PackKey, as_number: int) -> None:
    """Keep a part of one pack as a part of another as well."""
    columns = [*new.__dict__, "number", "first", "data"]
    values = [literal(value) for value in (*new.__dict__.values(), as_number)]
    chosen = select(*values, p.first, p.data).where(_of(pack_parts, old), p.number == number)
    await connection.execute(insert(pack_parts).from_select(columns, chosen))


async def finish(connection: AsyncConnection, key: PackKey, parts: int) -> None:
    """All parts are there."""
    await connection.execute(delete(packs).where(_of(packs, key)))
    await connection.execute(insert(packs).values(**key.__dict__, parts=parts))


async def drop(connection: AsyncConnection, key: PackKey) -> bool:
    """Delete some of a pack's parts; False once nothing is left."""
    return await _deleted(connection, _of(packs, key), _of(pack_parts, key))


async def drop_others(connection: AsyncConnection, source: str, edition: str, depth: int) -> bool:
    """Delete some of what is held of a source's other states than this; False once nothing is left."""

    def other(c: Any) -> ColumnElement[bool]:
        return and_(c.source == source, or_(c.edition != edition, c.depth != depth))

    return await _deleted(connection, other(packs.c), other(p))


async def drop_unfinished(connection: AsyncConnection, source: str) -> bool:
    """Delete some of the parts of packs that were never finished; False once nothing is left."""
    whole = and_(
        packs.c.source == p.source, packs.c.edition == p.edition, packs.c.depth == p.depth, packs.c.analysis == p.analysis
    )  # fmt: skip
    unfinished = and_(p.source == source, not_(select(packs.c.source).where(whole).exists()))
    return await _deleted(connection, None, unfinished)


async def _deleted(connection: AsyncConnection, heads: ColumnElement[bool] | None, parts: ColumnElement[bool]) -> bool:
    if heads is not None:
        await connection.execute(delete(packs).where(heads))
    key = (p.source, p.edition, p.depth, p.analysis, p.number)
    some = (await connection.execute(select(*key).where(parts).limit(SWEPT))).all()
    for row in some:
        await connection.execute(delete(pack_parts).where(*(c == value for c, value in zip(key, row, strict=True))))
    return bool(some)


async def touched(
    connection: AsyncConnection, source: str, place: int, *, after: str, limit: int = 50_000
) -> list[str]:
    """Ids of parties that the edition at a place says otherwise than the one before it, in order, after ``after``."""
    here = or_(v.from_place == place, v.until_place == place)
    statement = select(v.party_id).where(v.source == source, here, v.party_id > after).distinct()
    return [row.party_id for row in await connection.execute(statement.order_by(v.party_id).limit(limit))]
