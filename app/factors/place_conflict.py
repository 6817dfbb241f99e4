"""Facts about a place contradict each other, and the more exact one won."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.places.namesake import county_signs
from app.core.places.readings import DIVISIONS, WORKING, PlaceReading
from app.core.texts.context import lies_there

CITES = (DIVISIONS,)


@factor(family="place", base=2, cites=CITES)
def place_conflict(case: Case) -> Iterator[Finding]:
    """Facts about a place contradict each other, and the more exact one won.

    Where the facts outside Xinjiang win, the finding has no points: it explains why a name that looks like Xinjiang is not (a county of
    Shanxi, a street, a namesake). A company registered in Xinjiang whose stated sites lie elsewhere is shown too: its code is for life.
    """
    for ref, placed in case.parties.items():
        for reading in (*case.places.sites(ref), *case.places.names(ref)):
            if not reading.won:
                continue
            yield _finding(
                ref,
                f"{placed.party.name}: {reading.lost}, but {reading.won}, which weighs more.",
                (reading.against + reading.evidence)[:10],
                (("won", reading.won), ("lost", reading.lost)),
                inside=reading.strength is not None,
            )
        yield from _registered_elsewhere(case, ref)
        yield from _of_the_county(case, ref)


def _of_the_county(case: Case, ref: str) -> Iterator[Finding]:
    """The region's name in the words of a company of Xinjiang County, Shanxi, explained away."""
    signs = county_signs(case.parties[ref])
    if not signs or lies_there(case.places, ref):
        return
    told = ", ".join(dict.fromkeys(e.says.removesuffix(" is that of Xinjiang County in Shanxi") for e in signs))
    yield _finding(
        ref,
        f"{case.parties[ref].party.name}: “Xinjiang” is Xinjiang County (新绛县) in Yuncheng, Shanxi, and not the region ({told}).",
        signs,
        (("won", "Xinjiang County, Shanxi"), ("lost", "Xinjiang"), ("kind", "namesake")),
        inside=False,
    )


def _registered_elsewhere(case: Case, ref: str) -> Iterator[Finding]:
    registered = next((r for r in case.places.registration(ref) if r.strength is not None), None)
    sites = [r for r in case.places.sites(ref) if r.use in (*WORKING, "registered_office") and r.located]
    if registered is None or not sites or any(r.strength is not None for r in sites):
        return
    stated = next((r for r in sites if r.against), None)
    if stated is None:
        return
    code, place = registered.evidence[0], stated.against[0]
    yield _finding(
        ref,
        f"{case.parties[ref].party.name}: {code.says}, while of its stated site {place.says}; a firm that moves keeps its code.",
        (code, place),
        (("won", _says(stated)), ("lost", code.says), ("kind", "registration")),
        inside=True,
    )


def _says(reading: PlaceReading) -> str:
    return reading.against[0].says


def _finding(
    ref: str, says: str, evidence: tuple[Evidence, ...], facts: tuple[tuple[str, str], ...], *, inside: bool
) -> Finding:
    return Finding(
        subject=ref,
        basis=Basis.INFERRED,
        says=says,
        evidence=evidence,
        facts=facts,
        weight=0.5 if inside else 0.0,
    )
