"""A text describes technology that sorts people by ethnicity."""

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


@factor(family="technology", base=45, cites=CITES)
def ethnic_profiling(case: Case) -> Iterator[Finding]:
    """A text describes technology that sorts people by ethnicity.

    The words are about a product or a tender, never about a person.
    """
    yield from signal_findings(case, "TEC-02")
