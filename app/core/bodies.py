"""Bodies of police, justice and detention by their names, and whether a party is one of the region."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.core.texts.context import REGION, lies_there
from app.core.texts.phrases import same_length

if TYPE_CHECKING:
    from .case import Case

SECURITY = re.compile(
    r"公安|警察|监狱|看守所|教培中心|教育培训中心|司法厅|司法局|政法委|国家安全"
    r"|\b(?:public security|police|prison|detention|re-?education|bureau of justice|state security|political and legal)\b"
)
DETENTION = re.compile(
    r"监狱|看守所|劳教|戒毒所|教培中心|职业技能教育培训中心|教育转化"
    r"|\b(?:prison|jail|detention cent(?:er|re)|vocational skills? education(?: and)? training cent(?:er|re)|vsetc|re-?education (?:camp|cent(?:er|re)))\b"
)
"""Facilities that hold people: what carries such a name is one, or belongs to one."""


def named_as(case: Case, ref: str, names: re.Pattern[str]) -> str | None:
    """The first name of an organisation that matches; None for a person."""
    party = case.parties[ref].party
    if party.kind == "person":
        return None
    return next((n for n in party.names[:20] if names.search(same_length(n))), None)


def of_the_region(case: Case, ref: str) -> bool:
    """Whether a party's sites, registration or name place it in Xinjiang."""
    if lies_there(case.places, ref):
        return True
    if any(REGION.search(same_length(n)) for n in case.parties[ref].party.names[:20]):
        return True
    return any(r.strength is not None for r in case.places.names(ref))
