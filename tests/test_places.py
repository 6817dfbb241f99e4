"""Places: what the region's names, codes and coordinates look like, and everything that only looks like them."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.places.codes import AREA_CODES, area_code
from app.core.places.readings import PartyPlaces, read_origin_text, read_places
from tests.support import builtin_engine, submission, yaml_cases

CASES = yaml_cases("place")
REFERENCE = builtin_engine().reference


def places(**supplier: Any) -> PartyPlaces:
    made = submission(supplier={"name": "Yangli Paper", "country": "CN", **supplier})
    return read_places(made, REFERENCE).parties["supplier"]


@pytest.mark.parametrize("case", CASES, ids=[str(c.get("address", c.get("city", c.get("region"))))[:30] for c in CASES])
def test_a_site_is_read_as_the_reason_says(case: dict[str, Any]) -> None:
    fields = {k: v for k, v in case.items() if k not in ("strength", "why")}
    (reading,) = places(sites=[{"use": "production", "country": "CN", **fields}]).sites
    assert (str(reading.strength) if reading.strength else "none") == case["strength"], case["why"]
    if reading.strength is not None:
        assert reading.evidence


@pytest.mark.parametrize(
    ("phone", "inside"),
    [
        ("0901-1234567", True), ("+86 (0)998 1234567", True), ("0086-991-1234567", True), ("(0991) 4567890", True), ("+86 994 5800000", True),
        ("0919-8888888", False), ("0931 1234567", False), ("+86 359 7550000", False), ("13912345678", False), ("+8613912345678", False),
        ("010-12345678", False), ("+7 991 1234567", False), ("0950-1234567", False),
    ],
)  # fmt: skip
def test_area_codes_are_exactly_those_of_the_region(phone: str, inside: bool) -> None:
    assert (area_code(phone) in AREA_CODES) is inside
    assert bool(places(phones=[phone]).contacts) is inside


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("91650000731825217N", True),
        ("916501004576329996", True),
        ("650100050079480", True),
        ("91140825MA0K8R2W70", False),
        ("91650000731825218N", False),
        ("91110000600037341L", False),
    ],
)
def test_a_registration_code_counts_when_its_checks_pass(code: str, found: bool) -> None:
    made = places(identifiers=[{"scheme": "registration" if len(code) == 15 else "uscc", "value": code}])
    assert bool(made.registration) is found


def test_a_dead_division_code_still_means_the_region() -> None:
    from app.core.identifiers import USCC_ALPHABET, uscc_problems

    body = "91652923" + "MA78J4XC"
    checked = next(body + c + d for c in USCC_ALPHABET for d in USCC_ALPHABET if not uscc_problems(body + c + d))
    assert places(identifiers=[{"scheme": "uscc", "value": checked}]).registration


def test_shanxi_explains_the_name_away() -> None:
    made = places(
        name="Xinjiang County Yangli Drum Co., Ltd.",
        identifiers=[{"scheme": "uscc", "value": "91140825MA0K8R2W70"}],
        phones=["+86 359 7550000"],
        sites=[
            {"use": "production", "address": "Gujiao Town, Xinjiang County, Yuncheng, Shanxi 043100", "country": "CN"}
        ],
    )
    assert all(r.strength is None for r in (*made.sites, *made.names))
    assert made.registration == ()


def test_a_persons_name_is_never_read_for_places() -> None:
    assert places(name="Kashgari Hotan", kind="person").names == ()


@pytest.mark.parametrize(
    ("text", "country", "wanted"),
    [
        ("阿克苏长绒棉", "CN", "probable"), ("新疆棉", None, "probable"), ("cotton lint from Xinjiang", None, "probable"),
        ("Hami melon flavour", "CN", "possible"), ("我们不含新疆棉", "CN", "denied"), ("We do not use Xinjiang cotton", None, "denied"),
        ("cotton from Texas", "US", "none"), ("yarn for the Kashgar market", "TR", "none"),
    ],
)  # fmt: skip
def test_an_origin_in_a_text(text: str, country: str | None, wanted: str) -> None:
    found = read_origin_text(text, country, REFERENCE)
    assert (str(found.strength) if found.strength else "denied" if found.denied else "none") == wanted


def test_long_texts_are_read_in_one_pass() -> None:
    for text in ("Xinjiang " * 33_000, "新疆阿克苏" * 60_000, "新彊阿克稣" * 20_000, "(" * 300_000):
        assert len(REFERENCE.place_index.mentions(text)) <= 40


def test_evidence_shows_the_words_as_they_were_written() -> None:
    (reading,) = places(sites=[{"address": "Plot 4, Ürümqi (烏魯木齊), China"}]).sites
    assert {"Ürümqi", "烏魯木齊"} <= {e.matched for e in reading.evidence}
    (reading,) = places(sites=[{"address": "Bayin’gholin"}]).sites
    assert reading.evidence[0].matched == "Bayin’gholin"


def test_a_phone_or_code_of_the_party_backs_a_weak_name_but_not_a_silent_site() -> None:
    weak = places(phones=["0991-1234567"], sites=[{"address": "天山"}]).sites[0]
    assert str(weak.strength) == "confirmed"
    silent = places(phones=["0991-1234567"], sites=[{"address": "Building 6"}]).sites[0]
    assert silent.strength is None
    assert not silent.located


def test_a_code_of_the_namesake_county_closes_the_bare_english_name() -> None:
    code = [{"scheme": "uscc", "value": "91140825MA0K8R2W70"}]
    (closed,) = places(identifiers=code, sites=[{"address": "Gujiao, Xinjiang"}]).sites
    assert closed.strength is None
    assert "Shanxi" in closed.won
    (open_,) = places(identifiers=code, sites=[{"address": "Korla, Xinjiang"}]).sites
    assert str(open_.strength) == "probable", "a firm of Shanxi may have a plant in Korla"


def test_the_registered_place_is_the_place_of_work_only_where_no_other_is_named() -> None:
    from app.core.submission import Submission

    code = [{"scheme": "uscc", "value": "916501004576329996"}]

    def made(sites: list[dict[str, str]], origin: str | None = None) -> str | None:
        document = {"supplier": {"name": "Yangli", "country": "CN", "identifiers": code, "sites": sites}}
        read = read_places(Submission.model_validate(document), REFERENCE).made_in_xinjiang("supplier", origin)
        return None if read is None else str(read.strength)

    assert made([]) == "probable"
    assert made([{"use": "production", "address": "Building 6"}]) == "probable"
    assert made([{"use": "production", "address": "江苏省苏州市工业园区6号"}]) is None
    assert made([], origin="PT") is None


@pytest.mark.parametrize(
    "site",
    [
        {"address": "Xinjiang, Shanxi"},
        {"address": "Longxing Town, Xinjiang", "postal_code": "043100"},
        {"address": "Gudui Town, Xinjiang County, Yuncheng"},
    ],
)
def test_a_name_from_the_namesake_county_is_explained_by_its_address(site: dict[str, str]) -> None:
    """The drum maker of Xinjiang County needs neither a code nor a phone to be told from the region."""
    read = places(name="Xinjiang Drum Co.", sites=[{"use": "production", "country": "CN", **site}])
    (name,) = read.names
    assert name.strength is None
    assert name.won
    assert all(s.strength is None for s in read.sites)


def test_a_code_may_be_called_by_its_name() -> None:
    (reading,) = places(identifiers=[{"scheme": "uscc", "value": "USCC: 91650000731825217N"}]).registration
    assert reading.evidence[0].matched == "650000"
    assert "(新疆维吾尔自治区), check digits valid" in reading.evidence[0].says
