"""Of whom a sentence speaks: the company the text is about, another party of the submission, or a company of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from app.core.submission import PlacedParty, SubmittedParty

from .phrases import same_length

MOST_NAMES = 400
"""Most names of other parties that are looked for in a text."""

REACH = 1_000
"""Characters before a word within which the party that acts must be named."""

MOST_COMPANIES = 20
"""Most companies looked at per sentence."""

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
_LEGAL = re.compile(
    r"[\s,]*\b(co\.?,?\s*ltd|company limited|co\.?,?\s*limited|limited|ltd|inc|llc|corp|corporation|gmbh|jsc|plc|s\.?a|s\.?p\.?a)\b\.?.*$"
    r"|(股份)?有限(责任)?公司$"
)
_LATIN_NAME = re.compile(r"[a-z]{4,}")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2}")


def speaks_of_itself(folded: str) -> bool:
    """Whether a folded sentence has a word for the company that the text is about."""
    return _SELF.search(folded) is not None


def other_companies(sentence: str, party: SubmittedParty) -> Iterator[int]:
    """Where a sentence names a company that is not the subject, as the one that acts.

    Only a name in a script in which the subject's own name is known can be told apart from it.
    """
    names = " ".join(party.names)
    latin = set(_LATIN_NAME.findall(names.lower()))
    for match in list(_COMPANY.finditer(sentence))[:MOST_COMPANIES]:
        found = match.group()
        if _HAN_NAME.search(found):
            if not _HAN_NAME.search(names):
                continue
            own = any(found[n : n + 4] in names for n in range(max(1, len(found) - 8)))
        else:
            if not latin:
                continue
            own = bool(latin & set(_LATIN_NAME.findall(found.lower())))
        if not own and not _PASSIVE.search(sentence[max(0, match.start() - 20) : match.start()]):
            yield match.start()


class PartyNames:
    """The names of the submission's organisations, to be found in folded text: a sentence about one of them is about it."""

    def __init__(self, refs: Mapping[str, str | None]) -> None:
        self.refs = refs
        """By name without its legal form: whose it is; None where several parties bear it."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        parts = (re.escape(n) if _HAN_NAME.search(n) else rf"\b{re.escape(n)}\b" for n in self.refs)
        return re.compile("|".join(parts))

    @staticmethod
    def of(parties: Iterable[PlacedParty]) -> PartyNames:
        """The names of these parties, the longest first."""
        refs: dict[str, str | None] = {}
        for placed in parties:
            if placed.party.kind == "person":
                continue
            for name in placed.party.names[:5]:
                short = _LEGAL.sub("", same_length(name)).strip()
                if len(short) >= 4 and (" " in short or _HAN_NAME.search(short)):
                    refs[short] = placed.ref if refs.get(short, placed.ref) == placed.ref else None
        return PartyNames({name: refs[name] for name in sorted(refs, key=len, reverse=True)[:MOST_NAMES]})

    def in_text(self, folded: str) -> PartyNames:
        """Those of the names that a folded text holds."""
        return PartyNames({name: ref for name, ref in self.refs.items() if name in folded})

    def acting(self, sentence: str, before: int) -> str | None:
        """The ref of the last party that a folded sentence names as the one that acts, before a place in it."""
        if not self.refs:
            return None
        found: str | None = None
        for match in self.pattern.finditer(sentence, max(0, before - REACH), before):
            if not _PASSIVE.search(sentence[max(0, match.start() - 20) : match.start()]):
                found = self.refs[match.group()] or found
        return found
