"""A party may be the one on a list, and one more fact would settle it."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Finding
from app.core.list_names import list_name
from app.core.ownership.listing import Listing
from app.core.party import PartyKind
from app.factors.listed_party import CITES, evidence_of, facts_of


@factor(family="listing", base=15, cites=CITES)
def possible_listing(case: Case) -> Iterator[Finding]:
    """A party may be the one on a list, and one more fact would settle it.

    Either the match is not confirmed, or the listing itself waits for an official edition. ``contradicted`` matches (a birth date or
    identifier speaks against them) stay information. One finding per party and listed party.
    """
    seen: set[tuple[str, str]] = set()
    for listing in case.listings:
        if (
            listing.confirmed
            or not listing.designation.in_force(case.as_of)
            or (listing.subject, listing.party.id) in seen
        ):
            continue
        seen.add((listing.subject, listing.party.id))
        contradicted = listing.hit.contradicted
        name = case.parties[listing.subject].party.name
        yield Finding(
            subject=listing.subject,
            basis=Basis.INFERRED,
            says=f"{name} may be {listing.party.name} of {list_name(listing.designation.list)}; {_settles(listing)}",
            evidence=evidence_of(case, listing),
            facts=(
                *facts_of(case, listing, case.roles.reach(listing.subject)),
                ("party", listing.party.id),
                ("strength", listing.hit.strength.value),
                ("contradicted", "yes" if contradicted else "no"),
            ),
            weight=0.05 if contradicted else 1.0,
        )


def _settles(listing: Listing) -> str:
    if listing.hit.contradicted:
        return "a submitted fact speaks against it."
    if not listing.designation.confirmed:
        return "the listing itself waits for an official edition of the list."
    if listing.party.kind is PartyKind.PERSON:
        return "the person's birth date would settle it."
    return "the company's registration code (USCC, LEI or tax number) would settle it."
