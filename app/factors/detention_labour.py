"""A text connects work with internment facilities, their graduates, or prisons."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Case, Finding, factor
from app.core.signal_findings import signal_findings
from app.core.values import Citation

CITES = (
    Citation(
        title="Xinjiang Supply Chain Business Advisory (13 July 2021), exposures and indicators",
        url="https://www.state.gov/xinjiang-supply-chain-business-advisory/",
    ),
)


@factor(family="labour", base=45, cites=CITES)
def detention_labour(case: Case) -> Iterator[Finding]:
    """A text connects work with internment facilities, their graduates, or prisons.

    Training centres of the internment system, placement of their graduates, prison enterprises.
    """
    yield from signal_findings(case, "DET-01", "DET-02", "DET-03", "DET-04", "DET-05")
