"""Names of Xinjiang places in text: whole words in alphabets, substrings in Han, with the patterns that tell namesakes apart.

Rules and namesakes follow the reference's false friends. A strong name alone is a fact; a weak one needs a second.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.core.names import simplified
from app.core.reference_rows import Place
from app.core.texts.phrases import APOSTROPHES, words_of

from .words import (
    BUILDING_LATIN,
    CJK,
    CYRILLIC_ENDINGS,
    DIRECTIONS,
    FALSE_PHRASES,
    HAN_TEXT,
    NORMAL_SCHOOL,
    NOT_AFTER,
    NOT_BEFORE,
    PRODUCT_WORDS,
    STREET_HAN,
    STREET_LATIN,
    TONES,
    UYGHUR_ENDINGS,
    UYGHUR_TYPES,
)

__all__ = ["HAN_TEXT", "Mention", "PlaceIndex", "normal", "unaccented"]

MENTIONS = 40
"""Most mentions kept of one text."""

KEPT, KEPT_LENGTH = 2_000, 400
"""Short texts whose mentions are kept, and how short: several factors read the same sentence. A cache; it never changes an answer."""

LOOKED_AT = 300_000
"""Characters of a text that are read."""

_UNITS = "市县州区镇乡团"
"""How the name of an administrative unit ends."""

_WORD = re.compile(rf"[^\W{CJK}_]+")
_CJK_RUN = re.compile(rf"[{CJK}]+")
_SYLLABLE = re.compile("[a-z]{1,6}")
_MOST_SYLLABLES, _LONG = 5, 5
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN = re.compile("[a-z\u00c0-\u024f]")


@dataclass(frozen=True)
class Mention:
    """A name found: ``text`` as it stands in the normalised text, ``strong`` or not, and what the words after it make of it."""

    place: Place
    text: str
    start: int
    end: int
    strong: bool
    han: bool
    street: bool
    product: bool


def normal(text: str) -> str:
    """NFKC, simplified Han, lower case, without apostrophes; accents stay (Küche is not Kuche)."""
    if text.isascii():
        return text[:LOOKED_AT].lower().replace("'", "").replace("`", "")
    cut = unicodedata.normalize("NFKC", text[:LOOKED_AT])
    return APOSTROPHES.sub("", simplified(cut).lower())


def unaccented(word: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFKD", word) if not unicodedata.combining(ch))


class PlaceIndex:
    """The gazetteer's names, ready to be found in text in one pass."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.words: dict[str, list[tuple[tuple[str, ...], Place, bool]]] = defaultdict(list)
        self.han: dict[str, list[tuple[str, Place, bool]]] = defaultdict(list)
        self.accented: set[str] = set()
        self.names: set[str] = set()
        self.read: dict[str, tuple[Mention, ...]] = {}
        self.beginnings: set[str] = set()
        """How the long names of one word begin, for those that are written syllable by syllable."""
        self.longest = 0
        """Most words of one name."""
        for place in places:
            if place.level == "historical":
                continue
            for name, strong in self._names(place):
                self.names.add(normal(name))
                self._add(normal(name), place, strong=strong)
        for words in self.words.values():
            words.sort(key=lambda n: (-len(n[0]), not n[2]))
        for names in self.han.values():
            names.sort(key=lambda n: (-len(n[0]), not n[2]))

    @staticmethod
    def _names(place: Place) -> Iterator[tuple[str, bool]]:
        weak = {w.lower() for w in place.weak_aliases}
        english = re.sub(r"\s*\(.*?\)", "", place.name_en)
        for name in (place.name_zh, english, *place.aliases):
            yield name, name.lower() not in weak
        for name in place.weak_aliases:
            yield name, False

    def _add(self, name: str, place: Place, *, strong: bool) -> None:
        if _CJK_RUN.fullmatch(name.replace(" ", "").replace("-", "").replace("—", "")):
            if len(name) >= 2:
                self.han[name[:2]].append((name, place, strong))
            return
        words = tuple(_WORD.findall(name))
        if not any(c.isalpha() for word in words for c in word):
            return  # "104团" leaves a bare number here, which names no place; XPCC units are read by xpcc.py
        if words and sum(map(len, words)) >= 2:
            self._add_words(words, place, strong=strong)
            for form, certain in _inflected(words, place):
                self._add_words((form,), place, strong=strong and certain)

    def _add_words(self, words: tuple[str, ...], place: Place, *, strong: bool) -> None:
        plain = tuple(unaccented(w) for w in words)
        self.words[plain[0]].append((plain, place, strong))
        self.longest = max(self.longest, len(plain))
        self.accented.update(w for w in words if unaccented(w) != w)
        if len(plain) == 1 and len(plain[0]) >= _LONG:
            self.beginnings.update(plain[0][:n] for n in range(1, len(plain[0]) + 1))

    def firm(self, text: str) -> Mention | None:
        """The first certain name of a place of the region in a short text, which is no street and no variety."""
        return next((m for m in self.mentions(text) if m.strong and not m.street and not m.product), None)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """``find``, remembered for short texts."""
        if len(text) > KEPT_LENGTH:
            return self.find(text)
        known = self.read.get(text)
        if known is None:
            if len(self.read) >= KEPT:
                self.read.clear()
            known = self.read[text] = self.find(text)
        return known

    def find(self, text: str) -> tuple[Mention, ...]:
        """The places named in a text, longest name first where names overlap, at most ``MENTIONS``."""
        normalised = normal(text)
        han = () if text.isascii() else self._han(normalised)
        return tuple([*han, *self._words(normalised)][:MENTIONS])

    def _words(self, text: str) -> Iterator[Mention]:
        ascii_only = text.isascii()
        written = words_of(text) if ascii_only else _WORD.findall(text)
        plain = written if ascii_only else [w if w.isascii() else unaccented(w) for w in written]
        starts = [
            n for n, w in enumerate(plain) if w in self.words or (w in self.beginnings and self._goes_on(plain, n))
        ]
        if not starts:
            return
        spans = [m.span() for m in _WORD.finditer(text)]
        reach = max(self.longest, _MOST_SYLLABLES) + 3
        at, kept = 0, 0
        for start in starts:
            if start < at or kept >= MENTIONS:
                continue
            end = start + reach
            window = [
                (w, p, *span) for w, p, span in zip(written[start:end], plain[start:end], spans[start:end], strict=True)
            ]
            mention, step = self._at(text, window, 0)
            if mention is not None:
                yield mention
                kept += 1
            at = start + step

    def _goes_on(self, plain: list[str], at: int) -> bool:
        """Whether a word and the next begin a name that is written syllable by syllable."""
        return at + 1 < len(plain) and plain[at] + plain[at + 1] in self.beginnings

    def _at(self, text: str, words: list[_Word], at: int) -> tuple[Mention | None, int]:
        """The longest name that begins at a word, and how many words to go on by."""
        for name, place, strong in self.words.get(words[at][1], ()):
            if tuple(w[1] for w in words[at : at + len(name)]) != name:
                continue
            after = words[at + len(name)][1] if at + len(name) < len(words) else ""
            if (name[-1], after) in FALSE_PHRASES:
                return None, 2
            known = all(self._as_written(w) for w in words[at : at + len(name)])
            if not known and not strong:
                return None, 1  # Küche is no spelling of Kuche, and Kuche alone is weak
            start, end = words[at][2], words[at + len(name) - 1][3]
            street = after in STREET_LATIN or after in BUILDING_LATIN or _directed(words, at + len(name))
            mention = Mention(
                place, text[start:end], start, end, strong and known, False, street, after in PRODUCT_WORDS
            )
            return mention, len(name)
        return self._syllables(text, words, at)

    def _syllables(self, text: str, words: list[_Word], at: int) -> tuple[Mention | None, int]:
        """A name written syllable by syllable (Wu Lu Mu Qi); two syllables could be anybody's name and are weak."""
        joined, found, size = "", None, 0
        for count, word in enumerate(words[at : at + _MOST_SYLLABLES], start=1):
            joined += word[1]
            if joined not in self.beginnings or not _SYLLABLE.fullmatch(word[1]):
                break
            named = next((f for f in self.words.get(joined, ()) if len(f[0]) == 1), None)
            if count > 1 and len(joined) >= _LONG and named is not None:
                found, size = named, count
        if found is None:
            return None, 1
        start, end = words[at][2], words[at + size - 1][3]
        after = words[at + size][1] if at + size < len(words) else ""
        street = after in STREET_LATIN or after in BUILDING_LATIN or _directed(words, at + size)
        strong = found[2] and size > 2
        return Mention(found[1], text[start:end], start, end, strong, False, street, after in PRODUCT_WORDS), size

    def _as_written(self, word: _Word) -> bool:
        """Whether the accents of a word are those of a known spelling; tone marks and other scripts do not matter."""
        if word[0] == word[1] or word[0] in self.accented:
            return True
        bare = _toneless(word[0])
        return bare == word[1] or bare in self.accented

    def _han(self, text: str) -> Iterator[Mention]:
        kept = 0
        for run in _CJK_RUN.finditer(text):
            at = run.start()
            while at < run.end() - 1 and kept < MENTIONS:
                step = 1
                for name, place, strong in self.han.get(text[at : at + 2], ()):
                    if not text.startswith(name, at) or _other_meaning(name, text, at):
                        continue
                    after = text[at + len(name) : at + len(name) + 4]
                    street = _street_follows(name, after)
                    yield Mention(place, name, at, at + len(name), strong, True, street, False)
                    kept += 1
                    step = len(name)
                    break
                at += step


