"""Packs put together: the names of every party in order, the words of all names with one numbering, and the arrays the index is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from app.core.screening.index import Columns, Names
from app.core.screening.readings import Readings, Row, Spellings, rows_of

from .entries import Members, Records
from .merging import rank
from .packed import PERSON, WEAK


def columns_of(records: Records, members: Members) -> Columns:
    """The readings of every party's names, in order of parties and of their names."""
    packs = records.packs
    owner, number = _owners(records)
    key, kind, common, since, until = (
        _joined([getattr(p, name) for p in packs], dtype)
        for name, dtype in (
            ("name_key", np.uint64), ("name_kind", np.uint8), ("name_common", bool), ("name_from", np.int32), ("name_until", np.int32),
        )
    )  # fmt: skip
    record_kind = _joined([p.kind for p in packs], np.uint8)
    first_name = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(owner, minlength=len(records)))])
    exact, exact_begin, exact_end = _exact_keys(records)
    person = record_kind[members.first] == PERSON
    curated = np.zeros(len(members.first), bool)
    curated[members.of_record[_joined([p.curated for p in packs], bool)]] = True
    again: list[tuple[int, int]] = []
    for entry, several in members.several.items():
        ordered = sorted(several, key=lambda at: rank(_source(records, at)))
        person[entry] = record_kind[ordered[0]] == PERSON
        seen: dict[int, int] = {}
        shared = False
        for at in ordered:
            for name in range(int(first_name[at]), int(first_name[at + 1])):
                shared = shared or bool(common[name])
                if int(key[name]) in seen:
                    number[name] = -1
                    continue
                number[name] = seen.setdefault(int(key[name]), len(seen))
                if (record_kind[at] == PERSON) != person[entry]:
                    again.append((at, name))
        if shared:
            for at in ordered:
                common[int(first_name[at]) : int(first_name[at + 1])] = True
    rows = _Rows.of([p.readings for p in packs], np.cumsum([0, *(len(p.name_key) for p in packs)])[:-1])
    if again:
        exact_begin[[name for _, name in again]] = -1
        rows = rows.without([name for _, name in again]).with_more(
            _read_again(records, again, first_name, person, members)
        )
    rows = rows.kept(number[rows.name] >= 0)
    entry = members.of_record[owner[rows.name]]
    rows, order = rows.ordered(np.lexsort((number[rows.name], entry)))
    entry = entry[order]
    spelled, word = _renumbered(rows.spelled, rows.word)
    return Columns(
        spelled=spelled,
        party=entry,
        alias=number[rows.name],
        start=rows.start,
        word=word,
        info=np.column_stack([person[entry], rows.info]).astype(np.int64).reshape(len(entry), 4),
        names=Names(
            kind=kind[rows.name],
            common=common[rows.name],
            since=since[rows.name],
            until=until[rows.name],
            curated=curated[entry],
            keys=exact,
            keys_begin=exact_begin[rows.name],
            keys_end=exact_end[rows.name],
        ),
    )


def _owners(records: Records) -> tuple[Any, Any]:
    """The record of every name, and its number among the names of its record."""
    owners, numbers = [], []
    for pack, start in zip(records.packs, records.starts.tolist(), strict=False):
        begin = np.concatenate([np.zeros(1, np.int64), pack.names_end[:-1]]) if len(pack) else np.zeros(0, np.int64)
        counts = pack.names_end - begin
        owners.append(np.repeat(np.arange(len(pack), dtype=np.int64) + start, counts))
        numbers.append(np.arange(len(pack.name_key), dtype=np.int64) - np.repeat(begin, counts))
    return _joined(owners, np.int64), _joined(numbers, np.int64)


def _source(records: Records, at: int) -> str:
    pack, place = records.where(at)
    return pack.sources[int(pack.source[place])]


def _exact_keys(records: Records) -> tuple[Any, Any, Any]:
    """The hashed exact keys of all names, and where those of each begin and end."""
    sizes = [np.diff(p.exact_end, prepend=0) for p in records.packs]
    size = _joined(sizes, np.int32)
    end = np.cumsum(size, dtype=np.int32)
    return _joined([p.exact_key for p in records.packs], np.uint32), end - size, end


