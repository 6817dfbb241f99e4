"""Tariff rows: codes that cover more than the named good, and the words that tell goods without a code."""

from __future__ import annotations

import pytest

from app.core.goods.tariff import read_code
from tests.support import builtin_engine

TARIFF = builtin_engine().reference.tariff


@pytest.mark.parametrize(
    ("code", "description", "sector"),
    [
        ("0813.40", "dried red dates", "jujube"),
        ("0813.40", "dried fruit", "jujube"),
        ("0813.40", "若羌灰枣", "jujube"),
        ("0813.40", "dried cranberries", None),
        ("2008.99", "canned lychee in syrup", None),
        ("2841.90", "NMC cathode material", "lithium"),
        ("2841.90", "sodium tungstate", None),
        ("2530.90", "spodumene concentrate", "lithium"),
        ("2530.90", "natural earth pigments", None),
        ("3926.20", "vinyl gloves", "pvc"),
        ("3926.20", "polyethylene aprons", None),
        ("2103.90", "soy sauce", None),
        ("2103.90", "pasta sauce with tomato", "tomato"),
        ("6006.22", "knitted cotton fabric", "cotton"),
        ("6006.32", "knitted fabric of synthetic fibres", None),
        ("2853.90", "compressed air", None),
    ],
)
def test_a_broad_code_is_the_sectors_good_only_where_its_words_fit(
    code: str, description: str, sector: str | None
) -> None:
    read = read_code(code)
    assert read is not None
    row = TARIFF.row(read.digits, description)
    assert (row.sector if row is not None else None) == sector


@pytest.mark.parametrize(
    ("description", "sector"),
    [
        ("多晶硅", "silica"),
        ("番茄醬 番茄酱 桶装", "tomato"),
        ("suspension PVC", "pvc"),
        ("men's cotton twill trousers", "apparel"),
        ("皮棉", "cotton"),
        ("红枣", "jujube"),
        ("paperboard boxes", None),
        ("wooden drums", None),
    ],
)
def test_words_tell_a_good_without_a_code(description: str, sector: str | None) -> None:
    row = TARIFF.by_words(description)
    assert (row.sector if row is not None else None) == sector


def test_words_count_beside_a_readable_code_only_in_a_garment_chapter_without_a_row() -> None:
    def sector(code: str) -> str | None:
        row = TARIFF.fallback(read_code(code), "cotton underwear")
        return row.sector if row is not None else None

    assert sector("6107.11") == "apparel"
    assert sector("TBD") == "apparel"
    assert sector("4819.10") is None


def test_every_main_need_is_a_need() -> None:
    for row in TARIFF.rows.values():
        assert set(TARIFF.main_needs(row)) <= set(TARIFF.needs(row))
        assert bool(TARIFF.main_needs(row)) is bool(TARIFF.needs(row))


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("HTS 6109.10.0012", "6109100012"), ("HS编码：6109100012", "6109100012"), ("税号 5201.00", "520100"), ("6109.10.00.12 / 6109.10.00.40", "6109100012"),
        ("6109.10 or 6110.20", "610910"), ("６１０９．１０．００", "61091000"), ("6109 10 00 12", "6109100012"), ("hs: 2804.61", "280461"),
    ],
)  # fmt: skip
def test_a_code_is_read_in_any_spelling(text: str, digits: str) -> None:
    read = read_code(text)
    assert read is not None
    assert read.digits == digits


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("8541.40", "854142"),
        ("0307.49", "030743"),
        ("8525.80", "852589"),
        ("9027.80", "902789"),
        ("3822.00", "382219"),
        ("4015.19", "401512"),
    ],
)
def test_a_code_of_an_earlier_version_is_the_good_of_today(old: str, new: str) -> None:
    read = read_code(old)
    assert read is not None
    row = TARIFF.row(read.digits, "goods")
    assert row is not None
    assert row.hs_code == new


def test_diodes_that_shared_the_old_solar_code_are_no_solar_goods() -> None:
    row = TARIFF.row("854140", "LED chips")
    assert row is not None
    assert row.hs_code == "8541"


@pytest.mark.parametrize(
    ("code", "sector"),
    [
        ("2002", "tomato"),
        ("3904", "pvc"),
        ("7601", "aluminium"),
        ("8507", "batteries"),
        ("8708", "auto parts"),
        ("2853", None),
        ("2804", "silica"),
    ],
)
def test_a_heading_of_four_digits_is_read_where_it_holds_one_sector(code: str, sector: str | None) -> None:
    row = TARIFF.row(code, "goods")
    assert (row.sector if row is not None else None) == sector


@pytest.mark.parametrize(
    ("description", "code"),
    [
        ("cotton bath towels", "6302"), ("单晶硅太阳能电池板", "854143"), ("cotton yarn for T-shirts", "5205"), ("combed cotton yarn 40s", "5205"),
        ("Frozen squid rings", "030743"), ("PVC resin, suspension grade SG-5", "390410"), ("棉花", "5201"), ("lithium-ion battery packs", "850760"),
        ("tuna fishing rods", None), ("quartz watch", None), ("MSG-free snack", None), ("棉花糖", None), ("PVC shower curtain hooks of steel", None),
        ("tomato-red paint", None), ("office chairs", None), ("squid game toys", None),
    ],
)  # fmt: skip
def test_the_good_is_what_the_phrase_ends_with(description: str, code: str | None) -> None:
    row = TARIFF.by_words(description)
    assert (row.hs_code if row is not None else None) == code


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("854143", ["854142", "381800", "280461", "280469", "250610"]),
        ("6109", ["6006", "5205", "5203", "5201"]),
        ("390410", ["290321", "284910"]),
        ("870870", ["760120", "760110", "281820", "260600"]),
    ],
)
def test_a_good_is_walked_back_to_its_raw_material(code: str, path: list[str]) -> None:
    walked = [row.hs_code for row in TARIFF.walk(TARIFF.rows[code])]
    assert walked[: len(path)] == path


def test_every_cotton_good_goes_back_to_cotton() -> None:
    for row in TARIFF.rows.values():
        if row.sector in ("cotton", "apparel") and row.stage != "raw" and row.priority_since is not None:
            walk = TARIFF.walk(row)
            assert walk, row.hs_code
            assert walk[-1].sector == "cotton", row.hs_code