_Word = tuple[str, str, int, int]
"""A word of a text: as written, without accents, and where it stands."""


@lru_cache(maxsize=4_096)
def _toneless(word: str) -> str:
    if not word.isascii() and _LATIN.match(word):
        bare = "".join(ch for ch in unicodedata.normalize("NFD", word) if ch not in TONES)
        return unicodedata.normalize("NFC", bare)
    return unaccented(word)


def _inflected(words: tuple[str, ...], place: Place) -> Iterator[tuple[str, bool]]:
    """The forms a Cyrillic or Uyghur name takes in running text, and whether such a form alone is certain."""
    if len(words) == 1 and _CYRILLIC.fullmatch(words[0]):
        stem = words[0][:-1] if words[0][-1] in "ая" else words[0]
        yield from ((f"{stem}{ending}", True) for ending in CYRILLIC_ENDINGS if f"{stem}{ending}" != words[0])
    elif _ARABIC.match(words[0]):
        bare = [w for w in words if w not in UYGHUR_TYPES]
        if len(bare) == 1 and len(words) > 1:
            certain = place.level != "county" or len(bare[0]) >= 6
            yield from ((f"{bare[0]}{ending}", certain) for ending in UYGHUR_ENDINGS)


def _street_follows(name: str, after: str) -> bool:
    """Whether what follows a Han name makes it a street's: 乌鲁木齐北路; the streets of a city have their own (石河子市北三路)."""
    match = STREET_HAN.match(after)
    return match is not None and (match.group()[0] in "路街大巷弄里" or name[-1] not in _UNITS)


