"""A telephone line or a sales office of a party is in Xinjiang."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Finding
from app.core.places.readings import PHONES
from app.factors.xinjiang_site import counts_for_places

CITES = (PHONES,)


@factor(family="place", base=8, cites=CITES)
def xinjiang_contact(case: Case) -> Iterator[Finding]:
    """A telephone line or a sales office of a party is in Xinjiang.

    It says where somebody answers, not where goods are made; mobile numbers say nothing.
    """
    for ref, placed in case.parties.items():
        if not counts_for_places(case, ref):
            continue
        offices = [r for r in case.places.sites(ref) if r.use == "sales_office"]
        for reading in (*case.places.contacts(ref), *offices):
            if reading.strength is None:
                continue
            yield Finding(
                subject=ref,
                says=f"A contact of {placed.party.name} is in Xinjiang: {reading.evidence[0].says}.",
                evidence=reading.evidence[:5],
                facts=(("strength", str(reading.strength)), ("kind", reading.use)),
            )
