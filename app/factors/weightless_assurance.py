"""An assurance is offered that proves nothing about where the goods come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from app.core.factor import Case, Evidence, Finding, factor
from app.core.phrases import LOOKED_AT
from app.core.submission import SUPPLIER, EvidenceKind
from app.core.text_context import texts
from app.core.values import Citation

CITES = (
    Citation(
        title="Xinjiang Supply Chain Business Advisory (13 July 2021), exposures and indicators",
        url="https://www.state.gov/xinjiang-supply-chain-business-advisory/",
    ),
)
SCHEMES = re.compile(
    r"(?<![A-Za-z0-9])(?:OEKO-?TEX|BCI|Better Cotton|ISO ?9001|ISO ?14001|ISO ?45001|SA ?8000|BSCI|SMETA|(?-i:WRAP)|Sedex|mass balance"
    r"|zero[ -]tolerance policy|third[ -]party audit|isotopic test|DNA trace|Supima|US Pima)(?![A-Za-z0-9])"
    r"|质量平衡|良好棉花|零容忍|第三方审核|同位素检测|溯源",
    re.IGNORECASE,
)
"""Standards and claims (risk.md 7, signals MIT-01 and MIT-02): as words in a text none of them traces a lot."""

KINDS = frozenset({EvidenceKind.SOCIAL_AUDIT, EvidenceKind.CERTIFICATE, EvidenceKind.SELF_DECLARATION})


@factor(family="diligence", base=1, cites=CITES)
def weightless_assurance(case: Case) -> Iterator[Finding]:
    """An assurance is offered that proves nothing about where the goods come from.

    Product-safety and management standards, mass balance, self-declarations, and social audits (in Xinjiang no auditor can work
    freely, says the advisory). It raises nothing and lowers nothing.
    """
    found: dict[str, list[Evidence]] = {}
    for subject, pointer, text in texts(case.submission):
        if pointer.startswith("/goods/"):
            continue
        for name, at in {m.group(): m.start() for m in islice(SCHEMES.finditer(text[:LOOKED_AT]), 200)}.items():
            found.setdefault(subject, []).append(
                Evidence(
                    pointer=pointer,
                    submitted=text[max(0, at - 40) : at + len(name) + 40],
                    matched=name,
                    says=f"{name} says nothing about the physical origin of the goods",
                    citation=CITES[0],
                )
            )
    for n, item in enumerate(case.submission.evidence):
        if item.kind in KINDS:
            found.setdefault(SUPPLIER, []).append(
                Evidence(
                    pointer=f"/evidence/{n}/kind",
                    submitted=item.kind.value,
                    matched=item.kind.value,
                    says=f"a {item.kind.value.replace('_', ' ')} does not trace the goods",
                    citation=CITES[0],
                )
            )
    for subject, evidence in found.items():
        yield Finding(
            subject=subject,
            says=f"{case.parties[subject].party.name} offers {', '.join(dict.fromkeys(e.matched for e in evidence))}: no proof of origin.",
            evidence=tuple(evidence[:20]),
            weight=0.5,
        )
