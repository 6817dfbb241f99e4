"""Lists are fetched from a real server: conditionally, within bounds, only from its own hosts, and never for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from app.core.source import Document, Format, Source
from app.errors import FetchFailed, SourceChanged
from app.services import refresh
from app.services.catalogue import Catalogue
from app.settings import Settings
from app.sources.sniff import first_row
from app.store import catalogue as store
from app.store import states
from app.store.database import Database
from tests.fixtures_ofac import ADD, SDN
from tests.support import only_sources

SETTINGS = Settings(fetch_timeout=1.0, fetch_deadline=3.0, fetch_attempts=2, max_document_bytes=100_000)
Reply = Callable[[asyncio.StreamWriter, dict[str, str]], Awaitable[None]]


@dataclass
class Publisher:
    """A server on this machine that answers each path as it is told, and remembers what it was asked."""

    port: int = 0
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path = (await reader.readline()).decode().split(" ")[1]
            headers = {}
            while line := (await reader.readline()).decode().strip():
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            self.asked.append((path, headers))
            await self.replies[path](writer, headers)
        except (ConnectionError, IndexError):
            pass
        finally:
            writer.close()


def says(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> Reply:
    async def reply(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        told = [f"Content-Length: {len(body) if length is None else length}", "Connection: close", *headers]
        writer.write(f"HTTP/1.1 {status}\r\n".encode() + "\r\n".join([*told, "", ""]).encode() + body)
        await writer.drain()

    return reply


def unless(etag: str, body: bytes) -> Reply:
    """304 where the question names the tag, else the body."""

    async def reply(writer: asyncio.StreamWriter, headers: dict[str, str]) -> None:
        if headers.get("if-none-match") == etag:
            await says("304 Not Modified")(writer, headers)
        else:
            await says("200 OK", body, f"ETag: {etag}")(writer, headers)

    return reply


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    made = Publisher()
    server = await asyncio.start_server(made.answer, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()
    await server.wait_closed()


@pytest.fixture
def fetched(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Source:
    """OFAC's list as if our server published it: its two files are fetched from there."""
    real = only_sources(monkeypatch, "us_ofac_sdn")
    parse = real.formats[0].parse
    documents = (
        Document("sdn.csv", lambda head: len(first_row(head)) == 12, url=publisher.url("/sdn.csv")),
        Document("add.csv", lambda head: len(first_row(head)) == 6, url=publisher.url("/add.csv"), required=False),
    )
    made = replace(real, formats=(Format("csv", documents, parse),), must_name=(), expect=range(1, 100))
    only_sources(monkeypatch, made)
    publisher.replies |= {"/sdn.csv": unless('"1"', SDN), "/add.csv": unless('"a"', ADD)}
    return made


async def test_an_unchanged_list_is_asked_about_and_not_loaded_again(
    database: Database, catalogue: Catalogue, publisher: Publisher, fetched: Source
) -> None:
    first = await refresh.fetch(database, fetched.id, settings=SETTINGS)
    assert (first.new, first.edition.parties, first.edition.handed_over) == (True, 6, False)
    again = await refresh.fetch(database, fetched.id, settings=SETTINGS)
    assert (again.new, again.edition.id) == (False, first.edition.id)
    assert again.edition.seen_at > first.edition.seen_at
    assert [h.get("if-none-match") for _, h in publisher.asked] == [None, None, '"1"', '"a"']
    publisher.replies["/sdn.csv"] = unless('"2"', SDN.replace(b"HUO, Liujun", b"HUO, Liu Jun"))
    changed = await refresh.fetch(database, fetched.id, settings=SETTINGS)
    assert (changed.new, changed.edition.changed) == (True, 1)
    assert [p for p, _ in publisher.asked[4:]] == ["/sdn.csv", "/add.csv", "/add.csv"]


async def test_the_same_content_under_another_tag_makes_no_new_edition(
    database: Database, catalogue: Catalogue, publisher: Publisher, fetched: Source
) -> None:
    first = await refresh.fetch(database, fetched.id, settings=SETTINGS)
    publisher.replies["/sdn.csv"] = says("200 OK", SDN)
    assert (await refresh.fetch(database, fetched.id, settings=SETTINGS)).new is False
    async with database.read() as connection:
        assert [e.id for e in await store.editions_of(connection, fetched.id, before=None, limit=9)] == [
            first.edition.id
        ]


