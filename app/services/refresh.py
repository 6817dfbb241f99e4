"""Load a list: fetch it, read it from the folder, or take what is handed over; then load it whole, or change nothing and say why."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import socket
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager, nullcontext, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import IO

from app.core.source import Documents, Format, Source
from app.errors import BadRequest, Conflict, FetchFailed, KarezError, NotFound, SourceChanged
from app.services import editions
from app.services.clock import now
from app.services.editions import Loading, Received
from app.services.fetch import fetch_documents
from app.services.folder import FolderEdition, editions_in
from app.services.work import Progress, Work
from app.settings import Settings
from app.sources import SOURCES, by_id
from app.sources.recognise import recognise
from app.sources.unpack import unpack
from app.store import catalogue as store
from app.store import states
from app.store.database import Database

PATIENCE = timedelta(seconds=10)
"""How much longer than a dead process holds its lease a load waits for another one of the same list."""

__all__ = ["Loading", "accept_refusal", "fetch", "leased", "load_document", "load_folder", "readable", "source_or_404"]

LOOK = 0.1
OWNER = f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
"""This process, for leases."""


def silent(_what: str, _done: int, _total: int | None) -> None:
    """Progress that nobody watches."""


def source_or_404(list_id: str) -> Source:
    """The source with this id; raises ``NotFound``."""
    source = by_id(list_id)
    if source is None:
        raise NotFound(f"there is no list of this id; known: {', '.join(s.id for s in SOURCES)}")
    return source


def readable(list_id: str) -> Source:
    """The source with this id; raises ``NotFound``, or ``Conflict`` for one that has no reader."""
    source = source_or_404(list_id)
    if not source.readable:
        raise Conflict(f"{list_id} has no reader yet: it is held as curated rows of the reference edition")
    return source


async def load_document(
    database: Database,
    list_id: str,
    body: bytes | Sequence[tuple[str, IO[bytes]]],
    *,
    settings: Settings,
    name: str | None = None,
    published: date | None = None,
    accept: bool | str = False,
    progress: Progress = silent,
    work: Work | None = None,
) -> Loading:
    """Load what somebody hands over: one body, or several named streams; plain, gzipped, or several together in a zip.

    ``accept`` overrules the guards, with the reason where it is a text.
    """
    source = readable(list_id)
    if published is not None and published > now().date():
        raise BadRequest("published lies in the future", (("?published", "a day in the future"),))
    with ExitStack() as stack:
        if isinstance(body, bytes):
            bodies: Sequence[tuple[str, IO[bytes]]] = [(name or "", io.BytesIO(body))]
        else:
            bodies = body
        digest = await asyncio.to_thread(_digest, bodies)
        why = accept if isinstance(accept, str) else ("accepted when it was handed over" if accept else None)
        async with nullcontext(work) if work is not None else leased(database, source, settings, progress) as mine:
            moment = now()
            form, documents = await _recognised(mine, bodies, stack, settings, digest)
            stated = published or await _stated(form, documents)
            received = Received(digest, stated, handed_over=True, fetched_at=moment, accept=why)
            return await editions.load(mine, form, documents, received)


async def fetch(
    database: Database,
    list_id: str,
    *,
    settings: Settings,
    accept: bool | str = False,
    progress: Progress = silent,
    work: Work | None = None,
) -> Loading:
    """Bring a list up to date, under the caller's lease where it holds one: from the folder of files where one is set and has it, else from its publisher."""
    source = readable(list_id)
    if settings.lists_dir is not None and (found := editions_in(Path(settings.lists_dir), list_id)):
        return await load_folder(database, list_id, found, settings=settings, progress=progress, work=work)
    if source.fetched is None:
        raise Conflict(f"{list_id} has no address to fetch it from; hand its document over instead")
    if work is not None:
        return await _fetch(work, source.fetched, settings, accept)
    async with leased(database, source, settings, progress) as mine:
        return await _fetch(mine, source.fetched, settings, accept)


