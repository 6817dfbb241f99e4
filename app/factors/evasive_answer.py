"""A text refuses or avoids an answer about origin."""

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


@factor(family="diligence", base=5, cites=CITES)
def evasive_answer(case: Case) -> Iterator[Finding]:
    """A text refuses or avoids an answer about origin.

    Refusal to name suppliers, untraceable material, a stance in place of an answer, or origins that are mixed or relabelled.
    """
    yield from signal_findings(case, "GOV-04", "GOV-05", "DOC-01", "ORG-05")
