"""The submitted names against the list: for each listed party the best pair of names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from app.core.names import analyse, hashed_keys
from app.core.party import Alias, AliasKind, Party

from . import hangul, lineage
from .batch import EQUAL_FROM
from .candidates import Aligned, Query, align, find, queries_of
from .common_names import is_common_name, is_most_frequent, turned_round
from .index import Index
from .kernel import SQUASHED
from .normalise import Words, words
from .score import NOTHING, NamePair, equal_names, named_value
from .weights import INITIALS_MOST, LONG_INITIALS_MOST, ORGAN_MOST

KEPT = 64
"""Most parties kept for one submitted party."""

ALIAS_KINDS = tuple(AliasKind)

SHORT = 4
"""Letters of the initials that companies on no list share most often."""

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


class Found(NamedTuple):
    """An aligned row that may make a hit: where it stands, its row of the index, the party's place, the name's place among its names, the
    learnt log-odds, whether the names may be equal by rule, whether they are of two bodies of one state or house, how much of either is
    covered at least, how alike they are written without blanks, how telling the listed one is in bits, its kind, and whether its party is a
    person, and one of the reference."""

    at: int
    row: int
    place: int
    alias: int
    raw: float
    may_be_equal: bool
    kindred: bool
    covered: float
    squashed: float
    bits: float
    kind: int
    person: int
    curated: bool


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
    aligned = align(queries, index, rows, day=day)
    return _best(index, entries, aligned, 0, _rows(index, aligned), Sought(sought.texts, sought.person)).get(place)


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
    least = [-np.inf if s.places else s.least for s, of in zip(sought, readings, strict=True) for _ in of]
    queries = queries_of([r for of in readings for r in of], index.vocabulary, persons=persons)
    aligned = find(queries, index, least=least, day=day)
    found = _rows(index, aligned)
    made = []
    first = begin = 0
    for one, of in zip(sought, readings, strict=True):
        last = first + len(of)
        end = bisect_left(found, aligned.start[last], key=_at)
        made.append(_best(index, entries, aligned, first, found[begin:end], one) if begin < end else {})
        first, begin = last, end
    return made


_at = attrgetter("at")


def _rows(index: Index, aligned: Aligned) -> list[Found]:
    """The aligned rows with what is known of their names."""
    f, rows = aligned.features, aligned.rows
    person = index.name_info[rows, 0]
    values = aligned.values
    if len(short := f[:, 26].nonzero()[0]):
        letters = index.vocabulary.records["size"][index.name_word[index.name_start[rows[short]]]]
        most = np.where(letters > SHORT, LONG_INITIALS_MOST, INITIALS_MOST)
        values = values.copy()
        values[short] = np.minimum(values[short], most)
    # half of a given name of two syllables is another name, where nothing else is submitted
    partly = (f[:, 35] > 0) & (f[:, 3] == 0) & (person != 0)
    values = np.where(partly, np.minimum(values, ORGAN_MOST), values)
    columns = (
        range(len(rows)),
        rows.tolist(),
        index.party[rows].tolist(),
        index.alias[rows].tolist(),
        values.tolist(),
        (np.maximum(np.maximum(f[:, 1], f[:, 2]), f[:, SQUASHED]) >= EQUAL_FROM).tolist(),
        (((f[:, 24] > 0) | (f[:, 28] == 1)) & (person == 0)).tolist(),
        np.minimum(f[:, 1], f[:, 2]).tolist(),
        f[:, SQUASHED].tolist(),
        index.name_bits[rows].tolist(),
        index.names.kind[rows].tolist(),
        person.tolist(),
        index.names.curated[rows].tolist(),
    )
    return [Found(*row) for row in zip(*columns, strict=True)]


def _best(
    index: Index, entries: Sequence[Party], aligned: Aligned, query: int, rows: Sequence[Found], sought: Sought
) -> dict[int, Match]:
    """The best of the given rows, which are of ``query`` and those after it, for each party; of the parties the ``KEPT`` best.

    Only parties whose names are of use are read.
    """
    best: dict[int, tuple[float, bool, int, Found]] = {}
    words = aligned.queries[query].words
    borne: bool | None = None
    for row in rows:
        while aligned.start[query + 1] <= row.at:
            query += 1
            words, borne = aligned.queries[query].words, None
        if borne is None and row.person:
            borne = _frequent(words)
        apart = _apart(words.text, entries, row) if row.person and _told_apart(words.text) else np.inf
        equal = row.may_be_equal and apart == np.inf and _equal(index, entries, words.text, row)
        frequent = bool(row.person and borne and not row.curated)
        value = named_value(
            min(row.raw, apart, ORGAN_MOST if row.kindred and not equal else np.inf),
            ALIAS_KINDS[row.kind],
            equal=equal,
            common=frequent,
            nobody=frequent and equal and _nobody(words.text, entries[row.place].aliases[row.alias].name),
            bits=row.bits * row.covered**2,
        )
        if value < sought.least and row.place not in sought.places:
            continue
        held = best.get(row.place)
        if held is None or value > held[0]:
            best[row.place] = (value, equal, query, row)
    ranked = sorted(best.items(), key=lambda p: (-p[1][0], p[0]))[:KEPT]
    return {place: _match(entries[place], aligned, *scored) for place, scored in ranked}


def _equal(index: Index, entries: Sequence[Party], text: str, row: Found) -> bool:
    """Whether the names are equal by rule; names without a common key are not read."""
    names = index.names
    begin = int(names.keys_begin[row.row])
    if begin >= 0:
        keys = names.keys[begin : int(names.keys_end[row.row])].tolist()
        if hashed_keys(text, bool(row.person)).isdisjoint(keys):
            return False
    return equal_names(text, entries[row.place].aliases[row.alias].name, person=bool(row.person))


def _apart(text: str, entries: Sequence[Party], row: Found) -> float:
    """Log-odds that the names reach at most for what tells them apart whatever their letters are: Hangul, and whose son somebody is."""
    alias = entries[row.place].aliases[row.alias].name
    if hangul.differ(text, alias):
        return hangul.DIFFER_MOST
    return lineage.TURNED_MOST if lineage.turned_round(text, alias) else np.inf


@lru_cache(maxsize=16_384)
def _told_apart(text: str) -> bool:
    """Whether a submitted name may be told from a listed one by ``_apart``; most names may not, and are not looked at again."""
    return lineage.SAID.search(text) is not None or bool(hangul.syllables(text))


def _frequent(words: Words) -> bool:
    """Whether thousands of people bear the submitted name."""
    named = analyse(words.text, True)
    return (len(words.core) == 2 and is_common_name(named)) or is_most_frequent(named)


def _nobody(text: str, alias: str) -> bool:
    """Whether two equal names that thousands bear point at nobody all the same."""
    named = analyse(text, True)
    return is_most_frequent(named) or turned_round(named, analyse(alias, True))


def _match(party: Party, aligned: Aligned, value: float, equal: bool, query: int, row: Found) -> Match:
    pair = NamePair(
        text=aligned.queries[query].words.text,
        alias=party.aliases[row.alias],
        value=max(value, NOTHING + 1),
        equal=equal,
        near=equal or (row.covered > 0.93 and row.squashed > 0.88),
        likeness=1.0 if equal else min(0.99, max(0.0, row.covered)),
        kindred=not equal and row.kindred,
        says="",
    )
    return Match(pair, aligned, query, row.at)


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
