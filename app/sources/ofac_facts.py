"""What OFAC says about a party besides its names: the same fields whether it is said in a remark, an ``idType`` or a feature."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from app.core.party import Identifier

from .countries import country_code
from .ofac_labels import COUNTRIES, DATE, is_information, plain_label, scheme_of
from .partial_dates import dates_in

_COUNTRY_INSIDE = re.compile(r"(.*\S)\s*\(([^()]+)\)")
_VALUE = 1_000
"""Characters an identifier may have."""


@dataclass
class Facts:
    """What is said of one party, field by field, in the order it is said."""

    births: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    gender: str = ""
    weak: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str, str | None]] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    effective: dict[str, date] = field(default_factory=dict)
    listed: dict[str, date] = field(default_factory=dict)

    def numbers(self) -> tuple[Identifier, ...]:
        """The identifiers, each once."""
        found = dict.fromkeys((s, v[:_VALUE], c) for s, v, c in self.identifiers)
        return tuple(Identifier(scheme=s, value=v, country=c) for s, v, c in found)


def state(made: Facts, label: str, value: str, country: str = "") -> bool:
    """Take one labelled statement into ``made``; False where the label is not known, and then nothing was taken."""
    name, text = plain_label(label), value.strip()
    if dated := DATE.match(name):
        days = [date.fromisoformat(d) for d in dates_in(text) if len(d) == 10]
        if days:
            (made.effective if dated[1] == "Effective" else made.listed)[dated[2]] = days[0]
        return True
    if name == "Gender":
        made.gender = text.lower()
    elif name in COUNTRIES:
        made.countries.extend(code for code in [country_code(text)] if code)
    elif (scheme := scheme_of(name)) is not None:
        if text.startswith("IMO ") and scheme in ("vessel_registration", "national_id"):
            scheme, text = "imo", text[4:]
        code = country_code(country) if country else None
        if code is None and (inside := _COUNTRY_INSIDE.fullmatch(text)) and (code := country_code(inside[2])):
            text = inside[1]
        if text:
            made.identifiers.append((scheme, text, code))
    elif not is_information(name):
        return False
    return True


def clean_number(text: str) -> str:
    """A number as printed after its label in prose: without the sign and colon before it."""
    return re.sub(r"^[#:\s]+", "", text).strip()


def unquoted(text: str) -> str:
    """A name without the one pair of quotes that remarks put around it; quotes of its own stay."""
    plain = text.strip()
    return plain[1:-1].strip() if len(plain) > 2 and plain[0] == plain[-1] and plain[0] in "'\"" else plain
