"""A company stands close to a listed party on a list that has no ownership rule, or whose entry reaches its class."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Case, Evidence, Finding, factor
from app.core.listing import Listing
from app.core.ownership import Holding
from app.core.submission import RelationKind
from app.factors.listed_party import CITES, carries_effect, evidence_of, facts_of


@factor(family="listing", base=30, cites=CITES)
def listed_affiliate(case: Case) -> Iterator[Finding]:
    """A company stands close to a listed party on a list that has no ownership rule, or whose entry reaches its class.

    The subject is the company that stands close. ``in_class`` says whether the entry's own words reach it (law.md 6.4: subsidiaries, or
    subordinate and affiliated entities); ``shared`` whether goods or inputs of the purchase come from the listed party.
    """
    for listing in case.listings:
        designation = listing.designation
        if not (listing.confirmed and designation.in_force(case.as_of) and carries_effect(designation)):
            continue
        rule = case.ownership_rules.get(designation.extends_to)
        if rule is not None and rule.blocking:
            continue
        for edge, company in _neighbours(case, listing):
            if rule is not None and edge.kind in (RelationKind.OWNER, RelationKind.BENEFICIAL_OWNER):
                continue  # shares are the ownership factors' business
            affiliate = edge.kind is RelationKind.AFFILIATE
            in_class = rule is not None and (
                rule.stated_affiliates if affiliate else rule.stated_subsidiaries and _is_subsidiary(edge)
            )
            yield _finding(case, listing, edge, company, in_class=in_class)


def _neighbours(case: Case, listing: Listing) -> Iterator[tuple[Holding, str]]:
    """Companies that the listed party owns, controls or is affiliated with, each once."""
    seen = {listing.subject}
    for edges in (case.ownership.holders, case.ownership.controllers, case.ownership.affiliates):
        for company, holdings in edges.items():
            for edge in holdings:
                if edge.owner == listing.subject and company not in seen:
                    seen.add(company)
                    yield edge, company


def _is_subsidiary(edge: Holding) -> bool:
    return edge.kind in (RelationKind.SUBSIDIARY, RelationKind.PARENT, RelationKind.BRANCH)


def _finding(case: Case, listing: Listing, edge: Holding, company: str, *, in_class: bool) -> Finding:
    names = case.parties[listing.subject].party.name, case.parties[company].party.name
    shared = listing.subject in case.roles.makers or listing.subject in case.roles.upstream
    return Finding(
        subject=company,
        says=f"{names[1]} stands to {names[0]}, listed on {listing.designation.list}, as the submission says: {edge.kind}.",
        evidence=(
            Evidence(
                pointer=edge.pointer,
                submitted=edge.kind.value,
                matched=listing.party.name,
                says=f"the submission states {edge.kind} between {names[0]} and {names[1]}",
                citation=listing.designation.citation,
            ),
            *evidence_of(case, listing),
        ),
        facts=(
            *facts_of(listing, case.roles.reach(company)),
            ("in_class", "yes" if in_class else "no"),
            ("shared", "yes" if shared else "no"),
        ),
    )
