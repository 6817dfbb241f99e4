"""The signals' phrases found in text in one pass: whole words in alphabets, substrings in Han, the longest where they overlap."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.core.names import simplified
from app.core.reference_rows import Signal

from .sentences import sentence_ends

LOOKED_AT = 300_000
"""Characters of a text that are read."""

APOSTROPHES = re.compile("['’‘`´ʻʼ′]")

_WORD = re.compile(r"[^\W\u3400-\u9fff_]+")
_APART = "".join(chr(n) if chr(n).isalnum() else " " for n in range(128))
"""The ASCII characters, each that is no part of a word as a space."""

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
    """Lower case, half width, simplified, without invisible characters and wrapped lines; knows where each character stood."""
    text = text[:LOOKED_AT]
    if text.isascii():
        return Folded(text.lower())
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


def words_of(text: str) -> list[str]:
    """The words of a text, in alphabets, in their order."""
    return text.translate(_APART).split() if text.isascii() else _WORD.findall(text)


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
        self.followed = {first: self._seconds(phrases) for first, phrases in self.words.items()}
        patterns = [(re.compile(p.match), p.needs, signal) for signal in signals for p in signal.patterns]
        self.patterns = [p for p in patterns if "".join(p[1]).isascii()]
        self.han_patterns = [p for p in patterns if not "".join(p[1]).isascii()]
        self.needed = tuple(dict.fromkeys(need for _, needs, _ in self.patterns for need in needs))
        self.heads = (
            re.compile(f"[{_any(k[0] for k in self.han)}](?=[{_any(k[1] for k in self.han)}])")
            if self.han
            else re.compile("(?!)")
        )

    def _add(self, phrase: str, signal: Signal) -> None:
        if _HAN.search(phrase):
            if len(phrase) == 1:
                return  # one character is part of too many words
            for number in "一二三四五六七八九" if re.search("第[nx](?=[\u3400-\u9fff])", phrase) else "":
                self.han[f"第{number}"].append((re.sub("第[nx]", f"第{number}", phrase), signal))
            self.han[phrase[:2]].append((phrase, signal))
            return
        words = tuple(plain_word(w) for w in _WORD.findall(phrase))
        for first in {words[0], *_plurals(words[0])} if words else ():
            self.words[first].append((words, signal))

    @staticmethod
    def _seconds(phrases: list[tuple[tuple[str, ...], Signal]]) -> frozenset[str]:
        """What may follow the first word of these phrases; an empty string where one is that word alone."""
        return frozenset(
            second for words, _ in phrases for second in (("",) if len(words) == 1 else (words[1], *_plurals(words[1])))
        )

    def find(self, folded: str, ends: Sequence[int] | None = None) -> list[Phrase]:
        """The phrases of a folded text (whose sentences end at ``ends``) in order; one inside a longer one is not counted again."""
        ends = sentence_ends(folded) if ends is None else ends
        found = sorted(
            (*self._in_words(folded), *self._in_han(folded), *self._in_patterns(folded, ends)),
            key=lambda p: (p.start, -p.end),
        )
        kept: list[Phrase] = []
        for phrase in found:
            if not any(_swallows(outer, phrase) for outer in kept[-_NESTED:]):
                kept.append(phrase)
        return kept

    def _in_patterns(self, text: str, ends: Sequence[int]) -> Iterable[Phrase]:
        """What the patterns find: those of Chinese words in the whole text, those of English words in each sentence that holds one."""
        if not text.isascii():  # an English pattern reads on over a Chinese full stop
            ends = (*(end for end in ends if text[end - 1] != "。"), len(text))
        held = {need: places for need in self.needed if (places := _sentences_with(need, text, ends))}
        for pattern, needs, signal in self.patterns:
            for place in sorted({place for need in needs for place in held.get(need, ())}):
                for match in pattern.finditer(text, ends[place - 1] if place else 0, ends[place]):
                    yield Phrase(signal, match.start(), match.end(), match.group(), free=True)
        for pattern, needs, signal in () if text.isascii() else self.han_patterns:
            for match in pattern.finditer(text) if any(need in text for need in needs) else ():
                yield Phrase(signal, match.start(), match.end(), match.group(), free=True)

    def _in_words(self, text: str) -> Iterable[Phrase]:
        written = words_of(text)
        plain = [plain_word(word) for word in written]
        starts = {
            word
            for word, first, second in zip(written, plain, (*plain[1:], ""), strict=False)
            if (seconds := self.followed.get(first)) is not None and (second in seconds or "" in seconds)
        }
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


def _sentences_with(word: str, text: str, ends: Sequence[int]) -> list[int]:
    """The numbers of the sentences that hold some characters."""
    found: list[int] = []
    at = text.find(word)
    while at >= 0:
        found.append(place := bisect_right(ends, at))
        at = text.find(word, ends[place])
    return found


def _any(characters: Iterable[str]) -> str:
    """The inside of a class of characters."""
    return "".join(sorted({re.escape(ch) for ch in characters}))


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
