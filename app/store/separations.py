"""Records that a person says are two parties: added, withdrawn, and never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import separations

c = separations.c


@dataclass(frozen=True)
class Separation:
    """Two records, ``one`` before ``other`` by id, who said that they are two parties, and why."""

    id: str
    one: str
    other: str
    reason: str
    made_at: datetime
    made_by: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None


async def add(connection: AsyncConnection, separation: Separation) -> None:
    await connection.execute(insert(separations).values(**separation.__dict__))


async def by_id(connection: AsyncConnection, separation_id: str) -> Separation | None:
    row = (await connection.execute(select(separations).where(c.id == separation_id))).first()
    return _separation(row) if row is not None else None


async def standing(connection: AsyncConnection, *, known_by: datetime | None = None) -> tuple[tuple[str, str], ...]:
    """The pairs that are kept apart, now or as it was at a moment, in order."""
    statement = select(c.one, c.other).order_by(c.one, c.other)
    if known_by is None:
        statement = statement.where(c.withdrawn_at.is_(None))
    else:
        statement = statement.where(c.made_at <= known_by, or_(c.withdrawn_at.is_(None), c.withdrawn_at > known_by))
    return tuple((row.one, row.other) for row in await connection.execute(statement))


async def page(connection: AsyncConnection, *, before: tuple[datetime, str] | None, limit: int) -> list[Separation]:
    """All of them, withdrawn ones too, newest first."""
    statement = select(separations).order_by(c.made_at.desc(), c.id.desc()).limit(limit)
    if before is not None:
        at, last = before
        statement = statement.where((c.made_at < at) | ((c.made_at == at) & (c.id < last)))
    return [_separation(row) for row in await connection.execute(statement)]


async def withdraw(connection: AsyncConnection, separation_id: str, *, at: datetime, by: str, reason: str) -> bool:
    """Withdraw one that stands; False where it does not."""
    statement = update(separations).where(c.id == separation_id, c.withdrawn_at.is_(None))
    made = await connection.execute(statement.values(withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason))
    return made.rowcount == 1


def _separation(row: Any) -> Separation:
    return Separation(**row._mapping)
