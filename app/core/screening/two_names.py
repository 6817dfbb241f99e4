"""Two names in one field: the party and whom to write to, its other name, its former name, the same name in another script or as initials."""

from __future__ import annotations

import re

from .edits import GENERIC
from .legal_phrases import parted
from .romanise import latin
from .tables import flags_of, word_class

_OTHER_NAME = re.compile(
    r"(?i)(?:^|[\s,;(\[])(?:c/o|care of|d/?b/?a|doing business as|t/a|trading as|a[./]?k[./]?a\.?|(?:also |otherwise |better |previously |formerly |now )known as"
    r"|f[./]?k[./]?a\.?|formerly|previously|n[./]?k[./]?a\.?|alias|vormals|ehemals|anciennement|anteriormente)[\s:]+"
)
"""Words between two names of one field."""
_BRACKET = re.compile(r"[(\[]([^()\[\]]{3,})[)\]]")
_SLASH = re.compile(r"\s*/\s*")
MOST = 4
"""Names of one field that are read."""


def parts_of(text: str) -> list[str]:
    """The names that words like "also known as" part; one where there are none."""
    parts = [p.strip(" ,;()[]") for p in _OTHER_NAME.split(text)]
    return parts[:MOST] if len(parts) > 1 and all(len(part) > 2 for part in parts) else [text]


def sides_of(text: str) -> list[str]:
    """Names that a slash or brackets may part: further readings, for the whole may be one name all the same."""
    made: list[str] = []
    if "/" in text:
        sides = _SLASH.split(text)
        least = 1 if " / " in text else 2
        if 2 <= len(sides) <= 3 and all(_names_somebody(side, least) for side in sides):
            made += sides
    for found in _BRACKET.finditer(text) if "(" in text or "[" in text else ():
        inside, outside = found.group(1), f"{text[: found.start()]} {text[found.end() :]}".strip()
        if _names_somebody(outside, 1):
            if _same_in_other_letters(inside, outside) or (_legal(inside) and _names_somebody(inside, 1)):
                made += [outside, inside]
            elif _initials(inside, outside):
                made.append(outside)
    return made[:MOST]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", latin(text))


def _names_somebody(text: str, least: int) -> bool:
    """Whether a text has that many words beside its legal form, and one that is not everybody's."""
    core = [w for w in parted(_words(text))[0] if len(w) > 1 and w not in word_class("particles")]
    return len(core) >= least and any(not flags_of(w) & GENERIC for w in core)


def _legal(text: str) -> bool:
    return bool(parted(_words(text))[1])


def _same_in_other_letters(inside: str, outside: str) -> bool:
    """Whether one is in Latin letters and the other in another alphabet."""
    return _latin(inside) != _latin(outside) and min(len(inside), len(outside)) > 3


def _latin(text: str) -> bool:
    return not any(ch.isalpha() and ch > "\u024f" for ch in text)


def _initials(inside: str, outside: str) -> bool:
    """``Borealis Heavy Industries Trading (BHIT)``."""
    short = latin(inside).replace(".", "").replace(" ", "")
    words = _words(outside)
    large = [w for w in words if w not in word_class("particles")]
    return len(short) >= 3 and any(short == "".join(w[0] for w in some) for some in (words, large, parted(large)[0]))
