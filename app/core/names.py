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

from anyascii import anyascii

from .legal_forms import HAN_LEGAL, LEGAL, LINKS

MAX_NAME = 1_000
"""Characters of a name that are compared; the rest of a longer one is ignored."""

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]+")
_APOSTROPHES = re.compile("['’‘`´ʻʼʿʾ′]")
_NOT_WORD = re.compile(r"[^0-9a-z\u3400-\u9fff\U00020000-\U0003134f]+")
_LATIN_OR_HAN = re.compile(
    r"[\x00-\u024f\u1e00-\u1eff\u2000-\u206f\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U00020000-\U0003134f]*"
)


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
    text = unicodedata.normalize("NFKC", text)
    text = simplified(text)
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


@lru_cache(maxsize=65_536)
def analyse(text: str, person: bool) -> Name:
    """Read a name as a person's or another's; equal names share a key whatever their order, spacing or legal form."""
    folded = fold(text)
    han = "".join(_HAN_RUN.findall(folded))
    latin = tuple(_HAN_RUN.sub(" ", folded).split())
    if person:
        return _person(text, latin, han)
    tokens = _join_initials(latin)
    core = tuple(t for t in tokens if t not in LEGAL) or tokens
    han = HAN_LEGAL.sub("", han) or han
    keys = {f"l:{''.join(t for t in core if t not in LINKS)}"} if core and not han else set()
    if core and han:
        keys = {f"l:{''.join(t for t in core if t not in LINKS)}"} if len("".join(core)) > 3 else set()
    if han:
        keys.add(f"h:{han}")
    return Name(text, tokens, han, frozenset(keys - {"l:", "h:"}))


def _person(text: str, latin: tuple[str, ...], han: str) -> Name:
    """``HUO, Liujun``, ``Liujun Huo`` and ``Huo Liu Jun`` share keys: a person's parts are read in both orders."""
    tokens = latin
    if "," in text and text.count(",") == 1:
        family, given = (fold(part).split() for part in text.split(","))
        if family and given:
            tokens = (*family, *given)
    keys: set[str] = set()
    if tokens:
        for turn in range(len(tokens)) if len(tokens) <= 6 else (0,):
            keys.add("p:" + "".join(tokens[turn:] + tokens[:turn]))
    if han:
        keys.add(f"h:{han}")
        if not tokens:
            syllables = pinyin(han)
            keys.update({"p:" + "".join(syllables), "p:" + "".join(syllables[1:] + syllables[:1])})
            tokens = (syllables[0], "".join(syllables[1:])) if len(syllables) > 1 else syllables
    return Name(text, tokens, han, frozenset(keys - {"p:", "h:"}))


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
