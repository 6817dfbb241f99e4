"""The signals' phrases found in text in one pass: whole words in alphabets, substrings in Han, the longest where they overlap."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from app.core.reference_rows import Signal

from .phrases import HAN_RUN, WORD, plain_word, same_length, words_of
from .sentences import sentence_ends

_JOINED = re.compile(r"[\s\-‐‑–'’/]*")
"""What may stand between the words of one phrase: a full stop or a comma ends it."""

KNOWN = 50_000
"""Most words of texts that are remembered with what they may begin. A cache; it never changes an answer."""


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


class Word(NamedTuple):
    """A word of a text: in American spelling, what may follow it in a phrase that it begins, and what patterns need of it."""

    plain: str
    followed: frozenset[str]
    """An empty string among them: it is a phrase alone."""
    needs: tuple[str, ...]


NOTHING = Word("", frozenset(), ())


class Pattern(NamedTuple):
    """A pattern of a signal, and the words of which what it finds holds one."""

    match: re.Pattern[str]
    needs: tuple[str, ...]
    signal: Signal

    @property
    def stays(self) -> bool:
        """Whether it ends with the sentence; one that reads abbreviations goes on over a full stop."""
        return r"[\w." not in self.match.pattern

    def phrases(self, text: str, start: int, end: int) -> Iterator[Phrase]:
        for match in self.match.finditer(text, start, end):
            yield Phrase(self.signal, match.start(), match.end(), match.group(), free=True)


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
        patterns = [Pattern(re.compile(p.match), p.needs, signal) for signal in signals for p in signal.patterns]
        self.patterns = [p for p in patterns if "".join(p.needs).isascii()]
        self.han_patterns = [p for p in patterns if not "".join(p.needs).isascii()]
        needed = dict.fromkeys(need for p in self.patterns for need in p.needs)
        self.needed = [(need, max(WORD.findall(need), key=len, default="")) for need in needed]
        """What English patterns need, with the longest word of it."""
        self.known: dict[str, Word] = {}
        self.heads = (
            re.compile(f"[{_any(k[0] for k in self.han)}](?=[{_any(k[1] for k in self.han)}])")
            if self.han
            else re.compile("(?!)")
        )

    def _add(self, phrase: str, signal: Signal) -> None:
        if HAN_RUN.search(phrase):
            if len(phrase) == 1:
                return  # one character is part of too many words
            for number in "一二三四五六七八九" if re.search("第[nx](?=[\u3400-\u9fff])", phrase) else "":
                self.han[f"第{number}"].append((re.sub("第[nx]", f"第{number}", phrase), signal))
            self.han[phrase[:2]].append((phrase, signal))
            return
        words = tuple(plain_word(w) for w in WORD.findall(phrase))
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
        written = words_of(folded)
        words = [self.known.get(word) or self._learn(word) for word in written]
        found = [*self._in_words(folded, written, words), *self._in_patterns(folded, words, ends)]
        if not folded.isascii():
            found += (*self._in_han(folded), *self._in_han_patterns(folded))
        found.sort(key=lambda p: (p.start, -p.end))
        kept: list[Phrase] = []
        for phrase in found:
            if not any(_swallows(outer, phrase) for outer in kept[-_NESTED:]):
                kept.append(phrase)
        return kept

    def _learn(self, word: str) -> Word:
        if len(self.known) >= KNOWN:
            self.known.clear()
        plain = plain_word(word)
        needs = tuple(need for need, longest in self.needed if longest in word)
        self.known[word] = made = Word(plain, self.followed.get(plain, NOTHING.followed), needs)
        return made

    def _in_patterns(self, text: str, words: list[Word], ends: Sequence[int] | None) -> Iterable[Phrase]:
        """What the patterns of English words find in the sentences that hold what they need."""
        needed = {need for word in words for need in word.needs}
        if not needed:
            return
        ends = sentence_ends(text) if ends is None else ends
        if not text.isascii():  # an English pattern reads on over a Chinese full stop
            ends = (*(end for end in ends if text[end - 1] != "。"), len(text))
        held = {need: _sentences_with(need, text, ends) for need in needed}
        for pattern in self.patterns:
            if needed.isdisjoint(pattern.needs):
                continue
            places = sorted({place for need in pattern.needs for place in held.get(need, ())})
            spans = [(ends[n - 1] if n else 0, ends[n]) for n in places] if pattern.stays else [(0, len(text))]
            for start, end in spans:
                yield from pattern.phrases(text, start, end)

    def _in_han_patterns(self, text: str) -> Iterable[Phrase]:
        for pattern in self.han_patterns:
            if any(need in text for need in pattern.needs):
                yield from pattern.phrases(text, 0, len(text))

    def _in_words(self, text: str, written: list[str], words: list[Word]) -> Iterable[Phrase]:
        starts = {
            said
            for said, word, after in zip(written, words, (*words[1:], NOTHING), strict=False)
            if word.followed and (after.plain in word.followed or "" in word.followed)
        }
        for word, start in sorted(_stand_alone(text, starts), key=lambda found: found[1]):
            seen = [(plain_word(word), start, start + len(word))]
            longest = 0
            for phrase, signal in self.words[seen[0][0]]:
                if len(phrase) < longest:
                    break
                while len(seen) < len(phrase) and (after := WORD.search(text, seen[-1][2])) is not None:
                    seen.append((plain_word(after.group()), *after.span()))
                if len(seen) >= len(phrase) and _follows(text, phrase, seen[: len(phrase)]):
                    longest = len(phrase)
                    yield Phrase(signal, start, seen[len(phrase) - 1][2], " ".join(phrase))

    def _in_han(self, text: str) -> Iterable[Phrase]:
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
            whole = WORD.match(text, at)
            if whole is not None and whole.end() == at + len(word) and (at == 0 or WORD.match(text, at - 1) is None):
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
