"""The parties of a watchlist as a sequence: packed, and read or merged when somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np

from app.core.party import Party

from .linking import Groups, hashed
from .merging import merge
from .packed import Packed

KEPT = 8_192
"""Parties kept as they were read: at most twice as many, some 200 MB. What was not asked for since is forgotten first."""


@dataclass(frozen=True)
class Lookup:
    """Hashed keys, sorted, each with the place it leads to; what a place holds is to be compared."""

    keys: Any
    places: Any

    @staticmethod
    def of(parts: Sequence[tuple[Any, Any]]) -> Lookup:
        keys = np.concatenate([np.zeros(0, np.uint64), *(k for k, _ in parts)])
        places = np.concatenate([np.zeros(0, np.int64), *(p for _, p in parts)]).astype(np.int32)
        order = np.argsort(keys, kind="stable")
        return Lookup(keys[order], places[order])

    def find(self, key: int) -> list[int]:
        """The places of a key, in order."""
        wanted = np.uint64(key)
        first = int(self.keys.searchsorted(wanted))
        last = int(self.keys.searchsorted(wanted, side="right"))
        return self.places[first:last].tolist()  # type: ignore[no-any-return]


class Records(Sequence[Party]):
    """The records of several packs, one pack after another."""

    def __init__(self, packs: Sequence[Packed]) -> None:
        self.packs = tuple(packs)
        self.starts = np.cumsum([0, *map(len, packs)], dtype=np.int64)
        self._young: dict[int, Party] = {}
        self._old: dict[int, Party] = {}

    def __len__(self) -> int:
        return int(self.starts[-1])

    @overload
    def __getitem__(self, at: int) -> Party: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Party]: ...
    def __getitem__(self, at: int | slice) -> Party | Sequence[Party]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        found = self._young.get(at)
        if found is None:
            found = self._young[at] = self._old.get(at) or self._read(at)
            if len(self._young) >= KEPT:
                self._old, self._young = self._young, {}
        return found

    def _read(self, at: int) -> Party:
        which, place = self.where(at)
        return which.party(place)

    def id_of(self, at: int) -> str:
        pack, place = self.where(at)
        return pack.ids[place].decode()

    def place_of(self, record_id: str, ids: Lookup) -> int | None:
        """The place of the record with this id, where ``ids`` leads to it."""
        return next((at for at in ids.find(hashed(record_id)) if self.id_of(at) == record_id), None)

    def where(self, at: int) -> tuple[Packed, int]:
        """The pack of a record, and its place there."""
        which = int(self.starts.searchsorted(at, side="right")) - 1
        return self.packs[which], at - int(self.starts[which])


@dataclass(frozen=True)
class Members:
    """Which records are which party: the party of each record, the first record of each, and all of those that have several."""

    of_record: Any
    first: Any
    several: dict[int, tuple[int, ...]]
    reasons: dict[int, str] = field(repr=False)

    @staticmethod
    def of(records: int, groups: Groups) -> Members:
        """Parties are numbered by their first records."""
        root = np.arange(records, dtype=np.int64)
        for members in groups.members:
            root[list(members)] = members[0]
        first = np.flatnonzero(root == np.arange(records))
        number = np.zeros(records, np.int64)
        number[first] = np.arange(len(first))
        several = {int(number[members[0]]): members for members in groups.members}
        return Members(number[root], first, several, groups.reasons)


class Entries(Sequence[Party]):
    """The parties in order of their first records."""

    def __init__(self, records: Records, members: Members) -> None:
        self.records = records
        self.members = members
        self._merged: dict[int, Party] = {}
        self._before: dict[int, Party] = {}

    def __len__(self) -> int:
        return len(self.members.first)

    @overload
    def __getitem__(self, at: int) -> Party: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Party]: ...
    def __getitem__(self, at: int | slice) -> Party | Sequence[Party]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        if at < 0:
            at += len(self)
        if not 0 <= at < len(self):
            raise IndexError(at)
        several = self.members.several.get(at)
        if several is None:
            return self.records[int(self.members.first[at])]
        found = self._merged.get(at)
        if found is None:
            found = self._merged[at] = self._before.get(at) or self._merge(several)
            if len(self._merged) >= KEPT:
                self._before, self._merged = self._merged, {}
        return found

    def _merge(self, several: tuple[int, ...]) -> Party:
        return merge([self.records[n] for n in several], [self.members.reasons.get(n, "") for n in several])

    def __iter__(self) -> Iterator[Party]:
        return (self[n] for n in range(len(self)))
