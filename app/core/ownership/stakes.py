"""The arithmetic of ownership: which companies a regime's rule reaches from its listed parties, as a fixed point.

Never a product along the chain (OFAC FAQ 401): a company held to the threshold by reached parties, all of them together, is
reached itself and its own shares then count in full. The set of reached parties only grows, so cycles are safe, and every
holding is looked at once or twice: the work grows with the number of holdings, whatever the graph.

Shares are whole numbers of ``UNIT`` (10^-12 percent), so sums are exact. An unknown share gives an interval: ``least`` counts
what is stated, ``most`` adds what the register leaves open wherever a reached holder is present (law.md 8.7, R04).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from app.core.submission import RelationKind
from app.core.values import Citation, Value

UNIT = 10**12
"""Units in one percent."""

WHOLE = 100 * UNIT
PARENTAL = frozenset({RelationKind.PARENT, RelationKind.SUBSIDIARY, RelationKind.BRANCH})


class OwnershipRule(Value):
    """How far one regime follows shares: from ``threshold`` percent, whether the threshold itself counts, and what else does.

    ``aggregate`` adds the shares of several listed holders; without it each listed party's own holdings, direct and through
    companies it reaches, are weighed alone. ``control`` reaches controlled companies whatever the share;
    ``stated_subsidiaries`` and ``stated_affiliates`` reach companies the submission calls so; ``blocking`` marks regimes that
    forbid dealing; from ``minority_from`` percent a holding below the threshold weighs more.
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

    @property
    def enough(self) -> int:
        """The least share that meets the test, in units."""
        return units(self.threshold) + (0 if self.inclusive else 1)

    @property
    def test(self) -> str:
        """The threshold in words."""
        return f"{self.threshold:g} % or more" if self.inclusive else f"more than {self.threshold:g} %"


def units(percent: float) -> int:
    """A percentage as a whole number of units; exact for up to twelve decimals."""
    return round(percent * UNIT)


def percent_text(share: int | None) -> str:
    """``41.5 %``, or ``an unknown share``."""
    return "an unknown share" if share is None else f"{share / UNIT:.10g} %"


class Holding(NamedTuple):
    """``owner`` holds ``share`` units of ``owned`` (None: unknown, which is not zero); ``pointer`` says where that is stated."""

    owner: str
    owned: str
    share: int | None
    kind: RelationKind
    pointer: str


class By(StrEnum):
    """What makes a rule reach a company: shares, control, or being called a subsidiary or affiliate by the class words."""

    SHARE = "share"
    CONTROL = "control"
    STATED = "stated"


How = Mapping[str, tuple[By, Holding | None]]
"""How each party was reached: by shares together, or by one edge."""


@dataclass(frozen=True)
class Spread:
    """How a rule spread through a graph from its listed parties: enough to tell the steps of any stake afterwards."""

    sources: frozenset[str]
    how: How
    holders: Mapping[str, tuple[Holding, ...]]

    def steps(self, holdings: tuple[Holding, ...]) -> tuple[Holding, ...]:
        """The holdings by which the holders themselves were reached, at most twenty, nearest the listed parties first."""
        steps: list[Holding] = []
        seen = set(self.sources)
        waiting = deque(h.owner for h in holdings)
        while waiting and len(steps) < 20:
            node = waiting.popleft()
            if node in seen or node not in self.how:
                continue
            seen.add(node)
            _, edge = self.how[node]
            held = (edge,) if edge is not None else self.holders.get(node, ())
            found = [h for h in held if h.owner in self.sources or h.owner in self.how]
            steps.extend(found)
            waiting.extend(h.owner for h in found)
        return tuple(reversed(steps))


class Stake(NamedTuple):
    """What reached parties hold of one company: between ``least`` and ``most`` units, by which holdings, after which steps.

    ``by`` is None where the rule does not reach the company; ``unresolved`` means the interval crosses the threshold.
    """

    company: str
    least: int
    most: int
    by: By | None
    unresolved: bool
    holdings: tuple[Holding, ...]
    spread: Spread

    @property
    def reached(self) -> bool:
        return self.by is not None

    @property
    def steps(self) -> tuple[Holding, ...]:
        """The holdings that made the holders between the listed parties and this company count, nearest the listed first."""
        return self.spread.steps(self.holdings)