async def _fetch(work: Work, form: Format, settings: Settings, accept: bool | str) -> Loading:
    source = work.source
    async with work.database.read() as connection:
        state = await states.state(connection, source.id)
        current = (await store.current_editions(connection)).get(source.id)
    told = state.documents if state is not None else {}
    marks = told.get("documents", {}) if current is not None and told.get("edition") == current.id else {}
    with ExitStack() as stack:
        await work.tell("fetching")
        moment = now()
        fetched = await fetch_documents(source, form, marks, settings, stack, work.progress)
        if fetched.bodies is None and current is not None:
            return Loading(await editions.not_modified(work, current, moment), new=False)
        if fetched.bodies is None:
            raise FetchFailed(f"{source.id}: the publisher says 'not modified' of a list that is not loaded")
        _, documents = await _recognised(work, fetched.bodies, stack, settings, fetched.digest)
        why = accept if isinstance(accept, str) else ("accepted when it was fetched" if accept else None)
        received = Received(
            fetched.digest,
            await _stated(form, documents),
            handed_over=False,
            fetched_at=moment,
            accept=why,
            documents={url: dict(mark) for url, mark in fetched.marks.items()},
        )
        return await editions.load(work, form, documents, received)


async def load_folder(
    database: Database,
    list_id: str,
    found: Sequence[FolderEdition],
    *,
    settings: Settings,
    accept: bool | str = False,
    progress: Progress = silent,
    work: Work | None = None,
) -> Loading:
    """Load every edition of a list that a folder holds, oldest first; the answer is that of the last."""
    made: list[Loading] = []
    for edition in found:
        with ExitStack() as stack:
            files = [(path.name, stack.enter_context(path.open("rb"))) for path in edition.files]
            made.append(
                await load_document(
                    database,
                    list_id,
                    files,
                    settings=settings,
                    published=edition.published,
                    accept=accept,
                    progress=progress,
                    work=work,
                )
            )
    if not made:
        raise NotFound(f"the folder has no file of {list_id}")
    return Loading(made[-1].edition, new=any(m.new for m in made))


async def accept_refusal(
    database: Database, list_id: str, refusal_id: str, reason: str, *, settings: Settings, progress: Progress = silent
) -> Loading:
    """Load an edition that a guard refused, because a person says why it is right; raises ``Conflict`` for one that cannot be accepted."""
    source = readable(list_id)
    async with leased(database, source, settings, progress) as work:
        return await editions.accept(work, refusal_id, reason)


@asynccontextmanager
async def leased(database: Database, source: Source, settings: Settings, progress: Progress) -> AsyncIterator[Work]:
    """The right to change a list, kept while the block runs; waits for another load of the list, and for a dead one to be given up."""
    async with database.write() as connection:
        await states.ensure(connection, source.id)
    ttl = timedelta(seconds=settings.lease_seconds)
    deadline = time.monotonic() + (ttl + PATIENCE).total_seconds()
    while True:
        async with database.write() as connection:
            lease = await states.take(connection, source.id, OWNER, now=now(), ttl=ttl)
        if lease is not None:
            break
        if time.monotonic() > deadline:
            raise Conflict(f"{source.id} is being loaded by another process; look at it and try again")
        await asyncio.sleep(LOOK)
    async with kept(Work(database, source, lease, progress, ttl)) as work:
        yield work


@asynccontextmanager
async def kept(work: Work) -> AsyncIterator[Work]:
    """Prolong a lease while the block runs, and give it back."""
    beat = asyncio.create_task(_beat(work))
    try:
        yield work
    finally:
        beat.cancel()
        with suppress(asyncio.CancelledError):
            await beat
        async with work.database.write() as connection:
            await states.release(connection, work.lease, progress=None)


async def _beat(work: Work) -> None:
    while True:
        await asyncio.sleep(work.ttl.total_seconds() / 4)
        with suppress(KarezError):
            async with work.database.write() as connection:
                await states.hold(connection, work.lease, now=now(), ttl=work.ttl)


async def _recognised(
    work: Work, bodies: Sequence[tuple[str, IO[bytes]]], stack: ExitStack, settings: Settings, digest: str
) -> tuple[Format, Documents]:
    """The format and its documents; what is none of the list's is kept as a refusal."""
    try:
        await work.tell("unpacking")
        unpacked = await asyncio.to_thread(unpack, bodies, stack, limit=settings.max_unpacked_bytes)
        return recognise(work.source, unpacked)
    except SourceChanged as error:
        await editions.refuse_document(work, digest, str(error))
        raise


async def _stated(form: Format, documents: Documents) -> date | None:
    """The day of publication that the documents state themselves, where it is not in the future."""
    if form.published is None:
        return None
    made = await asyncio.to_thread(form.published, documents)
    return made if made is not None and made <= now().date() else None


def _digest(bodies: Sequence[tuple[str, IO[bytes]]]) -> str:
    """One digest of all bodies as they came."""
    made = hashlib.sha256()
    for _, stream in bodies:
        stream.seek(0)
        while chunk := stream.read(1 << 20):
            made.update(chunk)
        stream.seek(0)
    return made.hexdigest()
