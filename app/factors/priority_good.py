"""The goods belong to a sector that enforcement of the forced-labour ban has put first."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.chain import priority_on
from app.core.factor import Basis, Case, Evidence, Finding, factor
from app.core.submission import SUPPLIER
from app.core.values import Citation

CITES = (
    Citation(
        title="UFLPA Strategy and its updates of 2024 and 2025, high-priority sectors",
        url="https://www.dhs.gov/uflpa-strategy",
    ),
)


@factor(family="goods", base=12, cites=CITES)
def priority_good(case: Case) -> Iterator[Finding]:
    """The goods belong to a sector that enforcement of the forced-labour ban has put first.

    A priority, not a bar: the law reaches any good. One finding per good that is bought, also when only an input of it belongs to
    such a sector. The mapping from tariff codes to sectors is a heuristic.
    """
    for tree in case.chain.trees:
        found = [link for link in tree.links if priority_on(case, link.row)]
        if not found or tree.priority is None:
            continue
        first = found[0].row
        assert first is not None
        traced = "no" if tree.untraced else "yes"
        yield Finding(
            subject=tree.root.maker or SUPPLIER,
            basis=Basis.INFERRED if found[0].inferred else Basis.OBSERVED,
            says=f"{tree.root.placed.good.description}: {first.sector} is a priority sector since {first.priority_since}; "
            f"that alone bars nothing. {'Every tier is named or traced.' if traced == 'yes' else 'Not every tier is traced.'}",
            evidence=tuple(
                Evidence(
                    pointer=link.shown,
                    submitted=link.placed.good.hs_code or link.placed.good.description,
                    matched=link.row.hs_code,
                    says=f"{link.row.product} ({link.row.hs_code}): {link.row.sector}, priority since {link.row.priority_since}",
                    citation=link.row.citation,
                )
                for link in found[:20]
                if link.row is not None
            ),
            facts=(
                ("sector", first.sector),
                ("since", str(first.priority_since)),
                ("china_linked", tree.china_linked),
                ("traced", traced),
            ),
        )
