"""The goods belong to a sector that enforcement of the forced-labour ban has put first."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.goods.chain import Link, priority_on
from app.core.goods.tariff import is_other_fibre
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
            sector = case.reference.tariff.chapter(tree.root.code)
            since = case.reference.tariff.priority_since(sector)
            other = is_other_fibre(tree.root.placed.good.description)
            if (
                tree.root.row is None
                and not other
                and since is not None
                and since <= case.as_of
                and tree.china_linked != "no"
            ):
                yield _note(tree.root, sector)
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
                    says=f"{link.row.product} ({link.row.hs_code}): {link.row.sector}, priority since {link.row.priority_since}; "
                    f"{_state(link)}",
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


def _state(link: Link) -> str:
    """How far the tier is traced."""
    if link.covered:
        return "covered by tracing evidence"
    return "not traced" if link.why else "maker and place stated"


def _note(link: Link, sector: str) -> Finding:
    """A chapter whose goods mostly belong to a sector: a note with almost no points, and no ground for anything."""
    good = link.placed.good
    return Finding(
        subject=link.maker or SUPPLIER,
        basis=Basis.INFERRED,
        says=f"{good.description}: goods of this chapter often belong to the {sector} sector; the code itself is in no table.",
        evidence=(
            Evidence(
                pointer=link.shown,
                submitted=good.hs_code or good.description,
                matched=(good.hs_code or "")[:2],
                says=f"the chapter of the tariff code is one of {sector}",
                citation=CITES[0],
            ),
        ),
        facts=(("sector", sector), ("china_linked", "unknown"), ("traced", "note")),
        weight=0.05,
    )
