"""Assessments: rate a submission, read answers, replay them."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request
from starlette.responses import Response

from app.api.answers.assessments import AssessmentAnswer, Assessments, Replay
from app.api.answers.shape import answer, created, problems
from app.api.body import json_body, read_model
from app.api.deps import Assessor, Cursor, Here, Limit, Reader, moment
from app.api.examples import SUBMISSIONS
from app.core.law.rating import Rating
from app.core.submission import Submission
from app.services import assess as assessing

router = APIRouter(tags=["assessments"])
AssessmentId = Annotated[str, Path(description="an assessment's id")]
MISSING = "there is no assessment of this id"


@router.post(
    "/v1/assessments",
    status_code=201,
    summary="Rate a submission",
    openapi_extra=json_body(Submission, SUBMISSIONS),
    responses={
        201: created(AssessmentAnswer, "The explained rating", "assessment"),
        **problems(_409="this Idempotency-Key was used with another body; use a new key for a new submission"),
    },
    response_class=Response,
)
async def create(
    request: Request,
    here: Here,
    caller: Assessor,
    idempotency_key: Annotated[
        str | None, Header(description="the same key and body give the same assessment, however often it is sent")
    ] = None,
) -> Response:
    """Rates what a supplier submits for the profiles asked for, and explains why: the law, the facts, the gaps, what would change it.

    The submission, the answer and the editions used are stored before the answer leaves. This is not legal advice.
    """
    submission = await read_model(request, Submission, here.settings.max_body_bytes)
    answer = await assessing.assess(here.database, here.catalogue, submission, owner=caller.owner, key=idempotency_key)
    if answer.new:
        here.metrics.assessments.labels(answer.rating).inc()
    return Response(
        answer.document,
        status_code=201,
        media_type="application/json",
        headers={"Location": f"/v1/assessments/{answer.id}"},
    )


@router.get(
    "/v1/assessments",
    summary="Assessments, newest first",
    responses={200: answer(Assessments, "A page of assessments", "assessments")},
    response_class=Response,
)
async def index(
    here: Here,
    _: Reader,
    client_reference: Annotated[str | None, Query(max_length=200, description="the caller's own key")] = None,
    rating: Annotated[Rating | None, Query(description="only this rating")] = None,
    since: Annotated[str | None, Query(max_length=40, description="made on or after this day or moment")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """A page of stored answers."""
    found, more = await assessing.page(
        here.database,
        client_reference=client_reference,
        rating=rating,
        since=moment("since", since),
        cursor=cursor,
        limit=limit,
    )
    return Response(
        f'{{"items": [{", ".join(found)}], "next_cursor": {json.dumps(more)}}}', media_type="application/json"
    )


@router.get(
    "/v1/assessments/{assessment_id}",
    summary="One assessment",
    responses={200: answer(AssessmentAnswer, "The explained rating", "assessment"), **problems(_404=MISSING)},
    response_class=Response,
)
async def one(assessment_id: AssessmentId, here: Here, _: Reader) -> Response:
    """The answer exactly as it was given."""
    return Response(await assessing.get(here.database, assessment_id), media_type="application/json")


@router.post(
    "/v1/assessments/{assessment_id}/replay",
    summary="Rate a stored submission again",
    responses={200: answer(Replay, "Whether the stored answer comes out again", "replay"), **problems(_404=MISSING)},
)
async def replay(assessment_id: AssessmentId, here: Here, _: Assessor) -> dict[str, Any]:
    """Rates the stored submission on the stored editions: `identical` says whether the answer is the same, `differences` where not."""
    return await assessing.replay(here.database, here.catalogue, assessment_id)
