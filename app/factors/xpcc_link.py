"""A name, a place or a text connects a party with the Xinjiang Production and Construction Corps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.factor import Basis, Case, Evidence, Finding, factor
from app.core.places import PlaceStrength
from app.core.signal_findings import evidence_of
from app.core.text_context import REGION, texts
from app.core.values import Citation
from app.core.xpcc import standing

CITES = (
    Citation(
        title="Treasury press release sm1073 (XPCC and its divisions)",
        url="https://home.treasury.gov/news/press-releases/sm1073",
    ),
)
REGIMENT = re.compile(
    r"(?<![0-9一二三四五六七八九十百〇零])([0-9]{2,3}|[一二三四五六七八九十百〇零]{2,4})团(?![队体结购伙长员圆聚])"
    r"|\bregiments?\b(?: farms?)?(?: no\.?)? [0-9]{1,3}",
    re.IGNORECASE,
)
"""Regiments of the Corps: 一〇二团, 149团, regiment farms 102."""


@factor(family="state", base=15, cites=CITES)
def xpcc_link(case: Case) -> Iterator[Finding]:
    """A name, a place or a text connects a party with the Xinjiang Production and Construction Corps.

    The Corps is blocked by the US and on the UFLPA list; a link asks who owns the company and assumes nothing. Names of divisions,
    territory of its cities, and regiments in texts that also name the region.
    """
    for ref in case.parties:
        evidence = (*_by_name(case, ref), *_by_place(case, ref), *_by_text(case, ref))
        if evidence:
            kinds = [
                k
                for k, found in (("name", _by_name), ("place", _by_place), ("text", _by_text))
                if any(found(case, ref))
            ]
            yield Finding(
                subject=ref,
                basis=Basis.OBSERVED,
                says=f"{case.parties[ref].party.name}: {evidence[0].says}; who owns the company would settle what follows.",
                evidence=evidence[:20],
                facts=(("kind", kinds[0]), ("kinds", ",".join(kinds))),
            )


def _by_name(case: Case, ref: str) -> tuple[Evidence, ...]:
    placed = case.parties[ref]
    if placed.party.kind == "person":
        return ()
    return tuple(
        Evidence(
            pointer=f"{placed.pointer}/name" if n == 0 else f"{placed.pointer}/other_names/{n - 1}",
            submitted=name,
            matched=name,
            says="the name is that of the Corps or of a body named after it",
            citation=CITES[0],
        )
        for n, name in enumerate(placed.party.names[:50])
        if standing(name) is not None
    )


def _by_place(case: Case, ref: str) -> tuple[Evidence, ...]:
    readings = (*case.places.sites(ref), *case.places.registration(ref))
    firm = (PlaceStrength.CONFIRMED, PlaceStrength.PROBABLE)
    return tuple(r.evidence[0] for r in readings if r.xpcc and r.strength in firm)


def _by_text(case: Case, ref: str) -> tuple[Evidence, ...]:
    mentions = case.texts.of("XPC-01", "XPC-02").get(ref, ())
    found = [evidence_of(m) for m in mentions if m.context == "yes" and m.level == "high"]
    region = any(r.strength for r in (*case.places.sites(ref), *case.places.registration(ref)))
    for subject, pointer, text in texts(case.submission):
        if subject != ref or not (region or CONTEXT.search(text.lower())):
            continue
        for match in list(REGIMENT.finditer(text[:300_000]))[:10]:
            found.append(
                Evidence(
                    pointer=pointer,
                    submitted=text[max(0, match.start() - 40) : match.end() + 40],
                    matched=match.group(),
                    says=f"the text names the regiment {match.group()}",
                    citation=CITES[0],
                )
            )
    return tuple(found)
