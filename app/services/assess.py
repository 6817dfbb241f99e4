"""Rate and remember: one submission in, one record stored in one transaction, the same answer for the same key."""

from __future__ import annotations

import asyncio
import hashlib
import json
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.exc import IntegrityError

from app.core.assessment import Assessment, Coverage
from app.core.engine import NO_POLICY
from app.core.law.rating import Rating
from app.core.submission import Submission
from app.errors import BadRequest, Conflict, NotFound
from app.services import cursor as cursors
from app.services.catalogue import Catalogue
from app.services.clock import now, written
from app.services.policy_in_force import POLICY
from app.store import assessments as store
from app.store.assessments import StoredAssessment
from app.store.database import Database

AHEAD = timedelta(days=3_653)
"""How far ahead ``as_of`` may lie: ten years, to see announced law."""

LARGE = 150
"""Parties and goods together from which a submission is rated in a thread, so that others are answered meanwhile."""

LONG_TEXT = 20_000
MAX_KEY = 255
HIDDEN = {"findings": {"__all__": {"facts", "weight"}}}
"""What rules look at and callers do not see."""

_COVERAGE = TypeAdapter(tuple[Coverage, ...])


@dataclass(frozen=True)
class Answer:
    """The stored answer as JSON text, with its id and rating; ``new`` is False where an idempotency key found it."""

    id: str
    document: str
    rating: str
    new: bool = True


async def assess(
    database: Database, catalogue: Catalogue, submission: Submission, *, owner: str, key: str | None = None
) -> Answer:
    """Rate a submission, store it with its answer and the editions used, and return the stored answer."""
    moment = now()
    as_of = _day(submission, moment)
    digest = submission.digest()
    key_digest = key_digest_of(key) if key is not None else None
    if key_digest is not None and (found := await _by_key(database, owner, key_digest, digest)) is not None:
        return found
    loaded = await catalogue.on(as_of)
    # The policy is the one in force when the assessment is made, whatever day it looks at (docs/decisions/0070).
    policy = await catalogue.policies.on(moment.date())
    asked = policy.asked(submission) if policy is not None else submission
    coverage = catalogue.coverage(loaded, moment, asked.profiles)
    engine = replace(loaded.engine, coverage=coverage, policy=policy)
    editions = loaded.manifest | ({POLICY: policy.edition} if policy is not None else {})
    made = (
        await asyncio.to_thread(engine.assess, submission, as_of)
        if _large(submission)
        else engine.assess(submission, as_of)
    )
    record = {"id": str(uuid.uuid4()), "created_at": written(moment), **answer_of(made)}
    stored = StoredAssessment(
        id=record["id"],
        created_at=moment,
        client_reference=submission.client_reference,
        rating=str(made.rating),
        as_of=as_of,
        submission=digest,
        editions=json.dumps(editions, sort_keys=True),
        document=json.dumps(record, ensure_ascii=False),
    )
    try:
        async with database.write() as connection:
            await store.add_submission(
                connection, digest, submission.model_dump_json(by_alias=True, exclude_unset=True)
            )
            await store.add_assessment(connection, stored)
            if key_digest is not None:
                await store.add_key(
                    connection,
                    owner=owner,
                    key_digest=key_digest,
                    submission=digest,
                    assessment_id=stored.id,
                    now=moment,
                )
    except IntegrityError:
        # A request with the same key, or the first one with this submission, was stored at the same moment.
        if key_digest is not None and (found := await _by_key(database, owner, key_digest, digest)) is not None:
            return found
        return await assess(database, catalogue, submission, owner=owner, key=key)
    return Answer(stored.id, stored.document, stored.rating)


def answer_of(made: Assessment) -> dict[str, Any]:
    """An assessment as callers see it: plain JSON values, aliases as in the contract."""
    return made.model_dump(mode="json", by_alias=True, exclude=HIDDEN)


async def get(database: Database, assessment_id: str) -> str:
    """The answer that was given, as JSON text; raises ``NotFound``."""
    return (await _stored(database, assessment_id)).document


