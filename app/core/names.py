"""Folding names: one normal form per script, tokens, and keys under which equal names meet.

Folding is idempotent. Han is kept as simplified Han (and read as pinyin where Latin is compared); Latin loses case, accents and
punctuation; every other script is transliterated.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from anyascii import anyascii

from app.core.screening.legal_forms import HAN_LEGAL, HAN_REGION, LEGAL, LINKS, REGION

MAX_NAME = 1_000
"""Characters of a name that are compared; the rest of a longer one is ignored."""

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]+")
_APOSTROPHES = re.compile("['’‘`´ʻʼʿʾ′]")
_NOT_WORD = re.compile(r"[^0-9a-z\u3400-\u9fff\U00020000-\U0003134f]+")
_LATIN_OR_HAN = re.compile(
    r"[\x00-\u024f\u1e00-\u1eff\u2000-\u206f\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U00020000-\U0003134f]*"
)


_UYGHUR = re.compile("[\u06d5\u06d0\u06c6\u06c7\u06c8\u06cb\u06ad]|(?<!\\w)\u0626\\w|\\w\u0649\\w")
"""Letters only alphabets have that write their vowels, a hamza on its seat before a first vowel, and alef maksura within a word: such a text is
read letter by letter."""
_UYGHUR_LETTERS = str.maketrans(
    {
        "\u0627": "a", "\u06d5": "e", "\u0628": "b", "\u067e": "p", "\u062a": "t", "\u062c": "j", "\u0686": "ch", "\u062e": "kh",
        "\u062f": "d", "\u0631": "r", "\u0632": "z", "\u0698": "zh", "\u0633": "s", "\u0634": "sh", "\u063a": "gh", "\u0641": "f",
        "\u0642": "q", "\u0643": "k", "\u06ad": "ng", "\u06af": "g", "\u0644": "l", "\u0645": "m", "\u0646": "n", "\u06be": "h",
        "\u06c7": "u", "\u0648": "o", "\u06c6": "o", "\u06c8": "u", "\u06cb": "w", "\u06d0": "e", "\u0649": "i", "\u064a": "y",
        "\u0626": "",
    }
)  # fmt: skip
"""Uyghur Arabic alphabet to Uyghur Latin without its dots (Uyghur Computer Science Association, ULY, 2008)."""


@lru_cache(maxsize=1)
def _simplifier() -> Callable[[str], str]:
    """Traditional to simplified, loaded on first use (opencc, T2S)."""
    import opencc  # noqa: PLC0415 - loads its dictionaries on import

    converter = opencc.OpenCC("t2s")
    return lambda text: str(converter.convert(text))


def simplified(text: str) -> str:
    """Traditional Han to simplified; any other text as it is."""
    return _simplifier()(text) if HAN.search(text) else text


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """The normal form of a name: idempotent for any Unicode, empty when nothing can be compared."""
    text = name[:MAX_NAME]
    if text.isascii():
        return _squeeze(text.lower())
    folded = _fold_once(text)
    for _ in range(4):
        again = _fold_once(folded)
        if again == folded:
            break
        folded = again
    return folded


def _fold_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text))  # a lone accent would become a blank
    text = simplified(text)
    if _UYGHUR.search(text):
        text = text.translate(_UYGHUR_LETTERS)
    if not _LATIN_OR_HAN.fullmatch(text):
        text = "".join(ch if ch < "\u0250" or HAN.match(ch) else anyascii(ch) for ch in text)
    text = "".join(ch for ch in unicodedata.normalize("NFKD", text) if not unicodedata.combining(ch)).casefold()
    text = "".join(ch if ch.isascii() or HAN.match(ch) else anyascii(ch).lower() for ch in text)
    return _squeeze(text)


def _squeeze(text: str) -> str:
    text = _APOSTROPHES.sub("", text.replace("&", " and "))
    return _NOT_WORD.sub(" ", text).strip()


@lru_cache(maxsize=16_384)
def pinyin(han: str) -> tuple[str, ...]:
    """The syllables of a Han text without tones (pypinyin, single characters only: names rarely follow word readings)."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take 20 MB and are needed for Han names only

    return tuple(re.sub(r"[^a-z]", "", s.lower().replace("ü", "v")) for s in lazy_pinyin(han))


