"""Listed parties: one by id, and pages of them, today or on a past day. Names are searched by screening, never in a URL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.core.history import as_said
from app.core.party import Party
from app.errors import NotFound
from app.services import cursor as cursors
from app.services.catalogue import Catalogue
from app.services.said import folded, said
from app.store import catalogue as store
from app.store import versions
from app.store.catalogue import day_of, place_of
from app.store.database import Database
from app.store.versions import Version, Wanted

LONGEST_ID = 1_000
MOST = 100
"""Most stretches of a record's history shown."""


async def get(
    database: Database, party_id: str, *, catalogue: Catalogue | None = None, as_of: date | None = None
) -> dict[str, Any]:
    """A listed party with the designations that had begun by ``as_of``; raises ``NotFound``.

    With a catalogue, the party as screening sees it on that day: the records of every list that are this party, linked. Otherwise,
    and for one that stands on no list, the record as its source last said it. ``said`` tells when the lists said what they say.
    """
    found: Party | None = None
    if catalogue is not None:
        found = (await catalogue.on(as_of)).engine.watchlist.get(party_id)
    ids = [link.record for link in found.links] if found is not None and found.links else [party_id]
    history: list[tuple[str, Version]] = []
    async with database.read() as connection:
        editions = await (store.editions_on(connection, as_of) if as_of else store.current_editions(connection))
        for record in ids if len(party_id) <= LONGEST_ID and party_id.isprintable() else ():
            history += [
                (source, version)
                for source, version in await versions.versions_of(connection, record)
                if source in editions and version.from_place <= editions[source].place
            ]
    if found is None and history:
        source = history[-1][0]
        found = folded([v for s, v in history if s == source], editions[source].place)
    if found is None:
        raise NotFound("there is no listed party of this id" + (" on that day" if as_of is not None else ""))
    shown = _shown(found, as_of)
    shown["said"] = [_stretch(v, editions[source].place) for source, v in history[-MOST:]]
    return shown


def _stretch(version: Version, place: int) -> dict[str, Any]:
    ended = version.until_place if version.until_place is not None and version.until_place <= place else None
    return {
        "record": version.party_id,
        "from": day_of(version.from_place).isoformat(),
        "until": day_of(ended).isoformat() if ended is not None else None,
    }


@dataclass(frozen=True)
class Asked:
    """Which parties a page shows. ``changed_since`` is a day of the lists, or a moment of our own records."""

    list_id: str | None = None
    programme: str | None = None
    changed_since: date | datetime | None = None
    as_of: date | None = None


async def page(
    database: Database, asked: Asked = Asked(), *, cursor: str | None = None, limit: int = 50
) -> tuple[list[dict[str, Any]], str | None]:
    """Records of the lists in order of their ids, and the cursor of the next page; each as its own list says it."""
    after = str(cursors.decode(cursor, str)[0]) if cursor is not None else None
    since = asked.changed_since
    async with database.read() as connection:
        editions = await (
            store.editions_on(connection, asked.as_of) if asked.as_of else store.current_editions(connection)
        )
        places = {name: e.place for name, e in editions.items() if e.kind in ("list", "reference")}
        wanted = Wanted(
            places,
            list_id=asked.list_id,
            programme=asked.programme,
            recorded_since=since if isinstance(since, datetime) else None,
            since_place=place_of(since, 0) if since is not None and not isinstance(since, datetime) else None,
        )
        found = await versions.page(connection, wanted, after=after, limit=limit + 1)
    more = cursors.encode(found[limit - 1].party_id) if len(found) > limit else None
    highest = max(places.values(), default=0)
    return [_shown(as_said([said(v, highest)]), asked.as_of) for v in found[:limit]], more


def _shown(party: Party, as_of: date | None) -> dict[str, Any]:
    """The record with its name and lists, its designations cut to those begun by the day and marked in force or not."""
    shown = party.model_dump(mode="json", exclude={"links"})
    designations = [
        {**d.model_dump(mode="json"), "in_force": d.in_force(as_of) if as_of is not None else d.ended_on is None}
        for d in party.designations
        if as_of is None or d.listed_on is None or d.listed_on <= as_of
    ]
    records = [{"id": link.record, "source": link.source, "reason": link.reason} for link in party.links]
    return {
        "id": party.id,
        "name": party.name,
        "lists": list(party.lists),
        **shown,
        "designations": designations,
        "records": records,
    }
