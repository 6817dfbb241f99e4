"""Facts about a place contradict each other, and the more exact one won."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Basis, Case, Finding, factor
from app.core.places import DIVISIONS

CITES = (DIVISIONS,)


@factor(family="place", base=2, cites=CITES)
def place_conflict(case: Case) -> Iterator[Finding]:
    """Facts about a place contradict each other, and the more exact one won.

    Where the facts outside Xinjiang win, the finding has no points: it explains why a name that looks like Xinjiang is not (a county of
    Shanxi, a street, a namesake).
    """
    for ref, placed in case.parties.items():
        for reading in (*case.places.sites(ref), *case.places.names(ref)):
            if not reading.won:
                continue
            yield Finding(
                subject=ref,
                basis=Basis.INFERRED,
                says=f"{placed.party.name}: {reading.lost}, but {reading.won}, which is the more exact fact.",
                evidence=(reading.against + reading.evidence)[:10],
                facts=(("won", reading.won), ("lost", reading.lost)),
                weight=0.0 if reading.strength is None else 0.5,
            )
