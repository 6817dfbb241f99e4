"""Goods: codes in any spelling, sectors with their dates, chains and what nobody has traced."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.core.case import Case
from app.core.goods.tariff import read_code
from tests.support import builtin_engine, submission

ENGINE = builtin_engine()


def case(day: str = "2026-11-23", **members: Any) -> Case:
    made = submission(**{"supplier": {"name": "Yangli Paper", "country": "CN"}, **members})
    as_of = date.fromisoformat(day)
    hits, listed = ENGINE.screen(made, as_of)
    return Case(made, as_of, hits, listed, ENGINE.reference, ENGINE.rulebook.ownership_on(as_of))


def found(factor: str, made: Case) -> list[dict[str, str]]:
    return [dict(f.facts) for f in ENGINE.find(made) if f.factor == factor]


@pytest.mark.parametrize(
    "text", ["6109.10", "6109100012", "6109.10.00.12", "６１０９．１０", " 6109 10 ", "6109-10-00"]
)
def test_every_spelling_is_one_good(text: str) -> None:
    code = read_code(text)
    assert code is not None
    row = ENGINE.reference.tariff.row(code.digits, "cotton T-shirts")
    assert row is not None
    assert row.hs_code == "6109"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ABCD", "digits"),
        ("61", "4 to 12"),
        ("7700.00", "chapter 77"),
        ("9903.88", "chapter 99"),
        ("0001", "chapter 00"),
    ],
)
def test_what_is_no_code_is_a_gap_and_no_error(text: str, words: str) -> None:
    code = read_code(text)
    assert code is not None
    assert words in code.problem


def test_the_solar_codes_of_two_versions_are_one() -> None:
    rows = {ENGINE.reference.tariff.row(c, "module").sector for c in ("854140", "854143", "8541430000")}  # type: ignore[union-attr]
    assert rows == {"silica"}


@pytest.mark.parametrize(
    ("hs", "day", "priority"),
    [
        ("7601.10", "2024-07-08", False), ("7601.10", "2024-07-09", True), ("7208.10", "2025-08-18", False), ("7208.10", "2025-08-19", True),
        ("5205.24", "2022-06-16", False), ("5205.24", "2022-06-17", True), ("4819.10", "2026-11-23", False),
    ],
)  # fmt: skip
def test_a_sector_is_a_priority_from_its_day(hs: str, day: str, priority: bool) -> None:
    made = case(day, goods=[{"description": "goods", "hs_code": hs, "origin_country": "CN"}])
    assert bool(found("priority_good", made)) is priority


def shirt(**yarn: Any) -> dict[str, Any]:
    return {
        "description": "cotton T-shirts",
        "hs_code": "6109.10",
        "origin_country": "CN",
        "inputs": [{"description": "cotton yarn", "hs_code": "5205.24", **yarn}],
    }


def test_a_silent_tier_is_untraced_and_evidence_or_a_maker_traces_it() -> None:
    assert found("untraced_input", case(goods=[{**shirt(), "inputs": []}]))[0]["why"] == "no_inputs"
    assert found("untraced_input", case(goods=[shirt()]))[0]["priority"] == "yes"
    tracing = {"kind": "origin_tracing", "covers": ["/goods/0"], "date": "2026-01-01"}
    assert not found("untraced_input", case(goods=[shirt()], evidence=[tracing]))
    expired = {**tracing, "valid_until": "2026-06-01"}
    assert found("untraced_input", case(goods=[shirt()], evidence=[expired]))
    for weightless in ("certificate", "self_declaration", "social_audit", "isotope_test"):
        assert found("untraced_input", case(goods=[shirt()], evidence=[{**tracing, "kind": weightless}]))


def test_a_polyester_shirt_is_apparel_and_no_cotton_good() -> None:
    """Apparel is a sector of its own in the strategy of 2022; no cotton is asked for, and linen for a bed is no garment."""
    made = case(goods=[{"description": "polyester shirts", "hs_code": "6109.90", "origin_country": "CN"}])
    assert found("priority_good", made)[0]["sector"] == "apparel"
    assert not found("untraced_input", made)
    said = [{"text": "Our other line is made of Xinjiang cotton."}]
    assert not found(
        "xinjiang_input", case(goods=[{"description": "polyester shirts", "hs_code": "6109.90"}], statements=said)
    )
    sheets = case(goods=[{"description": "polyester bed sheets", "hs_code": "6302.22", "origin_country": "CN"}])
    assert not found("priority_good", sheets)


def test_a_chain_outside_china_is_not_linked() -> None:
    good = {"description": "cotton T-shirts", "hs_code": "6109.10", "origin_country": "PT", "inputs": []}
    made = case(supplier={"name": "Têxteis", "country": "PT"}, goods=[good])
    assert found("untraced_input", made)[0]["china_linked"] == "no"
    assert found("untraced_input", case(goods=[shirt()]))[0]["china_linked"] == "yes"


HOTAN = {
    "ref": "p1",
    "name": "Yangli Ginning",
    "country": "CN",
    "sites": [{"use": "production", "address": "新疆和田地区 848000", "country": "CN"}],
    "relations": [{"kind": "upstream_supplier"}],
}


@pytest.mark.parametrize(
    ("day", "superseded"), [("2021-01-12", None), ("2021-06-01", "no"), ("2022-06-20", "no"), ("2022-06-21", "yes")]
)
def test_the_regional_order_counts_from_its_day_and_yields_to_the_act(day: str, superseded: str | None) -> None:
    made = case(day, related_parties=[HOTAN], goods=[shirt(made_by="p1")])
    orders = [f for f in found("import_order_good", made) if f["order"] == "WRO-2021-01-13-17"]
    assert [f["superseded"] for f in orders] == ([superseded] if superseded else [])


def test_before_the_act_the_regional_order_decides_and_after_it_the_presumption() -> None:
    members = {
        "profiles": ["us_importer"],
        "supplier": {"name": "Yangli Paper", "country": "CN"},
        "related_parties": [HOTAN],
        "goods": [shirt(made_by="p1")],
    }
    for day, rule in (("2021-06-01", "R07"), ("2023-01-01", "R05")):
        made = ENGINE.assess(submission(**members), date.fromisoformat(day))
        assert made.rating == "presumptively_barred"
        assert rule in {r.rule for r in made.ratings[0].reasons}


def test_an_order_on_one_company_reaches_its_goods_anywhere() -> None:
    made = ENGINE.assess(
        submission(
            profiles=["us_importer"],
            supplier={
                "name": "Select (Nantong) Safety Products Co. Limited",
                "other_names": ["Shanghai Select Safety Products Company, Limited"],
                "country": "CN",
            },
            goods=[{"description": "work gloves", "hs_code": "6116.10", "origin_country": "CN"}],
        ),
        date(2026, 11, 23),
    )
    assert made.rating == "presumptively_barred"
    assert "R07" in {r.rule for r in made.ratings[0].reasons}


def test_five_thousand_inputs_are_read() -> None:
    goods = [
        {
            "description": f"good {n}",
            "hs_code": "6109.10",
            "origin_country": "CN",
            "inputs": [{"description": "yarn", "hs_code": "5205"}] * 9,
        }
        for n in range(450)
    ]
    assert len(case(goods=goods).chain.links) == 4_500


@pytest.mark.parametrize(
    ("description", "sector", "material"),
    [
        ("lithium-ion batteries", "batteries", "lithium"),
        ("steel pipes", "steel", "steel"),
        ("cottonseed oil", "cotton", "cotton"),
        ("blended fabric 60% cotton 40% polyester", "cotton", "cotton"),
        ("towels, 100% cotton", "textiles", "cotton"),
        ("棉混纺面料", "cotton", "cotton"),
        ("non-cotton fabric", "", ""),
        ("microfibre cloth", "", ""),
        ("cotton-free mattress", "", ""),
        ("PVC-free flooring", "", ""),
    ],
)
def test_a_description_alone_names_a_good_in_any_number_and_what_it_is_not_made_of(
    description: str, sector: str, material: str
) -> None:
    made = case(goods=[{"description": description, "origin_country": "CN"}])
    assert [f["sector"] for f in found("priority_good", made)] == ([sector] if sector else [])
    assert [f["material"] for f in found("untraced_input", made)] == ([material] if material else [])


@pytest.mark.parametrize(
    ("description", "hs", "asked"),
    [
        ("T-shirts of synthetic fibres", "6109.90", False),
        ("men's shirts of man-made fibres", "6205.30", False),
        ("化纤T恤", "6109.90", False),
        ("100% polyester T-shirts, no cotton", "6109.90", False),
        ("cotton-free T-shirts", "6109.90", False),
        ("T-shirts, 65% polyester 35% cotton", "6109.90", True),
        ("涤棉衬衫", "6205.20", True),
        ("polyester-blend T-shirts", "6109.10", True),
        ("T-shirts", "6109.90", True),
    ],
)
def test_cotton_is_asked_for_unless_the_description_rules_it_out(description: str, hs: str, asked: bool) -> None:
    """Apparel is the sector whatever its fibre; where the cotton grew is asked only of what may be cotton, as the code may state."""
    made = case(goods=[{"description": description, "hs_code": hs, "origin_country": "CN"}])
    assert [f["sector"] for f in found("priority_good", made)] == ["apparel"]
    assert [f["material"] for f in found("untraced_input", made)] == (["cotton"] if asked else [])


@pytest.mark.parametrize(
    ("supplier", "region", "asked"),
    [
        ({}, None, True),
        ({}, "Hubei", False),
        ({}, "Northwest China", True),
        ({}, "国产", True),
        ({"sites": [{"use": "sales_office", "address": "Nanjing Road, Shanghai"}]}, None, True),
        ({"sites": [{"use": "production", "address": "Gin no. 2, Qianjiang, Hubei"}]}, None, False),
        ({"sites": [{"use": "production", "address": "Gin no. 2, Qianjiang, Hubei"}]}, "north-west China", True),
    ],
)
def test_raw_cotton_asks_where_it_grew(supplier: dict[str, Any], region: str | None, asked: bool) -> None:
    """Nine bales in ten of China are from the region: neither the country nor a trader's office says where a bale grew."""
    cotton = {"description": "raw cotton", "hs_code": "5201.00", "origin_country": "CN", "origin_region": region}
    made = case(supplier={"name": "Yangli Cotton", "country": "CN", **supplier}, goods=[cotton])
    assert [f["why"] for f in found("untraced_input", made)] == (["no_origin"] if asked else [])


