"""A listed person directs, manages, represents or signs for a company."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Evidence, Finding
from app.core.list_names import list_name
from app.core.ownership.roles import DIRECTING
from app.core.submission import RelationKind
from app.factors.listed_party import CITES, carries_effect, evidence_of, facts_of

OFFICES = DIRECTING - {RelationKind.CONTROLLER}


@factor(family="listing", base=35, cites=CITES)
def listed_officer(case: Case) -> Iterator[Finding]:
    """A listed person directs, manages, represents or signs for a company.

    The subject is the company. Leading a company does not block it (OFAC FAQ 398), but what the person signs is a dealing
    with the person. A former post spreads nothing: only offices in force on the day count.
    """
    for listing in case.listings:
        designation = listing.designation
        if not (listing.confirmed and designation.in_force(case.as_of) and carries_effect(designation)):
            continue
        placed = case.parties[listing.subject]
        for n, relation in enumerate(placed.party.relations):
            begun = relation.from_ is None or relation.from_ <= case.as_of
            if relation.kind not in OFFICES or not begun or (relation.to is not None and relation.to <= case.as_of):
                continue
            company = case.parties[relation.of].party.name
            yield Finding(
                subject=relation.of,
                says=f"{placed.party.name}, listed on {list_name(designation.list)}, is stated as {relation.kind} of {company}.",
                evidence=(
                    Evidence(
                        pointer=f"{placed.pointer}/relations/{n}",
                        submitted=relation.kind.value,
                        matched=listing.party.name,
                        says=f"the submission states {relation.kind} of {company}",
                        citation=designation.citation,
                    ),
                    *evidence_of(case, listing),
                ),
                facts=facts_of(case, listing, case.roles.reach(relation.of)),
            )
