"""Listed parties: one by id, and pages of them; names are searched by screening, never in a URL."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from app.api.deps import Cursor, Here, Limit, Reader, day, moment
from app.errors import NotFound
from app.services import parties
from app.services.refresh import source_or_404

router = APIRouter(tags=["parties"])


@router.get("/v1/parties", summary="Listed parties")
async def index(
    here: Here,
    _: Reader,
    list_id: Annotated[str | None, Query(alias="list", max_length=80, description="only this list")] = None,
    programme: Annotated[
        str | None, Query(max_length=200, description="only this programme, for example GLOMAG")
    ] = None,
    changed_since: Annotated[str | None, Query(max_length=40, description="recorded or changed on or after")] = None,
    as_of: Annotated[str | None, Query(max_length=10, description="designations that had begun by this day")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """A page of listed parties, in order of their ids."""
    if list_id is not None:
        source_or_404(list_id)
    items, more = await parties.page(
        here.database,
        list_id=list_id,
        programme=programme,
        changed_since=moment("changed_since", changed_since),
        as_of=day("as_of", as_of),
        cursor=cursor,
        limit=limit,
    )
    return {"items": items, "next_cursor": more}


@router.get("/v1/parties/{party_id:path}", summary="One listed party")
async def one(
    party_id: str,
    here: Here,
    _: Reader,
    as_of: Annotated[str | None, Query(max_length=10, description="designations that had begun by this day")] = None,
) -> dict[str, Any]:
    """A listed party with aliases, identifiers, designations and relationships; `records` are those of other lists that are the same party."""
    if not party_id.isprintable():
        raise NotFound("there is no listed party of this id")
    return await parties.get(here.database, party_id, catalogue=here.catalogue, as_of=day("as_of", as_of))
