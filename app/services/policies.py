"""The life of a policy: drafted, put in force from a day, taken back; every step is an edition or an activation that stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.law.policy import PolicyDocument, problems
from app.errors import BadRequest, Conflict, NotFound
from app.factors import FACTORS
from app.services import cursor as cursors
from app.services.assess import key_digest_of
from app.services.catalogue import Catalogue
from app.services.clock import now, today, written
from app.services.keys import Caller
from app.services.policy_in_force import deciding
from app.store import policies as store
from app.store.database import Database
from app.store.policies import Activation, StoredPolicy

AHEAD = timedelta(days=3_653)
"""How far ahead a policy may begin: ten years, as an assessment may look."""

ATTEMPTS = 20
"""Tries of one change: each is beaten only by another change that was made."""

LAW_ALONE = PolicyDocument(title="The law alone")
"""What a rollback makes where no policy was in force before."""


@dataclass(frozen=True)
class Change:
    """Who asks for a change, under which idempotency key, and the digest of what is asked."""

    caller: Caller
    key: str | None
    request: str

    @staticmethod
    def of(caller: Caller, key: str | None, *asked: object) -> Change:
        text = json.dumps([str(part) for part in asked], ensure_ascii=False)
        return Change(caller, key_digest_of(key) if key is not None else None, _digest(text))

    @property
    def who(self) -> str:
        """The name of the caller's key, as it is shown and kept."""
        name = "".join(ch if ch.isprintable() else "?" for ch in self.caller.name).strip()
        return (name or self.caller.owner)[:200]


async def draft(
    database: Database, catalogue: Catalogue, document: PolicyDocument, *, caller: Caller, key: str | None = None
) -> dict[str, Any]:
    """Keep a document as a new edition that is not in force; raises ``BadRequest`` where it is looser than the law."""
    engine = (await catalogue.current()).engine
    if wrong := problems(document, engine.rulebook, engine.reference, FACTORS):
        raise BadRequest("the policy is not accepted; see errors", wrong)
    change = Change.of(caller, key, "draft", canonical(document))

    async def make(connection: AsyncConnection) -> dict[str, Any]:
        stored = await _add(connection, document, equals=None, who=change.who)
        return shown(stored, await store.timeline(connection), today())

    return await _once(database, change, make)


async def activate(
    database: Database,
    catalogue: Catalogue,
    policy_id: str,
    *,
    reason: str,
    from_day: date | None,
    caller: Caller,
    key: str | None = None,
) -> dict[str, Any]:
    """Let a draft decide from a day (today when None); raises ``Conflict`` where it was activated already."""
    change = Change.of(caller, key, "activate", policy_id, reason, from_day)
    engine = (await catalogue.current()).engine

    async def make(connection: AsyncConnection) -> dict[str, Any]:
        stored = await existing(connection, policy_id)
        day = _day(from_day)
        timeline = await store.timeline(connection)
        if any(a.policy_id == stored.id for a in timeline):
            raise Conflict("this edition was activated already; draft a new one, or roll back to it")
        document = PolicyDocument.model_validate_json(stored.document)
        if wrong := problems(document, engine.rulebook, engine.reference, FACTORS):
            raise Conflict(f"the law has moved since this draft was made ({wrong[0][1]}); draft a new one")
        activation = await _activate(connection, stored.id, day, reason=reason, who=change.who, timeline=timeline)
        return shown(stored, (*timeline, activation), today())

    made = await _once(database, change, make)
    await catalogue.policies.follow()
    return made


async def roll_back(
    database: Database,
    catalogue: Catalogue,
    policy_id: str,
    *,
    reason: str,
    to: str | None,
    caller: Caller,
    key: str | None = None,
) -> dict[str, Any]:
    """Put in force a new edition equal to the one that decided before, or to ``to``; history only grows.

    ``policy_id`` must be the edition in force, or one that will be: raises ``Conflict`` where another is, so that two people who
    roll back at once do so once.
    """
    change = Change.of(caller, key, "rollback", policy_id, reason, to)

    async def make(connection: AsyncConnection) -> dict[str, Any]:
        stored = await existing(connection, policy_id)
        timeline = await store.timeline(connection)
        mine = next((a for a in timeline if a.policy_id == stored.id), None)
        day = max(today(), mine.from_day) if mine is not None else today()
        decides = deciding(timeline, day)
        if mine is None or decides != mine:
            other = decides.policy_id if decides is not None else "none"
            raise Conflict(f"this edition does not decide on {day} (policy in force then: {other}); roll that one back")
        before = deciding((a for a in timeline if a != mine), day)
        target = await _earlier(connection, timeline, mine, to) if to is not None else before
        document, equals = LAW_ALONE, None
        if target is not None:
            source = await existing(connection, target.policy_id)
            document, equals = PolicyDocument.model_validate_json(source.document), source.id
        made = await _add(connection, document, equals=equals, who=change.who)
        activation = await _activate(connection, made.id, day, reason=reason, who=change.who, timeline=timeline)
        return shown(made, (*timeline, activation), today())

    made = await _once(database, change, make)
    await catalogue.policies.follow()
    return made


async def one(database: Database, policy_id: str) -> dict[str, Any]:
    """An edition with its status; raises ``NotFound``."""
    async with database.read() as connection:
        return shown(await existing(connection, policy_id), await store.timeline(connection), today())