@dataclass(frozen=True)
class Name:
    """A name analysed: Latin ``tokens`` in reading order, the ``han`` part without legal form, and its exact ``keys``."""

    text: str
    tokens: tuple[str, ...]
    han: str
    keys: frozenset[str]

    @property
    def empty(self) -> bool:
        return not self.keys

    def equals(self, other: Name) -> bool:
        """Whether both are one name; a person's name written as one word equals its parts, two divisions of it do not."""
        shared = self.keys & other.keys
        if not shared or any(not key.startswith("j:") for key in shared):
            return bool(shared)
        return len(self.tokens) == 1 or len(other.tokens) == 1


@lru_cache(maxsize=65_536)
def analyse(text: str, person: bool) -> Name:
    """Read a name as a person's or another's; equal names share a key whatever their order, spacing or legal form.

    Keys: ``l:`` a name without its legal form, ``s:`` its three or more words in any order, with and without the legal form, ``h:`` Han, ``p:`` and ``j:`` a person's.
    """
    folded = fold(text)
    han = "".join(_HAN_RUN.findall(folded))
    latin = tuple(_HAN_RUN.sub(" ", folded).split())
    if person:
        return _person(text, latin, han)
    tokens = _join_initials(tuple(REGION.sub("xinjiang", " ".join(latin)).split()))
    core = tuple(t for t in tokens if t not in LEGAL) or tokens
    han = HAN_REGION.sub("新疆", han)
    han = HAN_LEGAL.sub("", han) or han
    words = [t for t in core if t not in LINKS] or list(core)
    joined = "".join(words)
    keys = {f"l:{joined}"} if not han or len(joined) > 3 else set()
    if len(words) >= 3:
        keys.add("s:" + " ".join(sorted(words)))
        keys.add("s:" + " ".join(sorted(latin)))
    written = _written(text)
    if len(written) >= 3 and any(len(w) == 1 for w in written):
        keys.add("s:" + " ".join(sorted(written)))  # initials written as words of their own, in any order
    if han and (not words or len(han) >= 4):
        keys.add(f"h:{han}")  # two characters among Latin words say too little to be the name
    if "." in text:  # other systems drop a dot where this one reads a blank
        keys |= analyse(text.replace(".", ""), False).keys
    return Name(text, tokens, han, frozenset(keys - {"l:", "h:"}))


@lru_cache(maxsize=65_536)
def hashed_keys(text: str, person: bool) -> frozenset[int]:
    """The exact keys of a name as 32-bit hashes: two names without a common one are not equal, two with one are to be compared."""
    return frozenset(crc32(key.encode()) for key in analyse(text, person).keys)


def _person(text: str, latin: tuple[str, ...], han: str) -> Name:
    """``HUO, Liujun``, ``Liujun Huo`` and ``Huo Liu Jun`` share keys; ``Liu Junhuo``, who has another family name, does not."""
    tokens = latin
    if "," in text and text.count(",") == 1:
        family, given = (fold(part).split() for part in text.split(","))
        if family and given:
            tokens = (*family, *given)
    keys = _person_keys(tokens)
    if han:
        keys.add(f"h:{han}")
        if not tokens:
            syllables = pinyin(han)
            keys |= _person_keys(syllables) - ({f"j:{syllables[0]}"} if len(syllables) == 1 else set())
            tokens = (syllables[0], "".join(syllables[1:])) if len(syllables) > 1 else syllables
    return Name(text, tokens, han, frozenset(keys - {"j:", "h:"}))


def _person_keys(parts: tuple[str, ...]) -> set[str]:
    """The parts whatever their order, and every way of writing them as two words; ``j:`` is the name written as one word."""
    keys = {f"j:{''.join(parts)}"} if parts else set()
    if len(parts) < 2:
        return keys
    keys.add("p:" + " ".join(sorted(parts)))
    if len(parts) <= 8:
        for cut in range(1, len(parts)):
            pair = "".join(parts[:cut]), "".join(parts[cut:])
            keys.update({"p:" + " ".join(sorted(pair)), f"j:{pair[1]}{pair[0]}"})
    return keys


def _written(text: str) -> list[str]:
    """The words of a name as blanks part them, without legal forms and links: ``R C S.A. B`` is the words r, c and b."""
    folded = ("".join(fold(word).split()) for word in text.split())
    return [w for w in folded if w and w not in LEGAL and w not in LINKS]


def _join_initials(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """``S. A.`` and ``S.A.`` and ``SA`` are one token in a company's name."""
    made: list[str] = []
    joining = False
    for token in tokens:
        if len(token) == 1 and token.isalpha():
            if joining:
                made[-1] += token
            else:
                made.append(token)
            joining = True
        else:
            made.append(token)
            joining = False
    return tuple(made)
