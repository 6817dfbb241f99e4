"""Evidence of a kind that a law heeds is offered: what it lifts, or why it lifts nothing here."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Evidence, Finding
from app.core.law.relief import changed_since, leads_there, traces
from app.core.submission import SUPPLIER, EvidenceKind
from app.core.values import Citation

CITES = (
    Citation(
        title="CBP, UFLPA Operational Guidance for Importers (documents that show origin; exceptions)",
        url="https://www.cbp.gov/document/guidance/uflpa-operational-guidance-importers",
    ),
)
TRACING = frozenset({EvidenceKind.ORIGIN_TRACING, EvidenceKind.CBP_APPLICABILITY_RELEASE})
TESTS = frozenset({EvidenceKind.ISOTOPE_TEST, EvidenceKind.DNA_TEST})


@factor(family="diligence", base=0, cites=CITES)
def permitted_evidence(case: Case) -> Iterator[Finding]:
    """Evidence of a kind that a law heeds is offered: what it lifts, or why it lifts nothing here.

    Licences, share registers, exceptions, releases and tracing files lower a rating only in date, within what they cover, and from
    whom the law names. Laboratory tests support the other documents and lift nothing alone. An explanation; it orders nothing.
    """
    for offered in case.relief:
        rule = offered.rule
        kind = offered.evidence.kind.value.replace("_", " ")
        if rule is None or offered.fault:
            says = f"The {kind} offered lifts nothing here: {offered.fault}."
        else:
            says = f"The {kind} offered lifts, for what it covers: {rule.lifts}."
        yield _finding(
            offered.number, kind, says, rule.citation if rule is not None else CITES[0], lifts=not offered.fault
        )
    for n, evidence in enumerate(case.submission.evidence):
        kind = evidence.kind.value.replace("_", " ")
        if evidence.kind in TRACING:
            ok = traces(case, evidence)
            why = "it is undated, not in date, or the chain has changed since"
            if evidence.date is not None and changed_since(case, evidence):
                why = "a maker in the chain is newer than it"
            elif leads_there(case, evidence):
                why = f"it names {evidence.place}, which is in Xinjiang"
            says = (
                f"The {kind} offered counts as tracing of {', '.join(evidence.covers[:5]) or 'nothing that it names'}; it does not outweigh a step in Xinjiang or a listed maker that is stated."
                if ok
                else f"The {kind} offered traces nothing here: {why}."
            )
            yield _finding(n, kind, says, CITES[0], lifts=ok)
        elif evidence.kind in TESTS:
            yield _finding(
                n, kind, f"The {kind} offered supports other documents and lifts nothing alone.", CITES[0], lifts=False
            )


def _finding(number: int, kind: str, says: str, citation: Citation, *, lifts: bool) -> Finding:
    return Finding(
        subject=SUPPLIER,
        says=says,
        evidence=(
            Evidence(pointer=f"/evidence/{number}/kind", submitted=kind, matched=kind, says=says, citation=citation),
        ),
        facts=(("lifts", "yes" if lifts else "no"),),
        weight=0.0,
    )
