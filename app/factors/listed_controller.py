"""A listed party controls a company, whatever share it holds."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Case, Evidence, Finding, factor
from app.factors.listed_party import CITES, carries_effect, evidence_of, facts_of


@factor(family="listing", base=45, cites=CITES)
def listed_controller(case: Case) -> Iterator[Finding]:
    """A listed party controls a company, whatever share it holds.

    Control as the submission states it (controller, parent, or the company called its subsidiary). The subject is the controlled
    company. ``control`` says whether the regime of that list follows control.
    """
    for listing in case.listings:
        designation = listing.designation
        rule = case.ownership_rules.get(designation.extends_to)
        if not (listing.confirmed and designation.in_force(case.as_of) and carries_effect(designation) and rule):
            continue
        for company, edges in case.ownership.controllers.items():
            for edge in edges:
                if edge.owner != listing.subject or company == listing.subject:
                    continue
                names = case.parties[edge.owner].party.name, case.parties[company].party.name
                yield Finding(
                    subject=company,
                    says=f"{names[0]}, listed on {designation.list}, is stated as {edge.kind} in relation to {names[1]}.",
                    evidence=(
                        Evidence(
                            pointer=edge.pointer,
                            submitted=edge.kind.value,
                            matched=listing.party.name,
                            says=f"the submission states {edge.kind} between {names[0]} and {names[1]}",
                            citation=rule.citation,
                        ),
                        *evidence_of(case, listing),
                    ),
                    facts=(
                        *facts_of(listing, case.roles.reach(company)),
                        ("control", "yes" if rule.control else "no"),
                    ),
                )
