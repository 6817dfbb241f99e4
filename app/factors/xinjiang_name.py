"""The name of an organisation contains the name of a place in Xinjiang."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Finding
from app.core.places.readings import DIVISIONS

CITES = (DIVISIONS,)


@factor(family="place", base=5, cites=CITES)
def xinjiang_name(case: Case) -> Iterator[Finding]:
    """The name of an organisation contains the name of a place in Xinjiang.

    A hint where to look. Names of people are never read for places.
    """
    for ref, placed in case.parties.items():
        found = [r for r in case.places.names(ref) if r.strength is not None]
        if found:
            yield Finding(
                subject=ref,
                says=f"The name {placed.party.name}: {found[0].evidence[0].says}.",
                evidence=tuple(r.evidence[0] for r in found[:5]),
                facts=(("strength", str(found[0].strength)),),
            )