async def page(
    database: Database, *, cursor: str | None = None, limit: int = 50
) -> tuple[list[dict[str, Any]], str | None, str | None]:
    """Editions, newest first, the cursor of the next page, and the id of the edition in force today."""
    before = int(cursors.decode(cursor, int)[0]) if cursor is not None else None
    if before is not None and not 0 < before < 2**31:
        raise cursors.not_ours()
    day = today()
    async with database.read() as connection:
        found = await store.page(connection, before=before, limit=limit + 1)
        timeline = await store.timeline(connection)
    more = cursors.encode(found[limit - 1].sequence) if len(found) > limit else None
    decides = deciding(timeline, day)
    return [shown(s, timeline, day) for s in found[:limit]], more, decides.policy_id if decides is not None else None


def shown(stored: StoredPolicy, timeline: tuple[Activation, ...], day: date) -> dict[str, Any]:
    """An edition as it is answered; ``status`` is as of ``day``."""
    mine = next((a for a in timeline if a.policy_id == stored.id), None)
    return {
        "id": stored.id,
        "sequence": stored.sequence,
        "status": _status(mine, timeline, day),
        "title": stored.title,
        "digest": stored.digest,
        "equals": stored.equals,
        "created_at": written(stored.created_at),
        "created_by": stored.created_by,
        "activation": None
        if mine is None
        else {
            "from": mine.from_day.isoformat(),
            "reason": mine.reason,
            "activated_at": written(mine.activated_at),
            "activated_by": mine.activated_by,
        },
        "policy": json.loads(stored.document),
    }


def canonical(document: PolicyDocument) -> str:
    """The document as JSON text: the same for the same policy, whatever the spacing and the order of members."""
    return json.dumps(document.model_dump(mode="json", exclude_unset=True), ensure_ascii=False, sort_keys=True)


def _status(mine: Activation | None, timeline: tuple[Activation, ...], day: date) -> str:
    if mine is None:
        return "draft"
    if deciding(timeline, day) == mine:
        return "in_force"
    return "scheduled" if mine.from_day > day and deciding(timeline, mine.from_day) == mine else "superseded"


def _day(asked: date | None) -> date:
    start = today()
    if asked is None:
        return start
    if asked < start:
        raise BadRequest("a policy cannot begin in the past", (("/from", f"before today, {start}"),))
    if asked > start + AHEAD:
        raise BadRequest("a policy may begin at most ten years ahead", (("/from", "more than ten years ahead"),))
    return asked


async def existing(connection: AsyncConnection, policy_id: str) -> StoredPolicy:
    """An edition by its id; raises ``NotFound``."""
    # PostgreSQL refuses a NUL in text, and no id is this long.
    known = len(policy_id) <= 120 and policy_id.isprintable()
    found = await store.by_id(connection, policy_id) if known else None
    if found is None:
        raise NotFound("there is no policy edition of this id")
    return found


async def _earlier(
    connection: AsyncConnection, timeline: tuple[Activation, ...], mine: Activation, to: str
) -> Activation:
    await existing(connection, to)
    found = next((a for a in timeline if a.policy_id == to and a.sequence < mine.sequence), None)
    if found is None:
        raise Conflict(
            "the edition to return to was not activated before this one; activate it, or name an earlier one"
        )
    return found


async def _add(connection: AsyncConnection, document: PolicyDocument, *, equals: str | None, who: str) -> StoredPolicy:
    text = canonical(document)
    digest = _digest(text)
    sequence = await store.next_edition(connection)
    stored = StoredPolicy(
        id=f"policy-{sequence}-{digest[:8]}",
        sequence=sequence,
        title=document.title,
        digest=f"sha256:{digest}",
        equals=equals,
        created_at=now(),
        created_by=who,
        document=text,
    )
    await store.add(connection, stored)
    return stored


async def _activate(
    connection: AsyncConnection,
    policy_id: str,
    day: date,
    *,
    reason: str,
    who: str,
    timeline: tuple[Activation, ...],
) -> Activation:
    made = Activation(
        policy_id=policy_id,
        sequence=timeline[-1].sequence + 1 if timeline else 1,
        from_day=day,
        reason=reason,
        activated_at=now(),
        activated_by=who,
    )
    await store.activate(connection, made)
    return made


async def _once(
    database: Database, change: Change, make: Callable[[AsyncConnection], Awaitable[dict[str, Any]]]
) -> dict[str, Any]:
    """Make a change in one transaction; the same key and request give the answer that was given, another request a conflict."""
    for attempt in range(ATTEMPTS):
        try:
            async with database.write() as connection:
                if change.key is not None:
                    bound = await store.request_of(connection, owner=change.caller.owner, key_digest=change.key)
                    if bound is not None and bound[0] != change.request:
                        raise Conflict(
                            "this Idempotency-Key was used with another request; use a new key for a new one"
                        )
                    if bound is not None:
                        given: dict[str, Any] = json.loads(bound[1])
                        return given
                made = await make(connection)
                if change.key is not None:
                    await store.add_request(
                        connection,
                        owner=change.caller.owner,
                        key_digest=change.key,
                        request=change.request,
                        answer=json.dumps(made, ensure_ascii=False),
                        now=now(),
                    )
            return made
        except IntegrityError:
            # Another change took the same sequence or key at this moment: look again at what is stored now.
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("the loop returns or raises")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
