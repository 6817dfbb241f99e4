"""Lists: what is loaded and how old it is; load a document by hand, or fetch now."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field, StringConstraints
from starlette.responses import JSONResponse

from app.api.answers import lists as answers
from app.api.answers.shape import answer, problems
from app.api.body import json_body, read_into, read_model
from app.api.deps import Admin, Cursor, Here, Limit, ListId, Reader, day
from app.core.values import Value
from app.errors import EditionRefused, SourceChanged
from app.services import differences, refusals
from app.services import lists as listing
from app.services import refresh as refreshing
from app.sources.unpack import spool

router = APIRouter(tags=["lists"])
UNKNOWN = "there is no list of this id; known: us_ofac_sdn, us_ofac_consolidated, us_csl"
BUSY = "us_ofac_sdn is being loaded by another process; look at it and try again"
RefusalId = Annotated[str, Path(description="a refusal's id, as the list's refusals give it")]
EditionId = Annotated[str, Path(description="an edition by id or sequence, or two of them as `a...b`")]
LOADED: dict[int | str, dict[str, Any]] = {
    200: answer(answers.LoadedEdition, "The same edition was there already", "unchanged"),
    201: answer(answers.LoadedEdition, "A new edition, which answers from now on if it is current", "loaded"),
}
DOCUMENT = {
    "requestBody": {
        "required": True,
        "description": "the list's file as published: plain, gzipped, or several together in a zip",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class Acceptance(Value):
    """Why a refused edition is right after all; kept with the edition."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=1_000), Field(description="who checked what")]


@router.get(
    "/v1/lists",
    summary="Every list and how old it is",
    responses={200: answer(answers.Lists, "Every list", "lists")},
)
async def index(here: Here, _: Reader) -> dict[str, Any]:
    """The lists in reporting order, each with its current edition, its age, whether it is fresh, and its last refusal."""
    return {"items": await listing.overview(here.database, here.catalogue), "next_cursor": None}


