"""Submitted names put to the index: the words to look for, the names that share them, and how each aligns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np

from app.core.screening import batch

from .edits import MAX_LETTERS
from .index import MOST, Index
from .normalise import Words
from .vocabulary import BEGINNING, BLANK, RECORD, Asked, Spelled, Vocabulary
from .weights import weights

POSTINGS = 15_000
"""Most names looked at for one reading of a name; words with many bearers come last. No more than ``retrieval.PLACES`` bits can tell apart."""

FEWEST = 20
"""Names aligned for one reading, and one more for every ``PER`` names of the list."""
PER = 25_000

_SYLLABLES = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|er|a|e|i|o|u|v)"
)
_NO_ROWS = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Query:
    """One reading of a submitted name, looked up in a list's vocabulary: its words, then others that may be meant."""

    words: Words
    units: tuple[Spelled, ...]
    person: bool
    parts: tuple[int, ...]
    """Which part of the name each unit is: two bits for each word, one for either half of it."""


def queries_of(readings: Sequence[Words], vocabulary: Vocabulary, *, persons: Sequence[bool]) -> list[Query]:
    """The readings with all their words looked up at once; ``persons``: whether each is submitted as a person's."""
    asked: list[Asked] = []
    parts: list[int] = []
    ends = []
    for words in readings:
        abjad = words.script == "abjad"
        heard = words.heard or ("",) * len(words.core)
        if words.cut and len(words.core) > 1:
            heard = (*heard[:-1], BEGINNING)
        asked += [(w, abjad, h, False) for w, h in zip(words.core, heard, strict=True)]
        parts += [_WORD << 2 * n for n in range(len(words.core))]
        for word, part in _more(words.core, vocabulary).items():
            asked.append((word, abjad, "", not abjad))
            parts.append(part)
        ends.append(len(asked))
    spelled = vocabulary.look_up(asked)
    return [
        Query(words, tuple(spelled[begin:end]), person, tuple(parts[begin:end]))
        for words, begin, end, person in zip(readings, [0, *ends], ends, persons, strict=False)
    ]


_WORD, _HALF = 0b11, 0b01


def _more(core: tuple[str, ...], vocabulary: Vocabulary) -> dict[str, int]:
    """Neighbouring words written together, and words that are two words of the list written together, with their parts of the name."""
    made: dict[str, int] = {}
    for n in range(len(core) - 1):
        made.setdefault(core[n] + core[n + 1], 0b1111 << 2 * n)
        if n + 2 < len(core) and len(core[n]) + len(core[n + 1]) + len(core[n + 2]) <= 16:
            made.setdefault(core[n] + core[n + 1] + core[n + 2], 0b111111 << 2 * n)
    for n, word in enumerate(core):
        if len(word) >= 5 and (word not in vocabulary.numbers or _only_syllables(word)):
            for half, one in enumerate(_split(word, vocabulary)):
                made.setdefault(one, _HALF << 2 * n + half)
    return {w: part for w, part in made.items() if len(w) <= MAX_LETTERS and w not in core}


@lru_cache(maxsize=65_536)
def _only_syllables(word: str) -> bool:
    return _SYLLABLES.sub("", word) == ""


def _split(word: str, vocabulary: Vocabulary) -> list[str]:
    best: tuple[float, str, str] | None = None
    number = vocabulary.numbers.get
    for cut in range(2, len(word) - 1):
        one, other = word[:cut], word[cut:]
        if (a := number(one, -1)) >= 0 and (b := number(other, -1)) >= 0:
            value = min(len(one), len(other)) + 0.01 * float(vocabulary.bits[a] + vocabulary.bits[b])
            if best is None or value > best[0]:
                best = (value, one, other)
    return [] if best is None else [best[1], best[2]]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The names of use found for each reading: ``start`` says where its rows of the index begin; every row has its features, its log-odds, and
    the ``counts`` pairs of words that meet (first, last, first, last, similarity)."""

    queries: Sequence[Query]
    start: list[int]
    rows: Any
    features: Any
    values: Any
    pairs: Any
    counts: Any


def find(
    queries: Sequence[Query], index: Index, *, least: Sequence[float] | None = None, day: date | None = None
) -> Aligned:
    """Candidates for each reading, aligned; left out are those that make no hit.

    ``least``: the log-odds that each reading needs, if any. ``day``: the day on which the list must give the name, if it must on one.
    """
    return align(queries, index, _NO_ROWS, least=least, day=day)


def align(
    queries: Sequence[Query],
    index: Index,
    rows: Any,
    *,
    least: Sequence[float] | None = None,
    day: date | None = None,
) -> Aligned:
    """The given rows of the index aligned with each reading; its candidates where no rows are given."""
    limit = min(MOST, FEWEST + len(index.party) // PER)
    today = batch.EVERY_DAY if day is None else day.toordinal()
    start, found, features, values, pairs, counts = batch.compare(
        _arrays(queries),
        rows,
        np.full(len(queries), -np.inf) if least is None else np.array(least),
        index.for_candidates,
        (index.names.since, index.names.until, today),
        index.for_alignment,
        index.vocabulary.for_alignment,
        batch.SCRATCH,
        weights().arrays,
        limit,
        POSTINGS,
    )
    return Aligned(queries, start.tolist(), found, features, values, pairs, counts)


def _arrays(queries: Sequence[Query]) -> tuple[Any, ...]:
    units = [u for q in queries for u in q.units]
    records = np.frombuffer(b"".join([*[u.record for u in units], BLANK]), RECORD)
    info = [
        (len(w.core), w.family, w.script == "abjad", w.cut, q.person, w.script.startswith("han"))
        for q in queries
        for w in (q.words,)
    ]
    return (
        _starts([len(q.units) for q in queries]),
        _starts([len(u.near) // 4 for u in units]),
        np.frombuffer(b"".join([u.near for u in units]), np.int32),
        np.frombuffer(b"".join([u.alike for u in units]), np.float32),
        np.array([part for q in queries for part in q.parts], np.uint64),
        np.array(info, np.int64).reshape(len(queries), 6),
        *[
            records[name]
            for name in ("letters", "size", "mask", "bits", "number", "fold", "group", "bones", "bone_size", "flags")
        ],
        _starts([len(u.known) // 4 for u in units]),
        np.frombuffer(b"".join([u.known for u in units]), np.int32),
        np.frombuffer(b"".join([u.known_alike for u in units]), np.float32),
    )


def _starts(sizes: list[int]) -> Any:
    return np.array([0, *accumulate(sizes)], np.int64)
