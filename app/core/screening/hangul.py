"""Korean names in Hangul on both sides: the letters write the sound, so another syllable is another name, whatever Latin makes of both."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

DIFFER_MOST = -1.0
"""Log-odds of the best match of two names that differ by a syllable: 0.27, though they may be spelled alike in Latin letters."""

NAME = re.compile("[\uac00-\ud7a3]{2,4}")
"""A person's name: a family name of one syllable or two, and the given name."""
_FIRST, _VOWELS, _SYLLABLES = 0xAC00, 21, 28
_NIEUN, _RIEUL, _SILENT = 2, 5, 11
_LIKE_I = frozenset([2, 3, 6, 7, 12, 17, 20])
"""Vowels before which Seoul writes no r or n at the head of a word: ya, yae, yeo, ye, yo, yu, i."""


@lru_cache(maxsize=16_384)
def syllables(text: str) -> str:
    """The syllables of a person's name in Hangul, spelled as in Seoul (``리`` is ``이``, ``로`` is ``노``); empty where it is none."""
    joined = "".join(unicodedata.normalize("NFKC", text).split())
    return "".join(map(_as_in_seoul, joined)) if NAME.fullmatch(joined) else ""


def _as_in_seoul(syllable: str) -> str:
    code = ord(syllable) - _FIRST
    initial, vowel, end = code // (_VOWELS * _SYLLABLES), code // _SYLLABLES % _VOWELS, code % _SYLLABLES
    if initial in (_NIEUN, _RIEUL):
        initial = _SILENT if vowel in _LIKE_I else _NIEUN
    return chr(_FIRST + (initial * _VOWELS + vowel) * _SYLLABLES + end)


def differ(one: str, other: str) -> bool:
    """Whether two texts are persons' names in Hangul of as many syllables, and read differently."""
    mine, theirs = syllables(one), syllables(other)
    return bool(mine) and len(mine) == len(theirs) and mine != theirs
