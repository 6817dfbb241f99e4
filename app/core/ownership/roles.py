"""How each submitted party stands to the purchase: dealt with, owner, controller, or further upstream (law.md 8.7, R01 reach)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum, auto

from app.core.submission import SUPPLIER, RelationKind, Submission

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


class Group(Enum):
    """The groups a party may belong to, in the order of the fields of ``Roles``."""

    MAKERS = auto()
    UPSTREAM = auto()
    OWNERS = auto()
    DIRECTORS = auto()
    AFFILIATES = auto()
    CUSTOMERS = auto()
    FAMILY = auto()
    FORMER = auto()


GROUPS: Mapping[RelationKind, Group] = {
    **dict.fromkeys(SUPPLYING, Group.UPSTREAM),
    **dict.fromkeys(OWNING, Group.OWNERS),
    **dict.fromkeys(DIRECTING, Group.DIRECTORS),
    **dict.fromkeys(OWNED | {RelationKind.AFFILIATE}, Group.AFFILIATES),
    RelationKind.CUSTOMER: Group.CUSTOMERS,
    RelationKind.FAMILY: Group.FAMILY,
}


SEEN_FROM: Mapping[RelationKind, Group] = {
    **dict.fromkeys(OWNED, Group.OWNERS),
    **dict.fromkeys(OWNING, Group.AFFILIATES),
    **dict.fromkeys(SUPPLYING, Group.UPSTREAM),
    RelationKind.AFFILIATE: Group.AFFILIATES,
    RelationKind.CONTROLLER: Group.AFFILIATES,
}
"""What a party is whom only another's relation names: the owner of a stated subsidiary, a company that somebody owns …"""


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
    FORMER = "former"


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
    former: frozenset[str]

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
            (self.former, Reach.FORMER),
        ):
            if ref in refs:
                return reach
        return Reach.DEALT_WITH


def read_roles(submission: Submission, as_of: date) -> Roles:
    """Sort the parties by what the submission says they do on the day; relations that have ended or not begun make ``former``."""
    found: dict[Group, set[str]] = {group: set() for group in Group}
    for placed in submission.walk_goods():
        maker = placed.good.made_by or (SUPPLIER if placed.depth == 0 and submission.buys else None)
        if maker is not None:
            found[Group.MAKERS].add(maker)
            if maker != SUPPLIER:
                found[Group.UPSTREAM].add(maker)
    for ref, _, party in submission.parties():
        for relation in party.relations:
            begun = relation.from_ is None or relation.from_ <= as_of
            if begun and (relation.to is None or as_of < relation.to):
                found[GROUPS[relation.kind]].add(ref)
            else:
                found[Group.FORMER].add(ref)
    placed_by = set().union(*found.values())
    for ref, _, party in submission.parties():
        for relation in party.relations:
            group = SEEN_FROM.get(relation.kind)
            if group is not None and relation.of not in placed_by and relation.of != ref:
                found[group].add(relation.of)
    found[Group.UPSTREAM].discard(SUPPLIER)
    return Roles(*(frozenset(found[group]) for group in Group))
