"""The list's names as arrays: which words each has, which names a word stands in, and whose names they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .readings import Spellings
from .vocabulary import Vocabulary

MOST = 64
"""Most names aligned for one reading of a submitted name."""

MET = np.dtype([("place", np.int32), ("bits", np.float32)])
"""What counting postings needs of a name, fetched together: where it stands among those met, and how telling it is."""


@dataclass(frozen=True)
class Names:
    """What is known of the listed name behind each row: its kind (its place among ``AliasKind``), whether it is common, the days (ordinals)
    from which (included) and until which (excluded) the list says so, whether its party is one of the reference, and where in ``keys`` its
    hashed exact keys begin and end; a name that was read anew has none there, it begins at -1."""

    kind: Any
    common: Any
    since: Any
    until: Any
    curated: Any
    keys: Any
    keys_begin: Any
    keys_end: Any


@dataclass(frozen=True)
class Columns:
    """Readings of listed names, one a row: the party's place, the name's place among its names, where its words begin and end, and
    ``info``: whether it is a person's, how many words stand before a comma, whether it is initials, and whether it was read from Han."""

    spelled: Spellings
    party: Any
    alias: Any
    start: Any
    word: Any
    info: Any
    names: Names


@dataclass(frozen=True)
class Index:
    """``rows`` of names in arrays; a party has one for each reading of each alias."""

    vocabulary: Vocabulary
    party: Any
    alias: Any
    name_start: Any
    name_word: Any
    name_info: Any
    name_bits: Any
    sole: Any
    """The one party that bears a word, -1 where several do."""
    names: Names
    post_start: Any
    post_name: Any
    scratch: tuple[Any, ...]

    @staticmethod
    def of(columns: Columns) -> Index:
        size = len(columns.party)
        lengths = np.diff(columns.start)
        owner = np.repeat(np.arange(size), lengths)
        many = max(len(columns.spelled.words), 1)
        # a word is counted once for each party that bears it: an alias more does not make the others tell less
        once = np.unique(columns.party[owner] * many + columns.word)
        counts = np.bincount(once % many, minlength=many)
        sole = np.full(many, -1, np.int64)
        sole[once % many] = once // many
        sole[counts > 1] = -1
        vocabulary = Vocabulary.of(columns.spelled, counts)
        order = np.argsort(columns.word, kind="stable")
        post_start = np.zeros(len(vocabulary.bits) + 1, np.int64)
        np.cumsum(np.bincount(columns.word, minlength=len(vocabulary.bits)), out=post_start[1:])
        met = np.zeros(size + 2, MET)  # one column of it is not contiguous whatever the size: one type to the compiler
        name_bits = met["bits"]
        np.add.at(name_bits, owner, vocabulary.bits[columns.word] if len(columns.word) else np.zeros(0, np.float32))
        return Index(
            vocabulary=vocabulary,
            party=columns.party,
            alias=columns.alias,
            name_start=(columns.start if size else np.zeros(2)).astype(np.int32),
            name_word=columns.word.astype(np.int32),
            name_info=(columns.info if size else np.zeros((1, 4))).astype(np.int8),
            name_bits=name_bits,
            sole=sole,
            names=columns.names,
            post_start=post_start,
            post_name=owner[order].astype(np.int32),
            scratch=(met["place"], np.zeros(2, np.int64), np.zeros(len(vocabulary.bits), np.int32)),
        )

    def rows_of_party(self, place: int) -> Any:
        """The rows of one party, which stand together."""
        return np.arange(*np.searchsorted(self.party, (place, place + 1)))

    @property
    def for_candidates(self) -> tuple[Any, ...]:
        bits = self.vocabulary.bits_alone
        return self.post_start, self.post_name, bits, self.name_bits, *self.scratch, self.name_start, self.name_word

    @property
    def for_alignment(self) -> tuple[Any, ...]:
        v = self.vocabulary
        return self.name_start, self.name_word, self.name_info, v.bits, *v.kinds, self.party, self.sole
