"""What changed between two states of a list: parties added, removed and changed, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from app.core.party import Party
from app.errors import BadRequest, NotFound
from app.services import cursor as cursors
from app.services.lists import shown
from app.services.refresh import source_or_404
from app.store import catalogue as store
from app.store import versions
from app.store.catalogue import Edition
from app.store.database import Database
from app.store.versions import Change

BETWEEN = "..."


async def between(
    database: Database, list_id: str, pair: str, *, cursor: str | None, limit: int
) -> tuple[dict[str, Any], str | None]:
    """The differences from edition ``a`` to edition ``b`` of a list, a page of parties at a time; ``pair`` is ``a...b``.

    An edition is named by its id or its sequence. Raises ``NotFound`` for an edition the list does not have.
    """
    source_or_404(list_id)
    first, found, second = pair.partition(BETWEEN)
    if not found:
        raise BadRequest("name two editions as a...b", (("", "two editions, with three dots between them"),))
    after = str(cursors.decode(cursor, str)[0]) if cursor is not None else None
    async with database.read() as connection:
        old, new = [await _edition(connection, list_id, name) for name in (first, second)]
        added, removed, changed = await versions.count_changes(connection, list_id, old.place, new.place)
        changes = await versions.changes(connection, list_id, old.place, new.place, after=after, limit=limit + 1)
    more = cursors.encode(changes[limit - 1].party_id) if len(changes) > limit else None
    items = [changed_party(change) for change in changes[:limit]]
    counts = {"added": added, "removed": removed, "changed": changed}
    return {"from": shown(old), "to": shown(new), **counts, "items": items}, more


async def one(database: Database, list_id: str, name: str) -> dict[str, Any]:
    """One edition of a list."""
    source_or_404(list_id)
    async with database.read() as connection:
        return shown(await _edition(connection, list_id, name))


async def _edition(connection: Any, list_id: str, name: str) -> Edition:
    if name.isdecimal() and name.isascii() and len(name) < 10:
        found = await store.edition_by_sequence(connection, list_id, int(name))
    else:
        found = await store.edition_by_id(connection, name) if len(name) <= 120 and name.isprintable() else None
    if found is None or found.source != list_id:
        raise NotFound(f"{list_id} has no such edition; GET /v1/lists/{list_id}/editions names them")
    return found


def changed_party(change: Change) -> dict[str, Any]:
    """One party's difference: what it is, and for a changed one each field with what came and went."""
    latest = change.after if change.after is not None else change.before
    party = Party.model_validate_json(latest or "{}")
    what = "added" if change.before is None else "removed" if change.after is None else "changed"
    made: dict[str, Any] = {"party": change.party_id, "name": party.name, "change": what, "lists": list(party.lists)}
    if what == "changed":
        made["fields"] = list(fields(json.loads(change.before or "{}"), json.loads(change.after or "{}")))
    else:
        made["programmes"] = list(dict.fromkeys(d.programme for d in party.designations))
    return made


def fields(before: dict[str, Any], after: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The fields in which two records differ: of a list of values those added and removed, else the value before and after."""
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if isinstance(old or [], list) and isinstance(new or [], list):
            olds, news = old or [], new or []
            added, removed = [x for x in news if x not in olds], [x for x in olds if x not in news]
            yield {"field": name, "added": added, "removed": removed, **({} if added or removed else {"order": True})}
        else:
            yield {"field": name, "before": old, "after": new}
