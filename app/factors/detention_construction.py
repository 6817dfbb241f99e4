"""A text describes building internment facilities, prisons or police posts."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Finding
from app.core.goods.equipment import equipment_findings
from app.core.texts.signal_findings import signal_findings
from app.core.values import Citation

CITES = (
    Citation(
        title="Xinjiang Supply Chain Business Advisory (13 July 2021), exposures and indicators",
        url="https://www.state.gov/xinjiang-supply-chain-business-advisory/",
    ),
)


@factor(family="construction", base=40, cites=CITES)
def detention_construction(case: Case) -> Iterator[Finding]:
    """A text describes building internment facilities, prisons or police posts.

    The construction exposure of the advisory: works for such facilities, and building parts that we supply to such a body.
    """
    yield from signal_findings(case, "DET-06")
    yield from equipment_findings(case, "construction")
