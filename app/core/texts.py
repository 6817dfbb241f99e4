"""What statements and descriptions say: signals with their context, their denials, and whether the text speaks of the subject.

Words are reported, nobody is accused. A word that is ordinary elsewhere weighs only with the region in the same sentence; a company's
policy that quotes what it forbids, or a denial, raises nothing (risk.md 7).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .phrases import LOOKED_AT, same_length
from .places import denied_before
from .reference import Reference, Signal
from .submission import SUPPLIER, Submission

CONTEXT = re.compile(
    r"xinjiang|\bxuar\b|uyghur|uighur|uygur|kashgar|hotan|urumqi|\baksu\b|\bxpcc\b|bingtuan"
    r"|新疆|南疆|北疆|疆内|疆籍|援疆|维吾尔|维族|喀什|和田地区|阿克苏|克孜勒苏|乌鲁木齐|兵团|少数民族"
)
"""Words that put a sentence in the context of the region or of the programmes for its population."""

ITS_OWN_CONTEXT = re.compile(
    r"疆|xinjiang|uyghur|uighur|教育转化|去极端化|de-?extremification|一体化联合作战平台|ijop|integrated joint operations|便民警务站"
    r"|convenience police station|维族|全区人口精准登记|职业技能教育培训中心|vsetc|xpcc|bingtuan|兵团"
)
"""Phrases so specific that they are their own context (risk.md 7)."""

POLICY = re.compile(
    r"zero.tolerance|prohibit|forbid|forbidden|do(es)? not tolerate|not permitted|shall not|must not|our policy|code of conduct"
    r"|严禁|禁止|不得|杜绝|零容忍|反对任何"
)
"""Words of a policy: what follows in the sentence is what the company rules out."""

SENTENCE = re.compile(r"[。！？!?\n；;]|\.(?=\s|$)")
SNIPPET = 60


@dataclass(frozen=True)
class Mention:
    """A signal in a text: where, in whose text, and whether it counts against the subject."""

    signal: Signal
    pointer: str
    subject: str
    text: str
    offset: int
    snippet: str
    context: str
    denied: bool
    quoted: bool

    @property
    def counts(self) -> bool:
        return not self.denied and not self.quoted

    @property
    def level(self) -> str:
        """The signal's weight after the context rule: high needs the region in the same sentence."""
        weights = ["low", "med", "high"]
        base = weights.index(self.signal.weight)
        drop = {"yes": 0, "half": 1, "no": 2}[self.context]
        return weights[max(0, base - drop)]


@dataclass(frozen=True)
class TextReadings:
    mentions: tuple[Mention, ...] = ()

    def of(self, *signals: str) -> dict[str, tuple[Mention, ...]]:
        """The mentions of some signals that count, by subject."""
        found: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            if mention.counts and mention.signal.id in signals:
                found.setdefault(mention.subject, []).append(mention)
        return {ref: tuple(m) for ref, m in found.items()}

    @property
    def denials(self) -> tuple[Mention, ...]:
        return tuple(m for m in self.mentions if m.denied)

    def medium_families(self, subject: str) -> frozenset[str]:
        """Families with a medium mention in the region's context: two of them fire together (risk.md 8)."""
        return frozenset(
            m.signal.family
            for m in self.mentions
            if m.counts and m.subject == subject and m.level == "med" and m.context == "yes"
        )


def read_texts(submission: Submission, reference: Reference) -> TextReadings:
    """Read every statement and every party's description once."""
    return TextReadings(tuple(m for text in texts(submission) for m in _read(*text, reference)))


def texts(submission: Submission) -> Iterator[tuple[str, str, str]]:
    """(subject, pointer, text) of everything that is said about a party."""
    for n, statement in enumerate(submission.statements):
        yield statement.about or SUPPLIER, f"/statements/{n}/text", statement.text
    for ref, pointer, party in submission.parties():
        if party.description:
            yield ref, f"{pointer}/description", party.description


def _read(subject: str, pointer: str, text: str, reference: Reference) -> Iterable[Mention]:
    folded = same_length(text)
    phrases = reference.signal_index.find(folded)
    if not phrases:
        return
    breaks = [m.end() for m in SENTENCE.finditer(folded)]
    hinted = sorted(m.start() for m in CONTEXT.finditer(folded))
    for phrase in phrases:
        place = bisect_right(breaks, phrase.start)
        start = breaks[place - 1] if place else 0
        end = breaks[place] if place < len(breaks) else len(folded)
        words = folded[phrase.start : phrase.end]
        near = bisect_right(hinted, end) > bisect_right(hinted, start - 1)
        before = folded[max(start, phrase.start - LOOKED_AT) : phrase.start]
        yield Mention(
            signal=phrase.signal,
            pointer=pointer,
            subject=subject,
            text=text[phrase.start : phrase.end],
            offset=phrase.start,
            snippet=text[max(start, phrase.start - SNIPPET) : min(end, phrase.end + SNIPPET)].strip(),
            context="yes" if near or ITS_OWN_CONTEXT.search(words) else "half" if hinted else "no",
            denied=denied_before(before[-80:]) or ITS_DENIAL.search(words) is not None,
            quoted=POLICY.search(before[-200:]) is not None,
        )


ITS_DENIAL = re.compile(r"^(不含|非|不使用|无)")
