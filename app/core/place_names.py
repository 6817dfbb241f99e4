"""Names of Xinjiang places in text: whole words in alphabets, substrings in Han, with the patterns that tell namesakes apart.

Rules and namesakes follow the reference's false friends. A strong name alone is a fact; a weak one needs a second.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .names import simplified
from .reference import Place

MENTIONS = 40
"""Most mentions kept of one text."""

LOOKED_AT = 300_000
"""Characters of a text that are read."""

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[^\W{_CJK}_]+")
_CJK_RUN = re.compile(rf"[{_CJK}]+")
HAN_TEXT = re.compile("[\u3400-\u9fff]")
_APOSTROPHES = re.compile("['’‘`´ʻʼ′]")

STREET_LATIN = frozenset(
    [
        "road",
        "rd",
        "street",
        "st",
        "str",
        "avenue",
        "ave",
        "av",
        "lu",
        "jie",
        "dadao",
        "boulevard",
        "blvd",
        "lane",
        "highway",
        "hwy",
    ]
)
STREET_HAN = re.compile(r"(?:[东南西北中][一二三四]?|[一二三四])?(?:路|街(?!道办)|大街|大道|巷|弄|里(?!木))")
"""What makes the place before it a street's name (risk.md 3, rule 4)."""

NOT_AFTER: dict[str, str] = {
    "和硕": r"联合|科技",
    "新疆": r"域|街道|村|大厦|宾馆|饭店|酒店|餐厅|办事处",
    "阿克苏": r"诺",
    "乌苏": r"里|啤",
    "库车": r"位",
    "额敏": r"感",
    "哈密": r"瓜|顿|尔顿",
    "库尔勒": r"香梨",
    "和田": r"玉",
    "巴楚": r"文化",
    "达坂城": r"大盘鸡|餐",
    "中新建": r"[设材]",
    "塔城": r"乡|镇",
    "霍城": r"镇",
    "水磨沟": r"镇",
    "独山子": r"乡",
    "新市区": r"街道",
    "五一农场": r"街道",
}
"""What may not follow a Han name: with it the text means something else."""

NOT_BEFORE: dict[str, str] = {"乌市": r"义$", "库车": r"车$", "伽师": r"瑜$", "于田": r"位$"}
"""What may not stand before a Han name."""

FALSE_PHRASES = frozenset(
    {("xinjiang", "county"), ("xinjiang", "village"), ("xinjiang", "hotel"), ("xinjiang", "restaurant")}
)
"""Latin phrases that begin like the region and are not it: Xinjiang County is in Shanxi."""

PRODUCT_WORDS = frozenset(
    [
        "melon",
        "melons",
        "pear",
        "pears",
        "jade",
        "rug",
        "rugs",
        "carpet",
        "carpets",
        "raisin",
        "raisins",
        "apricot",
        "apricots",
        "cantaloupe",
        "flavour",
        "flavor",
    ]
)
"""After a place they name a variety or style, not an address: an origin question (risk.md 3, rule 8)."""

