"""Refused documents and editions, for review: why, what they would have changed, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.errors import NotFound
from app.services import cursor as cursors
from app.services.differences import changed_party
from app.services.refresh import source_or_404
from app.store import catalogue as store
from app.store import refusals, staging
from app.store.database import Database
from app.store.refusals import Refusal

SHOWN = ("day", "published", "handed_over", "fetched_at", "format", "parties", "added", "removed", "changed")


async def page(
    database: Database, list_id: str, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Refusals of a list, newest first, and the cursor of the next page."""
    source_or_404(list_id)
    async with database.read() as connection:
        found = await refusals.page(connection, list_id, before=cursors.before(cursor), limit=limit + 1)
    more = cursors.after(found[limit - 1].at, found[limit - 1].id) if len(found) > limit else None
    return [shown(r) for r in found[:limit]], more


async def one(
    database: Database, list_id: str, refusal_id: str, *, cursor: str | None, limit: int
) -> tuple[dict[str, Any], str | None]:
    """One refusal with what the refused edition would change, a page of parties at a time."""
    source_or_404(list_id)
    after = str(cursors.decode(cursor, str)[0]) if cursor is not None else ""
    more = None
    items: list[dict[str, Any]] = []
    async with database.read() as connection:
        found = await refusals.by_id(connection, list_id, refusal_id)
        if found is None:
            raise NotFound("there is no refusal of this id")
        if found.load is not None and found.edition is not None:
            day = datetime.fromisoformat(found.edition["day"]).date()
            before, _ = await store.neighbours(connection, list_id, day)
            place = before.place if before is not None else None
            changes = await staging.changes(connection, found.load, list_id, place, after=after, limit=limit + 1)
            more = cursors.encode(changes[limit - 1].party_id) if len(changes) > limit else None
            items = [changed_party(c) for c in changes[:limit]]
    return {**shown(found), "items": items}, more


def shown(refusal: Refusal) -> dict[str, Any]:
    """A refusal as callers see it; ``acceptable`` says whether a person may still overrule it."""
    made: dict[str, Any] = {
        "id": refusal.id,
        "list": refusal.source,
        "at": refusal.at.isoformat(),
        "reason": refusal.reason,
        "document_digest": f"sha256:{refusal.document_digest}",
        "guards": list(refusal.guards),
        "acceptable": refusal.load is not None and refusal.settled_at is None,
        "settled_at": refusal.settled_at.isoformat() if refusal.settled_at is not None else None,
        "settled": refusal.settled,
    }
    if refusal.edition is not None:
        made["edition"] = {name: refusal.edition.get(name) for name in SHOWN}
    return made
