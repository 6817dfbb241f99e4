"""What statements and descriptions say: signals with their context, their denials, and whether the text speaks of the subject.

Words are reported, nobody is accused. A word that is ordinary elsewhere weighs only with the region in the same sentence; a company's
policy that quotes what it forbids, or a denial, raises nothing (risk.md 7).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .denial import WINDOW, Stand, stand
from .phrases import Phrase, fold_text
from .places import read_places
from .reference import Reference, Signal
from .submission import Submission, SubmittedParty
from .text_context import (
    FILED,
    ITS_OWN,
    NEEDS,
    OTHER_AUTHORITY,
    SENTENCE,
    SPECIFIC,
    context_words,
    country_of,
    lies_there,
    texts,
)

READ = 2_000
"""Most phrases read per signal and text."""

KEPT = 50
"""Most mentions kept per signal and text, of each kind (level, denied or not)."""

LABOUR_FAMILIES = frozenset({"labour_transfer", "detention", "pairing_aid", "state_control"})
"""Families of which two medium signals fire R13 together (risk.md 8)."""

NO_CONTEXT_NEEDED = frozenset({"GOV-04", "GOV-05", "DOC-01"})
"""Signals about answers, not about the region."""

STANCE = frozenset({"GOV-04", "GOV-05"})

SNIPPET = 60
ARABIC = re.compile("[\u0600-\u06ff]")

_COMPANY = re.compile(
    r"\b(?!(?:The|Our|This|That|In|At|A)\s)[A-Z][\w&'-]+(?:\s(?:\([A-Z]\w+\)|[A-Z&][\w&'-]*|and|of))*?,?\s"
    r"(?:Co\b|Ltd\b|Inc\b|Corp\b|Corporation\b|Limited\b|LLC\b|GmbH\b|Group\b)"
    r"|[\u4e00-\u9fff]{3,20}?(?:有限公司|股份公司|集团)"
)
_PASSIVE = re.compile(
    r"(\b(by|through|via|from|with|to|at|for|of|and)\s+(the\s+)?|[由与和经向为对给同]|通过)$", re.IGNORECASE
)
_SELF = re.compile(
    r"\b(we|our|us|ours|my|(the|this) (company|factory|plant|supplier|firm|mill))\b|我|本(公司|厂|集团|单位)|该(公司|厂)|(?<![一-龥])公司"
)
_LATIN_NAME = re.compile(r"[a-z]{4,}")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2}")


@dataclass(frozen=True)
class Mention:
    """A signal in a text: where, in whose text, and whether it counts against the subject; ``offset`` is the original's.

    ``reported`` says that the sentence speaks of others, ``unchecked`` that no speaker has checked the phrase yet (risk.md 7).
    """

    signal: Signal
    pointer: str
    subject: str
    text: str
    offset: int
    snippet: str
    context: str
    denied: bool
    quoted: bool
    reported: bool = False
    unchecked: bool = False
    specific: bool = False

    @property
    def counts(self) -> bool:
        return not self.denied and not self.quoted

    @property
    def level(self) -> str:
        """The signal's weight after the context rule: the region in the sentence keeps it, in the document halves it.

        Without the region a word that is ordinary elsewhere is low; what is said of others is medium at most.
        """
        if self.unchecked:
            return "low"
        weights = ["low", "med", "high"]
        base = weights.index(self.signal.weight)
        drop = 0 if self.context == "yes" else 1 if self.context == "half" or self.specific else 2
        if self.signal.id in NO_CONTEXT_NEEDED:
            drop = 0
        return weights[min(1 if self.reported else 2, max(0, base - drop))]


@dataclass(frozen=True)
class TextReadings:
    mentions: tuple[Mention, ...] = ()

    @cached_property
    def counted(self) -> dict[str, tuple[Mention, ...]]:
        """The mentions that count, by signal."""
        found: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            if mention.counts:
                found.setdefault(mention.signal.id, []).append(mention)
        return {signal: tuple(m) for signal, m in found.items()}

    def of(self, *signals: str) -> dict[str, tuple[Mention, ...]]:
        """The mentions of some signals that count, by subject."""
        found: dict[str, list[Mention]] = {}
        for signal in signals:
            for mention in self.counted.get(signal, ()):
                found.setdefault(mention.subject, []).append(mention)
        return {ref: tuple(m) for ref, m in found.items()}

    @cached_property
    def denials(self) -> tuple[Mention, ...]:
        """What the texts deny: statements to check, neither risk nor proof."""
        return tuple(m for m in self.mentions if m.denied)

    @cached_property
    def _medium(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for m in self.mentions:
            if m.counts and fires_with_another(m):
                found.setdefault(m.subject, set()).add(m.signal.family)
        return {ref: frozenset(f) for ref, f in found.items()}

    def medium_families(self, subject: str) -> frozenset[str]:
        """Labour families with a medium mention in the region's context: two of them fire together (risk.md 8)."""
        return self._medium.get(subject, frozenset())


def fires_with_another(mention: Mention) -> bool:
    """Whether a medium signal of another family in the region's context would fire R13 together with this one."""
    return (
        mention.signal.weight == "med"
        and mention.level == "med"
        and mention.context == "yes"
        and not mention.reported
        and mention.signal.family in LABOUR_FAMILIES
        and mention.signal.id not in STANCE
    )


