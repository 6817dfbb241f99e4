"""Chains: what counts as traced, what a named maker hides, and which orders reach which goods."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.core.factor import Case, Finding
from tests.support import builtin_engine, submission

ENGINE = builtin_engine()
TODAY = "2026-11-23"
SUPPLIER = {
    "name": "Yangli Saigon Trading JSC",
    "country": "VN",
    "sites": [{"use": "production", "address": "12 Le Loi, Thu Duc, Ho Chi Minh City", "country": "VN"}],
}


def case(day: str = TODAY, **members: Any) -> Case:
    made = submission(**{"supplier": SUPPLIER, **members})
    as_of = date.fromisoformat(day)
    hits, listed = ENGINE.screen(made, as_of)
    return Case(made, as_of, hits, listed, ENGINE.reference, ENGINE.rulebook.ownership_on(as_of))


def found(factor: str, made: Case) -> list[Finding]:
    return [f for f in ENGINE.find(made) if f.factor == factor]


def party(ref: str, **members: Any) -> dict[str, Any]:
    return {"ref": ref, "name": f"Yangli maker {ref}", **members}


def good(description: str, hs_code: str, **members: Any) -> dict[str, Any]:
    return {"description": description, "hs_code": hs_code, **members}


@pytest.mark.parametrize(
    ("product", "beside", "material"),
    [
        (good("solar module", "8541.43"), good("aluminium frame", "7604.29"), good("solar cells", "8541.42")),
        (good("cotton T-shirts", "6109.10"), good("cotton sewing thread", "5204.11"), good("cotton yarn", "5205.24")),
        (good("lithium batteries", "8507.60"), good("copper foil", "7410.11"), good("lithium carbonate", "2836.91")),
        (good("vinyl floor", "3918.10"), good("chalk filler", "2836.50"), good("PVC resin", "3904.10")),
    ],
)
def test_naming_what_stands_beside_the_material_traces_nothing(
    product: dict[str, Any], beside: dict[str, Any], material: dict[str, Any]
) -> None:
    maker = party("p1", country="VN")
    whys = {}
    for name, inputs in (("beside", [beside]), ("material", [beside, material])):
        named = [{**i, "made_by": "p1"} for i in inputs]
        made = case(related_parties=[maker], goods=[{**product, "origin_country": "VN", "inputs": named}])
        whys[name] = made.chain.links["/goods/0"].why
    assert whys == {"beside": "silent_step", "material": ""}


def test_a_stated_origin_does_not_hide_a_chinese_maker() -> None:
    shirts = good("cotton T-shirts", "6109.10", origin_country="VN", made_by="p1")
    for maker in (
        party("p1", country="CN"),
        party(
            "p1", country="VN", sites=[{"use": "production", "country": "VN"}, {"use": "production", "country": "CN"}]
        ),
    ):
        made = case(related_parties=[maker], goods=[shirts])
        assert [f.fact("china_linked") for f in found("untraced_input", made)] == ["yes"]


def test_a_chinese_upstream_supplier_links_a_silent_tier_to_china() -> None:
    upstream = party("p1", country="CN", relations=[{"kind": "upstream_supplier"}])
    made = case(related_parties=[upstream], goods=[good("cotton T-shirts", "6109.10", origin_country="VN")])
    assert [f.fact("china_linked") for f in found("untraced_input", made)] == ["yes"]


def test_a_maker_without_any_place_traces_no_input() -> None:
    lint = good("cotton lint", "5201.00", made_by="p1")
    shirts = good("cotton T-shirts", "6109.10", origin_country="VN", inputs=[lint])
    assert [f.fact("why") for f in found("untraced_input", case(related_parties=[party("p1")], goods=[shirts]))] == [
        "no_origin"
    ]
    gaps = {
        g.pointer
        for g in ENGINE.assess(
            submission(supplier=SUPPLIER, related_parties=[party("p1")], goods=[shirts]), date(2026, 11, 23)
        ).gaps
    }
    assert "/goods/0/inputs/0/origin_country" in gaps
    assert not found("untraced_input", case(related_parties=[party("p1", country="US")], goods=[shirts]))


@pytest.mark.parametrize("code", ["TBD", "61", "7700.00"])
def test_an_unreadable_code_does_not_hide_what_the_description_names(code: str) -> None:
    made = case(goods=[good("cotton T-shirts", code, origin_country="CN")])
    assert [(f.fact("sector"), f.basis) for f in found("priority_good", made)] == [("apparel", "inferred")]
    assert found("untraced_input", made)


@pytest.mark.parametrize(
    ("day", "superseded"), [("2021-01-12", []), ("2021-01-13", ["no"]), ("2022-06-20", ["no"]), ("2022-06-21", ["yes"])]
)
def test_a_named_origin_without_a_maker_is_reached_by_the_regional_order(day: str, superseded: list[str]) -> None:
    yarn = good("cotton yarn", "5205.24", origin_country="CN", origin_region="Xinjiang")
    made = case(day, goods=[good("cotton T-shirts", "6109.10", origin_country="VN", inputs=[yarn])])
    orders = [f for f in found("import_order_good", made) if f.fact("order") == "WRO-2021-01-13-17"]
    assert [f.fact("superseded") for f in orders] == superseded


def test_the_regional_order_asks_for_the_cotton_itself() -> None:
    hotan = party("p1", country="CN", sites=[{"use": "production", "address": "新疆和田地区 848000", "country": "CN"}])
    buttons = good("metal buttons", "9606.22", made_by="p1")
    yarn = good("cotton yarn", "5205.24", origin_country="US")
    made = case(
        "2021-06-01", related_parties=[hotan], goods=[good("cotton T-shirts", "6109.10", inputs=[buttons, yarn])]
    )
    assert not found("import_order_good", made)
    assert found("xinjiang_input", made)


@pytest.mark.parametrize(
    ("name", "goods", "order"),
    [
        ("Select (Nantong) Safety Products Co. Limited", good("work gloves", "6116.10"), "WRO-2024-04-09-20"),
        ("Select Protective Technology (HK) Limited", good("work gloves", "6116.10"), "WRO-2024-04-09-20"),
        ("Hero Vast Group", good("jackets", "6211.33"), "WRO-2020-08-11-10"),
        ("Dalian Ocean Fishing Co., Ltd.", good("frozen tuna", "0303.42"), "WRO-2021-05-28-18"),
        ("Tangshan Sanyou Group", good("soda ash", "2836.20"), "WRO-2016-03-29-01"),
    ],
)
def test_an_order_reaches_each_company_it_names(name: str, goods: dict[str, Any], order: str) -> None:
    made = case(supplier={"name": name, "country": "CN"}, goods=[{**goods, "origin_country": "CN"}])
    assert [f.fact("order") for f in found("import_order_good", made)] == [order]


@pytest.mark.parametrize(
    "name", ["Subsidiaries", "Hero Trading Ltd.", "Select Foods Limited", "Baoding Yangli Co., Ltd."]
)
def test_an_order_reaches_nobody_whose_name_only_resembles_a_part_of_it(name: str) -> None:
    made = case(supplier={"name": name, "country": "CN"}, goods=[good("jackets", "6211.33", origin_country="CN")])
    assert not found("import_order_good", made)


def test_an_order_on_garments_leaves_the_companys_other_goods_alone() -> None:
    made = case(
        supplier={"name": "Hero Vast Group", "country": "CN"},
        goods=[good("steel shelves", "9403.20", origin_country="CN")],
    )
    assert not found("import_order_good", made)


def test_every_gap_points_into_the_submission_or_at_an_absent_member() -> None:
    made = submission(
        supplier={"name": "Yangli"},
        related_parties=[party("p1", relations=[{"kind": "owner", "of": "supplier"}])],
        goods=[good("cotton T-shirts", "TBD", inputs=[good("cotton yarn", "5205")]), good("boxes", "4819.10")],
    )
    document = made.model_dump(mode="json")
    gaps = ENGINE.assess(made, date(2026, 11, 23)).gaps
    assert len({g.pointer for g in gaps}) >= 5
    for gap in gaps:
        at: Any = document
        for step in gap.pointer.split("/")[1:]:
            at = at[int(step)] if isinstance(at, list) else at[step]
        assert gap.matters_to


def test_many_silent_goods_leave_room_for_the_question_who_owns_the_supplier() -> None:
    shirts = [good("cotton T-shirts", "6109.10", origin_country="CN")] * 200
    gaps = ENGINE.assess(submission(supplier={"name": "Yangli"}, goods=shirts), date(2026, 11, 23)).gaps
    assert {"/supplier/sites", "/related_parties"} <= {g.pointer for g in gaps}


@pytest.mark.parametrize("covers", ["/goods", "/goods/0", "/goods/0/inputs/0"])
def test_tracing_covers_what_it_names_and_everything_below(covers: str) -> None:
    yarn = good("cotton yarn", "5205.24", inputs=[good("cotton lint", "5201.00")])
    shirts = good("cotton T-shirts", "6109.10", origin_country="VN", inputs=[yarn])
    tracing = {"kind": "origin_tracing", "covers": [covers], "date": "2026-01-01"}
    assert not found("untraced_input", case(goods=[shirts], evidence=[tracing]))
    beside = {**tracing, "covers": ["/goods/00", "/goods/0/inputs/1", "/goods/1"]}
    assert found("untraced_input", case(goods=[shirts], evidence=[beside]))


def test_a_supplier_whose_site_is_known_states_where_its_goods_are_made() -> None:
    boxes = good("paperboard boxes", "4819.10")
    somewhere = {"name": "Yangli Boxes", "sites": [{"use": "production", "address": "88 Xinchang Road, Suzhou"}]}
    assert not found("missing_information", case(supplier=somewhere, goods=[boxes]))
    assert {f.fact("what") for f in found("missing_information", case(supplier={"name": "Yangli"}, goods=[boxes]))} == {
        "address",
        "origin",
    }


def test_a_number_in_a_description_is_no_place() -> None:
    for n in (104, 149, 102):
        made = case(goods=[good(f"cotton T-shirts {n}", "6109.10", origin_country="CN")])
        assert not found("xinjiang_input", made)


@pytest.mark.parametrize(
    ("text", "strengths"),
    [
        ("All our shirts are made of 100% Xinjiang cotton.", ["probable"]),
        ("Our ketchup uses Xinjiang tomato.", ["possible"]),
        ("We do not use Xinjiang cotton.", []),
        ("本公司产品不含新疆棉。", []),
    ],
)
def test_a_text_on_the_material_asks_and_a_denial_does_not(text: str, strengths: list[str]) -> None:
    shirts = good("cotton T-shirts", "6109.10", origin_country="CN")
    made = case(goods=[shirts], statements=[{"text": text}])
    assert [f.fact("strength") for f in found("xinjiang_input", made)] == strengths
    boxes = case(goods=[good("paperboard boxes", "4819.10", origin_country="CN")], statements=[{"text": text}])
    assert not found("xinjiang_input", boxes)