ELSEWHERE_LATIN = frozenset(
    [
        "anhui",
        "fujian",
        "gansu",
        "guangdong",
        "guangxi",
        "guizhou",
        "hainan",
        "hebei",
        "heilongjiang",
        "henan",
        "hubei",
        "hunan",
        "jiangsu",
        "jiangxi",
        "jilin",
        "liaoning",
        "ningxia",
        "qinghai",
        "shaanxi",
        "shandong",
        "shanxi",
        "sichuan",
        "tibet",
        "yunnan",
        "zhejiang",
        "beijing",
        "shanghai",
        "tianjin",
        "chongqing",
        "guangzhou",
        "shenzhen",
        "dongguan",
        "foshan",
        "suzhou",
        "nanjing",
        "hangzhou",
        "ningbo",
        "wenzhou",
        "wuxi",
        "changzhou",
        "wuhan",
        "chengdu",
        "xian",
        "qingdao",
        "jinan",
        "yantai",
        "weihai",
        "dalian",
        "shenyang",
        "harbin",
        "changchun",
        "hefei",
        "fuzhou",
        "xiamen",
        "quanzhou",
        "nanchang",
        "zhengzhou",
        "changsha",
        "kunming",
        "guiyang",
        "lanzhou",
        "hohhot",
        "taiyuan",
        "yuncheng",
        "shijiazhuang",
        "baoding",
        "langfang",
        "tangshan",
        "nantong",
        "yancheng",
        "yiwu",
        "shaoxing",
        "jiaxing",
    ]
)
ELSEWHERE_HAN = [
    "安徽",
    "福建",
    "甘肃",
    "广东",
    "广西",
    "贵州",
    "海南",
    "河北",
    "黑龙江",
    "河南",
    "湖北",
    "湖南",
    "江苏",
    "江西",
    "吉林",
    "辽宁",
    "宁夏",
    "青海",
    "陕西",
    "山东",
    "山西",
    "四川",
    "西藏",
    "云南",
    "浙江",
    "内蒙古",
    "北京",
    "上海",
    "天津",
    "重庆",
    "广州",
    "深圳",
    "东莞",
    "佛山",
    "苏州",
    "南京",
    "杭州",
    "宁波",
    "温州",
    "无锡",
    "常州",
    "武汉",
    "成都",
    "西安",
    "青岛",
    "济南",
    "烟台",
    "威海",
    "大连",
    "沈阳",
    "哈尔滨",
    "长春",
    "合肥",
    "福州",
    "厦门",
    "泉州",
    "南昌",
    "郑州",
    "长沙",
    "昆明",
    "贵阳",
    "兰州",
    "呼和浩特",
    "太原",
    "运城",
    "石家庄",
    "保定",
    "唐山",
    "南通",
    "盐城",
    "义乌",
    "绍兴",
    "嘉兴",
]
"""Provinces and large cities outside the region (GB/T 2260): named in the same address, they are its parent."""

_ELSEWHERE_HAN = re.compile("|".join(ELSEWHERE_HAN))


@dataclass(frozen=True)
class Mention:
    """A name found: ``text`` as it stands in the normalised text, ``strong`` or not, and the words that follow it."""

    place: Place
    text: str
    start: int
    end: int
    strong: bool
    han: bool
    street: bool
    product: bool


def normal(text: str) -> str:
    """NFKC, simplified Han, lower case, without apostrophes; accents stay (Küche is not Kuche)."""
    cut = unicodedata.normalize("NFKC", text[:LOOKED_AT])
    return _APOSTROPHES.sub("", simplified(cut).lower())


