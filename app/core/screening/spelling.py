"""A word's letters as bytes, its romanisation-neutral fold, and its consonant skeleton."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .edits import MAX_LETTERS, SKELETON, code

Bytes = npt.NDArray[np.uint8]

_FOLDS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"shch|sch", "sh"),
        (r"tch", "ch"),
        (r"dzh|dj|zh", "j"),
        (r"kh|gh", lambda m: "h" if m.group() == "kh" else "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"tz|ts", "c"),
        (r"w", "v"),
        (r"oo|ou", "u"),
        (r"ee|iy|yi|ii|ij|y", "i"),
        (r"ae", "e"),
        (r"oe", "o"),
        (r"ue", "u"),
        (r"(?<=..)h$", ""),
    )
)
_DOUBLED = re.compile(r"([a-z])\1")
_BONES = (
    (re.compile(r"([a-z])\1+"), r"\1"),
    (re.compile(r"^(?:al|el|ul)(?=[bcdfghjklmnpqrstvwxz].{3})"), ""),
    (re.compile(r"dzh|dj|zh"), "j"),
    (re.compile(r"kh"), "x"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"shch|sch|sh"), "s"),
    (re.compile(r"tch|ch"), "c"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"(?<=.)h$"), ""),
    (re.compile(r"^[aeiou]+"), ""),
    (re.compile(r"(?<=.)[aeiouyw]"), ""),
    (re.compile(r"v"), "w"),
)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """One spelling for the romanisations of a word."""
    short = len(word) < 4  # ``ccp`` and ``cpp`` are two short forms
    for pattern, to in _FOLDS:
        word = pattern.sub(to, word)
    return word if short else _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=65_536)
def bones(word: str) -> str:
    """The consonants of a word, without those that come and go between scripts; the article of Arabic names is left off."""
    if not word.isalpha():
        return ""
    made = word
    for pattern, to in _BONES:
        made = pattern.sub(to, made)
    return made[:SKELETON]


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
