"""The names of the Xinjiang Production and Construction Corps: its divisions and state-asset bodies are the Corps itself.

A company merely named after the Corps or a division is another body: only its owner can say more (risk.md 4; law.md 8.7).
"""

from __future__ import annotations

import re
from enum import StrEnum

from .names import fold

PARTY = "karez:xpcc"

_NUMBER = "[一二三四五六七八九十]{1,3}"
_BODY = "国有资产监督管理委员会|国有资产管理委员会|国资委|国有资产监督管理局|财政局|党委|党委员会|师部|管理局"
_ITSELF_HAN = re.compile(
    rf"(新疆生产建设兵团|兵团)(第?{_NUMBER}师)?([\u4e00-\u9fff]{{2,4}}市)?({_BODY})?"
    rf"|(新疆)?农{_NUMBER}师({_BODY})?"
    rf"|第?{_NUMBER}师([\u4e00-\u9fff]{{2,4}}市)?(国有资产监督管理委员会|国资委)"
)
_NAMED_AFTER_HAN = re.compile(rf"(新疆生产建设兵团|兵团第|兵团{_NUMBER}师|农{_NUMBER}师|第{_NUMBER}师)")
_COMPANY_HAN = re.compile(r"(公司|集团|厂|农场|合作社|中心|医院|学校|大学)$")

_ORDINAL = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    "|1st|2nd|3rd|4th|5th|6th|7th|8th|9th|10th|11th|12th|13th|14th"
)
_CORPS = "xpcc|xinjiang production and construction (corps|corporation|group)|xinjiang bingtuan|bingtuan"
_DIVISION = rf"(the )?({_ORDINAL}) (agricultural )?division"
_ASSETS = "(state owned assets supervision and administration commission|state owned assets (administration )?commission|sasac)"
_ITSELF_LATIN = re.compile(
    rf"(({_ASSETS}) (of )?(the )?)?(({_CORPS}) {_DIVISION}|{_DIVISION} (of )?(the )?({_CORPS})|({_CORPS}))( {_ASSETS})?"
)
_NAMED_AFTER_LATIN = re.compile(rf"\b({_CORPS})\b")
_SECURITY = re.compile(r"公安|监狱|public security|prison")


class Standing(StrEnum):
    """What a name says about its bearer's standing to the Corps."""

    ITSELF = "itself"
    NAMED_AFTER = "named_after"


def standing(name: str) -> Standing | None:
    """Whether a name is the Corps, a division or a state-asset body of it, or a company named after it; None otherwise.

    The Corps' Public Security Bureau and prisons are bodies of their own and never the Corps.
    """
    folded = fold(name)
    squeezed = folded.replace(" ", "")
    if _SECURITY.search(folded) or _SECURITY.search(squeezed):
        return None
    if _ITSELF_HAN.fullmatch(squeezed) or _ITSELF_LATIN.fullmatch(folded):
        return Standing.ITSELF
    if _NAMED_AFTER_HAN.match(squeezed) and _COMPANY_HAN.search(squeezed):
        return Standing.NAMED_AFTER
    if _NAMED_AFTER_LATIN.search(folded):
        return Standing.NAMED_AFTER
    return None
