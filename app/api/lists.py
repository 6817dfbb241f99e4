"""Lists: what is loaded and how old it is; load a document by hand, or fetch now."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse

from app.api.body import read_bytes
from app.api.deps import Admin, Cursor, Here, Limit, Reader, day
from app.services import lists as listing
from app.services import refresh as refreshing

router = APIRouter(tags=["lists"])
DOCUMENT = {
    "requestBody": {
        "required": True,
        "description": "the list's file as published: plain, gzipped, or several together in a zip",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/v1/lists", summary="Every list and how old it is")
async def index(here: Here, _: Reader) -> dict[str, Any]:
    """The lists in reporting order, each with its current edition, its age, whether it is fresh, and its last refusal."""
    return {"items": await listing.overview(here.database, here.catalogue), "next_cursor": None}


@router.get("/v1/lists/{list_id}/editions", summary="The editions of a list, newest first")
async def editions(list_id: str, here: Here, _: Reader, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:
    """Every edition that was loaded: its digest, its dates, and how many parties it added, removed and changed."""
    items, more = await listing.editions(here.database, list_id, cursor=cursor, limit=limit)
    return {"items": items, "next_cursor": more}


@router.post("/v1/lists/{list_id}/refresh", summary="Fetch a list now")
async def refresh(list_id: str, here: Here, _: Admin) -> JSONResponse:
    """Fetches the list from its publisher and loads it whole, or changes nothing and says why."""
    return await _loaded(here, await refreshing.fetch(here.database, list_id, settings=here.settings))


@router.put("/v1/lists/{list_id}/document", summary="Load a list's document by hand", openapi_extra=DOCUMENT)
async def document(
    list_id: str,
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
    accept: Annotated[bool, Query(description="accept an edition that shrank by more than half")] = False,
) -> JSONResponse:
    """Loads a document whole, or refuses it with a precise reason and changes nothing. 201 for a new edition, 200 when unchanged."""
    refreshing.readable(list_id)
    stated = day("published", published)
    body = await read_bytes(request, here.settings.max_document_bytes, gzip_too=True)
    loading = await refreshing.load_document(
        here.database, list_id, body, settings=here.settings, name=name, published=stated, accept=accept
    )
    return await _loaded(here, loading)


async def _loaded(here: Here, loading: refreshing.Loading) -> JSONResponse:
    """The edition, once the engine answers from it."""
    if loading.new:
        await here.catalogue.follow()
    return JSONResponse({**listing.shown(loading.edition), "new": loading.new}, status_code=201 if loading.new else 200)
