"""One text read for signals: phrase by phrase in its sentence, with its context, its stand and whom it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

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
    sentence_ends,
)
from .denial import WINDOW, Stand, only_ended, stand
from .mention import Mention
from .phrases import Folded, Phrase, fold_text
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
class Said:
    """A text: about whom, where it stands in the submission, and of which day it is."""

    subject: str
    pointer: str
    text: str
    on: date | None = None


@dataclass(frozen=True)
class Reader:
    """What every text of a submission is read with."""

    parties: Mapping[str, SubmittedParty]
    names: PartyNames
    reference: Reference


@dataclass(frozen=True)
class Sentence:
    """One sentence of a folded text with what it names of the region and whom it speaks of."""

    start: int
    end: int
    folded: str
    context: tuple[str, ...]
    own: bool
    companies: tuple[int, ...]
    asked: bool
    """A question that no yes follows says of nobody that it is so."""
    answered: bool
    """A question that a yes follows is a statement."""
    other_region: bool
    """Whether it names another region with programmes of the same words."""
    past: bool
    """Whether it tells of a time before the programmes."""

    def sides(self, phrase: Phrase) -> tuple[str, str]:
        """What stands before and after a phrase in the sentence."""
        at, end = phrase.start - self.start, phrase.end - self.start
        return self.folded[max(0, at - WINDOW) : at], self.folded[end : end + WINDOW]


def read_text(said: Said, reader: Reader) -> Iterator[Mention]:
    """The mentions of one text, each in its sentence; at most ``KEPT`` of a kind."""
    text, reference = said.text, reader.reference
    party = reader.parties[said.subject]
    folded = fold_text(text)
    phrases = reference.signal_index.find(folded.text)
    if not phrases:
        return
    breaks = sentence_ends(folded.text)[:-1]
    country = country_of(party)
    sentences: dict[int, Sentence] = {}
    needed: dict[tuple[int, str], bool] = {}
    kept: Counter[tuple[str, str, str, bool]] = Counter()
    seen: Counter[str] = Counter()
    stands: dict[tuple[str, str], Stand] = {}
    namesake = of_xinjiang_county(party)
    chinese = country in (None, *CHINA) or HAN_TEXT.search(folded.text) is not None
    elsewhere = "half" if _context(folded.text, reference, country, namesake=namesake) else "no"
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
            sentences[place] = Sentence(
                start=start,
                end=end,
                folded=part,
                context=_context(part, reference, country, namesake=namesake),
                own=speaks_of_itself(part),
                companies=tuple(other_companies(text[first:last], party)),
                asked=is_asked(folded.text, start, end),
                answered=is_answered(folded.text, start, end),
                other_region=OTHER_MINORITY_REGIONS.search(part) is not None,
                past=is_long_past(part, said.on.year if said.on is not None else None),
            )
        sentence = sentences[place]
        need = SIGNAL_NEEDS.get(phrase.signal.id) if phrase.free else NEEDS.get(phrase.words)
        if need is not None and (place, need.pattern) not in needed:
            needed[place, need.pattern] = need.search(sentence.folded) is not None
        if (need is not None and not needed[place, need.pattern]) or _licenses(phrase, sentence):
            continue
        sides = sentence.sides(phrase)
        if sides not in stands:
            stands[sides] = stand(*sides)
        stood = _stood(stands[sides], sides[0], phrase, sentence)
        mention = _mention(phrase, sentence, folded, said, elsewhere=elsewhere, chinese=chinese, stands=stood)
        actor = reader.names.acting(sentence.folded, phrase.start - sentence.start)
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


def _context(sentence: str, reference: Reference, country: str | None, *, namesake: bool) -> tuple[str, ...]:
    """What a sentence names of the region; in a text about a company of Xinjiang County the bare word is the county's."""
    found = context_words(sentence, reference, country)
    return tuple(word for word in found if word != "xinjiang") if namesake else found


def _capped(mention: Mention, kept: Counter[tuple[str, str, str, bool]]) -> Iterator[Mention]:
    key = (mention.subject, mention.signal.id, mention.level, mention.counts)
    kept[key] += 1
    if kept[key] <= KEPT:
        yield mention


def _mention(
    phrase: Phrase, sentence: Sentence, folded: Folded, said: Said, *, elsewhere: str, chinese: bool, stands: Stand
) -> Mention:
    at, end = phrase.start - sentence.start, phrase.end - sentence.start
    first, last = folded.original(phrase.start, phrase.end)
    own_context = ITS_OWN.search(phrase.words) is not None
    near = own_context or any(phrase.free or word not in phrase.words for word in sentence.context)
    specific = phrase.words in SPECIFIC and chinese and not sentence.other_region
    return Mention(
        signal=phrase.signal,
        pointer=said.pointer,
        subject=said.subject,
        text=said.text[first:last],
        offset=first,
        snippet=said.text[max(0, first - min(SNIPPET, at)) : last + min(SNIPPET, len(sentence.folded) - end)].strip(),
        context="yes" if near else elsewhere,
        denied=stands.denied or phrase.signal.id == "MIT-03",
        quoted=stands.quoted or sentence.asked,
        reported=stands.reported
        or _past(phrase, sentence)
        or (not sentence.own and any(n < at for n in sentence.companies)),
        unchecked=ARABIC.search(phrase.words) is not None,
        specific=specific,
        said_on=said.on,
    )


def _past(phrase: Phrase, sentence: Sentence) -> bool:
    """Whether the words tell of a time before the programmes that they mean today."""
    return sentence.past and phrase.signal.family in DATED


def _licenses(phrase: Phrase, sentence: Sentence) -> bool:
    """A police office that registers or licenses, or the authority of another region, is no customer of Xinjiang."""
    if phrase.signal.id != "TEC-07":
        return False
    before, after = sentence.sides(phrase)
    return FILED.search(before + after) is not None or OTHER_AUTHORITY.search(before) is not None
