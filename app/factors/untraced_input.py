"""A tier of the goods is silent: who made an input, or what it was made from, is not stated."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.goods.chain import Link, Tree, material_sector
from app.core.reference_rows import ReferenceGood
from app.core.submission import SUPPLIER
from app.core.values import Citation

CITES = (
    Citation(
        title="CBP, UFLPA Operational Guidance for Importers (tracing from raw material to good)",
        url="https://www.cbp.gov/document/guidance/uflpa-operational-guidance-importers",
    ),
)
WORDS = {
    "no_inputs": "what it is made from is not stated",
    "unknown_maker": "who made it is not stated",
    "no_origin": "neither its origin nor its maker's place of work is stated",
    "silent_step": "its usual material is not among the inputs named",
}


@factor(family="goods", base=10, cites=CITES)
def untraced_input(case: Case) -> Iterator[Finding]:
    """A tier of the goods is silent: who made an input, or what it was made from, is not stated.

    Exposure is then unknown, not zero. The usual chain back to the raw material is shown step by step; ``priority`` says whether the good
    or an input belongs to a priority sector. In China a country is no answer, because the region is what is asked.
    """
    for tree in case.chain.trees:
        silent = tree.untraced
        if not silent:
            continue
        first = silent[0]
        yield Finding(
            subject=tree.root.maker or SUPPLIER,
            basis=Basis.INFERRED,
            says=_says(case, tree, first),
            evidence=tuple(
                Evidence(
                    pointer=link.pointer,
                    submitted=link.placed.good.description,
                    matched=link.why,
                    says=f"{link.placed.good.description}: {WORDS[link.why]}",
                    citation=CITES[0],
                )
                for link in silent[:20]
            ),
            facts=(
                ("sector", tree.priority.sector if tree.priority is not None else ""),
                ("china_linked", tree.china_linked),
                ("priority", "yes" if tree.priority is not None else "no"),
                ("why", first.why),
                ("material", material_sector(case, first)),
            ),
            weight=1.0 if tree.priority is not None else 0.3,
        )


def _says(case: Case, tree: Tree, first: Link) -> str:
    said = f"{first.placed.good.description}: {WORDS[first.why]}."
    if first is not tree.root:
        said = f"{tree.root.placed.good.description}: of its input {first.placed.good.description}, {WORDS[first.why]}."
    walk = (
        case.reference.tariff.walk(first.row)
        if first.row is not None and first.why in ("no_inputs", "silent_step")
        else ()
    )
    if walk:
        said += f" It usually goes back to {', '.join(_short(row) for row in walk)}."
    rows = [row for row in (first.row, *walk) if row is not None and row.share_percent]
    if rows and tree.china_linked != "no":
        row = rows[-1]
        said += (
            f" Xinjiang's share of {_short(row)} was {row.share_percent:g} percent of {row.share_scope} ({row.share_year}): "
            "context, not proof."
        )
    return said


def _short(row: ReferenceGood) -> str:
    return f"{row.product.split(',')[0]} ({row.hs_code})"
