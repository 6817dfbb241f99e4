"""Whose son or daughter a person is: around ``bin``, ``ben``, ``ibn`` and ``ould`` the order of a name is its meaning.

``Karim bin Salah`` is no ``Salah bin Karim``, who may be his father. Everywhere else a name may be written in any order.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.core.names import fold

from .spelling import fold as spelled

TURNED_MOST = 0.2
"""Log-odds of the best match of two names of which one makes the father the son: shown when asked for, no hit."""

CHILD_OF = frozenset(["bin", "ben", "ibn", "bn", "bint", "bent", "bnt", "ould", "wuld", "wld", "weld"])
SAID = re.compile(rf"(?i)\b(?:{'|'.join(sorted(CHILD_OF))})\b")
"""A text that says whose child somebody is."""


@lru_cache(maxsize=16_384)
def generations(text: str) -> dict[str, int]:
    """The words of a name with how many generations back each is named, by what stands before it; words that stand twice are left out."""
    family, comma, given = text.partition(",")
    back = 0
    made: dict[str, int] = {}
    twice = set()
    for word in fold(f"{given} {family}" if comma else text).split():
        if word in CHILD_OF:
            back += 1
        elif spelled(word) in made:
            twice.add(spelled(word))
        else:
            made[spelled(word)] = back
    return {w: n for w, n in made.items() if w not in twice}


def turned_round(one: str, other: str) -> bool:
    """Whether one name makes the father of the other's father: of two words that both have, each stands before the other once."""
    if SAID.search(one) is None or SAID.search(other) is None:
        return False
    mine, theirs = generations(one), generations(other)
    shared = [w for w in mine if w in theirs]
    return any(mine[a] < mine[b] and theirs[a] > theirs[b] for a in shared for b in shared)
