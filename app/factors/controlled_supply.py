"""A text names parts or software of US origin that export rules may control."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Finding
from app.core.texts.signal_findings import signal_findings
from app.core.values import Citation

CITES = (
    Citation(
        title="Xinjiang Supply Chain Business Advisory (13 July 2021), exposures and indicators",
        url="https://www.state.gov/xinjiang-supply-chain-business-advisory/",
    ),
)


@factor(family="technology", base=10, cites=CITES)
def controlled_supply(case: Case) -> Iterator[Finding]:
    """A text names parts or software of US origin that export rules may control.

    The third exposure of the advisory: supply of US-origin items.
    """
    yield from signal_findings(case, "TEC-08")
