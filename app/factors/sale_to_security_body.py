"""A party sells to, or a text names as customer, a public-security or justice body of Xinjiang."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.bodies import SECURITY, named_as, of_the_region
from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Evidence, Finding
from app.core.party import PartyKind
from app.core.submission import RelationKind
from app.core.texts.signal_findings import signal_findings
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

    From the text, or from a stated customer that is a listed government body or carries the name of such a body of the region.
    """
    yield from signal_findings(case, "TEC-07")
    listed = {
        x.subject: x
        for x in case.listings
        if x.confirmed and x.designation.in_force(case.as_of) and x.party.kind is PartyKind.GOVERNMENT_BODY
    }
    for ref, placed in case.parties.items():
        listing = listed.get(ref)
        name = named_as(case, ref, SECURITY)
        if listing is None and (name is None or not of_the_region(case, ref)):
            continue
        for n, relation in enumerate(placed.party.relations):
            if relation.kind is not RelationKind.CUSTOMER:
                continue
            seller = case.parties[relation.of].party.name
            what = (
                "a listed government body"
                if listing is not None
                else "by its name a security or justice body of Xinjiang"
            )
            yield Finding(
                subject=relation.of,
                says=f"{placed.party.name}, {what}, is stated as customer of {seller}.",
                evidence=(
                    Evidence(
                        pointer=f"{placed.pointer}/relations/{n}",
                        submitted=relation.kind.value,
                        matched=listing.party.name if listing is not None else (name or ""),
                        says=f"the submission states {placed.party.name} as customer of {seller}",
                        citation=listing.designation.citation if listing is not None else CITES[0],
                    ),
                ),
                facts=(("level", "high"), ("fires", "yes")),
            )
            break
