"""Editions made ready for the index: packed part by part, kept in SQL, and read back by every process instead of being made again."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.listed.packed import Packed, pack
from app.core.listed.packed_bytes import from_bytes, to_bytes
from app.core.screening.readings import version
from app.services.said import Documented, Wanted, documented, places_without, said_parties
from app.store import catalogue as editions_store
from app.store import packs as store
from app.store.catalogue import Edition
from app.store.database import Database
from app.store.packs import PackKey, Part

PART = 5_000
"""Parties of one part: what is made or changed at a time, some 100 MB while it is."""

LARGE = 2 * PART
"""A part that has grown beyond this is cut up again."""

T = TypeVar("T")
Tell = Callable[[str, int], Awaitable[None]]


class Step(Protocol):
    """One short transaction for writing."""

    def __call__(self, what: Callable[[AsyncConnection], Awaitable[T]], /) -> Awaitable[T]: ...


log = structlog.get_logger()


def key_of(edition: Edition, depth: int) -> PackKey:
    """What the parts of an edition are kept under by this version of the code."""
    return PackKey(edition.source, edition.id, depth, version())


async def read(database: Database, key: PackKey) -> tuple[Packed, ...] | None:
    """The parts of an edition, None where they are not held."""
    async with database.read() as connection:
        count = await store.complete(connection, key)
    if count is None:
        return None
    made = []
    for number in range(count):
        async with database.read() as connection:
            part = await store.part(connection, key, number)
        if part is None:
            return None
        made.append(await asyncio.to_thread(from_bytes, part.data))
    return tuple(made)


async def make(database: Database, wanted: Wanted, known: Packed | None = None) -> AsyncIterator[tuple[str, Packed]]:
    """Pack an edition's parties from their versions: (id from which on, part); at least one, which may be empty."""
    partial = await places_without(database, wanted.edition)
    held: list[Documented] = []
    first, started = wanted.first, False
    async for histories in said_parties(database, wanted):
        held += await asyncio.to_thread(documented, histories, wanted.edition, partial)
        while len(held) >= PART + PART // 2:
            some, held = held[:PART], held[PART:]
            yield first, await asyncio.to_thread(pack, some, known)
            first, started = held[0][0].id, True
    if held or not started:
        yield first, await asyncio.to_thread(pack, held, known)


async def from_versions(database: Database, edition: Edition, known_by: datetime | None = None) -> tuple[Packed, ...]:
    """The parts of an edition, made from its versions and kept nowhere."""
    return tuple([part async for _, part in make(database, Wanted(edition, known_by=known_by))])


async def keep(database: Database, key: PackKey, edition: Edition) -> tuple[Packed, ...]:
    """Make the parts of an edition and keep them, unless another process does so at the same moment."""

    async def step(what: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async with database.write() as connection:
            return await what(connection)

    made: list[Packed] = []
    keeping = True
    while await step(lambda c: store.drop(c, key)):
        pass
    async for first, part in make(database, Wanted(edition)):
        made.append(part)
        if keeping:
            data = await asyncio.to_thread(to_bytes, part)
            row = Part(len(made) - 1, first, data)
            try:
                await step(lambda c, row=row: store.add(c, key, row))  # type: ignore[misc]
            except IntegrityError:
                keeping = False
    if keeping:
        try:
            await step(lambda c: store.finish(c, key, len(made)))
        except IntegrityError:
            log.info("packs_kept_elsewhere", source=key.source)
    return tuple(made)


@dataclass(frozen=True)
class Ahead:
    """A state of a source that is about to be the latest: its edition with as many editions up to it, what was the latest before, and the
    place of the edition that makes the difference."""

    edition: Edition
    depth: int
    base: PackKey | None
    place: int

    @property
    def key(self) -> PackKey:
        return key_of(self.edition, self.depth)


async def ahead(database: Database, edition: Edition) -> Ahead:
    """What the latest state of a source will be once ``edition``, whose versions are written, is there."""
    async with database.read() as connection:
        latest = (await editions_store.current_editions(connection)).get(edition.source)
        if latest is None:
            return Ahead(edition, 1, None, edition.place)
        depth = (await store.depths(connection, {latest.source: latest.place}))[latest.source]
    last = edition if edition.place > latest.place else latest
    return Ahead(last, depth + 1, key_of(latest, depth), edition.place)


async def prepare(database: Database, step: Step, coming: Ahead, tell: Tell) -> None:
    """Make and keep the parts of a state that is about to be the latest: those in which nothing differs are taken over, others made anew
    from the versions, with the readings of the names that stay."""
    key, base = coming.key, coming.base
    while await step(lambda c: store.drop(c, key)):
        pass
    count = 0

    async def add(first: str, part: Packed) -> None:
        nonlocal count
        row = Part(count, first, await asyncio.to_thread(to_bytes, part))
        await step(lambda c: store.add(c, key, row))
        count += 1
        await tell("indexing", count)

    for number, first, last, differs in await _ranges(database, coming):
        if base is not None and not differs:
            await step(lambda c, n=number, m=count: store.copy(c, base, n, key, m))  # type: ignore[misc]
            count += 1
            continue
        known = None
        if base is not None and number is not None:
            async with database.read() as connection:
                held = await store.part(connection, base, number)
            known = await asyncio.to_thread(from_bytes, held.data) if held is not None else None
        async for begins, part in make(database, Wanted(coming.edition, first, last), known):
            if len(part) or begins == "":
                await add(begins, part)
    await step(lambda c: store.finish(c, key, count))


async def _ranges(database: Database, coming: Ahead) -> list[tuple[int | None, str, str | None, bool]]:
    """The parts of the state before with their ids from and until, and whether anything differs in them; else one range of all."""
    async with database.read() as connection:
        whole = coming.base is not None and await store.complete(connection, coming.base) is not None
        firsts = await store.firsts(connection, coming.base) if coming.base is not None and whole else []
    if not firsts:
        return [(None, "", None, True)]
    differs = [False] * len(firsts)
    last = ""
    while True:
        async with database.read() as connection:
            ids = await store.touched(connection, coming.edition.source, coming.place, after=last)
        if not ids:
            break
        for party_id in ids:
            differs[bisect_right(firsts, party_id) - 1] = True
        last = ids[-1]
    ends = [*firsts[1:], None]
    return [(n, first, ends[n], differs[n]) for n, first in enumerate(firsts)]


async def forget_others(step: Step, coming: Ahead) -> None:
    """Delete what is kept of the source's other states."""
    while await step(lambda c: store.drop_others(c, coming.edition.source, coming.edition.id, coming.depth)):
        pass


async def sweep(step: Step, source: str) -> None:
    """Delete what a load that never finished has left."""
    while await step(lambda c: store.drop_unfinished(c, source)):
        pass
