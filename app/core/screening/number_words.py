"""Small numbers in words and digits, cardinal and ordinal: ``Seven Stars`` and ``7 Stars``, ``2nd Bureau`` and ``Second Bureau``.

English words; other scripts come to them by their glossaries. A number word stays as it is written, so that its typing errors are still seen as such: it and the
digits stand for each other as a group of ``tables.groups``, and two different numbers are never one word misspelled.
"""

from __future__ import annotations

import re

_CARDINALS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth",
    "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENTHS = ("twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth")

_TEN = {word: 10 * n for n, word in enumerate(_TENS, 2)}
_ONE = {word: n for words in (_CARDINALS, _ORDINALS) for n, word in enumerate(words[:9], 1)}
_NUMBERED = re.compile(r"(?:no|nr)([0-9]{1,3})")


def ending(number: int) -> str:
    """The letters behind an English ordinal in digits."""
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def number_groups() -> list[tuple[str, ...]]:
    """Spellings of the numbers 1 to 99, one group a number. ``One`` is not among those of 1: ``Bureau No. 1`` is the first bureau, ``Bank One`` is not the
    First Bank."""
    made = []
    for n in range(1, 100):
        words = []
        if n < 20:
            words = [_CARDINALS[n - 1], _ORDINALS[n - 1]]
        elif n % 10 == 0:
            words = [_TENS[n // 10 - 2], _TENTHS[n // 10 - 2]]
        made.append((str(n), f"{n}{ending(n)}", *(w for w in words if w != "one")))
    return [*made, ("one",)]


def numbers_joined(tokens: list[str]) -> list[str]:
    """``twenty two`` and ``twenty second`` become ``22``, ``no22`` loses its sign."""
    made: list[str] = []
    for token in tokens:
        if made and token in _ONE and made[-1] in _TEN:
            made[-1] = str(_TEN[made[-1]] + _ONE[token])
        elif found := _NUMBERED.fullmatch(token):
            made.append(found.group(1))
        else:
            made.append(token)
    return made
