"""Every line of the reference's false friends, and every trap of place reading, as a test over the shipped data."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.core.places.readings import PlaceReading, read_origin_text, read_places
from app.core.places.strength import PlaceStrength
from app.core.reference_rows import FalseFriend
from tests.support import builtin_engine, submission

REFERENCE = builtin_engine().reference
FIRM = (PlaceStrength.CONFIRMED, PlaceStrength.PROBABLE)
COUNTRY = {
    "Kazakhstan": "KZ", "Kyrgyzstan": "KG", "Türkiye": "TR", "Russia": "RU", "Mongolia": "MN", "Afghanistan": "AF", "India": "IN",
    "PNG": "PG", "Taiwan": "TW", "Taipei": "TW", "Netherlands": "NL", "Japan": "JP",
}  # fmt: skip
APART = frozenset({"address", "company_form", "route", "postcode", "person", "dish"})
"""Kinds of row that are about true places of the region, or about other fields than addresses: read in tests of their own."""


def terms(row: FalseFriend) -> list[str]:
    """The spellings of a row: alternatives apart, and the two scripts of one name apart."""
    parts = [part.strip(" …") for part in re.split(r"\s+/\s+", row.term)]
    found = [p for p in parts if p]
    for part in parts:
        han = re.sub(r"[^\u3400-\u9fff]", "", part)
        if han and han != part and len(han) > 1:
            found.append(han)
    return [t.replace(" outside Xinjiang", "") for t in found]


def site(address: str, country: str | None = "CN", **more: Any) -> PlaceReading:
    made = submission(
        supplier={
            "name": "Yangli Paper",
            "sites": [{"use": "production", "address": address, "country": country, **more}],
        }
    )
    return read_places(made, REFERENCE).parties["supplier"].sites[0]


LOOKALIKES = [(row, term) for row in REFERENCE.false_friends if row.kind not in APART for term in terms(row)]


@pytest.mark.parametrize(("row", "term"), LOOKALIKES, ids=[term for _, term in LOOKALIKES])
def test_a_false_friend_where_it_really_is_is_no_site_of_the_region(row: FalseFriend, term: str) -> None:
    real = row.real_place if row.real_place not in ("any", "China", "Xinjiang", "") else ""
    country = COUNTRY.get(real, "CN")
    reading = site(f"{term}, {real}" if real else term, country)
    assert reading.strength not in FIRM, row.rule
    if row.latitude is not None:
        there = site(term, country, latitude=row.latitude, longitude=row.longitude)
        assert there.strength is None, "its own coordinates are outside the region"
        assert there.against


@pytest.mark.parametrize(("row", "term"), LOOKALIKES, ids=[term for _, term in LOOKALIKES])
def test_a_false_friend_alone_is_at_most_a_possible_place(row: FalseFriend, term: str) -> None:
    """No parent, no code, no coordinates: a name that others bear needs a second fact, unless the row says it is strong."""
    strong_alone = {
        "阿克苏",
        "Ili",
        "Tashkurgan",
        "Tarbagatai",
        "塔城",
        "霍城",
        "Zharkent",
        "Yarkent",
        "Khorgos East Gate",
    }
    stated = COUNTRY.get(row.real_place)
    if stated is not None or any(word in term for word in strong_alone):
        return
    assert site(term).strength not in FIRM, row.rule


def test_the_machine_translated_address_is_still_in_the_region() -> None:
    row = next(r for r in REFERENCE.false_friends if r.kind == "address")
    assert site(row.term).strength is PlaceStrength.PROBABLE
    assert site(row.term, "ME").strength is None or site(row.term, "ME").strength is PlaceStrength.POSSIBLE


def test_a_country_named_in_the_address_decides_where_none_is_stated() -> None:
    for address in (
        "Aksu, Antalya, Türkiye",
        "Khorgos East Gate, Zharkent, Kazakhstan",
        "Altay Krai, Russia",
        "臺中市北屯區文心路",
    ):
        assert site(address, None).strength is None, address
    assert site("Horgos, Xinjiang, China", None).strength is PlaceStrength.PROBABLE


def test_a_person_is_never_placed_by_a_name_and_a_product_never_a_site() -> None:
    made = submission(supplier={"name": "Kashgari Aksu", "kind": "person", "country": "CN"})
    assert read_places(made, REFERENCE).parties["supplier"].names == ()
    assert site("Dabancheng Restaurant, Beijing").strength is None
    assert site("达坂城大盘鸡").strength is None
    for product in ("Hami melon", "哈密瓜", "库尔勒香梨", "Turpan carpet", "和田玉"):
        assert site(product).strength is None, product
        assert read_origin_text(product, "CN", REFERENCE).strength in (None, PlaceStrength.POSSIBLE), product


@pytest.mark.parametrize("description", ["Khotan style carpet", "Turpan design rug", "Kashgar pattern cushion"])
def test_a_style_is_no_origin(description: str) -> None:
    assert read_origin_text(description, "CN", REFERENCE).strength is None


AID_PARKS = [
    "洛浦县北京工业园区", "Beijing Industrial Park, Lop County, Hotan", "喀什深圳产业园", "Shenzhen Industrial Park, Kashgar",
    "疏勒县山东工业园", "Guangdong Textile and Garment Industrial Park, Tumxuk", "乌鲁木齐市上海路12号",
]  # fmt: skip


@pytest.mark.parametrize("address", AID_PARKS)
def test_a_park_named_after_the_city_that_pays_for_it_stays_in_the_region(address: str) -> None:
    assert site(address).strength in FIRM


@pytest.mark.parametrize(
    "address",
    [
        "乌鲁木齐市驻北京办事处, 北京",
        "Urumqi Hotel, Beijing",
        "江西省南昌市塔城乡",
        "Xinjiang Building, Shenzhen",
        "苏州工业园区新疆大厦",
    ],
)
def test_an_office_or_building_named_after_the_region_is_not_in_it(address: str) -> None:
    assert site(address).strength is None
