"""A party was on a list, and the listing had ended by the day."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Case, Finding, factor
from app.core.hit import Strength
from app.factors.listed_party import CITES, evidence_of, facts_of


@factor(family="listing", base=1, cites=CITES)
def former_listing(case: Case) -> Iterator[Finding]:
    """A party was on a list, and the listing had ended by the day.

    History, kept visible; it raises nothing.
    """
    for listing in case.listings:
        if listing.hit.strength is not Strength.CONFIRMED or listing.designation.in_force(case.as_of):
            continue
        name = case.parties[listing.subject].party.name
        yield Finding(
            subject=listing.subject,
            says=f"{name} was listed on {listing.designation.list} until {listing.designation.ended_on}.",
            evidence=evidence_of(case, listing),
            facts=facts_of(case, listing, case.roles.reach(listing.subject)),
            weight=0.5,
        )
