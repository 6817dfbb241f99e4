"""Text factors: meanings, denials, context and subjects, and the findings that need more than a statement."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import Any

import pytest

from app.core.case import Case
from app.core.finding import Finding
from app.core.texts.denial import stand
from app.core.texts.phrases import fold_text
from app.core.texts.reading import READ
from app.core.texts.readings import TextReadings, read_texts
from tests.support import SHARED, builtin_engine, submission, yaml_cases

ENGINE = builtin_engine()
DAY = date(2026, 11, 23)
CASES = yaml_cases("text_factors")
TEXT_FACTORS = {
    *("labour_transfer", "pairing_aid", "detention_labour", "coercive_management", "surveillance_technology"),
    *("ethnic_profiling", "sale_to_security_body", "controlled_supply", "detention_construction", "evasive_answer"),
}
CN = {"name": "Yangli Paper", "country": "CN"}


def findings(**members: Any) -> tuple[Finding, ...]:
    return ENGINE.assess(submission(**{"supplier": CN, **members}), DAY).findings


def of(name: str, **members: Any) -> list[Finding]:
    return [f for f in findings(**members) if f.factor == name]


def readings(**members: Any) -> TextReadings:
    return read_texts(submission(**{"supplier": CN, **members}), ENGINE.reference)


@pytest.mark.parametrize("case", CASES, ids=[c["why"] for c in CASES])
def test_a_text_factor_is_found_as_the_reason_says(case: dict[str, Any]) -> None:
    found = {
        f.factor: [f.fact("level"), f.fact("fires")]
        for f in findings(statements=[{"text": case["text"]}])
        if f.factor in TEXT_FACTORS
    }
    assert found == case["found"], case["why"]


def test_every_text_factor_has_a_case_that_finds_and_one_that_does_not() -> None:
    wanted = {c: {name for case in CASES for name in case["found"]} for c in ("found",)}["found"]
    assert wanted == TEXT_FACTORS
    assert any(not case["found"] for case in CASES)


@pytest.mark.parametrize(
    ("before", "after", "denied", "quoted", "reported"),
    [
        ("we do not use ", "", True, False, False),
        ("we use no ", "", True, False, False),
        ("we don't use ", "", True, False, False),
        ("no fewer than 60 ", "", False, False, False),
        ("not only ", "", False, False, False),
        ("workers are not allowed to leave the ", "", False, False, False),
        ("不使用", "", True, False, False),
        ("从未接收", "", True, False, False),
        ("不少于50名", "", False, False, False),
        ("无锡公司", "", False, False, False),
        ("禁止", "", True, True, False),
        ("we prohibit ", "", False, True, False),
        ("", " is not used", True, False, False),
        ("", " are not allowed to leave", False, False, False),
        ("", "-free", True, False, False),
        ("our competitors use ", "", False, False, True),
        ("we stopped ", "", False, False, True),
    ],
)
def test_the_words_around_a_hit_say_how_it_stands(
    before: str, after: str, denied: bool, quoted: bool, reported: bool
) -> None:
    assert stand(before, after) == (denied, quoted, reported)


def test_offsets_are_those_of_the_text_as_submitted() -> None:
    text = "ＡＢＣ　公司\u200b接收喀什富餘勞\u200b動力轉移就業人員。"
    made = readings(statements=[{"text": text}])
    (mention,) = made.mentions
    assert mention.text == "富餘勞\u200b動力轉移就業"
    assert text[mention.offset :].startswith(mention.text)
    assert mention.snippet in text


@pytest.mark.parametrize("text", ["İstanbul ﬁne ㎏ 新疆", "", "\u200b", "臺灣\n麵粉", "a\u00adb"])
def test_folding_keeps_every_character_where_it_stood(text: str) -> None:
    folded = fold_text(text)
    assert len(folded.text) == (len(text) if folded.offsets is None else len(folded.offsets))
    for n in range(len(folded.text)):
        start, end = folded.original(n, n + 1)
        assert 0 <= start < end <= len(text)


def test_a_phrase_inside_a_longer_one_is_counted_once() -> None:
    made = readings(statements=[{"text": "喀什富余劳动力转移就业。"}])
    assert [(m.signal.id, m.text) for m in made.mentions] == [("LAB-02", "富余劳动力转移就业")]


def test_a_denied_origin_is_kept_as_a_statement_to_check() -> None:
    made = readings(statements=[{"text": "We never use Xinjiang cotton (不含新疆棉)."}])
    assert {m.signal.id for m in made.denials} == {"ORG-01", "MIT-03"}
    assert not made.of("ORG-01")
    assert made.of("ORG-01", "ORG-02") == {}


@pytest.mark.parametrize(
    "text",
    [
        "不含新疆棉",
        "we do not use Xinjiang cotton",
        "free of Xinjiang cotton",
        "Xinjiang cotton-free",
        "Xinjiang cotton is not used",
        "non-Xinjiang cotton",
    ],
)
def test_a_denied_origin_raises_nothing(text: str) -> None:
    assert not readings(statements=[{"text": text}]).of("ORG-01", "ORG-02")


def test_an_origin_stated_counts() -> None:
    assert set(readings(statements=[{"text": "Our shirts use Xinjiang cotton."}]).of("ORG-01")) == {"supplier"}


def test_a_party_in_the_region_gives_its_texts_half_a_context() -> None:
    supplier = {
        "name": "Yangli",
        "country": "CN",
        "sites": [{"use": "production", "address": "新疆阿克苏市", "postal_code": "843000"}],
    }
    (finding,) = of("labour_transfer", supplier=supplier, statements=[{"text": "公司采用劳务派遣。"}])
    assert (finding.fact("level"), finding.fact("context"), finding.fact("fires")) == ("med", "half", "no")


def test_a_namesake_abroad_is_no_context() -> None:
    supplier = {"name": "Ornek Tekstil", "country": "TR"}
    found = of(
        "labour_transfer", supplier=supplier, statements=[{"text": "Our Aksu plant works with a labour agency."}]
    )
    assert {f.fact("level") for f in found} == {"low"}


def test_descriptions_of_parties_and_goods_are_read_and_belong_to_their_makers() -> None:
    parties = [{"ref": "p1", "name": "Yangli Vision", "country": "CN", "description": "援疆企业"}]
    goods = [{"description": "摄像机，支持维族识别", "made_by": "p1"}]
    made = findings(related_parties=parties, goods=goods)
    assert {(f.factor, f.subject, f.evidence[0].pointer) for f in made if f.factor in TEXT_FACTORS} == {
        ("pairing_aid", "p1", "/related_parties/0/description"),
        ("ethnic_profiling", "p1", "/goods/0/description"),
    }


def test_a_statement_about_another_party_is_that_partys() -> None:
    parties = [{"ref": "p1", "name": "Yangli Spinning", "country": "CN"}]
    (finding,) = of("pairing_aid", related_parties=parties, statements=[{"about": "p1", "text": "公司是援疆企业。"}])
    assert finding.subject == "p1"


def test_the_subjects_own_name_in_its_text_is_itself() -> None:
    supplier = {"name": "荣成样例水产食品有限公司", "country": "CN"}
    text = "荣成样例水产食品有限公司接收喀什地区富余劳动力180名。"
    (finding,) = of("labour_transfer", supplier=supplier, statements=[{"text": text}])
    assert finding.fact("fires") == "yes"
    other = "喀什华羚服装有限公司接收喀什地区富余劳动力180名。"
    (finding,) = of("labour_transfer", supplier=supplier, statements=[{"text": other}])
    assert (finding.fact("level"), finding.fact("fires")) == ("med", "no")


@pytest.mark.parametrize(
    ("party", "found"),
    [
        ({"name": "兵团第八师纺织有限公司", "country": "CN"}, True),
        ({"name": "新疆一四九团农产品有限公司", "country": "CN"}, True),
        (
            {"name": "State-owned Assets Commission", "other_names": ["新疆生产建设兵团第六师国有资产监督管理委员会"]},
            True,
        ),
        ({"name": "济南第三师范学校", "country": "CN"}, False),
        ({"name": "黑龙江生产建设兵团纪念馆", "country": "CN"}, False),
        ({"name": "浙江一四九团建服务公司", "country": "CN"}, False),
        ({"name": "兵团", "kind": "person"}, False),
    ],
)
def test_the_corps_in_a_name_is_a_link(party: dict[str, Any], found: bool) -> None:
    made = of("xpcc_link", supplier=party)
    assert [f.fact("kind") for f in made] == (["name"] if found else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Our tomatoes come from the 121st Regiment in Xinjiang.", True),
        ("公司是新疆生产建设兵团企业。", True),
        ("公司成立志愿者兵团。", False),
        ("公司接待新疆旅游120团次。", False),
        ("公司不采购新疆149团产品。", False),
        ("新疆农场直供。", False),
        ("公司不属于新疆生产建设兵团。", False),
    ],
)
def test_the_corps_in_a_text_is_a_link(text: str, found: bool) -> None:
    assert bool(of("xpcc_link", statements=[{"text": text}])) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("集团公司是自治区公安厅下属企业。", True),
        ("控股股东为新疆公安厅。", True),
        ("The company is wholly owned by the Xinjiang Public Security Bureau.", True),
        ("The company is not owned by the Public Security Bureau.", False),
        ("通过公安局消防主管部门验收。", False),
    ],
)
def test_a_security_body_said_to_control_a_party(text: str, found: bool) -> None:
    assert bool(of("security_body_control", statements=[{"text": text}])) == found


def test_a_security_body_stated_as_owner() -> None:
    body = {"ref": "p1", "name": "Kucheng Public Security Bureau", "kind": "government_body", "country": "CN"}
    owner = {**body, "relations": [{"kind": "owner", "of": "supplier", "percent": 100}]}
    (finding,) = of("security_body_control", related_parties=[owner])
    assert (finding.subject, finding.evidence[0].pointer) == ("supplier", "/related_parties/0/relations/0")
    customer = {**body, "relations": [{"kind": "customer", "of": "supplier"}]}
    assert not of("security_body_control", related_parties=[customer])


def test_assurances_are_found_beside_chinese_words_and_not_in_ordinary_ones() -> None:
    (finding,) = of("weightless_assurance", statements=[{"text": "获得BCI认证和SA8000认证，ISO9001质量体系。"}])
    assert {e.matched for e in finding.evidence} == {"BCI", "SA8000", "ISO9001"}
    assert not of("weightless_assurance", statements=[{"text": "We shrink wrap the goods."}])
    (finding,) = of("weightless_assurance", evidence=[{"kind": "self_declaration"}])
    assert finding.evidence[0].pointer == "/evidence/0/kind"
    assert not of("weightless_assurance", evidence=[{"kind": "origin_tracing"}])


@pytest.mark.parametrize(
    ("supplier", "pointer"),
    [
        (
            {"name": "Yangli", "sites": [{"address": "新疆阿克苏市 843000", "country": "CN"}]},
            "/supplier/sites/0/country",
        ),
        ({"name": "Yangli", "country": "CN", "sites": [{"address": "新疆阿克苏市 843000"}]}, "/supplier/country"),
        ({"name": "Yangli", "country": "CN", "sites": [{"address": "Shanxi 043100"}]}, ""),
        ({"name": "Exemplo", "country": "PT"}, ""),
    ],
)
def test_the_conflict_of_law_needs_a_party_in_china_and_a_question_to_it(
    supplier: dict[str, Any], pointer: str
) -> None:
    found = of("conflict_of_law", supplier=supplier)
    assert [f.evidence[0].pointer for f in found] == ([pointer] if pointer else [])
    assert all("PRC counsel" in f.says and f.points == 0 for f in found)


def test_every_pointer_leads_into_the_submission() -> None:
    document = {
        "supplier": {"name": "兵团第八师公司", "country": "CN", "description": "援疆企业"},
        "statements": [{"text": "喀什富余劳动力。BCI认证。隶属于公安厅。"}],
        "goods": [{"description": "新疆149团番茄"}],
        "evidence": [{"kind": "certificate"}],
    }
    made = [
        f
        for f in findings(**document)
        if f.factor in TEXT_FACTORS | {"xpcc_link", "security_body_control", "weightless_assurance"}
    ]
    assert {f.factor for f in made} >= {"xpcc_link", "security_body_control", "weightless_assurance", "labour_transfer"}
    for evidence in (e for f in made for e in f.evidence):
        at: Any = document
        for step in evidence.pointer.split("/")[1:]:
            at = at[int(step)] if isinstance(at, list) else at[step]
        assert evidence.matched in str(at)


EXAMPLES_FILE = SHARED / "domain" / "examples.json"
EXAMPLES = (
    {e["id"]: e for e in json.loads(EXAMPLES_FILE.read_text(encoding="utf-8"))["examples"]}
    if EXAMPLES_FILE.exists()
    else {}
)
LABOUR = {"labour_transfer", "pairing_aid", "coercive_management", "detention_labour"}


@pytest.mark.skipif(not EXAMPLES, reason="the worked examples lie beside the checkout and are not here")
@pytest.mark.parametrize(
    ("id_", "wanted", "unwanted"),
    [
        ("EX-01", set(), LABOUR),
        ("EX-02", {"weightless_assurance"}, LABOUR),
        ("EX-03", set(), {*LABOUR, "conflict_of_law"}),
        ("EX-04", {"xpcc_link"}, LABOUR),
        ("EX-05", {"labour_transfer", "pairing_aid", "coercive_management"}, {"xpcc_link"}),
        ("EX-06", set(), {*TEXT_FACTORS, "xpcc_link"}),
    ],
)
def test_worked_examples_find_their_text_factors(id_: str, wanted: set[str], unwanted: set[str]) -> None:
    made = ENGINE.assess(submission(**EXAMPLES[id_]["submission"]), DAY)
    found = {f.factor for f in made.findings}
    assert wanted <= found
    assert not unwanted & found


def test_the_second_good_reading_of_the_same_case_is_the_same() -> None:
    made = submission(supplier=CN, statements=[{"text": "喀什富余劳动力，援疆。"}])
    case = Case(made, DAY, (), {}, ENGINE.reference)
    assert case.texts == read_texts(made, ENGINE.reference)


def test_more_phrases_than_are_read_still_give_one_finding() -> None:
    made = of("labour_transfer", statements=[{"text": "喀什富余劳动力，" * (READ + 100)}])
    assert [(f.fact("fires"), len(f.evidence)) for f in made] == [("yes", 20)]


def test_a_regiment_is_the_corps_where_a_place_of_the_region_stands_beside_it() -> None:
    """Any place of the gazetteer tells it from another army's regiment, not only the best-known ones."""
    assert of("xpcc_link", statements=[{"text": "Our cotton farm belongs to Regiment 149 of the Corps in Shihezi."}])
    assert not of("xpcc_link", statements=[{"text": "The founder served in Regiment 149 in Nanjing."}])


