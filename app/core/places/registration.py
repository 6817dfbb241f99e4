"""Chinese registration numbers of every age and what place they disclose: USCC, 15 and 13 digits, tax and customs numbers.

Sources: GB 32100-2015 (USCC), GS 15-2006 (15 digits, ISO 7064 MOD 11,10), GB 11714-1997 (organisation code inside the old tax
number), Customs' registration of declarants (10 digits: area, zone, kind of enterprise, serial), GB/T 2260 (division codes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.identifiers import ORGANISATION_WEIGHTS, RegistrationCode, compact, read_registration

CHINESE = frozenset({None, "CN"})
NUMBERED = frozenset({"registration", "tax", "other"})
"""Schemes under which a Chinese number of any kind may be submitted."""

PROVINCES = frozenset(
    str(n)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65))
    for n in range(first, last + 1)
)
"""The first two digits of the division codes of provinces (GB/T 2260)."""
_CORPS = ("66", "99")
"""Unproven pseudo-codes of XPCC bodies (risk.md 5): a note to review, never a score."""

_CUSTOMS = re.compile(r"(?P<area>[0-9]{4})[1-9A-Z][1-9A-Z][0-9A-Z]{4}")
_LABEL = re.compile(r"^(?:USCC|UNIFIEDSOCIALCREDIT(?:CODE|IDENTIFIER|NO)?|统一社会信用代码|信用代码)(?=.{18}$)")
"""What a code is called, where that stands in its field."""

_OLD_TAX = re.compile(r"(?P<area>[0-9]{6})(?P<body>[0-9A-Z]{8})(?P<check>[0-9X])")


@dataclass(frozen=True)
class ChineseNumber:
    """A number read: ``region`` is its division code, ``checked`` says that check digits stand, ``problems`` what does not."""

    value: str
    kind: str
    region: str
    valid: bool
    checked: bool
    repaired: bool = False
    problems: tuple[str, ...] = ()

    @property
    def corps_note(self) -> bool:
        """Whether the division part is one that is said to stand for bodies of the XPCC."""
        return self.region.startswith(_CORPS)


def chinese_number(scheme: str, value: str, country: str | None) -> ChineseNumber | None:
    """Read an identifier as a Chinese registration number; None where it is none, or belongs to another country.

    A USCC has a form of its own and counts whatever the scheme says; numbers of digits alone count only for a Chinese party.
    """
    code = _LABEL.sub("", compact(value))
    if scheme == "uscc" or (scheme in NUMBERED and re.fullmatch(r"[0-9A-Z]{18}", code) and country in CHINESE):
        return _of(read_registration(code)) if len(code) == 18 else None
    if scheme not in NUMBERED or country not in CHINESE:
        return None
    if scheme != "tax" and len(code) in (13, 15) and (read := read_registration(code)) is not None:
        found = _of(read)
        assert found is not None
        if found.valid and found.region[:2] in PROVINCES:
            return found
        if len(code) == 13:
            return None
        return _old_tax(code) or found
    return _old_tax(code) or _customs(code)


def _of(read: RegistrationCode | None) -> ChineseNumber | None:
    if read is None:
        return None
    names = {"uscc": "unified social credit code", "registration number": "registration number of 15 digits"}
    checked = read.valid and read.kind != "registration number of 13 digits"
    return ChineseNumber(
        read.value, names.get(read.kind, read.kind), read.region, read.valid, checked, read.repaired, read.problems
    )


def _old_tax(code: str) -> ChineseNumber | None:
    """The taxpayer number in use until 2015: division code and organisation code, whose own check must pass."""
    match = _OLD_TAX.fullmatch(code)
    if match is None or match["area"][:2] not in PROVINCES:
        return None
    total = sum(int(ch, 36) * w for ch, w in zip(match["body"], ORGANISATION_WEIGHTS, strict=True))
    check = 11 - total % 11
    if match["check"] != {10: "X", 11: "0"}.get(check, str(check)):
        return None
    return ChineseNumber(code, "taxpayer number", match["area"], True, True)


def _customs(code: str) -> ChineseNumber | None:
    match = _CUSTOMS.fullmatch(code)
    if match is None or match["area"][:2] not in PROVINCES:
        return None
    return ChineseNumber(code, "customs registration number", f"{match['area']}00", True, False)
