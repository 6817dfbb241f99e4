"""Errors as they arrive from an ERP: each takes a name and a seeded random source and gives the damaged name, or None where it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from anyascii import anyascii

from .plain import LEGAL, words

Mistake = Callable[[str, Random, bool], str | None]
"""(name, random source, whether a person's name) -> the damaged name."""

KEYS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl", "p": "ol",
    "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm", "k": "jil", "l": "kop",
    "z": "asx", "x": "zsc", "c": "xdv", "v": "cfb", "b": "vgn", "n": "bhm", "m": "njk",
}  # fmt: skip
FORMS = (
    ("CO., LTD.", "Company Limited", "Co Ltd", "Corporation Limited", ""),
    ("LIMITED", "Ltd", "Ltd.", "LTD", ""),
    ("LTD", "Limited", "Ltd.", ""),
    ("LIMITED LIABILITY COMPANY", "LLC", "OOO", "L.L.C.", ""),
    ("LLC", "Limited Liability Company", "L.L.C.", "OOO", ""),
    ("OOO", "LLC", "Limited Liability Company", ""),
    ("JOINT STOCK COMPANY", "JSC", "AO", ""),
    ("JSC", "Joint Stock Company", "AO", ""),
    ("AO", "JSC", "Joint Stock Company", ""),
    ("GMBH", "G.m.b.H.", "Gesellschaft mit beschränkter Haftung", ""),
    ("S.A.", "SA", "Sociedad Anonima", ""),
    ("S.A. DE C.V.", "SA de CV", "Sociedad Anonima de Capital Variable", ""),
    ("LTDA.", "Limitada", "Ltda", ""),
    ("INC.", "Incorporated", "Inc", ""),
    ("COMPANY", "Co.", "Co", ""),
    ("CORPORATION", "Corp.", "Corp", ""),
)
NOISE = (
    "{} (vendor {n})", "{n} {}", "{} - {n}", "{} *DO NOT USE*", "{}, attn: accounts payable", "{} acct {n}", "{} / {n}", "{} (old)",
)  # fmt: skip
TITLES = ("Mr. {}", "{} (director)", "Dr {}", "{}, Mr", "{} {n}", "Eng. {}", "attn {}")
OCR = (
    ("o", "0"), ("l", "1"), ("i", "1"), ("s", "5"), ("b", "8"), ("rn", "m"), ("m", "rn"), ("e", "c"), ("cl", "d"), ("g", "9"), ("z", "2"), ("h", "b"), ("u", "v"),
)  # fmt: skip
RUSSIAN = (
    ("iy\\b", "y|ii|ij|i"), ("y\\b", "iy|i|ii"), ("skiy", "sky|skij"), ("kh", "h|x"), ("ya", "ia|ja|a"), ("yu", "iu|ju|u"), ("ye", "e|je"), ("zh", "j|z"),
    ("ts", "tz|c"), ("shch", "sch|sh"), ("v\\b", "ff|w"), ("ey\\b", "ei|ej|y"), ("ay\\b", "ai|aj"), ("\\bye", "e|je"), ("ks", "x"), ("'", ""), ("iya\\b", "ia|ija"), ("ch", "tch|c"),
)  # fmt: skip
ARABIC = (
    ("muhammad|mohammad|mohammed|mohamed|muhammed", "Mohammed|Muhammad|Mohamed|Mohamad|Mohammad"), ("\\bal-", "el-|al |Al|el "), ("\\babd al-", "Abdul |Abdel |Abd el-|Abdal"),
    ("q", "k"), ("dh", "d|z|th"), ("ee", "i"), ("oo", "u|ou"), ("ou", "u|oo"), ("aa", "a"), ("ay", "ai|ei"), ("aw", "au|ow"), ("iyy", "iy|i"), ("ah\\b", "a|eh"), ("a\\b", "ah"),
    ("u", "o|ou"), ("i(?=[bcdfghjklmnpqrstvwxyz])", "e|ee"), ("h(?=[bdfjklmnrstz])", ""), ("hussein|husayn|husain|hussain", "Hussein|Husayn|Hussain|Hossein"), ("ahmad|ahmed", "Ahmed|Ahmad|Achmed"), ("j", "dj|g"),
)  # fmt: skip


def exact(name: str, _random: Random, _person: bool) -> str | None:
    return name


def reorder(name: str, random: Random, person: bool) -> str | None:
    """A person's given name first (or last), the comma dropped; three or more words of a company in another order."""
    if person:
        family, comma, given = name.partition(", ")
        parts = name.split()
        return f"{given} {family}" if comma else (f"{parts[-1]}, {' '.join(parts[:-1])}" if len(parts) > 1 else None)
    parts = name.replace(",", " ").split()
    if len(parts) < 3 or len([p for p in parts if p.lower().strip(".") not in LEGAL]) < 3:
        return None
    turn = random.randrange(1, len(parts))
    return " ".join(parts[turn:] + parts[:turn])


