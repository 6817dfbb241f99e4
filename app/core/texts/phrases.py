"""The signals' phrases found in text in one pass: whole words in alphabets, substrings in Han, the longest where they overlap."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.core.names import simplified
from app.core.reference_rows import Signal

LOOKED_AT = 300_000
"""Characters of a text that are read."""

REMEMBERED = 50_000
"""Characters up to which a folded text is kept for the next reading."""

APOSTROPHES = re.compile("['’‘`´ʻʼ′]")

_WORD = re.compile(r"[^\W\u3400-\u9fff_]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_JOINED = re.compile(r"[\s\-‐‑–'’/]*")
"""What may stand between the words of one phrase: a full stop or a comma ends it."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]|(?<=[\u3400-\u9fff])[ \t]*\r?\n[ \t]*(?=[\u3400-\u9fff])")
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
    if not APOSTROPHES.search(folded.text):
        return folded
    kept = [n for n, ch in enumerate(folded.text) if not APOSTROPHES.match(ch)]
    offsets = kept if folded.offsets is None else [folded.offsets[n] for n in kept]
    return Folded("".join(folded.text[n] for n in kept), tuple(offsets))


@dataclass(frozen=True)
class Phrase:
    """A phrase of a signal in a folded text; ``words`` is the phrase as the reference has it, folded.

    ``free`` marks what a pattern found: ``words`` then are the text's own.
    """

    signal: Signal
    start: int
    end: int
    words: str
    free: bool = False


def fold_text(text: str) -> Folded:
    """``fold``, remembered for the readings that follow each other over one submission's texts."""
    return _remembered(text) if len(text) <= REMEMBERED else fold(text)


@lru_cache(maxsize=64)
def _remembered(text: str) -> Folded:
    return fold(text)


def fold(text: str) -> Folded:
    """Lower case, half width, simplified, without invisible characters and wrapped lines; knows where each character stood."""
    text = text[:LOOKED_AT]
    gone: list[tuple[int, int]] = [m.span() for m in _UNSEEN.finditer(text) if _drops(text, m)]
    if not gone:
        return Folded(same_length(text))
    offsets: list[int] = []
    last = 0
    for start, end in gone:
        offsets.extend(range(last, start))
        last = end
    offsets.extend(range(last, len(text)))
    return Folded(same_length("".join(text[n] for n in offsets)), tuple(offsets))


def _drops(text: str, match: re.Match[str]) -> bool:
    if "\n" not in match.group():
        return True
    line = text[max(0, match.start() - _WRAPPED) : match.start()]
    return len(line) == _WRAPPED and "\n" not in line


def same_length(text: str) -> str:
    """Lower case, half width and simplified, character by character, so that offsets stay those of the original."""
    if text.isascii():
        return text.lower()
    folded = "".join(_one(ch) for ch in text)
    converted = simplified(folded)
    if len(converted) == len(folded):
        return converted
    return "".join(c if len(c := simplified(line)) == len(line) else line for line in folded.splitlines(keepends=True))


@lru_cache(maxsize=8_192)
def _one(ch: str) -> str:
    if ch.isascii():
        return ch.lower()
    made = unicodedata.normalize("NFKC", ch).lower()
    return made if len(made) == 1 else ch


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


