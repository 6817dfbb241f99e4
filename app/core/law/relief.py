"""Which offered evidence lowers anything, and for what: only the kinds a law names, from whom it names, in date, within their scope.

The rulebook says which evidence counts (law.md 8.5); a finding that such evidence covers in full carries the evidence's fact, and
the consequences say what that changes. Everything else that is offered changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from app.core.names import fold
from app.core.submission import SUPPLIER, Activity, EvidenceKind, SubmittedEvidence
from app.core.values import Citation, Line, Value

if TYPE_CHECKING:
    from app.core.case import Case
    from app.core.finding import Finding

ROOT = re.compile(r"/goods/[0-9]+")
TRADE = frozenset({Activity.BUY_GOODS, Activity.PAY})


class EvidenceRule(Value):
    """One kind of evidence that a law heeds: whose word it must be, and what it can cover.

    ``fact`` is the name of the fact that covered findings get. ``lists`` are those whose listings it can lift (none: any). ``issued_by`` are words of the issuer's name; ``issuer_optional`` when the
    kind itself names the issuer. ``factors`` are those it can speak to.
    """

    fact: Line
    kind: EvidenceKind
    factors: Annotated[tuple[Line, ...], Field(min_length=1)]
    lists: tuple[Line, ...] = ()
    issued_by: tuple[Line, ...] = ()
    issuer_optional: bool = False
    dated: bool = True
    goods_only: bool = False
    lifts: Line
    citation: Citation

    def speaks_to(self, finding: Finding) -> bool:
        """Whether such evidence can be about the finding: its factor, and its list where it has one."""
        named = finding.fact("list")
        return finding.factor in self.factors and (not self.lists or named == "" or named in self.lists)


@dataclass(frozen=True)
class Offered:
    """One piece of submitted evidence and the rule of its kind it was read by; ``fault`` says why it counts for nothing."""

    number: int
    evidence: SubmittedEvidence
    rule: EvidenceRule | None
    fault: str = ""

    @property
    def pointer(self) -> str:
        return f"/evidence/{self.number}"


def read_relief(case: Case) -> tuple[Offered, ...]:
    """Every piece of evidence of a kind some law heeds, by the first rule that accepts it, else with its fault."""
    kinds = {rule.kind for rule in case.evidence_rules}
    return tuple(
        _offered(case, n, evidence) for n, evidence in enumerate(case.submission.evidence) if evidence.kind in kinds
    )


def _offered(case: Case, number: int, evidence: SubmittedEvidence) -> Offered:
    rules = [r for r in case.evidence_rules if r.kind is evidence.kind]
    for rule in rules:
        if _issued(rule, evidence):
            return Offered(number, evidence, rule, _fault(case, rule, evidence))
    return Offered(number, evidence, None, "who issued it is not stated, or is nobody whose word the law heeds here")


def _issued(rule: EvidenceRule, evidence: SubmittedEvidence) -> bool:
    if evidence.issued_by is None:
        return rule.issuer_optional or not rule.issued_by
    return not rule.issued_by or _names(rule.issued_by).search(f" {fold(evidence.issued_by)} ") is not None


@lru_cache(maxsize=64)
def _names(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f" {re.escape(fold(word))} " for word in words))


def _fault(case: Case, rule: EvidenceRule, evidence: SubmittedEvidence) -> str:
    if evidence.date is None and rule.dated:
        return "it is not dated"
    if evidence.date is not None and evidence.date > case.as_of:
        return f"it is dated {evidence.date}, after the day of this rating"
    if evidence.valid_until is not None and evidence.valid_until < case.as_of:
        return f"it ended on {evidence.valid_until}"
    if not evidence.covers:
        return "what it covers is not stated"
    return ""


def in_date(case: Case, evidence: SubmittedEvidence) -> bool:
    """Whether evidence had been given by the day and had not ended; undated evidence is taken as given."""
    begun = evidence.date is None or evidence.date <= case.as_of
    return begun and (evidence.valid_until is None or case.as_of <= evidence.valid_until)


def traces(case: Case, evidence: SubmittedEvidence) -> bool:
    """Whether evidence may trace a tier: a tracing file, or a dated release by customs of a chain that has not changed since.

    A tracing that was done in the region, or leads there, clears nothing: work there cannot be checked (law.md 8.5).
    """
    if evidence.kind is EvidenceKind.ORIGIN_TRACING:
        return in_date(case, evidence) and not leads_there(case, evidence)
    if evidence.kind is not EvidenceKind.CBP_APPLICABILITY_RELEASE or evidence.date is None:
        return False
    return in_date(case, evidence) and not changed_since(case, evidence)


def leads_there(case: Case, evidence: SubmittedEvidence) -> bool:
    """Whether the place that evidence names is in the region."""
    return evidence.place is not None and case.reference.place_index.firm(evidence.place) is not None


def changed_since(case: Case, evidence: SubmittedEvidence) -> bool:
    """Whether a maker or supplier in the covered chain came after the evidence was given."""
    makers = {p.good.made_by for p in case.goods if p.good.made_by and covers(evidence, p.pointer)}
    chain = makers | (case.roles.upstream - case.roles.makers)
    return any(
        relation.from_ is not None and evidence.date is not None and relation.from_ > evidence.date
        for ref in chain
        for relation in case.parties[ref].party.relations
    )


def covers(evidence: SubmittedEvidence, pointer: str) -> bool:
    """Whether one of the covered pointers is this one or stands above it."""
    return any(pointer == c or pointer.startswith(f"{c.rstrip('/')}/") for c in evidence.covers)


def relieved(case: Case, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, each with the facts of the evidence that covers all it is about."""
    valid = [o for o in case.relief if o.rule is not None and not o.fault]
    for finding in findings:
        facts = dict.fromkeys(
            (o.rule.fact, "yes")
            for o in valid
            if o.rule is not None and o.rule.speaks_to(finding) and _covered(case, o.rule, o.evidence, finding)
        )
        yield finding.model_copy(update={"facts": (*finding.facts, *facts)}) if facts else finding


def _covered(case: Case, rule: EvidenceRule, evidence: SubmittedEvidence, finding: Finding) -> bool:
    placed = case.parties.get(finding.subject)
    if not rule.goods_only and placed is not None and covers(evidence, placed.pointer):
        return True
    if rule.kind is EvidenceKind.OWNERSHIP_REGISTER:
        return any(covers(evidence, e.pointer) for e in finding.evidence)  # a register may be filed under the holder
    if not rule.goods_only and not TRADE.issuperset(case.submission.activities):
        return False
    roots = goods_of(case, finding)
    return bool(roots) and all(covers(evidence, root) for root in roots)


def goods_of(case: Case, finding: Finding) -> frozenset[str]:
    """Pointers of the bought goods a finding is about: those in its evidence, else all that its subject makes or may supply."""
    named = {m.group() for e in finding.evidence if (m := ROOT.match(e.pointer))}
    if named:
        return frozenset(named)
    made = {
        m.group()
        for placed in case.goods
        if placed.good.made_by == finding.subject and (m := ROOT.match(placed.pointer))
    }
    if made and finding.subject != SUPPLIER:
        return frozenset(made)
    return frozenset(f"/goods/{n}" for n in range(len(case.submission.goods)))
