"""Who holds, controls or stands beside whom in a case: what the submission states, and what lists and reference say of their own.

Nodes are refs of the submission, or ``@<party id>`` for a listed party (or a body the reference names) that is not submitted. A
share that is told twice counts once: the same pair as owner and as parent, the same owner under two refs, or a beneficial
interest that runs through a holder already counted.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from app.core.names import fold
from app.core.submission import Relation, RelationKind

from .stakes import UNIT, WHOLE, By, Holding, Ownership, OwnershipRule, Stake, percent_text, units

if TYPE_CHECKING:
    from app.core.case import Case

__all__ = [
    "UNIT",
    "WHOLE",
    "By",
    "Holding",
    "Ownership",
    "OwnershipRule",
    "Stake",
    "group_of",
    "in_force",
    "percent_text",
    "read_ownership",
    "units",
]

SHARES = frozenset(
    {
        RelationKind.OWNER,
        RelationKind.BENEFICIAL_OWNER,
        RelationKind.PARENT,
        RelationKind.SUBSIDIARY,
        RelationKind.BRANCH,
    }
)
CONTROLLING = frozenset({RelationKind.CONTROLLER, RelationKind.PARENT, RelationKind.SUBSIDIARY})
MAJORITY = 50 * UNIT
"""From this share on, a holder and its company belong to one group (common control, not a rule of any regime)."""


def read_ownership(case: Case) -> Ownership:
    """The holdings in force on ``case.as_of``; a branch is its company, a parent or subsidiary has an unknown share."""
    shares: dict[tuple[str, str], Holding] = {}
    controllers: dict[str, list[Holding]] = defaultdict(list)
    affiliates: dict[str, list[Holding]] = defaultdict(list)
    said: set[tuple[object, ...]] = set()
    for holding in (*_submitted(case, said), *_known(case)):
        if holding.kind is RelationKind.AFFILIATE:
            affiliates[holding.owned].append(holding)
            affiliates[holding.owner].append(Holding(holding.owned, holding.owner, None, holding.kind, holding.pointer))
        if holding.kind in CONTROLLING:
            controllers[holding.owned].append(holding)
        if holding.kind in SHARES:
            key = (holding.owner, holding.owned)
            shares[key] = _larger(shares.get(key), holding)
    holders: dict[str, list[Holding]] = defaultdict(list)
    for holding in _once(shares):
        holders[holding.owned].append(holding)
    return Ownership(_frozen(holders), _frozen(controllers), _frozen(affiliates))


def in_force(case: Case, relation: Relation) -> bool:
    """Whether a relation holds on the day: begun, and not yet ended (``to`` is the first day without it)."""
    begun = relation.from_ is None or relation.from_ <= case.as_of
    return begun and (relation.to is None or case.as_of < relation.to)


def _submitted(case: Case, said: set[tuple[object, ...]]) -> Iterator[Holding]:
    for ref, pointer, party in case.submission.parties():
        name = fold(party.name)
        for n, relation in enumerate(party.relations):
            if not in_force(case, relation):
                continue
            statement = (name, relation.kind, relation.of, relation.percent)
            if relation.kind in SHARES and relation.of != ref and statement in said:
                continue  # the same owner, named under two refs
            said.add(statement)
            yield _holding(ref, relation, f"{pointer}/relations/{n}")


def _holding(ref: str, relation: Relation, pointer: str) -> Holding:
    share = None if relation.percent is None else units(relation.percent)
    if relation.kind is RelationKind.BRANCH:
        return Holding(relation.of, ref, WHOLE, relation.kind, pointer)
    if relation.kind is RelationKind.SUBSIDIARY:
        return Holding(relation.of, ref, share, relation.kind, pointer)
    return Holding(ref, relation.of, share, relation.kind, pointer)


def _known(case: Case) -> Iterator[Holding]:
    """Company edges that lists and the reference state; edges from people to bodies propagate nothing and are not read."""
    for link in case.company_links:
        for owned in case.nodes_of(link.subject):
            for owner in case.nodes_of(link.parent):
                if owner != owned:
                    share = None if link.percent is None else units(link.percent)
                    yield Holding(owner, owned, share, RelationKind.SUBSIDIARY, link.pointer)


def _larger(old: Holding | None, new: Holding) -> Holding:
    """One holding per pair: a share stated twice (as owner and as beneficial owner) is one share, the larger."""
    if old is None or (old.share is None and new.share is not None):
        return new
    if new.share is None or (old.share is not None and old.share >= new.share):
        return old
    return new


def _once(shares: Mapping[tuple[str, str], Holding]) -> Iterator[Holding]:
    """The holdings without beneficial interests that run through a holder of the same company, majority-held by the same owner."""
    of_company: dict[str, list[Holding]] = defaultdict(list)
    for holding in shares.values():
        of_company[holding.owned].append(holding)
    for (owner, owned), holding in shares.items():
        if holding.kind is RelationKind.BENEFICIAL_OWNER:
            through = [
                h
                for h in of_company[owned]
                if h.owner != owner
                and h.kind is not RelationKind.BENEFICIAL_OWNER
                and (link := shares.get((owner, h.owner))) is not None
                and (link.share is None or link.share >= MAJORITY)
            ]
            if through and sum(h.share or 0 for h in through) >= (holding.share or 0):
                continue
        yield holding


def _frozen(edges: Mapping[str, list[Holding]]) -> dict[str, tuple[Holding, ...]]:
    return {node: tuple(held) for node, held in edges.items()}


def group_of(ownership: Ownership, start: str) -> dict[str, tuple[Holding, ...]]:
    """Everybody under common control with ``start``, each with the edges that lead there: majority shares, control, affiliation.

    The partner of an even joint venture is nobody's affiliate for it. One affiliation may be crossed, not two: an affiliate of an affiliate is nobody's affiliate.
    """
    paths: dict[str, tuple[Holding, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for edge, other in _strong(ownership, node):
            crossed = any(h.kind is RelationKind.AFFILIATE for h in paths[node])
            if other in paths or (crossed and edge.kind is RelationKind.AFFILIATE):
                continue
            paths[other] = (*paths[node], edge)
            waiting.append(other)
    return paths


def _strong(ownership: Ownership, node: str) -> Iterable[tuple[Holding, str]]:
    for index in (ownership.owned_by, ownership.controlled_by):
        yield from ((h, h.owned) for h in index.get(node, ()) if _binds(h))
    for held in (ownership.holders.get(node, ()), ownership.controllers.get(node, ())):
        yield from ((h, h.owner) for h in held if h.owner != node and _binds(h) and h.share != MAJORITY)
    yield from ((h, h.owned) for h in ownership.affiliated_to.get(node, ()))


def _binds(holding: Holding) -> bool:
    if holding.share is not None:
        return holding.share >= MAJORITY
    return holding.kind in CONTROLLING
