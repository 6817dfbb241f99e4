"""Undo a link: two records are two parties because a person says so, with the reason; and take that back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from app.errors import BadRequest, Conflict, NotFound
from app.services import cursor as cursors
from app.services.clock import now
from app.services.keys import Caller
from app.store import separations as store
from app.store import versions
from app.store.database import Database
from app.store.separations import Separation


async def separate(database: Database, records: Sequence[str], reason: str, *, caller: Caller) -> dict[str, Any]:
    """Keep two records apart, whatever they share; raises ``BadRequest``, ``NotFound`` for no record, ``Conflict`` where it is so already."""
    _need(reason)
    one, other = sorted(records, key=str.encode)
    if one == other:
        raise BadRequest("a record cannot be kept apart from itself", (("/records", "two different records"),))
    made = Separation(str(uuid.uuid4()), one, other, reason, now(), caller.name or caller.owner)
    async with database.write() as connection:
        for n, record in enumerate(records):
            if not await versions.versions_of(connection, record):
                raise NotFound(f"there is no record of the id at /records/{n}")
        if (one, other) in await store.standing(connection):
            raise Conflict("these two records are kept apart already")
        await store.add(connection, made)
    return shown(made)


async def withdraw(database: Database, separation_id: str, reason: str, *, caller: Caller) -> dict[str, Any]:
    """Let the records be linked again where something links them; raises ``NotFound`` or ``Conflict``."""
    _need(reason)
    async with database.write() as connection:
        if await store.by_id(connection, separation_id) is None:
            raise NotFound("there is no separation of this id")
        by = caller.name or caller.owner
        if not await store.withdraw(connection, separation_id, at=now(), by=by, reason=reason):
            raise Conflict("this separation is withdrawn already")
        made = await store.by_id(connection, separation_id)
    if made is None:
        raise NotFound("there is no separation of this id")
    return shown(made)


async def page(database: Database, *, cursor: str | None, limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """Every separation, newest first, and the cursor of the next page."""
    async with database.read() as connection:
        found = await store.page(connection, before=cursors.before(cursor), limit=limit + 1)
    more = cursors.after(found[limit - 1].made_at, found[limit - 1].id) if len(found) > limit else None
    return [shown(s) for s in found[:limit]], more


def _need(reason: str) -> None:
    if not reason.strip():
        raise BadRequest("a reason is needed; it is kept for good", (("/reason", "empty"),))


def shown(separation: Separation) -> dict[str, Any]:
    """A separation as callers see it."""
    withdrawn = separation.withdrawn_at
    return {
        "id": separation.id,
        "records": [separation.one, separation.other],
        "reason": separation.reason,
        "made_at": separation.made_at.isoformat(),
        "made_by": separation.made_by,
        "stands": withdrawn is None,
        "withdrawn_at": withdrawn.isoformat() if withdrawn is not None else None,
        "withdrawn_by": separation.withdrawn_by,
        "withdrawn_reason": separation.withdrawn_reason,
    }