@pytest.mark.parametrize(
    ("description", "country", "maker", "strength"),
    [
        ("cotton yarn, Aksu long-staple", "CN", "CN", "probable"),
        ("Aksu cotton yarn", None, "CN", "probable"),
        ("Aksu cotton yarn", None, "TR", ""),
        ("walnuts from Aksu", "CN", "CN", "probable"),
        ("Aksu valves", "CN", "CN", "possible"),
        ("Hami melons", "CN", "CN", "possible"),
        ("shirts of Xinjiang cotton", None, "US", "probable"),
        ("raw cotton of southern Xinjiang", "CN", "CN", "probable"),
    ],
)
def test_a_place_with_its_crop_is_an_origin(description: str, country: str | None, maker: str, strength: str) -> None:
    goods = [{"description": description, "origin_country": country}]
    made = case(supplier={"name": "Yangli Trading", "country": maker}, goods=goods)
    assert [f["strength"] for f in found("xinjiang_input", made)] == ([strength] if strength else [])


@pytest.mark.parametrize(
    ("description", "hs", "words"),
    [
        ("caustic soda", "2815.11", "which plant"),
        ("polysilicon", "2804.61", "silicon metal"),
        ("cotton yarn", "5205.24", "which gin"),
        ("cotton T-shirts", "6109.10", "which spinner"),
        ("PVC resin", "3904.10", "carbide"),
        ("aluminium wheels", "8708.70", "primary aluminium"),
    ],
)
def test_the_question_is_about_the_next_step_back(description: str, hs: str, words: str) -> None:
    goods = [{"description": description, "hs_code": hs, "origin_country": "CN"}]
    made = ENGINE.assess(submission(supplier={"name": "Yangli", "country": "CN"}, goods=goods), date(2026, 11, 23))
    (says,) = [g.says for g in made.gaps if g.pointer == "/goods/0/inputs"]
    assert words in says


