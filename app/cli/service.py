"""Bring the database up to date, and serve."""

from __future__ import annotations

from app.cli.shared import Service, database_errors, plain, run, settings, stop
from app.services import keys as api_keys
from app.store import migrate as migrations


def migrate() -> None:
    """Bring the database up to date and load the built-in reference edition; safe to repeat."""
    chosen = settings()
    with database_errors():
        migrations.upgrade(chosen.database_url)

    async def story(service: Service) -> int:
        await service.catalogue.install_builtin(service.settings.detention_sites)
        loaded = await service.catalogue.current()
        return len(loaded.engine.watchlist.entries)

    plain(f"The database is current; {run(story)} listed parties are loaded.")


def serve() -> None:
    """Serve the API and the docs page until stopped."""
    from app.api.server import serve as run_server  # noqa: PLC0415 - the web framework is needed by this command only

    chosen = settings()
    with database_errors():
        if not migrations.is_current(chosen.database_url):
            stop("the database is not migrated; run `karez migrate` first", 2)
    if chosen.keys_required and not run(lambda s: api_keys.any_valid(s.database)):
        stop(
            f"{chosen.host} can be reached from outside and there is no API key yet; "
            "run `karez keys create NAME` first, or listen on 127.0.0.1",
            2,
        )
    run_server(chosen)
