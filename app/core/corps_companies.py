"""Traded companies that the reference names as companies of a division of the Corps (XPCC), by stock code and by name (risk.md 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from .bodies import of_the_region
from .finding import Evidence
from .names import fold, simplified
from .reference_rows import Division

if TYPE_CHECKING:
    from .case import Case

_ENTRY = re.compile(
    r"(?P<code>\d{4,6}(?:\.HK)?) (?P<latin>[A-Za-z][A-Za-z &-]*[a-z])(?: / (?P<han>[\u4e00-\u9fff]+))? ?\((?P<note>[^)]*)\)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]{3,}")
_FIRST = re.compile(r"\s*[A-Za-z]")
_CODE = re.compile(r"(?<!\d)\d{1,6}(?!\d)")


Names = tuple[re.Pattern[str], re.Pattern[str]]


@dataclass(frozen=True)
class CorpsCompany:
    """A traded company of a division: its code, its names, and whether a source was seen for the link (``checked``)."""

    code: str
    latin: str
    han: str
    division: Division
    checked: bool

    @property
    def says(self) -> str:
        mark = "" if self.checked else " (not confirmed)"
        return f"the reference names it, stock code {self.code}, as a company of the {self.division.name_en}{mark}"


def corps_companies_of(case: Case) -> Mapping[str, tuple[CorpsCompany, Evidence]]:
    """The submitted parties that are such companies or bear the name of one, with what tells it."""
    companies = _companies(case.reference.divisions)
    names = _looked_for(companies)
    found = ((ref, _find(case, ref, companies, names)) for ref in case.parties)
    return {ref: told for ref, told in found if told is not None}


@lru_cache(maxsize=4)
def _companies(divisions: tuple[Division, ...]) -> tuple[CorpsCompany, ...]:
    return tuple(_read(divisions))


def _read(divisions: tuple[Division, ...]) -> Iterator[CorpsCompany]:
    for division in divisions:
        for match in _ENTRY.finditer(division.listed_companies):
            note = match["note"]
            if "private control" in note:
                continue
            han = match["han"] or next(iter(_HAN.findall(note)), "")
            checked = re.search(r"\bV\b", note) is not None and "division K" not in note
            yield CorpsCompany(match["code"], match["latin"], han, division, checked)


def _find(
    case: Case, ref: str, companies: tuple[CorpsCompany, ...], names: Names
) -> tuple[CorpsCompany, Evidence] | None:
    placed = case.parties[ref]
    if placed.party.kind == "person":
        return None
    for n, identifier in enumerate(placed.party.identifiers):
        if identifier.scheme == "stock_code":
            traded = next((c for c in companies if _same_code(c.code, identifier.value, identifier.country)), None)
            if traded is not None:
                return traded, _evidence(traded, f"{placed.pointer}/identifiers/{n}/value", identifier.value)
    for n, name in enumerate(placed.party.names[:20]):
        named = _named(case, ref, companies, names, name)
        if named is not None:
            member = "name" if n == 0 else f"other_names/{n - 1}"
            return named, _evidence(named, f"{placed.pointer}/{member}", name)
    return None


def _same_code(code: str, value: str, country: str | None) -> bool:
    digits = _CODE.search(value)
    if digits is None:
        return False
    if code.endswith(".HK"):
        return digits.group().lstrip("0") == code[:-3].lstrip("0") and ("HK" in value.upper() or country == "HK")
    return digits.group() == code


def _named(case: Case, ref: str, companies: tuple[CorpsCompany, ...], names: Names, name: str) -> CorpsCompany | None:
    han, latin = names
    if not name.isascii() and (match := han.search(simplified(name))) is not None:
        return next(c for c in companies if c.han == match.group())
    match = latin.match(f"{fold(name)} ") if _FIRST.match(name) else None
    if match is None:
        return None
    company = next(c for c in companies if fold(c.latin) == match[1])
    return company if match[1].startswith("xinjiang ") or of_the_region(case, ref) else None


@lru_cache(maxsize=4)
def _looked_for(companies: tuple[CorpsCompany, ...]) -> Names:
    """All Chinese names in one pattern, and all Latin ones at the beginning of a folded name."""
    han = "|".join(re.escape(c.han) for c in companies if c.han) or "(?!)"
    latin = "|".join(re.escape(fold(c.latin)) for c in companies) or "(?!)"
    return re.compile(han), re.compile(f"({latin}) ")


def _evidence(company: CorpsCompany, pointer: str, submitted: str) -> Evidence:
    return Evidence(
        pointer=pointer,
        submitted=submitted,
        matched=submitted,
        says=company.says,
        citation=company.division.citation,
    )
