"""One party, several records: which records of different lists are the same party, why, and what they say together.

Nothing is merged in storage: every record stays as its list wrote it, and links are made anew from the records whenever a watchlist
is built. Two records that one source puts on the same list are two parties, because its publisher keeps them apart; nor are two
curated records ever one. So the Public Security Bureau of the region and that of the XPCC stay two, whatever names they share.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from .matching import merged_aliases
from .party import CURATED, AliasKind, Designation, Link, Party, PartyKind

COMMON = 8
"""More records than this that share a name are namesakes; the name links none of them."""

SHORTEST = 8
"""Letters and digits a name needs to link organisations (half as many where they are Chinese characters)."""

WORLDWIDE = frozenset({"lei", "uscc", "imo", "duns"})
"""Numbers that are given once in the world."""

NATIONAL = frozenset({"passport", "national_id", "tax", "registration"})
"""Numbers that are given once in a country."""

NAMED = frozenset({AliasKind.PRIMARY, AliasKind.STRONG})
_WORD = re.compile(r"\w+")


def linked(parties: Iterable[Party]) -> tuple[tuple[Party, ...], dict[str, str]]:
    """Merge the records that are one party; returns the parties and, for every record's id, the id of its party.

    An official record's id names the party, the first in the order given. Time and memory grow with the number of records.
    """
    records = tuple(parties)
    groups, reasons = group(records)
    merged = tuple(merge([records[n] for n in members], [reasons.get(n, "") for n in members]) for members in groups)
    ids = {records[n].id: party.id for party, members in zip(merged, groups, strict=True) for n in members}
    return merged, ids


def group(records: Sequence[Party]) -> tuple[list[list[int]], dict[int, str]]:
    """Places of the records that are one party, in order of their first record; and why a record joined its party."""
    sets = _Sets(records)
    sources = {r.source for r in records}
    for place, record in enumerate(records):
        for key, why in _numbers(record, sources):
            sets.meet(key, place, why)
    sets.forget()
    for members in _namesakes(records):
        for at, one in enumerate(members):
            for other in members[at + 1 :]:
                a, b = records[one], records[other]
                reason = _same_by_name(a, b)
                if reason is not None and not _ambiguous(records, members, one, other):
                    sets.join(one, other, reason)
    return sets.groups(), sets.reasons


class _Sets:
    """Disjoint sets of records, of which no two may stand on one list of one source."""

    def __init__(self, records: Sequence[Party]) -> None:
        self.records = records
        self.parent = list(range(len(records)))
        self.slots: dict[int, frozenset[tuple[str, str]]] = {}
        self.first: dict[tuple[str, ...], int] = {}
        self.reasons: dict[int, str] = {}

    def root(self, place: int) -> int:
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def meet(self, key: tuple[str, ...], place: int, reason: str) -> None:
        """Join a record with the first that had the same key, where nothing speaks against it; an entry named by its key needs no more.

        Lists differ on the same person: OFAC has Erken Tuniyaz born in December 1961, Canada in January.
        """
        other = self.first.setdefault(key, place)
        named = key[0] == "record"
        if other != place and (named or not _contradict(self.records[other], self.records[place])):
            self.join(other, place, reason)

    def join(self, one: int, other: int, reason: str) -> None:
        a, b = self.root(one), self.root(other)
        if a == b:
            return
        mine, theirs = self._slots(a), self._slots(b)
        if mine & theirs:
            return
        low, high = min(a, b), max(a, b)
        self.parent[high] = low
        self.slots[low] = mine | theirs
        self.slots.pop(high, None)
        self.reasons.setdefault(one, reason)
        self.reasons.setdefault(other, reason)

    def _slots(self, root: int) -> frozenset[tuple[str, str]]:
        return self.slots.get(root) or _slots(self.records[root])

    def forget(self) -> None:
        self.first.clear()

    def groups(self) -> list[list[int]]:
        made: dict[int, list[int]] = {}
        for place in range(len(self.records)):
            made.setdefault(self.root(place), []).append(place)
        return list(made.values())


def _slots(record: Party) -> frozenset[tuple[str, str]]:
    if record.source == CURATED or not record.designations:
        return frozenset({(record.source, "")})
    return frozenset((record.source, d.list) for d in record.designations)


def _numbers(record: Party, sources: set[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Keys that only one party has, each with the reason it gives."""
    yield ("record", record.id), "the record of the other list that it names"
    for identifier in record.identifiers:
        scheme = identifier.scheme.lower()
        value = "".join(ch for ch in identifier.value.upper() if ch.isalnum())
        if scheme == "ofac":
            yield ("ofac", value), f"the same OFAC number {value}"
        elif scheme.endswith("_reference") or scheme == "seco":
            yield (scheme, value), f"the same {scheme.removesuffix('_reference').upper()} reference {identifier.value}"
        elif scheme in sources:
            yield ("record", f"{scheme}:{identifier.value}"), f"the same entry {identifier.value} of {scheme}"
        elif scheme in WORLDWIDE and sum(map(str.isdigit, value)) >= 4:
            yield (scheme, value), f"the same {scheme.upper()} {value}"
        elif scheme in NATIONAL and identifier.country and len(value) >= 6 and sum(map(str.isdigit, value)) >= 4:
            words = scheme.replace("_", " ")
            yield (scheme, value, identifier.country), f"the same {words} number, {identifier.country}"


