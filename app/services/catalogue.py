"""The catalogue keeps the engine that answers: built from the editions in SQL, swapped whole when they change."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from app import reference, rules
from app.core.assessment import Coverage
from app.core.engine import Engine
from app.core.party import Party
from app.core.reference import Reference
from app.core.rulebook import Rulebook
from app.core.source import Source
from app.core.submission import Profile
from app.core.watchlist import Watchlist
from app.errors import NotFound, NotReady
from app.factors import FACTORS
from app.services.clock import now
from app.services.party_records import records_of
from app.services.policy_in_force import PolicyInForce
from app.sources import SOURCES
from app.store import catalogue as store
from app.store.catalogue import Edition
from app.store.database import Database

REFERENCE = "karez_reference"
RULEBOOK = "karez_rulebook"
LOOK_EVERY = 1.0
"""Seconds between looks for new editions: every process follows within this time and a build."""

KEPT = 3
"""Engines of past editions kept for replays."""

CURATED_SAYS = "held as curated rows of the reference edition, not as the publisher's whole list"
log = structlog.get_logger()


@dataclass(frozen=True)
class Loaded:
    """An engine with the editions it was made from."""

    engine: Engine
    editions: Mapping[str, Edition]
    curated: Mapping[str, int]

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
        self._past: OrderedDict[str, Engine] = OrderedDict()
        self.build_seconds = 0.0

    async def install_builtin(self) -> None:
        """Load the built-in reference edition and rulebook into SQL where their digests are new; safe to repeat."""
        rows, parties, laws = await asyncio.to_thread(_builtin)
        await self._install(REFERENCE, "reference", rows, parties)
        await self._install(RULEBOOK, "rulebook", laws, ())

    async def _install(
        self, source: str, kind: str, rows: tuple[tuple[str, str], ...], parties: tuple[Party, ...]
    ) -> None:
        records = records_of(parties)
        digest = hashlib.sha256(json.dumps([rows, [r.digest for r in records]]).encode()).hexdigest()
        async with self.database.write() as connection:
            held = (await store.current_editions(connection)).get(source)
            if held is not None and held.digest == digest:
                return
            sequence = held.sequence + 1 if held is not None else 1
            moment = now()
            difference = await store.swap_parties(connection, source, sequence, records, now=moment)
            edition = Edition(
                id=f"{source}@{sequence}-{digest[:8]}",
                source=source,
                kind=kind,
                sequence=sequence,
                digest=digest,
                document_digest=digest,
                published=reference.PUBLISHED,
                handed_over=False,
                fetched_at=moment,
                loaded_at=moment,
                parties=len(records),
                **difference.__dict__,
            )
            await store.add_edition(connection, edition)
            await store.add_rows(connection, edition.id, rows)
        log.info("edition_loaded", source=source, edition=edition.id, parties=edition.parties)

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

    async def _follow(self) -> None:
        async with self._building:
            async with self.database.read() as connection:
                editions = await store.current_editions(connection)
            held = self._current
            if held is None or {k: e.id for k, e in editions.items()} != {k: e.id for k, e in held.editions.items()}:
                self._current = await self._load_current()
                log.info("engine_swapped", editions=self._current.manifest, seconds=round(self.build_seconds, 3))

    async def _load_current(self) -> Loaded:
        async with self.database.read() as connection:
            editions = await store.current_editions(connection)
            curated = await store.counts_by_list(connection, REFERENCE)
        engine = await self._build(editions)
        return Loaded(engine, editions, curated)

    async def _build(self, editions: Mapping[str, Edition]) -> Engine:
        if REFERENCE not in editions or RULEBOOK not in editions:
            raise NotReady("no reference edition is loaded; run `karez migrate`, which loads the built-in one")
        async with self.database.read() as connection:
            rows = await store.rows_of(connection, editions[REFERENCE].id)
            laws = await store.rows_of(connection, editions[RULEBOOK].id)
            documents = [
                document
                for source, edition in sorted(editions.items())
                if edition.kind in ("list", "reference")
                for document in await store.party_documents(connection, source, edition.sequence)
            ]
        started = time.perf_counter()
        engine = await asyncio.to_thread(_engine, editions[REFERENCE].id, rows, laws, documents)
        self.build_seconds = time.perf_counter() - started
        # A list is hundreds of thousands of small values that live until the next edition: without this every full
        # collection walks them all, and some answer waits for it (measured: 400 ms).
        gc.freeze()
        return engine

    async def at(self, manifest: Mapping[str, str], coverage: tuple[Coverage, ...]) -> Engine:
        """The engine as it was on stored editions, with the coverage that was stored: for replays."""
        current = self._current
        if current is not None and current.manifest == dict(manifest):
            return replace(current.engine, coverage=coverage)
        key = json.dumps(dict(manifest), sort_keys=True)
        if key not in self._past:
            editions: dict[str, Edition] = {}
            async with self.database.read() as connection:
                for source, edition_id in manifest.items():
                    edition = await store.edition_by_id(connection, edition_id)
                    if edition is None:
                        raise NotFound(f"edition {edition_id} is no longer stored")
                    editions[source] = edition
            self._past[key] = await self._build(editions)
            while len(self._past) > KEPT:
                self._past.popitem(last=False)
        return replace(self._past[key], coverage=coverage)

    def coverage(
        self, loaded: Loaded, moment: datetime, profiles: tuple[Profile, ...] | None = None
    ) -> tuple[Coverage, ...]:
        """The lists that bind the profiles (every list when None) as they stand: edition, age, and whether fresh."""
        lines = [_own_coverage(loaded)]
        for source in SOURCES:
            if profiles is None or any(str(p) in source.binds for p in profiles):
                lines.append(_coverage(source, loaded, moment))
        return tuple(lines)


def _builtin() -> tuple[tuple[tuple[str, str], ...], tuple[Party, ...], tuple[tuple[str, str], ...]]:
    rows = tuple((kind, json.dumps(row, ensure_ascii=False, sort_keys=True)) for kind, row in reference.load_rows())
    laws = tuple(
        ("law", json.dumps(law, ensure_ascii=False, sort_keys=True, default=lambda d: d.isoformat()))
        for law in rules.load()
    )
    return rows, reference.load_parties(), laws


def _engine(
    reference_id: str, rows: list[tuple[str, str]], laws: list[tuple[str, str]], documents: list[str]
) -> Engine:
    made: list[tuple[str, dict[str, Any]]] = [(kind, json.loads(document)) for kind, document in rows]
    read = Reference.of(reference_id, made)
    return Engine(
        watchlist=Watchlist.of(Party.model_validate_json(d) for d in documents),
        reference=read,
        factors=FACTORS,
        rulebook=Rulebook.of(json.loads(document) for _, document in laws),
    ).warmed()


def _own_coverage(loaded: Loaded) -> Coverage:
    edition = loaded.editions[REFERENCE]
    return Coverage(
        list=REFERENCE,
        edition=edition.id,
        published=edition.published.isoformat() if edition.published else None,
        fetched_at=edition.fetched_at,
        parties=edition.parties,
        fresh=True,
        says="the built-in reference edition",
    )


def _coverage(source: Source, loaded: Loaded, moment: datetime) -> Coverage:
    edition = loaded.editions.get(source.id)
    if not source.readable:
        own = loaded.editions[REFERENCE]
        return Coverage(
            list=source.id,
            edition=own.id,
            published=own.published.isoformat() if own.published else None,
            fetched_at=own.fetched_at,
            parties=loaded.curated.get(source.id, 0),
            fresh=False,
            says=CURATED_SAYS,
        )
    if edition is None:
        return Coverage(list=source.id, edition="none", parties=0, fresh=False, says="not loaded")
    fresh, says = freshness(source, edition, moment)
    return Coverage(
        list=source.id,
        edition=edition.id,
        published=edition.published.isoformat() if edition.published else None,
        fetched_at=edition.fetched_at,
        parties=edition.parties,
        fresh=fresh,
        says=says,
    )


def freshness(source: Source, edition: Edition, moment: datetime) -> tuple[bool, str]:
    """Whether an edition is young enough to clear anybody, and its age in words (docs/decisions/0003)."""
    hours = source.freshness / timedelta(hours=1)
    if edition.handed_over:
        if edition.published is None:
            return False, "handed over without a publication date, so its age is unknown"
        age = moment.date() - edition.published
        fresh = age <= max(source.freshness, timedelta(days=1))
        return fresh, f"handed over; published {age.days} days ago, limit {hours:g} h"
    age = moment - edition.fetched_at
    return age <= source.freshness, f"fetched {age / timedelta(hours=1):.1f} h ago, limit {hours:g} h"
