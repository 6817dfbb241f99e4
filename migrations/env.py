"""Alembic's entry: runs the migrations on the connection it is given, in batch mode on SQLite."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

from app.settings import Settings
from app.store.database import sync_url
from app.store.tables import metadata


def run() -> None:
    """Use the connection of the caller (``app.store.migrate``), or make one from the settings for the alembic command."""
    given = context.config.attributes.get("connection")
    if given is not None:
        _on(given)
        return
    with create_engine(sync_url(Settings().database_url)).begin() as connection:
        _on(connection)


def _on(connection) -> None:  # type: ignore[no-untyped-def]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
