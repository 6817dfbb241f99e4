"""Kinds of place fact, and what a party's codes and phones say: each fact with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.finding import Evidence
from app.core.reference import Reference
from app.core.submission import PlacedParty
from app.core.values import Citation

from .codes import AREA_CODES, DIVISION_PREFIX, area_code
from .registration import ChineseNumber, chinese_number
from .words import NAMESAKE_AREA, NAMESAKE_CODE


class Kind(StrEnum):
    """Kinds of place fact; the rank says which is the more exact (risk.md 8: coordinates or postcode first, a name last)."""

    COORDINATES = "coordinates"
    POSTCODE = "postcode"
    CODE = "registration code"
    HAN_NAME = "Chinese name"
    COUNTRY = "country"
    PHONE = "phone"
    LATIN_NAME = "name"

    @property
    def rank(self) -> int:
        return _RANKS[self]

    @property
    def independent(self) -> str:
        """Names in two scripts are one kind."""
        return "name" if self in (Kind.HAN_NAME, Kind.LATIN_NAME) else str(self)


_RANKS = {
    Kind.COORDINATES: 0,
    Kind.POSTCODE: 0,
    Kind.CODE: 1,
    Kind.HAN_NAME: 2,
    Kind.COUNTRY: 3,
    Kind.PHONE: 3,
    Kind.LATIN_NAME: 4,
}

POSTCODES = Citation(
    title="China Post postcodes: 83xxxx and 84xxxx are Xinjiang's", url="https://www.chinapost.com.cn/"
)
PHONES = Citation(
    title="Numbering plan of China, fixed-line area codes (libphonenumber metadata)",
    url="https://github.com/google/libphonenumber",
)
CODES = Citation(title="GB 32100-2015 and GB/T 2260: the registry's division code", url="https://openstd.samr.gov.cn/")
DIVISIONS = Citation(title="GB/T 2260 division codes", url="https://www.mca.gov.cn/n156/n186/index.html")


@dataclass(frozen=True)
class Fact:
    """One place fact: its kind, whether it alone carries weight, its evidence, and the place or code it names.

    ``border`` marks coordinates too near the outline to decide anything: they agree with every other fact and add to none.
    """

    kind: Kind
    strong: bool
    evidence: Evidence
    place: str = ""
    border: bool = False


@dataclass(frozen=True)
class PartyFacts:
    """What a party's codes and phones say, inside and outside the region."""

    codes: tuple[Fact, ...] = ()
    phones: tuple[Fact, ...] = ()
    out: tuple[Fact, ...] = ()

    @property
    def support(self) -> tuple[Fact, ...]:
        """Facts that agree with a site which names the region."""
        return (*self.codes, *self.phones)

    @property
    def namesake(self) -> Fact | None:
        """The fact that places the party in Xinjiang County, Shanxi, whose English name is the region's."""
        return next((f for f in self.out if f.place in (NAMESAKE_CODE, NAMESAKE_AREA)), None)


def read_party_facts(placed: PlacedParty, reference: Reference) -> PartyFacts:
    """Registration codes that stand and fixed lines; an identity number of a person is never read."""
    party = placed.party
    codes = [
        _code_fact(placed, n, code, reference)
        for n, identifier in enumerate(party.identifiers)
        if (code := chinese_number(identifier.scheme, identifier.value, identifier.country or party.country))
        is not None
        and code.valid
        and not code.corps_note
    ]
    phones = [
        Fact(
            Kind.PHONE,
            True,
            Evidence(
                pointer=f"{placed.pointer}/phones/{n}",
                submitted=phone,
                matched=f"0{area}",
                says=f"area code 0{area} is {'in' if area in AREA_CODES else 'outside'} Xinjiang",
                citation=PHONES,
            ),
            area,
        )
        for n, phone in enumerate(party.phones[:50])
        if (area := area_code(phone, party.country))
    ]
    return PartyFacts(
        codes=tuple(f for f in codes if f.place.startswith(DIVISION_PREFIX)),
        phones=tuple(f for f in phones if f.place in AREA_CODES),
        out=(
            *(f for f in codes if not f.place.startswith(DIVISION_PREFIX)),
            *(f for f in phones if f.place not in AREA_CODES),
        ),
    )


def _code_fact(placed: PlacedParty, n: int, code: ChineseNumber, reference: Reference) -> Fact:
    repaired = f", read as {code.value} (letters misread for digits)" if code.repaired else ""
    checked = ", check digits valid" if code.checked else ""
    return Fact(
        Kind.CODE,
        True,
        Evidence(
            pointer=f"{placed.pointer}/identifiers/{n}/value",
            submitted=placed.party.identifiers[n].value,
            matched=code.region,
            says=f"the {code.kind} carries division code {code.region}: registered in "
            f"{division_name(code.region, reference)}{checked}{repaired}",
            citation=CODES,
        ),
        code.region,
    )


def division_name(code: str, reference: Reference) -> str:
    """A division code in words, dead codes included."""
    place = next((p for p in reference.places if p.code == code), None)
    if place is not None:
        return f"{place.name_en} ({place.name_zh})" + ("" if place.level == "region" else ", Xinjiang")
    if code.startswith(DIVISION_PREFIX):
        return "Xinjiang (a code no longer or not yet in the tables)"
    return reference.elsewhere.division(code) or "another region than Xinjiang"
