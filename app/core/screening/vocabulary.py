"""The words of the list: how telling each is, and which are spelled nearly as a given one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Any

import numpy as np

from . import kernel
from .chinese import sound
from .readings import Spellings
from .spelling import as_bytes, bones, fold, matrix
from .tables import background, flags_of, groups, surnames

POPULATION = 16.0
"""Bits of a word that one name in 65,536 bears."""

MOST_BITS, FEWEST_BITS = 14.0, 1.0
NEIGHBOURS = 48
"""Most spellings of the list kept for one word."""

CACHED = 100_000
"""Words whose neighbours are kept."""

ROWS = np.zeros((3, 64), np.int64)
"""Scratch of the edit distance; the compiled code holds the interpreter's lock, so one is enough."""


@dataclass(frozen=True)
class Spelled:
    """A word looked up: its number in the list or -1, its neighbours there, and how alike they are."""

    bits: float
    number: int
    fold: int
    group: int
    flags: int
    letters: Any
    size: int
    bones: Any
    bone_size: int
    near: Any
    alike: Any
    known: Any
    known_alike: Any
    """Words of the list known from tables to stand for this one, whatever their letters."""


@dataclass(frozen=True)
class Vocabulary:
    """Every word of the list's names, with its letters, skeleton, fold, group and bits, and the keys under which near words meet."""

    words: tuple[str, ...]
    numbers: Mapping[str, int]
    bits: Any
    folds: Any
    groups: Any
    flags: Any
    sounds: Mapping[str, list[int]]
    fold_numbers: Mapping[str, int]
    arrays: tuple[Any, ...]
    cache: dict[tuple[str, bool, str], Spelled] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def of(spelled: Spellings, counts: Any) -> Vocabulary:
        """``counts``: in how many of the list's names each word occurs."""
        words = spelled.words
        numbers = {w: n for n, w in enumerate(words)}
        fold_numbers: dict[str, int] = {}
        folds = np.array([fold_numbers.setdefault(f, len(fold_numbers)) for f in spelled.folds] or [0], np.int64)
        letters, sizes = matrix(list(words))
        v_bones, bone_sizes = matrix(list(spelled.bones), kernel.SKELETON)
        keys, ids = kernel.all_keys(letters, sizes, v_bones, bone_sizes)
        order = np.argsort(keys, kind="stable")
        arrays = (
            letters, sizes, v_bones, bone_sizes, keys[order], ids[order],
            np.zeros(max(len(words), 1), np.int64), np.zeros(1, np.int64),
        )  # fmt: skip
        sounds: dict[str, list[int]] = {}
        for n, heard in enumerate(spelled.sounds):
            if heard:
                sounds.setdefault(heard, []).append(n)
        rarity = [bits(w, count) for w, count in zip(words, counts.tolist(), strict=False)]
        return Vocabulary(
            words=words,
            numbers=numbers,
            bits=np.array(rarity or [0.0], np.float32),
            folds=folds,
            groups=np.array([groups().get(w, -1) for w in words] or [-1], np.int64),
            flags=spelled.flags.astype(np.int64) if words else np.zeros(1, np.int64),
            sounds=sounds,
            fold_numbers=fold_numbers,
            arrays=arrays,
        )

    def look_up(self, word: str, abjad: bool, heard: str = "") -> Spelled:
        """The word with its neighbours in the list; ``abjad`` when it was read from a script without vowels, ``heard`` its sound where known."""
        known = self.cache.get((word, abjad, heard))
        if known is None:
            if len(self.cache) >= CACHED:
                self.cache.clear()
            known = self.cache[word, abjad, heard] = self._look_up(word, abjad, heard)
        return known

    def _look_up(self, word: str, abjad: bool, heard: str) -> Spelled:
        letters, size = as_bytes(word), min(len(word), kernel.MAX_LETTERS)
        skeleton = bones(word)
        v_bones = as_bytes(skeleton, kernel.SKELETON)
        group = groups().get(word, -1)
        folded = self.fold_numbers.get(fold(word), -1)
        number = self.numbers.get(word, -1)
        ids = np.empty(NEIGHBOURS, np.int64)
        sims = np.empty(NEIGHBOURS, np.float32)
        count = kernel.neighbours(
            letters,
            size,
            v_bones,
            len(skeleton),
            abjad,
            self.arrays,
            ROWS,
            kernel.SUBSTITUTION,
            kernel.VOWELS,
            ids,
            sims,
        )
        found = dict(zip(ids[:count].tolist(), sims[:count].tolist(), strict=True))
        if folded >= 0:
            for v in self._same_fold.get(folded, ()):
                found[v] = max(found.get(v, 0.0), 0.97)
        for v in self._same_group.get(group, ()) if group >= 0 else ():
            found[v] = max(found.get(v, 0.0), 0.93)
        known: dict[int, float] = {}
        for other in surnames().get(word, ()):
            if (v := self.numbers.get(other, -1)) >= 0:
                known[v] = 0.88
        if heard := heard or sound(word, wade=True):
            known.update((v, 0.9) for v in self.sounds.get(heard, ()))
        for v, s in known.items():
            found[v] = max(found.get(v, 0.0), s)
        if number >= 0:
            found[number] = 1.0
        ranked = sorted(found.items(), key=lambda p: (-p[1], p[0]))
        return Spelled(
            bits=float(self.bits[number]) if number >= 0 else bits(word, 0), number=number, fold=folded, group=group, flags=flags_of(word), letters=letters, size=size, bones=v_bones, bone_size=len(skeleton),
            near=np.array([v for v, _ in ranked], np.int64), alike=np.array([s for _, s in ranked], np.float32),
            known=np.array(list(known), np.int64), known_alike=np.array(list(known.values()), np.float32),
        )  # fmt: skip

    @property
    def _same_fold(self) -> Mapping[int, list[int]]:
        return self._members("fold", self.folds)

    @property
    def _same_group(self) -> Mapping[int, list[int]]:
        return self._members("group", self.groups)

    def _members(self, what: str, values: Any) -> Mapping[int, list[int]]:
        held: Any = self.__dict__.get(f"_by_{what}")
        if held is None:
            held = {}
            for n, value in enumerate(values.tolist()):
                if value >= 0:
                    held.setdefault(value, []).append(n)
            object.__setattr__(self, f"_by_{what}", held)
        return held  # type: ignore[no-any-return]


def bits(word: str, listed: int) -> float:
    """How telling a word is: its rarity in the list and the background population, in bits."""
    seen, _ = background()
    return min(MOST_BITS, max(FEWEST_BITS, POPULATION - log2(1.0 + listed + seen.get(word, 0))))
