"""Equipment that we supply to a body or place of the region: goods whose stage is technology, and who takes them (risk.md 8, R14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.core.bodies import SECURITY, named_as, of_the_region
from app.core.finding import Basis, Evidence, Finding
from app.core.submission import SUPPLIER, Activity, RelationKind

if TYPE_CHECKING:
    from app.core.case import Case

STAGE = "technology"


def equipment_findings(case: Case, sector: str) -> Iterator[Finding]:
    """One finding per counterparty in the region to which goods of a technology sector are supplied.

    The counterparty is the supplier of the submission (whom the caller deals with) or a stated customer. Facts ``level`` and ``fires``: a
    police, prison or justice body by its name is high, another party in the region is medium.
    """
    if Activity.SUPPLY_ITEMS not in case.submission.activities:
        return
    goods = [
        x for x in case.chain.links.values() if x.row is not None and (x.row.stage, x.row.sector) == (STAGE, sector)
    ]
    if not goods:
        return
    for ref, placed in case.parties.items():
        takes = ref == SUPPLIER or any(r.kind is RelationKind.CUSTOMER for r in placed.party.relations)
        body = named_as(case, ref, SECURITY) is not None
        if not takes or placed.party.kind == "person" or not of_the_region(case, ref):
            continue
        shown = goods[0].placed.good.description
        yield Finding(
            subject=ref,
            basis=Basis.OBSERVED,
            says=f"{shown} is to be supplied to {placed.party.name}, "
            f"{'a security or justice body' if body else 'a party'} in Xinjiang.",
            evidence=tuple(
                Evidence(
                    pointer=link.shown,
                    submitted=link.placed.good.hs_code or link.placed.good.description,
                    matched=link.row.hs_code,
                    says=f"{link.row.product} ({link.row.hs_code}): {link.row.note or 'equipment named by the advisory'}",
                    citation=link.row.citation,
                )
                for link in goods[:10]
                if link.row is not None
            ),
            facts=(("level", "high" if body else "med"), ("context", "yes"), ("fires", "yes" if body else "no")),
            weight=1.0 if body else 0.4,
        )
