"""Errors as RFC 9457 problems: one table from our errors to HTTP, one shape for every answer that is no success."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match, Mount

from app.errors import (
    BadRequest,
    Conflict,
    EditionRefused,
    FetchFailed,
    Forbidden,
    KarezError,
    NotFound,
    NotReady,
    SourceChanged,
    Unauthorised,
)
from app.services.documents import validation_errors

MEDIA_TYPE = "application/problem+json"
MOST = 50
"""Most errors listed of one body."""

LONGEST = 300
STATUS: Mapping[type[KarezError], tuple[int, str]] = {
    BadRequest: (422, "The request cannot be processed"),
    NotFound: (404, "Not found"),
    Conflict: (409, "Conflict"),
    Unauthorised: (401, "No valid API key"),
    Forbidden: (403, "Not allowed"),
    SourceChanged: (422, "The document was refused"),
    EditionRefused: (422, "The edition was refused"),
    FetchFailed: (502, "The publisher could not be reached"),
    NotReady: (503, "Not ready"),
}
TITLES = {
    400: "Bad request",
    404: "Not found",
    405: "Method not allowed",
    408: "The request took too long",
    413: "The body is too large",
    415: "The media type is not supported",
    500: "Internal error",
    503: "Not ready",
}
BODY, PARAMETER = "The body is not valid", "A parameter is not valid"
log = structlog.get_logger()


class PayloadProblem(Exception):
    """A body that is refused before it is read as a submission: too large, not JSON, another media type."""

    def __init__(self, status: int, detail: str, errors: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.errors = errors


def problem(
    status: int,
    detail: str,
    errors: Iterable[tuple[str, str]] = (),
    *,
    title: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document; a 422 always carries ``errors``."""
    listed = [{"pointer": p[:1000], "detail": d[:LONGEST]} for p, d in errors][:MOST]
    if status == 422 and not listed:
        listed = [{"pointer": "", "detail": detail[:LONGEST]}]
    document: dict[str, Any] = {
        "type": f"urn:karez:problem:{(title or TITLES.get(status, 'error')).lower().replace(' ', '-')}",
        "title": title or TITLES.get(status, "Error"),
        "status": status,
        "detail": detail[:2_000],
    }
    if listed:
        document["errors"] = listed
    body = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def install(app: FastAPI) -> None:
    """Answer every error as a problem."""

    @app.exception_handler(KarezError)
    async def ours(_: Request, error: KarezError) -> Response:
        status, title = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
        errors = error.errors if isinstance(error, BadRequest) else ()
        if errors:
            title = PARAMETER if all(pointer.startswith("?") for pointer, _ in errors) else BODY
        headers = {"WWW-Authenticate": 'ApiKey header="X-API-Key"'} if status == 401 else None
        return problem(status, str(error), errors, title=title, headers=headers)

    @app.exception_handler(PayloadProblem)
    async def payload(_: Request, error: PayloadProblem) -> Response:
        return problem(
            error.status, str(error), error.errors, headers={"Connection": "close"} if error.status == 413 else None
        )

    @app.exception_handler(ValidationError)
    async def invalid(_: Request, error: ValidationError) -> Response:
        return problem(422, "the body does not fit; see errors", validation_errors(error), title=BODY)

    @app.exception_handler(RequestValidationError)
    async def parameters(_: Request, error: RequestValidationError) -> Response:
        found = [
            (f"?{p.removeprefix('/query/')}" if p.startswith("/query") else p, d) for p, d in validation_errors(error)
        ]
        return problem(422, "a parameter does not fit; see errors", found, title=PARAMETER)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        details = {
            404: "there is nothing at this address; the docs page lists what is",
            405: "this address knows other methods; see Allow",
        }
        headers = error.headers
        if error.status_code == 405:
            headers = {"Allow": ", ".join(_methods(request))}
        return problem(error.status_code, details.get(error.status_code, str(error.detail)), headers=headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("unexpected", path=request.scope.get("path_format", ""), error=type(error).__name__, exc_info=error)
        return problem(
            500, "something went wrong on our side; the request id in the answer's headers finds it in the log"
        )


def _methods(request: Request) -> list[str]:
    """Every method that some route knows at this address: the framework names those of the first route only."""
    return [
        method
        for method in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.routes
            if not isinstance(route, Mount) or method in ("GET", "HEAD")
        )
    ]
