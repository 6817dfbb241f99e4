"""Tariff rows: codes that cover more than the named good, and the words that tell goods without a code."""

from __future__ import annotations

import pytest

from app.core.tariff import read_code
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
