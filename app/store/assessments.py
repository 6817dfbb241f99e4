"""Submissions, assessments and idempotency keys: add and read, never change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import assessments, idempotency_keys, submissions


@dataclass(frozen=True)
class StoredAssessment:
    """A stored assessment: the answer that was given and the ids of the editions it came from, both as JSON."""

    id: str
    created_at: datetime
    client_reference: str | None
    rating: str
    as_of: date
    submission: str
    editions: str
    document: str


async def add_submission(connection: AsyncConnection, digest: str, document: str) -> None:
    """Keep a submission once, however often it is assessed."""
    held = await connection.execute(select(submissions.c.digest).where(submissions.c.digest == digest))
    if held.first() is None:
        await connection.execute(insert(submissions).values(digest=digest, document=document))


async def add_assessment(connection: AsyncConnection, stored: StoredAssessment) -> None:
    await connection.execute(insert(assessments).values(**stored.__dict__))


async def add_key(
    connection: AsyncConnection, *, owner: str, key_digest: str, submission: str, assessment_id: str, now: datetime
) -> None:
    """Bind an idempotency key to an assessment; raises ``IntegrityError`` where it is bound already."""
    await connection.execute(
        insert(idempotency_keys).values(
            owner=owner, key_digest=key_digest, submission=submission, assessment_id=assessment_id, created_at=now
        )
    )


async def by_key(connection: AsyncConnection, *, owner: str, key_digest: str) -> tuple[str, str] | None:
    """(submission digest, assessment id) that a key is bound to."""
    statement = select(idempotency_keys.c.submission, idempotency_keys.c.assessment_id).where(
        idempotency_keys.c.owner == owner, idempotency_keys.c.key_digest == key_digest
    )
    row = (await connection.execute(statement)).first()
    return (row.submission, row.assessment_id) if row is not None else None


async def by_id(connection: AsyncConnection, assessment_id: str) -> StoredAssessment | None:
    row = (await connection.execute(select(assessments).where(assessments.c.id == assessment_id))).first()
    return StoredAssessment(**row._mapping) if row is not None else None


async def submission_document(connection: AsyncConnection, digest: str) -> str | None:
    row = (await connection.execute(select(submissions.c.document).where(submissions.c.digest == digest))).first()
    return row.document if row is not None else None


async def submission_documents(connection: AsyncConnection, digests: Collection[str]) -> dict[str, str]:
    """Submissions by digest."""
    statement = select(submissions).where(submissions.c.digest.in_(digests))
    return {row.digest: row.document for row in await connection.execute(statement)}


async def page(
    connection: AsyncConnection,
    *,
    client_reference: str | None,
    rating: str | None,
    since: datetime | None,
    before: tuple[datetime, str] | None,
    limit: int,
) -> list[StoredAssessment]:
    """Assessments, newest first, older than ``before`` (created_at, id)."""
    statement = select(assessments).order_by(assessments.c.created_at.desc(), assessments.c.id.desc()).limit(limit)
    statement = statement.where(*_wanted(client_reference=client_reference, rating=rating, since=since))
    if before is not None:
        statement = statement.where(tuple_(assessments.c.created_at, assessments.c.id) < before)
    return [StoredAssessment(**row._mapping) for row in await connection.execute(statement)]


async def count(
    connection: AsyncConnection, *, client_reference: str | None, rating: str | None, since: datetime | None
) -> int:
    """How many assessments all pages together have."""
    statement = select(func.count()).select_from(assessments)
    statement = statement.where(*_wanted(client_reference=client_reference, rating=rating, since=since))
    return int((await connection.execute(statement)).scalar_one())


def _wanted(*, client_reference: str | None, rating: str | None, since: datetime | None) -> list[ColumnElement[bool]]:
    made: list[ColumnElement[bool]] = []
    if client_reference is not None:
        made.append(assessments.c.client_reference == client_reference)
    if rating is not None:
        made.append(assessments.c.rating == rating)
    if since is not None:
        made.append(assessments.c.created_at >= since)
    return made
