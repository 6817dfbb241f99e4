"""Around every request: an id, security headers, a time limit, a log line without names, and the metrics."""

from __future__ import annotations

import asyncio
import time
import uuid

import structlog
from starlette.datastructures import MutableHeaders
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import problem
from app.api.metrics import Metrics

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
UNLIMITED = ("/v1/lists/",)
"""Loading a list may take longer than a JSON request."""

log = structlog.get_logger()


class Surroundings:
    """Plain ASGI: wraps the app once."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, timeout: float) -> None:
        self.app = app
        self.metrics = metrics
        self.timeout = timeout

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex
        started = time.perf_counter()
        status = 500
        begun = False

        async def out(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                _dress(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        limit = None if scope["path"].startswith(UNLIMITED) else self.timeout
        try:
            async with asyncio.timeout(limit):
                await self.app(scope, receive, out)
        except TimeoutError:
            if begun:
                raise
            await problem(503, "the request took longer than the service allows; send less or try later")(
                scope, receive, out
            )
        finally:
            route = _template(scope)
            seconds = time.perf_counter() - started
            self.metrics.requests.labels(route, _method(scope), str(status)).inc()
            self.metrics.seconds.labels(route, _method(scope)).observe(seconds)
            log.info(
                "request",
                method=_method(scope),
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
                request_id=request_id,
            )


def _dress(headers: MutableHeaders, path: str, request_id: str) -> None:
    headers["X-Request-ID"] = request_id
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Content-Security-Policy"] = PAGE_POLICY if path.startswith("/docs") else DATA_POLICY
    headers.setdefault("Cache-Control", "no-store")


def _method(scope: Scope) -> str:
    known = ("GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH")
    return scope["method"] if scope["method"] in known else "OTHER"


def _template(scope: Scope) -> str:
    """The route's template, never the path itself: paths may hold ids."""
    route = scope.get("route")
    if route is not None:
        return str(getattr(route, "path_format", getattr(route, "path", "other")))
    for candidate in getattr(scope.get("app"), "routes", ()):
        if candidate.matches(scope)[0] is not Match.NONE:
            return str(getattr(candidate, "path", "other"))
    return "unknown"
