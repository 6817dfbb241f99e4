"""Every row of the decision table and every settled reading (law.md 8.4, 8.7), as small cases with the day before and the day of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support import builtin_engine, submission, yaml_cases

SITE = {"use": "production", "address": "88 Jianshe Road, Weifang, Shandong 261041", "country": "CN"}
SUPPLIER = {"name": "Weifang Yangli Co., Ltd.", "country": "CN", "sites": [SITE]}
CASES = yaml_cases("table")


@pytest.mark.parametrize("case", CASES, ids=[c["why"] for c in CASES])
def test_the_table_gives(case: dict[str, Any]) -> None:
    made = builtin_engine().assess(
        submission(
            profiles=list(case["want"]),
            activities=case.get("activities", ["pay"]),
            supplier=case.get("supplier", SUPPLIER),
            related_parties=case.get("parties", []),
            goods=case.get("goods", []),
            statements=case.get("statements", []),
            evidence=case.get("evidence", []),
        ),
        date.fromisoformat(case.get("as_of", "2026-11-23")),
    )
    got = {str(r.profile): str(r.rating) for r in made.ratings}
    rules = {reason.rule for r in made.ratings for reason in r.reasons}
    factors = {f.factor for f in made.findings}
    assert all(got[p] in want.split("/") for p, want in case["want"].items()), got
    assert set(case.get("rules", [])) <= rules
    assert not set(case.get("not_rules", [])) & rules
    assert set(case.get("find", [])) <= factors
    assert not set(case.get("not_find", [])) & factors


def test_every_rule_of_the_table_is_met_by_a_case() -> None:
    """R01 to R22 but for the flag (R21), the list ages (R20) and the former listing (R18), which give no reason of their own."""
    named = {rule for case in CASES for rule in case.get("rules", [])}
    table = {"R01", "R02", "R03", "R04", "R05", "R06", "R06b", "R06c", "R07", "R07b", "R08", "R09", "R09b", "R10", "R11", "R12", "R13", "R14", "R15", "R16", "R17", "R19", "R22"}  # fmt: skip
    assert table - named == set()
