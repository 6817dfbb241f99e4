"""Whether a spelling can be found at all: does the string itself still say who it is?

A list's alias may be a nickname, one name out of four, or a translation: nothing in its letters leads to the names that are
indexed, and no matcher of names can be blamed. A query counts as reachable when at least two of its words (or its only word)
resemble words of one indexed name, and the resembling words hold at least 60 % of the query's letters and 40 % of that
name's; or when both names, squashed, are at least 75 % alike. Words resemble when 60 % of their letters agree in order or
their consonants are equal. A name in Arabic letters needs two words whose consonants are at least 60 % alike; a company's name in
Han needs two words of the Latin name that its pinyin spells, or one that is not the first (the first is a place).
Generated errors are reachable by construction. Nothing here looks at the matcher.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pypinyin import lazy_pinyin
from rapidfuzz.distance import Indel

from .plain import PARTICLES, core, script, words

ALIKE = 0.6
SQUASHED = 0.75
OF_QUERY, OF_NAME = 0.6, 0.4


def reachable(query: str, names: Iterable[str], *, person: bool) -> bool:
    """Whether ``query`` resembles one of ``names`` by the rule above."""
    if script(query) == "han" and not person:
        return any(_spelled(query, name) for name in names)
    if script(query) == "arabic":
        return any(_consonants_meet(query, name) for name in names)
    mine = _words(query, person)
    return any(_resembles(mine, _words(name, person)) for name in names)


def _spelled(query: str, name: str) -> bool:
    """Whether pinyin runs of two to four syllables are words of the Latin name: two of them, or one after the first word."""
    syllables = [s for s in lazy_pinyin(query) if s.isascii()]
    runs = {"".join(syllables[n : n + k]) for n in range(len(syllables)) for k in (2, 3, 4)}
    places = [n for n, word in enumerate(core(name)) if word in runs]
    return len(places) >= 2 or any(places)


def _consonants_meet(query: str, name: str) -> bool:
    left = [_skeleton(re.sub("^(al|el)(?=...)", "", w)) for w in words(name) if w not in PARTICLES]
    met = 0
    for word in (_skeleton(re.sub("^al(?=...)", "", w)) for w in words(query) if w not in PARTICLES):
        found = next((w for w in left if w and word and Indel.normalized_similarity(word, w) >= ALIKE), None)
        if found is not None:
            left.remove(found)
            met += 1
    return met >= 2


def _words(name: str, person: bool) -> tuple[str, ...]:
    if script(name) == "han":
        return tuple(lazy_pinyin(name))
    if person:
        return tuple(w for w in words(name) if w not in PARTICLES) or words(name)
    return core(name)


def _resembles(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if not mine or not theirs:
        return False
    one, two = "".join(mine), "".join(theirs)
    if len(one) > 3 and Indel.normalized_similarity(one, two) >= SQUASHED:
        return True
    left = list(theirs)
    got = matched = shared = 0
    for word in sorted(mine, key=len, reverse=True):
        found = next((w for w in left if _alike(word, w)), None)
        if found is not None:
            left.remove(found)
            got += len(word)
            shared += len(found)
            matched += 1
    enough = matched >= min(2, len(mine)) and (matched >= 2 or len(theirs) <= 2)
    return enough and got >= OF_QUERY * len(one) and shared >= OF_NAME * len(two)


@lru_cache(maxsize=200_000)
def _alike(one: str, two: str) -> bool:
    if one == two or Indel.normalized_similarity(one, two) >= ALIKE:
        return True
    skeleton = _skeleton(one)
    return len(skeleton) >= 2 and skeleton == _skeleton(two)


@lru_cache(maxsize=100_000)
def _skeleton(word: str) -> str:
    """Consonants as the scripts without short vowels keep them; kh, gh, q, c and k count as one."""
    text = re.sub("[ckq]h|gh|q|c", "k", word)
    text = re.sub("[aeiouywh']", "", text.replace("dh", "d").replace("z", "d").replace("g", "j"))
    return re.sub(r"(.)\1+", r"\1", text)
