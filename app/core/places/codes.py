"""Numbers that place something in Xinjiang: postcodes, telephone area codes, division codes and coordinates.

Sources: GB/T 2260 (division codes 65xxxx), China Post (83xxxx and 84xxxx), the numbering plan as libphonenumber publishes it, and
the region's outline in the reference edition.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from shapely import Point, Polygon, prepare

from app.core.reference_rows import Outline

DIVISION_PREFIX = "65"
CORPS_CITIES = "6590"
AREA_CODES = frozenset({"901", "902", "903", "906", "908", "909", *(f"99{n}" for n in range(10))})
"""Exactly the region's area codes: 091x is Shaanxi, 093x and 094x Gansu, 095x Ningxia, 097x Qinghai."""

NEAR_BORDER = 0.15
"""Degrees from the outline within which coordinates decide nothing."""

_POSTCODE = re.compile(r"(?<![0-9A-Za-z])(?<![0-9]-)[0-9]{6}(?![0-9])")
_LABELLED = re.compile(
    r"(?:post(?:al)?[ -]?code|zip(?:[ -]?code)?|p\.?\s?c\.?|邮编|邮政编码|邮码)\W{0,3}([0-9]{6})(?![0-9])",
    re.IGNORECASE,
)
_REGION_POSTCODE = re.compile(r"8[34][0-9]{4}")
_MORE = re.compile(r"ext\.?|转|分机|[x#/;,、]", re.IGNORECASE)
"""What stands before an extension or a second number."""


def postcodes_in(text: str, *, stated: bool = False) -> tuple[str, ...]:
    """The numbers of exactly six digits, which in a Chinese address are postcodes; a ``stated`` one may hold spaces or CN-.

    A number that is called a postcode goes first, then the last: lots and doors stand before it.
    """
    plain = unicodedata.normalize("NFKC", text)
    if stated:
        digits = re.sub(r"[^0-9]", "", plain)
        return (digits,) if len(digits) == 6 else ()
    return tuple(dict.fromkeys((*_LABELLED.findall(plain), *reversed(_POSTCODE.findall(plain)))))


def is_region_postcode(code: str) -> bool:
    return _REGION_POSTCODE.fullmatch(code) is not None


def area_code(phone: str, country: str | None = None) -> str | None:
    """The Chinese area code (without its 0) of a fixed line as written: +86 991…, 0991…, (0991)…, +86 (0)998…; else None.

    A number without its country code counts only for a party in China or of no stated ``country``.
    """
    text = unicodedata.normalize("NFKC", phone).strip()
    digits = "".join(ch for ch in _MORE.split(text, maxsplit=1)[0] if ch in "0123456789")
    if text.startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        if not digits.startswith("86"):
            return None
        national = digits[2:].removeprefix("0")
    elif country not in (None, "CN"):
        return None
    elif digits.startswith("86") and len(digits) >= 12:
        national = digits[2:].removeprefix("0")
    elif digits.startswith("0"):
        national = digits[1:]
    else:
        return None
    if not 9 <= len(national) <= 12 or (national.startswith("1") and len(national) == 11):
        return None
    return national[:2] if national[0] in "12" else national[:3]


class Inside(StrEnum):
    YES = "yes"
    NO = "no"
    NEAR = "near"


@dataclass(frozen=True)
class Located:
    """Where coordinates lie, and whether they only made sense with latitude and longitude swapped."""

    inside: Inside
    swapped: bool = False


class Border:
    """The region's outline (good to about 15 km); a bounding box would take in Almaty and Dunhuang."""

    def __init__(self, outline: Outline | None) -> None:
        self.polygon = Polygon(outline.ring) if outline is not None else Polygon()
        prepare(self.polygon)

    def locate(self, latitude: float, longitude: float) -> Located | None:
        """Inside, outside or near the border; None for 0, 0. Impossible pairs for China are tried swapped, and said so."""
        if latitude == 0 and longitude == 0:
            return None
        if latitude > 60 and longitude < 55:
            swapped = self._locate(longitude, latitude)
            if swapped is not Inside.NO:
                return Located(swapped, swapped=True)
        return Located(self._locate(latitude, longitude))

    def _locate(self, latitude: float, longitude: float) -> Inside:
        point = Point(longitude, latitude)
        if self.polygon.boundary.distance(point) <= NEAR_BORDER:
            return Inside.NEAR
        return Inside.YES if self.polygon.contains(point) else Inside.NO
