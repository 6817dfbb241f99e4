"""What an answer says in words: lists by name, the namesake county, sums and summaries."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from app.core.list_names import NAMES, list_name
from app.sources import SOURCES
from tests.support import builtin_engine, submission

DAY = date(2026, 11, 23)
COUNTY = {"name": "Xinjiang County Drum Co., Ltd.", "country": "CN", "sites": [{"use": "production", "address": "Gujiao Town, Xinjiang County, Yuncheng, Shanxi 043100", "country": "CN"}]}  # fmt: skip
CORPS = {"ref": "p", "name": "XPCC Eighth Division", "country": "CN", "relations": [{"kind": "owner", "percent": 60}]}


def assess(**members: Any) -> Any:
    return builtin_engine().assess(submission(**{"activities": ["pay"], **members}), DAY)


def test_every_list_has_a_plain_name() -> None:
    nameless = {source.id for source in SOURCES} - set(NAMES)
    assert nameless <= {"ftm"}  # whatever data set the operator loads
    assert list_name("us_uflpa") == "the UFLPA Entity List (us_uflpa)"
    assert list_name("of_their_own") == "of_their_own"


def test_the_namesake_county_is_explained_and_raises_nothing() -> None:
    made = assess(supplier=COUNTY)
    told = [f for f in made.findings if f.factor == "place_conflict"]
    assert len(told) == 1
    assert told[0].points == 0
    assert "043100" in told[0].says
    assert {e.pointer for e in told[0].evidence} == {"/supplier/name", "/supplier/sites/0/address"}
    assert made.rating == "low"


def test_a_company_of_the_region_is_not_explained_away() -> None:
    site = {"use": "production", "address": "Urumqi, Xinjiang 830000", "country": "CN"}
    made = assess(supplier={**COUNTY, "sites": [site]})
    assert not [f for f in made.findings if f.fact("kind") == "namesake"]


def test_an_owner_by_the_rule_is_told_with_the_listed_body_and_its_day() -> None:
    made = assess(
        profiles=["us_person"], supplier={"name": "Weifang Yangli Co., Ltd.", "country": "CN"}, related_parties=[CORPS]
    )
    says = next(f.says for f in made.findings if f.factor == "listed_owner" and f.fact("list") == "us_ofac_sdn")
    assert "XPCC Eighth Division holds 60 % of Weifang Yangli Co., Ltd. (the test is 50 % or more)" in says
    assert "XPCC Eighth Division is Xinjiang Production and Construction Corps, listed since 2020-07-31" in says


def test_the_summary_tells_both_grounds_that_decide() -> None:
    made = assess(
        activities=["buy_goods"],
        profiles=["us_importer"],
        supplier={"name": "Aksu Huafu Color Spinning Co., Ltd.", "country": "CN", "sites": [{"use": "production", "address": "Aksu 843000", "country": "CN"}]},
        goods=[{"description": "cotton yarn", "hs_code": "5205.24", "origin_country": "CN", "made_by": "supplier"}],
    )  # fmt: skip
    assert "presumptively barred for us importer" in made.summary
    assert "listed on the UFLPA Entity List (us_uflpa)" in made.summary
    assert "postcode 843000" in made.summary


def test_the_closest_listed_neighbour_speaks_whatever_the_order() -> None:
    """The same parties in any order: the same affiliates, by the same paths."""
    related = [
        {"ref": "a", "name": "Aksu Huafu Color Spinning Co., Ltd.", "country": "CN", "relations": [{"kind": "affiliate"}, {"kind": "upstream_supplier"}]},
        {"ref": "b", "name": "Aksu Huafu Color Spinning Co., Ltd.", "country": "CN", "relations": [{"kind": "owner", "percent": 100}]},
        {"ref": "c", "name": "Yangli Dyeing Co., Ltd.", "country": "CN", "relations": [{"kind": "affiliate"}, {"kind": "director"}]},
        {"ref": "d", "name": "Hangzhou Hikvision Digital Technology Co., Ltd.", "country": "CN", "relations": [{"kind": "affiliate", "of": "c"}]},
    ]  # fmt: skip
    seen = set()
    for seed in range(6):
        random.Random(seed).shuffle(related)
        made = assess(supplier={"name": "Weifang Yangli Co., Ltd.", "country": "CN"}, related_parties=related)
        seen.add(tuple(sorted(f.says for f in made.findings if f.factor == "listed_affiliate")))
    assert len(seen) == 1


def test_an_axis_weighs_a_listing_by_where_it_stands() -> None:
    corps = {"ref": "p", "name": "Xinjiang Production and Construction Corps", "country": "CN"}
    for kind, level in (
        ("owner", "critical"),
        ("upstream_supplier", "critical"),
        ("customer", "medium"),
        ("family", "low"),
    ):
        made = assess(supplier=COUNTY, related_parties=[{**corps, "relations": [{"kind": kind, "percent": 60 if kind == "owner" else None}]}])  # fmt: skip
        assert made.axes.sanctions_lists == level, kind
