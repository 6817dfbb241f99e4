"""One party, several records: which records of different lists are the same party, and why.

Nothing is merged in storage: every record stays as its list wrote it, and links are made anew from the records whenever a watchlist
is built. Two records that one source puts on the same list are two parties, because its publisher keeps them apart; nor are two
curated records ever one. So the Public Security Bureau of the region and that of the XPCC stay two, whatever names they share.

Records are looked at only where they share a key, so that a million of them may stay packed (see ``packed``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np

from app.core.party import CURATED, AliasKind, Party, PartyKind

from .merging import merge

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

OWN, PLAIN = -2, -1
"""Instead of a list: the key is the record's own id, or a number that links whatever lists are loaded."""


def hashed(*parts: str) -> int:
    """A key of 64 bits. Of ten million different ones, two are the same in one case of 370,000; what a key finds is compared."""
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")


@dataclass(frozen=True)
class LinkKeys:
    """What may link records, as arrays: keys of numbers (``number_list`` says which of ``lists`` it is a reference to) and of full
    names, each with the place of its record, in the order of the records."""

    number: Any
    number_place: Any
    number_list: Any
    lists: tuple[str, ...]
    name: Any
    name_place: Any

    @staticmethod
    def of(records: Iterable[Party]) -> LinkKeys:
        numbers: list[tuple[int, int, int]] = []
        names: list[tuple[int, int]] = []
        lists: dict[str, int] = {}
        for place, record in enumerate(records):
            for key, refers_to, _ in _numbers(record):
                which = lists.setdefault(refers_to, len(lists)) if isinstance(refers_to, str) else refers_to
                numbers.append((hashed(*key), place, which))
            if record.kind not in (PartyKind.VESSEL, PartyKind.AIRCRAFT):  # ships change names and share them
                names.extend((hashed(name), place) for name in sorted(_names(record)))
        return LinkKeys(
            number=np.array([n[0] for n in numbers], np.uint64),
            number_place=np.array([n[1] for n in numbers], np.int32),
            number_list=np.array([n[2] for n in numbers], np.int16),
            lists=tuple(lists),
            name=np.array([n[0] for n in names], np.uint64),
            name_place=np.array([n[1] for n in names], np.int32),
        )

    @staticmethod
    def joined(parts: Sequence[tuple[LinkKeys, int]], sources: frozenset[str]) -> LinkKeys:
        """The keys of several packs, each with the place of its first record; a reference to a list that is not there links nothing."""
        used = []
        for keys, _ in parts:
            there = np.array([name in sources for name in keys.lists] or [False], bool)
            used.append((keys.number_list < 0) | there[np.maximum(keys.number_list, 0)])
        empty = np.zeros(0, np.uint64)

        def join(columns: Iterable[Any]) -> Any:
            return np.concatenate([empty[:0], *columns]) if parts else empty

        return LinkKeys(
            number=join(k.number[u] for (k, _), u in zip(parts, used, strict=True)),
            number_place=_whole([k.number_place[u] + at for (k, at), u in zip(parts, used, strict=True)]),
            number_list=_whole([np.minimum(k.number_list[u], 0) for (k, _), u in zip(parts, used, strict=True)]),
            lists=("",),
            name=join(k.name for k, _ in parts),
            name_place=_whole([k.name_place + at for k, at in parts]),
        )


def _whole(columns: Sequence[Any]) -> Any:
    return np.concatenate(columns).astype(np.int64) if columns else np.zeros(0, np.int64)


@dataclass(frozen=True)
class Groups:
    """Places of the records that are one party, where they are several, in order; and why a record joined its party."""

    members: tuple[tuple[int, ...], ...]
    reasons: dict[int, str]


def linked(parties: Iterable[Party]) -> tuple[tuple[Party, ...], dict[str, str]]:
    """Merge the records that are one party; returns the parties and, for every record's id, the id of its party."""
    records = tuple(parties)
    sources = frozenset(r.source for r in records)
    groups = group(records, LinkKeys.joined([(LinkKeys.of(records), 0)], sources), sources)
    first = {members[0]: members for members in groups.members}
    inside = {n for members in groups.members for n in members[1:]}
    every = [first.get(n, (n,)) for n in range(len(records)) if n not in inside]
    merged = tuple(merge([records[n] for n in ms], [groups.reasons.get(n, "") for n in ms]) for ms in every)
    ids = {records[n].id: party.id for party, members in zip(merged, every, strict=True) for n in members}
    return merged, ids


def group(
    records: Sequence[Party], keys: LinkKeys, sources: frozenset[str], apart: Iterable[tuple[int, int]] = ()
) -> Groups:
    """Which records are one party; time and memory grow with the number of keys, and records are read only where keys meet.

    ``apart`` are places of records that are two parties whatever they share.
    """
    sets = _Sets(records, sources, apart)
    for at in _meeting(keys.number):
        sets.meet(int(keys.number[at]), int(keys.number_place[at]))
    for members in _namesakes(keys):
        for n, one in enumerate(members):
            for other in members[n + 1 :]:
                reason = _same_by_name(records[one], records[other])
                if reason is not None and not _ambiguous(records, members, one, other):
                    sets.join(one, other, reason)
    return Groups(sets.groups(), sets.reasons)


