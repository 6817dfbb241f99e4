"""Accuracy: every query of the labelled set put to the matcher, and recall per kind at few false positives."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.hit import Hit
from app.core.screening.watchlist import DEFAULT_THRESHOLD, Watchlist
from app.core.submission import SubmittedParty

from .metrics import Answer, at_default, by_kind, recall_row, reliability, score_at, share
from .query import DAY, Labelled, Query

LIMIT = 10


@dataclass(frozen=True)
class Measured:
    """The figures, and every answer for whoever wants to read the failures."""

    figures: dict[str, Any]
    found: list[Answer]
    unlisted: list[Answer]
    hard: list[Answer]
    one: float
    tenth: float


def submitted(query: Query, *, kinds: str) -> SubmittedParty:
    """The query as a buyer submits it; ``kinds`` is ``given`` or ``unknown``: whether the kind of party is said."""
    return SubmittedParty.model_validate(
        {
            "name": query.name,
            "kind": query.is_a if kinds == "given" else "unknown",
            "birth_date": query.birth,
            "country": query.country,
        }
    )


def measure(made: Labelled, watchlist: Watchlist, *, kinds: str, say: Callable[[str], None]) -> Measured:
    """Ask everything, one name at a time."""

    def ask(what: str, queries: Sequence[Query], *, attributes: bool) -> list[Answer]:
        started = time.perf_counter()
        answers = [_answer(watchlist, q, kinds=kinds, attributes=attributes) for q in queries]
        say(f"{what}: {len(queries)} names in {time.perf_counter() - started:.0f} s")
        return answers

    unlisted = ask("unlisted names", made.unlisted, attributes=False)
    found = ask("listed names", made.found, attributes=False)
    hard = ask("near misses", made.hard, attributes=False)
    known = ask("people with birth date and country", made.with_attributes, attributes=True)
    conflict = ask("same name, other birth date and country", made.conflicting, attributes=True)
    one, tenth = score_at(unlisted, 0.01), score_at(unlisted, 0.001)
    can = [a for a in found if a.query.reachable]
    figures: dict[str, Any] = {
        "index": {"source": made.source, "parties": len(made.parties)},
        "scores": {"at 1 %": one, "at 0.1 %": tenth, "default threshold": DEFAULT_THRESHOLD},
        "unlisted names": len(unlisted),
        "all": recall_row(found, one, tenth),
        "reachable": recall_row(can, one, tenth),
        "kinds": {kind: recall_row(answers, one, tenth) for kind, answers in by_kind(found).items()},
        "kinds, reachable": {kind: recall_row(answers, one, tenth) for kind, answers in by_kind(can).items()},
        "default threshold, reachable": at_default(can, unlisted),
        "hard negatives, % with a hit": {
            kind: {
                "n": len(answers),
                "@1%": share(a.best > one for a in answers),
                "@0.1%": share(a.best > tenth for a in answers),
                "at default": share(a.at_default for a in answers),
            }
            for kind, answers in by_kind(hard).items()
        },
        "with birth date": recall_row([a for a in known if a.query.reachable], one, tenth),
        "same people, name only": recall_row(_again(found, known), one, tenth),
        "same name in conflict, % with a hit": {
            "n": len(conflict),
            "@1%": share(a.right > one for a in conflict),
            "at default": share(a.at_default for a in conflict),
        },
        "reliability": reliability([(a.best, a.rank == 1) for a in [*found, *unlisted] if a.best > 0]),
    }
    other = "unknown" if kinds == "given" else "given"
    figures[f"kind of party {other}"] = _headline(watchlist, made, other, say)
    return Measured(figures, found, unlisted, hard, one, tenth)


def _headline(watchlist: Watchlist, made: Labelled, kinds: str, say: Callable[[str], None]) -> dict[str, Any]:
    """The reachable queries and the unlisted names once more, with the kind of party said, or not said."""
    started = time.perf_counter()
    unlisted = [_answer(watchlist, q, kinds=kinds, attributes=False) for q in made.unlisted]
    can = [_answer(watchlist, q, kinds=kinds, attributes=False) for q in made.found if q.reachable]
    say(f"once more with the kind of party {kinds}: {time.perf_counter() - started:.0f} s")
    row = recall_row(can, score_at(unlisted, 0.01), score_at(unlisted, 0.001))
    return {"reachable": row, "default threshold, reachable": at_default(can, unlisted)}


def _again(found: Sequence[Answer], known: Sequence[Answer]) -> list[Answer]:
    asked = {(a.query.kind, a.query.name, a.query.party) for a in known if a.query.reachable}
    return [a for a in found if (a.query.kind, a.query.name, a.query.party) in asked]


def _answer(watchlist: Watchlist, query: Query, *, kinds: str, attributes: bool) -> Answer:
    party = submitted(query, kinds=kinds)
    if not attributes and (party.birth_date or party.country):
        party = party.model_copy(update={"birth_date": None, "country": None})
    hits = watchlist.screen(party, subject="q", as_of=DAY, limit=LIMIT, threshold=0.0)
    return read(watchlist, query, hits)


def read(watchlist: Watchlist, query: Query, hits: Sequence[Hit]) -> Answer:
    """The answer in the hits: a hit is right when the party, or a record merged into it, is the query's."""
    best = max((h.score for h in hits), default=0.0)
    if not query.party:
        return Answer(query, best, at_default=best >= DEFAULT_THRESHOLD)
    for rank, hit in enumerate(hits, start=1):
        if hit.party.id == query.party or _holds(watchlist, hit.party.id, query.party):
            return Answer(query, best, hit.score, rank, hit.score >= DEFAULT_THRESHOLD)
    return Answer(query, best)


def _holds(watchlist: Watchlist, shown: str, wanted: str) -> bool:
    party = watchlist.get(shown)
    return party is not None and wanted in party.records
