"""Chinese names written in Cyrillic: the Palladius system, read back to pinyin syllable by syllable.

Source: Palladius (1888), as used by Russian maps and the press; a final hard ``н`` is pinyin's ``ng``, a soft one its ``n``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .tables import surnames

_STARTS = {
    "чж": "zh", "цз": "z", "б": "b", "п": "p", "м": "m", "ф": "f", "д": "d", "т": "t", "н": "n", "л": "l", "г": "g", "к": "k", "х": "h",
    "ч": "ch", "ш": "sh", "ж": "r", "ц": "c", "с": "s",
}  # fmt: skip
_HARD = {
    "а": "a", "ай": "ai", "ао": "ao", "ань": "an", "ан": "ang", "э": "e", "эй": "ei", "энь": "en", "эн": "eng", "ун": "ong", "оу": "ou", "у": "u",
    "уа": "ua", "уай": "uai", "уань": "uan", "уан": "uang", "уй": "ui", "уэй": "ui", "унь": "un", "о": "uo",
}  # fmt: skip
_SOFT = {
    "и": "i", "я": "ia", "е": "ie", "яо": "iao", "ю": "iu", "янь": "ian", "инь": "in", "ян": "iang", "ин": "ing", "юн": "iong", "юй": "v",
    "юэ": "ue", "юань": "uan", "юнь": "un",
}  # fmt: skip
_ALONE = {
    "и": "yi", "я": "ya", "е": "ye", "яо": "yao", "ю": "you", "янь": "yan", "инь": "yin", "ян": "yang", "ин": "ying", "юн": "yong", "юй": "yu",
    "юэ": "yue", "юань": "yuan", "юнь": "yun", "ва": "wa", "во": "wo", "вай": "wai", "вэй": "wei", "вань": "wan", "вэнь": "wen", "ван": "wang",
    "вэн": "weng", "у": "wu", "а": "a", "ай": "ai", "ань": "an", "ан": "ang", "ао": "ao", "э": "e", "эр": "er", "оу": "ou", "нюй": "nv", "люй": "lv",
}  # fmt: skip
_BEFORE_I = {"z": "j", "c": "q", "s": "x"}
"""``цз``, ``ц`` and ``с`` are ``j``, ``q`` and ``x`` before a soft vowel."""
_BUZZING = frozenset({"zh", "ch", "sh", "r"})
_MARK = re.compile("цз|чж|ю[йаэ]|э[йн]|[аиу]нь|[яю]нь|уа|[ая]о|оу")
"""Letters that stand together in Chinese syllables and hardly in words of other languages."""
_WORD = re.compile(r"[а-яё]+")
_LONGEST = 7
SYLLABLES = 3
"""Most syllables of one word: a Chinese given name has two, a place three."""


def _table() -> dict[str, str]:
    made = dict(_ALONE)
    for cyrillic, start in _STARTS.items():
        if start not in ("zh", "z", "ch", "sh", "r", "c", "s") or cyrillic in ("чж", "ч", "ш", "ж", "цз", "ц", "с"):
            for end, latin in _HARD.items():
                made.setdefault(cyrillic + end, start + latin)
        if start in ("z", "c", "s"):
            made[cyrillic + "ы"] = start + "i"
        if start in _BUZZING:
            made[cyrillic + "и"] = start + "i"
            continue
        for end, latin in _SOFT.items():
            first = _BEFORE_I.get(start, start)
            made.setdefault(cyrillic + end, first + ("u" if latin == "v" and first in "jqx" else latin))
    for lips in ("б", "п", "м", "ф"):
        made[lips + "о"] = _STARTS[lips] + "o"
    return made


_SYLLABLES = _table()


@lru_cache(maxsize=8_192)
def syllables(word: str) -> tuple[str, ...]:
    """The pinyin syllables of a lower-case Cyrillic word, the fewest there are; empty when it is no Chinese word."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for at in range(len(word)):
        if at not in best or len(best[at]) == SYLLABLES:
            continue
        start = at + 1 if word[at] == "ъ" else at
        for stop in range(min(len(word), start + _LONGEST), start, -1):
            if (pinyin := _SYLLABLES.get(word[start:stop])) is not None:
                made = (*best[at], pinyin)
                if stop not in best or len(made) < len(best[stop]):
                    best[stop] = made
    return best.get(len(word), ())


def read_back(text: str) -> str:
    """A lower-case Cyrillic text with its Chinese words in pinyin; the same text when it has none.

    The words that can be Chinese are read when one of them has letters that stand together in nothing else, or when every word can be and one is
    a family name.
    """
    words = _WORD.findall(text)
    read = {w: "".join(s) for w in words if (s := syllables(w))}
    told = any(_MARK.search(w) and len(syllables(w)) > 1 for w in read)
    whole = len(words) > 1 and len(read) == len(set(words)) and any(pinyin in surnames() for pinyin in read.values())
    return _WORD.sub(lambda m: read.get(m.group(), m.group()), text) if told or whole else text
