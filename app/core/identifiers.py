"""Registration codes: check digits, what a code discloses, and when two identifiers are the same.

Sources: GB 32100-2015 (unified social credit code), GB 11714-1997 (organisation code), GS 15-2006 (15-digit registration
number, ISO 7064 MOD 11,10), ISO 17442 (LEI), IMO resolution A.1117(30) (ship number).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from stdnum import imo, lei
from stdnum.iso7064 import mod_11_10

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
MISREAD = {"O": "0", "I": "1", "Z": "2", "S": "5"}
"""Letters the standard leaves out because they are read as digits."""

OFAC_NUMBER = re.compile(r"(?:OFAC|SDN|OFACSDN|OFACUID)(?:NO|ID|NUMBER)?([0-9]{1,6})")
"""A party's number at OFAC as people write it, compacted: the contract has no scheme of its own for it."""

STRONG = frozenset({"uscc", "lei", "duns", "registration", "tax", "national_id", "passport", "imo", "ofac", "os_id"})
"""Schemes whose numbers name one holder; a phone, an address or a web page never confirms alone."""


@dataclass(frozen=True)
class RegistrationCode:
    """A registration code read: its region (six digits of GB/T 2260), whether it stands, and what was repaired or is wrong."""

    value: str
    kind: str
    region: str
    valid: bool
    repaired: bool = False
    problems: tuple[str, ...] = ()


def compact(value: str) -> str:
    """Upper case, half width, letters and digits only."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", value).upper() if ch.isalnum())


def read_uscc(value: str) -> RegistrationCode | None:
    """A unified social credit code of 18 characters, or None for anything else.

    Misread letters (O, I, Z, S) are repaired only where both check digits then pass, and ``repaired`` says so.
    """
    code = compact(value)
    if len(code) != 18 or not re.fullmatch(r"[0-9A-Z]{18}", code):
        return None
    problems = uscc_problems(code)
    if not problems:
        return RegistrationCode(code, "uscc", code[2:8], True)
    for candidate in _repairs(code):
        if not uscc_problems(candidate):
            return RegistrationCode(candidate, "uscc", candidate[2:8], True, repaired=True)
    return RegistrationCode(code, "uscc", code[2:8], False, problems=problems)


def uscc_problems(code: str) -> tuple[str, ...]:
    """What is wrong with 18 upper-case characters as a USCC; empty when both check digits pass."""
    if any(ch not in USCC_ALPHABET for ch in code):
        return ("it holds a letter the standard leaves out",)
    if not code[2:8].isdigit():
        return ("characters 3 to 8 are not a division code",)
    problems = []
    total = sum(USCC_ALPHABET.index(ch) * w for ch, w in zip(code[:17], USCC_WEIGHTS, strict=True))
    if USCC_ALPHABET[(31 - total % 31) % 31] != code[17]:
        problems.append("check character 18 does not pass (GB 32100)")
    if _organisation_check(code[8:16]) != code[16]:
        problems.append("check character 17 does not pass (GB 11714)")
    return tuple(problems)


def _organisation_check(body: str) -> str:
    total = sum(int(ch, 36) * w for ch, w in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return {10: "X", 11: "0"}.get(check := 11 - total % 11, str(check))


def _repairs(code: str) -> Iterator[str]:
    places = [n for n, ch in enumerate(code) if ch in MISREAD][:6]
    for chosen in product((True, False), repeat=len(places)):
        letters = list(code)
        for place, repair in zip(places, chosen, strict=True):
            if repair:
                letters[place] = MISREAD[letters[place]]
        yield "".join(letters)


def read_registration(value: str) -> RegistrationCode | None:
    """A Chinese registration number of any age: USCC, 15 digits (2007 to 2015) or 13 digits (before); None for others."""
    code = compact(value)
    if (uscc := read_uscc(code)) is not None:
        return uscc
    if re.fullmatch(r"[0-9]{15}", code):
        valid = bool(mod_11_10.is_valid(code))
        problems = () if valid else ("the check digit does not pass (ISO 7064 MOD 11,10)",)
        return RegistrationCode(code, "registration number", code[:6], valid, problems=problems)
    if re.fullmatch(r"[0-9]{13}", code):
        return RegistrationCode(code, "registration number of 13 digits", code[:6], True)
    return None


def well_formed(scheme: str, value: str) -> bool:
    """Whether the check digits of a number stand, where its scheme has any."""
    code = compact(value)
    if scheme == "uscc":
        return (read := read_uscc(code)) is not None and read.valid
    if scheme == "lei":
        return bool(lei.is_valid(code))
    if scheme == "imo":
        return bool(imo.is_valid(code.removeprefix("IMO")))
    return bool(code)


def identifier_key(scheme: str, value: str, country: str | None) -> tuple[str, str] | None:
    """What two strong identifiers must share to name one holder; None for weak schemes and for numbers too short to tell.

    National numbers (registration, tax, national_id, passport) carry their country where one is known.
    """
    code = compact(value)
    if scheme == "uscc" and (read := read_uscc(code)) is not None:
        code = read.value
    if scheme == "imo":
        code = code.removeprefix("IMO")
    if scheme == "other" and re.fullmatch(r"[0-9A-Z]{18}", code) and not uscc_problems(code):
        return ("uscc", code)
    if scheme == "other" and (named := OFAC_NUMBER.fullmatch(code)):
        return ("ofac", named.group(1))
    if scheme not in STRONG or ((len(code) < 5 or not any(ch.isdigit() for ch in code)) and scheme != "ofac"):
        return None
    if scheme in {"registration", "tax", "national_id", "passport"}:
        if re.fullmatch(r"[0-9A-Z]{18}", code) and not uscc_problems(code):
            return ("uscc", code)
        return (f"{scheme}:{country or ''}", code)
    return (scheme, code)
