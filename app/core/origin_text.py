"""A Xinjiang origin named in a text about goods: strong names are probable, variety words and weak names possible."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .place_names import as_written, normal
from .place_strength import PlaceStrength
from .reference import Reference

DENIAL_WINDOW = 60
"""Characters before a name in which a denial is looked for (about six words)."""

_DENIED_LATIN = re.compile(
    r"\b(no|not|never|non|without|exclud\w*|free (of|from)|neither|nor|avoid\w*|outside|other than|ban\w*|prohibit\w*)\b(\W+\w+){0,6}\W*$"
)
_DENIED_HAN = re.compile(r"(不|未|无(?!锡)|非(?!常|洲)|没有|禁止|杜绝|拒绝|排除|除)[^，。；！？,.;!?]{0,6}$")
_DENIED_AFTER = re.compile(r"^[\s\-]*free\b|^[^，。；！？,.;!?]{0,6}(以外|之外|除外)")
_WHERE_SOLD = re.compile(r"\b(for|to|into) (the )?[\w\- ]{0,12}$")


@dataclass(frozen=True)
class OriginReading:
    """A Xinjiang origin named in a text about goods; ``denied`` where the words deny it."""

    strength: PlaceStrength | None
    matched: str = ""
    place: str = ""
    denied: bool = False


def denied_around(before: str, after: str) -> bool:
    """Whether the words next to a hit deny it."""
    window = before[-DENIAL_WINDOW:].lower()
    return (
        _DENIED_LATIN.search(window) is not None
        or _DENIED_HAN.search(window) is not None
        or _DENIED_AFTER.match(after[:20].lower()) is not None
    )


def read_origin_text(text: str, country: str | None, reference: Reference) -> OriginReading:
    """The strongest Xinjiang origin a text names; the first of equals, and a denial where nothing else is named."""
    best = OriginReading(None)
    normalised = normal(text)
    for mention in reference.place_index.mentions(text):
        if mention.street or (country not in (None, "CN") and not mention.han):
            continue
        matched = as_written(text, mention.start, mention.end)
        before, after = normalised[: mention.start], normalised[mention.end :]
        if denied_around(before, after):
            if best.strength is None:
                best = OriginReading(None, matched, mention.place.code, denied=True)
            continue
        strength = PlaceStrength.PROBABLE if mention.strong and not mention.product else PlaceStrength.POSSIBLE
        if best.strength is None or (strength is PlaceStrength.PROBABLE and best.strength is PlaceStrength.POSSIBLE):
            best = OriginReading(strength, matched, mention.place.code)
    return best
