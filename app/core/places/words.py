"""The words that decide what a place's name means: streets, buildings, products, namesakes and countries (risk.md 3).

Every pattern follows a row of the reference's false friends; the names themselves are data of the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
HAN_TEXT = re.compile("[\u3400-\u9fff]")

STREET_LATIN = _set(
    "road rd roads street st str avenue ave av lu jie dadao boulevard blvd lane highway hwy expressway улица ул проспект"
)
STREET_HAN = re.compile(
    r"(?:[东南西北中][一二三四五]?|[一二三四五六七八九十])?(?:路|街(?!道办)|大街|大道|巷|弄|里(?!木|克))"
)
"""What makes the place before it a street's name (rule 4)."""

DIRECTIONS = _set(
    "north south east west middle central bei nan dong xi zhong n s e w 1st 2nd 3rd 4th first second third"
)

BUILDING_LATIN = _set(
    "building hotel mansion plaza tower restaurant village house guesthouse dapanji cuisine kitchen noodles bbq"
)
"""After a place they make a building or an eating place, wherever it stands: liaison offices sit in such, so it is no site."""

NOT_AFTER: Mapping[str, str] = {
    "和硕": r"联合|科技",
    "新疆": r"域|街道|村|大厦|宾馆|饭店|酒店|餐厅|办事处|菜|烤",
    "阿克苏": r"诺",
    "乌苏": r"里|啤",
    "库车": r"位",
    "额敏": r"感",
    "哈密": r"瓜|顿|尔顿",
    "库尔勒": r"香梨",
    "和田": r"玉|[一-龥]{1,2}子|一",
    "巴楚": r"文化",
    "达坂城": r"大盘鸡|餐",
    "中新建": r"[设材]",
    "塔城": r"乡|镇",
    "霍城": r"镇",
    "水磨沟": r"镇",
    "独山子": r"乡",
    "新市区": r"街道",
    "五一农场": r"街道",
    "北疆": r"云",
}
"""What may not follow a Han name: with it the text means something else."""

NOT_BEFORE: Mapping[str, str] = {
    "兵团": r"建设$",
    "乌市": r"义$",
    "库车": r"车$",
    "伽师": r"瑜$",
    "于田": r"位$",
    "特克斯": r"[奥维迪艾安伊法诺恒]$",
}
"""What may not stand before a Han name."""

NORMAL_SCHOOL = re.compile(r"[范傅父资]")
"""After 第N师 it is a teachers' college or a teacher, not a division."""

FALSE_PHRASES = frozenset({("xinjiang", "county"), ("xinjiang", "xian"), ("xinjiang", "town"), ("hetian", "town")})
"""Latin phrases that begin like a place of the region and are not it: Xinjiang County is in Shanxi, Hetian Town in Fujian."""

NAMESAKE_CODE, NAMESAKE_AREA = "140825", "359"
"""Division code and area code of Xinjiang County (新绛县), Shanxi, the namesake whose English name is the region's."""

PRODUCT_WORDS = _set(
    "melon melons pear pears jade rug rugs carpet carpets raisin raisins apricot apricots cantaloupe flavour flavor beer grape"
    " grapes nephrite"
)
"""After a place they name a variety or style, not an address: an origin question (rule 8)."""

STYLE_WORDS = _set(
    "jade nephrite rug rugs carpet carpets beer style styles styled design designs pattern patterns motif motifs"
)
"""Of these the ones that name a trade style made anywhere: not even a question of origin."""

_COUNTRY_WORDS: Mapping[str, str] = {
    "KZ": r"\bka[sz]a[ck]h?stan\b|казахстан|қазақстан|哈萨克斯坦",
    "KG": r"\bk[iy]rg[iy]?zstan\b|\bkyrgyz republic\b|кыргызстан|киргизия|吉尔吉斯",
    "TJ": r"\btaji?kistan\b|таджикистан|塔吉克斯坦",
    "UZ": r"\buzbekistan\b|узбекистан|乌兹别克斯坦",
    "TR": r"\bturkey\b|\bt[uü]rkiye\b|土耳其|турция",
    "RU": r"\brussian? federation\b|\brussia\b|россия|俄罗斯",
    "MN": r"(?<!inner )\bmongolia\b(?! autonomous)|монгол улс|蒙古国",
    "AF": r"\bafghanistan\b|阿富汗",
    "PK": r"\bpakistan\b|巴基斯坦",
    "IN": r"\bindia\b|印度(?!尼)",
    "PG": r"\bpapua new guinea\b|巴布亚新几内亚",
    "TW": r"\btaiwan\b|台湾|台北|台中市|高雄|新北市|桃园市",
    "AZ": r"\bazerbaijan\b|阿塞拜疆",
}
COUNTRIES: Mapping[str, re.Pattern[str]] = {code: re.compile(words) for code, words in _COUNTRY_WORDS.items()}
"""How texts name the countries that have places of the same names (rule 5), folded and simplified."""

NAMESAKES = frozenset(COUNTRIES)
CHINA_WORDS = re.compile(r"\b(?:p\.?\s?r\.?\s?(?:of )?china|china|prc)\b|中国|中华人民共和国|китай")

TONES = frozenset("\u0304\u0301\u030c\u0300")
"""The tone marks of pinyin: without them a word is the same word; an umlaut is not one (Küche is not Kuche)."""

UYGHUR_TYPES = _set("شەھىرى شەھرى ناھىيىسى ناھىيەسى رايونى ۋىلايىتى ئوبلاستى ئاپتونوم موڭغۇل قىرغىز قازاق خۇيزۇ")
"""Uyghur words for city, county, district, prefecture and autonomous: what stands before them is the name."""

UYGHUR_ENDINGS = ("", "دا", "دە", "تا", "تە", "دىن", "تىن", "نىڭ", "غا", "گە", "قا", "كە", "لىق", "لىك", "دىكى", "تىكى")
CYRILLIC_ENDINGS = ("", "а", "у", "е", "ом", "ой", "ы", "и", "ский", "ского", "ская", "ской", "ском")
"""Case endings that a name carries in running Uyghur and Russian."""
