"""The signals' phrases found in text in one pass: whole words in alphabets, substrings in Han, the longest where they overlap."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .names import simplified
from .reference import Signal

LOOKED_AT = 300_000
"""Characters of a text that are read."""

KEPT = 50
"""Most phrases kept per signal and text."""

_WORD = re.compile(r"[^\W\u3400-\u9fff_]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Phrase:
    """A phrase of a signal in a text; the offsets are those of the original text."""

    signal: Signal
    start: int
    end: int


def same_length(text: str) -> str:
    """Lower case, half width and simplified, character by character, so that offsets stay those of the original."""
    folded = "".join(_one(ch) for ch in text[:LOOKED_AT])
    converted = simplified(folded)
    return converted if len(converted) == len(folded) else folded


def _one(ch: str) -> str:
    if ch.isascii():
        return ch.lower()
    made = unicodedata.normalize("NFKC", ch).lower()
    return made if len(made) == 1 else ch


class SignalIndex:
    """Every phrase of every signal, by its first word or its first two characters."""

    def __init__(self, signals: Iterable[Signal]) -> None:
        self.words: dict[str, list[tuple[tuple[str, ...], Signal]]] = defaultdict(list)
        self.han: dict[str, list[tuple[str, Signal]]] = defaultdict(list)
        for signal in signals:
            for phrase in (*signal.english, *signal.chinese, *signal.uyghur):
                self._add(same_length(phrase), signal)
        for words in self.words.values():
            words.sort(key=lambda p: -len(p[0]))
        for phrases in self.han.values():
            phrases.sort(key=lambda p: -len(p[0]))

    def _add(self, phrase: str, signal: Signal) -> None:
        if _HAN.search(phrase):
            if len(phrase) >= 2 and _HAN.match(phrase[:2]) and "n" not in phrase and "x" not in phrase:
                self.han[phrase[:2]].append((phrase, signal))
            return
        words = tuple(_WORD.findall(phrase))
        if words:
            self.words[words[0]].append((words, signal))

    def find(self, folded: str) -> list[Phrase]:
        """The phrases of a text folded by ``same_length``, in order, at most ``KEPT`` per signal."""
        kept: Counter[str] = Counter()
        found = [p for p in (*self._in_words(folded), *self._in_han(folded)) if _counts(kept, p)]
        return sorted(found, key=lambda p: (p.start, p.end))

    def _in_words(self, text: str) -> Iterable[Phrase]:
        words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
        at = 0
        while at < len(words):
            step = 1
            for phrase, signal in self.words.get(words[at][0], ()):
                seen = words[at : at + len(phrase)]
                if len(seen) == len(phrase) and all(_same(a, b[0]) for a, b in zip(phrase, seen, strict=True)):
                    yield Phrase(signal, seen[0][1], seen[-1][2])
                    step = len(phrase)
                    break
            at += step

    def _in_han(self, text: str) -> Iterable[Phrase]:
        for run in _HAN.finditer(text):
            at = run.start()
            while at < run.end() - 1:
                step = 1
                for phrase, signal in self.han.get(text[at : at + 2], ()):
                    if text.startswith(phrase, at):
                        yield Phrase(signal, at, at + len(phrase))
                        step = len(phrase)
                        break
                at += step


def _same(wanted: str, seen: str) -> bool:
    """The word itself or its plain plural."""
    return seen == wanted or seen in (f"{wanted}s", f"{wanted}es")


def _counts(kept: Counter[str], phrase: Phrase) -> bool:
    kept[phrase.signal.id] += 1
    return kept[phrase.signal.id] <= KEPT