@pytest.mark.parametrize(
    "text",
    [
        "Neither the company nor its owners are affiliated with the Xinjiang Production and Construction Corps (XPCC).",
        "We have no ties with the Xinjiang Production and Construction Corps (XPCC).",
        "本公司与新疆生产建设兵团无任何关系。",
    ],
)
def test_a_long_name_and_its_initials_are_denied_together(text: str) -> None:
    assert not of("xpcc_link", statements=[{"text": text}])


@pytest.mark.parametrize(("day", "fires"), [("2010-05-01", "no"), ("2014-02-01", "yes"), ("2024-05-01", "yes")])
def test_a_statement_of_a_day_before_the_programmes_is_of_the_past(day: str, fires: str) -> None:
    said = {"text": "The company received transferred labourers from Hotan.", "date": day}
    (found,) = of("labour_transfer", statements=[said])
    assert found.fact("fires") == fires


@pytest.mark.parametrize(("kind", "fires"), [("upstream_supplier", "yes"), ("affiliate", "yes"), ("customer", "no")])
def test_what_is_said_of_a_customers_workers_decides_nothing(kind: str, fires: str) -> None:
    party = {"ref": "p1", "name": "Linyi Yarn", "country": "CN", "relations": [{"kind": kind}]}
    said = {"about": "p1", "text": "The company received transferred labourers from Hotan."}
    (found,) = of("labour_transfer", statements=[said], related_parties=[party])
    assert (found.subject, found.fact("fires")) == ("p1", fires)


