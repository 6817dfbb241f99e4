"""A name, a place or a text connects a party with the Xinjiang Production and Construction Corps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from app.core.bodies import of_the_region
from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.places.readings import PlaceStrength
from app.core.texts.context import context_words, country_of, lies_there
from app.core.texts.denial import WINDOW, stand
from app.core.texts.phrases import LOOKED_AT, same_length
from app.core.texts.signal_findings import evidence_of
from app.core.values import Citation
from app.core.xpcc import standing

CITES = (
    Citation(
        title="Treasury press release sm1073 (XPCC and its divisions)",
        url="https://home.treasury.gov/news/press-releases/sm1073",
    ),
)
_BEFORE = r"(?<![0-9一二三四五六七八九十百〇零两几第])"
REGIMENT = re.compile(
    _BEFORE + r"([0-9]{2,3}|[一二三四五六七八九十百〇零]{2,4})团(?![队体结购伙长员圆聚建次费委支票餐扇])"
    r"|\bregiments?\b(?: farms?)?(?: nos?\.?)? [0-9]{1,3}\b|\b[0-9]{1,3}(?:st|nd|rd|th) regiment\b",
    re.IGNORECASE,
)
"""Regiments of the Corps: 一〇二团, 149团, regiment farms 102, the 121st Regiment."""

_DIVISION_NAME = re.compile(
    r"[一二三四五六七八九十]{1,2}师(?=(?:石河子|阿拉尔|铁门关|图木舒克|双河|五家渠|可克达拉|胡杨河|北屯|白杨|新星|昆玉)市)|(?:石河子|阿拉尔|铁门关|五家渠|胡杨河)市?第?[一二三四五六七八九十]{1,2}师(?![范傅父资])|"
    r"生产建设兵团|新疆兵团|(?<![\u4e00-\u9fff])兵团|农[一二三四五六七八九十]{1,2}师|第[一二三四五六七八九十]{1,2}师(?![范傅父资])"
)
_OTHER_CORPS = re.compile(r"(黑龙江|内蒙古?|广州|云南|兰州|安徽|江苏|浙江|福建|山东|湖北|江西)(军区)?生产建设兵团")
"""Corps of the same kind that other provinces had until the 1970s."""


@factor(family="state", base=15, cites=CITES)
def xpcc_link(case: Case) -> Iterator[Finding]:
    """A name, a place or a text connects a party with the Xinjiang Production and Construction Corps.

    The Corps is blocked by the US and on the UFLPA list; a link asks who owns the company and assumes nothing. Names of divisions,
    territory of its cities, regiments in names and texts that also name the region, and traded companies that the reference names as a
    division's.
    """
    said, companies = _by_text(case), case.corps_companies
    for ref in case.parties:
        traded = companies.get(ref)
        kinds = {
            "company": () if traded is None else (traded[1],),
            "name": _by_name(case, ref),
            "place": _by_place(case, ref),
            "text": tuple(said.get(ref, ())),
        }
        found = [kind for kind, evidence in kinds.items() if evidence]
        if not found:
            continue
        evidence = tuple(e for kind in found for e in kinds[kind][:10])
        yield Finding(
            subject=ref,
            basis=Basis.OBSERVED,
            says=f"{case.parties[ref].party.name}: {evidence[0].says}; who owns the company would settle what follows.",
            evidence=evidence[:20],
            facts=(("kind", found[0]), ("kinds", ",".join(found))),
        )


def _by_name(case: Case, ref: str) -> tuple[Evidence, ...]:
    placed = case.parties[ref]
    if placed.party.kind == "person":
        return ()
    corps = {n for n, name in enumerate(placed.party.names[:50]) if _gazetteer_has(case, ref, name)}
    region = of_the_region(case, ref)
    return tuple(
        Evidence(
            pointer=f"{placed.pointer}/name" if n == 0 else f"{placed.pointer}/other_names/{n - 1}",
            submitted=name,
            matched=name,
            says="the name is that of the Corps or of a body named after it",
            citation=CITES[0],
        )
        for n, name in enumerate(placed.party.names[:50])
        if standing(name) is not None or n in corps or (region and _named_after(name))
    )


def _gazetteer_has(case: Case, ref: str, name: str) -> bool:
    """Whether the gazetteer knows a name in it as the Corps or one of its divisions (8th Agricultural Division)."""
    return any(
        r.strength is not None and r.evidence[0].submitted == name and r.places[0].startswith("XPCC")
        for r in case.places.names(ref)
    )


def _named_after(name: str) -> bool:
    """Whether an organisation's name carries the Corps, a division or a regiment; counts only with the region beside it."""
    folded = same_length(name)
    if _OTHER_CORPS.search(folded) or re.search("公安|监狱", folded):
        return False
    return _DIVISION_NAME.search(folded) is not None or REGIMENT.search(folded) is not None


def _by_place(case: Case, ref: str) -> tuple[Evidence, ...]:
    readings = (*case.places.sites(ref), *case.places.registration(ref))
    firm = (PlaceStrength.CONFIRMED, PlaceStrength.PROBABLE)
    return tuple(r.corps for r in readings if r.corps is not None and r.strength in firm)


def _by_text(case: Case) -> dict[str, list[Evidence]]:
    """The Corps, its divisions and regiments in texts, by subject."""
    found: dict[str, list[Evidence]] = {}
    there: dict[str, bool] = {}
    for ref, mentions in case.texts.of("XPC-01", "XPC-02").items():
        for m in mentions:
            if m.level == "high" or (m.context == "half" and not m.unchecked and lies_there(case.places, ref)):
                found.setdefault(ref, []).append(evidence_of(m))
    for said in case.said:
        ref, pointer, text = said.subject, said.pointer, said.text
        if "团" not in text and "regiment" not in text.lower():
            continue
        matches = list(islice(REGIMENT.finditer(text[:LOOKED_AT]), 10))
        if not matches:
            continue
        if ref not in there:
            there[ref] = lies_there(case.places, ref)
        folded = same_length(text[:LOOKED_AT])
        if not there[ref] and not context_words(folded, case.reference, country_of(case.parties[ref].party)):
            continue
        for match in matches:
            before = text[max(0, match.start() - WINDOW) : match.start()].lower()
            if stand(before, text[match.end() : match.end() + WINDOW].lower()).denied:
                continue
            found.setdefault(ref, []).append(
                Evidence(
                    pointer=pointer,
                    submitted=text[max(0, match.start() - 40) : match.end() + 40],
                    matched=match.group(),
                    says=f"the text names the regiment {match.group()}",
                    citation=CITES[0],
                )
            )
    return found
