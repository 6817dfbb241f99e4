"""How far the lists can be trusted: which edition answers for each, how old it is, and what is missing, stale, partial or refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from app.core.assessment import Coverage
from app.core.source import Source
from app.core.submission import Profile
from app.sources import by_id, carriers, list_ids
from app.store.catalogue import Edition
from app.store.refusals import Refusal

if TYPE_CHECKING:
    from app.services.catalogue import Loaded

REFERENCE = "karez_reference"
CURATED_SAYS = "held as curated rows of the reference edition, not as the publisher's whole list"
LONGEST = 300


def coverage(loaded: Loaded, moment: datetime, profiles: tuple[Profile, ...] | None = None) -> tuple[Coverage, ...]:
    """The reference edition, and the lists that bind the profiles (every list when None) as they stand at a moment."""
    return (_own(loaded), *(line(loaded, list_id, moment) for list_id in list_ids() if _binds(list_id, profiles)))


def _binds(list_id: str, profiles: tuple[Profile, ...] | None) -> bool:
    source = by_id(list_id)
    return profiles is None or (source is not None and any(str(p) in source.binds for p in profiles))


def line(loaded: Loaded, list_id: str, moment: datetime) -> Coverage:
    """One list: the best of the editions that carry it, a fresh one before a stale one, a later before an earlier."""
    if list_id == REFERENCE:
        return _own(loaded)
    found = [
        _carried(loaded, list_id, source, loaded.editions[source.id], moment)
        for source in carriers(list_id)
        if source.id in loaded.editions
    ]
    if found:
        return max(found, key=lambda c: (c.fresh, c.published or "", c.parties))
    refused = [r for s in carriers(list_id) if (r := loaded.refused.get(s.id)) is not None]
    words = ["not loaded" if carriers(list_id) else CURATED_SAYS, *(_refused(r) for r in refused[:1])]
    own = loaded.editions[REFERENCE]
    held = bool(loaded.curated.get(list_id)) or not carriers(list_id)
    return Coverage(
        list=list_id,
        edition=own.id if held else "none",
        published=own.published.isoformat() if held and own.published else None,
        fetched_at=own.fetched_at if held else None,
        parties=loaded.curated.get(list_id, 0),
        fresh=False,
        says="; ".join(words),
    )


def _own(loaded: Loaded) -> Coverage:
    edition = loaded.editions[REFERENCE]
    return Coverage(
        list=REFERENCE,
        edition=edition.id,
        published=edition.published.isoformat() if edition.published else None,
        fetched_at=edition.fetched_at,
        parties=edition.parties,
        fresh=True,
        says="the built-in reference edition",
    )


def _carried(loaded: Loaded, list_id: str, source: Source, edition: Edition, moment: datetime) -> Coverage:
    mine = by_id(list_id)
    limited = replace(source, freshness=mine.freshness) if mine is not None else source
    if loaded.day is None or loaded.day >= moment.date():
        fresh, says = freshness(limited, edition, moment)
        refusal = loaded.refused.get(source.id)
        if refusal is not None and refusal.at > max(edition.seen_at, edition.loaded_at):
            fresh, says = False, f"{says}; {_refused(refusal)}"
    else:
        fresh, says = _on(limited, edition, loaded.day)
    if not edition.whole:
        fresh = False
        says = f"{says}; an excerpt: {edition.parties} parties where a whole edition has at least {source.expect.start}"
    if source.id != list_id:
        says = f"brought by {source.id}; {says}"
    counted = loaded.counts.get(source.id)
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
