"""Migrations, run by ourselves: up to the newest, down, and whether the schema is current."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from .database import sync_url

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
LOCK = 7_203_911
"""Key of the PostgreSQL advisory lock: two processes that start together migrate one after the other."""


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate up; does nothing where the schema is current."""
    with _connection(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Migrate down to ``revision`` (``base``: nothing left)."""
    with _connection(url) as connection:
        command.downgrade(_config(connection), revision)


def check(url: str) -> None:
    """Raise where the tables in code and the schema in the database differ."""
    with _connection(url) as connection:
        command.check(_config(connection))


def is_current(url: str) -> bool:
    """Whether the database is at the newest revision."""
    with _connection(url) as connection:
        at = MigrationContext.configure(connection).get_current_revision()
        return at == ScriptDirectory.from_config(_config(connection)).get_current_head()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    address = sync_url(url)
    if address.get_backend_name() == "sqlite" and address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            yield connection
    finally:
        engine.dispose()
