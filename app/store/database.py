"""The database: one async engine, one writer at a time on SQLite, and transactions that commit before the answer leaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def async_url(url: str) -> URL:
    """The URL with its async driver; raises ``ValueError`` for another database than SQLite or PostgreSQL."""
    made = make_url(url)
    kind = made.get_backend_name() if made.drivername != "postgres" else "postgresql"
    if kind not in DRIVERS:
        raise ValueError("KAREZ_DATABASE_URL must be a sqlite:/// or postgresql:// address")
    return made.set(drivername=DRIVERS[kind])


def sync_url(url: str) -> URL:
    """The URL with its plain driver, for migrations."""
    made = async_url(url)
    return made.set(drivername="sqlite") if made.get_backend_name() == "sqlite" else made


class Database:
    """An engine and how to use it: ``read`` for looking, ``write`` for one transaction."""

    def __init__(self, url: str) -> None:
        address = async_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        if self.is_sqlite and address.database and address.database != ":memory:":
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        options: dict[str, Any] = {} if self.is_sqlite else {"pool_size": 10, "pool_pre_ping": True}
        self.engine: AsyncEngine = create_async_engine(address, **options)
        self.writer = self.engine.execution_options(writing=True)
        self._one_writer = asyncio.Lock() if self.is_sqlite else nullcontext()
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", _pragmas)
            event.listen(self.engine.sync_engine, "begin", _begin)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading."""
        async with self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed when the block ends, rolled back when it raises; on SQLite one at a time."""
        async with self._one_writer, self.writer.begin() as connection:
            yield connection

    async def close(self) -> None:
        await self.engine.dispose()


def _pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by us, so that writers take the lock at once
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=5000",
        "foreign_keys=ON",
        "cache_size=-32000",
        "mmap_size=268435456",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
