"""Names so frequent that equality says little: a very common Chinese family name with a given name of one syllable, or one of the
fifty most frequent full names.

Sources: Ministry of Public Security, National Name Report 2020 (the hundred commonest family names, some 85 percent of the people), and
its count of full names (2007: from 290,000 bearers of the first to 150,000 of the fiftieth; by one spelling in pinyin several times as many).
The measure is how many people share a spelling, never where a name comes from.
"""

from __future__ import annotations

import re

from app.core.names import Name

FAMILY = frozenset(
    [
        "wang",
        "li",
        "zhang",
        "liu",
        "chen",
        "yang",
        "huang",
        "zhao",
        "wu",
        "zhou",
        "xu",
        "sun",
        "ma",
        "zhu",
        "hu",
        "guo",
        "he",
        "lin",
        "gao",
        "luo",
        "zheng",
        "liang",
        "xie",
        "song",
        "tang",
        "deng",
        "han",
        "feng",
        "cao",
        "peng",
        "zeng",
        "xiao",
        "tian",
        "dong",
        "pan",
        "yuan",
        "cai",
        "jiang",
        "yu",
        "du",
        "ye",
        "cheng",
        "wei",
        "su",
        "lu",
        "ding",
        "ren",
        "lv",
        "yao",
        "shen",
        "zhong",
        "cui",
        "tan",
        "fan",
        "wang",
        "liao",
        "shi",
        "jin",
        "jia",
        "xia",
        "fu",
        "fang",
        "zou",
        "xiong",
        "bai",
        "meng",
        "qin",
        "qiu",
        "hou",
        "jiang",
        "yin",
        "xue",
        "yan",
        "lei",
        "long",
        "tao",
        "he",
        "gu",
        "mao",
        "hao",
        "gong",
        "shao",
        "wan",
        "qian",
        "dai",
        "mo",
        "kong",
        "xiang",
        "chang",
    ]
)
"""Romanised without tones; several family names share a spelling."""

SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|a|e|i|o|u|v)"
)


def is_common_name(name: Name) -> bool:
    """Whether the name is two syllables, one of them a very common family name: thousands of people bear it."""
    parts = name.tokens
    if len(parts) != 2 or len(name.han) > 2:
        return False
    return any(a in FAMILY and SYLLABLE.fullmatch(b) is not None for a, b in (parts, parts[::-1]))


MOST_FREQUENT = frozenset(
    f"{family} {given}"
    for family, givens in {
        "zhang": "wei min li jing xiuying yong jie lei yan tao jun qiang",
        "wang": "wei fang jing xiuying li min lei yan yong qiang jun tao chao juan jie xiulan gang ping",
        "li": "wei na jing xiuying qiang min jun jie juan yan ming yong xia li",
        "liu": "wei yang jie min fang",
    }.items()
    for given in givens.split()
)
"""The fifty most frequent full names of China in pinyin, family name first."""


def is_most_frequent(name: Name) -> bool:
    """Whether hundreds of thousands bear the name: alone it points at nobody."""
    parts = name.tokens
    return len(parts) >= 2 and any(
        f"{a} {''.join(b)}" in MOST_FREQUENT for a, b in ((parts[0], parts[1:]), (parts[-1], parts[:-1]))
    )


def turned_round(name: Name, other: Name) -> bool:
    """Whether two equal common names have each other's family name: ``Zhao Wei`` is a Zhao, ``WEI, Zhao`` is a Wei.

    Only where both words are common family names; the family name stands before a comma, or in capitals, or first.
    """
    return all(t in FAMILY for t in name.tokens) and _family(name) != _family(other)


def _family(name: Name) -> str:
    if "," not in name.text and not name.han:
        words = name.text.split()
        shouted = [n for n, word in enumerate(words) if len(word) > 1 and word.isupper()]
        if len(words) == 2 and len(shouted) == 1:
            return name.tokens[shouted[0]]
    return name.tokens[0]
