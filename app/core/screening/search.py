"""The submitted names against the list: for each listed party the best pair of names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from app.core.common_names import is_common_name, is_most_frequent, turned_round
from app.core.names import Name, analyse
from app.core.party import Alias, Party, PartyKind

from .candidates import Aligned, Query, align, find, queries_of
from .index import Index
from .normalise import Words, words
from .score import NOTHING, NamePair, equal_names, is_curated, named_value
from .weights import ORGAN_MOST

KEPT = 64
"""Most parties kept for one submitted party."""

EQUAL_FROM = np.float32(0.85)
"""Coverage of either name, or likeness written without blanks, from which two names may be equal by rule."""

CHUNK = 32
"""Readings put to the list in one call; the interpreter's lock is held while it lasts, some milliseconds."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a submitted party looks for: its names; log-odds under which a pair of names is of no use; parties of use whatever their names."""

    texts: Sequence[str]
    person: bool
    least: float = -np.inf
    places: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """The pair of names that speaks most for a listed party, not yet put into words (see ``told``), and where its alignment stands."""

    pair: NamePair
    aligned: Aligned
    query: int
    at: int


def best_pairs(
    index: Index, entries: Sequence[Party], sought: Iterable[Sought], day: date
) -> Iterator[dict[int, Match]]:
    """For each submitted party the listed ones by place, each with the pair of names that speaks most for it."""
    held: list[Sought] = []
    readings: list[Sequence[Words]] = []
    size = 0
    for one in sought:
        held.append(one)
        readings.append(_readings(one))
        size += len(readings[-1])
        if size >= CHUNK:
            yield from _found(index, entries, held, readings, day)
            held, readings, size = [], [], 0
    yield from _found(index, entries, held, readings, day)


def pair_with(index: Index, entries: Sequence[Party], place: int, sought: Sought, day: date) -> Match | None:
    """The best pair of names with one listed party, however unlike they are; None where nothing can be compared."""
    readings = _readings(sought)
    rows = index.rows_of_party(place)
    if not readings or not len(rows):
        return None
    queries = queries_of(readings, index.vocabulary, persons=[sought.person] * len(readings))
    aligned = align(queries, index, rows)
    useful = _useful(index, aligned, np.full(len(aligned.rows), -np.inf), (), day)
    best = _best(index, entries, aligned, range(len(queries)), useful.nonzero()[0].tolist())
    return best.get(place)


def _readings(sought: Sought) -> Sequence[Words]:
    if len(sought.texts) == 1:
        return words(sought.texts[0], sought.person)
    return [reading for text in dict.fromkeys(sought.texts) for reading in words(text, sought.person)]


def _found(
    index: Index, entries: Sequence[Party], sought: Sequence[Sought], readings: Sequence[Sequence[Words]], day: date
) -> list[dict[int, Match]]:
    persons = [s.person for s, of in zip(sought, readings, strict=True) for _ in of]
    if not persons:
        return [{} for _ in sought]
    aligned = find(queries_of([r for of in readings for r in of], index.vocabulary, persons=persons), index)
    least = np.repeat([s.least for s, of in zip(sought, readings, strict=True) for _ in of], np.diff(aligned.start))
    useful = _useful(index, aligned, least, [place for s in sought for place in s.places], day)
    rows = useful.nonzero()[0].tolist()
    made = []
    first = begin = 0
    for of in readings:
        last = first + len(of)
        end = bisect_left(rows, aligned.start[last])
        best = _best(index, entries, aligned, range(first, last), rows[begin:end]) if begin < end else {}
        made.append(best)
        first, begin = last, end
    return made