def test_words_for_workers_are_no_signal_in_a_country_without_the_programmes() -> None:
    farm = {"name": "Acme Farms Inc.", "country": "US"}
    (found,) = of("labour_transfer", supplier=farm, statements=[{"text": "We hire surplus labor at harvest time."}])
    assert found.fact("level") == "low"


def test_the_place_that_workers_are_from_is_no_origin_of_the_goods() -> None:
    gloves = {"description": "gloves sewn by transferred workers from Kashgar", "origin_country": "CN"}
    assert of("labour_transfer", goods=[gloves])
    assert not of("xinjiang_input", goods=[gloves])
    assert of("xinjiang_input", goods=[{"description": "gloves from Kashgar", "origin_country": "CN"}])


def test_an_audit_tells_where_the_audited_maker_works() -> None:
    audit = {"kind": "social_audit", "covers": ["/goods/0"], "date": "2026-01-01", "place": "Aksu, Xinjiang"}
    (found,) = of("xinjiang_site", goods=[{"description": "shirts"}], evidence=[audit])
    assert (found.fact("strength"), found.evidence[0].pointer) == ("possible", "/evidence/0/place")
    assert not of("xinjiang_site", goods=[{"description": "shirts"}], evidence=[{**audit, "place": "Weifang"}])


@pytest.mark.parametrize(
    "text",
    [
        "在新疆喀什设有工厂，接收富余劳动力转移就业人员，不使用强迫劳动，" * 2_000,
        "poverty alleviation " * 10_000,
    ],
)
def test_a_long_text_without_a_full_stop_costs_no_more_than_one_with_them(text: str) -> None:
    """What a sentence says is read once per sentence, not once per word in it."""
    start = time.perf_counter()
    readings(statements=[{"text": text}])
    whole = time.perf_counter() - start
    start = time.perf_counter()
    readings(statements=[{"text": text.replace("，", "。").replace("alleviation ", "alleviation. ")}])
    assert whole < 5 * (time.perf_counter() - start) + 1


