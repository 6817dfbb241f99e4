"""A person is barred from entering a country, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Finding
from app.factors.listed_party import CITES, bars_entry, carries_effect, evidence_of, facts_of


@factor(family="listing", base=4, cites=CITES)
def entry_ban_only(case: Case) -> Iterator[Finding]:
    """A person is barred from entering a country, and nothing more.

    A visa or entry ban has no effect on a supplier's goods (law.md 2.2). Found only where no other listing of the person is in force.
    Who belongs to a barred person's family is never computed.
    """
    found = [x for x in case.listings if x.confirmed and x.designation.in_force(case.as_of)]
    others = {x.subject for x in found if carries_effect(x.designation)}
    for listing in found:
        designation = listing.designation
        if carries_effect(designation) or listing.subject in others or not bars_entry(case, designation):
            continue
        name = case.parties[listing.subject].party.name
        family = " Immediate family members are barred too." if designation.family_entry_ban else ""
        yield Finding(
            subject=listing.subject,
            says=f"{name} matches {listing.party.name}, barred from entry under {designation.instrument} {listing.since()}.{family}",
            evidence=evidence_of(case, listing),
            facts=facts_of(case, listing, case.roles.reach(listing.subject)),
        )