def _useful(index: Index, aligned: Aligned, least: Any, wanted: Sequence[int], day: date) -> Any:
    """Rows that may make a hit: the names share a word and the list gives that name on the day, and it is like enough, or may be equal, or is
    a party's that is wanted whatever its names."""
    features, rows, values = aligned.features, aligned.rows, aligned.values
    person = index.name_info[rows, 0] != 0
    useful = np.where(_kindred(features, person), np.minimum(values, ORGAN_MOST), values) >= least
    useful |= _may_be_equal(features)
    if wanted:
        useful |= np.isin(index.party[rows], wanted)
    useful &= (features[:, 8] != 0) | (features[:, 12] != 0)
    useful &= (features[:, 26] == 0) | (features[:, 14] >= 1)  # initials of a whole name only where they are equal
    today = day.toordinal()
    useful &= (index.names.since[rows] <= today) & (today < index.names.until[rows])
    return useful


def _may_be_equal(features: Any) -> Any:
    return np.maximum(np.maximum(features[..., 10], features[..., 1]), features[..., 2]) >= EQUAL_FROM


def _kindred(features: Any, person: Any) -> Any:
    """Whether an alignment is of two bodies of one state or house: their names differ by an organ, or share place and trade alone."""
    return ((features[..., 24] > 0) | (features[..., 28] > 0)) & np.logical_not(person)


def _best(
    index: Index, entries: Sequence[Party], aligned: Aligned, queries: range, rows: Sequence[int]
) -> dict[int, Match]:
    """The best of the given rows for each party; of the parties the ``KEPT`` best."""
    best: dict[int, tuple[float, bool, int, int]] = {}
    query = queries.start
    named: Name | None = None
    common = everybody = False
    for at in rows:
        while aligned.start[query + 1] <= at:
            query += 1
            named = None
        text = aligned.queries[query].words.text
        if named is None:
            named = analyse(text, True)
            common = len(aligned.queries[query].words.core) == 2 and is_common_name(named)
            everybody = is_most_frequent(named)
        row = int(aligned.rows[at])
        place = int(index.party[row])
        party = entries[place]
        alias = party.aliases[int(index.alias[row])]
        features = aligned.features[at]
        person = party.kind is PartyKind.PERSON
        equal = bool(_may_be_equal(features)) and equal_names(text, alias.name, person=person)
        raw = float(aligned.values[at])
        frequent = (common or everybody) and person and not is_curated(party)
        value = named_value(
            min(raw, ORGAN_MOST) if not equal and _kindred(features, person) else raw,
            alias,
            equal=equal,
            common=frequent,
            nobody=frequent and equal and (everybody or turned_round(named, analyse(alias.name, True))),
            bits=float(index.name_bits[row]) * float(min(features[1], features[2])) ** 2,
        )
        held = best.get(place)
        if held is None or value > held[0]:
            best[place] = (value, equal, query, at)
    ranked = sorted(best.items(), key=lambda p: (-p[1][0], p[0]))[:KEPT]
    return {place: _match(index, entries[place], aligned, *scored) for place, scored in ranked}


def _match(index: Index, party: Party, aligned: Aligned, value: float, equal: bool, query: int, at: int) -> Match:
    alias = party.aliases[int(index.alias[aligned.rows[at]])]
    features = aligned.features[at]
    covered = float(min(features[1], features[2]))
    pair = NamePair(
        text=aligned.queries[query].words.text,
        alias=alias,
        value=max(value, NOTHING + 1),
        equal=equal,
        near=bool(equal or (covered > 0.93 and features[10] > 0.88)),
        likeness=1.0 if equal else min(0.99, max(0.0, covered)),
        kindred=bool(not equal and _kindred(features, party.kind is PartyKind.PERSON)),
        says="",
    )
    return Match(pair, aligned, query, at)


def told(index: Index, match: Match) -> NamePair:
    """The pair with the comparison in words: which words agree, which are spelled nearly alike, and what is left over on either side."""
    aligned, at = match.aligned, match.at
    pairs = aligned.pairs[at, : int(aligned.counts[at])]
    alias = match.pair.alias
    says = _says(index, aligned.queries[match.query], int(aligned.rows[at]), alias, match.pair.equal, pairs)
    return replace(match.pair, says=says)


def _says(index: Index, query: Query, row: int, alias: Alias, equal: bool, pairs: Any) -> str:
    text, kind, name = query.words.text, alias.kind, alias.name
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
