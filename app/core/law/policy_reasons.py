"""How a policy lies on top of the law: the law's reasons stay as they are, and the policy adds its own; the worst decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.core.assessment import Reason
from app.core.case import Case
from app.core.finding import Evidence, Finding
from app.core.submission import Activity, Profile

from .policy import INSTRUMENT, Floor, Policy, Tightening
from .rating import Rating
from .rulebook import Consequence, Pattern

FLOOR_FACTOR = "policy_floor"
"""Findings that a country or sector of a floor stands in the case; they carry no points."""

SHOWN = 5
"""Places shown of one floor."""

NAMED = 10
"""Countries, sectors or factors named in one sentence."""

NEXT = "Ask whoever keeps the policy before going on."


def floor_findings(policy: Policy, case: Case) -> Iterator[Finding]:
    """For every floor on countries or sectors that the case touches, where it does; the fact ``floor`` is its rule id."""
    parts = [(rule, part) for rule, part in policy.document.numbered() if isinstance(part, Floor) and part.scoped]
    if not parts:
        return
    places = _Places(case)
    for rule, floor in parts:
        found = places.of(floor)
        if not found:
            continue
        more = f", and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        yield Finding(
            factor=FLOOR_FACTOR,
            family="diligence",
            title="The buyer's own policy has a floor for this",
            subject="supplier",
            says=f"The case touches {', '.join(dict.fromkeys(word for _, word in found[:SHOWN]))}{more}, for which the buyer's "
            "own policy has a floor.",
            evidence=tuple(
                Evidence(
                    pointer=pointer,
                    submitted=word,
                    matched=word,
                    says=f"{rule} of the policy names {word}",
                    citation=policy.citation,
                )
                for pointer, word in found[:SHOWN]
            ),
            facts=(("floor", rule),),
            weight=0.0,
        )


class _Places:
    """Where the countries and sectors of a case stand: looked up once, however many floors a policy has."""

    def __init__(self, case: Case) -> None:
        self.countries: dict[str, list[str]] = defaultdict(list)
        self.sectors: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for placed in case.submission.parties():
            if placed.party.country is not None:
                self.countries[placed.party.country].append(f"{placed.pointer}/country")
            for n, site in enumerate(placed.party.sites):
                if site.country is not None:
                    self.countries[site.country].append(f"{placed.pointer}/sites/{n}/country")
        for link in case.chain.links.values():
            origin = link.placed.good.origin_country
            if origin is not None:
                self.countries[origin].append(f"{link.pointer}/origin_country")
            if link.row is not None:
                self.sectors[link.row.sector].append((link.shown, link.countries))

    def of(self, floor: Floor) -> list[tuple[str, str]]:
        """(pointer, country or sector) of every place a floor speaks of."""
        if not floor.sectors:
            return [(pointer, country) for country in floor.countries for pointer in self.countries.get(country, ())]
        wanted = frozenset(floor.countries)
        return [
            (pointer, sector)
            for sector in floor.sectors
            for pointer, countries in self.sectors.get(sector, ())
            if not wanted or wanted & countries
        ]


Key = tuple[str, str, Rating]


@dataclass(frozen=True)
class OwnRules:
    """A policy's rules on one day: for each consequence of the law that it rates stricter a copy of its own, and its floors."""

    stricter: dict[Key, tuple[tuple[Tightening, Consequence], ...]]
    """By what the law's reason and the law's consequence have in common."""

    floors: tuple[tuple[Floor, Consequence], ...]

    @staticmethod
    def of(policy: Policy, consequences: Iterable[Consequence]) -> OwnRules:
        """From the law of the day; a tightening that a newer law has overtaken adds nothing."""
        consequences = tuple(consequences)
        stricter: dict[Key, list[tuple[Tightening, Consequence]]] = defaultdict(list)
        floors: list[tuple[Floor, Consequence]] = []
        for rule, part in policy.document.numbered():
            if isinstance(part, Floor):
                floors.append((part, _own_floor(policy, rule, part)))
                continue
            for law in consequences:
                if law.rule == part.rule and part.rating.severity > law.rating.severity:
                    stricter[_key(law)].append((part, _own_copy(policy, rule, part, law)))
        return OwnRules({key: tuple(found) for key, found in stricter.items()}, tuple(floors))

    def reasons(
        self,
        law: tuple[Reason, ...],
        profile: Profile,
        activities: frozenset[Activity],
        findings: tuple[Finding, ...],
    ) -> tuple[Reason, ...]:
        """The policy's own reasons of a profile, given the reasons the law has."""
        made = [
            _reason(own, reason.findings)
            for reason in law
            for tightening, own in self.stricter.get(_key(reason), ())
            if _speaks_to(tightening.profiles, profile)
        ]
        for floor, own in self.floors:
            if own.binds(profile, activities) and (found := _matched(floor, own.rule, findings)):
                made.append(_reason(own, found))
        return tuple(dict.fromkeys(made))

    def of_rule(self, rule: str, profile: Profile, activities: frozenset[Activity]) -> tuple[Consequence, ...]:
        """Its stricter copies of one rule, for a rule that looks at no finding."""
        return tuple(
            own
            for key, found in self.stricter.items()
            if key[0] == rule
            for tightening, own in found
            if _speaks_to(tightening.profiles, profile) and own.binds(profile, activities)
        )