HOTAN_POLICE = {
    "ref": "p1",
    "name": "Hotan Prefecture Public Security Bureau",
    "kind": "government_body",
    "country": "CN",
}


@pytest.mark.parametrize(
    ("customer", "raised"),
    [
        (HOTAN_POLICE, True),
        ({**HOTAN_POLICE, "name": "Shandong Provincial Public Security Department"}, False),
        ({**HOTAN_POLICE, "name": "Hotan Prefecture Library"}, False),
    ],
)
def test_a_customer_with_the_name_of_a_police_body_of_the_region_is_one(customer: dict[str, Any], raised: bool) -> None:
    party = {**customer, "relations": [{"kind": "customer"}]}
    found = of("sale_to_security_body", related_parties=[party])
    assert [(f.subject, f.fact("fires")) for f in found] == ([("supplier", "yes")] if raised else [])


@pytest.mark.parametrize(
    ("name", "kind", "raised"),
    [
        ("新疆乌苏监狱", "owner", True),
        ("Urumqi No. 3 Prison", "upstream_supplier", True),
        ("Lop County Vocational Skills Education and Training Center", "labour_provider", True),
        ("Urumqi No. 3 Prison", "customer", False),
        ("Jinan Prison", "owner", False),
        ("Urumqi Vocational School", "labour_provider", False),
    ],
)
def test_an_owner_maker_or_provider_named_a_prison_of_the_region_is_one(name: str, kind: str, raised: bool) -> None:
    party = {"ref": "p1", "name": name, "country": "CN", "relations": [{"kind": kind, "of": "supplier"}]}
    assert [f.subject for f in of("detention_labour", related_parties=[party])] == (["p1"] if raised else [])


