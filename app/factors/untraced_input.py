"""A tier of the goods is silent: who made an input, or what it was made from, is not stated."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Basis, Case, Evidence, Finding, factor
from app.core.submission import SUPPLIER
from app.core.values import Citation

CITES = (
    Citation(
        title="CBP, UFLPA Operational Guidance for Importers (tracing from raw material to good)",
        url="https://www.cbp.gov/document/guidance/uflpa-operational-guidance-importers",
    ),
)
WORDS = {
    "no_inputs": "names no inputs",
    "unknown_maker": "names no maker",
    "no_origin": "names a maker without any place, and no origin",
    "silent_step": "names inputs, but not its usual material",
}


@factor(family="goods", base=10, cites=CITES)
def untraced_input(case: Case) -> Iterator[Finding]:
    """A tier of the goods is silent: who made an input, or what it was made from, is not stated.

    Exposure is then unknown, not zero. ``priority`` says whether the good or an input belongs to a priority sector.
    """
    for tree in case.chain.trees:
        silent = tree.untraced
        if not silent:
            continue
        share = next((x.row for x in silent if x.row is not None and x.row.share_percent), None)
        context = (
            f" Xinjiang's share of {share.product} was {share.share_percent:g} percent of {share.share_scope} ({share.share_year})."
            if share is not None and tree.china_linked != "no"
            else ""
        )
        yield Finding(
            subject=tree.root.maker or SUPPLIER,
            basis=Basis.INFERRED,
            says=f"{tree.root.placed.good.description}: {silent[0].placed.good.description} {WORDS[silent[0].why]}.{context}",
            evidence=tuple(
                Evidence(
                    pointer=link.pointer,
                    submitted=link.placed.good.description,
                    matched=link.why,
                    says=f"{link.placed.good.description} {WORDS[link.why]}",
                    citation=CITES[0],
                )
                for link in silent[:20]
            ),
            facts=(
                ("sector", tree.priority.sector if tree.priority is not None else ""),
                ("china_linked", tree.china_linked),
                ("priority", "yes" if tree.priority is not None else "no"),
                ("why", silent[0].why),
            ),
            weight=1.0 if tree.priority is not None else 0.3,
        )
