"""Chinese names in the ways they are written: Wade-Giles, pinyin without or with spaces, and Han with the same sound."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from random import Random

from pypinyin import Style, lazy_pinyin, pinyin

COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高"
    "自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道"
    "命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根"
    "论运农指几九区强放决西被干做必战先回则任取据处府国全军俊君伟芳娜敏静丽强磊洋艳勇杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文海峰林云飞龙凤春生祥福贵荣康宁安庆德仁"
    "义礼智信忠孝诚正瑞雪晨曦浩然博子涵宇轩家豪嘉怡欣悦思远鹏程万里宏伟大鸿达旺盛昌隆兴泰顺利丰盈金银铜铁钢石玉珠宝陈全国霍留军朱海仑王明山孙金龙彭家瑞胡联合高奇"
)
"""Frequent characters of running text and of given names, from which a homophone is drawn; not a list of anybody's names."""
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Syllable to Wade-Giles, to given-name characters, to family-name characters."""
    wade: dict[str, str] = {}
    given: dict[str, set[str]] = defaultdict(set)
    family: dict[str, set[str]] = defaultdict(set)
    for character in COMMON:
        syllable = lazy_pinyin(character)[0]
        given[syllable].add(character)
    for character in SURNAMES:
        family[lazy_pinyin(character)[0]].add(character)
    for character in (*SURNAMES, *COMMON, *map(chr, range(0x4E00, 0x9FA6))):
        syllable = lazy_pinyin(character)[0]
        if syllable not in wade and syllable.isascii():
            wade[syllable] = pinyin(character, style=Style.WADEGILES)[0][0].replace("v", "ü")
    join = {k: "".join(sorted(v)) for k, v in given.items()}
    return wade, join, {k: "".join(sorted(v)) for k, v in family.items()}


def syllables(name: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """``HUO, Liujun`` as family and given syllables, or None where it is no pinyin name of two or three syllables."""
    family, comma, given = name.lower().partition(", ")
    if not comma or not re.fullmatch("[a-z]+", family) or family not in _tables()[2]:
        return None
    parts = _cut(re.sub(r"[^a-z]", "", given))
    return ((family,), parts) if parts and len(parts) <= 2 else None


@lru_cache(maxsize=10_000)
def _cut(text: str) -> tuple[str, ...] | None:
    """The fewest pinyin syllables that make ``text``."""
    known = _tables()[0]
    if not text:
        return ()
    best: tuple[str, ...] | None = None
    for end in range(min(6, len(text)), 0, -1):
        if (
            text[:end] in known
            and (rest := _cut(text[end:])) is not None
            and (best is None or len(rest) + 1 < len(best))
        ):
            best = (text[:end], *rest)
    return best


def wade_giles(name: str, _random: Random, person: bool) -> str | None:
    """``HUO, Liujun`` as ``Ho Liu-chün``, where that differs."""
    parts = syllables(name) if person else None
    if parts is None:
        return None
    table = _tables()[0]
    made = f"{table[parts[0][0]].capitalize()} {'-'.join(table[s] for s in parts[1]).capitalize()}"
    return None if re.sub("[^a-z]", "", made.lower()) == "".join(parts[0] + parts[1]) else made


def pinyin_unspaced(name: str, random: Random, person: bool) -> str | None:
    """``HUO, Liujun`` as ``Huoliujun``, ``Huo Liu Jun`` or ``Liu Jun Huo``."""
    parts = syllables(name) if person else None
    if parts is None:
        return None
    family, given = parts
    return random.choice(
        ("".join(family + given).title(), " ".join(family + given).title(), " ".join(given + family).title())
    )


def homophone(name: str, random: Random, person: bool) -> str | None:
    """A Han name that sounds like this one."""
    parts = syllables(name) if person else None
    if parts is None:
        return None
    _, given, family = _tables()
    if parts[0][0] not in family or any(s not in given for s in parts[1]):
        return None
    return random.choice(family[parts[0][0]]) + "".join(random.choice(given[s]) for s in parts[1])


CHINESE = {"wade_giles": wade_giles, "pinyin_unspaced": pinyin_unspaced, "han_homophone": homophone}
