"""Any script to Latin letters: one text gives one reading or several, because Han may be read as a person's or a company's name."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from app.core.names import HAN, simplified

from .legal_forms import HAN_REGION
from .palladius import read_back
from .tables import han_glossary, han_surnames, letters

MAX_NAME = 1_000
"""Characters of a name that are read; the rest of a longer one is ignored."""

_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_UYGHUR = re.compile("[\u06d5\u06d0\u06c6\u06c7\u06c8\u06cb\u06ad]|(?<!\\w)\u0626\\w|\\w\u0649\\w")
"""Letters only alphabets have that write their vowels, a hamza on its seat before a first vowel, and alef maksura within a word: such a text is
read letter by letter."""
_MIDDLE_DOT = re.compile("[·・•‧∙⋅]")
_APOSTROPHES = re.compile("['’‘`´ʻʼʿʾ′ʹ]")
_NOT_WORD = re.compile(r"[^0-9a-z.,;/()]+")
_ARTICLE = re.compile(r"(?<![^\s])(?:وال|ال)(?=\w{3,})")
_COMPANY_HAN = re.compile(
    "公司|集团|厂$|银行|有限|研究|大学|学院|中心|局$|厅$|部$|委员会|兵团|工业|科技|贸易|实业|协会|医院|监狱|基金|企业|合作社|农场"
)
PERSON_HAN = 4
"""Most Han characters of a name that is read as a Chinese person's."""

Reading = tuple[str, str]
"""Latin text and the script it was read from: ``latin``, ``han_person``, ``han_company``, ``abjad`` or ``other``."""


@lru_cache(maxsize=32_768)
def readings(text: str) -> tuple[Reading, ...]:
    """The Latin readings of a name, the likeliest first; empty when nothing can be read."""
    text = text[:MAX_NAME]
    if text.isascii():
        return ((_squeeze(text.lower()), "latin"),)
    text = unicodedata.normalize("NFKC", text)
    if HAN.search(text) and not _KANA.search(text):
        return _han(HAN_REGION.sub("新疆", simplified(text)))
    script = "latin"
    if _CYRILLIC.search(text):
        text, script = text.lower(), "other"
        if (chinese := read_back(text)) != text:
            return tuple((latin(t.translate(letters("cyrillic"))), script) for t in (chinese, text))
        text = text.translate(letters("cyrillic"))
    elif _ARABIC.search(text):
        if _UYGHUR.search(text):
            text, script = text.translate(letters("uyghur")), "other"
        else:
            text = "".join(ch for ch in text if not unicodedata.combining(ch))
            text, script = _ARTICLE.sub("", text).translate(letters("arabic")), "abjad"
    elif _HANGUL.search(text):
        text, script = _HANGUL.sub(lambda m: f" {_korean(m.group())} ", text), "other"
    return ((latin(text), script),)


def latin(text: str) -> str:
    """Lower-case ASCII words of a text in a script that is read letter by letter."""
    text = "".join(ch for ch in unicodedata.normalize("NFKD", text) if not unicodedata.combining(ch)).casefold()
    if not text.isascii():
        text = anyascii(text).lower()
    return _squeeze(text)


def _squeeze(text: str) -> str:
    text = _APOSTROPHES.sub("", text.replace("&", " and ").replace("@", " at "))
    return _NOT_WORD.sub(" ", text).strip()


@lru_cache(maxsize=16_384)
def syllables(han: str) -> tuple[str, ...]:
    """The pinyin syllables of a Han text without tones (pypinyin, single characters: names rarely follow word readings)."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take 20 MB and are needed for Han names only

    return tuple(re.sub(r"[^a-z]", "", s.lower().replace("ü", "v").replace("lv", "lu")) for s in lazy_pinyin(han))


def _han(text: str) -> tuple[Reading, ...]:
    """Han read as a person's name (family name first) and as a company's (known words in English, the rest in pinyin)."""
    whole = "".join(_HAN_RUN.findall(text))
    rest = latin(_HAN_RUN.sub(" ", text).replace("·", " "))
    made: list[Reading] = []
    parts = [p for p in _MIDDLE_DOT.split(text) if _HAN_RUN.search(p)]
    if len(parts) > 1:
        spelled = " ".join("".join(syllables("".join(_HAN_RUN.findall(p)))) for p in parts)
        made.append((spelled, "other"))
    person = len(parts) == 1 and 2 <= len(whole) <= PERSON_HAN and not _COMPANY_HAN.search(whole)
    if person:
        made.append((f"{_person(whole)} {rest}".strip(), "han_person"))
    if len(whole) > 2 or not person:
        made.append((f"{_company(text)}".strip(), "han_company"))
        if not person and len(whole) <= 8:
            made.append((f"{''.join(syllables(whole))} {rest}".strip(), "other"))
    if rest and len(rest.replace(" ", "")) >= 6:
        made.append((rest, "latin"))
    return tuple(dict.fromkeys(made))


def _person(han: str) -> str:
    family = 2 if han[:2] in han_surnames() and len(han) > 2 else 1
    first = han_surnames().get(han[:family]) or "".join(syllables(han[:family]))
    return f"{first} {''.join(syllables(han[family:]))}"


def _company(text: str) -> str:
    words, pattern = han_glossary()

    def run(found: re.Match[str]) -> str:
        made, at, han = [], 0, found.group()
        for word in pattern.finditer(han):
            if word.start() > at:
                made.append("".join(syllables(han[at : word.start()])))
            made.append(words[word.group()])
            at = word.end()
        if at < len(han):
            made.append("".join(syllables(han[at:])))
        return f" {' '.join(made)} "

    return latin(_HAN_RUN.sub(run, text))


def _korean(text: str) -> str:
    """Hangul by syllables, family name first, in the spelling of passports and lists rather than of maps."""
    made = [_syllable(ch) for ch in text]
    if 2 <= len(made) <= 4:
        return f"{made[0]} {' '.join(made[1:])}"
    return "".join(made)


_INITIAL = ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_VOWEL = [
    "a",
    "ae",
    "ya",
    "yae",
    "o",
    "e",
    "yo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "u",
    "ui",
    "i",
]
_FINAL = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]


def _syllable(ch: str) -> str:
    """One Hangul syllable (McCune-Reischauer without breves, RFC-free arithmetic of Unicode 3.12)."""
    code = ord(ch) - 0xAC00
    return _INITIAL[code // 588] + _VOWEL[code % 588 // 28] + _FINAL[code % 28]
