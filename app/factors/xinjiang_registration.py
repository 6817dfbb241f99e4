"""A party is registered in Xinjiang: its registration code or its registered office says so."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Case, Finding, factor
from app.core.values import Citation
from app.factors.xinjiang_site import place_facts

CITES = (
    Citation(
        title="GB 32100-2015, characters 3 to 8: the registry's division code", url="https://openstd.samr.gov.cn/"
    ),
)


@factor(family="place", base=20, cites=CITES)
def xinjiang_registration(case: Case) -> Iterator[Finding]:
    """A party is registered in Xinjiang: its registration code or its registered office says so.

    A strong fact about registration and a weak one about where goods are made: the code is for life. ``makes_goods`` is yes only
    where no other site is named, so that the registered place is the only one known (risk.md 8).
    """
    for ref, placed in case.parties.items():
        office = [r for r in case.places.sites(ref) if r.use == "registered_office"]
        others = [r for r in case.places.sites(ref) if r.use in ("production", "unknown")]
        for reading in (*office, *case.places.registration(ref)):
            if reading.strength is None:
                continue
            facts = dict(place_facts(case, ref, reading))
            facts["makes_goods"] = facts["makes_goods"] if not others else "no"
            facts["kind"] = "code" if reading.use == "code" else "registered_office"
            yield Finding(
                subject=ref,
                says=f"{placed.party.name} is registered in Xinjiang: {reading.evidence[0].says}.",
                evidence=reading.evidence[:10] + reading.against[:5],
                facts=tuple(facts.items()),
            )
