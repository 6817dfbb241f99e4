"""Evidence lowers only what the law allows, in date, within its scope, from whom it names; everything else lowers nothing."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assessment import Assessment
from app.core.submission import EvidenceKind
from tests.support import builtin_engine, submission, yaml_cases
from tests.test_engine_properties import few, submissions

CASES = yaml_cases("evidence")
DAY = date(2026, 11, 23)
SITE = {"use": "production", "address": "88 Jianshe Road, Weifang, Shandong 261041", "country": "CN"}
SUPPLIER = {"name": "Weifang Yangli Garment Co., Ltd.", "country": "CN", "sites": [SITE]}
CORPS = {"ref": "p0", "name": "Xinjiang Production and Construction Corps", "country": "CN"}


def _shirt(yarn: dict[str, Any]) -> dict[str, Any]:
    lint = {"description": "cotton lint", "hs_code": "5201.00", "origin_country": "BR"}
    yarn = {"description": "cotton yarn", "hs_code": "5205.24", "inputs": [lint], **yarn}
    return {"description": "men's cotton shirts", "hs_code": "6205.20", "origin_country": "CN", "made_by": "supplier", "inputs": [{"description": "cotton fabric", "hs_code": "5208.12", "origin_country": "CN", "made_by": "supplier", "inputs": [yarn]}]}  # fmt: skip


def _spinner(address: str, **relation: Any) -> dict[str, Any]:
    site = {"use": "production", "address": address, "country": "CN"}
    return {"ref": "p0", "name": "Yangli Spinning Co., Ltd.", "country": "CN", "sites": [site], "relations": [{"kind": "upstream_supplier", **relation}]}  # fmt: skip


BASES: dict[str, dict[str, Any]] = {
    "aksu_yarn": {"goods": [_shirt({"made_by": "p0"}), {"description": "steel brackets", "hs_code": "8302.41", "origin_country": "CN", "made_by": "supplier"}], "related_parties": [_spinner("新疆阿克苏市纺织工业城 843000")]},
    "unknown_yarn": {"goods": [_shirt({})]},
    "new_spinner": {"goods": [_shirt({"made_by": "p0", "inputs": []})], "related_parties": [_spinner("Weifang, Shandong 261000", **{"from": "2026-06-01"})]},
    "corps_owned": {"activities": ["pay"], "related_parties": [{**CORPS, "relations": [{"kind": "owner", "percent": 60}]}]},
    "corps_unknown": {"activities": ["pay"], "related_parties": [{**CORPS, "relations": [{"kind": "owner", "of": "supplier"}]}]},
    "supply_dahua": {"activities": ["supply_items"], "supplier": {"name": "Zhejiang Dahua Technology Co., Ltd.", "country": "CN"}},
    "zhu_holding": {"activities": ["pay"], "related_parties": [{"ref": "p0", "name": "Zhu Hailun", "kind": "person", "birth_date": "1958-01", "relations": [{"kind": "owner", "percent": 80}]}]},
}  # fmt: skip


def assess(members: dict[str, Any]) -> Assessment:
    return builtin_engine().assess(submission(**members), DAY)


def rating(made: Assessment, profile: str) -> str:
    return next(str(r.rating) for r in made.ratings if r.profile == profile)


@pytest.mark.parametrize("case", CASES, ids=[c["why"] for c in CASES])
def test_evidence_does_what_the_law_says(case: dict[str, Any]) -> None:
    base = {"supplier": SUPPLIER, "profiles": [case["profile"]], **BASES[case["base"]]}
    assert rating(assess(base), case["profile"]) == case["before"], case["why"]
    made = assess({**base, "evidence": case["evidence"]})
    assert rating(made, case["profile"]) == case["after"], case["why"]
    told = [e.pointer for f in made.findings for e in f.evidence]
    assert any(p.startswith("/evidence/0") for p in told), "what became of the evidence is told"


NEVER = ("social_audit", "certificate", "self_declaration", "isotope_test", "dna_test")
pointers = st.sampled_from(["/supplier", "/goods", "/goods/0", "/related_parties/0", "/statements/0"])
evidence = st.fixed_dictionaries(
    {
        "covers": st.lists(pointers, max_size=3),
        "issued_by": st.sampled_from(["OFAC", "CBP", "OFSI", "SGS", "the supplier"]),
        "date": st.sampled_from(["2025-01-01", "2026-11-23", "2027-01-01"]),
    },
    optional={"valid_until": st.sampled_from(["2025-06-30", "2026-11-23", "2027-06-30"])},
)


@given(submissions, evidence, st.sampled_from(NEVER))
@few
def test_assurances_without_chain_data_never_move_a_rating(
    members: dict[str, Any], offered: dict[str, Any], kind: str
) -> None:
    before, after = assess(members), assess({**members, "evidence": [{**offered, "kind": kind}]})
    assert [(r.profile, r.rating) for r in before.ratings] == [(r.profile, r.rating) for r in after.ratings]


@given(submissions, evidence, st.sampled_from([k.value for k in EvidenceKind]))
@few
def test_evidence_never_raises_a_rating(members: dict[str, Any], offered: dict[str, Any], kind: str) -> None:
    before, after = assess(members), assess({**members, "evidence": [{**offered, "kind": kind}]})
    for was, now in zip(before.ratings, after.ratings, strict=True):
        assert now.rating.severity <= was.rating.severity


@given(submissions)
@few
def test_a_denial_or_a_foreign_factory_never_lowers_a_rating(members: dict[str, Any]) -> None:
    softer = copy.deepcopy(members)
    softer["statements"].append({"text": "We do not use Xinjiang cotton. 不含新疆棉。 We have stopped all purchases."})
    factory = {"use": "production", "address": "12 Le Loi, Ho Chi Minh City", "country": "VN"}
    if all(site["use"] != "registered_office" for site in members["supplier"]["sites"]):
        softer["supplier"]["sites"].append(factory)  # beside a registered office it answers where goods are made
    before, after = assess(members), assess(softer)
    for was, now in zip(before.ratings, after.ratings, strict=True):
        missing = {reason.rule for reason in was.reasons if reason.rating is was.rating} <= {"R19", "R15", "R20"}
        assert now.rating.severity >= was.rating.severity or missing
