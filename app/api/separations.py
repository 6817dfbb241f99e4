"""Separations: two records that a person says are two parties, whatever links them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import Field, StringConstraints
from starlette.responses import JSONResponse

from app.api.answers.parties import Separation, Separations
from app.api.answers.shape import answer, created, problems
from app.api.body import json_body, read_model
from app.api.deps import Admin, Cursor, Here, Limit, Reader
from app.core.values import Line, Value
from app.services import separations as separating

router = APIRouter(tags=["parties"])

Reason = Annotated[str, StringConstraints(min_length=1, max_length=1_000), Field(description="who checked what")]


class Separating(Value):
    """Two records that are two parties."""

    records: Annotated[
        tuple[Line, Line], Field(description="the ids of two records, as `records` of a party gives them")
    ]
    reason: Reason


class Withdrawing(Value):
    """Why the records may be linked again."""

    reason: Reason


EXAMPLE = {
    "namesakes": {
        "value": {"records": ["us_ofac_sdn:29219", "ca_sema:china:part-1:1"], "reason": "another birth place"}
    }
}


@router.get(
    "/v1/separations",
    summary="Records that people keep apart",
    responses={200: answer(Separations, "A page of separations", "separations")},
)
async def index(here: Here, _: Reader, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:
    """Every separation, newest first, withdrawn ones too, each with its reason."""
    items, more = await separating.page(here.database, cursor=cursor, limit=limit)
    return {"items": items, "next_cursor": more}


@router.post(
    "/v1/separations",
    status_code=201,
    summary="Undo a link",
    openapi_extra=json_body(Separating, EXAMPLE),
    responses={
        201: created(Separation, "The separation", "separation"),
        **problems(_404="there is no record of the id at /records/0", _409="these two records are kept apart already"),
    },
)
async def separate(request: Request, here: Here, caller: Admin) -> JSONResponse:
    """Two records are two parties from now on, whatever number, name or date they share. The records themselves do not change."""
    asked = await read_model(request, Separating, here.settings.max_body_bytes)
    made = await separating.separate(here.database, asked.records, asked.reason, caller=caller)
    await here.catalogue.follow()
    return JSONResponse(made, status_code=201, headers={"Location": f"/v1/separations/{made['id']}"})


@router.post(
    "/v1/separations/{separation_id}/withdraw",
    summary="Let two records be linked again",
    openapi_extra=json_body(Withdrawing, {"mistake": {"value": {"reason": "the passport was checked: one person"}}}),
    responses={
        200: answer(Separation, "The separation, withdrawn", "withdrawn"),
        **problems(_404="there is no separation of this id", _409="this separation is withdrawn already"),
    },
)
async def withdraw(
    separation_id: Annotated[str, Path(description="a separation's id")], request: Request, here: Here, caller: Admin
) -> dict[str, Any]:
    """The separation no longer counts; it stays on record with both reasons."""
    asked = await read_model(request, Withdrawing, here.settings.max_body_bytes)
    made = await separating.withdraw(here.database, separation_id, asked.reason, caller=caller)
    await here.catalogue.follow()
    return made
