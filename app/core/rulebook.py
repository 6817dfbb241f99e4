"""The law on a day: dated consequences that say which findings lead to which rating for which profile.

A rulebook is made of YAML documents, one per law. Dates are half open: ``from`` included, ``until`` excluded. A consequence
matches finding by finding, so more findings never take a consequence away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from .assessment import Reason
from .factor import Finding
from .ownership import OwnershipRule
from .rating import Rating
from .submission import Activity, Profile
from .values import Citation, Value


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

    def matches(self, finding: Finding) -> bool:
        return finding.factor == self.factor and all(finding.fact(k) in v for k, v in self.facts.items())


class Consequence(Value):
    """What follows for ``profiles`` when a finding matches: the rating, who may not do what, and what to do next.

    ``settled_by`` names the fact that would take the consequence away; it words ``would_change``. A ``floor`` speaks only for
    findings that no other consequence of the profile weighs.
    """

    rule: str
    profiles: Literal["all"] | tuple[Profile, ...] = "all"
    except_profiles: tuple[Profile, ...] = ()
    activities: tuple[Activity, ...] = ()
    without_activities: tuple[Activity, ...] = ()
    any_of: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    rating: Rating
    effect: str
    instrument: str
    citation: Citation
    rebuttable: bool = False
    next_step: str
    settled_by: str = ""
    floor: bool = False

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

    def covers(self, day: date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day < self.until)


class Law(Value):
    """One law as a dated YAML document."""

    id: str
    title: str
    jurisdiction: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Rulebook:
    """Every law, and the digest of the documents it was made from."""

    laws: tuple[Law, ...]
    digest: str

    @staticmethod
    def of(documents: Iterable[Mapping[str, Any]]) -> Rulebook:
        """Build from YAML documents (dates as dates or ISO text); raises ``ValidationError`` on one that breaks the model."""
        laws = tuple(Law.model_validate(d) for d in documents)
        canonical = json.dumps([law.model_dump(mode="json", by_alias=True) for law in laws], sort_keys=True)
        return Rulebook(laws, hashlib.sha256(canonical.encode()).hexdigest())

    def on(self, day: date) -> tuple[Consequence, ...]:
        """The consequences in force on a day, in the order of the documents."""
        return tuple(c for law in self.laws for v in law.versions if v.covers(day) for c in v.consequences)

    def ownership_on(self, day: date) -> dict[str, OwnershipRule]:
        """The ownership rules in force on a day, by code."""
        return {o.code: o for law in self.laws for v in law.versions if v.covers(day) for o in v.ownership}


def weigh(
    consequences: Iterable[Consequence],
    profile: Profile,
    activities: frozenset[Activity],
    findings: Iterable[Finding],
) -> tuple[tuple[Consequence, Reason], ...]:
    """The reasons a profile has, worst first; each consequence that matched gives one reason naming all its findings."""
    findings = tuple(findings)
    made: list[tuple[Consequence, Reason]] = []
    weighed: set[str] = set()
    for consequence in sorted(consequences, key=lambda c: c.floor):
        if not consequence.binds(profile, activities):
            continue
        matched = tuple(f.id for f in findings if any(p.matches(f) for p in consequence.any_of))
        if consequence.floor:
            matched = tuple(i for i in matched if i not in weighed)
        if matched:
            weighed.update(matched)
            made.append((consequence, _reason(consequence, matched)))
    return tuple(sorted(made, key=lambda m: -m[1].rating.severity))


def _reason(consequence: Consequence, findings: tuple[str, ...]) -> Reason:
    return Reason(
        rule=consequence.rule,
        rating=consequence.rating,
        instrument=consequence.instrument,
        effect=consequence.effect,
        findings=findings,
        citation=consequence.citation,
        rebuttable=consequence.rebuttable,
        next_step=consequence.next_step,
    )