def _meeting(keys: Any) -> list[int]:
    """Where the keys stand that occur more than once, in order."""
    order = np.argsort(keys, kind="stable")
    same = keys[order][1:] == keys[order][:-1]
    several = np.zeros(len(keys), bool)
    several[order[1:][same]] = True
    several[order[:-1][same]] = True
    return np.flatnonzero(several).tolist()


def _namesakes(keys: LinkKeys) -> Iterator[list[int]]:
    """Places of records that share a full name, few enough to be compared one by one, in the order in which names are met again."""
    members: dict[int, list[int]] = defaultdict(list)
    again: dict[int, None] = {}
    for at in _meeting(keys.name):
        key = int(keys.name[at])
        members[key].append(int(keys.name_place[at]))
        if len(members[key]) == 2:
            again[key] = None
    for key in again:
        if len(members[key]) <= COMMON:
            yield members[key]


class _Sets:
    """Disjoint sets of records, of which no two may stand on one list of one source."""

    def __init__(self, records: Sequence[Party], sources: frozenset[str], apart: Iterable[tuple[int, int]]) -> None:
        self.records = records
        self.sources = sources
        self.apart: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            self.apart[one].add(other)
            self.apart[other].add(one)
        self.members: dict[int, set[int]] = {}
        self.parent: dict[int, int] = {}
        self.slots: dict[int, frozenset[tuple[str, str]]] = {}
        self.first: dict[int, int] = {}
        self.reasons: dict[int, str] = {}

    def root(self, place: int) -> int:
        while (above := self.parent.get(place, place)) != place:
            self.parent[place] = self.parent.get(above, above)
            place = above
        return place

    def meet(self, key: int, place: int) -> None:
        """Join a record with the first that had the same key, where nothing speaks against it; an entry named by its key needs no more.

        Lists differ on the same person: OFAC has Erken Tuniyaz born in December 1961, Canada in January.
        """
        other = self.first.setdefault(key, place)
        if other == place or (a := self.root(other)) == (b := self.root(place)) or self._slots(a) & self._slots(b):
            return
        found = next(
            (f for f in _numbers(self.records[place]) if hashed(*f[0]) == key and _used(f[1], self.sources)), None
        )
        if found is None or found[0] not in {f[0] for f in _numbers(self.records[other])}:
            return  # two different keys of one hash
        if found[0][0] == "record" or not _contradict(self.records[other], self.records[place]):
            self.join(other, place, found[2])

    def join(self, one: int, other: int, reason: str) -> None:
        a, b = self.root(one), self.root(other)
        if a == b:
            return
        mine, theirs = self._slots(a), self._slots(b)
        if mine & theirs:
            return
        ours, others = self.members.get(a, {a}), self.members.get(b, {b})
        if self.apart and any(self.apart[n] & others for n in ours if n in self.apart):
            return
        low, high = min(a, b), max(a, b)
        self.members[low] = ours | others
        self.members.pop(high, None)
        self.parent[high] = low
        self.slots[low] = mine | theirs
        self.slots.pop(high, None)
        self.reasons.setdefault(one, reason)
        self.reasons.setdefault(other, reason)

    def _slots(self, root: int) -> frozenset[tuple[str, str]]:
        return self.slots.get(root) or _slots(self.records[root])

    def groups(self) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(sorted(self.members[root])) for root in sorted(self.members))


def _used(refers_to: str | int, sources: frozenset[str]) -> bool:
    return not isinstance(refers_to, str) or refers_to in sources


def _slots(record: Party) -> frozenset[tuple[str, str]]:
    if record.source == CURATED or not record.designations:
        return frozenset({(record.source, "")})
    return frozenset((record.source, d.list) for d in record.designations)


def _numbers(record: Party) -> Iterator[tuple[tuple[str, ...], str | int, str]]:
    """Keys that only one party has, each with what it refers to (another list, the record itself, or nothing) and the reason it gives."""
    yield ("record", record.id), OWN, "the record of the other list that it names"
    for identifier in record.identifiers:
        scheme = identifier.scheme.lower()
        value = "".join(ch for ch in identifier.value.upper() if ch.isalnum())
        if scheme == "ofac":
            yield ("ofac", value), PLAIN, f"the same OFAC number {value}"
        elif scheme.endswith("_reference") or scheme == "seco":
            shown = scheme.removesuffix("_reference").upper()
            yield (scheme, value), PLAIN, f"the same {shown} reference {identifier.value}"
        elif scheme in WORLDWIDE:
            if sum(map(str.isdigit, value)) >= 4:
                yield (scheme, value), PLAIN, f"the same {scheme.upper()} {value}"
        elif scheme in NATIONAL:
            if identifier.country and len(value) >= 6 and sum(map(str.isdigit, value)) >= 4:
                words = scheme.replace("_", " ")
                yield (
                    (scheme, value, identifier.country),
                    PLAIN,
                    f"the same {words} number, {identifier.country}",
                )
        else:
            key = ("record", f"{scheme}:{identifier.value}")
            yield key, scheme, f"the same entry {identifier.value} of {scheme}"


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