async def drip(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
    """A byte at a time, always soon enough for a timeout of one step."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _n in range(200):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.2)


async def silence(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
    await asyncio.sleep(5)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (drip, "not here within 3 seconds"),
        (silence, "cannot be had|not here within"),
        (says("302 Found", b"", "Location: http://example.invalid/sdn.csv"), "another host"),
        (says("302 Found", b"", "Location: http://127.0.0.1:1/sdn.csv"), "another host"),
        (says("302 Found", b"", "Location: file:///etc/passwd"), "another host|cannot be had"),
        (says("302 Found", b"", "Location: /sdn.csv"), "redirects"),
        (says("200 OK", SDN, length=len(SDN) + 100), "cannot be had"),
        (says("200 OK", b"x" * 200_000), "more than 100000 bytes"),
        (says("503 Service Unavailable"), "answered 503"),
        (says("404 Not Found"), "answered 404"),
        (says("403 Forbidden", b"<html>"), "answered 403"),
    ],
)
async def test_a_publisher_that_misbehaves_changes_nothing_and_is_named(
    sqlite_url: str, publisher: Publisher, fetched: Source, reply: Reply, reason: str
) -> None:
    database = Database(sqlite_url)
    publisher.replies["/sdn.csv"] = reply
    started = datetime.now(UTC)
    with pytest.raises(FetchFailed, match=reason):
        await refresh.fetch(database, fetched.id, settings=SETTINGS)
    assert (datetime.now(UTC) - started).total_seconds() < 8
    async with database.read() as connection:
        assert await store.current_editions(connection) == {}
        state = await states.state(connection, fetched.id)
    assert state is not None
    assert state.owner is None
    await database.close()


async def test_a_page_instead_of_the_list_is_refused_and_kept_as_a_refusal(
    database: Database, catalogue: Catalogue, publisher: Publisher, fetched: Source
) -> None:
    publisher.replies["/sdn.csv"] = says("200 OK", b"<!doctype html><html><h1>Down for maintenance</h1></html>")
    with pytest.raises(SourceChanged, match="an HTML page"):
        await refresh.fetch(database, fetched.id, settings=SETTINGS)
    loaded = await catalogue.follow()
    assert "an HTML page" in loaded.refused[fetched.id].reason


async def test_a_hiccup_is_tried_again_and_a_redirect_within_the_house_is_followed(
    database: Database, catalogue: Catalogue, publisher: Publisher, fetched: Source
) -> None:
    tries = 0

    async def hiccup(writer: asyncio.StreamWriter, headers: dict[str, str]) -> None:
        nonlocal tries
        tries += 1
        reply = says("503 Service Unavailable") if tries == 1 else says("302 Found", b"", "Location: /elsewhere")
        await reply(writer, headers)

    publisher.replies |= {"/sdn.csv": hiccup, "/elsewhere": says("200 OK", SDN)}
    assert (await refresh.fetch(database, fetched.id, settings=SETTINGS)).new


async def test_an_optional_file_that_is_gone_fails_the_refresh(
    database: Database, catalogue: Catalogue, publisher: Publisher, fetched: Source
) -> None:
    """Half a set would silently lose every address; the edition before goes on answering."""
    await refresh.fetch(database, fetched.id, settings=SETTINGS)
    publisher.replies["/add.csv"] = says("404 Not Found")
    with pytest.raises(FetchFailed, match="404"):
        await refresh.fetch(database, fetched.id, settings=SETTINGS)


async def test_a_configured_proxy_is_gone_through_and_rules_of_redirects_hold_behind_it(
    sqlite_url: str, publisher: Publisher, fetched: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The publisher's name leads nowhere from here: whoever answers is the proxy, which is asked for whole addresses."""
    form = fetched.formats[0]
    address = "http://publisher.invalid/sdn.csv"
    there = replace(form, documents=(replace(form.documents[0], url=address),))
    only_sources(monkeypatch, replace(fetched, formats=(there,)))
    database = Database(sqlite_url)
    publisher.replies[address] = unless('"1"', SDN)
    through = SETTINGS.model_copy(update={"proxy": publisher.url("")})
    assert (await refresh.fetch(database, fetched.id, settings=through)).edition.parties == 6
    assert not (await refresh.fetch(database, fetched.id, settings=through)).new
    publisher.replies[address] = says("302 Found", b"", "Location: http://other.invalid/sdn.csv")
    with pytest.raises(FetchFailed, match="another host"):
        await refresh.fetch(database, fetched.id, settings=through)
    assert [path for path, _ in publisher.asked] == [address] * 3, "the other host is not even asked for"
    closed = SETTINGS.model_copy(update={"proxy": "http://127.0.0.1:1"})
    with pytest.raises(FetchFailed, match="cannot be had"):
        await refresh.fetch(database, fetched.id, settings=closed)
    await database.close()
