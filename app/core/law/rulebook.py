"""The law on a day: dated consequences that say which findings lead to which rating for which profile.

A rulebook is made of YAML documents, one per law. Dates are half open: ``from`` included, ``until`` excluded. A consequence
matches finding by finding, so more findings never take a consequence away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from app.core.assessment import Reason
from app.core.finding import Finding
from app.core.ownership.stakes import OwnershipRule
from app.core.submission import Activity, Profile
from app.core.values import Citation, Value

from .rating import Rating, worst
from .relief import EvidenceRule


class Pattern(Value):
    """One kind of finding: its factor, and the facts it must carry (each one word or a choice of words)."""

    factor: str
    facts: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _from_flat(cls, data: Any) -> Any:
        """YAML writes ``{factor: x, list: us_uflpa}``; everything but the factor is a fact."""
        if isinstance(data, dict) and "facts" not in data:
            facts = {k: tuple(v) if isinstance(v, list) else (v,) for k, v in data.items() if k != "factor"}
            return {"factor": data.get("factor"), "facts": facts}
        return data

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Whether a finding of this factor carries the facts."""
        return all(facts.get(k, "") in v for k, v in self.facts.items())


class Consequence(Value):
    """What follows for ``profiles`` when a finding matches: the rating, who may not do what, and what to do next.

    ``settled_by`` names the fact that would take the consequence away, for the reader of the rules; ``would_change`` is computed. ``unless`` passes over findings that
    carry such facts: evidence the law heeds. A ``floor`` speaks only for findings that no other consequence of the profile weighs.
    With ``per_instrument`` findings under another instrument give a reason of their own that cites it.
    """

    rule: str
    profiles: Literal["all"] | tuple[Profile, ...] = "all"
    except_profiles: tuple[Profile, ...] = ()
    activities: tuple[Activity, ...] = ()
    without_activities: tuple[Activity, ...] = ()
    any_of: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    unless: tuple[Mapping[str, str], ...] = ()
    rating: Rating
    effect: str
    instrument: str
    citation: Citation
    rebuttable: bool = False
    next_step: str
    settled_by: str = ""
    floor: bool = False
    per_instrument: bool = False

    def binds(self, profile: Profile, activities: frozenset[Activity]) -> bool:
        """Whether it speaks to this profile with these activities; ``global_policy`` takes every consequence."""
        if self.activities and not activities.intersection(self.activities):
            return False
        if activities.intersection(self.without_activities):
            return False
        if profile is Profile.GLOBAL_POLICY:
            return True
        return profile not in self.except_profiles and (self.profiles == "all" or profile in self.profiles)


class Version(Value):
    """The consequences in force from a day until another."""

    from_: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None
    consequences: tuple[Consequence, ...] = ()
    ownership: tuple[OwnershipRule, ...] = ()
    evidence: tuple[EvidenceRule, ...] = ()

    def covers(self, day: date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day < self.until)


class Law(Value):
    """One law as a dated YAML document."""

    id: str
    title: str
    jurisdiction: str
    order: int = 500
    """Where the law stands in reports: smaller numbers first, then by id."""
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Rulebook:
    """Every law, and the digest of the documents it was made from."""

    laws: tuple[Law, ...]
    digest: str

    @staticmethod
    def of(documents: Iterable[Mapping[str, Any]]) -> Rulebook:
        """Build from YAML documents (dates as dates or ISO text); raises ``ValidationError`` on one that breaks the model."""
        laws = tuple(sorted((Law.model_validate(d) for d in documents), key=lambda law: (law.order, law.id)))
        canonical = json.dumps([law.model_dump(mode="json", by_alias=True) for law in laws], sort_keys=True)
        return Rulebook(laws, hashlib.sha256(canonical.encode()).hexdigest())

    def on(self, day: date) -> tuple[Consequence, ...]:
        """The consequences in force on a day, in the order of the laws."""
        return self.in_force(day).consequences

    def in_force(self, day: date) -> InForce:
        """Everything in force on a day."""
        known = self._days.get(day)
        if known is None:
            if len(self._days) >= DAYS:
                self._days.clear()
            known = self._days[day] = InForce.of(v for law in self.laws for v in law.versions if v.covers(day))
        return known

    def ownership_on(self, day: date) -> Mapping[str, OwnershipRule]:
        """The ownership rules in force on a day, by code."""
        return self.in_force(day).ownership

    @cached_property
    def _days(self) -> dict[date, InForce]:
        return {}


DAYS = 100
"""Most days whose law is kept at hand."""


