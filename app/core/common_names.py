"""Names so frequent that equality says little: a very common Chinese family name with a given name of one syllable.

Source: Ministry of Public Security, National Name Report 2020 (the hundred commonest family names, some 85 percent of the people).
The measure is how many people share a spelling, never where a name comes from.
"""

from __future__ import annotations

import re

from .names import Name

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
