"""The catalogue keeps the engine that answers: built from the editions in SQL, swapped whole when they change."""

from __future__ import annotations

import asyncio
import gc
import json
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.core.assessment import Coverage
from app.core.engine import Engine
from app.core.law.rulebook import Rulebook
from app.core.listed.packed import Packed
from app.core.reference import Reference
from app.core.screening.watchlist import Watchlist
from app.core.submission import Profile
from app.errors import NotFound, NotReady
from app.factors import FACTORS
from app.services import packs
from app.services.builtin import RULEBOOK, install_builtin
from app.services.chosen import Chosen, Pairs
from app.services.clock import today
from app.services.coverage import REFERENCE, Standing, coverage
from app.services.policy_in_force import PolicyInForce
from app.sources import SOURCES
from app.store import catalogue as store
from app.store import refusals, versions
from app.store.catalogue import Edition
from app.store.database import Database
from app.store.packs import PackKey

LOOK_EVERY = 1.0
"""Seconds between looks for new editions: every process follows within this time and a build."""

KEPT = 2
"""Engines of past days kept, and as many for replays."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Loaded(Standing):
    """An engine with the editions it was made from."""

    engine: Engine
    chosen: Chosen

    @property
    def manifest(self) -> dict[str, str]:
        """Source → edition id: what an assessment keeps so that it can be replayed."""
        return {source: edition.id for source, edition in sorted(self.editions.items())}


class Catalogue:
    """Builds engines from SQL and keeps the current one."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.policies = PolicyInForce(database)
        self._current: Loaded | None = None
        self._looked = 0.0
        self._building = asyncio.Lock()
        self._refresh: asyncio.Task[None] | None = None
        self._remembering = asyncio.Lock()
        self._packs: dict[PackKey, tuple[Packed, ...]] = {}
        self._past: OrderedDict[str, Engine] = OrderedDict()
        self._days: OrderedDict[str, Loaded] = OrderedDict()
        self.build_seconds = 0.0

    async def install_builtin(self, detention_sites: str | None = None) -> None:
        """Load the built-in reference edition and rulebook into SQL where their digests are new (see ``builtin``)."""
        await install_builtin(self.database, detention_sites)

    async def current(self) -> Loaded:
        """The engine that answers now; looks for new editions at most once a second and swaps when they are built."""
        if self._current is None:
            async with self._building:
                if self._current is None:
                    self._current = await self._load_current()
                    self._looked = time.monotonic()
            return self._current
        if time.monotonic() - self._looked > LOOK_EVERY and (self._refresh is None or self._refresh.done()):
            self._looked = time.monotonic()
            self._refresh = asyncio.create_task(self._follow())
        return self._current

    async def follow(self) -> Loaded:
        """Take up new editions now, and wait for them."""
        await self._follow()
        if self._current is None:
            raise NotReady("the matcher is not built yet; try again in a moment")
        return self._current

    async def close(self) -> None:
        if self._refresh is not None:
            self._refresh.cancel()

    @property
    def ready(self) -> bool:
        return self._current is not None

    async def watch(self) -> None:
        """Take up new editions as they come, until cancelled: so that no request is the first to meet an old engine."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            self._looked = time.monotonic()
            try:
                await self._follow()
            except (SQLAlchemyError, OSError, NotReady) as error:
                log.warning("follow_failed", error=type(error).__name__)

    async def _follow(self) -> None:
        async with self._building:
            async with self.database.read() as connection:
                editions = await store.current_editions(connection)
                chosen = await Chosen.of(connection, editions)
                refused = await refusals.newest(connection)
            held = self._current
            if held is None or chosen.key != held.chosen.key:
                self._current = await self._load_current()
                log.info("engine_swapped", editions=self._current.manifest, seconds=round(self.build_seconds, 3))
            elif dict(held.editions) != editions or dict(held.refused) != refused:
                self._current = replace(held, editions=editions, refused=refused)

    async def _load_current(self) -> Loaded:
        async with self.database.read() as connection:
            chosen = await Chosen.of(connection, await store.current_editions(connection))
        lists = await self._lists(chosen)
        engine = await self._build(chosen, [part for parts in lists.values() for part in parts])
        self._packs = lists
        return await self._loaded(engine, chosen, None)

    async def _loaded(self, engine: Engine, chosen: Chosen, day: date | None) -> Loaded:
        standing = await self._standing(chosen.editions, day)
        return Loaded(engine=engine, chosen=chosen, **standing.__dict__)

    async def _lists(self, chosen: Chosen) -> dict[PackKey, tuple[Packed, ...]]:
        """The parts of the current editions: those held here, else those held in SQL, else made and kept there."""
        made: dict[PackKey, tuple[Packed, ...]] = {}
        for edition in chosen.listed:
            key = packs.key_of(edition, chosen.depths[edition.source])
            held = self._packs.get(key) or await packs.read(self.database, key)
            if held is None and edition.kind == "list":
                log.info("packs_made", source=edition.source, edition=edition.id)
                held = await packs.keep(self.database, key, edition)
            made[key] = held or await packs.from_versions(self.database, edition)
        return made

    async def _parts(self, chosen: Chosen, known_by: datetime | None = None) -> list[Packed]:
        """The parts of any editions; those that are not current are made from their versions and kept nowhere."""
        made: list[Packed] = []
        for edition in chosen.listed:
            key = packs.key_of(edition, chosen.depths[edition.source])
            held = self._packs.get(key) if known_by is None else None
            made += held or await packs.from_versions(self.database, edition, known_by)
        return made

    async def _standing(self, editions: Mapping[str, Edition], day: date | None) -> Standing:
        async with self.database.read() as connection:
            refused = await refusals.newest(connection)
            curated = await versions.counts_by_list(connection, REFERENCE, editions[REFERENCE].place)
            counts = {
                source.id: await versions.counts_by_list(connection, source.id, editions[source.id].place)
                for source in SOURCES
                if source.lists != (source.id,) and source.id in editions
            }
        return Standing(editions=editions, curated=curated, counts=counts, refused=refused, day=day)

    async def standing(self) -> Standing:
        """The lists as they stand, without building an engine where none is there yet."""
        if self._current is not None:
            return await self.current()
        async with self.database.read() as connection:
            editions = await store.current_editions(connection)
        if REFERENCE not in editions:
            raise NotReady("no reference edition is loaded; run `karez migrate`, which loads the built-in one")
        return await self._standing(editions, None)

    async def on(self, day: date | None) -> Loaded:
        """What the lists said on a day: the current engine for today and later, else one of the editions of that day."""
        current = await self.current()
        if day is None or day >= today():
            return current
        async with self.database.read() as connection:
            editions = await store.editions_on(connection, day)
            chosen = await Chosen.of(connection, editions)
        if chosen.ids == current.chosen.ids:
            return replace(current, day=day)
        key = chosen.key
        async with self._remembering:
            held = self._days.get(key)
            if held is None:
                engine = await self._build(chosen, await self._parts(chosen))
                held = await self._loaded(engine, chosen, day)
                self._days[key] = held
                while len(self._days) > KEPT:
                    self._days.popitem(last=False)
            else:
                self._days.move_to_end(key)
        return replace(held, day=day, editions=editions)

    async def _build(self, chosen: Chosen, parts: Sequence[Packed]) -> Engine:
        editions = chosen.editions
        if REFERENCE not in editions or RULEBOOK not in editions:
            raise NotReady("no reference edition is loaded; run `karez migrate`, which loads the built-in one")
        async with self.database.read() as connection:
            rows = await store.rows_of(connection, editions[REFERENCE].id)
            laws = await store.rows_of(connection, editions[RULEBOOK].id)
        started = time.perf_counter()
        engine = await asyncio.to_thread(_engine, editions[REFERENCE].id, rows, laws, (parts, chosen.apart))
        self.build_seconds = time.perf_counter() - started
        # A list is hundreds of thousands of small values that live until the next edition: without this every full
        # collection walks them all, and some answer waits for it (measured: 400 ms).
        gc.freeze()
        return engine

    async def at(
        self, manifest: Mapping[str, str], coverage: tuple[Coverage, ...], *, known_by: datetime | None = None
    ) -> Engine:
        """The engine as it was on stored editions, with the coverage that was stored and what was known by then: for replays."""
        editions: dict[str, Edition] = {}
        async with self.database.read() as connection:
            for source, edition_id in manifest.items():
                edition = await store.edition_by_id(connection, edition_id)
                if edition is None:
                    raise NotFound(f"edition {edition_id} is no longer stored")
                editions[source] = edition
            chosen = await Chosen.of(connection, editions, known_by)
            known = await store.known_editions(connection, editions, known_by)
        current = self._current
        same = current is not None and (current.manifest, current.chosen.apart) == (dict(manifest), chosen.apart)
        if current is not None and same and not known.later:
            return replace(current.engine, coverage=coverage)
        key = json.dumps([dict(manifest), known.count, chosen.apart], sort_keys=True)
        async with self._remembering:
            if key not in self._past:
                parts = await self._parts(chosen, known_by if known.later else None)
                self._past[key] = await self._build(chosen, parts)
                while len(self._past) > KEPT:
                    self._past.popitem(last=False)
            self._past.move_to_end(key)
            return replace(self._past[key], coverage=coverage)

    def coverage(
        self, loaded: Loaded, moment: datetime, profiles: tuple[Profile, ...] | None = None
    ) -> tuple[Coverage, ...]:
        """The lists that bind the profiles (every list when None) as they stand: edition, age, and whether fresh."""
        return coverage(loaded, moment, profiles)


def _engine(
    reference_id: str,
    rows: list[tuple[str, str]],
    laws: list[tuple[str, str]],
    listed: tuple[Sequence[Packed], Pairs],
) -> Engine:
    made: list[tuple[str, dict[str, Any]]] = [(kind, json.loads(document)) for kind, document in rows]
    read = Reference.of(reference_id, made)
    return Engine(
        watchlist=Watchlist.of_packs(*listed),
        reference=read,
        factors=FACTORS,
        rulebook=Rulebook.of(json.loads(document) for _, document in laws),
    ).warmed()
