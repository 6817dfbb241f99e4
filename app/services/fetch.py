"""Download a list's documents: conditionally, streamed, within size and time, only from the publisher's hosts, and never for ever."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

import httpx
import stamina

from app.core.source import Document, Format, Source
from app.errors import FetchFailed
from app.services.work import Progress
from app.settings import Settings
from app.sources.unpack import spool

CHUNK = 1 << 16
HOPS = 5
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be different in a moment."""

AGENT = "karez (sanctions list reader)"


@dataclass(frozen=True)
class Fetched:
    """The documents of a format as they came, and what identifies them at the publisher; ``bodies`` is None where none has changed."""

    bodies: tuple[tuple[str, IO[bytes]], ...] | None
    digest: str
    marks: Mapping[str, Mapping[str, str]]


class _Again(Exception):
    """An answer worth another try."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


async def fetch_documents(
    source: Source,
    form: Format,
    marks: Mapping[str, Mapping[str, str]],
    settings: Settings,
    stack: ExitStack,
    progress: Progress,
) -> Fetched:
    """Every document of the format that has an address; ``marks`` are those of the last time, by address.

    Raises ``FetchFailed`` where a required document cannot be had; the words name the publisher's answer, never its text.
    """
    wanted = [d for d in form.documents if d.url]
    got: dict[str, tuple[IO[bytes], str, dict[str, str]]] = {}
    same: list[Document] = []
    async with httpx.AsyncClient(
        timeout=settings.fetch_timeout, proxy=settings.proxy, follow_redirects=False, headers={"User-Agent": AGENT}
    ) as client:
        conditional = all(d.url in marks for d in wanted)
        for document in wanted:
            progress(f"fetching {document.name}", 0, None)
            made = await _document(client, source, document, marks if conditional else {}, settings, stack)
            if made is None:
                same.append(document)
            else:
                got[document.name] = made
        if same and not got:
            return Fetched(None, "", {d.url: marks[d.url] for d in wanted})
        for document in same:
            again = await _document(client, source, document, {}, settings, stack)
            if again is None:
                raise FetchFailed(f"{source.id}: the publisher says 'not modified' to an unconditional question")
            got[document.name] = again
    joined = hashlib.sha256("".join(got[name][1] for name in sorted(got)).encode()).hexdigest()
    bodies = tuple((name, stream) for name, (stream, _, _) in got.items())
    return Fetched(bodies, joined, {d.url: got[d.name][2] for d in wanted})


async def _document(
    client: httpx.AsyncClient,
    source: Source,
    document: Document,
    marks: Mapping[str, Mapping[str, str]],
    settings: Settings,
    stack: ExitStack,
) -> tuple[IO[bytes], str, dict[str, str]] | None:
    """(stream, SHA-256, marks) of one document, None where it has not changed; tried again with growing pauses."""
    try:
        async with asyncio.timeout(settings.fetch_deadline):
            async for attempt in stamina.retry_context(
                on=(httpx.TransportError, _Again), attempts=settings.fetch_attempts, timeout=None, wait_initial=0.5
            ):
                with attempt:
                    return await _stream(client, source, document.url, marks.get(document.url, {}), settings, stack)
    except TimeoutError as error:
        raise FetchFailed(
            f"{source.id}: {document.name} was not here within {settings.fetch_deadline:g} seconds"
        ) from error
    except _Again as error:
        raise FetchFailed(f"{source.id}: the publisher answered {error.status} for {document.name}") from error
    except httpx.HTTPError as error:
        raise FetchFailed(
            f"{source.id}: {document.name} cannot be had from the publisher ({type(error).__name__})"
        ) from error
    raise FetchFailed(f"{source.id}: nothing was fetched")


async def _stream(
    client: httpx.AsyncClient,
    source: Source,
    url: str,
    marks: Mapping[str, str],
    settings: Settings,
    stack: ExitStack,
) -> tuple[IO[bytes], str, dict[str, str]] | None:
    headers = {}
    if "etag" in marks:
        headers["If-None-Match"] = marks["etag"]
    if "last_modified" in marks:
        headers["If-Modified-Since"] = marks["last_modified"]
    for _ in range(HOPS + 1):
        _check(source, url)
        async with client.stream("GET", url, headers=headers) as response:
            if response.is_redirect and response.next_request is not None:
                url = str(response.next_request.url)
                continue
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return None
            if response.status_code in AGAIN:
                raise _Again(response.status_code)
            if response.status_code != httpx.codes.OK:
                raise FetchFailed(f"{source.id}: the publisher answered {response.status_code}")
            return await _read(source, response, settings, stack)
    raise FetchFailed(f"{source.id}: more than {HOPS} redirects")


def _check(source: Source, url: str) -> None:
    """Only the publisher's own hosts, and nothing that is less protected than the address of the list itself."""
    known = [urlsplit(d.url) for f in source.formats for d in f.documents if d.url]
    asked = urlsplit(url)
    plain = {k.netloc for k in known if k.scheme == "http"}
    hosts = {k.netloc for k in known} | set(source.hosts)
    if asked.netloc not in hosts or not (asked.scheme == "https" or (asked.scheme == "http" and asked.netloc in plain)):
        raise FetchFailed(f"{source.id}: the publisher sent us to another host, which is not followed")


async def _read(
    source: Source, response: httpx.Response, settings: Settings, stack: ExitStack
) -> tuple[IO[bytes], str, dict[str, str]]:
    made = spool()
    stack.callback(made.close)
    digest = hashlib.sha256()
    size = 0
    async for chunk in response.aiter_bytes(CHUNK):
        size += len(chunk)
        if size > settings.max_document_bytes:
            raise FetchFailed(
                f"{source.id}: the publisher's document has more than {settings.max_document_bytes} bytes"
            )
        digest.update(chunk)
        await asyncio.to_thread(made.write, chunk) if size > CHUNK * 64 else made.write(chunk)
    made.seek(0)
    names = {"etag": "etag", "last_modified": "last-modified"}
    marks = {name: response.headers[header][:300] for name, header in names.items() if header in response.headers}
    return made, digest.hexdigest(), marks