def _namesakes(records: Sequence[Party]) -> Iterator[list[int]]:
    """Places of records that share a full name, few enough to be compared one by one."""
    first: dict[str, int] = {}
    more: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        if record.kind in (PartyKind.VESSEL, PartyKind.AIRCRAFT):
            continue  # ships change names and share them; their numbers tell
        for key in _names(record):
            other = first.setdefault(key, place)
            if other != place:
                more[key].append(place)
    for key, places in more.items():
        members = sorted({first[key], *places})
        if len(members) <= COMMON:
            yield members


def _names(record: Party) -> set[str]:
    """Full names that may link: neither weak nor former nor dated nor common ones, folded, words in order for organisations."""
    made = set()
    for alias in record.aliases:
        if alias.kind not in NAMED or alias.common or alias.valid_to is not None:
            continue
        words = _WORD.findall(unicodedata.normalize("NFKC", alias.name).casefold())
        plain = ["".join(ch for ch in unicodedata.normalize("NFKD", w) if not unicodedata.combining(ch)) for w in words]
        if record.kind is PartyKind.PERSON:
            plain.sort()
        length = sum(len(w) * (2 if ord(w[0]) >= 0x2E80 else 1) for w in plain if w)
        if (
            (len(plain) >= 2 and length >= SHORTEST)
            or (length >= SHORTEST and ord(plain[0][0]) >= 0x2E80)
            or (record.kind is PartyKind.PERSON and plain and ord(plain[0][0]) >= 0x2E80)
        ):
            made.add(" ".join(plain))
    return made


def _same_by_name(a: Party, b: Party) -> str | None:
    """Why two records with the same full name are one party, or None where the name is all they share."""
    if _contradict(a, b):
        return None
    person = PartyKind.PERSON in (a.kind, b.kind)
    if person and a.birth_dates and b.birth_dates:
        return "the same name and birth date"
    if not person and set(a.countries) & set(b.countries):
        return "the same name and country"
    if CURATED in (a.source, b.source) and set(a.lists) & set(b.lists):
        return "the same name on the same list"
    return None


def _contradict(a: Party, b: Party) -> bool:
    """Whether two records cannot be one party: another kind, or birth dates that all differ."""
    kinds = {a.kind, b.kind} - {PartyKind.UNKNOWN}
    if len(kinds - {PartyKind.ORGANIZATION, PartyKind.GOVERNMENT_BODY}) and len(kinds) > 1:
        return True
    if not a.birth_dates or not b.birth_dates:
        return False
    return not any(x.startswith(y) or y.startswith(x) for x in a.birth_dates for y in b.birth_dates)


def _ambiguous(records: Sequence[Party], members: Sequence[int], one: int, other: int) -> bool:
    """Whether one of the two could as well be a third: a namesake that the same source keeps on the same list."""
    for mine, theirs in ((one, other), (other, one)):
        slots = _slots(records[theirs])
        for third in members:
            rival = records[third]
            if third not in (mine, theirs) and _slots(rival) & slots and _same_by_name(records[mine], rival):
                return True
    return False


def merge(records: Sequence[Party], reasons: Sequence[str]) -> Party:
    """What the records of one party say together; the first official one gives the id and the primary name."""
    if len(records) == 1:
        return records[0]
    paired = sorted(zip(records, reasons, strict=True), key=lambda p: p[0].source == CURATED)
    ordered = [record for record, _ in paired]
    official = ordered[0]
    return official.model_copy(
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


T = TypeVar("T")


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