def _key(part: Reason | Consequence) -> Key:
    return part.rule, part.effect, part.rating


def _own_copy(policy: Policy, rule: str, part: Tightening, law: Consequence) -> Consequence:
    why = _sentence(part.why)
    return law.model_copy(
        update={
            "rule": rule,
            "rating": part.rating,
            "instrument": INSTRUMENT,
            "citation": policy.citation,
            "effect": f"The buyer's own policy rates {part.rule} at least {part.rating} ({policy.says}).{why} "
            f"The law's rule says: {law.effect}",
            "floor": False,
        }
    )


def _own_floor(policy: Policy, rule: str, part: Floor) -> Consequence:
    named = [
        f"{words} {' or '.join(found[:NAMED])}{' or others' if len(found) > NAMED else ''}"
        for words, found in (
            ("the country", part.countries),
            ("the sector", part.sectors),
            ("findings of", part.factors),
        )
        if found
    ]
    why = _sentence(part.why)
    factors = part.factors or (FLOOR_FACTOR,)
    return Consequence(
        rule=rule,
        profiles=part.profiles,
        activities=part.activities,
        any_of=tuple(Pattern(factor=name) for name in factors),
        rating=part.rating,
        effect=f"The buyer's own policy rates a case with {' and '.join(named)} at least {part.rating} ({policy.says}).{why}",
        instrument=INSTRUMENT,
        citation=policy.citation,
        next_step=f"{part.next_step or NEXT}{_settles(part.settled_by)}",
        settled_by=part.settled_by or "",
    )


def _sentence(why: str | None) -> str:
    """The buyer's own words as one sentence after another."""
    return f" {why[0].upper()}{why[1:].rstrip('.')}." if why else ""


def _settles(fact: str | None) -> str:
    """The fact that the buyer says would take the finding away, as a sentence of its own."""
    return f" It would be settled by {fact.rstrip('.')}." if fact else ""


def _matched(floor: Floor, rule: str, findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """Ids of the findings that meet every condition of a floor; none where one condition is not met."""
    places = tuple(f.id for f in findings if f.factor == FLOOR_FACTOR and f.fact("floor") == rule)
    # An explanation without weight decides nothing, and a namesake with a conflicting birth date is nobody.
    seen = tuple(
        f.id for f in findings if f.factor in floor.factors and f.weight > 0 and f.fact("contradicted") != "yes"
    )
    if (floor.scoped and not places) or (floor.factors and not seen):
        return ()
    return places + seen


def _speaks_to(profiles: str | tuple[Profile, ...], profile: Profile) -> bool:
    """The strictest profile takes every part of a policy, as it takes every rule of the law."""
    return profiles == "all" or profile in profiles or profile is Profile.GLOBAL_POLICY


def _reason(own: Consequence, findings: tuple[str, ...]) -> Reason:
    return Reason(
        rule=own.rule,
        rating=own.rating,
        instrument=own.instrument,
        effect=own.effect,
        findings=findings,
        citation=own.citation,
        rebuttable=own.rebuttable,
        next_step=own.next_step,
    )
