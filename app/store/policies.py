"""Editions of the buyer's own policy and from when they decide: add and read, never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import policies, policy_activations, policy_requests


@dataclass(frozen=True)
class StoredPolicy:
    """One edition: ``document`` is what the buyer wrote, as JSON; ``equals`` the earlier edition a rollback repeats."""

    id: str
    sequence: int
    title: str
    digest: str
    equals: str | None
    created_at: datetime
    created_by: str
    document: str


@dataclass(frozen=True)
class Activation:
    """From which day an edition decides, who said so and why."""

    policy_id: str
    sequence: int
    from_day: date
    reason: str
    activated_at: datetime
    activated_by: str


async def add(connection: AsyncConnection, policy: StoredPolicy) -> None:
    """Keep an edition; raises ``IntegrityError`` where another took its sequence at the same moment."""
    await connection.execute(insert(policies).values(**policy.__dict__))


async def activate(connection: AsyncConnection, activation: Activation) -> None:
    """Keep an activation; raises ``IntegrityError`` where the edition has one or another took its sequence."""
    await connection.execute(insert(policy_activations).values(**activation.__dict__))


async def next_edition(connection: AsyncConnection) -> int:
    """The sequence of the next edition, from 1."""
    return int((await connection.execute(select(func.max(policies.c.sequence)))).scalar_one() or 0) + 1


async def by_id(connection: AsyncConnection, policy_id: str) -> StoredPolicy | None:
    row = (await connection.execute(select(policies).where(policies.c.id == policy_id))).first()
    return StoredPolicy(**row._mapping) if row is not None else None


async def page(connection: AsyncConnection, *, before: int | None, limit: int) -> list[StoredPolicy]:
    """Editions, newest first, older than the sequence ``before``."""
    statement = select(policies).order_by(policies.c.sequence.desc()).limit(limit)
    if before is not None:
        statement = statement.where(policies.c.sequence < before)
    return [StoredPolicy(**row._mapping) for row in await connection.execute(statement)]


async def timeline(connection: AsyncConnection) -> tuple[Activation, ...]:
    """Every activation, in the order they were made."""
    rows = await connection.execute(select(policy_activations).order_by(policy_activations.c.sequence))
    return tuple(Activation(**row._mapping) for row in rows)


async def add_request(
    connection: AsyncConnection, *, owner: str, key_digest: str, request: str, answer: str, now: datetime
) -> None:
    """Bind an idempotency key to its answer; raises ``IntegrityError`` where it is bound already."""
    await connection.execute(
        insert(policy_requests).values(
            owner=owner, key_digest=key_digest, request=request, answer=answer, created_at=now
        )
    )


async def request_of(connection: AsyncConnection, *, owner: str, key_digest: str) -> tuple[str, str] | None:
    """(digest of the request, the answer that was given) that a key is bound to."""
    statement = select(policy_requests.c.request, policy_requests.c.answer).where(
        policy_requests.c.owner == owner, policy_requests.c.key_digest == key_digest
    )
    row = (await connection.execute(statement)).first()
    return (row.request, row.answer) if row is not None else None
