"""A text says that a public-security body owns or runs a party."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Evidence, Finding
from app.core.ownership.roles import OWNING
from app.core.submission import RelationKind
from app.core.texts.denial import WINDOW, stand
from app.core.texts.phrases import LOOKED_AT
from app.core.values import Citation

CITES = (
    Citation(
        title="Xinjiang Supply Chain Business Advisory (13 July 2021), exposures and indicators",
        url="https://www.state.gov/xinjiang-supply-chain-business-advisory/",
    ),
)
_BODY = r"(?:公安(?:厅|局|部门)|监狱管理局|国家安全厅|司法厅)"
_BODY_EN = r"(?:public security (?:bureau|department)|prison administration|bureau of prisons|state security (?:bureau|department))"
SAYS = re.compile(
    rf"{_BODY}[^，。；,;\n]{{0,10}}(?:直属|下属|所属|主管(?!部门|单位|领导)|控股|全资|举办|独资)"
    rf"|(?:隶属于?|控股股东(?:为|是)?|实际控制人(?:为|是)?|股东(?:为|是)|出资人(?:为|是)?)[^，。；,;\n]{{0,12}}{_BODY}"
    rf"|(?:owned|controlled|run|established|held) by (?:the )?[\w ,]{{0,40}}{_BODY_EN}"
    rf"|{_BODY_EN}[\w ,]{{0,30}} (?:owns|controls|runs|is the (?:sole |majority |controlling )?(?:owner|shareholder))\b",
    re.IGNORECASE,
)
_WORTH = ("公安", "监狱", "国家安全", "司法厅", "public security", "prison", "state security")
"""A text without any of these names no such body."""

NAMED = re.compile(rf"{_BODY}|监狱|看守所|\b{_BODY_EN}\b|\bprison\b", re.IGNORECASE)
CONTROL = OWNING | {RelationKind.CONTROLLER}
SHOWN = 10


@factor(family="state", base=25, cites=CITES)
def security_body_control(case: Case) -> Iterator[Finding]:
    """A public-security, prison or justice body is said to own or run a party.

    From a text, or from a stated owner or controller with the name of such a body. A statement about control, to be confirmed in a
    register; it spreads no listing by itself.
    """
    found: dict[str, list[Evidence]] = {}
    for said in case.said:
        subject, pointer, text = said.subject, said.pointer, said.text
        lower = text.lower()
        if not any(word in lower for word in _WORTH):
            continue
        for match in islice(SAYS.finditer(text[:LOOKED_AT]), SHOWN):
            before = text[max(0, match.start() - WINDOW) : match.start()].lower()
            stands = stand(before, text[match.end() : match.end() + WINDOW].lower())
            if not stands.denied and not stands.quoted:
                found.setdefault(subject, []).append(
                    Evidence(
                        pointer=pointer,
                        submitted=text[max(0, match.start() - 40) : match.end() + 40],
                        matched=match.group(),
                        says=f"the text says so at character {match.start()}",
                        citation=CITES[0],
                    )
                )
    for placed in case.parties.values():
        name = next((n for n in placed.party.names[:50] if NAMED.search(n)), None)
        if name is None or placed.party.kind == "person":
            continue
        for n, relation in enumerate(placed.party.relations):
            if relation.kind in CONTROL:
                found.setdefault(relation.of, []).append(
                    Evidence(
                        pointer=f"{placed.pointer}/relations/{n}",
                        submitted=name,
                        matched=relation.kind.value,
                        says=f"the submission states {name} as {relation.kind.value.replace('_', ' ')}",
                        citation=CITES[0],
                    )
                )
    for subject, evidence in found.items():
        yield Finding(
            subject=subject,
            says=f"{case.parties[subject].party.name}: {evidence[0].says} (“{evidence[0].matched}”).",
            evidence=tuple(evidence[:SHOWN]),
            facts=(("level", "med"),),
        )