@dataclass(frozen=True)
class Ownership:
    """The holdings in force on the day, by owned company, with the control and affiliation edges beside them."""

    holders: Mapping[str, tuple[Holding, ...]]
    controllers: Mapping[str, tuple[Holding, ...]] = field(default_factory=dict)
    affiliates: Mapping[str, tuple[Holding, ...]] = field(default_factory=dict)

    @cached_property
    def owned_by(self) -> Mapping[str, tuple[Holding, ...]]:
        """Every holding by its owner, companies in their own hands left out."""
        return _by_owner(self.holders)

    @cached_property
    def controlled_by(self) -> Mapping[str, tuple[Holding, ...]]:
        """Every control edge by the one that controls."""
        return _by_owner(self.controllers)

    @cached_property
    def affiliated_to(self) -> Mapping[str, tuple[Holding, ...]]:
        """Every affiliation by its first end; each is held in both directions."""
        return _by_owner(self.affiliates)

    @cached_property
    def rest(self) -> Mapping[str, int]:
        """What each register leaves open, in units."""
        return {
            company: max(WHOLE - sum(h.share for h in held if h.share is not None and h.owner != company), 0)
            for company, held in self.holders.items()
        }

    def stakes(self, listed: Iterable[str], rule: OwnershipRule) -> dict[str, Stake]:
        """Every company in which parties of ``listed`` hold or control anything, directly or through reached companies."""
        sources = sorted(set(listed))
        if rule.aggregate:
            return self._stakes(sources, rule)
        made: dict[str, Stake] = {}
        for source in sources:
            for company, stake in self._stakes([source], rule).items():
                held = made.get(company)
                if held is None or _weight(stake) > _weight(held):
                    made[company] = stake
        return made

    def _stakes(self, sources: list[str], rule: OwnershipRule) -> dict[str, Stake]:
        least, how = self._spread(sources, rule)
        reached = {*sources, *how}
        most, may = self._possible(least, reached, rule)
        spread = Spread(frozenset(sources), how, self.holders)
        enough = rule.enough
        made: dict[str, Stake] = {}
        for company in sorted(most.keys() | how.keys()):
            if company in spread.sources:
                continue
            by, edge = how.get(company, (None, None))
            inside = may if by is None else reached
            held = (edge,) if edge is not None else self.holders.get(company, ())
            relevant = tuple([h for h in held if h.owner in inside and h.owner != company])
            low, high = min(least.get(company, 0), WHOLE), min(most.get(company, 0), WHOLE)
            made[company] = Stake(company, low, high, by, by is None and high >= enough, relevant, spread)
        return made

    def _spread(
        self, sources: list[str], rule: OwnershipRule
    ) -> tuple[dict[str, int], dict[str, tuple[By, Holding | None]]]:
        """Spread from the listed parties: the stated shares in reached hands, and how each further party was reached."""
        shares: dict[str, int] = {}
        how: dict[str, tuple[By, Holding | None]] = {}
        inside = set(sources)
        direct = frozenset(sources)
        waiting = deque(sources)
        enough = rule.enough
        owned_by = self.owned_by
        otherwise = rule.control or rule.stated_subsidiaries or rule.stated_affiliates
        while waiting:
            owner = waiting.popleft()
            for _, company, held, _, _ in owned_by.get(owner, ()):
                share = shares.get(company, 0) + (held or 0)
                shares[company] = share
                if share >= enough and company not in inside:
                    inside.add(company)
                    how[company] = By.SHARE, None
                    waiting.append(company)
            for by, holding in self._otherwise(owner, rule, direct=owner in direct) if otherwise else ():
                if holding.owned not in inside:
                    inside.add(holding.owned)
                    how[holding.owned] = by, holding
                    waiting.append(holding.owned)
        return shares, how

    def _possible(
        self, least: Mapping[str, int], reached: set[str], rule: OwnershipRule
    ) -> tuple[dict[str, int], set[str]]:
        """Go on with what the registers leave open: the most that could be in reached hands, and who may be reached then."""
        rest, owned_by, enough = self.rest, self.owned_by, rule.enough
        most = {company: share + rest[company] for company, share in least.items()}
        inside = set(reached)
        waiting = deque(company for company, share in most.items() if share >= enough and company not in inside)
        inside.update(waiting)
        while waiting:
            for _, company, held, _, _ in owned_by.get(waiting.popleft(), ()):
                share = most.get(company)
                share = (held or 0) + (rest[company] if share is None else share)
                most[company] = share
                if share >= enough and company not in inside:
                    inside.add(company)
                    waiting.append(company)
        return most, inside

    def _otherwise(self, owner: str, rule: OwnershipRule, *, direct: bool) -> Iterable[tuple[By, Holding]]:
        """Companies the rule reaches from ``owner`` without counting shares."""
        edges = self.controlled_by.get(owner, ())
        if rule.control:
            yield from ((By.CONTROL, h) for h in edges)
        if rule.stated_subsidiaries:
            yield from ((By.STATED, h) for h in edges if h.kind in PARENTAL)
        if rule.stated_affiliates:  # "subordinate and affiliated": whoever is controlled is subordinate
            yield from ((By.STATED, h) for h in edges if h.kind is RelationKind.CONTROLLER)
        if rule.stated_affiliates and direct:
            yield from ((By.STATED, h) for h in self.affiliated_to.get(owner, ()))


def _weight(stake: Stake) -> tuple[bool, bool, int]:
    return stake.reached, stake.unresolved, stake.most


def _by_owner(edges: Mapping[str, tuple[Holding, ...]]) -> dict[str, tuple[Holding, ...]]:
    made: dict[str, list[Holding]] = defaultdict(list)
    for owned, holdings in edges.items():
        for holding in holdings:
            if holding.owner != owned:
                made[holding.owner].append(holding)
    return {owner: tuple(held) for owner, held in made.items()}
