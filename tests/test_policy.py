"""A buyer's policy makes a rating stricter and never looser, says who decided, and keeps every promise of an explanation."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.core.assessment import Assessment, Coverage
from app.core.engine import Engine
from app.core.law.policy import INFORMATION_ONLY, Policy, PolicyDocument, problems
from app.core.law.rating import Rating
from app.core.submission import Profile
from app.factors import FACTORS
from tests.support import builtin_engine, submission
from tests.test_changes import check
from tests.test_engine_properties import few, submissions

DAY = date(2026, 11, 23)
SHIRTS: dict[str, Any] = {
    "profiles": ["us_importer", "eu_operator"],
    "supplier": {"name": "Yangli Saigon Garment JSC", "country": "VN", "sites": [{"use": "production", "city": "Ho Chi Minh City", "country": "VN"}]},
    "related_parties": [{"ref": "p1", "name": "Yangli Cotton Mill", "country": "US", "tier": 2, "sites": [{"use": "production", "city": "Memphis", "country": "US"}], "relations": [{"kind": "upstream_supplier"}]}],
    "goods": [{"description": "men's cotton T-shirts", "hs_code": "6109.10", "origin_country": "VN", "made_by": "supplier",
               "inputs": [{"description": "cotton yarn", "hs_code": "5205.24", "origin_country": "US", "made_by": "p1",
                           "inputs": [{"description": "raw cotton", "hs_code": "5201.00", "origin_country": "US", "made_by": "p1"}]}]}],
}  # fmt: skip
"""A traced cotton chain: R16, elevated, for every profile."""


def policy(**members: Any) -> Policy:
    document = PolicyDocument.model_validate_json(json.dumps({"title": "Group purchasing policy", **members}))
    return Policy(edition="policy-1-abcdef12", decided_by="compliance desk", since=DAY, document=document)


def engine(own: Policy | None, **changes: Any) -> Engine:
    return replace(builtin_engine(), policy=own, **changes)


def assess(members: dict[str, Any], own: Policy | None, **changes: Any) -> Assessment:
    return engine(own, **changes).assess(submission(**members), DAY)


def ratings(made: Assessment) -> dict[str, Rating]:
    return {str(r.profile): r.rating for r in made.ratings}


def refused(**members: Any) -> dict[str, str]:
    built = builtin_engine()
    return dict(problems(policy(**members).document, built.rulebook, built.reference, FACTORS))


def test_without_a_policy_nothing_changes_but_the_basis_says_none() -> None:
    plain = assess(SHIRTS, None)
    assert plain.basis.policy == "none"
    empty = assess(SHIRTS, policy())
    assert empty.basis.policy == "policy-1-abcdef12"
    assert empty.model_copy(update={"basis": plain.basis}) == plain


def test_a_rule_is_rated_stricter_with_a_reason_that_says_who_decided() -> None:
    own = policy(ratings=[{"rule": "R16", "rating": "high", "why": "our board said so"}])
    made = assess(SHIRTS, own)
    assert set(ratings(assess(SHIRTS, None)).values()) == {Rating.ELEVATED}
    assert set(ratings(made).values()) == {Rating.HIGH}
    first, law = made.ratings[0].reasons[:2]
    assert (first.rule, first.rating, first.instrument) == ("P01", Rating.HIGH, "POLICY")
    assert "decided by compliance desk" in first.effect
    assert "Our board said so." in first.effect
    assert first.citation.url == "/v1/policies/policy-1-abcdef12"
    assert law.rule == "R16"
    assert first.findings == law.findings
    assert "own policy is stricter" in made.summary


def test_a_rule_rated_stricter_for_one_profile_leaves_the_others() -> None:
    own = policy(ratings=[{"rule": "R16", "rating": "high", "profiles": ["eu_operator"]}])
    assert ratings(assess(SHIRTS, own)) == {"us_importer": Rating.ELEVATED, "eu_operator": Rating.HIGH}
    strictest = assess({**SHIRTS, "profiles": ["global_policy"]}, own)
    assert ratings(strictest) == {"global_policy": Rating.HIGH}


@pytest.mark.parametrize(
    ("floor", "holds"),
    [
        ({"countries": ["VN"]}, True),
        ({"countries": ["US"]}, True),
        ({"countries": ["CN", "KP"]}, False),
        ({"sectors": ["cotton"]}, True),
        ({"sectors": ["tomato"]}, False),
        ({"sectors": ["cotton"], "countries": ["US"]}, True),
        ({"sectors": ["cotton"], "countries": ["UZ"]}, False),
        ({"factors": ["priority_good"]}, True),
        ({"factors": ["xinjiang_site"]}, False),
        ({"factors": ["priority_good"], "countries": ["VN"]}, True),
        ({"factors": ["priority_good"], "countries": ["CN"]}, False),
        ({"countries": ["VN"], "activities": ["invest"]}, False),
        ({"countries": ["VN"], "profiles": ["uk_person"]}, False),
    ],
)
def test_a_floor_holds_where_all_its_conditions_do(floor: dict[str, Any], holds: bool) -> None:
    made = assess(SHIRTS, policy(floors=[{"rating": "severe", **floor}]))
    assert set(ratings(made).values()) == ({Rating.SEVERE} if holds else {Rating.ELEVATED})
    if holds:
        reason = made.ratings[0].reasons[0]
        assert (reason.rule, reason.instrument) == ("P01", "POLICY")
        assert reason.findings
        assert set(reason.findings) <= {f.id for f in made.findings}


def test_a_floor_shows_where_the_case_touches_it() -> None:
    made = assess(SHIRTS, policy(floors=[{"rating": "high", "sectors": ["cotton"], "countries": ["US"]}]))
    shown = next(f for f in made.findings if f.factor == "policy_floor")
    assert shown.points == 0
    assert [e.pointer for e in shown.evidence] == ["/goods/0/inputs/0/hs_code", "/goods/0/inputs/0/inputs/0/hs_code"]


def test_profiles_are_switched_where_none_are_named_and_added_always() -> None:
    own = policy(profiles={"default": ["uk_person"], "also": ["global_policy"]})
    silent = {k: v for k, v in SHIRTS.items() if k != "profiles"}
    assert list(ratings(assess(silent, own))) == ["uk_person", "global_policy"]
    assert list(ratings(assess(SHIRTS, own))) == ["us_importer", "eu_operator", "global_policy"]
    assert assess(silent, own).basis.submission == assess(silent, None).basis.submission


def test_weights_move_the_score_and_no_rating() -> None:
    heavy, plain = assess(SHIRTS, policy(weights={"priority_good": 90.0})), assess(SHIRTS, None)
    assert heavy.score > plain.score
    assert ratings(heavy) == ratings(plain)
    assert heavy.score == pytest.approx(sum(f.points for f in heavy.findings), abs=0.05)


def test_a_stale_list_may_weigh_more_than_the_law_says_and_still_counts_under_a_policy() -> None:
    stale = (Coverage(list="us_ofac_sdn", edition="none", parties=0, fresh=False, says="not loaded"),)
    nothing = {"profiles": ["us_person"], "supplier": SHIRTS["supplier"], "activities": ["buy_services"]}
    assert ratings(assess(nothing, policy(), coverage=stale)) == {"us_person": Rating.ELEVATED}
    made = assess(nothing, policy(ratings=[{"rule": "R20", "rating": "high"}]), coverage=stale)
    assert [(r.rule, r.rating) for r in made.ratings[0].reasons] == [("P01", Rating.HIGH), ("R20", Rating.ELEVATED)]
    assert "us_ofac_sdn: not loaded" in made.ratings[0].reasons[0].effect
    more = assess(SHIRTS, policy(ratings=[{"rule": "R20", "rating": "severe"}]), coverage=stale)
    assert set(ratings(more).values()) == {Rating.SEVERE}, (
        "a stale list counts as well where another rule rates already"
    )


def test_a_rule_rated_below_the_law_is_refused_with_the_rule_named() -> None:
    assert refused(ratings=[{"rule": "R05", "rating": "elevated"}]) == {
        "/ratings/0/rating": "rule R05 is presumptively_barred by law; a policy may rate it stricter, never looser"
    }
    assert "R99" in refused(ratings=[{"rule": "R99", "rating": "high"}])["/ratings/0/rule"]
    assert refused(ratings=[{"rule": "R05", "rating": "prohibited"}, {"rule": "R22", "rating": "high"}]) == {}


def test_what_may_not_carry_a_rating_is_refused() -> None:
    for name in INFORMATION_ONLY:
        assert "only informs" in refused(floors=[{"rating": "high", "factors": [name]}])["/floors/0/factors/0"]
    assert (
        "possible" in refused(floors=[{"rating": "prohibited", "factors": ["possible_listing"]}])["/floors/0/factors/0"]
    )
    assert "possible" in refused(ratings=[{"rule": "R19", "rating": "prohibited"}])["/ratings/0/rating"]
    assert refused(floors=[{"rating": "severe", "factors": ["possible_listing"]}]) == {}


def test_unknown_words_are_refused_where_they_stand() -> None:
    assert set(refused(floors=[{"rating": "high", "factors": ["astrology"], "sectors": ["magic"]}], weights={"a/b": 1.0})) == {
        "/floors/0/factors/0",
        "/floors/0/sectors/0",
        "/weights/a~1b",
    }  # fmt: skip


@pytest.mark.parametrize(
    "members",
    [
        {"floors": [{"rating": "high"}]},
        {"floors": [{"rating": "fine", "countries": ["CN"]}]},
        {"floors": [{"rating": "high", "countries": ["China"]}]},
        {"ratings": [{"rule": "R16", "rating": "high", "colour": "red"}]},
        {"ratings": [{"rule": "R16", "rating": "high", "profiles": []}]},
        {"ratings": [{"rule": "R16", "rating": "high"}] * 201},
        {"weights": {"priority_good": -1}},
        {"weights": {"priority_good": 101}},
        {"weights": {"priority_good": True}},
        {"profiles": {"default": []}},
        {"profiles": {"also": ["everybody"]}},
        {"title": ""},
        {"title": "x" * 201},
        {"title": "a\x00b"},
        {"surprise": 1},
    ],
)
def test_a_document_of_another_shape_is_refused(members: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        policy(**members)


RULES = sorted({c.rule for law in builtin_engine().rulebook.laws for v in law.versions for c in v.consequences})
some_profiles = st.one_of(st.just("all"), st.lists(st.sampled_from([str(p) for p in Profile]), min_size=1, max_size=3))
words = st.sampled_from([str(r) for r in Rating])
floors = st.fixed_dictionaries(
    {"rating": words, "profiles": some_profiles},
    optional={
        "countries": st.lists(st.sampled_from(["CN", "PT", "US"]), min_size=1, max_size=2),
        "sectors": st.lists(st.sampled_from(["cotton", "tomato", "pvc"]), min_size=1, max_size=2),
        "factors": st.lists(st.sampled_from([f.name for f in FACTORS]), min_size=1, max_size=2),
        "settled_by": st.just("the fact that settles it"),
    },
).filter(lambda f: bool({"countries", "sectors", "factors"} & set(f)))
policies = st.fixed_dictionaries(
    {
        "ratings": st.lists(st.fixed_dictionaries({"rule": st.sampled_from(RULES), "rating": words, "profiles": some_profiles}), max_size=4),
        "floors": st.lists(floors, max_size=3),
        "weights": st.dictionaries(st.sampled_from([f.name for f in FACTORS]), st.floats(0, 100), max_size=3),
        "profiles": st.fixed_dictionaries({"also": st.lists(st.sampled_from([str(p) for p in Profile]), max_size=2)}),
    }
)  # fmt: skip
"""Policies that nobody checked, so that the engine itself is seen not to loosen."""

STALE = (Coverage(list="us_ofac_sdn", edition="none", parties=0, fresh=False, says="not loaded"),)


@given(submissions, policies, st.sampled_from([(), STALE]))
@few
def test_a_policy_never_lowers_a_rating(
    members: dict[str, Any], own: dict[str, Any], coverage: tuple[Coverage, ...]
) -> None:
    before, after = assess(members, None, coverage=coverage), assess(members, policy(**own), coverage=coverage)
    mine = ratings(after)
    for profile, rating in ratings(before).items():
        assert mine[profile].severity >= rating.severity
    assert after.rating.severity >= before.rating.severity
    kept = {str(r.profile): r.reasons for r in after.ratings}
    for was in before.ratings:
        assert [r.rule for r in was.reasons] == [r.rule for r in kept[str(was.profile)] if r.instrument != "POLICY"]


@given(submissions, policies)
@few
def test_what_would_change_a_rating_never_promises_more_than_a_policy_leaves(
    members: dict[str, Any], own: dict[str, Any]
) -> None:
    """A promise is another and a better rating, and never better than what no fact takes away."""
    made = assess(members, policy(**own))
    now = ratings(made)
    for change in made.would_change:
        if change.if_.startswith("confirmation that"):
            continue  # what would make it worse is told too
        for profile, then in change.then.items():
            assert then is not now[profile]
            reasons = next(r.reasons for r in made.ratings if str(r.profile) == profile)
            assert then.severity < now[profile].severity
            fixed = [r.rating for r in reasons if not r.findings]
            assert all(then.severity >= r.severity for r in fixed)


@given(submissions, policies)
@few
def test_applying_what_would_change_gives_the_promised_ratings_under_a_policy(
    members: dict[str, Any], own: dict[str, Any]
) -> None:
    """Each line is written into the submission and rated again in full, under the same policy."""
    check(submission(**members), replace(builtin_engine(), policy=policy(**own)))


@given(submissions, policies)
@few
def test_a_fact_against_never_lowers_a_rating_under_a_policy(members: dict[str, Any], own: dict[str, Any]) -> None:
    more = {**members, "statements": [*members["statements"], {"text": "接收喀什地区有组织转移就业富余劳动力180名，集中住宿、军事化管理。"}]}  # fmt: skip
    before, after = ratings(assess(members, policy(**own))), ratings(assess(more, policy(**own)))
    for profile, rating in before.items():
        assert after[profile].severity >= rating.severity or rating is Rating.INSUFFICIENT_INFORMATION
