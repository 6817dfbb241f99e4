"""The words of the list: how telling each is, and which are spelled nearly as a given one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log2
from typing import Any, NamedTuple

import numpy as np

from app.core.screening import retrieval

from .chinese import sound
from .edits import MAX_LETTERS, SKELETON, masks
from .readings import Spellings
from .spelling import bones, fold, matrix
from .tables import background, flags_of, groups, short_names, surnames

POPULATION = 16.0
"""Bits of a word that one name in 65,536 bears."""

MOST_BITS, FEWEST_BITS = 14.0, 1.0

SHORT_NAME = 0.75
"""Likeness of a given name and its short form: weak, for many are names of their own."""

BEGINNING = "*"
"""Instead of a sound: the word was cut off, and every word that begins with it may be meant."""

BEGUN = 200
"""Most words looked at that begin with what was left of one."""

CACHED = 50_000
"""Words whose neighbours are kept: some thirty megabytes."""

RECORD = np.dtype(
    [
        ("letters", np.uint8, MAX_LETTERS),
        ("bones", np.uint8, SKELETON),
        ("size", np.int16),
        ("bone_size", np.int16),
        ("fold", np.int32),
        ("group", np.int16),
        ("flags", np.int16),
        ("mask", np.uint64),
        ("bits", np.float32),
        ("number", np.int32),
    ]
)
"""What the compiled code needs to know of a word: 64 bytes, which is what memory hands over at once."""

BLANK = bytes(2 * RECORD.itemsize)
"""Two records that stand behind all others: a column of records is never empty nor contiguous then, which are other types to the compiler."""

Asked = tuple[str, bool, str, bool]
"""A word; whether it was read from a script without vowels; its sound where that is known and not seen from its letters; and whether it
stands so in the query (``False``) or was joined of several words of it, or is a part of one (``True``)."""


class Spelled(NamedTuple):
    """A word looked up. The arrays are kept as bytes: those of a batch are made by joining them."""

    record: bytes
    """One ``RECORD``: the word's letters, number in the list or -1, and so on."""
    near: bytes
    """Numbers (int32) of the words of the list that may be meant, the most alike first."""
    alike: bytes
    """How alike they are (float32)."""
    known: bytes
    """Words of the list (int32) known from tables to stand for this one, whatever their letters."""
    known_alike: bytes
    """How alike those are (float32)."""


