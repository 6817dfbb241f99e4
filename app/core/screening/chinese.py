"""How a Chinese syllable sounds, whatever romanisation spells it: Wade-Giles and pinyin meet in one key."""

from __future__ import annotations

import re
from functools import lru_cache

_PINYIN = re.compile(
    r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|er|a|e|i|o|u|v)"
)
_WADE = re.compile(
    r"(tz|ts|ch|hs|sh|ss|sz|[pmftnlkhjsyw]?)(iang|iung|uang|ueh|uei|ang|eng|ing|ung|ien|iao|uai|uan|ieh|ai|ei|ao|ou|an|en|in|un|ia|iu|ua|uo|ui|ih|eh|erh|a|e|i|o|u)"
)
_PINYIN_START = {"b": "p", "d": "t", "g": "k", "zh": "C", "ch": "C", "j": "C", "q": "C", "x": "S", "z": "T", "c": "T"}
_WADE_START = {"ch": "C", "hs": "S", "ts": "T", "tz": "T", "ss": "s", "sz": "s", "j": "r"}
_PINYIN_END = {
    "ong": "ung",
    "iong": "iung",
    "ian": "ien",
    "ie": "ieh",
    "ue": "ueh",
    "er": "erh",
    "v": "u",
    "o": "o",
    "uo": "o",
    "iu": "iu",
    "ui": "ui",
    "uei": "ui",
}
_WADE_END = {"uo": "o", "e": "e", "eh": "e", "uei": "ui"}


@lru_cache(maxsize=65_536)
def sound(word: str, *, wade: bool) -> str:
    """The key of a word made of up to three syllables, read as Wade-Giles or as pinyin; empty when it is neither."""
    if wade and word == "i":
        return "yi"
    if not 2 <= len(word) <= 18 or not word.isalpha():
        return ""
    made: list[str] = []
    at = 0
    pattern = _WADE if wade else _PINYIN
    while at < len(word):
        found = pattern.match(word, at)
        if found is None or len(made) == 3:
            return ""
        start, end, stop = found.group(1), found.group(2), found.end()
        if stop < len(word) and word[stop] in "aeiouv" and len(end) > 1 and end[-1] in "ng":
            end, stop = end[:-1], stop - 1  # a final n or g begins the next syllable when a vowel follows it
        made.append(_one(start, end, wade=wade))
        at = stop
    return "-".join(made)


def _one(start: str, end: str, *, wade: bool) -> str:
    if wade:
        first, last = _WADE_START.get(start, start), _WADE_END.get(end, end)
        if end == "ih" or (start in ("tz", "ss", "sz") and end == "u"):
            last = "I"
        elif end == "i" and not start:
            first = "y"
    else:
        first, last = _PINYIN_START.get(start, start), _PINYIN_END.get(end, end)
        if end == "i" and start in ("zh", "ch", "sh", "r", "z", "c", "s"):
            last = "I"
        elif start in ("j", "q", "x", "y") and end == "uan":
            last = "uan"
        elif start == "y" and end in ("ong", "an", "e"):
            last = {"ong": "ung", "an": "en", "e": "eh"}[end]
    if last in ("e", "o") and first in ("k", "h", ""):
        last = "e"
    return first + ("e" if last == "eh" and first != "y" else last)


def wade_given(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The sounds of family and given name of three Wade-Giles syllables; None when it is no such name."""
    if len(words) != 3:
        return None
    heard = [sound(w, wade=True) for w in words]
    if not all(heard) or any("-" in h for h in heard):
        return None
    return heard[0], f"{heard[1]}-{heard[2]}"
