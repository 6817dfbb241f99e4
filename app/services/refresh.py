"""Load a list: fetch or take a document, unpack, parse, check, and swap the edition in whole, or refuse it and change nothing."""

from __future__ import annotations

import asyncio
import hashlib
import io
import uuid
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO
from urllib.parse import urlsplit

import httpx
import stamina
import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.source import Documents, Format, Source
from app.errors import BadRequest, Conflict, EditionRefused, FetchFailed, NotFound, SourceChanged
from app.services.clock import now
from app.services.party_records import records_of
from app.settings import Settings
from app.sources import SOURCES, by_id
from app.sources.recognise import recognise
from app.sources.unpack import unpack
from app.store import catalogue as store
from app.store.catalogue import Edition, PartyRecord
from app.store.database import Database

SHRINK = 0.5
"""An edition with fewer than this share of the parties before it is refused unless it is accepted by hand."""

CHUNK = 1 << 16
Progress = Callable[[str], None]
log = structlog.get_logger()


@dataclass(frozen=True)
class Loading:
    """What came of loading a document: the edition, and whether it is a new one."""

    edition: Edition
    new: bool


def source_or_404(list_id: str) -> Source:
    """The list with this id; raises ``NotFound``, or ``Conflict`` for one that has no reader."""
    source = by_id(list_id)
    if source is None:
        raise NotFound(f"there is no list of this id; known: {', '.join(s.id for s in SOURCES)}")
    return source


def readable(list_id: str) -> Source:
    source = source_or_404(list_id)
    if not source.readable:
        raise Conflict(f"{list_id} has no reader yet: it is held as curated rows of the reference edition")
    return source


async def load_document(
    database: Database,
    list_id: str,
    body: bytes,
    *,
    settings: Settings,
    name: str | None = None,
    published: date | None = None,
    accept: bool = False,
    progress: Progress = lambda _: None,
) -> Loading:
    """Load a document that somebody hands over: plain, gzipped, or several together in a zip."""
    source = readable(list_id)
    if published is not None and published > now().date():
        raise BadRequest("published lies in the future", (("?published", "a day in the future"),))
    digest = hashlib.sha256(body).hexdigest()
    try:
        with ExitStack() as stack:
            progress("unpacking")
            return await _load(
                database,
                source,
                await _recognised(source, [(name or "", io.BytesIO(body))], stack, settings),
                digest,
                published=published,
                handed_over=True,
                accept=accept,
                progress=progress,
            )
    except (SourceChanged, EditionRefused) as error:
        await _keep_refusal(database, source, digest, str(error))
        raise


async def fetch(
    database: Database, list_id: str, *, settings: Settings, accept: bool = False, progress: Progress = lambda _: None
) -> Loading:
    """Fetch the list from its publisher and load it."""
    source = readable(list_id)
    if source.fetched is None:
        raise Conflict(f"{list_id} has no address to fetch it from; hand its document over instead")
    documents: dict[str, bytes] = {}
    for document in source.fetched.documents:
        if document.url:
            progress(f"fetching {document.name}")
            documents[document.name] = await _download(document.url, source, settings)
    digest = hashlib.sha256(b"".join(documents[n] for n in sorted(documents))).hexdigest()
    try:
        with ExitStack() as stack:
            bodies = [(name, io.BytesIO(body)) for name, body in documents.items()]
            return await _load(
                database,
                source,
                await _recognised(source, bodies, stack, settings),
                digest,
                published=None,
                handed_over=False,
                accept=accept,
                progress=progress,
            )
    except (SourceChanged, EditionRefused) as error:
        await _keep_refusal(database, source, digest, str(error))
        raise


async def _recognised(
    source: Source, bodies: Sequence[tuple[str, IO[bytes]]], stack: ExitStack, settings: Settings
) -> tuple[Format, Documents]:
    unpacked = await asyncio.to_thread(unpack, bodies, stack, limit=settings.max_unpacked_bytes)
    return recognise(source, unpacked)