@dataclass(frozen=True)
class Vocabulary:
    """Every word of the list's names, with its letters, skeleton, fold, group and bits, and the keys under which near words meet."""

    words: tuple[str, ...]
    numbers: Mapping[str, int]
    bits: Any
    bits_alone: Any
    """The bits side by side, for those who need nothing else of many words."""
    records: Any
    sounds: Mapping[str, list[int]]
    fold_numbers: Mapping[str, int]
    for_neighbours: tuple[Any, ...]
    for_alignment: tuple[Any, ...]
    members: tuple[Any, ...]
    kinds: tuple[Any, ...]
    """Fold, group and flags of each word, and how many parties of the list and names of the background bear it (as far as its bits say)."""
    cache: dict[Asked, Spelled] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def of(spelled: Spellings, counts: Any) -> Vocabulary:
        """``counts``: how many of the list's parties bear each word."""
        words = spelled.words
        fold_numbers: dict[str, int] = {}
        whole = np.zeros(len(words) + 2, RECORD)  # see ``BLANK``
        for name in ("number", "fold", "group"):
            whole[name] = -1
        records = whole[: len(words)]
        _spell(records, words, spelled.bones)
        records["number"] = np.arange(len(words))
        records["fold"] = [fold_numbers.setdefault(f, len(fold_numbers)) for f in spelled.folds]
        records["group"] = [groups().get(w, -1) for w in words]
        records["flags"] = spelled.flags
        records["bits"] = [bits(w, count) for w, count in zip(words, counts.tolist(), strict=False)]
        whole.flags.writeable = False
        records = whole
        shape = tuple(records[name] for name in ("letters", "size", "mask", "bones", "bone_size"))
        keys, ids = retrieval.all_keys(records["letters"], records["size"], records["bones"], records["bone_size"])
        order = np.argsort(keys, kind="stable")
        first_bits = max(1, min(24, len(keys).bit_length() - 1))
        keys, ids = keys[order], ids[order]
        sounds: dict[str, list[int]] = {}
        for n, heard in enumerate(spelled.sounds):
            if heard:
                sounds.setdefault(heard, []).append(n)
        return Vocabulary(
            words=words,
            numbers={w: n for n, w in enumerate(words)},
            bits=records["bits"],
            bits_alone=np.ascontiguousarray(records["bits"]),
            records=records,
            sounds=sounds,
            fold_numbers=fold_numbers,
            for_neighbours=(
                *shape, keys, ids, retrieval.directory(keys, first_bits), 64 - first_bits,
                np.zeros(len(records), np.int64), np.zeros(1, np.int64),
            ),
            for_alignment=(*shape, np.full(len(records), -1, np.int64)),
            members=(*_members(records["fold"], len(fold_numbers)), *_members(records["group"], max(groups().values()) + 1)),
            kinds=(records["fold"], records["group"], records["flags"], np.exp2(POPULATION - records["bits"]) - 1.0),
        )  # fmt: skip

    def look_up(self, asked: Sequence[Asked]) -> list[Spelled]:
        """Each word with its neighbours in the list."""
        held = [self.cache.get(one) for one in asked]
        new = list(dict.fromkeys(one for one, found in zip(asked, held, strict=True) if found is None))
        if not new:
            return held  # type: ignore[return-value]
        made = dict(zip(new, self._look_up(new), strict=True))
        if len(self.cache) + len(made) > CACHED:
            self.cache.clear()
        self.cache.update(made)
        return [found or made[one] for one, found in zip(asked, held, strict=True)]

    def _look_up(self, asked: list[Asked]) -> Iterator[Spelled]:
        records = np.zeros(len(asked) + 2, RECORD)
        numbers = np.array([self.numbers.get(word, -1) for word, _, _, _ in asked])
        listed = numbers >= 0
        records[: len(asked)][listed] = self.records[numbers[listed]]
        if others := [n for n, known in enumerate(listed.tolist()) if not known]:
            records[others] = self._strangers([asked[n] for n in others])
        records.flags.writeable = False
        known = [self._known(word, heard) for word, _, heard, _ in asked]
        known_start = np.zeros(len(asked) + 1, np.int64)
        np.cumsum([len(k) for k in known], out=known_start[1:])
        known_ids = np.array([v for k in known for v in k], np.int32)
        known_alike = np.array([s for k in known for s in k.values()], np.float64)
        start, near, alike = retrieval.look_up(
            (
                *(records[name] for name in ("letters", "size", "mask", "bones", "bone_size", "number", "fold", "group")),
                np.array([abjad for _, abjad, _, _ in asked]), np.array([joined for *_, joined in asked]), known_start, known_ids, known_alike,
            ),
            self.for_neighbours,
            self.members,
        )  # fmt: skip
        raw, all_near, all_alike = records.tobytes(), near.tobytes(), alike.tobytes()
        all_known, all_known_alike = known_ids.tobytes(), known_alike.astype(np.float32).tobytes()
        size, begins, known_begins = RECORD.itemsize, (4 * start).tolist(), (4 * known_start).tolist()
        for n in range(len(asked)):
            a, b, c, d = begins[n], begins[n + 1], known_begins[n], known_begins[n + 1]
            yield Spelled(
                raw[n * size : (n + 1) * size], all_near[a:b], all_alike[a:b], all_known[c:d], all_known_alike[c:d]
            )

    def _strangers(self, asked: Sequence[Asked]) -> Any:
        """Words that no listed name has; joined ones are found by their letters alone and never aligned, so they need no more."""
        words = [word for word, *_ in asked]
        records = np.zeros(len(words), RECORD)
        _spell(records, words, ["" if joined else bones(w) for w, _, _, joined in asked])
        records["number"] = -1
        records["fold"] = [-1 if joined else self.fold_numbers.get(fold(w), -1) for w, _, _, joined in asked]
        records["group"] = [groups().get(w, -1) for w in words]
        records["flags"] = [0 if joined else flags_of(w) for w, _, _, joined in asked]
        records["bits"] = [0.0 if joined else bits(w, 0) for w, _, _, joined in asked]
        return records

    def _known(self, word: str, heard: str) -> dict[int, float]:
        """Words of the list that tables make this one, with their likeness: short forms of a given name, spellings of a family name, and syllables
        that sound the same."""
        known: dict[int, float] = {}
        for other in short_names().get(word, ()):
            if (v := self.numbers.get(other, -1)) >= 0:
                known[v] = SHORT_NAME
        for other in surnames().get(word, ()):
            if (v := self.numbers.get(other, -1)) >= 0:
                known[v] = 0.88
        if heard == BEGINNING:
            return known | dict.fromkeys(self._begun(word), 0.9)
        if heard := heard or sound(word, wade=True):
            known.update((v, 0.9) for v in self.sounds.get(heard, ()))
        return known

    def _begun(self, word: str) -> list[int]:
        """Words of the list that begin with the given letters, two or more, where they are few enough to tell anything."""
        if len(word) < 2:
            return []
        begin = bisect_left(self._in_order, word)
        end = bisect_left(self._in_order, word + "~", begin)
        return [self.numbers[w] for w in self._in_order[begin:end]] if end - begin <= BEGUN else []

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self.words)


def _spell(records: Any, words: Sequence[str], skeletons: Sequence[str]) -> None:
    if not len(words):
        return
    records["letters"], records["size"] = matrix(words)
    records["bones"], records["bone_size"] = matrix(skeletons, SKELETON)
    records["mask"] = masks(records["letters"])


def _members(values: Any, size: int) -> tuple[Any, Any]:
    """Where the members of each value begin, and the members; values below 0 have none."""
    some = np.flatnonzero(values >= 0)
    start = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(values[some], minlength=size), out=start[1:])
    return start, some[np.argsort(values[some], kind="stable")].astype(np.int32)


def bits(word: str, listed: int) -> float:
    """How telling a word is: its rarity in the list and the background population, in bits."""
    seen, _ = background()
    return min(MOST_BITS, max(FEWEST_BITS, POPULATION - log2(1.0 + listed + seen.get(word, 0))))
