"""Screen names without a submission: one result per query, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from app.core.assessment import Coverage
from app.core.submission import SubmittedParty
from app.core.watchlist import DEFAULT_THRESHOLD, Watchlist
from app.errors import BadRequest
from app.services.catalogue import Catalogue
from app.services.clock import now, today
from app.services.coverage import REFERENCE, line
from app.sources import list_ids

INLINE = 5
"""Queries answered on the event loop; more go to a thread."""


@dataclass(frozen=True)
class Screened:
    """One result per query, and how far the lists that were asked can be trusted."""

    results: list[dict[str, Any]]
    coverage: tuple[Coverage, ...]


async def screen(
    catalogue: Catalogue,
    queries: Sequence[Any],
    *,
    limit: int = 5,
    threshold: float = DEFAULT_THRESHOLD,
    lists: Sequence[str] | None = None,
    as_of: date | None = None,
) -> Screened:
    """For each query its hits, or its own error; raises ``BadRequest`` for an unknown list.

    ``as_of`` asks the lists as they were on that day.
    """
    known = {*list_ids(), REFERENCE}
    for n, name in enumerate(lists or ()):
        if name not in known:
            raise BadRequest("a list is not known", ((f"/lists/{n}", "no list of this id"),))
    loaded = await catalogue.on(as_of)
    wanted = frozenset(lists) if lists else None
    day = as_of or today()
    watchlist = loaded.engine.watchlist

    def run() -> list[dict[str, Any]]:
        return [_one(watchlist, q, limit=limit, threshold=threshold, lists=wanted, as_of=day) for q in queries]

    results = run() if len(queries) <= INLINE else await asyncio.to_thread(run)
    moment = now()
    if lists:
        covered = tuple(line(loaded, name, moment) for name in dict.fromkeys(lists))
    else:
        covered = catalogue.coverage(loaded, moment)
    return Screened(results, covered)


def _one(
    watchlist: Watchlist, query: Any, *, limit: int, threshold: float, lists: frozenset[str] | None, as_of: date
) -> dict[str, Any]:
    try:
        party = SubmittedParty.model_validate(query)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = "/".join(str(part) for part in first["loc"])
        return {"hits": [], "error": {"pointer": f"/{where}" if where else "", "detail": first["msg"]}}
    hits = watchlist.screen(party, subject="query", as_of=as_of, limit=limit, threshold=threshold, lists=lists)
    return {"hits": [{**h.model_dump(mode="json"), "id": f"h{n}"} for n, h in enumerate(hits, start=1)]}
