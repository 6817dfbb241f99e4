"""An assurance is offered that proves nothing about where the goods come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Evidence, Finding
from app.core.submission import SUPPLIER, EvidenceKind
from app.core.texts.phrases import LOOKED_AT, matches_from, same_length
from app.core.values import Citation

CITES = (
    Citation(
        title="Xinjiang Supply Chain Business Advisory (13 July 2021), exposures and indicators",
        url="https://www.state.gov/xinjiang-supply-chain-business-advisory/",
    ),
)
_NAMES = (
    r"OEKO-?TEX|BCI|Better Cotton(?: Initiative)?|GOTS|GRS|RCS|OCS|Fairtrade|Cotton made in Africa|Higg(?: Index)?|bluesign|Cradle to Cradle"
    r"|ISO ?(?:9001|14001|45001|26000|50001)|SA ?8000|BSCI|amfori|SMETA|(?-i:WRAP)|Sedex|(?-i:RBA)|(?-i:ICS)|SLCP|FSC|RoHS|REACH|FSSC ?22000|HACCP"
    r"|BRC(?:GS)?|GlobalG\.?A\.?P\.?|Halal certificate|mass[ -]balance|zero[ -]tolerance policy|code of conduct|third[ -]party audits?|social audits?"
    r"|isotop(?:e|ic) tests?(?:ing)?|DNA (?:trac\w+|tests?(?:ing)?|mark\w+)|Supima|US Pima|certificate of origin|self[ -]declarations?"
)
SCHEMES = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_NAMES})(?![A-Za-z0-9])"
    r"|质量平衡|良好棉花|零容忍|第三方(?:审核|审计|验厂)|社会责任(?:审核|验厂|认证)|同位素检测|溯源(?!不)|有机认证|原产地证|承诺书|声明书|行为准则",
    re.IGNORECASE,
)
"""Standards and claims (risk.md 7, signals MIT-01 and MIT-02): as words in a text none of them traces a lot."""

FIRST = (
    *(
        "oeko",
        "bci",
        "better cotton",
        "gots",
        "grs",
        "rcs",
        "ocs",
        "fairtrade",
        "cotton made in africa",
        "higg",
        "bluesign",
    ),
    *(
        "cradle to cradle",
        "iso",
        "sa 8000",
        "sa8000",
        "bsci",
        "amfori",
        "smeta",
        "wrap",
        "sedex",
        "rba",
        "ics",
        "slcp",
        "fsc",
        "rohs",
        "reach",
    ),
    *(
        "fssc",
        "haccp",
        "brc",
        "globalg",
        "halal certificate",
        "mass",
        "zero",
        "code of conduct",
        "third",
        "social audit",
        "isotop",
        "dna ",
    ),
    *(
        "supima",
        "us pima",
        "certificate of origin",
        "self",
        "质量平衡",
        "良好棉花",
        "零容忍",
        "第三方",
        "社会责任",
        "同位素检测",
        "溯源",
    ),
    *("有机认证", "原产地证", "承诺书", "声明书", "行为准则"),
)
"""How each of them begins: the pattern is tried only where one of these stands."""

TESTS = re.compile(r"isotop|DNA|同位素", re.IGNORECASE)
AUDITS = re.compile(r"audit|BSCI|SMETA|Sedex|SA ?8000|WRAP|amfori|审核|审计|验厂", re.IGNORECASE)
BALANCE = re.compile(r"mass|balance|BCI|Better Cotton|质量平衡|良好棉花", re.IGNORECASE)

KINDS = {
    EvidenceKind.SOCIAL_AUDIT: "a social audit does not trace the goods",
    EvidenceKind.CERTIFICATE: "a certificate without the data of the chain does not trace the goods",
    EvidenceKind.SELF_DECLARATION: "a declaration by the company itself is a statement to check",
    EvidenceKind.ISOTOPE_TEST: "a test supports a tracing and replaces none",
    EvidenceKind.DNA_TEST: "a test supports a tracing and replaces none",
}
"""Evidence that lowers nothing (law.md 8.5), and why."""

DENIAL = "a denial is a statement to check and no proof"
IN_THE_REGION = "; in Xinjiang no auditor can work freely, says the advisory, so it counts for nothing there"


@factor(family="diligence", base=1, cites=CITES)
def weightless_assurance(case: Case) -> Iterator[Finding]:
    """An assurance is offered that proves nothing about where the goods come from.

    Product-safety and management standards, mass balance, tests without a tracing, self-declarations and denials, and social audits (in
    Xinjiang no auditor can work freely, says the advisory). It raises nothing and lowers nothing.
    """
    found: dict[str, list[Evidence]] = {}
    for said in case.said:
        subject, pointer, text = said.subject, said.pointer, said.text
        if pointer.startswith("/goods/"):
            continue
        for name, at in {m.group(): m.start() for m in islice(named_schemes(text[:LOOKED_AT]), 200)}.items():
            around = text[max(0, at - 80) : at + len(name) + 80]
            found.setdefault(subject, []).append(
                Evidence(
                    pointer=pointer,
                    submitted=text[max(0, at - 40) : at + len(name) + 40],
                    matched=name,
                    says=f"at character {at}: {_meaning(case, name, around)}",
                    citation=CITES[0],
                )
            )
    for mention in case.texts.denials:
        found.setdefault(mention.subject, []).append(
            Evidence(
                pointer=mention.pointer,
                submitted=mention.snippet,
                matched=mention.text,
                says=f"at character {mention.offset}: {DENIAL}",
                citation=CITES[0],
            )
        )
    for n, item in enumerate(case.submission.evidence):
        if item.kind in KINDS:
            there = (
                item.kind is EvidenceKind.SOCIAL_AUDIT and item.place is not None and _names_region(case, item.place)
            )
            found.setdefault(SUPPLIER, []).append(
                Evidence(
                    pointer=f"/evidence/{n}/kind",
                    submitted=item.kind.value,
                    matched=item.kind.value,
                    says=KINDS[item.kind] + (IN_THE_REGION if there else ""),
                    citation=CITES[0],
                )
            )
    for subject, evidence in found.items():
        named = ", ".join(
            dict.fromkeys("a denial" if DENIAL in e.says else e.matched.replace("_", " ") for e in evidence[:8])
        )
        yield Finding(
            subject=subject,
            says=f"{case.parties[subject].party.name} offers assurances that are no proof of origin ({named}).",
            evidence=tuple(evidence[:20]),
            weight=0.5,
        )


def named_schemes(text: str) -> Iterator[re.Match[str]]:
    """The standards and claims that a text names, in their order: what ``SCHEMES.finditer`` finds, in a tenth of the time."""
    return matches_from(SCHEMES, text, same_length(text), FIRST)


def _meaning(case: Case, name: str, around: str) -> str:
    if TESTS.search(name):
        return f"{name} supports a tracing and replaces none"
    if BALANCE.search(name):
        return f"{name} mixes lots on paper and says nothing about the physical origin of the goods"
    if AUDITS.search(name):
        there = IN_THE_REGION if _names_region(case, around) else ""
        return f"{name} looks at working conditions and not at the origin of the goods{there}"
    return f"{name} says nothing about the physical origin of the goods"


def _names_region(case: Case, text: str) -> bool:
    return any(not m.street and not m.product for m in case.reference.place_index.mentions(text))
