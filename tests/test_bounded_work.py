"""Names made to be slow stay bounded: what is counted here is work, not seconds."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

from app.core.party import Alias, AliasKind, Designation, Party, PartyKind
from app.core.screening.candidates import POSTINGS, find, queries_of
from app.core.screening.index import MOST
from app.core.screening.normalise import MAX_WORDS, words
from app.core.screening.retrieval import NEAREST
from app.core.screening.watchlist import NAMES, Watchlist
from app.core.submission import SubmittedParty
from app.core.values import Citation

ACT = Designation(instrument="I", list="l", programme="P", citation=Citation(title="l", url="https://example.org/l"))
LISTED = 20_000
SLOW = {
    "10,000 letters": "a" * 10_000,
    "10,000 letters in words": "muhammad bank " * 714,
    "one word, repeated": "bank " * 200,
    "every word common": "international trading company limited general import export group " * 15,
    "one-letter words": "a b c d e f g h i j " * 50,
    "digits": "1234567890 " * 90,
    "Han": "中国新疆公司" * 166,
    "Arabic words": "محمد عبد الله الرحمن احمد حسن علي " * 29,
    "accents upon accents": ("e" + "\u0301" * 19) * 50,
}


@cache
def watchlist() -> Watchlist:
    """More names share two words than are looked at for one query."""

    def listed(n: int) -> Party:
        alias = Alias(name=f"General Trading {n % 977} Bank {n}", kind=AliasKind.PRIMARY)
        return Party(id=f"l:{n}", source="l", kind=PartyKind.ORGANIZATION, aliases=(alias,), designations=(ACT,))

    return Watchlist.of([listed(n) for n in range(LISTED)])


@pytest.mark.parametrize("kind", ["person", "organization"])
@pytest.mark.parametrize("what", SLOW)
def test_a_slow_name_is_looked_up_and_compared_a_bounded_number_of_times(what: str, kind: str) -> None:
    index = watchlist().index
    person = kind == "person"
    readings = words(SLOW[what], person)
    assert len(readings) <= 8
    for reading in readings:
        (query,) = queries_of([reading], index.vocabulary, persons=[person])
        assert len(reading.core) <= MAX_WORDS
        assert len(query.units) <= 5 * MAX_WORDS
        assert all(len(unit.near) // 4 <= 4 * NEAREST for unit in query.units)
        place, *_ = index.scratch
        place[:] = -1
        found = find([query], index)
        assert np.count_nonzero(place >= 0) <= POSTINGS
        assert len(found.rows) <= MOST


def test_common_words_would_have_led_to_more() -> None:
    """The bound above is one that bites: without it every name of the list would be looked at."""
    vocabulary = watchlist().index.vocabulary
    (query,) = queries_of(words("general trading", False), vocabulary, persons=[False])
    start = watchlist().index.post_start
    wanted = {int(n) for unit in query.units for n in np.frombuffer(unit.near, np.int32)}
    assert sum(int(start[n + 1] - start[n]) for n in wanted) > POSTINGS


def test_no_more_than_so_many_names_of_one_query_are_compared() -> None:
    texts = tuple(f"General Trading {n}" for n in range(3 * NAMES))
    party = SubmittedParty.model_construct(
        **{**SubmittedParty(name="x").model_dump(), "name": texts[0], "other_names": texts[1:]}
    )
    hits = watchlist().screen(party, subject="s", as_of=date(2026, 1, 1), threshold=0.0, limit=1_000)
    assert {f.submitted for h in hits for f in h.features if f.name == "name"} <= set(texts[:NAMES])
