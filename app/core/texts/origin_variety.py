"""A place's name as the name of a variety or a style: Hami melon, Turpan raisins, Khotan rug, Xinjiang-style noodles (risk.md 3, rule 8).

A variety asks where it grew; a style is made anywhere and asks nothing. Behind the region's own name a product is an origin.
"""

from __future__ import annotations

import re
from enum import StrEnum

from app.core.places.words import PRODUCT_WORDS, STYLE_WORDS

MADE_LIKE = frozenset({"style", "styles", "styled", "design", "designs", "pattern", "patterns", "motif", "motifs"})
_LIKE = re.compile(
    rf"^[\s\-]+(?:\w+[\s\-]+){{0,2}}?(?:{'|'.join(sorted(MADE_LIKE))})\b"
    r"|^[\s\-]+(?:big[ -]plate|dapanji|pilaf|naan|laghman|kebabs?|skewers|barbecue|bbq|seasoning|recipe)\b"
    r"|^(?:[\u4e00-\u9fff]{0,2}(?:风味|口味|味道)|大盘鸡|拌面|炒米粉|抓饭|馕)"
)
"""A way of making or a dish."""

_STYLE = re.compile(rf"^[\s\-]+(?:\w+[\s\-]+){{0,2}}?(?:{'|'.join(sorted(STYLE_WORDS - MADE_LIKE))})\b")
_VARIETY = re.compile(
    rf"^[\s\-]+(?:\w+[\s\-]+){{0,2}}?(?:{'|'.join(sorted(PRODUCT_WORDS - STYLE_WORDS))}|variety|varieties|type|cultivar|strain)\b"
    r"|^(?:香梨|无核|白|绿|黑|红)?(?:葡萄|杏干|杏子)"
)
_HAN_VARIETIES = re.compile(r"(?:库尔勒)?香梨|哈密瓜(?![\u4e00-\u9fff]?味)")
"""Varieties whose Chinese name holds a place's and is no place (false friends); told as a question."""


class Named(StrEnum):
    """What the words behind a place's name make of it."""

    PLACE = "place"
    VARIETY = "variety"
    STYLE = "style"


def named_for(text: str, end: int, *, region: bool) -> Named:
    """What a normalised text names with a place that ends there; ``region`` is the region's own name, which names no variety."""
    after = text[end : end + 40]
    if _LIKE.match(after):
        return Named.STYLE
    if _STYLE.match(after):
        return Named.VARIETY if region else Named.STYLE
    if not region and _VARIETY.match(after):
        return Named.VARIETY
    return Named.PLACE


def han_variety(text: str) -> str:
    """The variety that a Chinese text names by a place of the region, or an empty string."""
    match = _HAN_VARIETIES.search(text)
    return match.group() if match is not None else ""
