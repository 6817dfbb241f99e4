"""Run the application with uvicorn: one process, our own log, a graceful stop."""

from __future__ import annotations

import json
import socket
import sys
from contextlib import suppress

import uvicorn

from app.api.app import create_app
from app.api.examples import SHIRTS
from app.api.logs import configure
from app.settings import Settings


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; running requests get ``stop_timeout`` seconds to end."""
    configure(settings.log_level)
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.stop_timeout,
        h11_max_incomplete_event_size=64 * 1024,
        http="httptools",
    )
    server = Greeting(config, settings)
    with suppress(KeyboardInterrupt):  # Ctrl-C has stopped it gracefully by then
        server.run()
    if not server.started:
        sys.exit(1)


class Greeting(uvicorn.Server):
    """A server that says where it is once it answers there, not before."""

    def __init__(self, config: uvicorn.Config, settings: Settings) -> None:
        super().__init__(config)
        self.settings = settings

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            greet(self.settings)


def greet(settings: Settings) -> None:
    """Say where the docs page is, and give one request to paste."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 - compared, not bound
    address = f"http://{host}:{settings.port}"
    key = " -H 'X-API-Key: YOUR-KEY'" if settings.keys_required else ""
    body = json.dumps(SHIRTS, ensure_ascii=False).replace("'", "")
    print(f"Karez serves on {address}. Docs page: {address}/docs", flush=True)  # noqa: T201 - for the person who started it
    print(f"Try:\n  curl -s {address}/v1/assessments{key} -H 'Content-Type: application/json' -d '{body}'", flush=True)  # noqa: T201
