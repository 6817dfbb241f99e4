"""The golden cases and the worked examples come out as a careful analyst expects."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from app.core.assessment import Assessment
from app.core.engine import Engine
from app.core.screening.watchlist import Watchlist
from app.core.submission import Submission
from app.reference import load_parties
from app.sources.us_ofac_sdn import us_ofac_sdn
from tests.support import SHARED, builtin_engine, read_list, yaml_cases

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


OFAC = SHARED / "data" / "ofac" / "sdn_csv_2024-01-08"


@pytest.mark.skipif(not OFAC.exists(), reason="the published lists lie beside the checkout and are not here")
@pytest.mark.parametrize("case", GOLDEN, ids=[c["id"] for c in GOLDEN])
def test_golden_case_stands_with_the_published_list_loaded(case: dict[str, Any]) -> None:
    made = with_sdn().assess(
        Submission.model_validate_json(json.dumps(case["submission"])), date.fromisoformat(case["as_of"])
    )
    ratings = {str(r.profile): str(r.rating) for r in made.ratings}
    assert {p: ratings[p] for p in case.get("expect", {})} == case.get("expect", {}), case["why"]
    for profile, wrong in case.get("not", {}).items():
        assert ratings[profile] not in wrong, case["why"]


@pytest.mark.skipif(
    not OFAC.exists() or not EXAMPLES, reason="the published lists lie beside the checkout and are not here"
)
@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_worked_example_stands_with_the_published_list_loaded(example: dict[str, Any]) -> None:
    expected = example["expected"]
    submission = Submission.model_validate_json(json.dumps(example["submission"]))
    made = with_sdn().assess(submission, date.fromisoformat(example["submission"]["as_of"]))
    for r in made.ratings:
        assert str(r.rating) in [expected["ratings"][str(r.profile)], *expected["tolerance"].get(str(r.profile), [])]
    people = {p.ref for p in submission.parties() if p.party.kind == "person"}
    assert not [h for h in made.hits if h.subject in people], "no person of the examples is on the list"


@cache
def with_sdn() -> Engine:
    """The engine on the reference edition and OFAC's list of 8 January 2024."""
    listed = read_list(us_ofac_sdn, *(path.read_bytes() for path in OFAC.iterdir()))
    watchlist = Watchlist.of((*load_parties(), *listed))
    return replace(builtin_engine(), watchlist=watchlist)
