"""Numbers of a series in names of bodies and ships: Roman numerals become digits, so that ``Fund II`` is ``Fund 2`` and no ``Fund III``."""

from __future__ import annotations

from collections.abc import Sequence

_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vii": "7", "viii": "8", "ix": "9", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16",
    "xvii": "17", "xviii": "18", "xix": "19", "xxi": "21", "xxii": "22", "xxiii": "23", "xxiv": "24", "xxv": "25",
}  # fmt: skip
_ROMAN_LAST = _ROMAN | {"vi": "6", "xi": "11", "xx": "20"}
"""Numerals that are syllables of names too: they count where a name ends with them."""


def numbered(words: Sequence[str]) -> list[str]:
    """The words with Roman numerals behind the first one as digits; ``i``, ``v`` and ``x`` are letters."""
    last = len(words) - 1
    return [(_ROMAN_LAST if n == last else _ROMAN).get(w, w) if n > 0 else w for n, w in enumerate(words)]