@pytest.mark.parametrize(
    ("description", "member", "strength"),
    [
        ("fresh pears, Korla variety", {}, "possible"),
        ("Korla fragrant pears", {}, "possible"),
        ("库尔勒香梨", {}, "possible"),
        ("哈密瓜", {}, "possible"),
        ("哈密瓜", {"origin_country": "TH"}, ""),
        ("Hami melons from Hainan", {}, ""),
        ("Hami melons", {"origin_region": "Hainan"}, ""),
        ("Hami melons", {"origin_region": "Turpan"}, "probable"),
        ("Turpan seedless raisins", {}, "possible"),
        ("raisins from Turpan", {}, "probable"),
        ("Xinjiang raisins", {}, "probable"),
        ("Hami melon flavour candy", {}, "possible"),
        ("Khotan silk carpet", {}, ""),
        ("Xinjiang carpets", {}, "possible"),
        ("Xinjiang-style noodles", {}, ""),
        ("新疆大盘鸡料理包", {}, ""),
        ("若羌灰枣", {}, "probable"),
    ],
)
def test_a_variety_asks_a_style_does_not_and_an_origin_tells(
    description: str, member: dict[str, str], strength: str
) -> None:
    made = case(goods=[{"description": description, "origin_country": "CN", **member}])
    assert [f["strength"] for f in found("xinjiang_input", made)] == ([strength] if strength else [])
