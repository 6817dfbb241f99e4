"""The built-in reference edition and rulebook, loaded into SQL as editions like any other."""

from __future__ import annotations

import asyncio
import hashlib
import json

import structlog

from app import reference, rules
from app.core.party import Party
from app.services.clock import now
from app.services.coverage import REFERENCE
from app.services.party_records import records_of
from app.store import catalogue as store
from app.store import versions
from app.store.catalogue import Edition
from app.store.database import Database
from app.store.versions import Stretch

RULEBOOK = "karez_rulebook"

log = structlog.get_logger()


async def install_builtin(database: Database, detention_sites: str | None = None) -> None:
    """Load the built-in reference edition and rulebook into SQL where their digests are new; safe to repeat.

    ``detention_sites`` is a file of the operator's own that becomes part of the reference edition; raises ``ValueError`` on one that
    does not fit.
    """
    rows, parties, laws = await asyncio.to_thread(_builtin, detention_sites)
    await _install(database, REFERENCE, "reference", rows, parties)
    await _install(database, RULEBOOK, "rulebook", laws, ())


async def _install(
    database: Database, source: str, kind: str, rows: tuple[tuple[str, str], ...], parties: tuple[Party, ...]
) -> None:
    records = records_of(parties)
    digest = hashlib.sha256(json.dumps([rows, [r.digest for r in records]]).encode()).hexdigest()
    async with database.write() as connection:
        held = (await store.current_editions(connection)).get(source)
        if held is not None and held.digest == digest:
            return
        moment = now()
        sequence = await store.next_sequence(connection, source)
        day = max(moment.date(), held.day) if held is not None else moment.date()
        place = store.place_of(day, sequence)
        stretch = Stretch(source, place, held.place if held is not None else None, None)
        added, removed, changed = await versions.swap_small(connection, stretch, records, now=moment)
        edition = Edition(
            id=f"{source}@{sequence}-{digest[:8]}",
            source=source,
            kind=kind,
            sequence=sequence,
            day=day,
            place=place,
            digest=digest,
            document_digest=digest,
            published=reference.PUBLISHED,
            handed_over=False,
            fetched_at=moment,
            loaded_at=moment,
            seen_at=moment,
            parties=len(records),
            added=added,
            removed=removed,
            changed=changed,
        )
        await store.add_edition(connection, edition)
        await store.add_rows(connection, edition.id, rows)
    log.info("edition_loaded", source=source, edition=edition.id, parties=edition.parties)


def _builtin(
    detention_sites: str | None,
) -> tuple[tuple[tuple[str, str], ...], tuple[Party, ...], tuple[tuple[str, str], ...]]:
    own = reference.load_detention_sites(detention_sites) if detention_sites is not None else ()
    rows = tuple(
        (kind, json.dumps(row, ensure_ascii=False, sort_keys=True)) for kind, row in (*reference.load_rows(), *own)
    )
    laws = tuple(
        ("law", json.dumps(law, ensure_ascii=False, sort_keys=True, default=lambda d: d.isoformat()))
        for law in rules.load()
    )
    return rows, reference.load_parties(), laws
