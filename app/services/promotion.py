"""From staged parties to an edition: its versions at its place, its packs, and last its row, from which moment on it is there."""

from __future__ import annotations

import json
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from app.errors import Conflict
from app.services import packs
from app.services.clock import now
from app.services.work import Work, nothing
from app.store import catalogue as store
from app.store import refusals, staging, states, versions
from app.store.catalogue import Edition
from app.store.versions import PartyRecord, Stretch

log = structlog.get_logger()


async def promote(work: Work, load_id: str, edition: Edition, documents: dict[str, Any]) -> None:
    """Write the versions of an edition at its place, and then the edition itself: from that moment on it is there."""
    async with work.database.read() as connection:
        before, after = await store.neighbours(connection, edition.source, edition.day)
    stretch = Stretch(
        edition.source,
        edition.place,
        before.place if before is not None else None,
        after.place if after is not None else None,
    )
    await work.step(nothing, loading_place=edition.place)
    total = edition.added + edition.changed + edition.removed
    done, last = 0, ""
    while True:
        async with work.database.read() as connection:
            records = await staging.fresh(connection, load_id, edition.source, stretch.before, after=last)
        if not records:
            break

        async def write(connection: AsyncConnection, some: list[PartyRecord] = records) -> None:
            await versions.close(connection, stretch, [r.party_id for r in some])
            await versions.open_(connection, stretch, some, now=edition.loaded_at)

        await work.step(write)
        done, last = done + len(records), records[-1].party_id
        await work.tell("storing", done, total)
    last = ""
    while stretch.before is not None:
        async with work.database.read() as connection:
            lost = await staging.gone(connection, load_id, edition.source, stretch.before, after=last)
        if not lost:
            break
        await work.step(lambda c, ids=lost: versions.close(c, stretch, ids))  # type: ignore[misc]
        last = lost[-1]

    coming = await packs.ahead(work.database, edition)
    await packs.prepare(work.database, work.step, coming, work.tell)

    async def swap(connection: AsyncConnection) -> None:
        await store.add_edition(connection, edition)
        words = f"edition {edition.id} was loaded since"
        await refusals.settle_older(connection, edition.source, at=now(), words=words, day=edition.day)

    told = {"documents": json.dumps({"edition": edition.id, "documents": documents})} if documents else {}
    await work.step(swap, loading_place=None, **told)
    await packs.forget_others(work.step, coming)
    log.info("edition_loaded", source=edition.source, edition=edition.id, parties=edition.parties)


async def discard(work: Work, load_id: str) -> None:
    """Delete staged parties, some at a time; what a lost lease leaves, the next load sweeps."""
    try:
        while await work.step(lambda c: staging.drop(c, load_id)):
            pass
    except Conflict:
        log.warning("lease_lost", source=work.source.id)


async def sweep(work: Work) -> None:
    """Remove what a load that never finished left behind."""
    async with work.database.read() as connection:
        state = await states.state(connection, work.source.id)
        kept = {r.load for r in await refusals.waiting(connection, work.source.id)}
        orphans = [x for x in await staging.loads(connection, f"{work.source.id}/") if x not in kept]
    for load_id in orphans:
        await discard(work, load_id)
    place = state.loading_place if state is not None else None
    if place is not None:
        while await work.step(lambda c: versions.sweep(c, work.source.id, place)):
            pass
        await work.step(nothing, loading_place=None)
    await packs.sweep(work.step, work.source.id)
