"""A text says that a public-security body owns or runs a party."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.factor import Case, Evidence, Finding, factor
from app.core.text_context import texts
from app.core.values import Citation

CITES = (
    Citation(
        title="Xinjiang Supply Chain Business Advisory (13 July 2021), exposures and indicators",
        url="https://www.state.gov/xinjiang-supply-chain-business-advisory/",
    ),
)
SAYS = re.compile(
    r"(公安(厅|局)|监狱管理局)[^，。；]{0,10}(直属|下属|所属|主管|控股|全资|举办)"
    r"|(owned|controlled|run|established) by (the )?[\w ]{0,40}(public security (bureau|department)|prison administration)",
    re.IGNORECASE,
)


@factor(family="state", base=25, cites=CITES)
def security_body_control(case: Case) -> Iterator[Finding]:
    """A text says that a public-security body owns or runs a party.

    A statement about control, to be confirmed in a register; it spreads no listing by itself.
    """
    for subject, pointer, text in texts(case.submission):
        match = SAYS.search(text[:300_000])
        if match is not None:
            yield Finding(
                subject=subject,
                says=f"The text about {case.parties[subject].party.name} says “{match.group()}”.",
                evidence=(
                    Evidence(
                        pointer=pointer,
                        submitted=match.group(),
                        matched=match.group(),
                        says=f"the text says so at character {match.start()}",
                        citation=CITES[0],
                    ),
                ),
                facts=(("level", "med"),),
            )