def test_whoever_is_only_supplied_is_not_the_maker_of_the_goods() -> None:
    prison = {"name": "Kashgar Prison", "country": "CN", "sites": [{"address": "Kashgar, Xinjiang", "country": "CN"}]}
    wire = {"supplier": prison, "goods": [{"description": "razor wire", "hs_code": "7313.00"}]}
    assert not of("xinjiang_input", activities=["supply_items"], **wire)
    assert not of("detention_labour", activities=["supply_items"], **wire)
    assert of("detention_construction", activities=["supply_items"], **wire)
    assert of("xinjiang_input", activities=["buy_goods"], **wire)
    assert of("detention_labour", activities=["buy_goods"], **wire)


@pytest.mark.parametrize(
    ("name", "raised"),
    [
        ("8th Agricultural Division Farm Co., Xinjiang", True),
        ("China Xinjian Group Corporation", True),
        ("石河子八师投资公司", True),
        ("第八师傅餐饮有限公司", False),
        ("Xinjian Hardware Co.", False),
    ],
)
def test_a_division_of_the_corps_in_a_name_is_a_link(name: str, raised: bool) -> None:
    assert bool(of("xpcc_link", supplier={"name": name, "country": "CN"})) is raised


@pytest.mark.parametrize(
    ("text", "raised"),
    [("公司由兵团第六师控股。", True), ("与第一师阿拉尔市合作。", True), ("创始人曾在解放军第六师服役。", False)],
)
def test_a_division_of_the_corps_in_a_text_is_a_link(text: str, raised: bool) -> None:
    assert bool(of("xpcc_link", statements=[{"text": text}])) is raised
