"""One text read for signals: phrase by phrase in its sentence, with its context, its stand and whom it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from app.core.places.names import HAN_TEXT
from app.core.places.namesake import of_xinjiang_county
from app.core.reference import Reference
from app.core.submission import SubmittedParty

from .context import (
    FILED,
    ITS_OWN,
    NEEDS,
    OTHER_AUTHORITY,
    OTHER_MINORITY_REGIONS,
    SIGNAL_NEEDS,
    SPECIFIC,
    context_words,
    country_of,
    is_answered,
    is_asked,
    is_long_past,
)
from .denial import WINDOW, Stand, only_ended, stand
from .mention import Mention
from .said import Said
from .signal_index import Phrase
from .subjects import PartyNames, other_companies, speaks_of_itself

CHINA = ("CN", "HK", "MO")
DATED = frozenset({"labour_transfer", "pairing_aid", "state_control"})
"""Families whose words mean the programmes only in their time."""

OWN_PROMISE = DATED | {"detention"}
"""Families whose words stay an admission when the company says that it has stopped (law.md 8.5)."""

READ = 2_000
"""Most phrases read per signal and text."""

KEPT = 50
"""Most mentions kept per signal and text, of each kind (level, denied or not)."""

SNIPPET = 60
ARABIC = re.compile("[\u0600-\u06ff]")


@dataclass(frozen=True)
class Reader:
    """What every text of a submission is read with."""

    parties: Mapping[str, SubmittedParty]
    names: PartyNames
    reference: Reference


@dataclass(frozen=True)
class Speaker:
    """Whom a text is about, as far as it decides what the words of the text mean."""

    party: SubmittedParty
    country: str | None
    namesake: bool
    """Whether it is at home in Xinjiang County, Shanxi."""
    reference: Reference

    @staticmethod
    def of(party: SubmittedParty, reference: Reference) -> Speaker:
        return Speaker(party, country_of(party), of_xinjiang_county(party), reference)

    def context(self, folded: str) -> tuple[str, ...]:
        """What a folded text names of the region; in a text about a company of Xinjiang County the bare word is the county's."""
        found = context_words(folded, self.reference, self.country)
        return tuple(word for word in found if word != "xinjiang") if self.namesake else found


@dataclass(frozen=True)
class Sentence:
    """One sentence of a text with what it names of the region and whom it speaks of, read on first use."""

    said: Said
    speaker: Speaker
    start: int
    end: int

    @cached_property
    def folded(self) -> str:
        return self.said.folded.text[self.start : self.end]

    @cached_property
    def context(self) -> tuple[str, ...]:
        return self.speaker.context(self.folded)

    @cached_property
    def own(self) -> bool:
        """Whether it has a word for the company that the text is about."""
        return speaks_of_itself(self.folded)

    @cached_property
    def companies(self) -> tuple[int, ...]:
        """Where it names other companies as the ones that act."""
        first, last = self.said.folded.original(self.start, self.end)
        return tuple(other_companies(self.said.text[first:last], self.speaker.party))

    @cached_property
    def asked(self) -> bool:
        """A question that no yes follows says of nobody that it is so."""
        return is_asked(self.said.folded.text, self.start, self.end)

    @cached_property
    def answered(self) -> bool:
        """A question that a yes follows is a statement."""
        return is_answered(self.said.folded.text, self.start, self.end)

    @cached_property
    def other_region(self) -> bool:
        """Whether it names another region with programmes of the same words."""
        return OTHER_MINORITY_REGIONS.search(self.folded) is not None

    @cached_property
    def past(self) -> bool:
        """Whether it tells of a time before the programmes."""
        return is_long_past(self.folded, self.said.on.year if self.said.on is not None else None)

    @cached_property
    def met(self) -> dict[re.Pattern[str], bool]:
        """The needs of phrases that were looked for in it."""
        return {}

    def meets(self, need: re.Pattern[str] | None) -> bool:
        """Whether it holds the other word that a phrase needs beside it."""
        if need is None:
            return True
        if need not in self.met:
            self.met[need] = need.search(self.folded) is not None
        return self.met[need]

    def sides(self, phrase: Phrase) -> tuple[str, str]:
        """What stands before and after a phrase in the sentence."""
        at, end = phrase.start - self.start, phrase.end - self.start
        return self.folded[max(0, at - WINDOW) : at], self.folded[end : end + WINDOW]


