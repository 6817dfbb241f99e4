"""A party is registered in Xinjiang: its registration code or its registered office says so."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Finding
from app.core.places.readings import WORKING, PlaceReading
from app.core.submission import SUPPLIER
from app.core.values import Citation
from app.factors.xinjiang_site import counts_for_places, place_facts

CITES = (
    Citation(
        title="GB 32100-2015, characters 3 to 8: the registry's division code", url="https://openstd.samr.gov.cn/"
    ),
)


@factor(family="place", base=20, cites=CITES)
def xinjiang_registration(case: Case) -> Iterator[Finding]:
    """A party is registered in Xinjiang: its registration code or its registered office says so.

    Unified social credit codes with both check digits, registration numbers of 15 and 13 digits, taxpayer numbers and customs numbers,
    dead division codes included. A strong fact about registration and a weak one about where goods are made: the code is for life.
    ``makes_goods`` is yes only where no other site is named, so that the registered place is the only one known (risk.md 8), and the
    goods are not stated to come from another country.
    """
    for ref, placed in case.parties.items():
        if not counts_for_places(case, ref):
            continue
        office = [r for r in case.places.sites(ref) if r.use == "registered_office"]
        others = [r for r in case.places.sites(ref) if r.use in WORKING and r.located]
        for reading in (*office, *case.places.registration(ref)):
            if reading.strength is None:
                continue
            facts = dict(place_facts(case, ref, reading))
            if others or _all_from_abroad(case, ref):
                facts["makes_goods"] = "no"
            facts["kind"] = "code" if reading.use == "code" else "registered_office"
            yield Finding(
                subject=ref,
                says=f"{placed.party.name} is registered in Xinjiang: {reading.evidence[0].says}. {_meaning(facts, others)}",
                evidence=reading.evidence[:10] + reading.against[:5],
                facts=tuple(facts.items()),
            )


def _all_from_abroad(case: Case, ref: str) -> bool:
    """Whether every good that the party makes is stated to come from another country than China."""
    origins = [
        g.good.origin_country for g in case.goods if (g.good.made_by or (SUPPLIER if g.depth == 0 else "")) == ref
    ]
    return bool(origins) and all(o not in (None, "CN") for o in origins)


def _meaning(facts: dict[str, str], others: list[PlaceReading]) -> str:
    if facts["makes_goods"] == "yes":
        return "No other place of work is named, so the registered place is taken as the place of production."
    if any(r.strength is not None for r in others):
        return "It also works there."
    if others and facts["kind"] == "registered_office":
        return "Its place of work is stated elsewhere: this says where it is registered."
    if others:
        return "Its place of work is stated elsewhere, and a code is for life: this says where it was first registered."
    return "It says where the party is registered, not where goods are made."
