"""Texts made comparable, character by character, and words and patterns found in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from app.core.names import simplified

LOOKED_AT = 300_000
"""Characters of a text that are read."""

APOSTROPHES = re.compile("['’‘`´ʻʼ′]")

WORD = re.compile(r"[^\W\u3400-\u9fff_]+")
_APART = "".join(chr(n) if chr(n).isalnum() else " " for n in range(128))
"""The ASCII characters, each that is no part of a word as a space."""

HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_UNSEEN = re.compile(_INVISIBLE.pattern + "|(?<=[\u3400-\u9fff])[ \t]*\r?\n[ \t]*(?=[\u3400-\u9fff])")
"""Characters that show nothing, and the line breaks that wrapping puts into running Han text."""

_SPELLINGS = (
    (re.compile(r"labour"), "labor"),
    (re.compile(r"(organ|militar|mobil|real)is(?=e|i|a)"), r"\1iz"),
    (re.compile(r"centre"), "center"),
    (re.compile(r"programme"), "program"),
    (re.compile(r"licence"), "license"),
)
_WRAPPED = 20
"""Han characters a line has before a break inside running text is taken for wrapping."""


@dataclass(frozen=True)
class Folded:
    """A text made comparable, and for each of its characters the place in the original (None: the same place)."""

    text: str
    offsets: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text behind a span of the folded one."""
        if self.offsets is None or end <= start:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def without_apostrophes(folded: Folded) -> Folded:
    """The same text as place names are compared in, which have none."""
    return _without([m.span() for m in APOSTROPHES.finditer(folded.text)], folded)


def fold_text(text: str) -> Folded:
    """Lower case, half width, simplified, without invisible characters and wrapped lines; knows where each character stood."""
    text = text[:LOOKED_AT]
    if text.isascii():
        return Folded(text.lower())
    unseen = _UNSEEN if "\n" in text else _INVISIBLE
    kept = _without([m.span() for m in unseen.finditer(text) if _drops(text, m)], Folded(text))
    return Folded(same_length(kept.text), kept.offsets)


def _without(gone: list[tuple[int, int]], folded: Folded) -> Folded:
    """A text without some spans of it."""
    if not gone:
        return folded
    spans = list(zip([0, *(end for _, end in gone)], [*(start for start, _ in gone), len(folded.text)], strict=True))
    offsets = range(len(folded.text)) if folded.offsets is None else folded.offsets
    return Folded(
        "".join(folded.text[start:end] for start, end in spans),
        tuple(chain.from_iterable(offsets[start:end] for start, end in spans)),
    )


def _drops(text: str, match: re.Match[str]) -> bool:
    if "\n" not in match.group():
        return True
    line = text[max(0, match.start() - _WRAPPED) : match.start()]
    return len(line) == _WRAPPED and "\n" not in line


def same_length(text: str) -> str:
    """Lower case, half width and simplified, character by character, so that offsets stay those of the original."""
    if text.isascii():
        return text.lower()
    folded = _one_by_one(text)
    converted = simplified(folded)
    if len(converted) == len(folded):
        return converted
    return "".join(c if len(c := simplified(line)) == len(line) else line for line in folded.splitlines(keepends=True))


def _one_by_one(text: str) -> str:
    """Every character by itself; where few of a long text are otherwise, kind by kind."""
    if len(text) <= _SHORT:
        return "".join(map(_one, text))
    otherwise = {ch: made for ch in set(text) if (made := _one(ch)) != ch}
    if len(otherwise) > _FEW or not otherwise.keys().isdisjoint(otherwise.values()):
        return "".join(map(_one, text))
    for ch, made in otherwise.items():
        text = text.replace(ch, made)
    return text


_SHORT, _FEW = 200, 200


@lru_cache(maxsize=8_192)
def _one(ch: str) -> str:
    if ch.isascii():
        return ch.lower()
    made = unicodedata.normalize("NFKC", ch).lower()
    return made if len(made) == 1 else ch


def words_of(text: str) -> list[str]:
    """The words of a text, in alphabets, in their order."""
    return text.translate(_APART).split() if text.isascii() else WORD.findall(text)


@lru_cache(maxsize=65_536)
def plain_word(word: str) -> str:
    """A word in American spelling, so that both spellings meet."""
    for pattern, written in _SPELLINGS:
        word = pattern.sub(written, word)
    return word


def matches_from(
    pattern: re.Pattern[str], text: str, folded: str, beginnings: Iterable[str]
) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` finds, where every match begins (in ``folded``, of the same length) with one of some words.

    Far faster on long texts that hold few of the words: the pattern is tried only where one stands.
    """
    places: set[int] = set()
    for word in beginnings:
        at = folded.find(word)
        while at >= 0:
            places.add(at)
            at = folded.find(word, at + 1)
    end = 0
    for at in sorted(places):
        match = pattern.match(text, at) if at >= end else None
        if match is not None:
            yield match
            end = match.end()
