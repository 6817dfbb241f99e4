"""The list's names as arrays: which words each has, which names a word stands in, and whose names they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.core.party import AliasKind, Party, PartyKind

from . import kernel
from .normalise import initials, words
from .vocabulary import Vocabulary, counted

Row = tuple[tuple[str, ...], int, int, int, bool, bool, bool]
"""One reading of one alias: its words, how many stand before a comma, the party's place, the alias's place, whether it is a person's,
whether the one word is the initials of a longer name, and whether it was read from Han."""


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
    post_start: Any
    post_name: Any
    scratch: tuple[Any, ...]

    @staticmethod
    def of(parties: Iterable[Party]) -> Index:
        return Index.of_rows([row for place, party in enumerate(parties) for row in rows_of(place, party)])

    @staticmethod
    def of_rows(rows: list[Row]) -> Index:
        vocabulary = Vocabulary.of(counted(row[0] for row in rows))
        numbers = vocabulary.numbers
        size = len(rows)
        lengths = np.array([len(row[0]) for row in rows] or [0], np.int64)
        name_start = np.zeros(len(lengths) + 1, np.int64)
        np.cumsum(lengths, out=name_start[1:])
        name_word = np.array([numbers[w] for row in rows for w in row[0]], np.int64)
        order = np.argsort(name_word, kind="stable")
        post_start = np.zeros(len(vocabulary.bits) + 1, np.int64)
        np.cumsum(np.bincount(name_word, minlength=len(vocabulary.bits)), out=post_start[1:])
        owner = np.repeat(np.arange(len(lengths)), lengths)
        name_bits = np.zeros(len(lengths), np.float32)
        np.add.at(name_bits, owner, vocabulary.bits[name_word] if len(name_word) else np.zeros(0, np.float32))
        return Index(
            vocabulary=vocabulary,
            party=np.array([row[2] for row in rows], np.int64),
            alias=np.array([row[3] for row in rows], np.int64),
            name_start=name_start,
            name_word=name_word,
            name_info=np.array([[row[4], row[1], row[5], row[6]] for row in rows] or [[0, 0, 0, 0]], np.int64),
            name_bits=name_bits,
            post_start=post_start,
            post_name=owner[order],
            scratch=(
                np.zeros(size + 1, np.float32),
                np.zeros(size + 1, np.int64),
                np.zeros(size + 1, np.int64),
                np.zeros(1, np.int64),
                np.zeros(size + 1, np.int64),
            ),
        )

    @property
    def for_candidates(self) -> tuple[Any, ...]:
        score, word_of, seen, stamp, touched = self.scratch
        return (
            self.post_start, self.post_name, self.vocabulary.bits, self.name_bits, score, word_of, seen, stamp, touched,
        )  # fmt: skip

    @property
    def for_alignment(self) -> tuple[Any, ...]:
        v = self.vocabulary
        return self.name_start, self.name_word, self.name_info, v.bits, v.folds, v.groups, v.flags


def rows_of(place: int, party: Party) -> list[Row]:
    """Every reading of every alias of a party."""
    person = party.kind is PartyKind.PERSON
    made: list[Row] = []
    for number, alias in enumerate(party.aliases):
        for one in words(alias.name, person):
            made.append(
                (one.core, min(one.family, len(one.core)), place, number, person, False, one.script.startswith("han"))
            )
        if not person and alias.kind is not AliasKind.WEAK:
            made.extend(((short,), 0, place, number, False, True, False) for short in initials(alias.name))
    return made


SCRATCH = (
    np.zeros((kernel.MAX_WORDS, kernel.MAX_LETTERS), np.uint8),
    np.zeros(kernel.MAX_WORDS, np.int64),
    np.zeros(64, np.uint8),
    np.zeros(64, np.uint8),
    np.zeros((400, 4), np.int64),
    np.zeros((400, 2), np.float32),
    np.zeros(kernel.MAX_WORDS, np.int64),
    np.zeros(kernel.MAX_WORDS, np.int64),
)
"""Scratch of the alignment; the compiled code holds the interpreter's lock, so one is enough."""
