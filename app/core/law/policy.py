"""A buyer's own policy as data: profiles to rate for, rules rated stricter, floors, and weights; never looser than the law.

A ``PolicyDocument`` is what a buyer writes; a ``Policy`` is one edition of it that somebody has put in force. How it lies on
top of the law is told in ``policy_reasons``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from app.core.factor import Factor
from app.core.reference import Reference
from app.core.submission import Activity, Profile, Submission
from app.core.values import Citation, CountryCode, Line, Value

from .rating import Rating
from .rulebook import Rulebook

INSTRUMENT = "POLICY"
INFORMATION_ONLY = {"former_listing": "R18", "conflict_of_law": "R21"}
"""Factors that only inform, whatever they find; with the rule that says so."""

POSSIBLE_LISTING = "possible_listing"
BARS = (Rating.PROHIBITED, Rating.PRESUMPTIVELY_BARRED)
MOST = 200
"""Most rules, floors or weights of one policy."""

Words = Annotated[Line, StringConstraints(max_length=500)]
Short = Annotated[Line, StringConstraints(max_length=80)]
Points = Annotated[float, Field(ge=0, le=100, strict=True, allow_inf_nan=False)]
Scope = Literal["all"] | Annotated[tuple[Profile, ...], Field(min_length=1, max_length=50)]


class Switches(Value):
    """Whose law is asked: ``default`` where a submission names no profiles, ``also`` always, beside those it names."""

    default: Annotated[tuple[Profile, ...], Field(min_length=1, max_length=50)] | None = None
    also: Annotated[tuple[Profile, ...], Field(max_length=50)] = ()


class Tightening(Value):
    """Wherever ``rule`` gives a reason, the buyer rates it at least ``rating``."""

    rule: Short
    rating: Rating
    profiles: Scope = "all"
    why: Words | None = None


class Floor(Value):
    """Where every condition given here holds, the rating is at least ``rating``; at least one condition is needed.

    ``countries``: of any party, site, good or input. ``sectors``: of any good or input; together with ``countries``, of one made
    or originating there. ``factors``: any finding of theirs. ``settled_by`` says which fact would take a finding away; it ends the reason's next step.
    """

    rating: Rating
    countries: Annotated[tuple[CountryCode, ...], Field(max_length=300)] = ()
    sectors: Annotated[tuple[Short, ...], Field(max_length=100)] = ()
    factors: Annotated[tuple[Short, ...], Field(max_length=100)] = ()
    profiles: Scope = "all"
    activities: Annotated[tuple[Activity, ...], Field(max_length=20)] = ()
    why: Words | None = None
    next_step: Words | None = None
    settled_by: Words | None = None

    @model_validator(mode="after")
    def _has_a_condition(self) -> Floor:
        if not (self.countries or self.sectors or self.factors):
            raise ValueError("a floor needs countries, sectors or factors")
        return self

    @property
    def scoped(self) -> bool:
        """Whether it looks at the case itself, and not at findings alone."""
        return bool(self.countries or self.sectors)


class PolicyDocument(Value):
    """What a buyer decides beyond the law. ``weights`` are points of a factor (0 to 100): they order cases and rate none."""

    title: Annotated[Line, StringConstraints(max_length=200)]
    profiles: Switches = Switches()
    ratings: Annotated[tuple[Tightening, ...], Field(max_length=MOST)] = ()
    floors: Annotated[tuple[Floor, ...], Field(max_length=MOST)] = ()
    weights: Annotated[dict[Short, Points], Field(max_length=MOST)] = Field(default_factory=dict)

    def numbered(self) -> Iterator[tuple[str, Tightening | Floor]]:
        """Its parts by rule id, ``P01`` first: the stricter rules, then the floors, as they stand in the document."""
        parts: tuple[Tightening | Floor, ...] = (*self.ratings, *self.floors)
        for n, part in enumerate(parts, start=1):
            yield f"P{n:02d}", part


class Policy(Value):
    """One edition of a policy as it was put in force: by whom (the name of the key) and from which day."""

    edition: Line
    decided_by: Line
    since: date
    document: PolicyDocument

    @property
    def says(self) -> str:
        """Who decided what, in one clause."""
        return f"{self.document.title}, edition {self.edition}, decided by {self.decided_by}"

    @property
    def citation(self) -> Citation:
        return Citation(
            title=f"{self.document.title}, policy edition {self.edition}, in force from {self.since}",
            url=f"/v1/policies/{self.edition}",
        )

    def asked(self, submission: Submission) -> Submission:
        """The submission with the profiles the policy rates it for; the ones it names always stay."""
        switches = self.document.profiles
        named = submission.profiles
        if "profiles" not in submission.model_fields_set and switches.default is not None:
            named = switches.default
        profiles = tuple(dict.fromkeys((*named, *switches.also)))
        return submission if profiles == submission.profiles else submission.model_copy(update={"profiles": profiles})


def problems(
    document: PolicyDocument, rulebook: Rulebook, reference: Reference, factors: Iterable[Factor]
) -> tuple[tuple[str, str], ...]:
    """What keeps a document from being a policy, as (pointer, detail): unknown words, and anything below the law."""
    names = frozenset(f.name for f in factors)
    sectors = sorted({good.sector for good in reference.goods})
    no_sector = f"no sector of this name; known: {', '.join(sectors)}"
    found: list[tuple[str, str]] = []
    for n, tightening in enumerate(document.ratings):
        found += [(f"/ratings/{n}/{member}", detail) for member, detail in _too_loose(tightening, rulebook)]
    for n, floor in enumerate(document.floors):
        for m, name in enumerate(floor.factors):
            if detail := _wrong_factor(name, names, floor.rating):
                found.append((f"/floors/{n}/factors/{m}", detail))
        for m, sector in enumerate(floor.sectors):
            if sector not in sectors:
                found.append((f"/floors/{n}/sectors/{m}", no_sector))
    for name in document.weights:
        if name not in names:
            found.append((f"/weights/{name.replace('~', '~0').replace('/', '~1')}", "no factor of this name"))
    return tuple(found)


def _too_loose(tightening: Tightening, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """A rule that does not exist, one rated below the law, or a possible match rated as if it were confirmed."""
    rule = tightening.rule
    weighed = [c for law in rulebook.laws for v in law.versions for c in v.consequences if c.rule == rule]
    if not weighed:
        yield "rule", f"there is no rule {rule}; GET /v1/rules lists them"
        return
    mildest = min((c.rating for c in weighed), key=lambda r: r.severity)
    if tightening.rating.severity < mildest.severity:
        yield "rating", f"rule {rule} is {mildest} by law; a policy may rate it stricter, never looser"
    if tightening.rating in BARS and any(p.factor == POSSIBLE_LISTING for c in weighed for p in c.any_of):
        yield "rating", f"rule {rule} also weighs possible matches, which are never more than {Rating.SEVERE}"


def _wrong_factor(name: str, names: frozenset[str], rating: Rating) -> str:
    if name not in names:
        return "no factor of this name; GET /v1/factors lists them"
    if name in INFORMATION_ONLY:
        return f"{name} only informs (rule {INFORMATION_ONLY[name]}) and carries no rating"
    if name == POSSIBLE_LISTING and rating in BARS:
        return f"a possible match is never more than {Rating.SEVERE}"
    return ""