def _read_again(
    records: Records, names: Sequence[tuple[int, int]], first_name: Any, person: Any, members: Members
) -> list[tuple[int, Row]]:
    """The readings of names of records of another kind than that of their party."""
    made: list[tuple[int, Row]] = []
    for at, name in names:
        alias = records[at].aliases[name - int(first_name[at])]
        pack, place = records.where(at)
        weak = int(pack.name_kind[pack.names(place)[name - int(first_name[at])]]) == WEAK
        as_person = bool(person[int(members.of_record[at])])
        made.extend((name, row) for row in rows_of(alias.name, person=as_person, weak=weak))
    return made


def _joined(columns: Iterable[Any], dtype: Any) -> Any:
    found = list(columns)
    return np.concatenate(found).astype(dtype) if found else np.zeros(0, dtype)


class _Rows:
    """Readings with one numbering of words and of names."""

    def __init__(self, spelled: Spellings, name: Any, start: Any, word: Any, info: Any) -> None:
        self.spelled, self.name, self.start, self.word, self.info = spelled, name, start, word, info

    @staticmethod
    def of(parts: Sequence[Readings], first_names: Any) -> _Rows:
        numbers: dict[str, int] = {}
        fresh: list[tuple[Spellings, Any]] = []
        names, lengths, words, infos = [], [], [], []
        for part, first in zip(parts, first_names.tolist(), strict=True):
            spelled = part.spelled()
            held = len(numbers)
            mine = np.array([numbers.setdefault(w, len(numbers)) for w in spelled.words], np.int64)
            fresh.append((spelled, np.flatnonzero(mine >= held)))
            names.append(part.alias.astype(np.int64) + first)
            lengths.append(np.diff(part.start))
            words.append(mine[part.word] if len(part.word) else np.zeros(0, np.int64))
            infos.append(part.info.reshape(len(part.alias), 3))
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(_joined(lengths, np.int64))])
        info = np.concatenate(infos) if infos else np.zeros((0, 3), np.uint8)
        return _Rows(_united(fresh), _joined(names, np.int64), start, _joined(words, np.int64), info)

    def without(self, names: Sequence[int]) -> _Rows:
        return self.kept(~np.isin(self.name, names))

    def with_more(self, rows: list[tuple[int, Row]]) -> _Rows:
        return _Rows.of([self._readings(), Readings.of(rows)], np.zeros(2, np.int64))

    def _readings(self) -> Readings:
        return Readings(lambda: self.spelled, self.name, self.start, self.word, self.info)

    def kept(self, keep: Any) -> _Rows:
        return self if keep.all() else self.ordered(np.flatnonzero(keep))[0]

    def ordered(self, order: Any) -> tuple[_Rows, Any]:
        """Some of the rows in another order."""
        lengths = np.diff(self.start)[order]
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        at = np.arange(int(start[-1])) + np.repeat(self.start[:-1][order] - start[:-1], lengths)
        return _Rows(self.spelled, self.name[order], start, self.word[at], self.info[order]), order


def _renumbered(spelled: Spellings, word: Any) -> tuple[Spellings, Any]:
    """The words that occur, numbered by where they first do."""
    first = np.full(len(spelled.words), len(word), np.int64)
    first[word[::-1]] = np.arange(len(word) - 1, -1, -1)
    used = np.argsort(first, kind="stable")[: int((first < len(word)).sum())]
    number = np.zeros(len(first), np.int64)
    number[used] = np.arange(len(used))
    return _united([(spelled, used)]), number[word]


def _united(parts: Sequence[tuple[Spellings, Any]]) -> Spellings:
    """The spellings of several packs, each word once: of each pack those at the given places."""
    words: list[str] = []
    folds: list[str] = []
    bones: list[str] = []
    sounds: list[str] = []
    flags = []
    for spelled, places in parts:
        some = places.tolist()
        words.extend([spelled.words[n] for n in some])
        folds.extend([spelled.folds[n] for n in some])
        bones.extend([spelled.bones[n] for n in some])
        sounds.extend([spelled.sounds[n] for n in some])
        flags.append(spelled.flags[places])
    return Spellings(tuple(words), tuple(folds), tuple(bones), tuple(sounds), _joined(flags, np.uint8))
