"""A text describes minders, military-style management or restricted movement."""

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


@factor(family="labour", base=25, cites=CITES)
def coercive_management(case: Case) -> Iterator[Finding]:
    """A text describes minders, military-style management or restricted movement.

    Team-leader cadres sent with workers, closed management, segregated dormitories. Military training of new staff alone is ordinary.
    """
    yield from signal_findings(case, "LAB-04", "LAB-08", "LAB-09")
