"""A good or one of its inputs is made in Xinjiang, or its origin is named as there."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.goods.chain import Link
from app.core.goods.steps import WHOLLY, Step, evidence_of_claim

CITES = (WHOLLY,)
WEIGHT = {"confirmed": 1.0, "probable": 0.8, "possible": 0.3}


@factor(family="goods", base=41, cites=CITES)
def xinjiang_input(case: Case) -> Iterator[Finding]:
    """A good or one of its inputs is made in Xinjiang, or its origin is named as there.

    From the maker's site; from the origin region or the description ("Aksu long-staple cotton"); or from what a text about the maker
    says of its material. Denials, policies and views do not count, and a place where goods are loaded or cleared is no origin. A
    registered place counts only where the maker names no other. Shares of production are context, never proof.
    """
    for step in case.steps:
        yield Finding(
            subject=step.maker,
            basis=Basis.OBSERVED if step.origin is not None else Basis.INFERRED,
            says=_says(case, step),
            evidence=_evidence(case, step),
            facts=(
                ("strength", str(step.strength)),
                ("tier", "good" if step.link.placed.depth == 0 else "input"),
                ("sector", step.link.row.sector if step.link.row is not None else ""),
                ("by", "text" if step.said else "origin" if step.origin is not None else "site"),
            ),
            weight=WEIGHT[str(step.strength)],
        )


def _evidence(case: Case, step: Step) -> tuple[Evidence, ...]:
    link, good = step.link, step.link.placed.good
    shown: list[Evidence] = list(step.origin.evidence) if step.origin is not None else []
    shown.extend(evidence_of_claim(claim) for claim in step.said[:8])
    if step.made is not None:
        maker = case.parties[step.maker].party.name
        shown.append(
            Evidence(
                pointer=f"{link.pointer}/{'made_by' if good.made_by else 'description'}",
                submitted=good.made_by or good.description,
                matched=good.made_by or good.description,
                says=f"{good.description} is made by {maker}",
                citation=CITES[0],
            )
        )
        shown.extend(step.made.evidence[:8])
    if link.row is not None and link.row.share_percent is not None:
        row = link.row
        shown.append(
            Evidence(
                pointer=link.shown,
                submitted=good.hs_code or good.description,
                matched=row.hs_code,
                says=f"context, not proof: Xinjiang's share of {row.product} was {row.share_percent:g} percent of {row.share_scope} ({row.share_year})",
                citation=row.citation,
            )
        )
    return tuple(shown)


def _says(case: Case, step: Step) -> str:
    link = step.link
    who = f" made by {case.parties[link.maker].party.name}" if link.maker is not None else ""
    return f"{link.placed.good.description}{who}: {step.where}.{_path(case, link)}"


def _path(case: Case, link: Link) -> str:
    """How the input goes into the good that is bought."""
    steps = [link]
    while steps[-1].placed.parent is not None:
        steps.append(case.chain.links[steps[-1].placed.parent])
    if len(steps) == 1:
        return ""
    return " It goes into " + ", then ".join(s.placed.good.description for s in steps[1:]) + "."