def erp_upper(name: str, _random: Random, _person: bool) -> str | None:
    """Upper case, ASCII, no punctuation."""
    made = re.sub(r"[^A-Z0-9 ]+", " ", anyascii(name).upper().replace("'", "").replace(".", ""))
    made = " ".join(made.split())
    return made or None


def legal_form(name: str, random: Random, person: bool) -> str | None:
    """The legal form written another way, or left out."""
    if person:
        return None
    for form, *others in FORMS:
        found = re.search(rf"(?:^|\s){re.escape(form)}(?:$|(?=[\s,]))", name, re.IGNORECASE)
        if found:
            made = f"{name[: found.start()]} {random.choice(others)}{name[found.end() :]}".strip(" ,")
            return made if made and words(made) != words(name) else None
    return None


def spacing(name: str, random: Random, _person: bool) -> str | None:
    """Two words joined, a long word split, or a hyphen for a space."""
    parts = name.split()
    if random.random() < 0.6 and len(parts) > 1:
        at = random.randrange(len(parts) - 1)
        return " ".join([*parts[:at], parts[at].strip(",") + parts[at + 1], *parts[at + 2 :]])
    long = [n for n, p in enumerate(parts) if len(p) >= 7 and p.isalpha()]
    if not long:
        return None
    at = random.choice(long)
    cut = random.randrange(3, len(parts[at]) - 2)
    return " ".join([*parts[:at], parts[at][:cut], parts[at][cut:], *parts[at + 1 :]])


def noise(name: str, random: Random, person: bool) -> str | None:
    """Vendor numbers, remarks, titles."""
    return random.choice(TITLES if person else NOISE).format(name, n=random.randrange(1000, 99999))


def typo(count: int) -> Mistake:
    """``count`` edits inside the words that tell: a letter left out, doubled, swapped, hit beside, or too much."""

    def made(name: str, random: Random, person: bool) -> str | None:
        spans = [m for m in re.finditer(r"[A-Za-z]{4,}", name) if person or m.group().lower() not in LEGAL]
        if sum(len(m.group()) for m in spans) < 6 * count:
            return None
        text = name
        for _ in range(count):
            spots = [
                n
                for m in re.finditer(r"[A-Za-z]{4,}", text)
                if person or m.group().lower() not in LEGAL
                for n in range(m.start(), m.end())
            ]
            if spots:
                text = _edit(text, random.choice(spots), random)
        return text if text.lower() != name.lower() else None

    return made


def _edit(text: str, at: int, random: Random) -> str:
    letter = text[at]
    near = random.choice(KEYS.get(letter.lower(), "e"))
    near = near.upper() if letter.isupper() else near
    kind = random.randrange(5)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + letter + text[at:]
    if kind == 2 and at + 1 < len(text) and text[at + 1].isalpha():
        return text[:at] + text[at + 1] + letter + text[at + 2 :]
    if kind == 3:
        return text[: at + 1] + near + text[at + 1 :]
    return text[:at] + near + text[at + 1 :]


def ocr(name: str, random: Random, _person: bool) -> str | None:
    """One or two letters read as what they look like."""
    text = name
    for _ in range(random.choice((1, 2))):
        spots = [
            (m.start(), wrong, len(right))
            for right, wrong in OCR
            for m in re.finditer(re.escape(right), text, re.IGNORECASE)
        ]
        if not spots:
            break
        at, wrong, length = random.choice(spots)
        text = text[:at] + (wrong.upper() if text[at].isupper() else wrong) + text[at + length :]
    return text if text != name else None


def _variants(table: tuple[tuple[str, str], ...], most: int) -> Mistake:
    def made(name: str, random: Random, _person: bool) -> str | None:
        text, done = name.lower(), 0
        for pattern, others in random.sample(table, len(table)):
            found = list(re.finditer(pattern, text))
            if not found:
                continue
            at = random.choice(found)
            other = random.choice([o for o in others.split("|") if o.lower() != at.group()] or [at.group()])
            text = text[: at.start()] + other.lower() + text[at.end() :]
            done += 1
            if done == most:
                break
        made = " ".join(w if w in ("al", "bin") else w[:1].upper() + w[1:] for w in text.split())
        return made if done and text != name.lower() else None

    return made


translit_ru = _variants(RUSSIAN, 2)
translit_ar = _variants(ARABIC, 2)


def erp_trunc35(name: str, _random: Random, _person: bool) -> str | None:
    """Upper case and cut at 35 characters, where that loses something."""
    made = erp_upper(name, _random, _person) or ""
    return made[:35].rstrip() if len(made) >= 38 else None


MISTAKES: dict[str, Mistake] = {
    "exact": exact,
    "reorder": reorder,
    "erp_upper": erp_upper,
    "legal_form": legal_form,
    "spacing": spacing,
    "noise": noise,
    "typo1": typo(1),
    "typo2": typo(2),
    "ocr": ocr,
    "translit_ru": translit_ru,
    "translit_ar": translit_ar,
    "erp_trunc35": erp_trunc35,
}
