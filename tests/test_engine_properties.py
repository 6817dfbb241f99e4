"""What must hold of every assessment: same inputs, same bytes; order is irrelevant; more evidence against never helps."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.assessment import Assessment
from app.core.law.rating import Rating
from tests.support import builtin_engine, submission

DAY = date(2026, 11, 23)
PROFILES = ["us_person", "us_importer", "eu_operator", "ca_person", "global_policy"]

NAMES = [
    "Yangli Textile Co., Ltd.",
    "样例纺织有限公司",
    "Aksu Huafu Color Spinning Co., Ltd.",
    "Xinjiang Public Security Bureau",
    "Chen Lihua",
]
ADDRESSES = [
    "88 Xinchang Road, Suzhou, Jiangsu 215021",
    "Textile Industrial City, Aksu 843000, China",
    "新疆阿克苏地区阿克苏市 843000",
    "Urumqi Road 12, Shanghai",
    "Gujiao Town, Xinjiang County, Yuncheng, Shanxi 043100",
    "Rua da Fábrica 12, Guimarães",
]
TEXTS = [
    "We make boxes.",
    "不含新疆棉",
    "接收喀什地区有组织转移就业富余劳动力180名，实行军事化管理。",
    "产业援疆企业",
    "公司党支部组织学习",
]
HS = ["6109.10", "4819.10", "2002.90", "8541.43", "5205.24"]

sites = st.lists(
    st.fixed_dictionaries(
        {
            "use": st.sampled_from(["production", "unknown", "registered_office"]),
            "address": st.sampled_from(ADDRESSES),
            "country": st.sampled_from(["CN", "PT"]),
        }
    ),
    max_size=3,
)
relations = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["owner", "director", "upstream_supplier", "affiliate"]),
            "percent": st.one_of(st.none(), st.integers(0, 100)),
        }
    ),
    min_size=1,
    max_size=2,
)
submissions = st.fixed_dictionaries(
    {
        "profiles": st.just(PROFILES),
        "supplier": st.fixed_dictionaries({"name": st.sampled_from(NAMES[:2]), "country": st.just("CN"), "sites": sites}),
        "related_parties": st.lists(st.fixed_dictionaries({"name": st.sampled_from(NAMES), "country": st.just("CN"), "sites": sites, "relations": relations}), max_size=3).map(
            lambda parties: [{**p, "ref": f"p{n}"} for n, p in enumerate(parties)]
        ),
        "goods": st.lists(st.fixed_dictionaries({"description": st.just("goods"), "hs_code": st.sampled_from(HS), "origin_country": st.sampled_from(["CN", "PT"])}), max_size=2),
        "statements": st.lists(st.fixed_dictionaries({"text": st.sampled_from(TEXTS)}), max_size=2),
    }
)  # fmt: skip
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assess(members: dict[str, Any]) -> Assessment:
    return builtin_engine().assess(submission(**members), DAY)


def ratings(members: dict[str, Any]) -> dict[str, Rating]:
    return {str(r.profile): r.rating for r in assess(members).ratings}


@given(submissions)
@few
def test_the_same_inputs_give_the_same_bytes(members: dict[str, Any]) -> None:
    assert assess(members).model_dump_json() == assess(copy.deepcopy(members)).model_dump_json()


@given(submissions, st.randoms(use_true_random=False))
@few
def test_order_of_sites_goods_statements_and_parties_does_not_matter(members: dict[str, Any], random: Any) -> None:
    shuffled = copy.deepcopy(members)
    for part in (shuffled["supplier"]["sites"], shuffled["related_parties"], shuffled["goods"], shuffled["statements"]):
        random.shuffle(part)
    before, after = assess(members), assess(shuffled)
    assert [r.rating for r in before.ratings] == [r.rating for r in after.ratings]
    assert sorted(f.factor for f in before.findings) == sorted(f.factor for f in after.findings)
    assert before.score == pytest.approx(after.score, abs=0.05)


AGAINST: list[tuple[str, Any]] = [
    ("related_parties", {"ref": "x1", "name": "Xinjiang Production and Construction Corps", "country": "CN", "relations": [{"kind": "owner", "percent": 60}]}),
    ("related_parties", {"ref": "x1", "name": "新疆生产建设兵团", "country": "CN", "relations": [{"kind": "upstream_supplier"}]}),
    ("related_parties", {"ref": "x1", "name": "Huo Liujun", "kind": "person", "country": "CN", "birth_date": "1952", "relations": [{"kind": "director"}]}),
    ("statements", {"text": "接收喀什地区有组织转移就业富余劳动力180名，集中住宿、军事化管理。"}),
    ("goods", {"description": "cotton yarn made in Aksu, Xinjiang", "hs_code": "5205.24", "origin_country": "CN", "origin_region": "Xinjiang"}),
]  # fmt: skip


@given(submissions, st.sampled_from(AGAINST))
@few
def test_a_fact_against_never_lowers_a_rating(members: dict[str, Any], against: tuple[str, Any]) -> None:
    part, fact = against
    more = copy.deepcopy(members)
    more[part].append(fact)
    before, after = ratings(members), ratings(more)
    for profile, rating in before.items():
        assert after[profile].severity >= rating.severity or rating is Rating.INSUFFICIENT_INFORMATION


@given(submissions)
@few
def test_the_arithmetic_and_references_of_an_answer_hold(members: dict[str, Any]) -> None:
    made = assess(members)
    ids = {f.id for f in made.findings}
    assert made.score == pytest.approx(sum(f.points for f in made.findings), abs=0.05)
    assert 0 <= made.score <= 100
    assert made.rating.severity == max(r.rating.severity for r in made.ratings)
    for hit in made.hits:
        assert sum(f.contribution for f in hit.features) == pytest.approx(hit.score, abs=0.005)
    for profile in made.ratings:
        assert all(set(reason.findings) <= ids for reason in profile.reasons)
        assert profile.reasons or profile.rating is Rating.LOW
    assert all(f.evidence for f in made.findings)


@given(submissions)
@few
def test_saying_it_twice_changes_nothing(members: dict[str, Any]) -> None:
    twice = copy.deepcopy(members)
    for part in ("goods", "statements"):
        twice[part] += copy.deepcopy(members[part])
    twice["supplier"]["sites"] += copy.deepcopy(members["supplier"]["sites"])
    twice["related_parties"] += [
        {**copy.deepcopy(p), "ref": f"again{n}"} for n, p in enumerate(members["related_parties"])
    ]
    assert ratings(members) == ratings(twice)


IRRELEVANT: list[tuple[str, Any]] = [
    ("related_parties", {"ref": "y1", "name": "Ateliers du Lac SARL", "country": "FR", "sites": [{"use": "production", "address": "12 rue du Lac, Annecy", "country": "FR"}], "relations": [{"kind": "customer", "of": "supplier"}]}),
    ("statements", {"text": "Our canteen serves lunch from eleven to one."}),
    ("goods", {"description": "wooden rulers", "hs_code": "9017.80", "origin_country": "FR", "made_by": "y2"}),
]  # fmt: skip


@given(submissions, st.sampled_from(IRRELEVANT))
@few
def test_what_has_nothing_to_do_with_it_changes_nothing(members: dict[str, Any], more: tuple[str, Any]) -> None:
    part, fact = more
    before = copy.deepcopy(members)
    maker = {"ref": "y2", "name": "Ateliers du Lac SARL", "country": "FR", "sites": [{"use": "production", "address": "12 rue du Lac, Annecy", "country": "FR"}], "relations": [{"kind": "upstream_supplier"}]}  # fmt: skip
    if part == "goods":
        before["related_parties"].append(maker)
        before["goods"] = before["goods"] or [{"description": "boxes", "hs_code": "4819.10", "origin_country": "PT"}]
    after = copy.deepcopy(before)
    after[part].append(fact)
    assert ratings(before) == ratings(after)
