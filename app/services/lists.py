"""What is loaded, how old it is, and what was refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.core.list_names import NAMES
from app.services import cursor as cursors
from app.services.catalogue import Catalogue
from app.services.clock import now, written
from app.services.coverage import REFERENCE
from app.services.coverage import coverage as covered
from app.services.refresh import source_or_404
from app.sources import SOURCES, carriers, list_ids
from app.store import catalogue as store
from app.store import refusals, states
from app.store.catalogue import Edition
from app.store.database import Database


async def overview(database: Database, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Every list, with those that only another carries: its publisher, current edition, age, whether it is fresh, and its last refusal."""
    coverage = {c.list: c for c in covered(await catalogue.standing(), now())}
    async with database.read() as connection:
        refused = await refusals.newest(connection)
        work = await states.states(connection)
    made: list[dict[str, Any]] = [
        {"id": REFERENCE, "title": "Karez reference edition", "readable": False, **_state(coverage[REFERENCE])}
    ]
    for source in SOURCES:
        line = {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "url": source.url,
            "cadence": source.cadence,
            "licence": source.licence,
            "freshness_limit_hours": source.freshness / timedelta(hours=1),
            "documents": list(dict.fromkeys(d.name for f in source.formats for d in f.documents)),
            "formats": [f.name for f in source.formats],
            "carries": list(source.lists),
            "binds": sorted(source.binds),
            "readable": source.readable,
            **_state(coverage[source.id]),
        }
        if source.id in refused:
            refusal = refused[source.id]
            line["last_refusal"] = {"id": refusal.id, "at": written(refusal.at), "reason": refusal.reason}
        state = work.get(source.id)
        if state is not None and state.owner is not None and state.progress is not None:
            line["loading"] = state.progress
        if state is not None and state.next_due is not None:
            line["next_due"] = written(state.next_due)
        made.append(line)
    own = {source.id for source in SOURCES}
    for list_id in list_ids():
        if list_id not in own:
            by = [source.id for source in carriers(list_id)]
            title = NAMES.get(list_id, list_id)
            made.append(
                {"id": list_id, "title": title, "carried_by": by, "readable": False, **_state(coverage[list_id])}
            )
    return made


def _state(coverage: Any) -> dict[str, Any]:
    state: dict[str, Any] = coverage.model_dump(mode="json", exclude={"list"})
    return state


async def editions(
    database: Database, list_id: str, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """The editions of a list, latest in time first, and the cursor of the next page."""
    if list_id != REFERENCE:
        source_or_404(list_id)
    before = cursors.decode(cursor, int)[0] if cursor is not None else None
    async with database.read() as connection:
        found = await store.editions_of(
            connection, list_id, before=int(before) if before is not None else None, limit=limit + 1
        )
    more = cursors.encode(found[limit - 1].place) if len(found) > limit else None
    return [shown(e) for e in found[:limit]], more


def shown(edition: Edition) -> dict[str, Any]:
    """An edition as callers see it."""
    return {
        "id": edition.id,
        "list": edition.source,
        "sequence": edition.sequence,
        "digest": f"sha256:{edition.digest}",
        "document_digest": f"sha256:{edition.document_digest}",
        "day": edition.day.isoformat(),
        "format": edition.format,
        "whole": edition.whole,
        "accepted": edition.accepted,
        "seen_at": written(edition.seen_at),
        "published": edition.published.isoformat() if edition.published is not None else None,
        "handed_over": edition.handed_over,
        "fetched_at": written(edition.fetched_at),
        "loaded_at": written(edition.loaded_at),
        "parties": edition.parties,
        "added": edition.added,
        "removed": edition.removed,
        "changed": edition.changed,
    }
