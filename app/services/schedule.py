"""The schedule: every list is brought up to date at its rhythm, by one process at a time, and by another when that one dies.

What is due stands in the database. A process that finds a list due takes its lease in the same statement that checks it, so two never
both do it; a dead process's lease runs out, and its list is due again.
"""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.core.source import Source
from app.errors import KarezError
from app.services import refresh
from app.services.clock import now
from app.services.folder import editions_in
from app.services.work import Work
from app.settings import Settings
from app.sources import SOURCES
from app.store import states
from app.store.database import Database

TICK = 2.0
"""Seconds between looks for lists that are due."""

FIRST, LONGEST = timedelta(minutes=5), timedelta(hours=6)
"""Pause after the first failure, doubled with each, and never longer than this or than the list's rhythm."""

log = structlog.get_logger()


async def run(database: Database, settings: Settings, *, tick: float = TICK) -> None:
    """Refresh what is due, for ever; one list after another, so that a small machine keeps answering."""
    while True:
        try:
            while await once(database, settings):
                pass
        except (SQLAlchemyError, OSError) as error:
            log.warning("schedule_failed", error=type(error).__name__)
        await asyncio.sleep(tick * random.uniform(0.8, 1.2))  # noqa: S311 - replicas that start together spread out


async def once(database: Database, settings: Settings) -> bool:
    """Refresh one list that is due; False where none is."""
    for source in SOURCES:
        if not _can_be_had(source, settings):
            continue
        work = await _take(database, source, settings)
        if work is not None:
            await _refresh(work, settings)
            return True
    return False


def _can_be_had(source: Source, settings: Settings) -> bool:
    """Whether the list has an address, or files in the folder that stands for the network."""
    if settings.lists_dir is not None:
        return source.readable and bool(editions_in(Path(settings.lists_dir), source.id))
    return source.fetched is not None


async def _take(database: Database, source: Source, settings: Settings) -> Work | None:
    async with database.read() as connection:
        state = await states.state(connection, source.id)
    moment = now()
    if state is not None and (
        (state.owner is not None and state.expires_at is not None and state.expires_at >= moment)
        or (state.next_due is not None and state.next_due > moment)
    ):
        return None
    ttl = timedelta(seconds=settings.lease_seconds)
    async with database.write() as connection:
        await states.ensure(connection, source.id)
        lease = await states.take(connection, source.id, refresh.OWNER, now=now(), ttl=ttl, due=True)
    return Work(database, source, lease, refresh.silent, ttl) if lease is not None else None


async def _refresh(work: Work, settings: Settings) -> None:
    source = work.source
    async with work.database.read() as connection:
        state = await states.state(connection, source.id)
    failures = 0 if state is None else state.failures
    async with refresh.kept(work):
        try:
            loading = await refresh.fetch(work.database, source.id, settings=settings, work=work)
            log.info("list_refreshed", source=source.id, edition=loading.edition.id, new=loading.new)
            failures, due = 0, now() + source.every
        except KarezError as error:
            failures += 1
            due = now() + min(FIRST * 2 ** min(failures - 1, 10), LONGEST, source.every)
            log.warning("list_not_refreshed", source=source.id, reason=str(error), failures=failures)

        async def note(_: object) -> None:
            return None

        await work.step(note, next_due=due, failures=failures)
