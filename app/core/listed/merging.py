"""What the records of one party say together: the first by the order of authorities gives the id, the name and the kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from app.core.party import CURATED, Designation, Link, Party

from .aliases import merged_aliases

AUTHORITIES = ("us_ofac_sdn", "us_ofac_consolidated", "us_", "un_", "eu_", "uk_", "ca_", "au_", "ch_")
"""Whose record gives a party its id and name: the first of these that the record's source begins with, then any other source's."""

T = TypeVar("T")


def rank(source: str) -> int:
    """The place of a source in the order of authorities; a curated row comes after every official record."""
    if source == CURATED:
        return len(AUTHORITIES) + 1
    return next((n for n, start in enumerate(AUTHORITIES) if source.startswith(start)), len(AUTHORITIES))


def merge(records: Sequence[Party], reasons: Sequence[str]) -> Party:
    """One party of several records, each with the reason it belongs to it; records of one rank stay in the order given."""
    if len(records) == 1:
        return records[0]
    paired = sorted(zip(records, reasons, strict=True), key=lambda p: rank(p[0].source))
    ordered = [record for record, _ in paired]
    return ordered[0].model_copy(
        update={
            "aliases": merged_aliases(ordered),
            "identifiers": _union(r.identifiers for r in ordered),
            "birth_dates": _union(r.birth_dates for r in ordered),
            "birth_places": _union(r.birth_places for r in ordered),
            "countries": _union(r.countries for r in ordered),
            "nationalities": _union(r.nationalities for r in ordered),
            "addresses": _union(r.addresses for r in ordered),
            "roles": _union(r.roles for r in ordered),
            "relationships": _union(r.relationships for r in ordered),
            "designations": _designations(ordered),
            "records": tuple(r.id for r in ordered[1:]),
            "links": tuple(Link(record=r.id, source=r.source, reason=reason) for r, reason in paired),
        }
    )


def _union(parts: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    made: list[T] = []
    for part in parts:
        made.extend(item for item in part if item not in made)
    return tuple(made)


def _designations(records: Sequence[Party]) -> tuple[Designation, ...]:
    """One designation per list and instrument.

    A list that does not state its dates takes them from the reference; once an official edition no longer has the party on a list,
    the curated row of that list has ended as well.
    """
    made: dict[tuple[str, str], Designation] = {}
    official: dict[str, list[Designation]] = defaultdict(list)
    for record in records:
        for designation in record.designations:
            key = (designation.list, designation.instrument)
            held = made.get(key)
            if record.source != CURATED:
                official[designation.list].append(designation)
            if held is None:
                made[key] = _followed(designation, official) if record.source == CURATED else designation
                continue
            made[key] = held.model_copy(
                update={
                    "listed_on": held.listed_on or designation.listed_on,
                    "ended_on": _end(held, designation),
                    "confirmed": held.confirmed or designation.confirmed,
                    "basis": held.basis or designation.basis,
                    "reference": held.reference or designation.reference,
                    "extends_to": held.extends_to or designation.extends_to,
                    "clauses": held.clauses or designation.clauses,
                    "names": held.names or designation.names,
                }
            )
    return tuple(made.values())


def _end(held: Designation, other: Designation) -> date | None:
    """The end of two designations by one act: the earlier of two, and one that the law states where the list still stands as it was.

    A list that says it began again after that end is believed.
    """
    if held.ended_on is None or other.ended_on is None:
        end = held.ended_on or other.ended_on
        return None if held.listed_on is not None and end is not None and end <= held.listed_on else end
    return min(held.ended_on, other.ended_on)


def _followed(curated: Designation, official: dict[str, list[Designation]]) -> Designation:
    ends = [d.ended_on for d in official.get(curated.list, ())]
    if curated.ended_on is not None or not ends:
        return curated
    last = max((e for e in ends if e is not None), default=None)
    return curated if None in ends or last is None else curated.model_copy(update={"ended_on": last})
