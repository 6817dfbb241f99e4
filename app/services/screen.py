"""Screen names without a submission: one result per query, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from app.core.assessment import Coverage
from app.core.screening.watchlist import DEFAULT_THRESHOLD, Asked, Watchlist, why
from app.core.submission import SubmittedParty
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
    explain: str | None = None,
) -> Screened:
    """For each query its hits, or its own error; raises ``BadRequest`` for an unknown list or an unknown party to explain.

    ``as_of`` asks the lists as they were on that day; ``explain`` is the id of a listed party that every query is compared with as well,
    whether or not it is a hit.
    """
    known = {*list_ids(), REFERENCE}
    for n, name in enumerate(lists or ()):
        if name not in known:
            raise BadRequest("a list is not known", ((f"/lists/{n}", "no list of this id"),))
    loaded = await catalogue.on(as_of)
    watchlist = loaded.engine.watchlist
    if explain is not None and watchlist.get(explain) is None:
        raise BadRequest("the party to explain is not known", (("/party_id", "no listed party of this id"),))
    asked = Asked(as_of or today(), limit, threshold, frozenset(lists) if lists else None)

    def run() -> list[dict[str, Any]]:
        return _answers(watchlist, queries, asked, explain)

    results = run() if len(queries) <= INLINE else await asyncio.to_thread(run)
    moment = now()
    if lists:
        covered = tuple(line(loaded, name, moment) for name in dict.fromkeys(lists))
    else:
        covered = catalogue.coverage(loaded, moment)
    return Screened(results, covered)


def _answers(watchlist: Watchlist, queries: Sequence[Any], asked: Asked, explain: str | None) -> list[dict[str, Any]]:
    """The queries that are well formed in one batch, the others each with its error, in order."""
    results: list[dict[str, Any]] = []
    parties: list[SubmittedParty] = []
    places: list[int] = []
    for query in queries:
        try:
            parties.append(SubmittedParty.model_validate(query))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = "/".join(str(part) for part in first["loc"])
            results.append({"hits": [], "error": {"pointer": f"/{where}" if where else "", "detail": first["msg"]}})
        else:
            places.append(len(results))
            results.append({})
    found = watchlist.screen_many(
        parties, as_of=asked.as_of, limit=asked.limit, threshold=asked.threshold, lists=asked.lists
    )
    for place, party, hits in zip(places, parties, found, strict=True):
        results[place] = {"hits": [{**h.model_dump(mode="json"), "id": f"h{n}"} for n, h in enumerate(hits, start=1)]}
        if explain is not None and (listed := watchlist.get(explain)) is not None:
            hit = watchlist.explain(party, listed, subject="query", as_of=asked.as_of)
            shown = {k: v for k, v in hit.model_dump(mode="json").items() if k != "id"}
            says = why(listed, hit, hits, asked)
            results[place]["explained"] = {**shown, "hit": any(h.party.id == listed.id for h in hits), "says": says}
    return results
