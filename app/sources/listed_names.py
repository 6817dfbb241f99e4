"""Company names inside running text: where one ends and the next begins, although ``Co., Ltd.`` is full of commas."""

from __future__ import annotations

import re
import unicodedata

from app.errors import SourceChanged

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", *(f"{x}teen" for x in ("thir", "four", "fif", "six", "seven", "eigh", "nine")))
NUMBERS = {word: n for n, word in enumerate((*_UNITS, *_TEENS))}
NUMBERS |= {
    (f"{ten}-{_UNITS[unit]}" if unit else ten): tens * 10 + unit
    for tens, ten in enumerate(("twenty", "thirty", "forty", "fifty"), start=2)
    for unit in range(10)
}
"""Numbers in words, as the lists write them, up to fifty-nine."""

_COMMA = "\x00"
_LEGAL = r"(?:Ltd|Limited|Inc|Incorporated|LLC|L\.L\.C|LLP|Corp|Corporation|Company|Co|Pte|Pvt|Pty|PLC|plc|GmbH|S\.A|S\.R\.L|S\.p\.A|B\.V|N\.V|Sdn|Bhd|D\.O\.O|JSC|LTD|CO|INC)\b"
_ABBREVIATED = re.compile(r"\b(?:Ltd|Co|Inc|Corp|LLC|Pvt|Pte|S\.A|S\.R\.L|L\.L\.C|D\.O\.O|C\.V|S\.p\.A|LTD|CO)\.$")
"""A last full stop that belongs to the name."""

_AFTER_LEGAL = re.compile(
    r"(?:(?<=Ltd\.)|(?<=Ltd)|(?<=Limited)|(?<=Co\.)|(?<=Inc\.)|(?<=LLC)|(?<=Corp\.)|(?<=C\.V\.))\s+and\s+(?=[A-Z])"
)
_INSIDE = (
    re.compile(rf",(?=\s*{_LEGAL})"),
    re.compile(r",(?=[^,;]*\bBranch\b\s*(?:$|[,;]))"),
)
"""Commas that belong to a name: before its legal form, and before its branch."""


def clean(text: str) -> str:
    """Text with plain single spaces, straight double quotes as they are, and no zero-width characters."""
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").replace("\xa0", " ").split())


def number(word: str) -> int | None:
    """``eight`` or ``8``; None for any other word."""
    return int(word) if word.isdecimal() else NUMBERS.get(word.lower())


def groups(text: str) -> list[tuple[int, int]]:
    """Where the outermost parentheses stand, as (opening, after the closing); raises ``SourceChanged`` where one is not closed."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for place, character in enumerate(text):
        if character == "(":
            opened.append(place)
        elif character == ")":
            if not opened:
                raise SourceChanged("a parenthesis is closed that was not opened")
            start = opened.pop()
            if not opened:
                found.append((start, place + 1))
    if opened:
        raise SourceChanged("a parenthesis is opened and not closed, so the name was cut")
    return found


def _outside(text: str, mark: str) -> list[str]:
    """``text`` split at ``mark`` outside parentheses."""
    spans = groups(text)
    parts, start = [], 0
    for match in re.finditer(mark, text):
        if not any(a <= match.start() < b for a, b in spans):
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def protect(text: str) -> str:
    """``text`` with the commas that belong to names taken out of the way; ``restore`` puts them back."""
    for pattern in _INSIDE:
        text = pattern.sub(_COMMA, text)
    return text


def restore(text: str) -> str:
    return text.replace(_COMMA, ",")


def split_names(text: str, count: int | None = None) -> list[str]:
    """The names in an enumeration, each once, in order.

    Semicolons part names wherever there is one. Otherwise commas do, except those inside a name, and the last ``and``. A text without either
    is one name (``Heze Cotton and Linen``) unless ``count`` says two. Raises ``SourceChanged`` where the count cannot be met.
    """
    plain = clean(text).strip(" ;,")
    if not _ABBREVIATED.search(plain):
        plain = plain.rstrip(" .;,")
    parts = _outside(plain, ";")
    if len(parts) == 1:
        parts = [restore(part) for part in _outside(protect(plain), ",")]
        if len(parts) > 1 and not parts[-1].strip().startswith("and "):
            parts[-1:] = _last_two(parts[-1])
    if len(parts) == 1:
        parts = after_legal_form(parts[0])
    if len(parts) == 1 and count == 2:
        parts = _last_two(parts[0])
        if len(parts) == 1:
            raise SourceChanged("the text says two names and does not show where the second begins")
    names = [re.sub(r"^and\s+", "", part.strip()).strip(" ,;") for part in parts]
    return list(dict.fromkeys(name for name in names if name))


def after_legal_form(text: str) -> list[str]:
    """``A Co., Ltd. and B`` is two names: an ``and`` after a legal form joins names and is part of none."""
    return _AFTER_LEGAL.split(text.strip(), maxsplit=1)


def _last_two(text: str) -> list[str]:
    """``A and B`` as two names, where exactly one ``and`` can part them."""
    formal = after_legal_form(text)
    parts = formal if len(formal) == 2 else _outside(text.strip(), r"\s+and\s+")
    return parts if len(parts) == 2 else [text]


def slug(name: str) -> str:
    """The stable key of a name: letters and digits of it alone, so that a comma or a point more or less is the same name."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    words = re.findall(r"\w+", re.sub(r"[’'`´\.]", "", plain))
    return "-".join(words)[:160]
