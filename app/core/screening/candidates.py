"""A submitted name put to the index: the words to look for, the names that share them, and how each aligns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import kernel
from .index import SCRATCH, Index
from .normalise import Words
from .vocabulary import ROWS, Spelled, Vocabulary

POSTINGS = 15_000
"""Most names looked at for one reading of a name; words with many bearers come last."""

FEWEST = 24
"""Names aligned for one reading, and one more for every ``PER`` names of the list."""
PER = 25_000
MOST = 64

_SYLLABLES = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|er|a|e|i|o|u|v)"
)


@dataclass(frozen=True)
class Query:
    """One reading of a submitted name, looked up in a list's vocabulary."""

    words: Words
    spelled: tuple[Spelled, ...]
    arrays: tuple[Any, ...]
    units: tuple[Spelled, ...]


def query_of(words: Words, vocabulary: Vocabulary, *, person: bool) -> Query:
    abjad = words.script == "abjad"
    heard = words.heard or ("",) * len(words.core)
    spelled = tuple(vocabulary.look_up(w, abjad, h) for w, h in zip(words.core, heard, strict=True))
    start = np.zeros(len(spelled) + 1, np.int64)
    np.cumsum([len(s.known) for s in spelled], out=start[1:])
    arrays = (
        np.array([s.letters for s in spelled]),
        np.array([s.size for s in spelled], np.int64),
        np.array([s.bits for s in spelled], np.float32),
        np.array([s.number for s in spelled], np.int64),
        np.array([s.fold for s in spelled], np.int64),
        np.array([s.group for s in spelled], np.int64),
        np.array([s.bones for s in spelled]),
        np.array([s.bone_size for s in spelled], np.int64),
        np.array([len(spelled), words.family, abjad, words.cut, person, words.script.startswith("han")], np.int64),
        start,
        np.concatenate([s.known for s in spelled]),
        np.concatenate([s.known_alike for s in spelled]),
        np.array([s.flags for s in spelled], np.int64),
    )
    return Query(
        words, spelled, arrays, spelled + tuple(vocabulary.look_up(w, abjad) for w in _more(words, spelled, vocabulary))
    )


def _more(words: Words, spelled: tuple[Spelled, ...], vocabulary: Vocabulary) -> list[str]:
    """Neighbouring words written together, and words that are two words of the list written together."""
    core = words.core
    made: list[str] = []
    for n in range(len(core) - 1):
        made.append(core[n] + core[n + 1])
        if n + 2 < len(core) and len(core[n]) + len(core[n + 1]) + len(core[n + 2]) <= 16:
            made.append(core[n] + core[n + 1] + core[n + 2])
    for word, known in zip(core, spelled, strict=True):
        if len(word) >= 5 and (known.number < 0 or _SYLLABLES.sub("", word) == ""):
            made.extend(_split(word, vocabulary))
    return [w for w in dict.fromkeys(made) if len(w) <= kernel.MAX_LETTERS and w not in core]


def _split(word: str, vocabulary: Vocabulary) -> list[str]:
    best: tuple[float, str, str] | None = None
    for cut in range(2, len(word) - 1):
        one, other = word[:cut], word[cut:]
        a, b = vocabulary.numbers.get(one, -1), vocabulary.numbers.get(other, -1)
        if a >= 0 and b >= 0:
            value = min(len(one), len(other)) + 0.01 * float(vocabulary.bits[a] + vocabulary.bits[b])
            if best is None or value > best[0]:
                best = (value, one, other)
    return [] if best is None else [best[1], best[2]]


@dataclass(frozen=True)
class Aligned:
    """The names found for one reading, as rows of the index, each with its features."""

    query: Query
    rows: Any
    features: Any


def find(query: Query, index: Index, also: Any = None) -> Aligned:
    """Candidates for a reading, and ``also`` the given rows, aligned."""
    start = np.zeros(len(query.units) + 1, np.int64)
    np.cumsum([len(u.near) for u in query.units], out=start[1:])
    ids = np.concatenate([u.near for u in query.units])
    sims = np.concatenate([u.alike for u in query.units])
    costs = [int((index.post_start[u.near + 1] - index.post_start[u.near]).sum()) for u in query.units]
    order = np.array(sorted((n for n in range(len(costs)) if costs[n]), key=lambda n: (costs[n], n)), np.int64)
    limit = min(MOST, FEWEST + len(index.party) // PER)
    best = np.empty(limit + (0 if also is None else len(also)), np.int64)
    size = kernel.candidates(start, ids, sims, order, index.for_candidates, best, limit, POSTINGS)
    if also is not None:
        held = set(best[:size].tolist())
        for row in also:
            if row not in held:
                best[size] = row
                size += 1
    return align(query, index, best[:size])


def align(query: Query, index: Index, rows: Any) -> Aligned:
    """The given rows of the index aligned with a reading."""
    features = np.zeros((max(len(rows), 1), kernel.FEATURES), np.float32)
    kernel.compare_all(
        query.arrays,
        rows,
        len(rows),
        index.for_alignment,
        index.vocabulary.arrays,
        SCRATCH,
        ROWS,
        kernel.SUBSTITUTION,
        kernel.VOWELS,
        features,
    )
    return Aligned(query, rows, features[: len(rows)])