def _directed(words: list[_Word], at: int) -> bool:
    """``Urumqi North Road``, ``Xinjiang 2nd Street``: one word between the name and the street word."""
    return at + 1 < len(words) and words[at][1] in DIRECTIONS and words[at + 1][1] in STREET_LATIN


def _other_meaning(name: str, text: str, at: int) -> bool:
    """Whether the characters around a Han name make it mean something else."""
    after = text[at + len(name) : at + len(name) + 1]
    if re.search(r"第?[一二三四五六七八九十]+师$", name) and NORMAL_SCHOOL.match(after):
        return True
    core = next((key for key in (name, name.rstrip("市县区")) if key in NOT_AFTER or key in NOT_BEFORE), None)
    if core is None:
        return False
    end = at + len(core)
    if core in NOT_AFTER and re.match(NOT_AFTER[core], text[end : end + 3]):
        return True
    return core in NOT_BEFORE and re.search(NOT_BEFORE[core], text[max(0, at - 2) : at]) is not None


def as_written(text: str, start: int, end: int) -> str:
    """The words of the original text behind a span of ``normal(text)``; the normalised words where the two do not line up."""
    whole = normal(text)
    if len(whole) == len(text):
        return text[start:end]
    pieces = [(n, len(normal(ch))) for n, ch in enumerate(text[:LOOKED_AT])]
    if sum(size for _, size in pieces) != len(whole):
        return whole[start:end]
    places = [n for n, size in pieces for _ in range(size)]
    return text[places[start] : places[end - 1] + 1] if start < end <= len(places) else whole[start:end]
