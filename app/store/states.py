"""Who works on a list, how far it is, when it is due again, and what its publisher said about its documents."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.errors import Conflict

from .tables import list_states

c = list_states.c


@dataclass(frozen=True)
class Lease:
    """The right to change a list: whoever holds the newest token. Every write proves it in its own transaction."""

    source: str
    owner: str
    token: int


@dataclass(frozen=True)
class State:
    """A list's row of work."""

    source: str
    owner: str | None
    expires_at: datetime | None
    loading_place: int | None
    next_due: datetime | None
    failures: int
    progress: dict[str, Any] | None
    documents: dict[str, Any]


async def ensure(connection: AsyncConnection, source: str) -> None:
    """Make the list's row where there is none."""
    if (await connection.execute(select(c.source).where(c.source == source))).first() is None:
        try:
            async with connection.begin_nested():
                await connection.execute(insert(list_states).values(source=source, token=0, failures=0))
        except IntegrityError:
            return  # another process made it at the same moment


async def take(
    connection: AsyncConnection, source: str, owner: str, *, now: datetime, ttl: timedelta, due: bool = False
) -> Lease | None:
    """Take the lease where nobody holds it or its holder has died; ``due`` takes it only if the list is to be fetched now."""
    free = or_(c.owner.is_(None), c.expires_at < now)
    statement = update(list_states).where(c.source == source, free)
    if due:
        statement = statement.where(or_(c.next_due.is_(None), c.next_due <= now))
    made = await connection.execute(
        statement.values(owner=owner, token=c.token + 1, expires_at=now + ttl).returning(c.token)
    )
    row = made.first()
    return Lease(source, owner, row.token) if row is not None else None


async def hold(connection: AsyncConnection, lease: Lease, *, now: datetime, ttl: timedelta, **values: Any) -> None:
    """Prove the lease, prolong it and note ``values``; raises ``Conflict`` where another process took it over."""
    statement = update(list_states).where(c.source == lease.source, c.owner == lease.owner, c.token == lease.token)
    made = await connection.execute(statement.values(expires_at=now + ttl, **values))
    if made.rowcount != 1:
        raise Conflict(f"another process took over the loading of {lease.source}; nothing of this one was kept")


async def release(connection: AsyncConnection, lease: Lease, **values: Any) -> None:
    """Give the lease back; does nothing where it was lost."""
    statement = update(list_states).where(c.source == lease.source, c.owner == lease.owner, c.token == lease.token)
    await connection.execute(statement.values(owner=None, expires_at=None, **values))


async def state(connection: AsyncConnection, source: str) -> State | None:
    row = (await connection.execute(select(list_states).where(c.source == source))).first()
    return _state(row) if row is not None else None


async def states(connection: AsyncConnection) -> dict[str, State]:
    """Every list's row."""
    return {row.source: _state(row) for row in await connection.execute(select(list_states))}


def _state(row: Any) -> State:
    return State(
        source=row.source,
        owner=row.owner,
        expires_at=row.expires_at,
        loading_place=row.loading_place,
        next_due=row.next_due,
        failures=row.failures,
        progress=json.loads(row.progress) if row.progress else None,
        documents=json.loads(row.documents) if row.documents else {},
    )
