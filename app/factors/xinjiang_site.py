"""A site where things are made, stored or done lies in the Xinjiang Uyghur Autonomous Region."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Basis, Case, Finding, factor
from app.core.places import PlaceReading
from app.core.values import Citation

CITES = (
    Citation(
        title="Public Law 117-78, section 3(a)", url="https://www.congress.gov/117/plaws/publ78/PLAW-117publ78.pdf"
    ),
)
WORKING = ("production", "warehouse", "unknown")


def makes_goods(case: Case, ref: str) -> str:
    """Whether the party makes goods or inputs of this purchase, as far as the submission says."""
    return "yes" if ref in case.roles.makers or ref in case.roles.upstream else "no"


def place_facts(case: Case, ref: str, reading: PlaceReading) -> tuple[tuple[str, str], ...]:
    """What rules may ask about a place."""
    return (
        ("strength", str(reading.strength)),
        ("use", reading.use),
        ("makes_goods", makes_goods(case, ref) if reading.use != "warehouse" else "no"),
        ("xpcc", "yes" if reading.xpcc else "no"),
        ("elsewhere", "yes" if case.places.elsewhere(ref) else "no"),
    )


@factor(family="place", base=40, cites=CITES)
def xinjiang_site(case: Case) -> Iterator[Finding]:
    """A site where things are made, stored or done lies in the Xinjiang Uyghur Autonomous Region.

    Production, warehouse and unknown uses; a registered office is ``xinjiang_registration``. Confirmed: two independent kinds of
    fact agree (name, postcode, coordinates, code, phone); probable: one strong fact; possible: one weak fact.
    """
    for ref, placed in case.parties.items():
        for reading in case.places.sites(ref):
            if reading.strength is None or reading.use not in WORKING:
                continue
            corps = " It is XPCC territory: who owns the company is open." if reading.xpcc else ""
            yield Finding(
                subject=ref,
                basis=Basis.OBSERVED,
                says=f"A site of {placed.party.name} lies in Xinjiang ({reading.strength}): {reading.evidence[0].says}.{corps}",
                evidence=reading.evidence[:10] + reading.against[:5],
                facts=place_facts(case, ref, reading),
                weight={"confirmed": 1.0, "probable": 0.8}.get(str(reading.strength), 0.3),
            )
