"""A text describes surveillance technology for the authorities in Xinjiang."""

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


@factor(family="technology", base=35, cites=CITES)
def surveillance_technology(case: Case) -> Iterator[Finding]:
    """A text describes surveillance technology for the authorities in Xinjiang.

    Police platforms, checkpoints, collection of biometrics, scoring of people. Face recognition and smart-city words alone are nationwide.
    Cameras, servers, sequencers and the like that we supply to a body or company of the region count too.
    """
    yield from signal_findings(case, "TEC-01", "TEC-03", "TEC-04", "TEC-05", "TEC-06")
    yield from equipment_findings(case, "surveillance")