@router.get(
    "/v1/lists/{list_id}/editions",
    summary="The editions of a list, latest in time first",
    responses={200: answer(answers.Editions, "A page of editions", "editions"), **problems(_404=UNKNOWN)},
)
async def editions(list_id: ListId, here: Here, _: Reader, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:
    """Every edition that was loaded: its digest, its dates, and how many parties it added, removed and changed."""
    items, more = await listing.editions(here.database, list_id, cursor=cursor, limit=limit)
    return {"items": items, "next_cursor": more}


@router.get(
    "/v1/lists/{list_id}/editions/{edition}",
    summary="One edition, or what changed between two",
    responses={
        200: answer(answers.Edition | answers.Differences, "The edition, or the differences", "edition", "differences"),
        **problems(_404="us_ofac_sdn has no such edition; GET /v1/lists/us_ofac_sdn/editions names them"),
    },
)
async def edition(
    list_id: ListId, edition: EditionId, here: Here, _: Reader, cursor: Cursor = None, limit: Limit = 50
) -> dict[str, Any]:
    """An edition by its id or sequence; `a...b` shows what was added, removed and changed from a to b, field by field, in pages."""
    if differences.BETWEEN not in edition:
        return await differences.one(here.database, list_id, edition)
    made, more = await differences.between(here.database, list_id, edition, cursor=cursor, limit=limit)
    return {**made, "next_cursor": more}


@router.get(
    "/v1/lists/{list_id}/refusals",
    summary="Documents and editions that were refused",
    responses={200: answer(answers.Refusals, "A page of refusals", "refusals"), **problems(_404=UNKNOWN)},
)
async def refused(list_id: ListId, here: Here, _: Reader, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:
    """Every refusal, newest first: the reason, which guards spoke against it, and what became of it."""
    items, more = await refusals.page(here.database, list_id, cursor=cursor, limit=limit)
    return {"items": items, "next_cursor": more}


@router.get(
    "/v1/lists/{list_id}/refusals/{refusal_id}",
    summary="One refusal and its differences",
    responses={
        200: answer(answers.RefusalDifferences, "The refusal with a page of its differences", "refusal"),
        **problems(_404="there is no refusal of this id"),
    },
)
async def refusal(
    list_id: ListId, refusal_id: RefusalId, here: Here, _: Reader, cursor: Cursor = None, limit: Limit = 50
) -> dict[str, Any]:
    """Why it was refused, and what the refused edition would add, remove and change, in pages."""
    made, more = await refusals.one(here.database, list_id, refusal_id, cursor=cursor, limit=limit)
    return {**made, "next_cursor": more}


@router.post(
    "/v1/lists/{list_id}/refusals/{refusal_id}/accept",
    summary="Accept a refused edition",
    openapi_extra=json_body(Acceptance, {"checked": {"value": {"reason": "the publisher's notice of 2 July says so"}}}),
    responses={
        **LOADED,
        **problems(
            _404="there is no refusal of this id",
            _409="the document could not be read, and what cannot be read cannot be accepted; hand a whole one over",
        ),
    },
)
async def accept(list_id: ListId, refusal_id: RefusalId, request: Request, here: Here, _: Admin) -> JSONResponse:
    """Loads an edition that a guard refused (size, churn, a required party); the reason stays with it. What could not be read cannot be accepted."""
    asked = await read_model(request, Acceptance, here.settings.max_body_bytes)
    job = refreshing.accept_refusal(here.database, list_id, refusal_id, asked.reason, settings=here.settings)
    return await _loaded(here, job)


@router.post(
    "/v1/lists/{list_id}/refresh",
    summary="Fetch a list now",
    responses={
        **LOADED,
        **problems(
            _404=UNKNOWN,
            _409="us_bis_entity_list has no reader yet: it is held as curated rows of the reference edition",
            _422="us_ofac_sdn: 37 parties where the edition before had 13821 (2024-01-08)",
            _502="us_ofac_sdn: sdn.csv cannot be had from the publisher (ConnectError)",
        ),
    },
)
async def refresh(list_id: ListId, here: Here, _: Admin) -> JSONResponse:
    """Fetches the list from its publisher and loads it whole, or changes nothing and says why."""
    return await _loaded(here, refreshing.fetch(here.database, list_id, settings=here.settings))


@router.put(
    "/v1/lists/{list_id}/document",
    summary="Load a list's document by hand",
    openapi_extra=DOCUMENT,
    responses={
        **LOADED,
        **problems(_404=UNKNOWN, _409=BUSY, _422="sdn.csv line 7380: 1 columns instead of 12"),
    },
)
async def document(
    list_id: ListId,
    request: Request,
    here: Here,
    _: Admin,
    published: Annotated[
        str | None,
        Query(max_length=10, description="publication date of the document; without it the edition is never fresh"),
    ] = None,
    name: Annotated[
        str | None, Query(max_length=200, description="which file of the list a single document is")
    ] = None,
    accept: Annotated[
        bool, Query(description="overrule the guards against a list that shrank or changed too much")
    ] = False,
    reason: Annotated[str | None, Query(min_length=1, max_length=1_000, description="why it is accepted")] = None,
) -> JSONResponse:
    """Loads a document whole, or refuses it with a precise reason and changes nothing. 201 for a new edition, 200 when unchanged."""
    refreshing.readable(list_id)
    stated = day("published", published)
    with spool() as body:
        await read_into(request, body, here.settings.max_document_bytes)
        loading = refreshing.load_document(
            here.database,
            list_id,
            [(name or "", body)],
            settings=here.settings,
            published=stated,
            accept=(reason or True) if accept else False,
        )
        return await _loaded(here, loading)


async def _loaded(here: Here, job: Awaitable[refreshing.Loading]) -> JSONResponse:
    """The edition, once the engine answers from it; what was refused is known to every answer before this one is given."""
    try:
        loading = await job
    except (SourceChanged, EditionRefused):
        await here.catalogue.follow()
        raise
    loaded = await here.catalogue.follow()
    current = loaded.editions.get(loading.edition.source)
    shown = {**listing.shown(loading.edition), "new": loading.new}
    shown["current"] = current is not None and current.id == loading.edition.id
    return JSONResponse(shown, status_code=201 if loading.new else 200)
