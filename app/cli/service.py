"""Bring the database up to date, and serve."""

from __future__ import annotations

import socket

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
    _can_listen(chosen.host, chosen.port)
    run_server(chosen)


def _can_listen(host: str, port: int) -> None:
    """Stop with status 2 where the address cannot be listened on, before the engine is built."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in found:
            with socket.socket(family, kind, protocol) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind(address)
    except OSError as error:
        stop(f"cannot listen on {host}:{port} ({error.strerror}); set KAREZ_PORT or KAREZ_HOST", 2)