class SignalIndex:
    """Every phrase of every signal, by its first word or its first two characters."""

    def __init__(self, signals: Iterable[Signal]) -> None:
        signals = tuple(signals)
        self.words: dict[str, list[tuple[tuple[str, ...], Signal]]] = defaultdict(list)
        self.han: dict[str, list[tuple[str, Signal]]] = defaultdict(list)
        for signal in signals:
            for phrase in (*signal.english, *signal.chinese, *signal.uyghur):
                self._add(same_length(phrase), signal)
        for words in self.words.values():
            words.sort(key=lambda p: -len(p[0]))
        for phrases in self.han.values():
            phrases.sort(key=lambda p: -len(p[0]))
        self.patterns = [(re.compile(p.match), p.needs, signal) for signal in signals for p in signal.patterns]
        self.needed = frozenset(need for _, needs, _ in self.patterns for need in needs)
        self.any_needed = re.compile("|".join(map(re.escape, sorted(self.needed, key=len)))) if self.needed else None
        heads = "".join(sorted({re.escape(key[0]) for key in self.han}))
        self.heads = re.compile(f"[{heads}]") if heads else re.compile("(?!)")

    def _add(self, phrase: str, signal: Signal) -> None:
        if _HAN.search(phrase):
            for number in "一二三四五六七八九" if re.search("第[nx](?=[\u3400-\u9fff])", phrase) else "":
                self.han[f"第{number}"].append((re.sub("第[nx]", f"第{number}", phrase), signal))
            self.han[phrase[:2]].append((phrase, signal))
            return
        words = tuple(plain_word(w) for w in _WORD.findall(phrase))
        for first in {words[0], *_plurals(words[0])} if words else ():
            self.words[first].append((words, signal))

    def find(self, folded: str) -> list[Phrase]:
        """The phrases of a folded text in order; one that lies inside a longer one is not counted again."""
        found = sorted(
            (*self._in_words(folded), *self._in_han(folded), *self._in_patterns(folded)),
            key=lambda p: (p.start, -p.end),
        )
        kept: list[Phrase] = []
        for phrase in found:
            if not any(_swallows(outer, phrase) for outer in kept[-_NESTED:]):
                kept.append(phrase)
        return kept

    def _in_patterns(self, text: str) -> Iterable[Phrase]:
        if self.any_needed is None or self.any_needed.search(text) is None:
            return
        present = {need for need in self.needed if need in text}
        for pattern, needs, signal in self.patterns:
            for match in pattern.finditer(text) if not present.isdisjoint(needs) else ():
                yield Phrase(signal, match.start(), match.end(), match.group(), free=True)

    def _in_words(self, text: str) -> Iterable[Phrase]:
        starts = {word for word in set(_WORD.findall(text)) if plain_word(word) in self.words}
        for word, start in sorted(_stand_alone(text, starts), key=lambda found: found[1]):
            seen = [(plain_word(word), start, start + len(word))]
            longest = 0
            for phrase, signal in self.words[seen[0][0]]:
                if len(phrase) < longest:
                    break
                while len(seen) < len(phrase) and (after := _WORD.search(text, seen[-1][2])) is not None:
                    seen.append((plain_word(after.group()), *after.span()))
                if len(seen) >= len(phrase) and _follows(text, phrase, seen[: len(phrase)]):
                    longest = len(phrase)
                    yield Phrase(signal, start, seen[len(phrase) - 1][2], " ".join(phrase))

    def _in_han(self, text: str) -> Iterable[Phrase]:
        if text.isascii():
            return
        for match in self.heads.finditer(text):
            at = match.start()
            longest = 0
            for phrase, signal in self.han.get(text[at : at + 2], ()):
                if len(phrase) < longest:
                    break
                if text.startswith(phrase, at) and _whole(text, at, phrase):
                    longest = len(phrase)
                    yield Phrase(signal, at, at + len(phrase), phrase)


_NESTED = 8
"""Phrases before one that may hold it."""


def _swallows(outer: Phrase, inner: Phrase) -> bool:
    """Whether a phrase only repeats part of a longer one; what a pattern spans may hold other signals' words."""
    if outer.end < inner.end or (outer.start, outer.end) == (inner.start, inner.end):
        return outer.signal is inner.signal and (outer.start, outer.end) == (inner.start, inner.end)
    return not outer.free or outer.signal is inner.signal


def _stand_alone(text: str, words: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Where some words of a text stand, each as a whole word."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            whole = _WORD.match(text, at)
            if whole is not None and whole.end() == at + len(word) and (at == 0 or _WORD.match(text, at - 1) is None):
                yield word, at
            at = text.find(word, at + 1)


def _follows(text: str, phrase: tuple[str, ...], seen: list[tuple[str, int, int]]) -> bool:
    """Each word is the wanted one or its plain plural, and nothing but spaces and hyphens stands between them."""
    if any(s[0] != w and s[0] not in _plurals(w) for w, s in zip(phrase, seen, strict=True)):
        return False
    return all(_JOINED.fullmatch(text, a[2], b[1]) for a, b in pairwise(seen))


def _plurals(word: str) -> tuple[str, str]:
    return f"{word}s", f"{word}es"


def _whole(text: str, at: int, phrase: str) -> bool:
    """A phrase that begins or ends in letters or digits (DNA采集, 100人起订) does so at their edge."""
    before = text[at - 1] if at else " "
    after = text[at + len(phrase)] if at + len(phrase) < len(text) else " "
    cut_before = phrase[0].isascii() and phrase[0].isalnum() and before.isascii() and before.isalnum()
    cut_after = phrase[-1].isascii() and phrase[-1].isalnum() and after.isascii() and after.isalnum()
    return not cut_before and not cut_after
