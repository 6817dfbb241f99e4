"""Xinjiang County (新绛县) in Shanxi, whose English name is the region's: what says that a party is at home there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.finding import Evidence
from app.core.submission import PlacedParty, SubmittedParty
from app.core.values import Citation

from .codes import area_code, postcodes_in
from .registration import chinese_number
from .words import NAMESAKE_AREA, NAMESAKE_CODE

_NAME = re.compile(r"新[绛絳]|\bxinjiang(?: (?:county|xian)\b|,?\s+(?:yuncheng|shanxi)\b)", re.IGNORECASE)
_BARE = re.compile(r"\bxinjiang\b", re.IGNORECASE)
_POSTCODE = "0431"
TABLE = Citation(
    title="GB/T 2260: 140825 Xinjiang County (新绛县), Yuncheng, Shanxi; postcode 043100, area code 0359",
    url="https://www.mca.gov.cn/n156/n186/index.html",
)


def of_xinjiang_county(party: SubmittedParty) -> bool:
    """Whether a name, an address, a postcode, a registration code or a fixed line is that county's."""
    return next(_signs(party), None) is not None


def county_signs(placed: PlacedParty) -> tuple[Evidence, ...]:
    """What places the party in that county, at most six; empty where none of its words could be taken for the region's name."""
    words = (*placed.party.names, *(s.address or "" for s in placed.party.sites))
    if not any(_BARE.search(text) for text in words):
        return ()
    return tuple(
        Evidence(
            pointer=f"{placed.pointer}/{where}",
            submitted=submitted,
            matched=matched,
            says=f"{what} is that of Xinjiang County in Shanxi",
            citation=TABLE,
        )
        for _, (where, submitted, matched, what) in zip(range(6), _signs(placed.party), strict=False)
    )


Sign = tuple[str, str, str, str]
"""Where it stands, what is written there, the part that counts, and what kind of thing that is."""


def _signs(party: SubmittedParty) -> Iterator[Sign]:
    named = [("name" if n == 0 else f"other_names/{n - 1}", text) for n, text in enumerate(party.names)]
    named += [(f"sites/{n}/address", s.address) for n, s in enumerate(party.sites) if s.address]
    for where, text in named:
        if (match := _NAME.search(text)) is not None:
            yield where, text, match.group(), f"the name {match.group()}"
    for n, site in enumerate(party.sites):
        for member, said in (("postal_code", site.postal_code), ("address", site.address)):
            for code in postcodes_in(said or "", stated=member == "postal_code"):
                if code.startswith(_POSTCODE):
                    yield f"sites/{n}/{member}", said or "", code, f"postcode {code}"
    for n, identifier in enumerate(party.identifiers):
        number = chinese_number(identifier.scheme, identifier.value, identifier.country or party.country)
        if number is not None and number.valid and number.region == NAMESAKE_CODE:
            yield f"identifiers/{n}/value", identifier.value, NAMESAKE_CODE, f"division code {NAMESAKE_CODE}"
    for n, phone in enumerate(party.phones[:50]):
        if area_code(phone, party.country) == NAMESAKE_AREA:
            yield f"phones/{n}", phone, f"0{NAMESAKE_AREA}", f"area code 0{NAMESAKE_AREA}"
