"""Xinjiang County (新绛县) in Shanxi, whose English name is the region's: what says that a party is at home there."""

from __future__ import annotations

import re

from .place_codes import area_code, postcodes_in
from .place_words import NAMESAKE_AREA, NAMESAKE_CODE
from .registration import chinese_number
from .submission import SubmittedParty

_NAME = re.compile(r"新[绛絳]|\bxinjiang(?: (?:county|xian)\b|,?\s+(?:yuncheng|shanxi)\b)", re.IGNORECASE)
_POSTCODE = "0431"


def of_xinjiang_county(party: SubmittedParty) -> bool:
    """Whether a name, an address, a postcode, a registration code or a fixed line is that county's."""
    words = [*party.names, *(s.address or "" for s in party.sites)]
    if any(_NAME.search(text) for text in words):
        return True
    if any(code.startswith(_POSTCODE) for s in party.sites for code in _postcodes(s.postal_code, s.address)):
        return True
    if any(area_code(phone, party.country) == NAMESAKE_AREA for phone in party.phones[:50]):
        return True
    numbers = (chinese_number(i.scheme, i.value, i.country or party.country) for i in party.identifiers)
    return any(n is not None and n.valid and n.region == NAMESAKE_CODE for n in numbers)


def _postcodes(stated: str | None, address: str | None) -> tuple[str, ...]:
    return (*postcodes_in(stated or "", stated=True), *postcodes_in(address or ""))
