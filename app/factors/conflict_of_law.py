"""Chinese law may punish those who ask about Xinjiang or act on the answer."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Basis, Case, Evidence, Finding, factor
from app.core.places import PlaceStrength
from app.core.values import Citation

CITES = (
    Citation(
        title="Anti-Foreign Sanctions Law of the PRC (10 June 2021), articles 3 and 12",
        url="http://www.npc.gov.cn/npc/c2/c30834/202106/t20210610_311888.html",
    ),
)


@factor(family="diligence", base=0, cites=CITES)
def conflict_of_law(case: Case) -> Iterator[Finding]:
    """Chinese law may punish those who ask about Xinjiang or act on the answer.

    Raised where a party in China is also listed or connected with the region, so that the next step would be a question or a refusal. A
    flag beside the rating; it never changes it (law.md 10). Talk to counsel in China first.
    """
    prompted = {h.subject for h in case.hits}
    for ref in case.parties:
        readings = (*case.places.sites(ref), *case.places.registration(ref))
        if any(r.strength in (PlaceStrength.CONFIRMED, PlaceStrength.PROBABLE) for r in readings):
            prompted.add(ref)
    prompted.update(m.subject for m in case.texts.mentions if m.counts and m.context == "yes" and m.level != "low")
    for ref, placed in case.parties.items():
        if ref not in prompted or placed.party.country != "CN":
            continue
        yield Finding(
            subject=ref,
            basis=Basis.INFERRED,
            says=f"{placed.party.name} is in China: asking it about Xinjiang, or refusing it because of the answer, may itself be punished there; talk to PRC counsel.",
            evidence=(
                Evidence(
                    pointer=f"{placed.pointer}/country",
                    submitted="CN",
                    matched="CN",
                    says="the party is in China, where counter-measures and supply-chain information rules apply",
                    citation=CITES[0],
                ),
            ),
            facts=(("flag", "conflict_of_law"),),
            weight=0.0,
        )
        return
