"""How each submitted party stands to the purchase: dealt with, owner, controller, or further upstream (law.md 8.7, R01 reach)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .submission import SUPPLIER, RelationKind, Submission

OWNING = frozenset({RelationKind.OWNER, RelationKind.BENEFICIAL_OWNER, RelationKind.PARENT})
DIRECTING = frozenset(
    {
        RelationKind.CONTROLLER,
        RelationKind.DIRECTOR,
        RelationKind.OFFICER,
        RelationKind.LEGAL_REPRESENTATIVE,
        RelationKind.SIGNATORY,
    }
)
OWNED = frozenset({RelationKind.SUBSIDIARY, RelationKind.BRANCH})
SUPPLYING = frozenset({RelationKind.UPSTREAM_SUPPLIER, RelationKind.SUBCONTRACTOR, RelationKind.LABOUR_PROVIDER})


class Reach(StrEnum):
    """What a listing of this party means for the purchase: the first that applies, in this order."""

    SUPPLIER = "supplier"
    UPSTREAM = "upstream"
    OWNER = "owner"
    DIRECTOR = "director"
    DEALT_WITH = "dealt_with"
    AFFILIATE = "affiliate"
    CUSTOMER = "customer"
    FAMILY = "family"


@dataclass(frozen=True)
class Roles:
    """The standing of every party, by ref.

    ``makers`` make a good or an input (the supplier too, where a top-level good names nobody); ``upstream`` make inputs,
    supply the supplier, do its work or provide its labour.
    """

    makers: frozenset[str]
    upstream: frozenset[str]
    owners: frozenset[str]
    directors: frozenset[str]
    affiliates: frozenset[str]
    customers: frozenset[str]
    family: frozenset[str]

    def reach(self, ref: str) -> Reach:
        """How far away the party is; whoever is named with none of the known roles is dealt with directly."""
        if ref == SUPPLIER:
            return Reach.SUPPLIER
        for refs, reach in (
            (self.upstream, Reach.UPSTREAM),
            (self.owners, Reach.OWNER),
            (self.directors, Reach.DIRECTOR),
            (self.affiliates, Reach.AFFILIATE),
            (self.customers, Reach.CUSTOMER),
            (self.family, Reach.FAMILY),
        ):
            if ref in refs:
                return reach
        return Reach.DEALT_WITH


def read_roles(submission: Submission) -> Roles:
    """Sort the parties by what the submission says they do; an owner of an upstream maker counts as upstream's owner."""
    makers: set[str] = set()
    upstream: set[str] = set()
    for placed in submission.walk_goods():
        maker = placed.good.made_by or (SUPPLIER if placed.depth == 0 else None)
        if maker is None:
            continue
        makers.add(maker)
        if maker != SUPPLIER:
            upstream.add(maker)
    owners: set[str] = set()
    directors: set[str] = set()
    affiliates: set[str] = set()
    customers: set[str] = set()
    family: set[str] = set()
    for ref, _, party in submission.parties():
        for relation in party.relations:
            if relation.kind in SUPPLYING:
                upstream.add(ref)
            elif relation.kind in OWNING:
                owners.add(ref)
            elif relation.kind in DIRECTING:
                directors.add(ref)
            elif relation.kind is RelationKind.CUSTOMER:
                customers.add(ref)
            elif relation.kind is RelationKind.FAMILY:
                family.add(ref)
            elif relation.kind in OWNED or relation.kind is RelationKind.AFFILIATE:
                affiliates.add(ref)
    upstream.discard(SUPPLIER)
    return Roles(*(frozenset(s) for s in (makers, upstream, owners, directors, affiliates, customers, family)))
