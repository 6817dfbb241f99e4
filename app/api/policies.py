"""Policies: what a buyer decides beyond the law, as editions that are drafted, simulated, put in force and rolled back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request, Response
from pydantic import Field, StringConstraints

from app.api.answers.policies import Policies, PolicyAnswer, Simulation
from app.api.answers.shape import answer, created, problems
from app.api.body import json_body, read_model
from app.api.deps import Admin, Assessor, Cursor, Here, Limit, Reader, moment
from app.api.examples import POLICIES
from app.core.law.policy import PolicyDocument
from app.core.law.rating import Rating
from app.core.values import Day, Line, Value
from app.services import policies as keeping
from app.services import policy_simulation as simulating

router = APIRouter(tags=["policies"])
LARGEST = 256 * 1024
"""Bytes of the largest policy."""

Reasoned = Annotated[Line, StringConstraints(max_length=1_000)]
Key = Annotated[str | None, Header(description="the same key and request give the same answer and make one change")]


class Activating(Value):
    """From which day an edition decides (today when absent), and why."""

    reason: Reasoned
    from_: Annotated[Day | None, Field(alias="from")] = None


class RollingBack(Value):
    """Why an edition is taken back, and to which earlier one (the one that decided before when absent)."""

    reason: Reasoned
    to: Annotated[Line, StringConstraints(max_length=120)] | None = None


class Simulating(Value):
    """Which stored assessments to look at, newest first: at most ``limit`` in one call, from ``cursor`` on."""

    client_reference: Annotated[Line, StringConstraints(max_length=200)] | None = None
    rating: Rating | None = None
    since: Annotated[str, StringConstraints(max_length=40)] | None = None
    cursor: Annotated[str, StringConstraints(max_length=3_000)] | None = None
    limit: Annotated[int, Field(ge=1, le=500, strict=True)] = 200


PolicyId = Annotated[str, Path(description="a policy edition's id")]
MISSING = problems(_404="there is no policy edition of this id")
REPEATED = "this Idempotency-Key was used with another request; use a new key for a new one"


@router.get(
    "/v1/policies",
    summary="Policy editions, newest first",
    responses={200: answer(Policies, "A page of policy editions", "policies")},
)
async def index(here: Here, _: Reader, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:
    """Every edition with its status, drafts included; `in_force` names the one that decides today, null for the law alone."""
    items, more, decides = await keeping.page(here.database, cursor=cursor, limit=limit)
    return {"items": items, "next_cursor": more, "in_force": decides}


@router.post(
    "/v1/policies",
    status_code=201,
    summary="Draft a policy",
    openapi_extra=json_body(PolicyDocument, POLICIES),
    responses={201: created(PolicyAnswer, "The draft", "draft"), **problems(_409=REPEATED)},
)
async def draft(
    request: Request, response: Response, here: Here, caller: Admin, idempotency_key: Key = None
) -> dict[str, Any]:
    """Keeps a policy as a new edition that decides nothing yet. A rule rated below the law is refused with the rule named.

    A policy may only be stricter than the law: it adds reasons of its own (rules `P01` …, instrument `POLICY`) to the law's.
    """
    document = await read_model(request, PolicyDocument, LARGEST)
    made = await keeping.draft(here.database, here.catalogue, document, caller=caller, key=idempotency_key)
    response.headers["Location"] = f"/v1/policies/{made['id']}"
    return made


@router.get(
    "/v1/policies/{policy_id}",
    summary="One policy edition",
    responses={200: answer(PolicyAnswer, "The edition", "policy"), **MISSING},
)
async def one(policy_id: PolicyId, here: Here, _: Reader) -> dict[str, Any]:
    """The edition, its status today, and who put it in force from when and why."""
    return await keeping.one(here.database, policy_id)


@router.post(
    "/v1/policies/{policy_id}/simulate",
    summary="What a policy would change",
    openapi_extra=json_body(Simulating, {"newest": {"summary": "the newest 100", "value": {"limit": 100}}}),
    responses={200: answer(Simulation, "A page of what would change", "simulation"), **MISSING},
)
async def simulate(policy_id: PolicyId, request: Request, here: Here, _: Assessor) -> dict[str, Any]:
    """Rates stored submissions under the policy in force and under this one, on the lists as they stand, and stores nothing.

    Gives `examined` of `total`, the counts of overall ratings that move (`changes`), each assessment that would change, from what
    to what and by which rules (`items`), those that could not be rated because their submission would not be accepted today
    (`unrated`), and `next_cursor` to go on with: a call ends at `limit` or after twenty seconds.
    """
    asked = await read_model(request, Simulating, LARGEST, absent=Simulating())
    return await simulating.simulate(
        here.database,
        here.catalogue,
        policy_id,
        simulating.Asked(
            client_reference=asked.client_reference,
            rating=asked.rating,
            since=moment("since", asked.since),
            cursor=asked.cursor,
            limit=asked.limit,
        ),
    )


@router.post(
    "/v1/policies/{policy_id}/activate",
    summary="Put a policy in force",
    openapi_extra=json_body(
        Activating, {"today": {"summary": "from today", "value": {"reason": "approved by the board on 20 November"}}}
    ),
    responses={
        200: answer(PolicyAnswer, "The edition in force, or scheduled", "policy"),
        **MISSING,
        **problems(_409="this edition was activated already; draft a new one, or roll back to it"),
    },
)
async def activate(
    policy_id: PolicyId, request: Request, here: Here, caller: Admin, idempotency_key: Key = None
) -> dict[str, Any]:
    """Lets a draft decide from a day on, today or later. Assessments made from that day use it and name it in `basis.policy`."""
    asked = await read_model(request, Activating, LARGEST)
    return await keeping.activate(
        here.database,
        here.catalogue,
        policy_id,
        reason=asked.reason,
        from_day=asked.from_,
        caller=caller,
        key=idempotency_key,
    )


@router.post(
    "/v1/policies/{policy_id}/rollback",
    status_code=201,
    summary="Take a policy back",
    openapi_extra=json_body(
        RollingBack, {"before": {"summary": "to the one before", "value": {"reason": "holds too many orders"}}}
    ),
    responses={
        201: created(PolicyAnswer, "The new edition, which decides from now on", "rollback"),
        **MISSING,
        **problems(_409="this edition does not decide on 2026-11-27 (policy in force then: none); roll that one back"),
    },
)
async def roll_back(
    policy_id: PolicyId, request: Request, response: Response, here: Here, caller: Admin, idempotency_key: Key = None
) -> dict[str, Any]:
    """Takes back the edition in force: a new edition equal to the one before it (or to `to`) decides from now on.

    Where nothing was in force before, the new edition is the law alone. History only grows.
    """
    asked = await read_model(request, RollingBack, LARGEST)
    made = await keeping.roll_back(
        here.database,
        here.catalogue,
        policy_id,
        reason=asked.reason,
        to=asked.to,
        caller=caller,
        key=idempotency_key,
    )
    response.headers["Location"] = f"/v1/policies/{made['id']}"
    return made
