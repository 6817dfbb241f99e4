"""Screenings: look names up on the lists without a submission."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import Field

from app.api.answers.assessments import Screened
from app.api.answers.shape import answer
from app.api.body import json_body, read_model
from app.api.deps import Assessor, Here
from app.api.examples import SCREENINGS
from app.core.screening.watchlist import DEFAULT_THRESHOLD
from app.core.values import Day, Line, Value
from app.errors import BadRequest
from app.services import screen as screening

router = APIRouter(tags=["screenings"])


class Screening(Value):
    """Up to 1,000 queries, each a party as in a submission."""

    queries: Annotated[
        tuple[Any, ...], Field(min_length=1, max_length=1_000, description="parties, as in a submission")
    ]
    limit: Annotated[int, Field(ge=1, le=100, strict=True, description="most hits of one query")] = 5
    threshold: Annotated[float, Field(ge=0, le=1, strict=True, allow_inf_nan=False)] = DEFAULT_THRESHOLD
    lists: Annotated[tuple[Line, ...], Field(max_length=100)] | None = None
    as_of: Day | None = None
    explain: Annotated[
        bool,
        Field(strict=True, description="compare every query with `party_id` as well, hit or not: why it did not hit"),
    ] = False
    party_id: Annotated[Line | None, Field(description="the listed party to explain")] = None


@router.post(
    "/v1/screenings",
    summary="Look names up",
    openapi_extra=json_body(Screening, SCREENINGS),
    responses={200: answer(Screened, "One result per query, in order", "screening", "why_not")},
)
async def screen(request: Request, here: Here, _: Assessor) -> dict[str, Any]:
    """One result per query, in order, each with its `hits` or its own `error`; `coverage` says which edition of each list answered, and which list is missing, stale or partial. With `explain: true` and a `party_id` each result also has `explained`: that listed party compared feature by feature, whether it is a hit, and why not. Nothing is stored."""
    asked = await read_model(request, Screening, here.settings.max_body_bytes)
    if asked.explain != (asked.party_id is not None):
        missing = "party_id" if asked.explain else "explain"
        raise BadRequest("explain and party_id go together", ((f"/{missing}", "needed to explain a listed party"),))
    made = await screening.screen(
        here.catalogue,
        asked.queries,
        limit=asked.limit,
        threshold=asked.threshold,
        lists=asked.lists,
        as_of=asked.as_of,
        explain=asked.party_id,
    )
    return {"results": made.results, "coverage": [c.model_dump(mode="json") for c in made.coverage]}
