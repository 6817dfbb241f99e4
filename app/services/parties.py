"""Listed parties: one by id, and pages of them. Names are searched by screening, never in a URL."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from app.core.party import Party
from app.errors import NotFound
from app.services import cursor as cursors
from app.services.catalogue import Catalogue
from app.store import catalogue as store
from app.store.database import Database

LONGEST_ID = 1_000


async def get(
    database: Database, party_id: str, *, catalogue: Catalogue | None = None, as_of: date | None = None
) -> dict[str, Any]:
    """A listed party with the designations that had begun by ``as_of``; raises ``NotFound``.

    With a catalogue, the party as screening sees it: the records of every list that are this party, linked. Otherwise, and for
    one that no list names any more, the record as its source last said it.
    """
    if catalogue is not None:
        linked = (await catalogue.current()).engine.watchlist.get(party_id)
        if linked is not None:
            return _shown(linked, as_of)
    found = None
    if len(party_id) <= LONGEST_ID and party_id.isprintable():
        async with database.read() as connection:
            found = await store.party_by_id(connection, party_id)
    if found is None:
        raise NotFound("there is no listed party of this id")
    return _shown(Party.model_validate_json(found), as_of)


async def page(
    database: Database,
    *,
    list_id: str | None = None,
    programme: str | None = None,
    changed_since: datetime | None = None,
    as_of: date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> tuple[list[dict[str, Any]], str | None]:
    """Listed parties in order of their ids, and the cursor of the next page."""
    after = str(cursors.decode(cursor, str)[0]) if cursor is not None else None
    async with database.read() as connection:
        found = await store.party_page(
            connection, list_id=list_id, programme=programme, changed_since=changed_since, after=after, limit=limit + 1
        )
    more = cursors.encode(found[limit - 1][0]) if len(found) > limit else None
    return [_shown(Party.model_validate_json(document), as_of) for _, document in found[:limit]], more


def _shown(party: Party, as_of: date | None) -> dict[str, Any]:
    """The record with its name and lists, its designations cut to those begun by the day and marked in force or not."""
    shown = party.model_dump(mode="json")
    designations = [
        {**d.model_dump(mode="json"), "in_force": d.in_force(as_of) if as_of is not None else d.ended_on is None}
        for d in party.designations
        if as_of is None or d.listed_on is None or d.listed_on <= as_of
    ]
    return {"id": party.id, "name": party.name, "lists": list(party.lists), **shown, "designations": designations}
