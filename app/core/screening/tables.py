"""The linguistic tables of the matcher, read once from ``data/``; every file names its sources in its head."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from .chinese import sound
from .edits import COUNTRY, GENERIC, KNOWN, KOREAN, ORGAN, PATRONYMIC, PLACE, SYLLABLE
from .number_words import number_groups

DATA = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a CSV table without its comment lines."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from (row for row in csv.reader(line for line in file if not line.startswith("#")) if row)


def document(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def letters(name: str) -> Mapping[int, str]:
    """A table of single letters for ``str.translate``."""
    return {ord(row[0]): row[1] for row in rows(f"{name}.csv")}


@lru_cache(maxsize=2)
def legal_phrases(*, by_country: bool = False) -> Mapping[tuple[str, ...], str]:
    """Legal form phrases, as tuples of words, to their canonical form: all, where that of all countries decides, or only those written out by country."""
    tables = [*document("legal_forms_by_country.yaml").values()]
    if not by_country:
        tables.append(document("legal_forms.yaml"))
    return {tuple(str(phrase).split()): form for table in tables for form, some in table.items() for phrase in some}


@lru_cache(maxsize=16)
def word_class(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in document("word_classes.yaml")[name])


@lru_cache(maxsize=1)
def groups() -> Mapping[str, int]:
    """Words to the number of the group of words they may stand for; a word of two groups keeps its first."""
    made: dict[str, int] = {}
    for number, row in enumerate([*rows("equivalents.csv"), *number_groups()]):
        for word in row:
            made.setdefault(word, number)
    return made


@lru_cache(maxsize=1)
def short_names() -> Mapping[str, frozenset[str]]:
    """A given name to its short and pet forms, and such a form to the names it may stand for, each in every spelling of ``groups``."""
    spelled: dict[str, list[str]] = {}
    for row in rows("equivalents.csv"):
        spelled.update(dict.fromkeys(row, row))
    made: dict[str, set[str]] = {}
    for short, *names in rows("short_names.csv"):
        for name in (w for n in names for w in spelled.get(n, [n])):
            made.setdefault(short, set()).add(name)
            made.setdefault(name, set()).add(short)
    return {word: frozenset(others) for word, others in made.items()}


@lru_cache(maxsize=1)
def surnames() -> Mapping[str, frozenset[str]]:
    """A family name's spelling to every spelling of the same Chinese family names."""
    made: dict[str, set[str]] = {}
    for row in rows("chinese_surnames.csv"):
        for word in row:
            made.setdefault(word, set()).update(w for w in (row if word == row[0] else row[:1]) if w != word)
    return {word: frozenset(others) for word, others in made.items()}


@lru_cache(maxsize=1)
def han_surnames() -> Mapping[str, str]:
    return {row[0]: row[1] for row in rows("han_surnames.csv")}


@lru_cache(maxsize=1)
def han_glossary() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Han words to English, and the pattern that finds them, longest first."""
    words = {row[0]: row[1] for table in ("han_places.csv", "han_glossary.csv") for row in rows(table)}
    return words, re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


@lru_cache(maxsize=1)
def han_transcribed() -> tuple[Mapping[str, str], re.Pattern[str], re.Pattern[str]]:
    """Han transcriptions to Latin; the pattern that finds them, longest first; and that of two or more whole names."""
    words = {row[0]: row[1] for row in rows("han_transcribed.csv")}
    longest = sorted(words, key=len, reverse=True)
    whole = "|".join(w for w in longest if len(w) > 1)
    return words, re.compile("|".join(longest)), re.compile(f"(?:{whole}){{2,}}")


@lru_cache(maxsize=1)
def acronyms() -> Mapping[str, tuple[str, ...]]:
    """Known short forms, as folded text, to the words they stand for."""
    return {row[0]: tuple(row[1].split()) for row in rows("acronyms.csv")}


@lru_cache(maxsize=1)
def background() -> tuple[Mapping[str, int], int]:
    """In how many names of a background population a word occurs, and how many names that is."""
    made = {row[0]: int(row[1]) for row in rows("background.csv")}
    return made, made.pop("*")


@lru_cache(maxsize=1)
def personal_words() -> frozenset[str]:
    """Words that several people's names contain."""
    return frozenset(row[0] for row in rows("personal.csv"))


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Latin words of Chinese places and of countries, alone a place and nobody's name."""
    chinese = {w for row in rows("han_places.csv") for w in row[1].split()}
    return frozenset(chinese) | word_class("places") | word_class("countries")


FREQUENT = 15
"""Names of the background population from which a word is everybody's."""


@lru_cache(maxsize=1)
def trade_words() -> frozenset[str]:
    """Words for trades, styles and kinds of company: English of the Han glossary, and the groups of ``equivalents.csv`` that are no given names."""
    table = [*rows("equivalents.csv")]
    first = next(n for n, row in enumerate(table) if row[0] == "factory")
    return frozenset(w for row in table[first:] for w in row) | {
        w for row in rows("han_glossary.csv") for w in row[1].split()
    }


_KOREAN = re.compile(
    r"(?:kk|tt|pp|ss|jj|ch|[kgntdrlmpbsjh])?(?:yeo|yae|wae|eo|eu|ae|oe|ui|wa|wo|we|wi|ya|ye|yo|yu|[aeiou])(?:ng|[knltmpbg])?"
)
"""One Korean syllable as McCune-Reischauer, the Revised Romanisation or a passport spells it."""


_PATRONYMIC = re.compile(r"[a-z]{3,}(?:[oea]vi(?:ch|tch|tj|c)|[oeiy]vych|[oe]vna|a[uw]na|[iy]vna)")
"""A Slavic patronymic, which is left out at will."""


def flags_of(word: str) -> int:
    """Whether a word says which organ of a state or body is meant (``ORGAN``), where it sits (``PLACE``, ``COUNTRY``), names a trade or is everybody's
    (``GENERIC``), is known from many names (``KNOWN``), is a patronymic (``PATRONYMIC``), or is one Chinese (``SYLLABLE``) or Korean syllable (``KOREAN``): two syllables spelled nearly alike are two names, not one name misspelled."""
    heard = sound(word, wade=False)
    syllable = SYLLABLE if heard and "-" not in heard else 0
    seen, _ = background()
    generic = seen.get(word, 0) >= FREQUENT or word in trade_words() or word in places()
    known = seen.get(word, 0) > 0 or word in personal_words()
    syllable |= KOREAN * (_KOREAN.fullmatch(word) is not None)
    return (
        syllable
        | KNOWN * known
        | GENERIC * generic
        | ORGAN * (word in word_class("organs"))
        | PLACE * (word in places())
        | COUNTRY * (word in word_class("countries"))
        | PATRONYMIC * (_PATRONYMIC.fullmatch(word) is not None)
    )
