"""The ownership fixed point: the published examples, intervals, cycles, and random graphs against a brute-force oracle."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ownership.stake_words import says
from app.core.ownership.stakes import UNIT, By, Holding, Ownership, OwnershipRule, Stake, units
from app.core.submission import RelationKind
from app.core.values import Citation

FAQ = Citation(title="OFAC FAQ 401", url="https://ofac.treasury.gov/faqs/401")
OFAC = OwnershipRule(code="OFAC50", threshold=50, citation=FAQ)
UK = OwnershipRule(code="UK", threshold=50, inclusive=False, aggregate=False, citation=FAQ)


def graph(*edges: tuple[str, str, float | None]) -> Ownership:
    holders: dict[str, list[Holding]] = {}
    for owner, owned, percent in edges:
        share = None if percent is None else units(percent)
        holders.setdefault(owned, []).append(Holding(owner, owned, share, RelationKind.OWNER, "/x"))
    return Ownership({k: tuple(v) for k, v in holders.items()})


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
    assert (stake.least / UNIT, stake.most / UNIT) == (30.0, 55.0)
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
    names = {"X": "First", "Y": "Second", "A": "Company"}
    assert says(stake, names, OFAC) == "First 30 % + Second 25 % of Company = 55 % (the test is 50 % or more)"


def test_the_steps_before_the_sum_are_told_too() -> None:
    stake = stakes("X", ("X", "A", 50), ("X", "B", 50), ("A", "C", 25), ("B", "C", 25))["C"]
    told = says(stake, {}, OFAC)
    assert "X holds 50 % of A, which therefore counts" in told
    assert "A 25 % + B 25 % of C = 50 %" in told


def test_an_open_register_is_told_as_an_interval() -> None:
    told = says(stakes("X", ("X", "A", 30), ("Z", "A", 45))["A"], {}, OFAC)
    assert "30 % known, up to 55 % with what the register leaves open" in told


def test_one_persons_direct_and_indirect_holdings_count_together_under_the_uk_test() -> None:
    through = (("X", "A", 100.0), ("X", "C", 30.0), ("A", "C", 25.0), ("Z", "C", 45.0))
    assert stakes("X", *through, rule=UK)["C"].reached
    apart = (("X", "A", 100.0), ("Y", "C", 30.0), ("A", "C", 25.0), ("Z", "C", 45.0))
    assert not stakes("XY", *apart, rule=UK)["C"].reached


CONTROL = OwnershipRule(code="EU", threshold=50, control=True, citation=FAQ)


def test_control_spreads_through_controlled_and_held_companies_only_where_the_regime_follows_it() -> None:
    controller = Holding("X", "A", None, RelationKind.CONTROLLER, "/x")
    held = Holding("A", "B", units(60), RelationKind.OWNER, "/x")
    ownership = Ownership({"B": (held,)}, {"A": (controller,)})
    assert {c: s.by for c, s in ownership.stakes("X", CONTROL).items()} == {"A": By.CONTROL, "B": By.SHARE}
    assert ownership.stakes("X", OFAC) == {}


@given(EDGES, st.sets(st.sampled_from(NODES), min_size=1), st.randoms(use_true_random=False))
def test_the_order_of_the_register_does_not_matter(
    edges: list[tuple[str, str, int]], listed: set[str], random: object
) -> None:
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for rule in (OFAC, UK, CONTROL):
        first = graph(*((a, b, float(p)) for a, b, p in edges)).stakes(listed, rule)
        second = graph(*((a, b, float(p)) for a, b, p in shuffled)).stakes(listed, rule)
        assert {c: (s.least, s.most, s.by, s.unresolved) for c, s in first.items()} == {
            c: (s.least, s.most, s.by, s.unresolved) for c, s in second.items()
        }


@given(EDGES, st.sets(st.sampled_from(NODES), min_size=1))
def test_the_interval_holds_every_way_the_open_register_could_be_filled(
    edges: list[tuple[str, str, int]], listed: set[str]
) -> None:
    """Whoever holds the unstated rest: at best an outsider, at worst the listed parties themselves."""
    edges = [e for e in edges if e[0] != e[1]]
    made = graph(*((a, b, float(p)) for a, b, p in edges)).stakes(sorted(listed), OFAC)
    total = {n: sum(p for _, owned, p in edges if owned == n) for n in NODES}
    reached = set(listed)
    while True:  # the rest of every register that has a reached holder goes to the listed parties
        more = {
            n
            for n in NODES
            if (held := sum(p for o, owned, p in edges if owned == n and o in reached)) + max(100 - total[n], 0) * bool(held) >= 50
        }  # fmt: skip
        if more <= reached:
            break
        reached |= more
    assert {c for c, s in made.items() if s.reached or s.unresolved} - listed == reached - listed


def test_a_hundred_thousand_nodes_take_about_a_second() -> None:
    nodes = 100_000
    edges = [(f"n{n // 3}", f"n{n}", 50.0 if n % 2 else 30.0) for n in range(1, nodes)]
    edges += [(f"n{(n * 7919) % nodes}", f"n{n}", 25.0) for n in range(1, nodes)]
    ownership = graph(*edges)
    begun = time.process_time()
    made = ownership.stakes(["n0"], OFAC)
    took = time.process_time() - begun
    assert len(made) > 1_000
    assert took < 5, f"{took:.2f} s of CPU"
