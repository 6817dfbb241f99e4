"""Listings, ownership and office come out as each regime's own rule says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support import builtin_engine, submission, yaml_cases

CASES = yaml_cases("listing")


@pytest.mark.parametrize("case", CASES, ids=[c["why"] for c in CASES])
def test_a_relation_is_weighed_as_the_reason_says(case: dict[str, Any]) -> None:
    goods = case.get("goods", [])
    made = submission(
        profiles=case["profiles"],
        activities=case.get("activities", ["buy_goods" if goods else "buy_services"]),
        supplier={
            "name": case.get("supplier", "Dongguan Yangli Paper Co., Ltd."),
            "country": "CN",
            "sites": [{"use": "production", "address": "Dongguan, Guangdong", "country": "CN"}],
        },
        related_parties=[{"ref": f"q{n}", "country": "CN", **p} for n, p in enumerate(case.get("parties", []))],
        goods=goods,
    )
    answer = builtin_engine().assess(made, date.fromisoformat(case.get("as_of", "2026-11-23")))
    ratings = {str(r.profile): str(r.rating) for r in answer.ratings}
    rules = {reason.rule for r in answer.ratings for reason in r.reasons}
    assert {p: ratings[p] for p in case.get("expect", {})} == case.get("expect", {}), case["why"]
    for profile, wrong in case.get("not", {}).items():
        assert ratings[profile] not in wrong, case["why"]
    assert set(case.get("rules", [])) <= rules


def test_what_would_change_the_rating_does_change_it_so() -> None:
    made = submission(
        profiles=["us_importer", "eu_operator"],
        activities=["buy_services"],
        supplier={"name": "Rongcheng Yangli Aquatic Foods Co., Ltd.", "country": "CN"},
        statements=[{"text": "2024年3月接收喀什地区有组织转移就业富余劳动力180名，实行军事化管理。"}],
    )
    answer = builtin_engine().assess(made, date(2026, 11, 23))
    assert answer.rating == "severe"
    without = submission(**{**made.model_dump(mode="json", by_alias=True, exclude_unset=True), "statements": []})
    after = {str(r.profile): r.rating for r in builtin_engine().assess(without, date(2026, 11, 23)).ratings}
    promised = {p: r for change in answer.would_change for p, r in change.then.items()}
    assert promised == after


def test_sentences_about_companies_end_once() -> None:
    made = submission(
        profiles=["us_person"],
        activities=["pay"],
        supplier={"name": "Dongguan Yangli Paper Co., Ltd.", "country": "CN"},
        related_parties=[{"ref": "a", "name": "Zhu Hailun", "kind": "person", "birth_date": "1958-01", "relations": [{"kind": "director"}]}],
    )  # fmt: skip
    answer = builtin_engine().assess(made, date(2026, 11, 23))
    assert any(f.factor == "listed_officer" for f in answer.findings)
    assert not [f.says for f in answer.findings if ".." in f.says]
