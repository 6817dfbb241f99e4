"""An assurance is offered that proves nothing about where the goods come from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.factor import Case, Evidence, Finding, factor
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
    r"\b(OEKO-?TEX|BCI|Better Cotton|ISO ?9001|ISO ?14001|SA ?8000|BSCI|SMETA|WRAP|Sedex|mass balance)\b|质量平衡|良好棉花",
    re.IGNORECASE,
)
KINDS = frozenset({EvidenceKind.SOCIAL_AUDIT, EvidenceKind.CERTIFICATE, EvidenceKind.SELF_DECLARATION})


@factor(family="diligence", base=1, cites=CITES)
def weightless_assurance(case: Case) -> Iterator[Finding]:
    """An assurance is offered that proves nothing about where the goods come from.

    Product-safety and management standards, mass balance, self-declarations, and social audits (in Xinjiang no auditor can work
    freely, says the advisory). It raises nothing and lowers nothing.
    """
    found: dict[str, list[Evidence]] = {}
    for subject, pointer, text in texts(case.submission):
        for name in list(dict.fromkeys(m.group() for m in SCHEMES.finditer(text[:300_000])))[:10]:
            found.setdefault(subject, []).append(
                Evidence(
                    pointer=pointer,
                    submitted=name,
                    matched=name,
                    says=f"{name} says nothing about the physical origin of the goods",
                    citation=CITES[0],
                )
            )
    for n, item in enumerate(case.submission.evidence):
        if item.kind in KINDS:
            found.setdefault(SUPPLIER, []).append(
                Evidence(
                    pointer=f"/evidence/{n}",
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
