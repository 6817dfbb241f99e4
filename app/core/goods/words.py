"""The good that a description names where no code tells it: whole words in English, substrings in Han, the head of the phrase first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from app.core.names import simplified
from app.core.reference_rows import ReferenceGood

_HAN = re.compile("[\u3400-\u9fff]")
_TAIL = re.compile(r"\b(?:from|for|with|made|using|containing|of|in|to be|used)\b|[,(（，;；]")
"""Where the head of an English phrase ends: "cotton yarn for T-shirts" is yarn."""

FORMS = frozenset(
    [
        "frozen",
        "fresh",
        "rings",
        "tubes",
        "resin",
        "powder",
        "granules",
        "flakes",
        "chunk",
        "chunks",
        "lumps",
        "lump",
        "whole",
        "grade",
        "suspension",
        "raw",
        "bulk",
        "drums",
        "bags",
        "dried",
        "skinless",
        "boneless",
        "fillet",
        "fillets",
        "paste",
        "cut",
        "loose",
        "block",
        "blocks",
        "sheet",
        "sheets",
        "coil",
        "coils",
        "bar",
        "bars",
        "rod",
        "rods",
        "ingots",
        "sand",
    ]
)
"""Words that may follow a material of one word and leave it the good ("squid rings"): a squid game or a quartz watch is another."""

_OTHER_HAN = re.compile(r"棉花糖|棉花棒|番茄[色红]|枣[色红]")

GARMENT = re.compile(
    r"\bcotton\b.*\b(shirts?|jackets?|trousers|pants|jeans|underwear|underpants|briefs|dress(es)?|garments?|hoodies?|sweaters?|socks"
    r"|py?jamas|nightwear|blouses?|skirts?|shorts|leggings|apparel|clothing|coats?|tops)\b|棉.*(衬衫|衬衣|内衣|外套|裤|服|衫)"
)
"""A cotton garment of any kind."""

GARMENT_ROW = "6109"
COTTON_GOODS = (
    (re.compile(r"\b(?:bed ?sheets?|bedding|towels?|pillow ?cases?|duvet)\b|毛巾|浴巾|床单|床品"), "6302"),
    (re.compile(r"\b(?:fabrics?|cloth|textiles?)\b|面料|布料|坯布"), "5208"),
    (re.compile(r"\byarns?\b|纱线"), "5205"),
)
"""Cotton goods whose two words stand apart ("blended fabric, 60 % cotton"), and the row that stands for each."""

_COTTON = re.compile(r"\bcotton\b|棉")


class GoodWords:
    """Every name of every good in one pattern."""

    def __init__(self, goods: Iterable[ReferenceGood]) -> None:
        goods = tuple(goods)
        self.rows: dict[str, ReferenceGood] = {}
        for row in goods:
            for name in row.names:
                self.rows.setdefault(name.lower(), row)
        names = sorted(self.rows, key=len, reverse=True)
        parts = [re.escape(n) if _HAN.search(n) else rf"\b{_numbered(n)}\b" for n in names]
        self.pattern = re.compile(f"(?={'|'.join(f'({p})' for p in parts)})") if parts else re.compile("(?!)")
        self.order = names
        self.codes = {row.hs_code: row for row in goods}

    def find(self, description: str) -> ReferenceGood | None:
        """The row named last in the head of a description, else anywhere in it; None where no good is named."""
        text = simplified(unicodedata.normalize("NFKC", description)).lower()
        head = text[: match.start()] if (match := _TAIL.search(text)) else text
        for part in dict.fromkeys((head, text)):
            if GARMENT.search(part) and GARMENT_ROW in self.codes:
                return self._last(part, garment=True) or self.codes[GARMENT_ROW]
            found = self._last(part, garment=False)
            if found is not None:
                return found
        if _COTTON.search(text):
            return next((self.codes[c] for words, c in COTTON_GOODS if words.search(head) and c in self.codes), None)
        return None

    def _last(self, text: str, *, garment: bool) -> ReferenceGood | None:
        """English names the thing last (cotton twill trousers), so the name that ends last, the longest of such, is the good."""
        if _OTHER_HAN.search(text):
            return None
        found = [
            (m.end(m.lastindex), len(m[m.lastindex]), self.order[m.lastindex - 1])
            for m in self.pattern.finditer(text)
            if m.lastindex is not None and _stands(m[m.lastindex], text[m.end(m.lastindex) :])
        ]
        rows = [self.rows[name] for _, _, name in sorted(found, reverse=True)]
        return next((row for row in rows if not garment or row.sector == "apparel"), None)


def _numbered(name: str) -> str:
    """A pattern of an English name and its plural: battery and batteries."""
    if re.search("[^aeiou]y$", name):
        return f"{re.escape(name[:-1])}(?:y|ies)"
    return f"{re.escape(name)}(?:e?s)?"


def _stands(name: str, rest: str) -> bool:
    """Whether a name is the good itself: a material of one English word must end the phrase but for its form and numbers."""
    if _HAN.search(name) or " " in name or "-" in name:
        return True
    if rest.startswith("-"):
        return False
    return all(
        word in FORMS or any(ch.isdigit() for ch in word)
        for word in re.findall(r"[\w']+", rest.split(",", maxsplit=1)[0])
    )
