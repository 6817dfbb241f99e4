"""Words of names that say what kind of body it is, not which one.

Sources: ISO 20275 (entity legal forms, GLEIF code list) for the forms; the style and link words are those frequent in the
published lists and in company registers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

LEGAL = frozenset(
    [
        "co",
        "company",
        "companies",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "inc",
        "incorporated",
        "llc",
        "llp",
        "lp",
        "plc",
        "gmbh",
        "ag",
        "kg",
        "sa",
        "spa",
        "srl",
        "sarl",
        "sas",
        "bv",
        "nv",
        "oy",
        "oyj",
        "ab",
        "asa",
        "aps",
        "lda",
        "ltda",
        "sl",
        "jsc",
        "ojsc",
        "cjsc",
        "pjsc",
        "ooo",
        "oao",
        "zao",
        "pao",
        "ao",
        "kk",
        "gk",
        "pte",
        "pvt",
        "pty",
        "sdn",
        "bhd",
        "tbk",
        "pt",
        "fze",
        "fzco",
        "fzc",
        "dmcc",
        "doo",
        "dd",
        "ad",
        "ead",
        "eood",
        "kft",
        "zrt",
        "sp",
        "zoo",
        "sro",
        "gongsi",
        "youxian",
        "gufen",
        "zeren",
        "mchj",
        "too",
        "tov",
        "at",
        "vat",
    ]
)
"""Legal forms in Latin letters, after folding."""

STYLE = frozenset(
    [
        "group",
        "holding",
        "holdings",
        "international",
        "industrial",
        "industry",
        "industries",
        "enterprise",
        "enterprises",
        "trading",
        "trade",
        "china",
        "development",
        "investment",
        "technology",
        "technologies",
        "manufacturing",
        "production",
        "products",
    ]
)
"""Style and trade words so frequent that they tell few companies apart."""

LINKS = frozenset(
    ["and", "of", "the", "for", "de", "la", "le", "el", "al", "du", "des", "y", "e", "da", "do", "dos", "und", "et"]
)

HAN_LEGAL = re.compile(r"(股份有限责任公司|有限责任公司|股份有限公司|有限公司|股份公司|总公司|公司)$")
"""Chinese legal forms at the end of a name."""

REGION = re.compile(
    r"\b(?:xuar|xinjiang (?:uyghur|uygur|uighur|uygar|uigur|weiwuer|weiwu er) (?:autonomous region|zizhiqu)(?: xuar\b)?)(?:\b|$)"
)
"""The region's official names after folding: the short name is the same place."""

HAN_REGION = re.compile("新疆维吾尔自治区|新疆维吾尔族自治区")


TELLING = 0.5
"""Weight from which a word tells companies apart."""

TOKEN_WEIGHT: Mapping[str, float] = dict.fromkeys(LEGAL, 0.05) | dict.fromkeys(LINKS, 0.05) | dict.fromkeys(STYLE, 0.35)
"""Weight of a token in a name; every word not in the table weighs 1, a place or trade word with many bearers less."""

PLACE_TOKENS = frozenset(
    [
        "xinjiang",
        "urumqi",
        "beijing",
        "shanghai",
        "shenzhen",
        "hangzhou",
        "zhejiang",
        "guangdong",
        "jiangsu",
        "hubei",
        "hebei",
    ]
)
PLACE_WEIGHT = 0.6


def token_weight(token: str) -> float:
    if token in PLACE_TOKENS:
        return PLACE_WEIGHT
    return TOKEN_WEIGHT.get(token, 1.0)
