"""Who holds what of whom, and which companies a regime's ownership rule therefore reaches.

The arithmetic is a fixed point, never a product along the chain (OFAC FAQ 401: an entity held 50 percent or more, in the
aggregate, by reached entities is reached itself). Cycles are safe because the set of reached entities only grows. Unknown
shares give an interval: ``least`` counts what is known, ``most`` what is possible. Shares are exact fractions of percent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .submission import Relation, RelationKind
from .values import Citation, Value

if TYPE_CHECKING:
    from .factor import Case

WHOLE = Fraction(100)


class OwnershipRule(Value):
    """How far one regime follows shares: from ``threshold`` percent, whether the threshold itself counts, and what else does.

    ``aggregate`` adds the shares of several listed holders; ``control`` reaches controlled companies whatever the share;
    ``stated_subsidiaries`` and ``stated_affiliates`` reach companies the submission calls so; ``blocking`` marks regimes
    that forbid dealing; from ``minority_from`` percent a holding below the threshold weighs more.
    """

    code: str
    threshold: float
    inclusive: bool = True
    aggregate: bool = True
    control: bool = False
    stated_subsidiaries: bool = False
    stated_affiliates: bool = False
    blocking: bool = False
    minority_from: float = 25
    citation: Citation

    def reached_by(self, share: Fraction) -> bool:
        """Whether a share (percent) meets the threshold."""
        threshold = Fraction(str(self.threshold))
        return share >= threshold if self.inclusive else share > threshold


@dataclass(frozen=True)
class Holding:
    """``owner`` holds ``percent`` of ``owned`` (None: unknown, which is not zero); ``pointer`` says where that is stated."""

    owner: str
    owned: str
    percent: Fraction | None
    kind: RelationKind
    pointer: str


@dataclass(frozen=True)
class Stake:
    """The share of one company held by reached parties: between ``least`` and ``most`` percent, by which holdings."""

    company: str
    least: Fraction
    most: Fraction
    reached: bool
    unresolved: bool
    holdings: tuple[Holding, ...]

    def says(self, names: Mapping[str, str]) -> str:
        """The sum, step by step, in words."""
        steps = " + ".join(
            f"{names.get(h.owner, h.owner)} {_percent(h.percent)}" for h in sorted(self.holdings, key=lambda h: h.owner)
        )
        certain = self.reached or self.least == self.most
        total = _percent(self.least) if certain else f"{_percent(self.least)} to {_percent(self.most)}"
        return f"{steps} = {total} held by listed or reached parties"


def _percent(share: Fraction | None) -> str:
    return "unknown" if share is None else f"{float(share):g} %"


@dataclass(frozen=True)
class Ownership:
    """The holdings in force on the day, by owned company, with the control and affiliation edges beside them."""

    holders: Mapping[str, tuple[Holding, ...]]
    controllers: Mapping[str, tuple[Holding, ...]]
    affiliates: Mapping[str, tuple[Holding, ...]]

    def stakes(self, listed: Iterable[str], rule: OwnershipRule) -> dict[str, Stake]:
        """Every company in which parties of ``listed`` (refs) hold anything, directly or through reached companies."""
        reached = self._fixed_point(set(listed), rule, certain=True)
        possible = self._fixed_point(set(reached), rule, certain=False)
        made: dict[str, Stake] = {}
        for company, holdings in self.holders.items():
            relevant = tuple(h for h in holdings if h.owner in possible and h.owner != company)
            if relevant:
                least = self._share(company, reached, rule, certain=True)
                most = self._share(company, possible, rule, certain=False)
                caught = rule.reached_by(least)
                made[company] = Stake(company, least, most, caught, not caught and rule.reached_by(most), relevant)
        return made

    def _fixed_point(self, reached: set[str], rule: OwnershipRule, *, certain: bool) -> set[str]:
        owned_by: dict[str, set[str]] = defaultdict(set)
        for company, holdings in self.holders.items():
            for holding in holdings:
                owned_by[holding.owner].add(company)
        waiting = sorted(reached)
        while waiting:
            for company in sorted(owned_by[waiting.pop()]):
                if company not in reached and rule.reached_by(self._share(company, reached, rule, certain=certain)):
                    reached.add(company)
                    waiting.append(company)
        return reached

    def _share(self, company: str, reached: set[str], rule: OwnershipRule, *, certain: bool) -> Fraction:
        """The share of ``company`` in reached hands: what is known, or (not ``certain``) the most it could be.

        Where a reached holder is present, the unstated rest of the register could be theirs too (law.md 8.7, R04).
        """
        holdings = [h for h in self.holders.get(company, ()) if h.owner != company]
        held = [h for h in holdings if h.owner in reached]
        known = [h.percent for h in held if h.percent is not None]
        share = sum(known, Fraction(0)) if rule.aggregate else max(known, default=Fraction(0))
        if held and not certain:
            share += max(WHOLE - sum((h.percent for h in holdings if h.percent is not None), Fraction(0)), Fraction(0))
        return min(share, WHOLE)


def read_ownership(case: Case) -> Ownership:
    """The submitted holdings in force on ``case.as_of``; a branch is its company, a parent or subsidiary has an unknown share."""
    shares: dict[tuple[str, str], Holding] = {}
    controllers: dict[str, list[Holding]] = defaultdict(list)
    affiliates: dict[str, list[Holding]] = defaultdict(list)
    for ref, pointer, party in case.submission.parties():
        for n, relation in enumerate(party.relations):
            if not _in_force(case, relation):
                continue
            holding = _holding(ref, relation, f"{pointer}/relations/{n}")
            if relation.kind is RelationKind.AFFILIATE:
                affiliates[relation.of].append(holding)
                affiliates[ref].append(Holding(relation.of, ref, None, relation.kind, holding.pointer))
            if relation.kind in (RelationKind.CONTROLLER, RelationKind.PARENT, RelationKind.SUBSIDIARY):
                controllers[holding.owned].append(holding)
            if relation.kind in _SHARES:
                key = (holding.owner, holding.owned)
                shares[key] = _larger(shares.get(key), holding)
    holders: dict[str, list[Holding]] = defaultdict(list)
    for holding in shares.values():
        holders[holding.owned].append(holding)
    return Ownership(
        {k: tuple(v) for k, v in holders.items()},
        {k: tuple(v) for k, v in controllers.items()},
        {k: tuple(v) for k, v in affiliates.items()},
    )


_SHARES = frozenset(
    {
        RelationKind.OWNER,
        RelationKind.BENEFICIAL_OWNER,
        RelationKind.PARENT,
        RelationKind.SUBSIDIARY,
        RelationKind.BRANCH,
    }
)


def _in_force(case: Case, relation: Relation) -> bool:
    begun = relation.from_ is None or relation.from_ <= case.as_of
    return begun and (relation.to is None or case.as_of < relation.to)


def _holding(ref: str, relation: Relation, pointer: str) -> Holding:
    percent = None if relation.percent is None else Fraction(str(relation.percent))
    if relation.kind is RelationKind.BRANCH:
        return Holding(relation.of, ref, WHOLE, relation.kind, pointer)
    if relation.kind is RelationKind.SUBSIDIARY:
        return Holding(relation.of, ref, percent, relation.kind, pointer)
    return Holding(ref, relation.of, percent, relation.kind, pointer)


def _larger(old: Holding | None, new: Holding) -> Holding:
    """One holding per pair: a share stated twice (as owner and as beneficial owner) is one share, the larger."""
    if old is None or (old.percent is None and new.percent is not None):
        return new
    if new.percent is None or (old.percent is not None and old.percent >= new.percent):
        return old
    return new
