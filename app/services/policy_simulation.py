"""What a policy would change: stored submissions are rated under the policy in force and under the one asked about."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from app.core.assessment import Assessment
from app.core.engine import NO_POLICY
from app.core.law.policy import Policy, PolicyDocument
from app.core.law.rating import Rating
from app.core.submission import Submission
from app.services import cursor as cursors
from app.services.catalogue import Catalogue, Loaded
from app.services.clock import now
from app.services.policies import existing
from app.store import assessments as store
from app.store.assessments import StoredAssessment
from app.store.database import Database

BUDGET = 20.0
"""Seconds after which a simulation answers what it has and where to go on."""


@dataclass(frozen=True)
class Asked:
    """Which stored assessments are looked at, newest first, and at most how many in this call."""

    client_reference: str | None = None
    rating: Rating | None = None
    since: datetime | None = None
    cursor: str | None = None
    limit: int = 200

    @property
    def wanted(self) -> dict[str, Any]:
        rating = str(self.rating) if self.rating is not None else None
        return {"client_reference": self.client_reference, "rating": rating, "since": self.since}


async def simulate(database: Database, catalogue: Catalogue, policy_id: str, asked: Asked) -> dict[str, Any]:
    """One page of what would change; nothing is stored. Raises ``NotFound``.

    Both ratings are made on the lists as they stand now and as of the assessment's own day, so that what differs is the policy.
    """
    moment = now()
    async with database.read() as connection:
        stored = await existing(connection, policy_id)
        before = cursors.before(asked.cursor)
        total = await store.count(connection, **asked.wanted)
        rows = await store.page(connection, **asked.wanted, before=before, limit=asked.limit + 1)
        documents = await store.submission_documents(connection, {row.submission for row in rows})
    proposed = Policy(
        edition=stored.id,
        decided_by=stored.created_by,
        since=moment.date(),
        document=PolicyDocument.model_validate_json(stored.document),
    )
    current = await catalogue.policies.on(moment.date())
    both = _Both(catalogue, await catalogue.current(), moment, current, proposed)
    items: list[dict[str, Any]] = []
    moves: Counter[tuple[str, str]] = Counter()
    examined, unrated = 0, []
    async with catalogue.policies.simulating:
        deadline = time.monotonic() + BUDGET
        for row in rows[: asked.limit]:
            if examined and time.monotonic() > deadline:
                break
            rated = await asyncio.to_thread(both.rate, documents[row.submission], row)
            examined += 1
            if rated is None:
                unrated.append(row.id)
                continue
            was, then = rated
            if change := _change(row, was, then):
                items.append(change)
                moves[str(was.rating), str(then.rating)] += 1
    last = rows[examined - 1] if examined < len(rows) else None
    return {
        "policy": stored.id,
        "compared_with": current.edition if current is not None else NO_POLICY,
        "total": total,
        "examined": examined,
        "unrated": unrated,
        "changed": len(items),
        "changes": [{"from": a, "to": b, "count": n} for (a, b), n in sorted(moves.items())],
        "items": items,
        "next_cursor": cursors.after(last.created_at, last.id) if last is not None else None,
    }


@dataclass(frozen=True)
class _Both:
    """The policy in force and the one asked about, on the same lists."""

    catalogue: Catalogue
    loaded: Loaded
    moment: datetime
    current: Policy | None
    proposed: Policy

    def rate(self, document: str, row: StoredAssessment) -> tuple[Assessment, Assessment] | None:
        """A stored submission under each of the two, its parties screened once; None where it is no longer one that would be accepted."""
        try:
            submission = Submission.model_validate_json(document)
        except ValidationError:
            return None
        screened = self.loaded.engine.screen(submission, row.as_of)
        was, then = (
            replace(
                self.loaded.engine,
                policy=policy,
                coverage=self.catalogue.coverage(
                    self.loaded, self.moment, (policy.asked(submission) if policy is not None else submission).profiles
                ),
            ).rate(submission, row.as_of, screened)
            for policy in (self.current, self.proposed)
        )
        return was, then


def _change(row: StoredAssessment, was: Assessment, then: Assessment) -> dict[str, Any] | None:
    """What would change for one assessment, profile by profile; None where every rating stays."""
    old, new = ({str(r.profile): r for r in made.ratings} for made in (was, then))
    ratings = [
        {
            "profile": profile,
            "from": str(old[profile].rating) if profile in old else None,
            "to": str(new[profile].rating) if profile in new else None,
            "rules": sorted({r.rule for r in new[profile].reasons if r.rating is new[profile].rating})
            if profile in new
            else [],
        }
        for profile in dict.fromkeys((*old, *new))
        if profile not in old or profile not in new or old[profile].rating is not new[profile].rating
    ]
    if not ratings:
        return None
    return {
        "assessment": row.id,
        "client_reference": row.client_reference,
        "as_of": row.as_of.isoformat(),
        "from": str(was.rating),
        "to": str(then.rating),
        "ratings": ratings,
    }
