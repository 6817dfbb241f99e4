"""Chinese registration numbers of every age: which are read, which stand, and what place they disclose."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.identifiers import USCC_ALPHABET, USCC_WEIGHTS
from app.core.places.readings import PlaceReading, read_places
from app.core.places.registration import chinese_number
from app.core.submission import Submission
from tests.support import builtin_engine, submission

DAY = date(2026, 11, 23)
ORGANISATION = "MA78J4XCX"


def uscc(kind: str, division: str, organisation: str = ORGANISATION) -> str:
    body = f"{kind}{division}{organisation}"
    total = sum(USCC_ALPHABET.index(ch) * w for ch, w in zip(body, USCC_WEIGHTS, strict=True))
    return body + USCC_ALPHABET[(31 - total % 31) % 31]


def registered(document: Submission) -> tuple[PlaceReading, ...]:
    return read_places(document, builtin_engine().reference).registration("supplier")


@pytest.mark.parametrize("kind", ["91", "92", "93", "11", "12", "51", "A1", "N1", "Y1"])
@pytest.mark.parametrize("division", ["650000", "652923", "652201", "652101", "654101", "659013", "653229"])
def test_a_code_of_any_registrar_and_any_time_counts(kind: str, division: str) -> None:
    found = chinese_number("uscc", uscc(kind, division), "CN")
    assert found is not None
    assert found.valid
    assert found.checked
    assert found.region == division


@pytest.mark.parametrize(
    ("scheme", "value", "country", "region"),
    [
        ("uscc", " 9165 0000-7318 2521 7N ", "CN", "650000"),
        ("uscc", "９１６５００００７３１８２５２１７Ｎ", "CN", "650000"),
        ("other", "91650000731825217N", "CN", "650000"),
        ("tax", "91650000731825217N", "CN", "650000"),
        ("registration", "650100050079480", "CN", "650100"),
        ("registration", "6501001000123", "CN", "650100"),
        ("tax", "650100457632999", "CN", "650100"),
        ("registration", "6501910123", "CN", "650100"),
        ("other", "6590361234", "CN", "659000"),
    ],
)
def test_numbers_of_every_kind_disclose_their_division(scheme: str, value: str, country: str, region: str) -> None:
    found = chinese_number(scheme, value, country)
    assert found is not None
    assert found.valid
    assert found.region == region


@pytest.mark.parametrize(
    ("scheme", "value", "country"),
    [
        ("registration", "6501001000123", "DE"),
        ("tax", "6501910123", "US"),
        ("duns", "650191012", "CN"),
        ("national_id", "650102198001011234", "CN"),
        ("passport", "650191012", "CN"),
        ("stock_code", "600359", "CN"),
        ("lei", "300300S39XTBSNH66F17", "CN"),
        ("registration", "9991910123", "CN"),
    ],
)
def test_numbers_of_other_kinds_and_countries_say_nothing(scheme: str, value: str, country: str) -> None:
    assert chinese_number(scheme, value, country) is None


def test_a_failed_check_is_reported_and_counts_for_nothing() -> None:
    found = chinese_number("uscc", "91650000731825218N", "CN")
    assert found is not None
    assert not found.valid
    assert found.problems
    document = submission(
        supplier={"name": "Yangli", "country": "CN", "identifiers": [{"scheme": "uscc", "value": "91650000731825218N"}]}
    )
    assert registered(document) == ()
    made = builtin_engine().assess(document, DAY)
    assert any(g.pointer == "/supplier/identifiers/0/value" and "check" in g.says for g in made.gaps)


def test_a_misread_letter_is_repaired_only_where_the_checks_then_pass_and_says_so() -> None:
    document = submission(
        supplier={"name": "Yangli", "country": "CN", "identifiers": [{"scheme": "uscc", "value": "9165OOOO731825217N"}]}
    )
    made = builtin_engine().assess(document, DAY)
    (found,) = [f for f in made.findings if f.factor == "xinjiang_registration"]
    assert "misread" in found.says
    assert found.evidence[0].submitted == "9165OOOO731825217N"


def test_a_registration_in_the_region_with_work_elsewhere_is_shown_as_such() -> None:
    document = submission(
        supplier={
            "name": "Yangli",
            "country": "CN",
            "identifiers": [{"scheme": "uscc", "value": uscc("91", "650104")}],
            "sites": [{"use": "production", "address": "江苏省苏州市工业园区6号 215000", "country": "CN"}],
        },
        goods=[{"description": "steel brackets", "hs_code": "7326.90", "made_by": "supplier", "origin_country": "CN"}],
    )
    made = builtin_engine().assess(document, DAY)
    (found,) = [f for f in made.findings if f.factor == "xinjiang_registration"]
    assert found.fact("makes_goods") == "no"
    assert "for life" in found.says
    assert any(f.factor == "place_conflict" and f.fact("kind") == "registration" for f in made.findings)
    assert "R05" not in {reason.rule for r in made.ratings for reason in r.reasons}
    assert made.rating not in ("low", "presumptively_barred")
