"""The ownership fixed point: the published examples, intervals, cycles, and random graphs against a brute-force oracle."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ownership import Holding, Ownership, OwnershipRule, Stake
from app.core.submission import RelationKind
from app.core.values import Citation

FAQ = Citation(title="OFAC FAQ 401", url="https://ofac.treasury.gov/faqs/401")
OFAC = OwnershipRule(code="OFAC50", threshold=50, citation=FAQ)
UK = OwnershipRule(code="UK", threshold=50, inclusive=False, aggregate=False, citation=FAQ)


def graph(*edges: tuple[str, str, float | None]) -> Ownership:
    holders: dict[str, list[Holding]] = {}
    for owner, owned, percent in edges:
        share = None if percent is None else Fraction(str(percent))
        holders.setdefault(owned, []).append(Holding(owner, owned, share, RelationKind.OWNER, "/x"))
    return Ownership({k: tuple(v) for k, v in holders.items()}, {}, {})


def stakes(listed: str, *edges: tuple[str, str, float | None], rule: OwnershipRule = OFAC) -> dict[str, Stake]:
    return graph(*edges).stakes(list(listed), rule)


@pytest.mark.parametrize(
    ("why", "listed", "edges", "reached", "not_reached"),
    [
        ("T1: two steps of 50 are not multiplied to 25", "X", [("X", "A", 50), ("A", "B", 50)], "AB", ""),
        ("T2: 25 and 25 through two held companies", "X", [("X", "A", 50), ("X", "B", 50), ("A", "C", 25), ("B", "C", 25)], "ABC", ""),
        ("T3: 10 direct and 40 through A", "X", [("X", "A", 50), ("X", "B", 10), ("A", "B", 40)], "AB", ""),
        ("T4: B is not reached, so only 25 counts", "X", [("X", "A", 50), ("X", "B", 25), ("A", "C", 25), ("B", "C", 25)], "A", "BC"),
        ("T5: neither A nor B is reached", "X", [("X", "A", 25), ("X", "B", 25), ("A", "C", 50), ("B", "C", 50)], "", "ABC"),
        ("T6: two listed persons together", "XY", [("X", "A", 25), ("Y", "A", 25)], "A", ""),
        ("T8: the threshold is 50.00", "X", [("X", "A", 49.99), ("Z", "A", 50.01)], "", "A"),
        ("trap 5: 60 of 90 is both steps over 50", "X", [("X", "A", 60), ("A", "B", 90)], "AB", ""),
        ("trap 5: 30 plus 25", "XY", [("X", "A", 30), ("Y", "A", 25)], "A", ""),
        ("exact sums: 16.7 + 33.3 is 50", "XY", [("X", "A", 16.7), ("Y", "A", 33.3)], "A", ""),
        ("a cycle is safe", "X", [("X", "A", 50), ("A", "B", 100), ("B", "A", 50)], "AB", ""),
    ],
)  # fmt: skip
def test_published_examples(
    why: str, listed: str, edges: list[tuple[str, str, float]], reached: str, not_reached: str
) -> None:
    made = stakes(listed, *edges)
    assert {c for c, s in made.items() if s.reached} == set(reached), why
    assert not {c for c in not_reached if c in made and made[c].reached}, why


def test_t9_an_interval_that_crosses_the_threshold_is_unresolved() -> None:
    stake = stakes("X", ("X", "A", 30), ("Z", "A", 45), ("Y", "A", None))["A"]
    assert (float(stake.least), float(stake.most)) == (30.0, 55.0)
    assert stake.unresolved
    assert not stake.reached


def test_the_unstated_rest_counts_only_where_a_listed_owner_is_present() -> None:
    assert stakes("X", ("Z", "A", 10)) == {}
    assert stakes("X", ("X", "A", 10))["A"].unresolved
    assert not stakes("X", ("X", "A", 10), ("Z", "A", 90))["A"].unresolved


def test_the_uk_share_test_excludes_an_even_split_and_does_not_add_holders() -> None:
    assert not stakes("X", ("X", "A", 50), ("Z", "A", 50), rule=UK)["A"].reached
    assert stakes("X", ("X", "A", 50.01), ("Z", "A", 49.99), rule=UK)["A"].reached
    joint = stakes("XY", ("X", "A", 30), ("Y", "A", 30), ("Z", "A", 40), rule=UK)["A"]
    assert not joint.reached
    assert not joint.unresolved


def test_a_chain_of_two_thousand_companies_is_followed_to_its_end() -> None:
    edges = [(f"c{n}", f"c{n + 1}", 50.0) for n in range(2_000)]
    made = graph(*edges).stakes(["c0"], OFAC)
    assert made["c2000"].reached


NODES = "ABCDEF"
EDGES = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.integers(min_value=1, max_value=100)),
    max_size=14,
    unique_by=lambda e: (e[0], e[1]),
)


@given(EDGES, st.sets(st.sampled_from(NODES), min_size=1))
def test_random_graphs_agree_with_a_brute_force_oracle(edges: list[tuple[str, str, int]], listed: set[str]) -> None:
    edges = [e for e in edges if e[0] != e[1]]
    reached = set(listed)
    while True:
        more = {o for o in NODES if sum(p for owner, owned, p in edges if owned == o and owner in reached) >= 50}
        if more <= reached:
            break
        reached |= more
    made = graph(*((a, b, float(p)) for a, b, p in edges)).stakes(sorted(listed), OFAC)
    assert {c for c, s in made.items() if s.reached} - listed == reached - listed


@given(EDGES, st.sets(st.sampled_from(NODES), min_size=1), st.sampled_from(NODES))
def test_another_listed_party_never_frees_a_company(
    edges: list[tuple[str, str, int]], listed: set[str], extra: str
) -> None:
    ownership = graph(*((a, b, float(p)) for a, b, p in edges if a != b))
    before = {c for c, s in ownership.stakes(sorted(listed), OFAC).items() if s.reached}
    after = {c for c, s in ownership.stakes(sorted(listed | {extra}), OFAC).items() if s.reached}
    assert before <= after | {extra}


def test_the_sum_is_told_step_by_step() -> None:
    stake = stakes("XY", ("X", "A", 30), ("Y", "A", 25))["A"]
    assert (
        stake.says({"X": "First", "Y": "Second"}) == "First 30 % + Second 25 % = 55 % held by listed or reached parties"
    )
