"""How far the lists can be trusted: which edition answers for each, how old it is, and what is missing, stale, partial or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from app.core.assessment import Coverage
from app.core.source import Source
from app.core.submission import Profile
from app.sources import by_id, carriers, list_ids
from app.store.catalogue import Edition
from app.store.refusals import Refusal

REFERENCE = "karez_reference"
CURATED_SAYS = "held as curated rows of the reference edition, not as the publisher's whole list"
LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The editions that answer, and what is known about the lists besides.

    ``day`` is the past day that was asked for, None for now; ``curated`` counts the reference's rows of each list, ``counts`` the
    parties that a source of several lists brings for each; ``refused`` are the refusals that still stand.
    """

    editions: Mapping[str, Edition]
    curated: Mapping[str, int]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    day: date | None = None


def coverage(standing: Standing, moment: datetime, profiles: tuple[Profile, ...] | None = None) -> tuple[Coverage, ...]:
    """The reference edition, and the lists that bind the profiles (every list when None) as they stand at a moment."""
    return (_own(standing), *(line(standing, list_id, moment) for list_id in list_ids() if _binds(list_id, profiles)))


def _binds(list_id: str, profiles: tuple[Profile, ...] | None) -> bool:
    source = by_id(list_id)
    return profiles is None or (source is not None and any(str(p) in source.binds for p in profiles))


def line(standing: Standing, list_id: str, moment: datetime) -> Coverage:
    """One list: the best of the editions that carry it; fresh before stale, whole before partial, its own before another's."""
    if list_id == REFERENCE:
        return _own(standing)
    held = [source for source in carriers(list_id) if source.id in standing.editions]
    if held:
        found = [(_carried(standing, list_id, s, standing.editions[s.id], moment), s) for s in held]
        best = max(
            found,
            key=lambda f: (f[0].fresh, standing.editions[f[1].id].whole, f[1].id == list_id, f[0].published or ""),
        )
        return best[0]
    refused = [r for s in carriers(list_id) if (r := standing.refused.get(s.id)) is not None]
    words = ["not loaded" if carriers(list_id) else CURATED_SAYS, *(_refused(r) for r in refused[:1])]
    own = standing.editions[REFERENCE]
    curated = bool(standing.curated.get(list_id)) or not carriers(list_id)
    return Coverage(
        list=list_id,
        edition=own.id if curated else "none",
        published=own.published.isoformat() if curated and own.published else None,
        fetched_at=own.fetched_at if curated else None,
        parties=standing.curated.get(list_id, 0),
        fresh=False,
        says="; ".join(words),
    )


def _own(standing: Standing) -> Coverage:
    edition = standing.editions[REFERENCE]
    return Coverage(
        list=REFERENCE,
        edition=edition.id,
        published=edition.published.isoformat() if edition.published else None,
        fetched_at=edition.fetched_at,
        parties=edition.parties,
        fresh=True,
        says="the built-in reference edition",
    )


def _carried(standing: Standing, list_id: str, source: Source, edition: Edition, moment: datetime) -> Coverage:
    mine = by_id(list_id)
    limited = replace(source, freshness=mine.freshness) if mine is not None else source
    if standing.day is None or standing.day >= moment.date():
        fresh, says = freshness(limited, edition, moment)
        refusal = standing.refused.get(source.id)
        if refusal is not None and refusal.at > max(edition.seen_at, edition.loaded_at):
            fresh, says = False, f"{says}; {_refused(refusal)}"
    else:
        fresh, says = _on(limited, edition, standing.day)
    if not edition.whole:
        fresh = False
        says = f"{says}; {_partial(source, edition)}"
    if source.id != list_id:
        says = f"brought by {source.id}; {says}"
    counted = standing.counts.get(source.id)
    published = edition.seen_published or edition.published
    return Coverage(
        list=list_id,
        edition=edition.id,
        published=published.isoformat() if published else None,
        fetched_at=edition.seen_at,
        parties=edition.parties if counted is None or list_id == source.id else counted.get(list_id, 0),
        fresh=fresh,
        says=says,
    )


def _partial(source: Source, edition: Edition) -> str:
    if edition.parties < source.expect.start:
        return f"an excerpt: {edition.parties} parties where a whole edition has at least {source.expect.start}"
    return f"not the whole set of documents: {edition.format}"


def _refused(refusal: Refusal) -> str:
    return f"a document was refused on {refusal.at.date()}: {refusal.reason[:LONGEST]}"


def _on(source: Source, edition: Edition, day: date) -> tuple[bool, str]:
    """Whether an edition tells what its list said on a past day, in words."""
    limit = max(source.freshness, timedelta(days=1))
    if edition.day > day:
        return edition.day - day <= limit, (
            f"{day} lies before the earliest edition held, that of {edition.day}: its parties by the dates the law gives them, "
            "without those the list dropped before"
        )
    last = max(edition.day, edition.seen_at.date() if not edition.handed_over else edition.day)
    return day - last <= limit, f"the edition of {edition.day} answers for {day}"


def freshness(source: Source, edition: Edition, moment: datetime) -> tuple[bool, str]:
    """Whether an edition is young enough to clear anybody, and its age in words (docs/decisions/0003)."""
    hours = source.freshness / timedelta(hours=1)
    if edition.handed_over:
        published = edition.seen_published or edition.published
        if published is None:
            return False, "handed over without a publication date, so its age is unknown"
        age = moment.date() - published
        fresh = age <= max(source.freshness, timedelta(days=1))
        return fresh, f"handed over; published {age.days} days ago, limit {hours:g} h"
    seen = moment - edition.seen_at
    return seen <= source.freshness, f"fetched {seen / timedelta(hours=1):.1f} h ago, limit {hours:g} h"
