"""A Xinjiang origin named in a text about goods: strong names are probable, variety words and weak names possible."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.places.names import as_written, normal
from app.core.places.strength import PlaceStrength
from app.core.places.words import STYLE_WORDS
from app.core.reference import Reference

from .origin_variety import Named, han_variety, named_for

GROWING = frozenset(
    {"650000", "652900", "652901", "652800", "650500", "652300", "652301", "653100", "653101", "653200"}
)
"""Places whose short name alone is weak and with a crop of theirs is not (Aksu cotton, Bazhou tomatoes: DHS writes so)."""

_CROP = re.compile(
    r"\bcotton\b|\bpima\b|\blong[ -]staple\b|\btomato|\bjujubes?\b|\bred dates\b|\bwalnuts?\b|核桃|棉|番茄|西红柿|枣"
)
DENIAL_WINDOW = 60
"""Characters before a name in which a denial is looked for (about six words)."""

_DENIED_LATIN = re.compile(
    r"\b(no|not|never|non|without|exclud\w*|free (of|from)|neither|nor|avoid\w*|outside|other than|ban\w*|prohibit\w*)\b(\W+\w+){0,6}\W*$"
)
_DENIED_HAN = re.compile(r"(不|未|无(?!锡)|非(?!常|洲)|没有|禁止|杜绝|拒绝|排除|除)[^，。；！？,.;!?]{0,6}$")
_DENIED_AFTER = re.compile(r"^[\s\-]*free\b|^[^，。；！？,.;!?]{0,6}(以外|之外|除外)")
_TRANSIT_BEFORE = re.compile(
    r"(\b(load(ed|ing)( port| place)?( at| in)?|ship(s|ped|ping|ment)?( from| via| through)?|dispatch(ed)?( from)?|depart\w*( from)?|via"
    r"|through|transit\w*( through| via| in)?|customs( clearance)?( at| in)?|cleared (at|in)|port of|railed (from|via)|rail(way)?( from| via)"
    r"|warehous\w+ (at|in)|stored (at|in)|consolidated (at|in))|发运|发往|经由?|途经|转运|报关|装运|启运|发货|起运)[\s:：]*(the )?$"
)
_TRANSIT_AFTER = re.compile(
    r"^[\s\-]*(dry port|land port|port\b|customs\b|station\b|rail\b|口岸|海关|站|发运|出境|发货|启运|起运|集结|报关|铁路)"
)
_PEOPLE_BEFORE = re.compile(
    r"\b(?:workers?|labou?r(?:ers?)?|employees|staff|people|personnel|trainees|villagers|pickers|women|men|hands)\b(?:\W+\w+){0,2}?\W+(?:from|of|in)"
    r"\W+(?:the )?(?:southern )?$"
)
_PEOPLE_AFTER = re.compile(
    r"^[\s\-]*(?:prefecture |county |city )?(?:workers?|labou?r|labou?rers|employees|staff|trainees|people)\b"
    r"|^(?:地区|市|县)?(?:籍|的)?(?:富余|转移|劳动力|务工|员工|工人|职工|学员)"
)
"""Where a place is the one that workers are from: no origin of the goods."""

TRANSIT_PLACES = frozenset({"652702", "654004", "PL-07", "PL-21", "PL-22"})
"""Border crossings and dry ports: goods from anywhere pass there (risk.md 3, rule 9)."""


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


def in_transit(text: str, start: int, end: int) -> bool:
    """Whether a place is named as where goods are loaded, cleared or pass: transit is not origin."""
    before, after = text[max(0, start - 30) : start].lower(), text[end : end + 12].lower()
    return _TRANSIT_BEFORE.search(before) is not None or _TRANSIT_AFTER.match(after) is not None


def _of_people(text: str, start: int, end: int) -> bool:
    return (
        _PEOPLE_BEFORE.search(text[max(0, start - 60) : start]) is not None
        or _PEOPLE_AFTER.match(text[end : end + 30]) is not None
    )


def read_origin_text(
    text: str, country: str | None, reference: Reference, *, described: bool = True, maker: str | None = None
) -> OriginReading:
    """The strongest Xinjiang origin a text names; the first of equals, and a denial where nothing else is named.

    ``country`` is the stated origin, ``maker`` the country of the maker: a weak name is none of the region's in a foreign maker's
    words, and stands with a crop of the place in those of a Chinese one (Aksu cotton). In a description places of loading and transit
    are passed over and varieties ask a question; a stated origin region (``described`` false) is taken as it is.
    """
    best = OriginReading(None)
    normalised = normal(text)
    home = country or maker
    crop = home == "CN" and _CROP.search(normalised) is not None
    for mention in reference.place_index.mentions(text):
        if mention.street or (country not in (None, "CN") and not mention.han):
            continue
        if home not in (None, "CN") and not mention.strong and not mention.han:
            continue
        if described and (mention.place.code in TRANSIT_PLACES or in_transit(normalised, mention.start, mention.end)):
            continue
        region = mention.place.level == "region"
        kind = named_for(normalised, mention.end, region=region) if described else Named.PLACE
        if kind is Named.VARIETY and reference.elsewhere.find(normalised):
            continue  # Hami melons from Hainan
        if kind is Named.STYLE or (described and mention.text.split()[-1] in STYLE_WORDS):
            continue
        if described and _of_people(normalised, mention.start, mention.end):
            continue
        matched = as_written(text, mention.start, mention.end)
        before, after = normalised[: mention.start], normalised[mention.end :]
        if denied_around(before, after):
            if best.strength is None:
                best = OriginReading(None, matched, mention.place.code, denied=True)
            continue
        strong = mention.strong or (crop and mention.place.code in GROWING)
        sure = strong and kind is Named.PLACE and (region or not mention.product)
        strength = PlaceStrength.PROBABLE if sure else PlaceStrength.POSSIBLE
        if best.strength is None or (strength is PlaceStrength.PROBABLE and best.strength is PlaceStrength.POSSIBLE):
            best = OriginReading(strength, matched, mention.place.code)
    open_yet = described and best.strength is None and not best.denied and country in (None, "CN")
    if open_yet and (variety := han_variety(normalised)) and not reference.elsewhere.find(normalised):
        return OriginReading(PlaceStrength.POSSIBLE, variety)
    return best
