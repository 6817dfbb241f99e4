"""What routes need: the service behind the app, the caller, and query parameters that refuse what they do not know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from app.api.metrics import Metrics
from app.core.values import parse_day
from app.errors import BadRequest
from app.services import keys
from app.services.catalogue import Catalogue
from app.services.keys import OPEN, Caller
from app.settings import Settings
from app.store.database import Database


@dataclass(frozen=True)
class Service:
    """Everything a route may use, made once per app."""

    settings: Settings
    database: Database
    catalogue: Catalogue
    metrics: Metrics


def service(request: Request) -> Service:
    made: Service = request.app.state.service
    return made


Here = Annotated[Service, Depends(service)]
_HEADER = APIKeyHeader(name="X-API-Key", auto_error=False, description="an API key, where the service asks for one")
_BEARER = HTTPBearer(auto_error=False, description="the same key as a bearer token")


def _caller(scope: str) -> Callable[..., Awaitable[Caller]]:
    async def check(
        here: Here,
        header: Annotated[str | None, Depends(_HEADER)],
        bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    ) -> Caller:
        if not here.settings.keys_required:
            return OPEN
        caller = await keys.verify(here.database, header or (bearer.credentials if bearer is not None else None))
        caller.need(scope)
        return caller

    return check


Reader = Annotated[Caller, Depends(_caller("read"))]
Assessor = Annotated[Caller, Depends(_caller("assess"))]
Admin = Annotated[Caller, Depends(_caller("admin"))]


def only_known_parameters(request: Request) -> None:
    """Refuse parameters that the route does not declare, and a parameter given twice: neither is ever ignored."""
    known = {p.alias for p in request.scope["route"].dependant.query_params}
    known |= {p.alias for d in request.scope["route"].dependant.dependencies for p in d.query_params}
    wrong = [
        (f"?{name[:100]}", "this parameter is not known here") for name in request.query_params if name not in known
    ]
    items = [name for name, _ in request.query_params.multi_items()]
    wrong += [
        (f"?{name[:100]}", "this parameter may be given once")
        for name in dict.fromkeys(items)
        if name in known and items.count(name) > 1
    ]
    if wrong:
        raise BadRequest("a parameter does not fit; see errors", tuple(wrong))


ListId = Annotated[str, Path(description="a list's id, as `GET /v1/lists` gives it")]
Limit = Annotated[int, Query(ge=1, le=200, description="rows of a page")]
Cursor = Annotated[str | None, Query(max_length=3_000, description="`next_cursor` of the page before")]


def day(name: str, value: str | None) -> date | None:
    """A date parameter, ``YYYY-MM-DD``."""
    if value is None:
        return None
    try:
        return parse_day(value)
    except ValueError as error:
        raise BadRequest(f"{name} is a date, YYYY-MM-DD", ((f"?{name}", "not a date"),)) from error


def moment(name: str, value: str | None) -> datetime | None:
    """A date, or a moment in ISO 8601, as the first moment it names in UTC."""
    if value is None:
        return None
    try:
        if len(value) == 10:
            return datetime.combine(parse_day(value), time.min, tzinfo=UTC)
        made = datetime.fromisoformat(value)
        return made.replace(tzinfo=UTC) if made.tzinfo is None else made.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadRequest(f"{name} is a date or a moment in ISO 8601", ((f"?{name}", "not a date"),)) from error
