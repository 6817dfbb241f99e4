"""How alike a word in Arabic letters and a Latin one are: consonants must meet, long vowels should, short ones are not written; compiled.

``alike_unvowelled`` takes the Arabic word romanised letter by letter (``data/arabic.csv``): alef, ayn and final h are ``a``, waw is ``w``, ya is ``y``.
"""

from __future__ import annotations

import numpy as np

from .compiled import jit
from .edits import COSTS, ROW, code


def _letters(text: str) -> np.ndarray:
    made = np.zeros(40, np.bool_)
    for ch in text:
        made[code(ch)] = True
    return made


A, D, E, G, H, I, J, K, O, Q, T, U, V, W, Y, Z = (code(ch) for ch in "adeghijkoqtuvwyz")  # noqa: E741 - letters
VOWEL = _letters("aeiou")
BEFORE_H = _letters("kgtds")
"""Letters that an ``h`` after them makes another sound: kh, gh, th, dh, sh."""


def _readings() -> np.ndarray:
    """Cost in tenths of an Arabic letter (first) read as a Latin one."""
    made: np.ndarray = np.minimum(COSTS[0], 10).astype(np.int32)
    made[:, VOWEL] = 10
    for x, y, cost in (
        (A, E, 1), (A, I, 5), (A, O, 3), (A, U, 4),
        (Y, I, 0), (Y, E, 2), (Y, A, 6),
        (W, O, 0), (W, U, 0), (W, V, 0), (Q, G, 2), (J, G, 2), (D, Z, 3),
    ):  # fmt: skip
        made[x, y] = cost
    np.fill_diagonal(made, 0)
    return made


READ = _readings()
FIRST_A = 1
"""Cost of any vowel for an alef or ayn at the beginning, which bears them all."""


@jit
def _short_vowel(b, j, y, lb):
    """Cost in tenths of a Latin letter that the Arabic spelling does not write: short vowels are nearly free, long and last ones are not."""
    c = b[j, y]
    before = b[j, y - 1] if y > 0 else 0
    if c == before:
        return 1
    if VOWEL[c]:
        if y == lb - 1:
            return 3 if c == A or c == E else 4
        return 3 if VOWEL[before] else 1
    if c == H:
        return 3
    return 4 if c == Y or c == W else 10


@jit
def _unspoken(a, i, x):
    """Cost in tenths of an Arabic letter that the Latin spelling does not show."""
    c = a[i, x]
    before = a[i, x - 1] if x > 0 else 0
    if c == before:
        return 2
    if c == A:
        return 3
    if c == H:
        return 1 if BEFORE_H[before] else 4
    return 8 if c == W or c == Y else 10


@jit
def unvowelled_distance(a, i, la, b, j, lb, limit, rows):
    """Edit distance in tenths of row ``i`` of ``a`` (Arabic) from row ``j`` of ``b`` (Latin); over ``limit`` it may come back as ``limit`` + 1."""
    if la == 0 or lb == 0:
        return 10 * (la + lb)
    p1, p0 = 0, ROW
    rows[p1] = 0
    for y in range(lb):
        rows[p1 + y + 1] = rows[p1 + y] + _short_vowel(b, j, y, lb)
    for x in range(la):
        gone = _unspoken(a, i, x)
        rows[p0] = rows[p1] + gone
        least = rows[p0]
        for y in range(lb):
            cost = READ[a[i, x], b[j, y]]
            if x == 0 and y == 0 and a[i, x] == A and VOWEL[b[j, y]]:
                cost = min(cost, FIRST_A)
            v = min(rows[p1 + y] + cost, rows[p1 + y + 1] + gone, rows[p0 + y] + _short_vowel(b, j, y, lb))
            rows[p0 + y + 1] = v
            least = min(least, v)
        if least > limit:
            return limit + 1
        p1, p0 = p0, p1
    return np.int64(rows[p1 + lb])


@jit
def alike_unvowelled(a, i, la, bones_a, b, j, lb, bones_b, rows):
    """Similarity 0 to 1; ``bones_``: how many consonants each skeleton has. Where few carry it, it says little."""
    size = min(bones_a, bones_b)
    longer = max(bones_a, bones_b)
    if size < 1 or longer > 2 * size + 1:
        return 0.0
    longer = max(longer, 2)
    limit = 4 * longer
    d = unvowelled_distance(a, i, la, b, j, lb, limit, rows)
    if d > limit:
        return 0.0
    most = 0.78 if size <= 2 else (0.90 if size == 3 else 0.96)
    return most - 0.9 * max(0.0, d / (10.0 * longer) - 0.07)
