"""How alike two words are: a weighted edit distance over their letters, compiled.

A word is a row of bytes: letters 1 to 26, digits 27 to 36, 0 behind the end. Functions take the table and the row rather than the row itself:
a view of a row costs more than the comparison of two short words.
"""

from __future__ import annotations

import numpy as np

from .compiled import jit

MAX_LETTERS = 24
SKELETON = 12
PAIR_FROM = 0.70
"""Similarity below which two words are different words."""
JOIN_FROM = 0.84
"""Similarity from which words written apart are one word written together."""
WIDEST = 48
"""Letters of the longest string compared: names written together."""

ORGAN, PLACE, SYLLABLE, GENERIC, KNOWN, KOREAN, PATRONYMIC = 1, 2, 4, 8, 16, 32, 64
"""Classes of words (``tables.flags_of``), as bits."""
COUNTRY = 128
"""The class of words for a country."""

H, M, N, R = 8, 13, 14, 18
ROW = 64
FAR = np.int32(10_000)
"""Cost of a place that is not looked at."""
_NONE, _NEXT = np.uint64(0), np.uint64(1)


def code(ch: str) -> int:
    return ord(ch) - 96 if ch.isalpha() else ord(ch) - 48 + 27


def _costs() -> np.ndarray:
    """Cost in tenths of writing one letter for another: sounds alike, looks alike, or is merely another letter; last, in words of four letters or fewer."""
    cost = np.full((2, 40, 40), 10, np.int32)
    cheap = (
        ("aeiou", 5), ("iy", 2), ("jy", 5), ("ckq", 3), ("sz", 4), ("vw", 3), ("fv", 6), ("bp", 6), ("dt", 6), ("gk", 6), ("gj", 6),
        ("gq", 6), ("uw", 4), ("mn", 7), ("jz", 7), ("cs", 6), ("ei", 4), ("ou", 4), ("0o", 2), ("1l", 2), ("1i", 2), ("5s", 3),
        ("8b", 3), ("2z", 3), ("9g", 3), ("6b", 4), ("6g", 4), ("0d", 5), ("4a", 4), ("7t", 4), ("ce", 6), ("hb", 7), ("bv", 6), ("lr", 7), ("gh", 7), ("xs", 7), ("rn", 8), ("uv", 5), ("hk", 8), ("il", 6), ("ao", 4),
    )  # fmt: skip
    for letters, value in cheap:
        for a in letters:
            for b in letters:
                x, y = code(a), code(b)
                cost[0, x, y] = min(cost[0, x, y], value)
    short = cost[0] < 8
    cost[1] = np.where(short, np.where(cost[0] > 2, 8, 5), cost[0])
    for table in cost:
        np.fill_diagonal(table, 0)
    return cost


def _gaps() -> np.ndarray:
    """Cost in tenths of a letter that one side has and the other has not; last, in words of four letters or fewer."""
    gap = np.full((2, 40), 10, np.int32)
    gap[:, H] = 5
    for ch in "aeiouy":
        gap[0, code(ch)] = 7
    return gap


COSTS = _costs()
GAPS = _gaps()
DOUBLED, TURNED, RN_FOR_M, FIRST = np.int32(2), np.int32(7), np.int32(4), np.int32(3)
"""A letter doubled, two letters turned round, ``rn`` for ``m`` ("looks alike"), and what a wrong first letter costs more."""

LEVELS = np.array(sorted(set(COSTS.ravel().tolist()) - {0}), np.int64)


def _reach() -> np.ndarray:
    """For each letter and each cost of ``LEVELS`` the other letters that it may be written for at that cost or less, as bits."""
    made = np.zeros((2, 40, len(LEVELS)), np.uint64)
    for table in range(2):
        for a in range(1, 37):
            for n, level in enumerate(LEVELS.tolist()):
                bits = sum(1 << b for b in range(1, 37) if b != a and COSTS[table, a, b] <= level)
                made[table, a, n] = np.uint64(bits)
    return made


REACH = _reach()
_DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
_LOWEST = np.zeros(64, np.int64)
for _n in range(64):
    _LOWEST[((0x03F79D71B4CB0A89 << _n) & (2**64 - 1)) >> 58] = _n
_DIGITS = np.uint64(0xFFFFFFFFF8000000)
ONE = np.uint64(1)
_TOP = np.uint64(58)


def masks(words: np.ndarray) -> np.ndarray:
    """The letters of each word as bits."""
    if not words.size:
        return np.zeros(len(words), np.uint64)
    bits = np.where(words > 0, np.left_shift(np.uint64(1), words.astype(np.uint64)), np.uint64(0))
    made: np.ndarray = np.bitwise_or.reduce(bits, axis=1)
    return made


