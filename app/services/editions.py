"""From documents to an edition: read, stage, compare, check, and swap in whole, or refuse and change nothing that anybody sees.

Everything is written in short transactions, each proving the lease. What is written before the last one belongs to a place in history
that no edition has, so nobody sees it; the last one adds the edition's row, and that is the swap. A crash leaves rows at that place,
which the next load of the list sweeps away.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.party import Party
from app.core.source import Documents, Format, Source
from app.errors import Conflict, EditionRefused, KarezError, NotFound, SourceChanged
from app.services.clock import now
from app.services.guards import Guard, failed, required_on
from app.services.party_records import in_chunks, record_of
from app.services.promotion import discard, promote, sweep
from app.services.work import Work
from app.store import catalogue as store
from app.store import refusals, staging, versions
from app.store.catalogue import Edition
from app.store.refusals import Refusal
from app.store.versions import PartyRecord

KEPT = 3
"""Refused editions of one list whose parties are kept for review."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Received:
    """How the documents came to us. ``accept`` is the reason for which guards are overruled."""

    document_digest: str
    published: date | None
    handed_over: bool
    fetched_at: datetime
    accept: str | None = None
    documents: dict[str, Any] = field(default_factory=dict)
    """What the publisher said about the documents, for asking conditionally the next time."""

    @property
    def day(self) -> date:
        return self.published or self.fetched_at.date()


@dataclass(frozen=True)
class Loading:
    """What came of loading a document: the edition, and whether it is a new one."""

    edition: Edition
    new: bool


async def load(work: Work, form: Format, documents: Documents, received: Received) -> Loading:
    """Load the documents as an edition; raises ``SourceChanged`` or ``EditionRefused``, which is then kept as a refusal."""
    await sweep(work)
    load_id = f"{work.source.id}/{uuid.uuid4().hex}"
    kept = False
    try:
        async with work.database.read() as connection:
            before, after = await store.neighbours(connection, work.source.id, received.day)
        await _stage(work, form, documents, load_id, before)
        async with work.database.read() as connection:
            digest = await staging.digest(connection, load_id)
        again = await _unchanged(work, received, digest, before, after)
        if again is not None:
            return Loading(again, new=False)
        edition = await _considered(work, _described(form, documents), received, load_id, digest)
        kept = isinstance(edition, EditionRefused)
        if isinstance(edition, EditionRefused):
            raise edition
        await promote(work, load_id, edition, received.documents)
        return Loading(edition, new=True)
    except SourceChanged as error:
        await refuse_document(work, received.document_digest, str(error))
        raise
    finally:
        if not kept:
            await discard(work, load_id)


def _described(form: Format, documents: Documents) -> str:
    """The format, and what of its documents did not come."""
    absent = [d.name for d in form.documents if d.name not in documents]
    return f"{form.name}{store.WITHOUT}{', '.join(absent)}" if absent else form.name


async def _stage(work: Work, form: Format, documents: Documents, load_id: str, before: Edition | None) -> None:
    """Read the parties chunk by chunk off the event loop, and write each chunk in its own transaction."""
    for stream in documents.values():
        stream.seek(0)
    await work.tell("reading")
    chunks = _read(work.source, form, documents)
    count = 0
    while (records := await asyncio.to_thread(next, chunks, None)) is not None:
        ids = [r.party_id for r in records]
        held: dict[str, str] = {}
        if before is not None:
            async with work.database.read() as connection:
                held = await versions.held_digests(connection, work.source.id, before.place, ids)
        same = frozenset(r.party_id for r in records if held.get(r.party_id) == r.digest)

        async def add(
            connection: AsyncConnection, some: list[PartyRecord] = records, known: frozenset[str] = same
        ) -> None:
            await staging.add(connection, load_id, some, known)

        try:
            await work.step(add)
        except IntegrityError as error:
            raise SourceChanged(f"{work.source.id}: one party stands twice under the same id") from error
        count += len(records)
        await work.tell("reading", count)


def _read(source: Source, form: Format, documents: Documents) -> Iterator[list[PartyRecord]]:
    """Chunks of records; whatever a reader stumbles over refuses the document."""
    try:
        for parties in in_chunks(form.parse(documents), staging.CHUNK):
            yield [_own(source, party) for party in parties]
    except KarezError:
        raise
    except Exception as error:
        log.exception("reader_failed", source=source.id)
        raise SourceChanged(
            f"{source.id}: the reader of {form.name} could not make sense of the document ({type(error).__name__})"
        ) from error


def _own(source: Source, party: Party) -> PartyRecord:
    if party.source != source.id or not party.id.startswith(f"{source.id}:"):
        raise SourceChanged(f"{source.id}: a party of another source in its document")
    return record_of(party)


async def _unchanged(
    work: Work, received: Received, digest: str, before: Edition | None, after: Edition | None
) -> Edition | None:
    """The edition that already says this, noted as seen again; None where the content is new on its day."""
    if before is not None and before.digest == digest:
        held = before
    elif before is None and after is not None and after.digest == digest:
        held = after
    else:
        return None
    if held is after and held.published is not None:
        return held
    published = max(filter(None, (held.seen_published, held.published, received.published)), default=None)
    at = held.seen_at if received.handed_over else received.fetched_at
    given = held.handed_over and received.handed_over

    async def note(connection: AsyncConnection) -> None:
        await store.seen_again(connection, held.id, seen_at=at, seen_published=published, handed_over=given)
        words = "the list was read again and says what it said before"
        await refusals.settle_older(connection, work.source.id, at=now(), words=words, day=None)

    told = (
        {"documents": json.dumps({"edition": held.id, "documents": received.documents})} if received.documents else {}
    )
    await work.step(note, **told)
    return replace(held, seen_at=at, seen_published=published, handed_over=given)


