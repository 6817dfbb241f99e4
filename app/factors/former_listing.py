"""A party was on a list, and the listing had ended by the day."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Finding
from app.core.hit import Strength
from app.core.list_names import list_name
from app.core.ownership.listing import Listing
from app.factors.listed_party import CITES, evidence_of, facts_of


@factor(family="listing", base=1, cites=CITES)
def former_listing(case: Case) -> Iterator[Finding]:
    """A party was on a list, and the listing had ended by the day.

    History, kept visible; it raises nothing. A probable match is told as one.
    """
    for listing in case.listings:
        if listing.hit.strength is Strength.POSSIBLE or listing.designation.in_force(case.as_of):
            continue
        name = case.parties[listing.subject].party.name
        yield Finding(
            subject=listing.subject,
            says=f"{name} {_is(listing, name)} listed on {list_name(listing.designation.list)} until {listing.designation.ended_on}.",
            evidence=evidence_of(case, listing),
            facts=facts_of(case, listing, case.roles.reach(listing.subject)),
            weight=0.5,
        )


def _is(listing: Listing, name: str) -> str:
    """How sure the match is, in words."""
    if listing.hit.strength is Strength.CONFIRMED:
        return "was"
    return f"may be {listing.party.name}, which was" if listing.party.name != name else "may be the party that was"
