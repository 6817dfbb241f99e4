"""Chains: what counts as traced, what a named maker hides, and which orders reach which goods."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.core.case import Case
from app.core.finding import Finding
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


def test_in_china_a_country_is_no_origin_of_cotton() -> None:
    trader = {"ref": "p2", "name": "Shanghai Yangli Trading", "country": "CN"}
    spinner = {
        "ref": "p1", "name": "Yangli Spinning", "country": "CN",
        "sites": [{"use": "production", "address": "Weihai, Shandong 264200", "country": "CN"}],
    }  # fmt: skip
    for lint, why in (
        ({"origin_country": "CN", "made_by": "p2"}, "no_origin"),
        ({"origin_country": "CN", "origin_region": "Hebei", "made_by": "p2"}, ""),
        ({"origin_country": "US", "made_by": "p2"}, ""),
        ({"origin_country": "CN", "made_by": "p1"}, ""),
    ):
        yarn = good("cotton yarn", "5205.24", made_by="p1", inputs=[good("cotton lint", "5201.00", **lint)])
        made = case(
            related_parties=[spinner, trader],
            goods=[good("cotton T-shirts", "6109.10", origin_country="VN", inputs=[yarn])],
        )
        assert made.chain.links["/goods/0/inputs/0/inputs/0"].why == why, lint


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("6109.10", "cotton grew"),
        ("8541.43", "polysilicon"),
        ("3904.10", "carbide"),
        ("2002.90", "tomatoes grew"),
        ("0813.40", "dates grew"),
    ],
)
def test_silence_on_a_chinese_material_is_a_gap_with_its_own_question(code: str, words: str) -> None:
    names = {"6109.10": "cotton T-shirts", "0813.40": "dried red dates"}
    made = submission(
        supplier={
            "name": "Yangli",
            "country": "CN",
            "sites": [{"address": "Nantong, Jiangsu 226000", "use": "production"}],
        },
        goods=[good(names.get(code, "goods"), code, origin_country="CN")],
    )
    found_gaps = [g for g in ENGINE.assess(made, date(2026, 11, 23)).gaps if g.pointer == "/goods/0/inputs"]
    assert [g for g in found_gaps if words in g.says and "R15" in g.matters_to]
    assert all(g.says.endswith("?") for g in found_gaps)


def test_a_chapter_is_a_note_and_no_ground() -> None:
    made = ENGINE.assess(
        submission(
            supplier={"name": "Yangli", "country": "CN", "sites": [{"address": "Nantong, Jiangsu 226000"}]},
            goods=[good("steel brackets", "7326.90", origin_country="CN")],
        ),
        date(2026, 11, 23),
    )
    (note,) = [f for f in made.findings if f.factor == "priority_good"]
    assert note.points < 1
    assert made.rating == "low"


ORDERS = [
    ("Select work gloves", "Shanghai Select Safety Products Company, Limited", "work gloves", "6116.10", "CN", "2025-01-01", "R07"),
    ("another product of the same maker", "Shanghai Select Safety Products Company, Limited", "safety shoes", "6403.40", "CN", "2025-01-01", None),
    ("before its day", "Shanghai Select Safety Products Company, Limited", "work gloves", "6116.10", "CN", "2024-04-08", None),
    ("a finding", "Inner Mongolia Hengzheng Group Baoanzhao Agriculture, Industry, and Trade Co., Ltd.", "stevia extract", "2938.90", "CN", "2025-01-01", "R07b"),
    ("a country-scoped order", "Giant Manufacturing Co., Ltd.", "bicycles", "8712.00", "TW", "2026-01-01", "R07"),
    ("the same maker in another country", "Giant Manufacturing Co., Ltd.", "bicycles", "8712.00", "CN", "2026-01-01", None),
    ("a revoked order", "Tangshan Sunfar Silicon Industries", "potassium hydroxide", "2815.20", "CN", "2026-01-01", None),
    ("an order of unknown day, before it was seen", "Serbia Zijin Copper D.O.O.", "copper cathodes", "7403.11", "RS", "2026-06-17", None),
    ("an order of unknown day, since it was seen", "Serbia Zijin Copper D.O.O.", "copper cathodes", "7403.11", "RS", "2026-06-18", "R07"),
    ("an order of the 1990s whose status is unknown", "Tianjin Malleable Iron Factory", "pipe fittings", "7307.19", "CN", "2026-01-01", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "name", "description", "code", "country", "day", "rule"), ORDERS, ids=[o[0] for o in ORDERS]
)
def test_an_order_covers_its_goods_from_its_day(
    why: str, name: str, description: str, code: str, country: str, day: str, rule: str | None
) -> None:
    del why
    made = ENGINE.assess(
        submission(
            profiles=["us_importer"],
            supplier={"name": name, "country": country},
            goods=[good(description, code, origin_country=country, made_by="supplier")],
        ),
        date.fromisoformat(day),
    )
    rules = {reason.rule for r in made.ratings for reason in r.reasons}
    assert rules & {"R07", "R07b"} == ({rule} if rule else set())


def test_an_order_on_a_group_reaches_its_subsidiaries_and_a_facility_its_workers_goods() -> None:
    group = {
        "ref": "o",
        "name": "Tangshan Sanyou Group",
        "relations": [{"kind": "owner", "of": "supplier", "percent": 60}],
    }
    soda = good("caustic soda", "2815.11", origin_country="CN", made_by="supplier")
    made = case(supplier={"name": "Sanyou Chlor-Alkali", "country": "CN"}, related_parties=[group], goods=[soda])
    assert found("import_order_good", made)
    minority = {**group, "relations": [{"kind": "owner", "of": "supplier", "percent": 20}]}
    assert not found(
        "import_order_good", case(supplier={"name": "Sanyou Chlor-Alkali"}, related_parties=[minority], goods=[soda])
    )
    centre = {
        "ref": "l", "name": "No. 4 Vocational Skills Education Training Center",
        "relations": [{"kind": "labour_provider", "of": "supplier"}],
    }  # fmt: skip
    gloves = good("gloves", "6116.10", origin_country="CN", made_by="supplier")
    assert found(
        "import_order_good", case("2021-01-01", supplier={"name": "Yangli"}, related_parties=[centre], goods=[gloves])
    )