class Whole:
    """A text as a whole, as far as it matters to the words in one of its sentences; read on first use."""

    def __init__(self, said: Said, speaker: Speaker) -> None:
        self.said, self.speaker = said, speaker
        self.found: dict[int, Sentence] = {}

    @cached_property
    def elsewhere(self) -> str:
        """The context of words in a sentence that does not name the region."""
        return "half" if self.speaker.context(self.said.folded.text) else "no"

    @cached_property
    def chinese(self) -> bool:
        return self.speaker.country in (None, *CHINA) or HAN_TEXT.search(self.said.folded.text) is not None

    def sentence(self, at: int) -> Sentence:
        """The sentence at a place of the folded text."""
        ends = self.said.ends
        place = bisect_right(ends, at, hi=len(ends) - 1)
        if place not in self.found:
            self.found[place] = Sentence(self.said, self.speaker, ends[place - 1] if place else 0, ends[place])
        return self.found[place]


def read_text(said: Said, reader: Reader) -> Iterator[Mention]:
    """The mentions of one text, each in its sentence; at most ``KEPT`` of a kind."""
    phrases = reader.reference.signal_index.find(said.folded.text, said.ends)
    if not phrases:
        return
    whole = Whole(said, Speaker.of(reader.parties[said.subject], reader.reference))
    names = reader.names.in_text(said.folded.text)
    kept: Counter[tuple[str, str, str, bool]] = Counter()
    seen: Counter[str] = Counter()
    stands: dict[tuple[str, str], Stand] = {}
    for phrase in phrases:
        seen[phrase.signal.id] += 1
        if seen[phrase.signal.id] > READ:
            continue
        sentence = whole.sentence(phrase.start)
        need = SIGNAL_NEEDS.get(phrase.signal.id) if phrase.free else NEEDS.get(phrase.words)
        if not sentence.meets(need) or _licenses(phrase, sentence):
            continue
        sides = sentence.sides(phrase)
        if sides not in stands:
            stands[sides] = stand(*sides)
        stood = _stood(stands[sides], sides[0], phrase, sentence)
        mention = _mention(phrase, sentence, whole, stood)
        actor = names.acting(sentence.folded, phrase.start - sentence.start)
        if actor is not None and actor != said.subject:
            other = replace(mention, subject=actor, reported=stood.reported or _past(phrase, sentence))
            yield from _capped(other, kept)
            if not sentence.own:
                mention = replace(mention, reported=True)
        elif actor is not None:
            mention = replace(mention, reported=stood.reported or _past(phrase, sentence))
        yield from _capped(mention, kept)


def _stood(stands: Stand, before: str, phrase: Phrase, sentence: Sentence) -> Stand:
    """A question answered with yes sets no condition, and a programme that the text says has ended is admitted."""
    if stands.quoted and sentence.answered:
        stands = stands._replace(quoted=False)
    if stands.reported and phrase.signal.family in OWN_PROMISE and only_ended(before):
        stands = stands._replace(reported=False)
    return stands


def _capped(mention: Mention, kept: Counter[tuple[str, str, str, bool]]) -> Iterator[Mention]:
    key = (mention.subject, mention.signal.id, mention.level, mention.counts)
    kept[key] += 1
    if kept[key] <= KEPT:
        yield mention


def _mention(phrase: Phrase, sentence: Sentence, whole: Whole, stands: Stand) -> Mention:
    said = sentence.said
    at, end = phrase.start - sentence.start, phrase.end - sentence.start
    first, last = said.folded.original(phrase.start, phrase.end)
    own_context = ITS_OWN.search(phrase.words) is not None
    near = own_context or any(phrase.free or word not in phrase.words for word in sentence.context)
    return Mention(
        signal=phrase.signal,
        pointer=said.pointer,
        subject=said.subject,
        text=said.text[first:last],
        offset=first,
        snippet=said.text[max(0, first - min(SNIPPET, at)) : last + min(SNIPPET, len(sentence.folded) - end)].strip(),
        context="yes" if near else whole.elsewhere,
        denied=stands.denied or phrase.signal.id == "MIT-03",
        quoted=stands.quoted or sentence.asked,
        reported=stands.reported
        or _past(phrase, sentence)
        or (not sentence.own and any(n < at for n in sentence.companies)),
        unchecked=ARABIC.search(phrase.words) is not None,
        specific=phrase.words in SPECIFIC and whole.chinese and not sentence.other_region,
        said_on=said.on,
    )


def _past(phrase: Phrase, sentence: Sentence) -> bool:
    """Whether the words tell of a time before the programmes that they mean today."""
    return phrase.signal.family in DATED and sentence.past


def _licenses(phrase: Phrase, sentence: Sentence) -> bool:
    """A police office that registers or licenses, or the authority of another region, is no customer of Xinjiang."""
    if phrase.signal.id != "TEC-07":
        return False
    before, after = sentence.sides(phrase)
    return FILED.search(before + after) is not None or OTHER_AUTHORITY.search(before) is not None
