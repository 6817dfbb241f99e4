"""Provinces, cities and counties of China outside the region, in text and by code: the parent that explains a namesake."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .words import CHINA_WORDS, COUNTRIES, STREET_HAN, STREET_LATIN


def _list(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MOST = 20
"""Most names kept of one text."""

_PARK_HAN = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:园区?|工业城|开发区|新村|援疆|对口|援建)")
_PARK_LATIN = _set("park zone estate aid assistance")
_GENERIC = _set("城区 郊区 矿区 市中区 新区 市区 东区 西区 南区 北区 城中区 城东区 城西区 城北区 经济区")
_PLAIN_WORDS = _set("aba dali jian hebi heze anda ya linxia haidong haibei haixi ngari")
_BIG = _list(
    "广州 深圳 东莞 佛山 苏州 南京 杭州 宁波 温州 无锡 常州 武汉 成都 西安 青岛 济南 烟台 威海 大连 沈阳 哈尔滨 长春 合肥 福州 厦门"
    " 泉州 南昌 郑州 长沙 昆明 贵阳 兰州 呼和浩特 太原 运城 石家庄 保定 唐山 南通 盐城 义乌 绍兴 嘉兴 巴中 珠海 惠州 扬州 徐州"
    " 台湾 台北 台中 台南 高雄 新竹 桃园市 香港 澳门 中山市 荣成"
)
_TYPE = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市)$")
_WORD = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


@dataclass(frozen=True)
class Other:
    """A place outside the region that a text names; ``park``: an aid park or zone carries its name, which places nothing."""

    text: str
    start: int
    end: int
    han: bool
    park: bool


class Elsewhere:
    """The divisions of China outside the region, ready to be found in text and looked up by code."""

    def __init__(self, names: Mapping[str, tuple[str, str]], own_names: Iterable[str]) -> None:
        self.names = names
        own = frozenset(own_names)
        self.han: dict[str, list[str]] = defaultdict(list)
        self.latin: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for code, (chinese, english) in names.items():
            self._add_han(code, chinese, own)
            words = tuple(_WORD.findall(_plain(english)))
            if words and " ".join(words) not in own and not (len(words) == 1 and words[0] in _PLAIN_WORDS):
                self.latin[words[0]].append(words)
        for name in _BIG if names else ():
            self.han[name[:2]].append(name)
        for found in self.han.values():
            found.sort(key=len, reverse=True)

    def _add_han(self, code: str, chinese: str, own: frozenset[str]) -> None:
        forms = [chinese]
        if code.endswith("0000"):
            forms.append(_TYPE.sub("", chinese))
        for form in forms:
            long_enough = len(form) >= 3 or code.endswith("0000")
            if long_enough and form not in own and form not in _GENERIC and not form.startswith("新疆"):
                self.han[form[:2]].append(form)

    def division(self, code: str) -> str:
        """The place of a division code in words ("新绛县, Yuncheng, Shanxi"), or an empty string for an unknown province."""
        parts = [self.names.get(code), self.names.get(f"{code[:4]}00"), self.names.get(f"{code[:2]}0000")]
        shown = (english or chinese for part in parts if part is not None for chinese, english in (part,))
        return ", ".join(dict.fromkeys(shown))

    def find(self, text: str) -> tuple[Other, ...]:
        """The places outside the region named in a normalised text; a street named after one does not count."""
        han = () if text.isascii() else self._find_han(text)
        return (*han, *self._find_latin(text))[:MOST]

    def _find_han(self, text: str) -> list[Other]:
        found: list[Other] = []
        at = 0
        while at < len(text) - 1 and len(found) < MOST:
            name = next((n for n in self.han.get(text[at : at + 2], ()) if text.startswith(n, at)), None)
            if name is None:
                at += 1
                continue
            end = at + len(name)
            if not STREET_HAN.match(text, end):
                found.append(Other(name, at, end, True, _PARK_HAN.match(text, end) is not None))
            at = end
        return found

    def _find_latin(self, text: str) -> list[Other]:
        found: list[Other] = []
        if not any(_plain(word) in self.latin for word in _WORD.findall(text)):
            return found
        words = [(_plain(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]
        for at, (first, start, _) in enumerate(words):
            for name in self.latin.get(first, ()):
                after = [w[0] for w in words[at + len(name) : at + len(name) + 6]]
                if tuple(w[0] for w in words[at : at + len(name)]) != name or STREET_LATIN & set(after[:2]):
                    continue
                end = words[at + len(name) - 1][2]
                if name == ("xian",) and not _is_city_of_xian(text, start, after):
                    continue
                found.append(Other(text[start:end].title(), start, end, False, bool(_PARK_LATIN & set(after))))
                break
            if len(found) >= MOST:
                break
        return found


def country_in(text: str) -> str | None:
    """The country with namesakes that a normalised text names, or CN where it names China; None where neither."""
    if CHINA_WORDS.search(text):
        return "CN"
    return next((code for code, words in COUNTRIES.items() if words.search(text)), None)


def _is_city_of_xian(text: str, start: int, after: list[str]) -> bool:
    """Xi'an the city stands first or after a comma, or says so; after a name xian is the word for county."""
    return (
        not text[:start].strip()
        or text[:start].rstrip().endswith((",", ";"))
        or bool({"city", "shi", "shaanxi"} & set(after[:2]))
    )


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower().replace("'", "")
    decomposed = unicodedata.normalize("NFKD", word.lower().replace("'", "").replace("’", ""))
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch))
