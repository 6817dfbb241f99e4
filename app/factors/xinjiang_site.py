"""A site where things are made, stored or done lies in the Xinjiang Uyghur Autonomous Region."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.places.readings import PlaceReading
from app.core.submission import SUPPLIER, Activity, RelationKind
from app.core.texts.site_said import SiteClaim
from app.core.values import Citation

CITES = (
    Citation(
        title="Public Law 117-78, section 3(a)", url="https://www.congress.gov/117/plaws/publ78/PLAW-117publ78.pdf"
    ),
)
WORKING = ("production", "warehouse", "unknown")
MAKING = frozenset({RelationKind.UPSTREAM_SUPPLIER, RelationKind.SUBCONTRACTOR})
"""Relations of those who make something for the goods; who only provides workers makes nothing himself."""


def makes_goods(case: Case, ref: str, use: str = "unknown") -> bool:
    """Whether the party makes goods or inputs of this purchase, as far as the submission says.

    Where goods are bought and none is named, a production site of the supplier is where they are made.
    """
    if ref in case.roles.makers or any(r.kind in MAKING for r in case.parties[ref].party.relations):
        return True
    unnamed = not case.submission.goods and Activity.BUY_GOODS in case.submission.activities
    return unnamed and ref == SUPPLIER and use == "production"


def counts_for_places(case: Case, ref: str) -> bool:
    """Whether a party's places are read: where a person lives says nothing, unless that person makes the goods."""
    return case.parties[ref].party.kind != "person" or makes_goods(case, ref)


def place_facts(case: Case, ref: str, reading: PlaceReading) -> tuple[tuple[str, str], ...]:
    """What rules may ask about a place."""
    making = reading.use != "warehouse" and makes_goods(case, ref, reading.use)
    return (
        ("strength", str(reading.strength)),
        ("use", reading.use),
        ("makes_goods", "yes" if making else "no"),
        ("xpcc", "yes" if reading.xpcc else "no"),
        ("elsewhere", "yes" if case.places.elsewhere(ref) else "no"),
    )


@factor(family="place", base=40, cites=CITES)
def xinjiang_site(case: Case) -> Iterator[Finding]:
    """A site where things are made, stored or done lies in the Xinjiang Uyghur Autonomous Region.

    Production, warehouse and unknown uses; a registered office is ``xinjiang_registration``, a sales office ``xinjiang_contact``.
    Confirmed: two independent kinds of fact agree (name, postcode, coordinates, code, phone); probable: one strong fact; possible:
    one weak fact. Streets, buildings, varieties and namesakes are not places of the region, and a contradiction is shown with the
    fact that won. A factory that a text says the company has there is one weak fact too: possible, and a question.
    """
    for ref, placed in case.parties.items():
        if not counts_for_places(case, ref):
            continue
        for reading in case.places.sites(ref):
            if reading.strength is None or reading.use not in WORKING:
                continue
            corps = " It is XPCC territory: who owns the company is open." if reading.xpcc else ""
            doubt = f" Against it: {reading.against[0].says}." if reading.against else ""
            seen = "; ".join(dict.fromkeys(e.says for e in reading.evidence[:3]))
            yield Finding(
                subject=ref,
                basis=Basis.OBSERVED,
                says=f"A site of {placed.party.name} lies in Xinjiang ({reading.strength}): {seen}.{doubt}{corps}",
                evidence=reading.evidence[:10] + reading.against[:5],
                facts=place_facts(case, ref, reading),
                weight={"confirmed": 1.0, "probable": 0.8}.get(str(reading.strength), 0.3),
            )
    yield from _said(case)


def _says(name: str, claim: SiteClaim) -> str:
    if claim.pointer.startswith("/evidence/"):
        return f"Evidence offered for goods of {name} names {claim.snippet}, in Xinjiang, as its place: what is made there is not stated."
    return f"A text about {name} says that it works in Xinjiang: “{claim.snippet}”."


def _said(case: Case) -> Iterator[Finding]:
    """Places of work in texts, where no site of the party already says as much."""
    for ref in dict.fromkeys(claim.subject for claim in case.site_claims):
        if any(r.strength is not None and r.use in WORKING for r in case.places.sites(ref)):
            continue
        claims = [claim for claim in case.site_claims if claim.subject == ref]
        yield Finding(
            subject=ref,
            basis=Basis.INFERRED,
            says=_says(case.parties[ref].party.name, claims[0]),
            evidence=tuple(
                Evidence(
                    pointer=claim.pointer,
                    submitted=claim.snippet,
                    matched=claim.matched,
                    says=f"the text names {claim.place} as a place of work at character {claim.offset}",
                    citation=CITES[0],
                )
                for claim in claims[:10]
            ),
            facts=(
                ("strength", "possible"),
                ("use", "unknown"),
                ("makes_goods", "yes" if makes_goods(case, ref) else "no"),
                ("xpcc", "no"),
                ("elsewhere", "yes" if case.places.elsewhere(ref) else "no"),
            ),
            weight=0.3,
        )
