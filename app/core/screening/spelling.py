"""A word's letters as bytes, its romanisation-neutral fold, and its consonant skeleton."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .edits import MAX_LETTERS, SKELETON, code

Bytes = npt.NDArray[np.uint8]

Step = tuple[str, str | re.Pattern[str], str]
"""Letters without which nothing changes, what is replaced, and by what. A plain text is replaced faster than a pattern."""

_FOLDS: tuple[Step, ...] = (
    ("h", re.compile(r"shch|sch"), "sh"),
    ("h", "tch", "ch"),
    ("", re.compile(r"dzh|dj|zh"), "j"),
    ("h", re.compile(r"k(?=h)|(?<=g)h"), ""),
    ("h", "ph", "f"),
    ("h", "th", "t"),
    ("h", "dh", "d"),
    ("", re.compile(r"ck|q"), "k"),
    ("x", "x", "ks"),
    ("t", re.compile(r"tz|ts"), "c"),
    ("w", "w", "v"),
    ("o", re.compile(r"oo|ou"), "u"),
    ("", re.compile(r"ee|iy|yi|ii|ij|y"), "i"),
    ("e", "ae", "e"),
    ("e", "oe", "o"),
    ("e", "ue", "u"),
    ("h", re.compile(r"(?<=..)h$"), ""),
)
_DOUBLED = re.compile(r"([a-z])\1")
_FOLDED = re.compile(r"[hjqxwy]|ck|t[zs]|oo|ou|ee|ii|ae|oe|ue|([a-z])\1")
"""What a word has that any of ``_FOLDS`` or ``_DOUBLED`` changes."""

_BONES: tuple[Step, ...] = (
    ("", re.compile(r"([a-z])\1+"), r"\1"),
    ("l", re.compile(r"^(?:al|el|ul)(?=[bcdfghjklmnpqrstvwxz].{3})"), ""),
    ("", re.compile(r"dzh|dj|zh"), "j"),
    ("h", "kh", "x"),
    ("h", "gh", "g"),
    ("h", re.compile(r"shch|sch|sh"), "s"),
    ("h", re.compile(r"tch|ch"), "c"),
    ("h", "ph", "f"),
    ("h", "th", "t"),
    ("h", "dh", "d"),
    ("", re.compile(r"ck|q"), "k"),
    ("h", re.compile(r"(?<=.)h$"), ""),
    ("", re.compile(r"^[aeiou]+"), ""),
    ("", re.compile(r"(?<=.)[aeiouyw]"), ""),
    ("v", "v", "w"),
)


def _replaced(word: str, steps: tuple[Step, ...]) -> str:
    for need, what, by in steps:
        if need in word:
            word = word.replace(what, by) if isinstance(what, str) else what.sub(by, word)
    return word


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """One spelling for the romanisations of a word."""
    if _FOLDED.search(word) is None:
        return word
    made = _replaced(word, _FOLDS)
    return made if len(word) < 4 else _DOUBLED.sub(r"\1", made)  # ``ccp`` and ``cpp`` are two short forms


@lru_cache(maxsize=65_536)
def bones(word: str) -> str:
    """The consonants of a word, without those that come and go between scripts; the article of Arabic names is left off."""
    if not word.isalpha():
        return ""
    return _replaced(word, _BONES)[:SKELETON]


def matrix(words: Sequence[str], size: int = MAX_LETTERS) -> tuple[Bytes, npt.NDArray[np.int64]]:
    """Words as rows of bytes, and their lengths."""
    joined = np.zeros((max(len(words), 1), size), np.uint8)
    raw = np.array([w[:size].encode("ascii") for w in words] or [b""], dtype=f"S{size}")
    flat = raw.view(np.uint8).reshape(len(raw), size)
    joined[: len(raw)] = TO_CODE[flat]
    return joined, np.array([min(len(w), size) for w in words] or [0], np.int64)


TO_CODE = np.zeros(256, np.uint8)
for _ch in "abcdefghijklmnopqrstuvwxyz0123456789":
    TO_CODE[ord(_ch)] = code(_ch)
