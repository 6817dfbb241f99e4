"""Which submitted party is listed, where, and how surely: the step between hits and the listing factors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.core.hit import Hit, Strength
from app.core.party import Designation, Party

from .kin import as_hit
from .stakes import OwnershipRule, Stake

if TYPE_CHECKING:
    from app.core.case import Case


@dataclass(frozen=True)
class Listing:
    """One designation of one hit: ``confirmed`` when both the match and the designation are."""

    subject: str
    hit: Hit
    party: Party
    designation: Designation

    @property
    def confirmed(self) -> bool:
        return self.hit.strength is Strength.CONFIRMED and self.designation.confirmed

    @property
    def pointer(self) -> str:
        """Where the list's own record is read."""
        return f"/v1/parties/{self.party.id}"

    def since(self) -> str:
        """The listing's own dates, in words."""
        return (
            f"since {self.designation.listed_on}"
            if self.designation.listed_on
            else "since a day the list does not state"
        )


def read_listings(case: Case) -> tuple[Listing, ...]:
    """Every designation of every hit that had begun by ``case.as_of``, ended ones included, one per party and list."""
    made: dict[tuple[str, str, str, bool], Listing] = {}
    for hit in case.hits:
        party = case.listed[hit.party.id]
        for designation in _begun(party, case.as_of):
            key = (hit.subject, party.id, designation.list, designation.in_force(case.as_of))
            made.setdefault(key, Listing(hit.subject, hit, party, designation))
    return tuple(made.values())


INFORMATION = "INFORMATION"
"""The ownership code of a designation that is shown with its hit and found by no factor: a buyer's own positive list."""


def _begun(party: Party, day: date) -> Iterator[Designation]:
    found = (d for d in party.designations if d.extends_to != INFORMATION)
    order = sorted(found, key=lambda d: (not d.confirmed, d.listed_on or date.min))
    return (d for d in order if d.listed_on is None or d.listed_on <= day)


def read_kin_listings(case: Case) -> tuple[Listing, ...]:
    """The listings in force of parents and subsidiaries that are not submitted themselves; the subject is their node."""
    return tuple(
        Listing(node, as_hit(node, party), party, designation)
        for party in case.kin.parties.values()
        for node in case.nodes_of(party.id)
        if node.startswith("@")
        for designation in _begun(party, case.as_of)
        if designation.confirmed and designation.in_force(case.as_of)
    )


def confirmed_on(case: Case, code: str) -> dict[str, dict[str, Listing]]:
    """For one ownership code: list id → node → its confirmed listing in force, where the designation carries that code."""
    found: dict[str, dict[str, Listing]] = {}
    for listing in (*case.listings, *case.kin_listings):
        designation = listing.designation
        if listing.confirmed and designation.extends_to == code and designation.in_force(case.as_of):
            found.setdefault(designation.list, {}).setdefault(listing.subject, listing)
    return found


@dataclass(frozen=True)
class Owned:
    """A company that listed parties hold or control something of: by which rule of which list, how much, and the listings by node."""

    rule: OwnershipRule
    list_id: str
    stake: Stake
    listed: Mapping[str, Listing]

    @property
    def behind(self) -> dict[str, Listing]:
        """The listed parties at the end of the holdings; all of them where the chain is longer than what is shown."""
        held = (*self.stake.holdings, *self.stake.steps)
        found = {h.owner: self.listed[h.owner] for h in held if h.owner in self.listed}
        return found or dict(self.listed)


def read_stakes(case: Case) -> tuple[Owned, ...]:
    """Every stake of listed parties in submitted companies that the same list does not name itself."""
    return tuple(
        Owned(rule, list_id, stake, listed)
        for code, rule in sorted(case.ownership_rules.items())
        for list_id, listed in sorted(confirmed_on(case, code).items())
        for company, stake in case.ownership.stakes(listed, rule).items()
        if company in case.parties and company not in listed
    )