async def _load(
    database: Database,
    source: Source,
    recognised: tuple[Format, Documents],
    document_digest: str,
    *,
    published: date | None,
    handed_over: bool,
    accept: bool,
    progress: Progress,
) -> Loading:
    progress("parsing")
    form, documents = recognised
    if published is None and form.published is not None:
        published = await asyncio.to_thread(form.published, documents)
    records, digest = await asyncio.to_thread(_parse, form, documents)
    progress(f"checking {len(records)} parties")
    _check(source, records)
    moment = now()
    try:
        async with database.write() as connection:
            held = (await store.current_editions(connection)).get(source.id)
            if (
                held is not None
                and held.digest == digest
                and held.handed_over == handed_over
                and published == held.published
            ):
                return Loading(held, new=False)
            if held is not None and len(records) < SHRINK * held.parties and not accept:
                raise EditionRefused(
                    f"{source.id}: {len(records)} parties where the edition before had {held.parties}; "
                    "if the publisher really removed so many, load it again with accept"
                )
            progress("storing")
            edition = await _swap(
                connection, source, held, records, digest, document_digest, published, moment, handed_over=handed_over
            )
    except IntegrityError as error:
        raise Conflict(
            f"another edition of {source.id} was loaded at the same moment; look at it and try again"
        ) from error
    log.info("edition_loaded", source=source.id, edition=edition.id, parties=edition.parties)
    return Loading(edition, new=True)


async def _swap(
    connection: AsyncConnection,
    source: Source,
    held: Edition | None,
    records: list[PartyRecord],
    digest: str,
    document_digest: str,
    published: date | None,
    moment: datetime,
    *,
    handed_over: bool,
) -> Edition:
    sequence = held.sequence + 1 if held is not None else 1
    difference = await store.swap_parties(connection, source.id, sequence, records, now=moment)
    edition = Edition(
        id=f"{source.id}@{sequence}-{digest[:8]}",
        source=source.id,
        kind="list",
        sequence=sequence,
        digest=digest,
        document_digest=document_digest,
        published=published,
        handed_over=handed_over,
        fetched_at=moment,
        loaded_at=moment,
        parties=len(records),
        **difference.__dict__,
    )
    await store.add_edition(connection, edition)
    return edition


def _parse(form: Format, documents: Documents) -> tuple[list[PartyRecord], str]:
    for stream in documents.values():
        stream.seek(0)
    records = records_of(form.parse(documents))
    joined = "\n".join(sorted(f"{r.party_id} {r.digest}" for r in records))
    return records, hashlib.sha256(joined.encode()).hexdigest()


def _check(source: Source, records: list[PartyRecord]) -> None:
    """A whole edition has a plausible number of parties and names those that must be on it."""
    if len(records) not in source.expect:
        raise EditionRefused(
            f"{source.id}: {len(records)} parties, expected {source.expect.start} to {source.expect.stop - 1}"
        )
    missing = set(source.must_name) - {r.party_id for r in records}
    if missing:
        raise EditionRefused(f"{source.id}: {', '.join(sorted(missing))} must be on it and are not")


async def _keep_refusal(database: Database, source: Source, digest: str, reason: str) -> None:
    async with database.write() as connection:
        await store.add_refusal(
            connection, id=str(uuid.uuid4()), source=source.id, at=now(), document_digest=digest, reason=reason
        )
    log.warning("edition_refused", source=source.id, reason=reason)


async def _download(url: str, source: Source, settings: Settings) -> bytes:
    """One document, within size and time; redirects only to the publisher's own hosts."""
    hosts = {urlsplit(d.url).hostname for f in source.formats for d in f.documents if d.url} | set(source.hosts)

    async def check(request: httpx.Request) -> None:
        if request.url.scheme != "https" or request.url.host not in hosts:
            raise FetchFailed(f"{source.id}: the publisher sent us to another host, which is not followed")

    try:
        async for attempt in stamina.retry_context(
            on=httpx.TransportError, attempts=settings.fetch_attempts, timeout=None
        ):
            with attempt:
                return await _stream(url, settings, check)
    except httpx.HTTPStatusError as error:
        raise FetchFailed(f"{source.id}: the publisher answered {error.response.status_code}") from error
    except httpx.HTTPError as error:
        raise FetchFailed(f"{source.id}: the publisher cannot be reached ({type(error).__name__})") from error
    raise FetchFailed(f"{source.id}: nothing was fetched")


async def _stream(url: str, settings: Settings, check: Callable[[httpx.Request], Awaitable[None]]) -> bytes:
    made = bytearray()
    async with (
        httpx.AsyncClient(
            timeout=settings.fetch_timeout,
            proxy=settings.proxy,
            follow_redirects=True,
            max_redirects=5,
            event_hooks={"request": [check]},
        ) as client,
        client.stream("GET", url) as response,
    ):
        response.raise_for_status()
        async for chunk in response.aiter_bytes(CHUNK):
            made += chunk
            if len(made) > settings.max_document_bytes:
                raise FetchFailed("the publisher's document is larger than the limit")
    return bytes(made)
