"""The submitted names against the list: for each listed party the best pair of names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from app.core.common_names import is_common_name, is_most_frequent, turned_round
from app.core.names import analyse
from app.core.party import AliasKind, Party, PartyKind

from . import kernel
from .candidates import Aligned, Query, align, find, query_of
from .index import SCRATCH, Index
from .normalise import words
from .score import NOTHING, NamePair, equal_names, is_curated, named_value
from .vocabulary import ROWS
from .weights import ORGAN_MOST, weights

KEPT = 64
"""Most parties kept for one submitted party."""

Scored = tuple[float, bool, Query, int]
"""Log-odds of a pair of names, whether they are equal, the reading, and the row of the index."""


def best_pairs(
    index: Index, entries: Sequence[Party], texts: Sequence[str], kind: str, day: date
) -> dict[int, NamePair]:
    """Listed parties by place, each with the pair of names that speaks most for it."""
    best: dict[int, Scored] = {}
    for text in dict.fromkeys(texts):
        for reading in words(text, kind == PartyKind.PERSON):
            query = query_of(reading, index.vocabulary, person=kind == PartyKind.PERSON)
            _keep_best(best, index, entries, find(query, index), day)
    ranked = sorted(best.items(), key=lambda p: (-p[1][0], p[0]))[:KEPT]
    return {place: _pair(index, entries, scored) for place, scored in ranked}


def pair_with(
    index: Index, entries: Sequence[Party], place: int, texts: Sequence[str], kind: str, day: date
) -> NamePair | None:
    """The best pair of names with one listed party, however unlike they are; None where nothing can be compared."""
    rows = np.flatnonzero(index.party == place)
    best: dict[int, Scored] = {}
    for text in dict.fromkeys(texts):
        for reading in words(text, kind == PartyKind.PERSON):
            query = query_of(reading, index.vocabulary, person=kind == PartyKind.PERSON)
            _keep_best(best, index, entries, align(query, index, rows), day)
    return _pair(index, entries, best[place]) if place in best else None


def _keep_best(best: dict[int, Scored], index: Index, entries: Sequence[Party], aligned: Aligned, day: date) -> None:
    """Score the aligned rows and keep the best of each party; rows that share no word are left out."""
    if not len(aligned.rows):
        return
    values = weights().log_odds(aligned.features)
    text = aligned.query.words.text
    named = analyse(text, True)
    common = len(aligned.query.words.core) == 2 and is_common_name(named)
    everybody = is_most_frequent(named)
    for row, learnt, found in zip(aligned.rows.tolist(), values.tolist(), aligned.features.tolist(), strict=True):
        if found[8] == 0.0 and found[12] == 0.0:
            continue
        place = int(index.party[row])
        party = entries[place]
        alias = party.aliases[int(index.alias[row])]
        if (found[26] and found[14] < 1.0) or not alias.valid_on(day):
            continue
        equal = max(found[10], found[1], found[2]) > 0.85 and equal_names(
            text, alias.name, person=party.kind is PartyKind.PERSON
        )
        frequent = (common or everybody) and party.kind is PartyKind.PERSON and not is_curated(party)
        value = named_value(
            min(learnt, ORGAN_MOST) if not equal and _kindred(found, party) else learnt,
            alias,
            equal=equal,
            common=frequent,
            nobody=frequent and equal and (everybody or turned_round(named, analyse(alias.name, True))),
            bits=float(index.name_bits[row]) * min(found[1], found[2]) ** 2,
        )
        held = best.get(place)
        if held is None or value > held[0]:
            best[place] = (value, equal, aligned.query, row)


def _kindred(features: Any, party: Party) -> bool:
    """Whether an alignment is of two bodies of one state or house: their names differ by an organ, or share place and trade alone."""
    return bool(features[24] > 0.0 or features[28] > 0.0) and party.kind is not PartyKind.PERSON


def _pair(index: Index, entries: Sequence[Party], scored: Scored) -> NamePair:
    value, equal, query, row = scored
    party = entries[int(index.party[row])]
    alias = party.aliases[int(index.alias[row])]
    features = np.zeros(kernel.FEATURES, np.float32)
    pairs = np.empty((kernel.MAX_WORDS, 5), np.float32)
    count = kernel.align(
        query.arrays,
        row,
        index.for_alignment,
        index.vocabulary.arrays,
        SCRATCH,
        ROWS,
        kernel.SUBSTITUTION,
        kernel.VOWELS,
        features,
        pairs,
    )
    covered = float(min(features[1], features[2]))
    near = equal or (covered > 0.93 and features[10] > 0.88)
    likeness = 1.0 if equal else min(0.99, max(0.0, covered))
    return NamePair(
        text=query.words.text,
        alias=alias,
        value=max(value, NOTHING + 1),
        equal=equal,
        near=bool(near),
        likeness=likeness,
        kindred=not equal and _kindred(features, party),
        says=_says(index, query, row, alias.kind, alias.name, equal, pairs[:count]),
    )


def _says(index: Index, query: Query, row: int, kind: AliasKind, name: str, equal: bool, pairs: Any) -> str:
    """The comparison in words: which words agree, which are spelled nearly alike, and what is left over on either side."""
    text = query.words.text
    if equal:
        return f"'{text}' equals the {kind} name '{name}'"
    begin, end = int(index.name_start[row]), int(index.name_start[row + 1])
    listed = [index.vocabulary.words[v] for v in index.name_word[begin:end].tolist()]
    mine = list(query.words.core)
    same, like = [], []
    used_q: set[int] = set()
    used_l: set[int] = set()
    for a, b, c, d, s in pairs.tolist():
        q, t = " ".join(mine[int(a) : int(b)]), " ".join(listed[int(c) : int(d)])
        used_q.update(range(int(a), int(b)))
        used_l.update(range(int(c), int(d)))
        if s >= 0.999:
            same.append(q)
        else:
            like.append(f"{q} ~ {t} ({s:.0%})")
    parts = []
    if same:
        parts.append("equal: " + ", ".join(same))
    if like:
        parts.append("alike: " + ", ".join(like))
    if rest := [w for n, w in enumerate(mine) if n not in used_q]:
        parts.append("only submitted: " + ", ".join(rest))
    if rest := [w for n, w in enumerate(listed) if n not in used_l]:
        parts.append("only listed: " + ", ".join(rest))
    return f"'{text}' against the {kind} name '{name}': " + "; ".join(parts)
