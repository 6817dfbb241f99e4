"""Listed parties: one by id, and pages of them; names are searched by screening, never in a URL."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from app.api.answers.parties import LinkedParty, Parties
from app.api.answers.shape import answer, problems
from app.api.deps import Cursor, Here, Limit, Reader, day, moment
from app.errors import NotFound
from app.services import parties
from app.services.coverage import REFERENCE
from app.services.parties import Asked
from app.sources import list_ids

router = APIRouter(tags=["parties"])


@router.get(
    "/v1/parties",
    summary="Listed parties",
    responses={
        200: answer(Parties, "A page of listed parties", "parties"),
        **problems(_404="there is no list of this id"),
    },
)
async def index(
    here: Here,
    _: Reader,
    list_id: Annotated[str | None, Query(alias="list", max_length=80, description="only this list")] = None,
    programme: Annotated[
        str | None, Query(max_length=200, description="only this programme, for example GLOMAG")
    ] = None,
    changed_since: Annotated[
        str | None,
        Query(
            max_length=40,
            description="a day: the lists said something new on it or after; a moment: we recorded it since",
        ),
    ] = None,
    as_of: Annotated[str | None, Query(max_length=10, description="as the lists were on this day")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """A page of listed parties, in order of their ids, each as its own list says it. `changed_since` also shows those dropped since."""
    if list_id is not None and list_id not in (*list_ids(), REFERENCE):
        raise NotFound("there is no list of this id")
    whole_day = changed_since is not None and len(changed_since) == 10
    since = (day if whole_day else moment)("changed_since", changed_since)
    asked = Asked(list_id=list_id, programme=programme, changed_since=since, as_of=day("as_of", as_of))
    items, more = await parties.page(here.database, asked, cursor=cursor, limit=limit)
    return {"items": items, "next_cursor": more}


@router.get(
    "/v1/parties/{party_id:path}",
    summary="One listed party",
    responses={
        200: answer(LinkedParty, "The party", "party"),
        **problems(_404="there is no listed party of this id on that day"),
    },
)
async def one(
    party_id: Annotated[str, Path(description="a party's id, as hits and pages give it")],
    here: Here,
    _: Reader,
    as_of: Annotated[str | None, Query(max_length=10, description="as the lists were on this day")] = None,
) -> dict[str, Any]:
    """A listed party with aliases, identifiers, designations and relationships; `records` are those of all lists that are this party, each with the reason; `said` is when its own list said what it says."""
    if not party_id.isprintable():
        raise NotFound("there is no listed party of this id")
    return await parties.get(here.database, party_id, catalogue=here.catalogue, as_of=day("as_of", as_of))
