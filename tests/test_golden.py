"""The golden cases and the worked examples come out as a careful analyst expects."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from app.core.assessment import Assessment
from app.core.submission import Submission
from tests.support import SHARED, builtin_engine, yaml_cases

GOLDEN = yaml_cases("golden")


def assess(document: dict[str, Any], as_of: str) -> Assessment:
    return builtin_engine().assess(Submission.model_validate_json(json.dumps(document)), date.fromisoformat(as_of))


@pytest.mark.parametrize("case", GOLDEN, ids=[c["id"] for c in GOLDEN])
def test_golden_case_is_rated_as_the_law_says(case: dict[str, Any]) -> None:
    made = assess(case["submission"], case["as_of"])
    ratings = {str(r.profile): str(r.rating) for r in made.ratings}
    factors = {f.factor for f in made.findings}
    rules = {reason.rule for r in made.ratings for reason in r.reasons}
    assert {p: ratings[p] for p in case.get("expect", {})} == case.get("expect", {}), case["why"]
    for profile, wrong in case.get("not", {}).items():
        assert ratings[profile] not in wrong, case["why"]
    assert set(case.get("find", [])) <= factors, case["why"]
    assert not set(case.get("not_find", [])) & factors, case["why"]
    assert set(case.get("rules", [])) <= rules, case["why"]
    if "party" in case:
        assert case["party"] in {h.party.id for h in made.hits if h.score >= max(x.score for x in made.hits)}, case[
            "why"
        ]


EXAMPLES_FILE = SHARED / "domain" / "examples.json"
EXAMPLES: list[dict[str, Any]] = (
    json.loads(EXAMPLES_FILE.read_text(encoding="utf-8"))["examples"] if EXAMPLES_FILE.exists() else []
)


@pytest.mark.skipif(not EXAMPLES, reason="the worked examples lie beside the checkout and are not here")
@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_worked_example_is_rated_as_expected(example: dict[str, Any]) -> None:
    expected = example["expected"]
    made = assess(example["submission"], example["submission"]["as_of"])
    for r in made.ratings:
        profile = str(r.profile)
        assert str(r.rating) in [expected["ratings"][profile], *expected["tolerance"].get(profile, [])]
    fired = {reason.rule for r in made.ratings for reason in r.reasons}
    assert set(expected["rules"]) <= fired
    assert not set(expected.get("must_not_rules", [])) & fired
