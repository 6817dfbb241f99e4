"""A text describes workers moved or placed by the state."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.factor import Case, Finding, factor
from app.core.signal_findings import signal_findings
from app.core.values import Citation

CITES = (
    Citation(
        title="Public Law 117-78, section 2(d)(2)(B)(ii) and (v)",
        url="https://www.congress.gov/117/plaws/publ78/PLAW-117publ78.pdf",
    ),
)


@factor(family="labour", base=45, cites=CITES)
def labour_transfer(case: Case) -> Iterator[Finding]:
    """A text describes workers moved or placed by the state.

    State-organised transfer, surplus labour, quotas, training before placement. The words are ordinary elsewhere in China: they weigh
    only with the region in the same sentence.
    """
    yield from signal_findings(
        case,
        "LAB-01",
        "LAB-02",
        "LAB-03",
        "LAB-05",
        "LAB-06",
        "LAB-07",
        "LAB-10",
        "LAB-11",
        "LAB-12",
        "LAB-13",
        "LAB-14",
        "LAB-15",
        "GOV-01",
        "GOV-02",
        "GOV-03",
    )
