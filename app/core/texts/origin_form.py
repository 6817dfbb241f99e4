"""How a text says where something comes from without the words of a material: a form ("Origin: Ruoqiang"), the goods' own names, a mill's place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from app.core.submission import PlacedGood

from .phrases import same_length

MOST_NAMES = 60
"""Most names of goods looked for in a text."""

_CHINA = r"(?:the )?(?:people's republic of china|p\.?r\.? ?china|prc|china|中华人民共和国|中国)"
_FORM = re.compile(
    r"(?:^|[\s(（,，;；|])(?:(?:(?:country|place|region|area|province|goods?) (?:and \w+ )?of )?(?:origin|provenance)(?: of (?:the )?(?:goods|products?|materials?|cargo))?"
    r"|origin region|(?:原?产地|产区|货源地)(?:是否(?:为|是|在)?)?)\s*(?:[:：=]|\bis\b|为|是)?\s*"
    rf"(?:{_CHINA})?[\s,，(（\-–]*(?:[\w ]{{1,24}},\s*)?$"
)
_SENTENCE_FORM = re.compile(
    rf"^\W*(?:made|grown|produced|manufactured|product|produce) (?:in|of) (?:{_CHINA}\W+)?(?:\w+,\s*)?$"
)
_NO = re.compile(r"^[^。；;\n]{0,20}[:：]\s*(?:否|不是|no\b|n\b)")
_YES = re.compile(r"^[^。；;\n]{0,6}[:：]\s*(?:是(?!否)|yes\b|y\b)")
_BY = re.compile(r"[由从向](?:位于)?$")
_SUPPLIES = re.compile(r"[\u4e00-\u9fff]{0,18}?(?:供应|供货|提供|生产|种植|加工|采购|购买|购入|纺制)")
_MILL = re.compile(
    r"\W+(?:\w+\W+){0,2}?(?:suppliers?|mills?|spinners?|producers?|vendors?|gins?|makers?|manufacturers?|growers?|farms?|plants?|factory|factories)\W+"
    r"(?:is|are|was|operates?|works?|produces?|(?:which|that) is)\W+(?:\w+\W+){0,3}?(?:located|based|situated|sited)?\W*(?:in|at|near)\s+(?:the\s+)?(?:\w+\s+){0,4}?(?:\w+,\s*)?$"
    r"|(?:的)?(?:供应商|供货商|生产商|厂家|纺纱厂|加工厂|种植户|农场)[^，。；！？\n]{0,10}?(?:位于|地处|设在|在)(?:中国)?$"
)
"""Whoever makes or supplies a material, and is said to be somewhere."""

_OFFICE = re.compile(
    r"\b(?:headquarter\w*|office|parent|holding|registered|shareholder)\b|总部|办事处|注册|股东|母公司"
)

_STOP = frozenset(
    [
        "and",
        "or",
        "of",
        "for",
        "with",
        "from",
        "in",
        "the",
        "a",
        "an",
        "other",
        "parts",
        "part",
        "set",
        "sets",
        "goods",
        "products",
        "product",
        "items",
        "item",
        "pieces",
        "pcs",
        "kg",
        "bags",
        "bag",
        "boxes",
        "box",
        "grade",
        "size",
        "type",
        "model",
        "various",
        "sample",
        "samples",
        "material",
        "materials",
        "input",
        "inputs",
        "raw",
        "kit",
        "kits",
    ]
)
_WORD = re.compile(r"[a-z]{4,}")
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_TAIL = re.compile(r"\b(?:from|for|with|made|using|containing|of|in)\b|[,(（，;；:]")


def stated(sentence: str, start: int, end: int) -> int | None:
    """Where a form that states an origin begins before a place; None where none does or where it answers no."""
    before = sentence[max(0, start - 70) : start]
    match = _FORM.search(before) or _SENTENCE_FORM.match(before)
    if match is None or _NO.match(sentence[end:]):
        return None
    return max(0, start - 70) + match.start()


def mill_before(sentence: str, material_end: int, place: int) -> bool:
    """Whether between a material and a place stand the words for whoever makes it being there (yarn supplier is located in)."""
    between = sentence[material_end:place]
    return len(between) <= 90 and _MILL.fullmatch(between) is not None and _OFFICE.search(between) is None


def answered_yes(sentence: str, start: int, end: int) -> bool:
    """Whether a form that asks whether is answered with yes (产地是否新疆：是)."""
    return "是否" in sentence[start:end] and _YES.match(sentence[end:]) is not None


def supplied_by(sentence: str, start: int, end: int) -> bool:
    """Whether a Chinese sentence says that the body of a place supplies or makes it (棉花由第八师供应)."""
    return _BY.search(sentence[max(0, start - 3) : start]) is not None and _SUPPLIES.match(sentence[end:]) is not None


class GoodsNames:
    """What the goods of a submission are called, to be found beside a place: the last word of the head of each description."""

    def __init__(self, goods: Iterable[PlacedGood]) -> None:
        self.placed = tuple(goods)

    @cached_property
    def goods(self) -> dict[str, set[str]]:
        """The pointers of the goods that bear a name."""
        made: dict[str, set[str]] = {}
        for placed in self.placed:
            for name in _names(placed.good.description):
                if len(made) < MOST_NAMES or name in made:
                    made.setdefault(name, set()).add(placed.pointer)
        return made

    @cached_property
    def order(self) -> list[str]:
        return sorted(self.goods, key=len, reverse=True)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        parts = [re.escape(n) if _HAN_WORD.fullmatch(n) else rf"\b{re.escape(n)}(?:e?s)?\b" for n in self.order]
        return re.compile("|".join(f"({p})" for p in parts)) if parts else re.compile("(?!)")

    def of(self, match: re.Match[str]) -> frozenset[str]:
        """The pointers of the goods that bear a found name."""
        return frozenset(self.goods[self.order[(match.lastindex or 1) - 1]])


def _names(description: str) -> list[str]:
    text = same_length(description)
    head = text[: match.start()] if (match := _TAIL.search(text)) and match.start() else text
    words = [w for w in _WORD.findall(head) if w not in _STOP]
    found = [words[-1].removesuffix("s") if not words[-1].endswith("ss") else words[-1]] if words else []
    return [*found, *(run[-2:] if len(run) > 4 else run for run in _HAN_WORD.findall(head)[:3])]
