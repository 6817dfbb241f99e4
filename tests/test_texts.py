"""Texts: programmes are found in context, and ordinary words, policies and denials raise nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from app.core.finding import Finding
from app.core.texts.phrases import matches_from
from tests.support import builtin_engine, submission, yaml_cases

ENGINE = builtin_engine()
CASES = yaml_cases("text")
WATCHED = {"labour", "technology", "construction"}


def findings(text: str, **members: Any) -> list[Finding]:
    made = submission(supplier={"name": "Yangli Paper", "country": "CN"}, statements=[{"text": text}], **members)
    return list(ENGINE.assess(made, date(2026, 11, 23)).findings)


@pytest.mark.parametrize("case", CASES, ids=[c["why"] for c in CASES])
def test_a_statement_is_read_as_the_reason_says(case: dict[str, Any]) -> None:
    found = {f.factor: [f.fact("level"), f.fact("fires")] for f in findings(case["text"]) if f.family in WATCHED}
    assert {k: v for k, v in found.items() if v[0] != "low"} == case["found"], case["why"]


def test_the_words_and_their_place_are_the_evidence() -> None:
    text = "Intro. We received 60 transferred labourers from Kashgar."
    (finding,) = [f for f in findings(text) if f.factor == "labour_transfer"]
    evidence = finding.evidence[0]
    assert evidence.pointer == "/statements/0/text"
    assert evidence.matched == "transferred labourers"
    assert f"character {text.index('transferred')}" in evidence.says
    assert evidence.submitted in text


def test_two_medium_signals_of_different_families_fire_together() -> None:
    fired = [f for f in findings("公司在喀什享受社保补贴，招工由人社局组织。") if f.fact("fires") == "yes"]
    assert {f.factor for f in fired} == {"labour_transfer", "pairing_aid"}


def test_assurances_weigh_nothing() -> None:
    made = submission(
        supplier={"name": "Yangli Paper", "country": "CN"},
        statements=[{"text": "We hold OEKO-TEX and BCI certificates."}],
        evidence=[{"kind": "social_audit"}],
    )
    (finding,) = [f for f in ENGINE.assess(made, date(2026, 11, 23)).findings if f.factor == "weightless_assurance"]
    assert {e.matched for e in finding.evidence} == {"OEKO-TEX", "BCI", "social_audit"}
    assert finding.points <= 1


def test_regiments_count_with_the_region_only() -> None:
    assert "xpcc_link" in {f.factor for f in findings("新疆一〇二团、一〇三团种植基地。")}
    assert "xpcc_link" not in {f.factor for f in findings("一〇二团购活动开始了。")}
    assert "xpcc_link" not in {f.factor for f in findings("我们的乐团和旅游团。")}


def test_the_conflict_of_law_is_a_flag_and_changes_nothing() -> None:
    made = ENGINE.assess(
        submission(profiles=["us_importer"], supplier={"name": "Aksu Huafu Color Spinning Co., Ltd.", "country": "CN"}),
        date(2026, 11, 23),
    )
    assert made.flags == ("conflict_of_law",)
    (finding,) = [f for f in made.findings if f.factor == "conflict_of_law"]
    assert finding.points == 0
    assert finding.id not in {i for r in made.ratings for reason in r.reasons for i in reason.findings}


@pytest.mark.parametrize(
    "text",
    [
        "Xinjiang labour transfer " * 12_000,
        "新疆阿克苏转移就业" * 30_000,
        "not from Xinjiang not " * 9_000,
        "疆" * 300_000,
        "a" * 300_000,
    ],
)
def test_long_statements_are_read(text: str) -> None:
    assert all(len(f.evidence) <= 20 for f in findings(text[:300_000]))


def test_words_are_found_where_they_stand_and_only_whole() -> None:
    """``matches_from`` and the index find what a reading word by word finds: whole words, in order, at the text's edges too."""
    pattern = re.compile(r"(?<![a-z])(?:bci|better cotton)(?![a-z])")
    text = "bci, abci, bcis, better cotton and bci"
    found = [m.start() for m in matches_from(pattern, text, text, ("bci", "better cotton"))]
    assert found == [m.start() for m in pattern.finditer(text)] == [0, 17, 35]
    index = builtin_engine().reference.signal_index
    for said in (
        "surplus labour",
        "xsurplus labour",
        "surplus labours, surplus labour",
        "the surplus, labour",
        "(surplus-labour)",
    ):
        words = [p for p in index.find(said) if p.words == "surplus labor"]
        whole = list(re.finditer(r"(?<!\w)surplus[ -]labours?(?!\w)", said))
        assert [(p.start, p.end) for p in words] == [m.span() for m in whole], said
