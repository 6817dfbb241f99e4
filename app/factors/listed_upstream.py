"""A party further up the chain is on the list of a regime that forbids dealing."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Finding
from app.core.list_names import list_name
from app.core.ownership.roles import Reach
from app.factors.listed_party import CITES, evidence_of, facts_of


@factor(family="listing", base=45, cites=CITES)
def listed_upstream(case: Case) -> Iterator[Finding]:
    """A party further up the chain is on the list of a regime that forbids dealing.

    Makers of inputs, subcontractors and labour providers are not dealt with directly; the dealing may still be indirect.
    """
    for listing in case.listings:
        designation = listing.designation
        rule = case.ownership_rules.get(designation.extends_to)
        if not (listing.confirmed and designation.in_force(case.as_of) and rule is not None and rule.blocking):
            continue
        if case.roles.reach(listing.subject) is not Reach.UPSTREAM:
            continue
        name = case.parties[listing.subject].party.name
        yield Finding(
            subject=listing.subject,
            says=f"{name}, further up the chain, matches {listing.party.name}, listed on {list_name(designation.list)} {listing.since()}.",
            evidence=evidence_of(case, listing),
            facts=facts_of(case, listing, Reach.UPSTREAM),
        )
