"""Chinese law may punish those who ask about Xinjiang or act on the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.submission import PlacedParty
from app.core.texts.context import lies_there
from app.core.values import Citation

CITES = (
    Citation(
        title="Anti-Foreign Sanctions Law of the PRC (10 June 2021), articles 3 and 12",
        url="http://www.npc.gov.cn/npc/c2/c30834/202106/t20210610_311888.html",
    ),
)
LAW = re.compile("sanctions|制裁", re.IGNORECASE)
INSTRUMENTS = ("CN_AFSL", "CN_ORDER_834_835")


@factor(family="diligence", base=0, cites=CITES)
def conflict_of_law(case: Case) -> Iterator[Finding]:
    """Chinese law may punish those who ask about Xinjiang or act on the answer.

    Raised where a party in China is also listed, connected with the region or named in its context, or cites that law itself, so that
    the next step would be a question or a refusal. A flag beside the rating; it never changes it (law.md 10). Talk to counsel in China first.
    """
    prompted = {h.subject for h in case.hits}
    prompted.update(ref for ref in case.parties if lies_there(case.places, ref))
    prompted.update(m.subject for m in case.texts.mentions if m.counts and m.context == "yes" and m.level != "low")
    prompted.update(step.maker for step in case.steps)
    prompted.update(m.subject for m in case.texts.mentions if m.signal.id == "GOV-05" and LAW.search(m.text))
    for ref, placed in case.parties.items():
        where = _in_china(placed)
        if ref not in prompted or where is None:
            continue
        law = [case.reference.instruments[i].citation for i in INSTRUMENTS if i in case.reference.instruments]
        yield Finding(
            subject=ref,
            basis=Basis.INFERRED,
            says=f"{placed.party.name} is in China: asking it about Xinjiang, or refusing it because of the answer, may itself be punished there; talk to PRC counsel.",
            evidence=tuple(
                Evidence(
                    pointer=where,
                    submitted="CN",
                    matched="CN",
                    says="the party is in China, where counter-measures and supply-chain information rules apply",
                    citation=citation,
                )
                for citation in (law or CITES)
            ),
            facts=(("flag", "conflict_of_law"),),
            weight=0.0,
        )
        return


def _in_china(placed: PlacedParty) -> str | None:
    """Pointer of the member that places the party in China."""
    if placed.party.country == "CN":
        return f"{placed.pointer}/country"
    sites = (f"{placed.pointer}/sites/{n}/country" for n, s in enumerate(placed.party.sites) if s.country == "CN")
    return next(sites, None)