async def _considered(work: Work, form: str, received: Received, load_id: str, digest: str) -> Edition | EditionRefused:
    """The edition that the staged parties would be; or the refusal, with the parties kept, where a guard speaks against it."""
    source = work.source
    await work.tell("comparing")
    async with work.database.read() as connection:
        before, _ = await store.neighbours(connection, source.id, received.day)
        found = await staging.compare(connection, load_id, source.id, before.place if before is not None else None)
        sequence = await store.next_sequence(connection, source.id)
        wanted = required_on(source, received.day)
        there = await staging.named(connection, load_id, wanted)
    if found.parties == 0:
        raise SourceChanged(f"{source.id}: the document names no party")
    large = found.parties >= source.expect.start
    missing = tuple(p for p in wanted if p not in there) if large else ()
    edition = Edition(
        id=f"{source.id}@{sequence}-{digest[:8]}",
        source=source.id,
        kind="list",
        sequence=sequence,
        day=received.day,
        place=store.place_of(received.day, sequence),
        digest=digest,
        document_digest=received.document_digest,
        format=form,
        published=received.published,
        handed_over=received.handed_over,
        whole=large and store.WITHOUT not in form,
        fetched_at=received.fetched_at,
        loaded_at=received.fetched_at,
        seen_at=received.fetched_at,
        seen_published=received.published,
        parties=found.parties,
        added=found.added,
        removed=found.removed,
        changed=found.changed,
        accepted=received.accept,
    )
    guards = failed(source, received.day, found, before, missing)
    if not guards or received.accept:
        return edition if guards else replace(edition, accepted=None)
    return await _refuse(work, edition, guards, load_id)


async def _refuse(work: Work, edition: Edition, guards: tuple[Guard, ...], load_id: str) -> EditionRefused:
    """Keep a refused edition with its parties for review, and forget the oldest of those kept."""
    says = "; ".join(g.says for g in guards)
    refusal = Refusal(
        id=str(uuid.uuid4()),
        source=edition.source,
        at=now(),
        document_digest=edition.document_digest,
        reason=f"{edition.source}: {says}",
        load=load_id,
        guards=tuple(dict.fromkeys(g.name for g in guards)),
        edition=json.loads(json.dumps(edition.__dict__, default=lambda value: value.isoformat())),
    )

    async def keep(connection: AsyncConnection) -> list[str]:
        await refusals.add(connection, refusal)
        forgotten = []
        for old in list(await refusals.waiting(connection, edition.source))[KEPT:]:
            forgotten.append(old.load or "")
            await refusals.settle(connection, old.id, at=now(), words="no longer kept: newer ones took its place")
        return forgotten

    for load in await work.step(keep):
        await discard(work, load)
    log.warning("edition_refused", source=edition.source, reason=refusal.reason)
    return EditionRefused(
        f"{refusal.reason}; it is kept as refusal {refusal.id}: look at its differences, and accept it with a reason "
        "if the publisher really means it"
    )


async def not_modified(work: Work, held: Edition, at: datetime) -> Edition:
    """Note that the publisher says its list is still this edition."""

    async def note(connection: AsyncConnection) -> None:
        await store.seen_again(connection, held.id, seen_at=at, seen_published=held.seen_published, handed_over=False)
        words = "the publisher says that the list has not changed"
        await refusals.settle_older(connection, work.source.id, at=now(), words=words, day=None)

    await work.step(note)
    return replace(held, seen_at=at, handed_over=False)


async def accept(work: Work, refusal_id: str, reason: str) -> Loading:
    """Make an edition of what a guard refused; raises ``NotFound`` or ``Conflict``."""
    async with work.database.read() as connection:
        refusal = await refusals.by_id(connection, work.source.id, refusal_id)
    if refusal is None:
        raise NotFound("there is no refusal of this id")
    if refusal.settled_at is not None:
        raise Conflict(f"this refusal is settled: {refusal.settled}")
    if refusal.load is None or refusal.edition is None:
        raise Conflict(
            "the document could not be read, and what cannot be read cannot be accepted; hand a whole one over"
        )
    await sweep(work)
    stated = refusal.edition["published"]
    received = Received(
        refusal.document_digest,
        date.fromisoformat(stated) if stated is not None else None,
        handed_over=refusal.edition["handed_over"],
        fetched_at=datetime.fromisoformat(refusal.edition["fetched_at"]),
        accept=reason,
    )
    form, digest = refusal.edition["format"], refusal.edition["digest"]
    edition = await _considered(work, form, received, refusal.load, digest)
    if isinstance(edition, EditionRefused):
        raise edition
    edition = replace(edition, loaded_at=now(), accepted=reason)
    await promote(work, refusal.load, edition, {})
    words = f"accepted as {edition.id}: {reason}"
    await work.step(lambda c: refusals.settle(c, refusal.id, at=now(), words=words[:1_000]))
    await discard(work, refusal.load)
    return Loading(edition, new=True)


async def refuse_document(work: Work, digest: str, reason: str) -> None:
    """Keep that a document could not be read, and why; nothing of it is kept."""
    refusal = Refusal(id=str(uuid.uuid4()), source=work.source.id, at=now(), document_digest=digest, reason=reason)
    await work.step(lambda c: refusals.add(c, refusal))
    log.warning("document_refused", source=work.source.id, reason=reason)
