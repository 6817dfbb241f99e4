"""Any script to Latin letters: one text gives one reading or several, because Han may be read as a person's or a company's name."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

from app.core.names import HAN, simplified

from .legal_forms import HAN_REGION
from .palladius import read_back
from .tables import han_glossary, han_surnames, han_transcribed, letters

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
_VOWEL_LETTER = re.compile("[aeiouy]")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06af\u06a9\u06cc]")
"""Letters of Persian, Pashto and Urdu."""
_PERSIAN_SOUNDS = str.maketrans("\u0636\u0630\u062b", "\u0632\u0632\u0633")
_LAST_YA = re.compile("\u0649(?!\\w)")
_CARON = re.compile("[\u0161\u017e\u010d\u0159\u0160\u017d\u010c\u0158]")
_CARONS = str.maketrans({"\u0161": "sh", "\u017e": "zh", "\u010d": "ch", "\u0159": "r"})
"""Letters with which Czechs, Slovaks, Balts and South Slavs spell Russian names."""
_MIDDLE_DOT = re.compile("[·・•‧∙⋅]")
_APOSTROPHES = re.compile("['’‘`´ʻʼʿʾ′ʹ]")
_NOT_WORD = re.compile(r"[^0-9a-z.,;/()]+")
_ARTICLE = re.compile(r"(?<![^\s])(?:وال|ال)(?=\w{3,})")
_COMPANY_HAN = re.compile(
    "公司|集团|厂$|银行|有限|研究|大学|学院|中心|局$|厅$|部$|委员会|兵团|工业|科技|贸易|实业|协会|医院|监狱|基金|企业|合作社|农场"
)
PERSON_HAN = 4
"""Most Han characters of a name that is read as a Chinese person's."""

LONGEST_NAME = 3
"""Most Han characters that no table knows and that are read as one word."""

Reading = tuple[str, str]
"""Latin text and the script it was read from: ``latin``, ``han_person``, ``han_company``, ``abjad`` or ``other``."""


@lru_cache(maxsize=32_768)
def readings(text: str) -> tuple[Reading, ...]:
    """The Latin readings of a name, the likeliest first; empty when nothing can be read."""
    text = text[:MAX_NAME]
    if text.isascii():
        return ((_squeeze(text.lower()), "latin"),)
    text = unicodedata.normalize("NFKC", _APOSTROPHES.sub("'", text))  # a lone accent would become a blank
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
            return _abjad(text)
    elif _HANGUL.search(text):
        text, script = _HANGUL.sub(lambda m: f" {_korean(m.group())} ", text), "other"
    if script == "latin" and _CARON.search(text):
        return (latin(text), script), (latin(text.lower().replace("ch", "kh").translate(_CARONS)), script)
    return ((latin(text), script),)


def _abjad(text: str) -> tuple[Reading, ...]:
    """Letters without short vowels; those that Persian sounds otherwise, and a last ``\u0649`` that Egypt and Persia write for y, give a second reading."""
    text = _ARTICLE.sub("", "".join(ch for ch in text if not unicodedata.combining(ch)))
    made = text.translate(letters("arabic"))
    other = _LAST_YA.sub("\u064a", text.translate(_PERSIAN_SOUNDS) if _PERSIAN.search(text) else text)
    if other == text:
        return ((latin(made), "abjad"),)
    return (latin(made), "abjad"), (latin(other.translate(letters("arabic"))), "abjad")


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
        whole_parts = ["".join(_HAN_RUN.findall(p)) for p in parts]
        made.append((" ".join(map(_transcribed, whole_parts)), "other"))
        made.append((" ".join("".join(syllables(p)) for p in whole_parts), "other"))
    elif han_transcribed()[2].fullmatch(whole):
        made.append((" ".join(han_transcribed()[0][n] for n in _names(whole)), "other"))
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


def _transcribed(han: str) -> str:
    """One name of another people in Han characters, by the sounds they stand for: ``白克力`` is ``bekri``, in pinyin ``baikeli``."""
    words, pattern, _ = han_transcribed()
    made, at = [], 0
    for found in pattern.finditer(han):
        sounds = words[found.group()]
        if found.start() == 0 and _VOWEL_LETTER.search(sounds) is None and sounds != "s":
            sounds = "".join(syllables(found.group()))  # a consonant alone ends a syllable, and begins none
        made += [*syllables(han[at : found.start()]), sounds]
        at = found.end()
    return "".join([*made, *syllables(han[at:])])


def _names(han: str) -> Iterator[str]:
    """Whole transcribed names written without a dot between them, the longest first."""
    yield from (found.group() for found in han_transcribed()[1].finditer(han))


def _trade_name(han: str) -> list[str]:
    """What no table knows, in pinyin: a company's own name has two characters as a rule, so four and more are two words or more."""
    parts = syllables(han) if han else ()
    if len(parts) <= LONGEST_NAME:
        return ["".join(parts)] if parts else []
    ends = [*range(2, len(parts) - 1, 2), len(parts)]
    return ["".join(parts[a:b]) for a, b in zip([0, *ends], ends, strict=False)]


def _company(text: str) -> str:
    words, pattern = han_glossary()

    def run(found: re.Match[str]) -> str:
        made, at, han = [], 0, found.group()
        for word in pattern.finditer(han):
            made += _trade_name(han[at : word.start()])
            made.append(words[word.group()])
            at = word.end()
        return f" {' '.join([*made, *_trade_name(han[at:])])} "

    return latin(_HAN_RUN.sub(run, text))


def _korean(text: str) -> str:
    """Hangul by syllables, family name first, in the spelling of passports and lists rather than of maps."""
    made = [_syllable(ch) for ch in text]
    if 2 <= len(made) <= 4:
        made[0] = "yi" if made[0] == "i" else made[0]  # the family name, which nobody writes with one letter
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