async def page(
    database: Database,
    *,
    client_reference: str | None = None,
    rating: Rating | None = None,
    since: datetime | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> tuple[list[str], str | None]:
    """Answers as JSON text, newest first, and the cursor of the next page."""
    before = cursors.before(cursor)
    async with database.read() as connection:
        found = await store.page(
            connection,
            client_reference=client_reference,
            rating=str(rating) if rating is not None else None,
            since=since,
            before=before,
            limit=limit + 1,
        )
    more = cursors.after(found[limit - 1].created_at, found[limit - 1].id) if len(found) > limit else None
    return [row.document for row in found[:limit]], more


async def replay(database: Database, catalogue: Catalogue, assessment_id: str) -> dict[str, Any]:
    """Rate the stored submission on the stored editions, and say whether the answer is identical and where it differs."""
    stored = await _stored(database, assessment_id)
    async with database.read() as connection:
        document = await store.submission_document(connection, stored.submission)
    if document is None:
        raise NotFound("the submission of this assessment is not stored")
    before = json.loads(stored.document)
    editions: dict[str, str] = json.loads(stored.editions)
    submission = Submission.model_validate_json(document)
    lists = {source: edition for source, edition in editions.items() if source != POLICY}
    coverage = _COVERAGE.validate_python(before["coverage"])
    engine = await catalogue.at(lists, coverage, known_by=stored.created_at)
    engine = replace(engine, policy=await catalogue.policies.at(editions.get(POLICY)))
    before["basis"].setdefault("policy", NO_POLICY)  # records from before there were policies do not name it
    made = await asyncio.to_thread(engine.assess, submission, stored.as_of)
    after = {"id": before["id"], "created_at": before["created_at"], **answer_of(made)}
    differences = list(_differences("", before, after))
    return {
        "id": stored.id,
        "identical": not differences,
        "differences": differences[:100],
        "editions": editions,
    }


def _differences(pointer: str, before: Any, after: Any) -> Any:
    """Every place where two JSON values differ, as pointers with both values."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys((*before, *after)):
            yield from _differences(f"{pointer}/{name}", before.get(name), after.get(name))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for n, (a, b) in enumerate(zip(before, after, strict=True)):
            yield from _differences(f"{pointer}/{n}", a, b)
    elif before != after:
        yield {"pointer": pointer, "stored": before, "replayed": after}


async def _stored(database: Database, assessment_id: str) -> StoredAssessment:
    try:
        key = str(uuid.UUID(assessment_id))
    except ValueError as error:
        raise NotFound("there is no assessment of this id") from error
    async with database.read() as connection:
        found = await store.by_id(connection, key)
    if found is None:
        raise NotFound("there is no assessment of this id")
    return found


async def _by_key(database: Database, owner: str, key_digest: str, digest: str) -> Answer | None:
    async with database.read() as connection:
        bound = await store.by_key(connection, owner=owner, key_digest=key_digest)
        if bound is None:
            return None
        if bound[0] != digest:
            raise Conflict("this Idempotency-Key was used with another body; use a new key for a new submission")
        found = await store.by_id(connection, bound[1])
    return Answer(found.id, found.document, found.rating, new=False) if found is not None else None


def key_digest_of(key: str) -> str:
    """SHA-256 of an idempotency key; raises ``BadRequest`` for one that is no key."""
    if not 1 <= len(key) <= MAX_KEY or not key.isprintable() or not key.isascii():
        raise BadRequest(f"Idempotency-Key must have 1 to {MAX_KEY} printable ASCII characters")
    return hashlib.sha256(key.encode()).hexdigest()


def _day(submission: Submission, moment: datetime) -> date:
    if submission.as_of is None:
        return moment.date()
    if submission.as_of > moment.date() + AHEAD:
        raise BadRequest("as_of may lie at most ten years ahead", (("/as_of", "more than ten years ahead"),))
    return submission.as_of


def _large(submission: Submission) -> bool:
    size = len(submission.related_parties) + len(submission.goods)
    text = sum(len(s.text) for s in submission.statements)
    relations = sum(len(p.party.relations) for p in submission.parties())
    return size > LARGE or text > LONG_TEXT or relations > LARGE


def start_of(day: date) -> datetime:
    """The first moment of a day in UTC."""
    return datetime.combine(day, time.min, tzinfo=UTC)
