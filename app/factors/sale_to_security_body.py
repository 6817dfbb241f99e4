"""A party sells to, or a text names as customer, a public-security or justice body of Xinjiang."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Case, Evidence, Finding, factor
from app.core.party import PartyKind
from app.core.signal_findings import signal_findings
from app.core.submission import RelationKind
from app.core.values import Citation

CITES = (
    Citation(
        title="Xinjiang Supply Chain Business Advisory (13 July 2021), exposures and indicators",
        url="https://www.state.gov/xinjiang-supply-chain-business-advisory/",
    ),
)


@factor(family="technology", base=40, cites=CITES)
def sale_to_security_body(case: Case) -> Iterator[Finding]:
    """A party sells to, or a text names as customer, a public-security or justice body of Xinjiang.

    From the text, or from a stated customer that is a listed government body.
    """
    yield from signal_findings(case, "TEC-07")
    for listing in case.listings:
        if not (listing.confirmed and listing.designation.in_force(case.as_of)):
            continue
        if listing.party.kind is not PartyKind.GOVERNMENT_BODY:
            continue
        placed = case.parties[listing.subject]
        for n, relation in enumerate(placed.party.relations):
            if relation.kind is RelationKind.CUSTOMER:
                seller = case.parties[relation.of].party.name
                yield Finding(
                    subject=relation.of,
                    says=f"{placed.party.name}, a listed government body, is stated as customer of {seller}.",
                    evidence=(
                        Evidence(
                            pointer=f"{placed.pointer}/relations/{n}",
                            submitted=relation.kind.value,
                            matched=listing.party.name,
                            says=f"the submission states {placed.party.name} as customer of {seller}",
                            citation=listing.designation.citation,
                        ),
                    ),
                    facts=(("level", "high"), ("fires", "yes")),
                )
                break
