"""Chinese words in Cyrillic are read back to pinyin; Russian ones are left alone."""

from __future__ import annotations

import pytest

from app.core.screening.palladius import read_back, syllables


@pytest.mark.parametrize(
    ("cyrillic", "pinyin"),
    [
        ("гуанчжоу", "guangzhou"),
        ("чжэцзян", "zhejiang"),
        ("синьцзян", "xinjiang"),
        ("сычуань", "sichuan"),
        ("юньнань", "yunnan"),
        ("хэйлунцзян", "heilongjiang"),
        ("цзянсу", "jiangsu"),
        ("цинхай", "qinghai"),
        ("хэбэй", "hebei"),
        ("чанъань", "changan"),
        ("шаньдун", "shandong"),
        ("хунань", "hunan"),
        ("фуцзянь", "fujian"),
        ("нинся", "ningxia"),
        ("цзилинь", "jilin"),
    ],
)
def test_provinces_and_cities_as_russian_maps_write_them(cyrillic: str, pinyin: str) -> None:
    assert "".join(syllables(cyrillic)) == pinyin


@pytest.mark.parametrize("text", ["владимир путин", "ооо ромашка", "казань", "банк россия", "сбербанк", "юлия", ""])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert read_back(text) == text


def test_a_family_name_told_by_the_given_name_beside_it_is_read_too() -> None:
    assert read_back("хо люцзюнь") == "huo liujun"
    assert read_back("ху ляньхэ") == "hu lianhe"
