"""The names of the Xinjiang Production and Construction Corps: its divisions and state-asset bodies are the Corps itself.

A company merely named after the Corps or a division is another body: only its owner can say more (risk.md 4; law.md 8.7).
"""

from __future__ import annotations

import re
from enum import StrEnum

from .names import fold

PARTY = "karez:xpcc"

_NUMBER = "(?:[一二三四五六七八九十]{1,3}|1[0-4]|[1-9])"
_CORPS_HAN = "新疆生产建设兵团|新疆建设兵团|新疆兵团|生产建设兵团(?=农业建设第|第)|兵团"
_DIVISION_HAN = f"(?:农业建设)?第?{_NUMBER}师"
_CITIES = "石河子|阿拉尔|图木舒克|五家渠|北屯|铁门关|双河|可克达拉|昆玉|胡杨河|新星|白杨"
_STATE_ASSETS = (
    "国有资产监督管理委员会|国有资产管理委员会|国资委|国有资产监督管理局"
    "|(?:国有资[本产](?:投资)?(?:运营|经营)|国资(?:投资)?(?:运营|经营))(?:管理)?(?:\\(集团\\)|集团)?(?:股份)?(?:有限)?(?:责任)?公司"
)
_BODY = f"{_STATE_ASSETS}|财政局|党委|党委员会|师部|管理局"
_ITSELF_HAN = re.compile(
    rf"({_CORPS_HAN})({_DIVISION_HAN})?([\u4e00-\u9fff]{{2,4}}市)?({_BODY})?"
    rf"|(新疆)?农{_NUMBER}师({_BODY})?"
    rf"|第?{_NUMBER}师({_CITIES})市({_BODY})?"
    rf"|第?{_NUMBER}师({_STATE_ASSETS})"
)
_NAMED_AFTER_HAN = re.compile(
    rf"新疆生产建设兵团|^(新疆兵团|(生产建设)?兵团(农业建设)?第?{_NUMBER}师|(新疆)?农{_NUMBER}师|第?{_NUMBER}师({_CITIES})市)"
)
_DIVISION_COMPANY_HAN = re.compile(
    rf"第{_NUMBER}师(?!范|傅|父|资|生|大).*(公司|集团|厂|农场|合作社|中心|医院|学校|大学)"
)

_ORDINAL = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    "|1st|2nd|3rd|4th|5th|6th|7th|8th|9th|10th|11th|12th|13th|14th"
)
_CORPS = "xpcc|xinjiang production and construction (corps|corporation|group)|xinjiang bingtuan|bingtuan"
_DIVISION = rf"(the )?({_ORDINAL}) (agricultural )?division"
_ASSETS = (
    "(state owned assets supervision and administration commission|state owned assets (administration )?commission|sasac"
    "|state owned (capital|assets) (investment )?(and )?(operations?|management)( group)?( co| company| corporation)?( ltd| limited)?)"
)
_ITSELF_LATIN = re.compile(
    rf"(({_ASSETS}) (of )?)?(the )?(({_CORPS})( xpcc| bingtuan)? {_DIVISION}|{_DIVISION} (of )?(the )?({_CORPS})( xpcc)?"
    rf"|(the )?({_ORDINAL}) agricultural( construction)? division"
    rf"|(xpcc )?({_CORPS})( xpcc| bingtuan)?)( {_ASSETS})?"
)
_NAMED_AFTER_LATIN = re.compile(rf"\b({_CORPS})\b")
_HAN_WITH_LATIN = re.compile(r"(?P<han>[\u4e00-\u9fff]+) xpcc")
_SECURITY = re.compile(r"公安|监狱|public security|prison")


class Standing(StrEnum):
    """What a name says about its bearer's standing to the Corps."""

    ITSELF = "itself"
    NAMED_AFTER = "named_after"


def standing(name: str) -> Standing | None:
    """Whether a name is the Corps, a division or a state-asset body of it, or another body named after it; None otherwise.

    The Corps' Public Security Bureau and prisons are bodies of their own and never the Corps.
    """
    folded = fold(name)
    squeezed = folded.replace(" ", "")
    if _SECURITY.search(folded) or _SECURITY.search(squeezed):
        return None
    both = _HAN_WITH_LATIN.fullmatch(folded)
    if _ITSELF_HAN.fullmatch(both["han"] if both else squeezed) or _ITSELF_LATIN.fullmatch(folded):
        return Standing.ITSELF
    if _NAMED_AFTER_HAN.search(squeezed) or _DIVISION_COMPANY_HAN.fullmatch(squeezed):
        return Standing.NAMED_AFTER
    return Standing.NAMED_AFTER if _NAMED_AFTER_LATIN.search(folded) else None