def unaccented(word: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFKD", word) if not unicodedata.combining(ch))


class PlaceIndex:
    """The gazetteer's names, ready to be found in text in one pass."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.words: dict[str, list[tuple[tuple[str, ...], Place, bool]]] = defaultdict(list)
        self.han: dict[str, list[tuple[str, Place, bool]]] = defaultdict(list)
        self.accented: set[str] = set()
        for place in places:
            if place.level == "historical":
                continue
            for name, strong in self._names(place):
                self._add(normal(name), place, strong=strong)
        for words in self.words.values():
            words.sort(key=lambda n: (-len(n[0]), not n[2]))
        for names in self.han.values():
            names.sort(key=lambda n: (-len(n[0]), not n[2]))

    @staticmethod
    def _names(place: Place) -> Iterator[tuple[str, bool]]:
        weak = {w.lower() for w in place.weak_aliases}
        english = re.sub(r"\s*\(.*?\)", "", place.name_en)
        for name in (place.name_zh, english, *place.aliases):
            yield name, name.lower() not in weak
        for name in place.weak_aliases:
            yield name, False

    def _add(self, name: str, place: Place, *, strong: bool) -> None:
        if _CJK_RUN.fullmatch(name.replace(" ", "").replace("-", "").replace("—", "")):
            if len(name) >= 2:
                self.han[name[:2]].append((name, place, strong))
            return
        words = tuple(_WORD.findall(name))
        if not any(c.isalpha() for word in words for c in word):
            return  # "104团" leaves a bare number here, which names no place; XPCC units are read by xpcc.py
        if words and sum(map(len, words)) >= 2:
            plain = tuple(unaccented(w) for w in words)
            self.words[plain[0]].append((plain, place, strong))
            self.accented.update(w for w in words if unaccented(w) != w)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The places named in a text, longest name first where names overlap, at most ``MENTIONS``."""
        normalised = normal(text)
        found = [*self._han(normalised), *self._words(normalised)]
        return tuple(found[:MENTIONS])

    def _words(self, text: str) -> Iterator[Mention]:
        words = [(m.group(), unaccented(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]
        at, kept = 0, 0
        while at < len(words) and kept < MENTIONS:
            step = 1
            for name, place, strong in self.words.get(words[at][1], ()):
                if tuple(w[1] for w in words[at : at + len(name)]) != name:
                    continue
                after = words[at + len(name)][1] if at + len(name) < len(words) else ""
                if (name[-1], after) in FALSE_PHRASES:
                    break
                written = [w for w in words[at : at + len(name)] if w[0] != w[1]]
                known = all(w[0] in self.accented for w in written)
                yield Mention(
                    place=place,
                    text=text[words[at][2] : words[at + len(name) - 1][3]],
                    start=words[at][2],
                    end=words[at + len(name) - 1][3],
                    strong=strong and known,
                    han=False,
                    street=after in STREET_LATIN or _directed(words, at + len(name)),
                    product=after in PRODUCT_WORDS,
                )
                kept += 1
                step = len(name)
                break
            at += step

    def _han(self, text: str) -> Iterator[Mention]:
        kept = 0
        for run in _CJK_RUN.finditer(text):
            at = run.start()
            while at < run.end() - 1 and kept < MENTIONS:
                step = 1
                for name, place, strong in self.han.get(text[at : at + 2], ()):
                    if not text.startswith(name, at) or _other_meaning(name, text, at):
                        continue
                    after = text[at + len(name) : at + len(name) + 4]
                    yield Mention(
                        place=place,
                        text=name,
                        start=at,
                        end=at + len(name),
                        strong=strong,
                        han=True,
                        street=STREET_HAN.match(after) is not None,
                        product=False,
                    )
                    kept += 1
                    step = len(name)
                    break
                at += step


def _directed(words: list[tuple[str, str, int, int]], at: int) -> bool:
    """``Urumqi North Road``, ``Xinjiang 2nd Street``: one word between the name and the street word."""
    middle = {
        "north",
        "south",
        "east",
        "west",
        "middle",
        "bei",
        "nan",
        "dong",
        "xi",
        "zhong",
        "n",
        "s",
        "e",
        "w",
        "1st",
        "2nd",
        "3rd",
    }
    return at + 1 < len(words) and words[at][1] in middle and words[at + 1][1] in STREET_LATIN


def _other_meaning(name: str, text: str, at: int) -> bool:
    """Whether the characters around a Han name make it mean something else."""
    if re.search(r"第?[一二三四五六七八九十]+师$", name) and re.match(
        r"[范傅父资]", text[at + len(name) : at + len(name) + 1]
    ):
        return True
    core = next((key for key in (name, name.rstrip("市县区")) if key in NOT_AFTER or key in NOT_BEFORE), None)
    if core is None:
        return False
    end = at + len(core)
    if core in NOT_AFTER and re.match(NOT_AFTER[core], text[end : end + 3]):
        return True
    return core in NOT_BEFORE and re.search(NOT_BEFORE[core], text[max(0, at - 2) : at]) is not None


def named_elsewhere(text: str) -> str | None:
    """The province or large city outside the region that a text names (a street named after one does not count)."""
    normalised = normal(text)
    for match in _ELSEWHERE_HAN.finditer(normalised):
        if not STREET_HAN.match(normalised[match.end() : match.end() + 3]):
            return match.group()
    words = [unaccented(w) for w in _WORD.findall(normalised)]
    for n, word in enumerate(words):
        if word in ELSEWHERE_LATIN and not (set(words[n + 1 : n + 3]) & STREET_LATIN):
            return word.capitalize()
    return None
