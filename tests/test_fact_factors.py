"""Facts beyond one text or one site: whom a text is about, who provides workers, what is supplied to whom, and what stands beside a plant."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core.finding import Finding
from app.core.reference import Reference
from app.core.reference_rows import DetentionSite
from app.core.texts.site_said import read_site_claims
from app.core.values import Citation
from app.reference import load_detention_sites, load_rows
from tests.support import builtin_engine, submission, yaml_cases

ENGINE = builtin_engine()
DAY = date(2026, 11, 23)
PLANT = {"use": "production", "address": "Nantong, Jiangsu 226000", "country": "CN"}
SUPPLIER = {"name": "Yangli Paper Co., Ltd.", "other_names": ["样例纸业有限公司"], "country": "CN", "sites": [PLANT]}
SAID = yaml_cases("site_said")


def findings(**members: Any) -> tuple[Finding, ...]:
    return ENGINE.assess(submission(**{"supplier": SUPPLIER, **members}), DAY).findings


def of(name: str, **members: Any) -> list[Finding]:
    return [f for f in findings(**members) if f.factor == name]


@pytest.mark.parametrize("case", SAID, ids=[c["text"][:30] for c in SAID])
def test_a_text_says_that_the_company_works_there(case: dict[str, Any]) -> None:
    made = submission(supplier=SUPPLIER, statements=[{"text": case["text"]}])
    assert bool(read_site_claims(made, ENGINE.reference)) is case["said"], case["why"]


def test_a_place_of_work_in_a_text_holds_the_case_and_bars_nothing() -> None:
    chair = {"description": "wooden chairs", "hs_code": "9401.61", "origin_country": "CN", "made_by": "supplier"}
    made = ENGINE.assess(
        submission(supplier=SUPPLIER, goods=[chair], statements=[{"text": "Our Kashgar factory employs 300."}]), DAY
    )
    (found,) = [f for f in made.findings if f.factor == "xinjiang_site"]
    assert found.fact("strength") == "possible"
    assert made.rating == "insufficient_information"


SPINNER = {
    "ref": "p1",
    "name": "Nanjing Weilan Spinning Co., Ltd.",
    "other_names": ["南京蔚蓝纺织有限公司"],
    "country": "CN",
    "relations": [{"kind": "upstream_supplier", "of": "supplier"}],
}


@pytest.mark.parametrize(
    "text",
    ["Nanjing Weilan Spinning received 60 transferred labourers from Kashgar.", "南京蔚蓝纺织接收喀什富余劳动力60名。"],
)
def test_a_sentence_about_another_party_of_the_submission_is_about_that_party(text: str) -> None:
    found = {
        f.subject: f.fact("fires")
        for f in of("labour_transfer", related_parties=[SPINNER], statements=[{"text": text}])
    }
    assert found == {"p1": "yes", "supplier": "no"}


def test_a_text_about_the_party_it_names_is_its_own() -> None:
    text = "Yangli Paper Co., Ltd. received 60 transferred labourers from Kashgar."
    assert [f.fact("fires") for f in of("labour_transfer", statements=[{"text": text}])] == ["yes"]


def test_evidence_gives_the_exact_words_their_place_and_the_day() -> None:
    text = "About us. In 2023 we received 60 transferred labourers from Kashgar."
    (found,) = of("labour_transfer", statements=[{"text": text, "date": "2024-05-01"}])
    first = found.evidence[0]
    at = text.index(first.matched)
    assert first.pointer == "/statements/0/text"
    assert f"character {at}" in first.says
    assert "2024-05-01" in first.says


@pytest.mark.parametrize(("address", "found"), [("喀什市人民东路", True), ("江苏省南通市", False)])
def test_a_provider_of_workers_in_the_region_is_a_labour_transfer_and_no_input(address: str, found: bool) -> None:
    provider = {
        "ref": "l",
        "name": "Yangli HR Service",
        "country": "CN",
        "sites": [{"use": "registered_office", "address": address, "country": "CN"}],
        "relations": [{"kind": "labour_provider", "of": "supplier"}],
    }
    chair = {"description": "wooden chairs", "hs_code": "9401.61", "origin_country": "CN", "made_by": "supplier"}
    made = ENGINE.assess(submission(supplier=SUPPLIER, related_parties=[provider], goods=[chair]), DAY)
    fired = [f for f in made.findings if f.factor == "labour_transfer" and f.fact("fires") == "yes"]
    assert bool(fired) is found
    rules = {reason.rule for r in made.ratings for reason in r.reasons}
    assert ("R13" in rules) is found
    assert "R05" not in rules


CAMERAS = {"description": "network cameras", "hs_code": "8525.89", "origin_country": "US"}


@pytest.mark.parametrize(
    ("name", "activities", "fires"),
    [
        ("Urumqi Public Security Bureau", ["supply_items"], ["yes"]),
        ("Urumqi Yangli Supermarket", ["supply_items"], ["no"]),
        ("Nantong Yangli Supermarket", ["supply_items"], []),
        ("Urumqi Yangli Supermarket", ["buy_goods"], []),
    ],
)
def test_cameras_for_a_body_of_the_region_are_surveillance(name: str, activities: list[str], fires: list[str]) -> None:
    found = of(
        "surveillance_technology", supplier={"name": name, "country": "CN"}, activities=activities, goods=[CAMERAS]
    )
    assert [f.fact("fires") for f in found] == fires


def test_building_parts_for_a_prison_of_the_region_are_construction() -> None:
    wire = {"description": "razor wire", "hs_code": "7313.00", "origin_country": "DE"}
    prison = {"name": "新疆沙雅监狱", "country": "CN"}
    (found,) = of("detention_construction", supplier=prison, activities=["supply_items"], goods=[wire])
    assert found.fact("fires") == "yes"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("新疆洛浦县教培中心旁工业园", True),
        ("Next to the prison, Korla, Xinjiang", True),
        ("江苏省南通市监狱路8号", False),
        ("新疆洛浦县工业园", False),
    ],
)
def test_an_address_in_the_region_may_name_a_facility(address: str, found: bool) -> None:
    site = {"use": "production", "address": address, "country": "CN"}
    assert bool(of("near_detention_site", supplier={"name": "Yangli", "country": "CN", "sites": [site]})) is found


def test_coordinates_are_compared_only_with_the_operators_own_dataset() -> None:
    plant = {"use": "production", "latitude": 39.0, "longitude": 76.0, "country": "CN"}
    made = submission(supplier={"name": "Yangli", "country": "CN", "sites": [plant]})
    assert not ENGINE.reference.detention_sites
    assert not [f for f in ENGINE.assess(made, DAY).findings if f.factor == "near_detention_site"]
    citation = Citation(title="own survey", url="https://example.org/survey")

    def facility(latitude: float) -> DetentionSite:
        return DetentionSite(
            name="Facility 7",
            kind="camp",
            latitude=latitude,
            longitude=76.0,
            source="own survey",
            verification="K",
            citation=citation,
        )

    for latitude, wanted in ((39.008, 1), (39.02, 0)):
        own = replace(ENGINE, reference=replace(ENGINE.reference, detention_sites=(facility(latitude),)))
        found = [f for f in own.assess(made, DAY).findings if f.factor == "near_detention_site"]
        assert len(found) == wanted
        assert all("0.9 km" in f.says for f in found)


def test_where_a_person_lives_is_no_place_of_the_goods() -> None:
    owner = {
        "ref": "o",
        "name": "Li Ming",
        "kind": "person",
        "country": "CN",
        "phones": ["0991-1234567"],
        "sites": [{"address": "乌鲁木齐市天山区", "country": "CN"}],
        "relations": [{"kind": "owner", "of": "supplier", "percent": 100}],
    }
    found = {f.factor for f in findings(related_parties=[owner])}
    assert not found & {"xinjiang_site", "xinjiang_registration", "xinjiang_contact", "xinjiang_name"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We hold BCI certificates.", "physical origin"),
        ("Our Aksu mill passed a SMETA audit.", "no auditor can work freely"),
        ("Isotope test available.", "replaces none"),
        ("We do not use transferred labourers from Xinjiang.", "statement to check"),
    ],
)
def test_an_assurance_is_shown_for_what_it_is_and_has_next_to_no_points(text: str, words: str) -> None:
    (found,) = of("weightless_assurance", statements=[{"text": text}])
    assert any(words in e.says for e in found.evidence)
    assert found.points < 1


def test_a_social_audit_in_the_region_counts_for_nothing() -> None:
    audit = {
        "kind": "social_audit",
        "covers": ["/supplier"],
        "issued_by": "Auditor",
        "date": "2026-01-01",
        "place": "Aksu, Xinjiang",
    }
    (found,) = of("weightless_assurance", evidence=[audit])
    assert "freely" in found.evidence[0].says


def test_a_party_that_cites_the_law_of_counter_measures_raises_the_flag_and_no_rating() -> None:
    chair = {"description": "wooden chairs", "hs_code": "9401.61", "origin_country": "CN", "made_by": "supplier"}
    text = "Our company complies with the Anti-Foreign Sanctions Law."
    plain = ENGINE.assess(submission(supplier=SUPPLIER, goods=[chair]), DAY)
    made = ENGINE.assess(submission(supplier=SUPPLIER, goods=[chair], statements=[{"text": text}]), DAY)
    assert "conflict_of_law" in made.flags
    assert "conflict_of_law" not in plain.flags
    assert all(f.points == 0 for f in made.findings if f.factor == "conflict_of_law")


def test_the_operators_dataset_is_read_strictly_and_becomes_reference_rows(tmp_path: Path) -> None:
    file = tmp_path / "sites.csv"
    head = "name,kind,latitude,longitude,source,url\n"
    file.write_text(head + "Facility 7,camp,39.008,76.0,own survey,https://example.org/survey\n", encoding="utf-8")
    rows = load_detention_sites(str(file))
    own = Reference.of("own", [*load_rows(), *rows])
    assert [(d.name, d.latitude) for d in own.detention_sites] == [("Facility 7", 39.008)]
    for broken, words in (
        (head.replace("kind", "type"), "first line"),
        (head + "Facility 7,camp,139,76,own,https://example.org\n", "line 2"),
    ):
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(ValueError, match=words):
            load_detention_sites(str(file))


def test_the_county_of_shanxi_gives_no_context_to_texts_about_its_companies() -> None:
    text = "Drum makers in Xinjiang since 1980. We train local surplus labour and poverty alleviation households."
    home = {
        "name": "Yangli Drum",
        "country": "CN",
        "sites": [{"address": "Gujiao Town, Xinjiang, Shanxi 043100", "country": "CN"}],
    }
    assert {f.fact("context") for f in of("labour_transfer", supplier=home, statements=[{"text": text}])} == {"no"}
    away = {**home, "sites": [PLANT]}
    assert {f.fact("context") for f in of("labour_transfer", supplier=away, statements=[{"text": text}])} == {"half"}


def test_a_trade_style_is_no_origin_and_a_variety_is_a_question() -> None:
    for words, wanted in (
        ("Hetian jade pendants", []),
        ("Turpan rug, hand knotted", []),
        ("Hami melons, fresh", ["possible"]),
    ):
        goods = [{"description": words, "origin_country": "CN", "made_by": "supplier"}]
        assert [f.fact("strength") for f in of("xinjiang_input", goods=goods)] == wanted, words


def test_a_city_of_the_corps_is_what_a_link_with_it_shows() -> None:
    plant = {"use": "production", "address": "石河子市开发区", "postal_code": "832000", "country": "CN"}
    (found,) = of("xpcc_link", supplier={"name": "Yangli Plastics", "country": "CN", "sites": [plant]})
    assert "Shihezi" in found.says


def test_a_postcode_against_a_chinese_address_shows_both_and_what_won() -> None:
    site = {"use": "production", "address": "山东省潍坊市奎文区", "postal_code": "830000", "country": "CN"}
    (conflict,) = of("place_conflict", supplier={"name": "Yangli", "country": "CN", "sites": [site]})
    assert {e.matched for e in conflict.evidence} >= {"山东省", "830000"}
    assert "weighs more" in conflict.says


def test_a_tracing_that_leads_to_the_region_is_shown_and_asks() -> None:
    cotton = {"description": "cotton shirts", "hs_code": "6205.20", "origin_country": "CN", "made_by": "supplier"}
    tracing = {"kind": "origin_tracing", "covers": ["/goods/0"], "date": "2026-01-01", "place": "Aksu, Xinjiang"}
    (site,) = of("xinjiang_site", goods=[cotton], evidence=[tracing])
    assert site.fact("strength") == "possible"
    assert site.evidence[0].pointer == "/evidence/0/place"
    assert "Evidence offered" in site.says


def test_a_traded_company_of_a_division_is_linked_and_its_ownership_open_where_a_source_was_seen() -> None:
    tianye = {"name": "新疆天业股份有限公司", "country": "CN"}
    (link,) = of("xpcc_link", supplier=tianye)
    assert "Eighth Division" in link.says
    assert {f.fact("source") for f in of("unresolved_ownership", supplier=tianye)} == {"reference"}
    coded = {"name": "Water Saving", "country": "HK", "identifiers": [{"scheme": "stock_code", "value": "840.HK"}]}
    assert of("xpcc_link", supplier=coded)
    unconfirmed = {"name": "新疆天富能源股份有限公司", "country": "CN"}
    assert of("xpcc_link", supplier=unconfirmed)
    assert not of("unresolved_ownership", supplier=unconfirmed)


@pytest.mark.parametrize(
    ("name", "code"),
    [("天山铝业集团股份有限公司", "002532"), ("Tianfu Energy Ltd", ""), ("Yilite Foods", ""), ("Water", "600 075")],
)
def test_other_traded_companies_are_no_companies_of_the_corps(name: str, code: str) -> None:
    codes = [{"scheme": "stock_code", "value": code}] if code else []
    assert not of("xpcc_link", supplier={"name": name, "country": "CN", "sites": [PLANT], "identifiers": codes})


def test_a_branch_of_a_listed_company_is_the_listed_company() -> None:
    listed = {"ref": "h", "name": "Huafu Fashion Co., Ltd.", "country": "CN"}
    made = {**SUPPLIER, "relations": [{"kind": "branch", "of": "h"}]}
    found = of("listed_affiliate", supplier=made, related_parties=[listed])
    assert "yes" in {f.fact("in_class") for f in found if f.fact("list") == "us_uflpa"}
    affiliate = {**SUPPLIER, "relations": [{"kind": "affiliate", "of": "h"}]}
    found = of("listed_affiliate", supplier=affiliate, related_parties=[listed])
    assert {f.fact("in_class") for f in found if f.fact("list") == "us_uflpa"} == {"no"}


def test_a_registration_in_the_namesake_itself_closes_a_weak_name() -> None:
    site = {"use": "production", "address": "Yiwu", "country": "CN"}
    yiwu = {"name": "Yangli", "country": "CN", "sites": [site]}
    zhejiang = [{"scheme": "uscc", "value": "91330782MA28XYYW9H", "country": "CN"}]
    assert of("xinjiang_site", supplier=yiwu)
    assert not of("xinjiang_site", supplier={**yiwu, "identifiers": zhejiang})
    (explained,) = of("place_conflict", supplier={**yiwu, "identifiers": zhejiang})
    assert explained.points == 0
    kashi = {**yiwu, "sites": [{**site, "address": "Kashi"}], "identifiers": zhejiang}
    assert of("xinjiang_site", supplier=kashi), "a home code elsewhere says nothing of a plant in Kashgar"


def test_a_long_chain_of_owners_is_read_once_and_not_once_for_each_of_them() -> None:
    chain = [
        {"ref": f"p{n}", "name": f"Holding {n}", "country": "CN", "relations": [{"kind": "owner", "of": "supplier" if n == 0 else f"p{n - 1}", "percent": 60}]}
        for n in range(1_000)
    ]  # fmt: skip
    begun = time.process_time()
    findings(related_parties=chain)
    assert time.process_time() - begun < 4, "0.4 seconds of processor measured"
