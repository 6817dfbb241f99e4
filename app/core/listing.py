"""Which submitted party is listed, where, and how surely: the step between hits and the listing factors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .hit import Hit, Strength
from .party import Designation, Party

if TYPE_CHECKING:
    from .factor import Case


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


def _begun(party: Party, day: date) -> Iterator[Designation]:
    order = sorted(party.designations, key=lambda d: (not d.confirmed, d.listed_on or date.min))
    return (d for d in order if d.listed_on is None or d.listed_on <= day)


def confirmed_on(case: Case, code: str) -> dict[str, dict[str, Listing]]:
    """For one ownership code: list id → ref → its confirmed listing in force, where the designation carries that code."""
    found: dict[str, dict[str, Listing]] = {}
    for listing in case.listings:
        designation = listing.designation
        if listing.confirmed and designation.extends_to == code and designation.in_force(case.as_of):
            found.setdefault(designation.list, {}).setdefault(listing.subject, listing)
    return found
