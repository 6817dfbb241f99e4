"""One party, several records: records that carry the same OFAC number are one party, reversibly and with every source kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from .matching import merged_aliases
from .party import CURATED, Designation, Party


def linked(parties: Iterable[Party]) -> tuple[tuple[Party, ...], dict[str, str]]:
    """Merge records that share an OFAC number; returns the parties and, for every record's id, the id of its party.

    The official record's id names the party. Records without such a number stay alone, so the Public Security Bureau of the
    region and that of the XPCC are never one.
    """
    groups: dict[str, list[Party]] = {}
    for party in parties:
        number = next((i.value for i in party.identifiers if i.scheme == "ofac"), None)
        groups.setdefault(f"ofac:{number}" if number else party.id, []).append(party)
    merged = tuple(_merge(group) for group in groups.values())
    ids = {record.id: party.id for party, group in zip(merged, groups.values(), strict=True) for record in group}
    return merged, ids


def _merge(records: list[Party]) -> Party:
    if len(records) == 1:
        return records[0]
    records = sorted(records, key=lambda p: p.source == CURATED)
    official = records[0]
    return official.model_copy(
        update={
            "aliases": merged_aliases(records),
            "identifiers": _union(r.identifiers for r in records),
            "birth_dates": _union(r.birth_dates for r in records),
            "birth_places": _union(r.birth_places for r in records),
            "countries": _union(r.countries for r in records),
            "nationalities": _union(r.nationalities for r in records),
            "addresses": _union(r.addresses for r in records),
            "roles": _union(r.roles for r in records),
            "relationships": _union(r.relationships for r in records),
            "designations": _designations(records),
            "records": tuple(r.id for r in records[1:]),
        }
    )


T = TypeVar("T")


def _union(parts: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    made: list[T] = []
    for part in parts:
        made.extend(item for item in part if item not in made)
    return tuple(made)


def _designations(records: list[Party]) -> tuple[Designation, ...]:
    """One designation per list and instrument; a list that does not state its dates takes them from the reference."""
    made: dict[tuple[str, str], Designation] = {}
    for record in records:
        for designation in record.designations:
            key = (designation.list, designation.instrument)
            held = made.get(key)
            if held is None:
                made[key] = designation
                continue
            made[key] = held.model_copy(
                update={
                    "listed_on": held.listed_on or designation.listed_on,
                    "ended_on": held.ended_on if held.confirmed else designation.ended_on,
                    "confirmed": held.confirmed or designation.confirmed,
                    "basis": held.basis or designation.basis,
                    "reference": held.reference or designation.reference,
                }
            )
    return tuple(made.values())
