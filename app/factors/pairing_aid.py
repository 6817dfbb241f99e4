"""A text describes the pairing programme that sends firms and money to Xinjiang and takes workers from it."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Finding
from app.core.texts.signal_findings import signal_findings
from app.core.values import Citation

CITES = (
    Citation(
        title="Public Law 117-78, section 2(d)(2)(B)(ii) and (v)",
        url="https://www.congress.gov/117/plaws/publ78/PLAW-117publ78.pdf",
    ),
)


@factor(family="labour", base=25, cites=CITES)
def pairing_aid(case: Case) -> Iterator[Finding]:
    """A text describes the pairing programme that sends firms and money to Xinjiang and takes workers from it.

    The UFLPA names pairing-assistance programmes. 对口支援 alone also covers other regions and does not weigh.
    """
    yield from signal_findings(case, "AID-01", "AID-02", "AID-03", "AID-04")