@dataclass(frozen=True)
class InForce:
    """The law of one day: its consequences, its ownership rules by code, and the evidence that it heeds."""

    consequences: tuple[Consequence, ...]
    ownership: Mapping[str, OwnershipRule]
    evidence: tuple[EvidenceRule, ...]

    @staticmethod
    def of(versions: Iterable[Version]) -> InForce:
        versions = tuple(versions)
        return InForce(
            tuple(c for v in versions for c in v.consequences),
            {o.code: o for v in versions for o in v.ownership},
            tuple(e for v in versions for e in v.evidence),
        )

    @cached_property
    def by_factor(self) -> Mapping[str, tuple[int, ...]]:
        """The places of the consequences that may weigh findings of a factor."""
        made: dict[str, list[int]] = {}
        for n, consequence in enumerate(self.consequences):
            for factor in dict.fromkeys(pattern.factor for pattern in consequence.any_of):
                made.setdefault(factor, []).append(n)
        return {factor: tuple(places) for factor, places in made.items()}


Matched = tuple[tuple[Consequence, tuple[Finding, ...]], ...]
"""Consequences with the findings they speak of: the same for every profile."""


def match(law: InForce, findings: Iterable[Finding]) -> Matched:
    """Each consequence that some finding meets, with those findings in their order; evidence the law heeds takes findings out."""
    by_factor: dict[str, list[tuple[int, Finding, dict[str, str]]]] = {}
    for n, finding in enumerate(findings):
        by_factor.setdefault(finding.factor, []).append((n, finding, dict(finding.facts)))
    made: list[tuple[Consequence, tuple[Finding, ...]]] = []
    for place in sorted({place for factor in by_factor for place in law.by_factor.get(factor, ())}):
        consequence = law.consequences[place]
        found = {
            n: finding
            for pattern in consequence.any_of
            for n, finding, facts in by_factor.get(pattern.factor, ())
            if pattern.holds(facts) and not _excused(consequence, facts)
        }
        if found:
            made.append((consequence, tuple(found[n] for n in sorted(found))))
    return tuple(made)


def _excused(consequence: Consequence, facts: Mapping[str, str]) -> bool:
    return any(all(facts.get(k) == v for k, v in wanted.items()) for wanted in consequence.unless)


def weigh(
    matched: Matched, profile: Profile, activities: frozenset[Activity]
) -> tuple[tuple[Consequence, Reason], ...]:
    """The reasons a profile has, worst first; each consequence that matched gives one reason naming all its findings."""
    made = [
        (consequence, _reason(consequence, group))
        for consequence, found in _bound(matched, profile, activities)
        for group in _groups(consequence, found)
    ]
    return tuple(sorted(made, key=lambda m: -m[1].rating.severity))


def rating_of(matched: Matched, profile: Profile, activities: frozenset[Activity]) -> Rating:
    """The rating that ``weigh`` gives, without its reasons."""
    return worst(consequence.rating for consequence, _ in _bound(matched, profile, activities))


def _bound(
    matched: Matched, profile: Profile, activities: frozenset[Activity]
) -> Iterator[tuple[Consequence, tuple[Finding, ...]]]:
    """The consequences that speak to a profile, each with what it weighs; a floor weighs what no other does."""
    weighed: set[int] = set()
    for consequence, findings in sorted(matched, key=lambda m: m[0].floor):
        if not consequence.binds(profile, activities):
            continue
        found = tuple(f for f in findings if id(f) not in weighed) if consequence.floor else findings
        weighed.update(map(id, found))
        if found:
            yield consequence, found


def _groups(consequence: Consequence, findings: tuple[Finding, ...]) -> Iterator[tuple[Finding, ...]]:
    """The findings together, or instrument by instrument."""
    if not consequence.per_instrument:
        yield findings
        return
    instruments = dict.fromkeys(f.fact("instrument") for f in findings)
    for instrument in sorted(instruments, key=lambda i: i != consequence.instrument):
        yield tuple(f for f in findings if f.fact("instrument") == instrument)


def _reason(consequence: Consequence, findings: tuple[Finding, ...]) -> Reason:
    own = findings[0].fact("instrument")
    other = consequence.per_instrument and own not in ("", consequence.instrument)
    return Reason(
        rule=consequence.rule,
        rating=consequence.rating,
        instrument=own if other else consequence.instrument,
        effect=consequence.effect,
        findings=tuple(f.id for f in findings),
        citation=_listed_under(findings[0]) or consequence.citation if other else consequence.citation,
        rebuttable=consequence.rebuttable,
        next_step=consequence.next_step,
    )


def _listed_under(finding: Finding) -> Citation | None:
    """The citation of the list's own record, where a finding has one."""
    return next((e.citation for e in finding.evidence if e.pointer.startswith("/v1/parties/")), None)
