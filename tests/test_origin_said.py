"""Origins that texts state: which words say where a material comes from, and which only look so."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from app.core.places.strength import PlaceStrength
from app.core.texts.origin_said import OriginClaim, read_origin_claims
from tests.support import builtin_engine, submission, yaml_cases

CASES = yaml_cases("origin")
ENGINE = builtin_engine()


def claims(text: str, country: str = "CN") -> tuple[OriginClaim, ...]:
    made = submission(supplier={"name": "Yangli", "country": country}, statements=[{"text": text}])
    return read_origin_claims(made, ENGINE.reference)


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:30] for c in CASES])
def test_a_text_states_an_origin_as_the_reason_says(case: dict[str, Any]) -> None:
    found = {c.strength for c in claims(case["text"], case.get("country", "CN"))}
    best = next((str(s) for s in PlaceStrength if s in found), "none")
    assert best == case["strength"], case["why"]


def test_the_offset_points_at_the_exact_words() -> None:
    text = "About us. 我们的Ｔ恤采用\u200b新疆长绒棉，品质好。"
    (claim,) = claims(text)
    assert text[claim.offset : claim.offset + len(claim.matched)] == claim.matched == "新疆长绒棉"


def test_words_about_another_material_only_hold_the_case() -> None:
    shirts = {"description": "cotton T-shirts", "hs_code": "6109.10", "origin_country": "CN"}
    for text, strength in (
        ("Our cotton comes from Xinjiang.", "probable"),
        ("Our tomatoes come from Xinjiang.", "possible"),
    ):
        made = submission(supplier={"name": "Yangli", "country": "CN"}, goods=[shirts], statements=[{"text": text}])
        found = [f for f in ENGINE.assess(made, date(2026, 11, 23)).findings if f.factor == "xinjiang_input"]
        assert [f.fact("strength") for f in found] == [strength]


def test_goods_are_known_by_their_own_names_beside_a_place() -> None:
    mats = {"description": "bamboo mats", "hs_code": "4601.21", "origin_country": "CN"}
    naan = {"description": "frozen naan", "hs_code": "1905.90", "origin_country": "CN"}
    for text, found in (
        ("The naan is baked in Kashgar.", ["/goods/1/description"]),
        ("Xinjiang mats and other goods.", ["/goods/0/description"]),
        ("Our naan is never baked in Xinjiang.", []),
        ("The naan is shipped via Urumqi.", []),
        ("Tables made in Kashgar.", []),
    ):
        made = submission(supplier={"name": "Yangli", "country": "CN"}, goods=[mats, naan], statements=[{"text": text}])
        answer = ENGINE.assess(made, date(2026, 11, 23))
        inputs = [f for f in answer.findings if f.factor == "xinjiang_input"]
        assert [f.says.split(" made by")[0] for f in inputs] == [
            {"/goods/0/description": "bamboo mats", "/goods/1/description": "frozen naan"}[p] for p in found
        ], text
        assert all(f.fact("strength") == "probable" for f in inputs)


def test_a_body_that_supplies_cotton_is_no_owner() -> None:
    for text, owner in (
        ("棉花由新疆生产建设兵团第八师供应。", False),
        ("公司由新疆生产建设兵团第八师投资设立。", True),
    ):
        made = submission(supplier={"name": "Yangli", "country": "CN"}, statements=[{"text": text}])
        found = {f.factor for f in ENGINE.assess(made, date(2026, 11, 23)).findings}
        assert ("unresolved_ownership" in found) is owner, text


def test_goods_that_are_loaded_in_the_region_are_not_made_there() -> None:
    for words in ("office chairs, loaded at Urumqi dry port", "office chairs via Khorgos", "椅子，阿拉山口口岸出境"):
        chair = {"description": words, "hs_code": "9401.30", "origin_country": "CN", "made_by": "supplier"}
        made = submission(supplier={"name": "Yangli", "country": "CN"}, goods=[chair])
        assert not [f for f in ENGINE.assess(made, date(2026, 11, 23)).findings if f.factor == "xinjiang_input"], words


def test_long_texts_are_read_fast() -> None:
    claims("the lookups are built on first use")
    for text in ("Xinjiang cotton. " * 12_000, "棉" * 100_000, "from " * 40_000, "新疆" * 100_000):
        begun = time.process_time()
        assert len(claims(text)) <= 20
        assert time.process_time() - begun < 2, "0.4 seconds of processor measured"
