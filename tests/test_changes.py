"""What would change a rating does change it so: every promise is checked by editing the submission and rating it again."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from app.core.assessment import Assessment
from app.core.changes.changes import edits_of
from app.core.changes.edit import Edit
from app.core.engine import Engine
from app.core.submission import Submission
from tests.support import SHARED, builtin_engine, submission
from tests.test_engine_properties import few, submissions

DAY = date(2026, 11, 23)
ENGINE = builtin_engine()


def ratings(made: Assessment) -> dict[str, str]:
    return {str(r.profile): str(r.rating) for r in made.ratings}


def edits(said: Submission, made: Assessment, engine: Engine) -> dict[str, Edit]:
    """The edits behind the lines of an answer, by their words; the last may be all helpful ones together."""
    hits, listed = engine.screen(said, DAY)
    found = edits_of(engine._case(said, DAY, hits, listed), made.ratings, made.findings)
    return {e.says: e for e in found}


def check(said: Submission, engine: Engine = ENGINE) -> int:
    """Apply every line that can be written into the submission, rate again in full, and compare; how many were checked."""
    made = engine.assess(said, DAY)
    known = edits(said, made, engine)
    checked = 0
    for line in made.would_change:
        edit = known.get(line.if_)
        if edit is None or edit.dropped or edit.confirmed:
            continue
        edited = edit.apply(said).model_dump_json(by_alias=True, exclude_unset=True)
        after = ratings(engine.assess(Submission.model_validate_json(edited), DAY))
        assert after == {**ratings(made), **{p: str(r) for p, r in line.then.items()}}, line.if_
        checked += 1
    return checked


@given(submissions)
@few
def test_applying_what_would_change_gives_the_promised_ratings(members: dict[str, Any]) -> None:
    check(submission(**members))


@pytest.mark.skipif(not SHARED.exists(), reason="the worked examples lie beside the checkout and are not here")
def test_the_worked_examples_keep_their_promises() -> None:
    examples = json.loads((SHARED / "domain" / "examples.json").read_text(encoding="utf-8"))["examples"]
    assert sum(check(Submission.model_validate_json(json.dumps(e["submission"]))) for e in examples) >= 5


SITE = {"use": "production", "address": "88 Jianshe Road, Weifang, Shandong 261041", "country": "CN"}
GOOD = {"description": "steel brackets", "hs_code": "8302.41", "origin_country": "CN", "made_by": "supplier"}


def case(**members: Any) -> Submission:
    return submission(**{"supplier": {"name": "Weifang Yangli Co., Ltd.", "country": "CN", "sites": [SITE]}, **members})


@pytest.mark.parametrize(
    ("why", "members", "words", "then"),
    [
        (
            "a licence lifts the prohibition within its terms",
            {"profiles": ["us_person"], "activities": ["pay"], "related_parties": [{"ref": "p", "name": "Xinjiang Production and Construction Corps", "relations": [{"kind": "owner", "percent": 60}]}]},
            "a licence in force by OFAC",
            "high",
        ),
        (
            "a register below the threshold leaves high",
            {"profiles": ["us_person"], "activities": ["pay"], "related_parties": [{"ref": "p", "name": "Xinjiang Production and Construction Corps", "relations": [{"kind": "owner", "of": "supplier"}]}]},
            "a dated share register",
            "high",
        ),
        (
            "a chairman who has left spreads nothing",
            {"profiles": ["us_person"], "activities": ["pay"], "related_parties": [{"ref": "p", "name": "Zhu Hailun", "kind": "person", "birth_date": "1958-01", "relations": [{"kind": "director"}]}]},
            "has left the post",
            "elevated",
        ),
        (
            "another maker, traced",
            {"profiles": ["us_importer"], "goods": [{**GOOD, "inputs": [{"description": "zinc", "hs_code": "7901.11", "made_by": "p"}]}], "related_parties": [{"ref": "p", "name": "Aksu Huafu Color Spinning Co., Ltd.", "country": "CN", "relations": [{"kind": "upstream_supplier"}]}]},
            "another maker in the place of Aksu Huafu",
            "low",
        ),
        (
            "the question of a weak place answered",
            {"profiles": ["us_importer"], "goods": [{**GOOD, "inputs": [{"description": "packing cloth", "hs_code": "5911.90", "made_by": "p"}]}], "related_parties": [{"ref": "p", "name": "Yangli Cloth", "country": "CN", "sites": [{"use": "production", "address": "Aksu", "country": "CN"}], "relations": [{"kind": "upstream_supplier"}]}]},
            "the full address of Yangli Cloth with a postcode outside Xinjiang",
            "low",
        ),
        (
            "another origin than a text names, traced",
            {"profiles": ["us_importer"], "goods": [{"description": "raisins", "hs_code": "0806.20", "origin_country": "CN", "made_by": "supplier"}], "statements": [{"about": "supplier", "text": "Our raw materials come from Turpan."}]},
            "another origin of what is now named as from Xinjiang",
            "low",
        ),
        (
            "a namesake's birth date would settle it for the better",
            {"profiles": ["us_person"], "activities": ["pay"], "related_parties": [{"ref": "p", "name": "Wang Mingshan", "kind": "person", "relations": [{"kind": "owner", "percent": 100}]}]},
            "that differs from that of the listed",
            "low",
        ),
        (
            "and confirmation for the worse",
            {"profiles": ["us_person"], "activities": ["pay"], "related_parties": [{"ref": "p", "name": "Wang Mingshan", "kind": "person", "relations": [{"kind": "owner", "percent": 100}]}]},
            "confirmation that Wang Mingshan is the listed",
            "prohibited",
        ),
    ],
)  # fmt: skip
def test_a_fact_that_would_settle_it_is_named(why: str, members: dict[str, Any], words: str, then: str) -> None:
    made = ENGINE.assess(case(**members), DAY)
    profile = members["profiles"][0]
    told = {line.if_: str(line.then.get(profile)) for line in made.would_change}
    assert any(words in said and rating == then for said, rating in told.items()), (why, told)


def test_nothing_is_promised_where_nothing_would_change() -> None:
    clean = case(profiles=["us_importer"], goods=[GOOD])
    assert ENGINE.assess(clean, DAY).would_change == ()
