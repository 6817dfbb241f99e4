"""A site lies beside an internment facility or prison, as its address, a text or a dataset of the operator's own says."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.reference_rows import DetentionSite
from app.core.submission import PlacedParty
from app.core.texts.context import lies_there
from app.core.texts.phrases import same_length
from app.core.texts.signal_findings import evidence_of
from app.core.values import Citation

CITES = (
    Citation(
        title="Xinjiang Supply Chain Business Advisory (13 July 2021), factories beside internment facilities",
        url="https://www.state.gov/xinjiang-supply-chain-business-advisory/",
    ),
)
NEAR_KM = 1.0
"""How near a mapped facility coordinates must be (risk.md 7, signal DET-04)."""

EARTH_KM = 6371.0
SIGNAL = "DET-04"
ADDRESS = re.compile(
    r"职业技能教育培训中心|教培中心|教育转化|看守所|监狱|劳教所|戒毒所"
    r"|\b(?:vocational skills? education(?: and)? training cent(?:er|re)|vsetc|re-?education (?:camp|cent(?:er|re))|internment camp"
    r"|detention cent(?:er|re)|prison|jail)\b"
)
"""Facilities that an address may name as its neighbour or as the place itself."""


@factor(family="place", base=20, cites=CITES)
def near_detention_site(case: Case) -> Iterator[Finding]:
    """A site lies beside an internment facility or prison, as its address, a text or a dataset of the operator's own says.

    Three sources: an address in Xinjiang that names such a facility; a text that says a factory stands in or beside one; and
    coordinates within one kilometre of a facility in the operator's own dataset. No such dataset is shipped, because none with free
    terms was found; where none is loaded, coordinates say nothing.
    """
    said = case.texts.of(SIGNAL)
    for ref, placed in case.parties.items():
        evidence = [*_by_address(case, placed), *_by_distance(case, placed)]
        texts = tuple(m for m in said.get(ref, ()) if m.context != "no" or m.specific)
        evidence += [evidence_of(m) for m in texts[:10]]
        if evidence:
            yield Finding(
                subject=ref,
                basis=Basis.OBSERVED,
                says=f"{placed.party.name}: {evidence[0].says}.",
                evidence=tuple(evidence[:20]),
                facts=(("level", "high" if any(m.level == "high" for m in texts) else "med"),),
                weight=0.8,
            )


def _by_address(case: Case, placed: PlacedParty) -> Iterator[Evidence]:
    if not lies_there(case.places, placed.ref):
        return
    for n, site in enumerate(placed.party.sites):
        match = ADDRESS.search(same_length(site.address)) if site.address else None
        if match is not None and site.address is not None:
            words = site.address[match.start() : match.end()]
            yield Evidence(
                pointer=f"{placed.pointer}/sites/{n}/address",
                submitted=site.address,
                matched=words,
                says=f"the address in Xinjiang names “{words}”",
                citation=CITES[0],
            )


def _by_distance(case: Case, placed: PlacedParty) -> Iterator[Evidence]:
    for n, site in enumerate(placed.party.sites):
        if site.latitude is None or site.longitude is None:
            continue
        near = [(_km(site.latitude, site.longitude, d), d) for d in case.reference.detention_sites]
        for km, facility in sorted((x for x in near if x[0] <= NEAR_KM), key=lambda x: (x[0], x[1].name))[:3]:
            yield Evidence(
                pointer=f"{placed.pointer}/sites/{n}/latitude",
                submitted=f"{site.latitude}, {site.longitude}",
                matched=facility.name,
                says=f"the coordinates lie {km:.1f} km from {facility.name} ({facility.kind}; {facility.source})",
                citation=facility.citation,
            )


def _km(latitude: float, longitude: float, facility: DetentionSite) -> float:
    """Great-circle distance in kilometres."""
    a, b = math.radians(latitude), math.radians(facility.latitude)
    across = math.radians(facility.longitude - longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))
