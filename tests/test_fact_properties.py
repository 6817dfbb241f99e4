"""What must hold of every reading of places, goods and texts: order and repetition change nothing, and a fact against never lowers."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.assessment import Assessment
from tests.support import builtin_engine, submission

DAY = date(2026, 11, 23)
PROFILES = ["us_person", "us_importer", "eu_operator"]

ADDRESSES = [
    "Building 6", "江苏省南通市工业园区6号 226000", "新疆阿克苏地区阿克苏市 843000", "Aksu", "Urumqi Road 12, Shanghai", "Khorgos", "天山",
    "Xinjiang County, Yuncheng, Shanxi", "喀什深圳产业园", "Bac Ninh", "河北省保定市新市区",
]  # fmt: skip
NUMBERS = ["91650000731825217N", "91140825MA0K8R2W70", "916501004576329996", "91650000731825218N", "6501910123"]
PHONES = ["0991-1234567", "+86 359 7550000", "13912345678"]
TEXTS = [
    "We make boxes.", "不含新疆棉", "Our cotton comes from Aksu prefecture in Xinjiang.", "接收喀什富余劳动力180名，实行军事化管理。", "员工军训。",
    "Do you employ transferred workers from Xinjiang? No.", "Yangli Spinning received transferred labourers from Kashgar.", "原料产地不便透露。",
    "Our Kashgar factory employs 300.", "We hold BCI certificates.",
]  # fmt: skip
GOODS = [
    ("cotton T-shirts", "6109.10"),
    ("wooden chairs", "9401.61"),
    ("PVC resin", "3904.10"),
    ("若羌灰枣", None),
    ("solar modules", "8541.40"),
    ("goods", "99"),
]

site = st.fixed_dictionaries(
    {
        "use": st.sampled_from(["production", "unknown", "registered_office", "warehouse", "sales_office"]),
        "address": st.sampled_from(ADDRESSES),
    },
    optional={"country": st.sampled_from(["CN", "VN", "KZ"]), "postal_code": st.sampled_from(["843000", "200000"])},
)


def party(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "name": st.just(name),
            "country": st.sampled_from(["CN", "VN"]),
            "sites": st.lists(site, max_size=3),
            "identifiers": st.lists(
                st.fixed_dictionaries({"scheme": st.just("other"), "value": st.sampled_from(NUMBERS)}), max_size=2
            ),
            "phones": st.lists(st.sampled_from(PHONES), max_size=2),
        }
    )


def good(inputs: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(
        st.sampled_from(GOODS), st.sampled_from(["CN", "VN", None]), st.sampled_from(["supplier", "p1", None]), inputs
    ).map(
        lambda x: {"description": x[0][0], "hs_code": x[0][1], "origin_country": x[1], "made_by": x[2], "inputs": x[3]}
    )


def document(drawn: Any) -> dict[str, Any]:
    supplier, spinner, relation, goods, statements = drawn
    related = {**spinner, "ref": "p1", "relations": [{"kind": relation, "of": "supplier"}]}
    return {
        "profiles": PROFILES,
        "supplier": supplier,
        "related_parties": [related],
        "goods": goods,
        "statements": statements,
    }


statement = st.fixed_dictionaries({"text": st.sampled_from(TEXTS), "about": st.sampled_from(["supplier", "p1"])})
documents = st.tuples(
    party("Yangli Chairs Co., Ltd."),
    party("Yangli Spinning Co., Ltd."),
    st.sampled_from(["upstream_supplier", "labour_provider", "customer", "affiliate"]),
    st.lists(good(st.lists(good(st.just([])), max_size=2)), max_size=2),
    st.lists(statement, max_size=3),
).map(document)
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assess(members: dict[str, Any]) -> Assessment:
    return builtin_engine().assess(submission(**members), DAY)


def severities(members: dict[str, Any]) -> dict[str, int]:
    return {str(r.profile): r.rating.severity for r in assess(members).ratings}


@given(documents, st.randoms(use_true_random=False))
@many
def test_order_changes_no_fact(members: dict[str, Any], random: Any) -> None:
    other = copy.deepcopy(members)
    for holder in (other["supplier"], *other["related_parties"]):
        for part in ("sites", "identifiers", "phones"):
            random.shuffle(holder[part])
    for part in (other["goods"], *(g["inputs"] for g in other["goods"]), other["statements"]):
        random.shuffle(part)
    before, after = assess(members), assess(other)
    assert [r.rating for r in before.ratings] == [r.rating for r in after.ratings]
    assert sorted((f.factor, f.subject) for f in before.findings) == sorted(
        (f.factor, f.subject) for f in after.findings
    )


@given(documents)
@many
def test_saying_it_twice_changes_no_rating(members: dict[str, Any]) -> None:
    other = copy.deepcopy(members)
    other["statements"] += copy.deepcopy(other["statements"])
    other["goods"] += copy.deepcopy(other["goods"])
    for holder in (other["supplier"], *other["related_parties"]):
        for part in ("sites", "identifiers", "phones"):
            holder[part] += copy.deepcopy(holder[part])
    assert severities(members) == severities(other)


@given(documents)
@many
def test_what_has_nothing_to_do_with_it_changes_no_rating(members: dict[str, Any]) -> None:
    other = copy.deepcopy(members)
    other["statements"].append({"text": "The canteen serves lunch from eleven.", "about": "supplier"})
    other["related_parties"].append(
        {
            "ref": "x",
            "name": "Livraria do Porto, Lda.",
            "country": "PT",
            "relations": [{"kind": "customer", "of": "supplier"}],
        }
    )
    assert severities(members) == severities(other)


AGAINST: list[tuple[str, Any]] = [
    ("statements", {"text": "我们接收和田地区有组织转移就业劳动力60名。", "about": "supplier"}),
    ("statements", {"text": "Our cotton comes from Xinjiang.", "about": "supplier"}),
    ("statements", {"text": "We supplied cameras to the Xinjiang Public Security Bureau.", "about": "p1"}),
    ("statements", {"text": "Our Kashgar factory employs 300.", "about": "p1"}),
    (
        "goods",
        {"description": "cotton yarn", "hs_code": "5205.24", "origin_country": "CN", "origin_region": "新疆阿克苏"},
    ),
    ("supplier", {"use": "production", "address": "新疆喀什地区莎车县 844700", "country": "CN"}),
    ("p1", {"use": "production", "address": "新疆喀什地区莎车县 844700", "country": "CN"}),
]


@given(documents, st.sampled_from(AGAINST))
@many
def test_a_fact_against_never_lowers_a_rating(members: dict[str, Any], against: tuple[str, Any]) -> None:
    part, fact = against
    more = copy.deepcopy(members)
    if part == "supplier":
        more["supplier"]["sites"].append(fact)
    elif part == "p1":
        more["related_parties"][0]["sites"].append(fact)
    else:
        more[part].append(fact)
    before, after = severities(members), severities(more)
    assert all(after[profile] >= severity for profile, severity in before.items())
