"""A fact without which no rating can be chosen is missing."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Basis, Evidence, Finding
from app.core.submission import SUPPLIER, Activity
from app.core.values import Citation

CITES = (
    Citation(
        title="CBP, UFLPA Operational Guidance for Importers (documents that show origin)",
        url="https://www.cbp.gov/document/guidance/uflpa-operational-guidance-importers",
    ),
)


@factor(family="diligence", base=3, cites=CITES)
def missing_information(case: Case) -> Iterator[Finding]:
    """A fact without which no rating can be chosen is missing.

    Goods that are bought and not named, a good of unstated origin, a supplier without any place. Silence is not innocence.
    """
    submission = case.submission
    supplier = submission.supplier
    buying = Activity.BUY_GOODS in submission.activities
    if buying and not submission.goods:
        yield _missing(SUPPLIER, "", "goods", "Goods are bought, and none is named.")
    if supplier.country is None and not supplier.sites:
        yield _missing(SUPPLIER, "/supplier", "address", "The supplier has neither a country nor a site.")
    for tree in case.chain.trees:
        placed_somewhere = tree.root.maker is not None and bool(case.parties[tree.root.maker].party.sites)
        if tree.root.country is None and not tree.root.placed.good.origin_region and not placed_somewhere:
            yield _missing(
                tree.root.maker or SUPPLIER,
                tree.root.pointer,
                "origin",
                f"Where {tree.root.placed.good.description} is made is not stated.",
            )


def _missing(subject: str, pointer: str, what: str, says: str) -> Finding:
    return Finding(
        subject=subject,
        basis=Basis.INFERRED,
        says=says,
        evidence=(Evidence(pointer=pointer, says=says, citation=CITES[0]),),
        facts=(("what", what), ("needed", "yes")),
    )
