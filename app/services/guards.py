"""What an edition that was read without fault must still pass before it is believed: size, churn, and who must be on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from app import reference
from app.core.source import Source
from app.store.catalogue import Edition
from app.store.staging import Differences

SHRINK = 0.5
"""An edition with fewer than this share of the parties before it is refused."""

GROWTH = 3.0
"""An edition with more than this many times the parties before it is refused, from ``FEW`` new ones on."""

CHURN, MONTHLY = 0.2, 0.05
"""Share of the parties before it that may be gone, and how much more for each month between the two."""

FEW = 50
"""Fewer parties than this may come or go without being churn: small lists change by large shares."""


@dataclass(frozen=True)
class Guard:
    """One check that failed; a person may overrule it with a reason."""

    name: str
    says: str


def failed(
    source: Source, day: date, found: Differences, before: Edition | None, missing: tuple[str, ...]
) -> tuple[Guard, ...]:
    """The checks that an edition does not pass, compared with the edition before it in time."""
    made: list[Guard] = []
    if found.parties >= source.expect.stop:
        made.append(Guard("size", f"{found.parties} parties, at most {source.expect.stop - 1} are expected"))
    if before is not None:
        if found.parties < SHRINK * before.parties:
            made.append(
                Guard("shrink", f"{found.parties} parties where the edition before had {before.parties} ({before.day})")
            )
        elif found.removed > max(FEW, (CHURN + MONTHLY * ((day - before.day).days / 30)) * before.parties):
            made.append(
                Guard("churn", f"{found.removed} of the {before.parties} parties of the edition before are gone")
            )
        if before.whole and found.added > FEW and found.parties > GROWTH * before.parties:
            made.append(
                Guard("churn", f"{found.parties} parties where the edition before had {before.parties} ({before.day})")
            )
    if missing:
        made.append(
            Guard(
                "required", f"{', '.join(missing)} must be on it and are not; an older edition needs its published day"
            )
        )
    return tuple(made)


def required_on(source: Source, day: date) -> tuple[str, ...]:
    """The parties a whole edition of that day must name: from the day on which the reference says that they were listed."""
    dates = _listed_on(source.lists)
    return tuple(
        party_id
        for party_id in source.must_name
        if (dated := dates.get(party_id.removeprefix(f"{source.id}:"))) is None
        or (dated[0] <= day and (dated[1] is None or day < dated[1]))
    )


@cache
def _listed_on(lists: tuple[str, ...]) -> Mapping[str, tuple[date, date | None]]:
    """Number or key of a curated party on the source's own list, and when its listing began and ended."""
    made: dict[str, tuple[date, date | None]] = {}
    for party in reference.load_parties():
        for designation in party.designations:
            if designation.list in lists and designation.listed_on is not None:
                for identifier in party.identifiers:
                    made.setdefault(identifier.value, (designation.listed_on, designation.ended_on))
    return made
