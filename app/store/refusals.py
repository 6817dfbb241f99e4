"""Documents and editions that were refused: why, and what a person decided about them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import refusals

c = refusals.c


@dataclass(frozen=True)
class Refusal:
    """One refusal. ``guards`` name what was overrulable (empty: the document itself was refused); ``edition`` is what it would become."""

    id: str
    source: str
    at: datetime
    document_digest: str
    reason: str
    load: str | None = None
    guards: tuple[str, ...] = ()
    edition: dict[str, Any] | None = None
    settled_at: datetime | None = None
    settled: str | None = None


async def add(connection: AsyncConnection, refusal: Refusal) -> None:
    values = {
        **refusal.__dict__,
        "guards": json.dumps(refusal.guards),
        "edition": json.dumps(refusal.edition) if refusal.edition is not None else None,
    }
    await connection.execute(insert(refusals).values(**values))


async def by_id(connection: AsyncConnection, source: str, refusal_id: str) -> Refusal | None:
    row = (await connection.execute(select(refusals).where(c.source == source, c.id == refusal_id))).first()
    return _refusal(row) if row is not None else None


async def page(
    connection: AsyncConnection, source: str, *, before: tuple[datetime, str] | None, limit: int
) -> list[Refusal]:
    """Refusals of a list, newest first."""
    statement = select(refusals).where(c.source == source).order_by(c.at.desc(), c.id.desc()).limit(limit)
    if before is not None:
        at, last = before
        statement = statement.where((c.at < at) | ((c.at == at) & (c.id < last)))
    return [_refusal(row) for row in await connection.execute(statement)]


async def waiting(connection: AsyncConnection, source: str) -> Sequence[Refusal]:
    """Refusals whose parties are still kept, newest first."""
    statement = select(refusals).where(c.source == source, c.load.is_not(None)).order_by(c.at.desc(), c.id.desc())
    return [_refusal(row) for row in await connection.execute(statement)]


async def settle(connection: AsyncConnection, refusal_id: str, *, at: datetime, words: str) -> None:
    """Note what became of a refusal; its parties are no longer kept."""
    statement = update(refusals).where(c.id == refusal_id)
    await connection.execute(statement.values(load=None, settled_at=at, settled=words))


async def settle_older(connection: AsyncConnection, source: str, *, at: datetime, words: str, day: date | None) -> None:
    """Note that a list was read since: what could not be read needs nobody any more, nor does an edition kept of ``day`` or before."""
    statement = update(refusals).where(c.source == source, c.load.is_(None), c.settled_at.is_(None))
    await connection.execute(statement.values(settled_at=at, settled=words))
    for refusal in await waiting(connection, source):
        if day is not None and refusal.edition is not None and refusal.edition["day"] <= day.isoformat():
            await settle(connection, refusal.id, at=at, words=words)


async def newest(connection: AsyncConnection) -> dict[str, Refusal]:
    """The newest refusal of every source that nobody has settled."""
    last = select(c.source, func.max(c.at).label("at")).where(c.settled_at.is_(None)).group_by(c.source).subquery()
    statement = select(refusals).join(last, (c.source == last.c.source) & (c.at == last.c.at))
    return {row.source: _refusal(row) for row in await connection.execute(statement)}


def _refusal(row: Any) -> Refusal:
    return Refusal(
        **{
            **row._mapping,
            "guards": tuple(json.loads(row.guards)) if row.guards else (),
            "edition": json.loads(row.edition) if row.edition else None,
        }
    )