@jit
def distance(a, i, la, b, j, lb, limit, rows):
    """Edit distance in tenths of row ``i`` of ``a`` and row ``j`` of ``b``, transposition included; over ``limit`` it may come back as ``limit`` + 1.

    ``rows`` is scratch: five runs of ``ROW`` places. Places are unsigned, which spares a test for negative ones at every step.
    """
    if la == 0 or lb == 0:
        return 10 * (la + lb)
    short = 1 if max(la, lb) <= 4 else 0
    p2, p1, p0, gaps, letters = np.uint64(0), np.uint64(ROW), np.uint64(2 * ROW), np.uint64(3 * ROW), np.uint64(4 * ROW)
    size = np.uint64(lb)
    before = np.int32(0)
    sum_of_gaps = np.int32(0)
    doubled, cheapest = 0, 10
    rows[p1] = 0
    y = _NONE
    while y < size:
        cb = np.int32(b[j, np.int64(y)])
        g = DOUBLED if cb == before else GAPS[short, cb]
        if cb == before:
            doubled += 1
        else:
            cheapest = min(cheapest, g)
        if cb == M:
            cheapest = min(cheapest, RN_FOR_M)
        sum_of_gaps += g
        rows[gaps + y] = g
        rows[letters + y] = cb
        rows[p1 + y + _NEXT] = sum_of_gaps
        before = cb
        y += _NEXT
    before = np.int32(0)
    for x in range(la):
        ca = np.int32(a[i, x])
        if ca == before:
            doubled += 1
        else:
            cheapest = min(cheapest, GAPS[short, ca])
        if ca == M:
            cheapest = min(cheapest, RN_FOR_M)
        before = ca
    # places further from the diagonal than letters can be left out within the limit, there and back, are not looked at
    doubled = min(doubled, limit // DOUBLED)
    out = doubled + (limit - DOUBLED * doubled) // cheapest
    if out < abs(la - lb):
        return limit + 1
    behind, ahead = (out + la - lb) // 2, (out - la + lb) // 2
    before = np.int32(0)
    least_before = np.int32(0)
    for x in range(la):
        ca = np.int32(a[i, x])
        ga = DOUBLED if ca == before else GAPS[short, ca]
        cost = COSTS[short, ca]
        begin, end = np.uint64(max(0, x - behind)), np.uint64(min(lb, x + 1 + ahead))
        across = rows[p1 + begin]
        left = np.int32(across + ga) if x < behind else FAR
        rows[p0 + begin] = left
        least = left
        m_or_torn = ca == M or (ca == N and before == R)
        cb_before = rows[letters + begin - _NEXT] if begin > _NONE else np.int32(0)
        y = begin
        while y < end:
            cb = rows[letters + y]
            v = np.int32(across + cost[np.uint64(cb)])
            if x == 0 and y == _NONE and ca != cb:
                v += FIRST
            across = rows[p1 + y + _NEXT]
            v = min(v, np.int32(across + ga), np.int32(left + rows[gaps + y]))
            if ca == cb_before and before == cb and ca != cb:
                v = min(v, np.int32(rows[p2 + y - _NEXT] + TURNED))
            if m_or_torn:
                if ca == M and cb == N and cb_before == R:
                    v = min(v, np.int32(rows[p1 + y - _NEXT] + RN_FOR_M))
                elif ca == N and cb == M:
                    v = min(v, np.int32(rows[p2 + y] + RN_FOR_M))
            rows[p0 + y + _NEXT] = v
            left = v
            least = min(least, v)
            cb_before = cb
            y += _NEXT
        rows[p0 + end + _NEXT] = FAR
        if least > limit and least_before + RN_FOR_M > limit:  # two letters at once may pass a row by
            return limit + 1
        before = ca
        least_before = least
        p2, p1, p0 = p1, p0, p2
    return np.int64(rows[p1 + size])


@jit
def at_least(one, other, short):
    """The least that the letters cost which only ``one`` has (letters as bits): no alignment of the two words is cheaper."""
    left = one & ~other
    total = 0
    while left:
        low = left & (~left + ONE)
        left ^= low
        c = _LOWEST[(low * _DE_BRUIJN) >> _TOP]
        least = GAPS[short, c]
        for n in range(len(LEVELS)):
            if LEVELS[n] >= least:
                break
            if REACH[short, c, n] & other:
                least = LEVELS[n]
                break
        if c == M and least > RN_FOR_M:
            least = RN_FOR_M
        elif (c == N or c == R) and other & (ONE << np.uint64(M)) and least > RN_FOR_M // 2:
            least = RN_FOR_M // 2
        total += least
    return total


@jit
def alike(a, i, la, ma, b, j, lb, mb, needed, rows):
    """Similarity of two words, 0 to 1, and 0 where it is under ``needed``; words with different digits are different words.

    ``ma``, ``mb``: the letters of each as bits.
    """
    longer = max(la, lb)
    limit = int(10 * longer * (1.0 - PAIR_FROM)) + 1
    if 5 * abs(la - lb) > limit + 4:
        return 0.0
    if (ma & ~_DIGITS) == 0 or (mb & ~_DIGITS) == 0 or ((ma & _DIGITS) != 0 and (mb & _DIGITS) != 0):
        limit = min(limit, 3)
    most = min(limit, int(10 * longer * (1.0 - needed)) + 1)
    short = 1 if longer <= 4 else 0
    if at_least(ma, mb, short) > most or at_least(mb, ma, short) > most:
        return 0.0
    d = distance(a, i, la, b, j, lb, most, rows)
    if d > most:
        return 0.0
    return max(0.0, 1.0 - d / (10.0 * longer))


@jit
def same(a, i, la, b, j, lb):
    """Whether two rows hold the same letters."""
    if la != lb:
        return False
    for n in range(la):
        if a[i, n] != b[j, n]:
            return False
    return True


@jit
def skeleton_likeness(a, i, la, b, j, lb, size):
    """What equal skeletons say of two words spelled otherwise, the shorter of ``size`` letters; nothing where they are no equals or too short."""
    if la >= 3 and same(a, i, la, b, j, lb):
        return 0.82 if size >= 5 else 0.74
    return 0.0
