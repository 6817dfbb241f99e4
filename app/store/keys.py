"""API keys at rest: digests only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import api_keys


@dataclass(frozen=True)
class StoredKey:
    id: str
    name: str
    digest: str
    scopes: str
    created_at: datetime
    revoked_at: datetime | None


async def add(connection: AsyncConnection, key: StoredKey) -> None:
    await connection.execute(insert(api_keys).values(**key.__dict__))


async def by_digest(connection: AsyncConnection, digest: str) -> StoredKey | None:
    """The key with this digest, unless revoked."""
    statement = select(api_keys).where(api_keys.c.digest == digest, api_keys.c.revoked_at.is_(None))
    row = (await connection.execute(statement)).first()
    return StoredKey(**row._mapping) if row is not None else None


async def every(connection: AsyncConnection) -> list[StoredKey]:
    rows = await connection.execute(select(api_keys).order_by(api_keys.c.created_at))
    return [StoredKey(**row._mapping) for row in rows]


async def count_valid(connection: AsyncConnection) -> int:
    statement = select(func.count()).select_from(api_keys).where(api_keys.c.revoked_at.is_(None))
    return int((await connection.execute(statement)).scalar_one())


async def revoke(connection: AsyncConnection, key_id: str, now: datetime) -> bool:
    """Revoke a key for good; False when there is none of this id."""
    result = await connection.execute(update(api_keys).where(api_keys.c.id == key_id).values(revoked_at=now))
    return bool(result.rowcount)
