"""The legal forms of a name told from its other words, written out or short, misspelled, torn apart or run into a neighbour."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from .tables import legal_phrases

_LEGAL_WORDS = (
    "limited", "liability", "company", "corporation", "incorporated", "proprietary", "private", "public", "joint", "stock", "closed", "unitary",
    "obshchestvo", "ogranichennoy", "otvetstvennostyu", "aktsionernoe", "publichnoe", "zakrytoe", "otkrytoe", "nepublichnoe", "berhad",
    "gesellschaft", "sociedad", "anonima",
)  # fmt: skip
_NOT_LEGAL = frozenset(
    ["unlimited", "accompany", "join", "stocks", "close", "publics", "privat", "republic", "pubic", "clsed", "anonim"]
)
_SPLIT_OFF = ("limited", "liability", "company", "corporation", "joint", "stock", "private", "gmbh", "ooo", "llc", "pjsc")  # fmt: skip
_LOOK_ALIKE = str.maketrans("01589", "olsbg")

_GLUED = re.compile(
    r"(?<=[a-zà-ÿ]{3})(?=(?:AG|GmbH|SA|SRL|SpA|LLC|LLP|Ltd|LTD|Inc|OOO|OAO|ZAO|JSC|BV|NV|KG|AB|AS|Oy|OY|SAS|SARL|Kft|PLC)\b)"
)
"""A legal form that runs into the word before it and is told by its capital letters."""

ALONE, IN_PAIRS, IN_LONGER = 12, 9, 6
"""Letters from which a word of a legal form may be off by one letter: where it is the whole form, in a form of two words, and in longer ones."""
CUT_FROM = 3
"""Words of a legal form from which its beginning tells it."""
LAST = "last"
"""The canonical form of short forms that count only at the end of a name."""


def unglued(text: str) -> str:
    """``HoffmannAG`` with a blank before its legal form."""
    return _GLUED.sub(" ", text)


@lru_cache(maxsize=1)
def _begin() -> Mapping[str, int]:
    """First words of legal forms to the most words of a form that begins so."""
    made: dict[str, int] = {}
    for phrase in legal_phrases():
        made[phrase[0]] = max(made.get(phrase[0], 0), len(phrase))
    return made


@lru_cache(maxsize=1)
def _near() -> Mapping[str, tuple[str, ...]]:
    """Words of long legal forms by themselves with a letter less."""
    long = {
        w
        for phrase in legal_phrases()
        for w in phrase
        if len(w) >= (ALONE if len(phrase) == 1 else IN_PAIRS if len(phrase) == 2 else IN_LONGER)
    }
    made: dict[str, tuple[str, ...]] = {}
    for word in sorted(long):
        for key in _shortened(word):
            made[key] = (*made.get(key, ()), word)
    return made


@lru_cache(maxsize=1)
def _of_forms() -> frozenset[str]:
    """Words of one country's legal forms that are long enough to be taken for another one's."""
    return frozenset(w for phrase in legal_phrases(by_country=True) for w in phrase if len(w) >= IN_LONGER)


def _shortened(word: str) -> Iterable[str]:
    return dict.fromkeys([word, *(word[:n] + word[n + 1 :] for n in range(len(word)))])


@lru_cache(maxsize=65_536)
def _meant(word: str) -> str:
    """The word of a long legal form that a word was meant for, one letter off, or the word itself."""
    if len(word) < IN_LONGER:
        return word
    near = _near()
    for key in _shortened(word):
        for known in near.get(key, ()):
            if OSA.distance(known, word, score_cutoff=1) <= 1:
                return known
    return word


@lru_cache(maxsize=1)
def _long() -> tuple[str, ...]:
    """Legal forms of three words or more, in order."""
    return tuple(sorted(" ".join(p) for p in legal_phrases() if len(p) >= CUT_FROM))


def _cut_form(tail: list[str]) -> bool:
    """Whether words at the end of a cut name are the beginning of one long legal form."""
    begun, long = " ".join(tail), _long()
    at = bisect_left(long, begun)
    return at < len(long) and long[at].startswith(begun)


def parted(tokens: list[str], *, cut: bool = False) -> tuple[list[str], list[str]]:
    """Words without the legal forms, and the forms. ``cut``: the name was cut off, and so its last form may be."""
    begin = _begin()
    kept: list[str] = []
    forms: list[str] = []
    n = 0
    while n < len(tokens):
        token = tokens[n]
        most = begin.get(token) or (begin.get(_meant(token), 0) if len(token) >= IN_LONGER else 0)
        for size in range(min(most, len(tokens) - n), 0, -1):
            form = _form(tokens[n : n + size], last=n + size == len(tokens))
            if form is not None:
                forms.append(form)
                n += size
                break
        else:
            if cut and n > 0 and most >= CUT_FROM and len(tokens) - n > 1 and _cut_form(tokens[n:]):
                break
            kept.append(token)
            n += 1
    return kept, forms


def _form(some: list[str], *, last: bool) -> str | None:
    """The legal form that words are, each of them one letter off at most."""
    phrases = legal_phrases()
    form = phrases.get(tuple(some))
    if form is None:
        least = ALONE if len(some) == 1 else IN_PAIRS if len(some) == 2 else IN_LONGER
        meant = tuple(_meant(w) if len(w) >= least - 1 else w for w in some)
        form = phrases.get(meant)
        if form is None or any(len(known) < least and known != w for known, w in zip(meant, some, strict=True)):
            return None
    return form if form != LAST or last else None


def repaired(tokens: list[str], *, cut: bool) -> list[str]:
    """Words of legal forms that are misspelled, run together with their neighbour, torn apart or cut off, made whole again."""
    made: list[str] = []
    n = 0
    while n < len(tokens):
        token = tokens[n]
        if n + 1 < len(tokens) and token + tokens[n + 1] in _LEGAL_WORDS and token not in _LEGAL_WORDS:
            made.append(token + tokens[n + 1])
            n += 2
            continue
        made.extend(_split_legal(token) if len(token) >= 8 else (_legal_spelling(token),))
        n += 1
    if cut and len(made) > 2 and len(made[-1]) >= 4 and made[-1] not in _LEGAL_WORDS:
        made[-1] = next((w for w in _LEGAL_WORDS if w.startswith(made[-1])), made[-1])
    return made


@lru_cache(maxsize=65_536)
def _legal_spelling(word: str) -> str:
    """The legal word a word was meant for, or the word itself."""
    if word in _NOT_LEGAL or word in _LEGAL_WORDS or word in _of_forms():
        return word
    if any(ch.isdigit() for ch in word) and any(ch.isalpha() for ch in word):
        read = word.translate(_LOOK_ALIKE)
        if (read,) in legal_phrases() or read in _LEGAL_WORDS:
            return read
    size = len(word)
    if size < 6:
        return word
    for known in _LEGAL_WORDS:
        most = 1 if len(known) < 8 else 2 if len(known) < 12 else 3
        if (
            len(known) >= 6
            and abs(len(known) - size) <= most
            and known[0] == word[0]
            and OSA.distance(known, word, score_cutoff=most) <= most
        ):
            return known
    return word


@lru_cache(maxsize=65_536)
def _split_legal(word: str) -> tuple[str, ...]:
    """A legal word that runs into its neighbour, and the neighbour."""
    meant = _legal_spelling(word)
    if meant != word or word in _NOT_LEGAL or word in _LEGAL_WORDS:
        return (meant,)
    for known in _SPLIT_OFF:
        rest = len(word) - len(known)
        if len(known) >= 5 and rest >= 2 and word.startswith(known):
            return (known, *_split_legal(word[len(known) :]))
        if len(known) >= 5 and rest >= 2 and word.endswith(known):
            return (*_split_legal(word[:rest]), known)
    return (word,)