def read_texts(submission: Submission, reference: Reference) -> TextReadings:
    """Read every statement, every party's description and every good's description once."""
    parties = {p.ref: p.party for p in submission.parties()}
    found = [m for said in texts(submission) for m in _read(*said, parties[said[0]], reference)]
    if any(m.context == "no" for m in found):
        places = read_places(submission, reference)
        there = {ref for ref in {m.subject for m in found} if lies_there(places, ref)}
        found = [_half(m) if m.context == "no" and m.subject in there else m for m in found]
    return TextReadings(tuple(found))


def _half(mention: Mention) -> Mention:
    """A party in the region gives its texts half a context."""
    return Mention(**{**mention.__dict__, "context": "half"})


@dataclass(frozen=True)
class _Sentence:
    """One sentence of a folded text with what it names of the region and whom it speaks of."""

    start: int
    end: int
    folded: str
    context: tuple[str, ...]
    own: bool
    companies: tuple[int, ...]

    def sides(self, phrase: Phrase) -> tuple[str, str]:
        """What stands before and after a phrase in the sentence."""
        at, end = phrase.start - self.start, phrase.end - self.start
        return self.folded[max(0, at - WINDOW) : at], self.folded[end : end + WINDOW]


def _read(subject: str, pointer: str, text: str, party: SubmittedParty, reference: Reference) -> Iterator[Mention]:
    folded = fold_text(text)
    phrases = reference.signal_index.find(folded.text)
    if not phrases:
        return
    breaks = [m.end() for m in SENTENCE.finditer(folded.text)]
    country = country_of(party)
    sentences: dict[int, _Sentence] = {}
    needed: dict[tuple[int, str], bool] = {}
    kept: Counter[tuple[str, str, bool]] = Counter()
    seen: Counter[str] = Counter()
    stands: dict[tuple[str, str], Stand] = {}
    elsewhere = "half" if context_words(folded.text, reference, country) else "no"
    for phrase in phrases:
        seen[phrase.signal.id] += 1
        if seen[phrase.signal.id] > READ:
            continue
        place = bisect_right(breaks, phrase.start)
        if place not in sentences:
            start = breaks[place - 1] if place else 0
            end = breaks[place] if place < len(breaks) else len(folded.text)
            part = folded.text[start:end]
            first, last = folded.original(start, end)
            sentences[place] = _Sentence(
                start=start,
                end=end,
                folded=part,
                context=context_words(part, reference, country),
                own=_SELF.search(part) is not None,
                companies=tuple(_other_companies(text[first:last], party)),
            )
        sentence = sentences[place]
        if phrase.words in NEEDS and (place, phrase.words) not in needed:
            needed[place, phrase.words] = NEEDS[phrase.words].search(sentence.folded) is not None
        if not needed.get((place, phrase.words), True) or _licenses(phrase, sentence):
            continue
        sides = sentence.sides(phrase)
        if sides not in stands:
            stands[sides] = stand(*sides)
        mention = _mention(
            phrase,
            sentence,
            text=text,
            span=folded.original(phrase.start, phrase.end),
            where=(subject, pointer),
            elsewhere=elsewhere,
            stands=stands[sides],
        )
        key = (mention.signal.id, mention.level, mention.counts)
        kept[key] += 1
        if kept[key] <= KEPT:
            yield mention


def _mention(
    phrase: Phrase,
    sentence: _Sentence,
    *,
    text: str,
    span: tuple[int, int],
    where: tuple[str, str],
    elsewhere: str,
    stands: Stand,
) -> Mention:
    at, end = phrase.start - sentence.start, phrase.end - sentence.start
    own_context = ITS_OWN.search(phrase.words) is not None
    near = own_context or any(word not in phrase.words for word in sentence.context)
    return Mention(
        signal=phrase.signal,
        pointer=where[1],
        subject=where[0],
        text=text[span[0] : span[1]],
        offset=span[0],
        snippet=text[max(0, span[0] - min(SNIPPET, at)) : span[1] + min(SNIPPET, len(sentence.folded) - end)].strip(),
        context="yes" if near else elsewhere,
        denied=stands.denied or phrase.signal.id == "MIT-03",
        quoted=stands.quoted,
        reported=stands.reported or (not sentence.own and any(n < at for n in sentence.companies)),
        unchecked=ARABIC.search(phrase.words) is not None,
        specific=phrase.words in SPECIFIC,
    )


def _licenses(phrase: Phrase, sentence: _Sentence) -> bool:
    """A police office that registers or licenses, or the authority of another region, is no customer of Xinjiang."""
    if phrase.signal.id != "TEC-07":
        return False
    before, after = sentence.sides(phrase)
    return FILED.search(before + after) is not None or OTHER_AUTHORITY.search(before) is not None


def _other_companies(sentence: str, party: SubmittedParty) -> Iterator[int]:
    """Where a sentence names a company that is not the subject, as the one that acts.

    Only a name in a script in which the subject's own name is known can be told apart from it.
    """
    names = " ".join(party.names)
    latin = set(_LATIN_NAME.findall(names.lower()))
    for match in list(_COMPANY.finditer(sentence))[:20]:
        found = match.group()
        if _HAN_NAME.search(found):
            if not _HAN_NAME.search(names):
                continue
            own = any(found[n : n + 4] in names for n in range(max(1, len(found) - 8)))
        else:
            if not latin:
                continue
            own = bool(latin & set(_LATIN_NAME.findall(found.lower())))
        if not own and not _PASSIVE.search(sentence[: match.start()]):
            yield match.start()
