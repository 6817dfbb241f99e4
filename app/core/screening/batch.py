"""Many readings put to the list in one compiled call: candidates for each, how each aligns, and what that is worth."""

from __future__ import annotations

import numpy as np

from .compiled import jit
from .edits import ROW, WIDEST
from .kernel import FEATURES, MAX_WORDS, REMEMBERED, SQUASHED, align, forget, squashed
from .retrieval import candidates

EQUAL_FROM = np.float32(0.85)
"""Coverage of either name, or likeness written without blanks, from which two names may be equal by rule."""

EVERY_DAY = -1
"""Instead of a day: names count whenever the list gave them."""


@jit
def log_odds(x, weights, part):
    """``x'Ax + bx + c``, scaled, in one order of adding whatever else is in the batch; ``part`` is scratch."""
    quadratic, linear, constant, slope, offset = weights[:5]
    for j in range(FEATURES):
        part[j] = linear[j]
    for i in range(FEATURES):
        if x[i] != 0.0:
            for j in range(FEATURES):
                part[j] += x[i] * quadratic[i, j]
    total = constant
    for j in range(FEATURES):
        total += part[j] * x[j]
    return slope * total + offset


@jit
def most_log_odds(x, weights, part):
    """The most that log-odds may be, a hair more, while feature ``SQUASHED`` is not known and 0 (``slope`` is positive)."""
    quadratic, slope = weights[0], weights[3]
    value = log_odds(x, weights, part)
    rise = part[SQUASHED]
    for j in range(FEATURES):
        rise += quadratic[SQUASHED, j] * x[j]
    bend = quadratic[SQUASHED, SQUASHED]
    return value + slope * max(0.0, rise + max(0.0, bend)) + 1e-6  # a line or a bow upwards is highest at an end


@jit
def of_use(x, person, least, weights, part, scratch):
    """Log-odds of an aligned row; not a number where it is of no use.

    The names must share a word, initials of a whole name must be equal, and the names must be like enough (``least``) or may be equal by rule.
    """
    if (x[8] == 0.0 and x[12] == 0.0) or (x[26] != 0.0 and x[14] < 1.0):
        return np.nan
    kindred = not person and (x[24] > 0.0 or x[28] == 1.0)
    initials_most, organ_most = weights[5:]
    most = initials_most if x[26] != 0.0 else np.inf
    if kindred:
        most = min(most, organ_most)
    may_be_equal = x[1] >= EQUAL_FROM or x[2] >= EQUAL_FROM
    if not may_be_equal and min(most_log_odds(x, weights, part), most) < least:
        x[SQUASHED] = squashed(scratch, 1.0 - EQUAL_FROM)
        return log_odds(x, weights, part) if x[SQUASHED] >= EQUAL_FROM else np.nan
    x[SQUASHED] = squashed(scratch, 1.0)
    value = log_odds(x, weights, part)
    return value if may_be_equal or x[SQUASHED] >= EQUAL_FROM or min(value, most) >= least else np.nan


@jit
def compare(asked, wanted, least, index, names, aligning, vocabulary, scratch, weights, limit, cap):
    """Every reading against its candidates, or against the ``wanted`` rows where there are any.

    Gives of the rows that are of use, given the log-odds that each reading needs at ``least``, where each reading's rows begin, the rows,
    their features, their log-odds, and their pairs of words with how many those are. ``names``: the days from and until which the list gives
    each name, and the day in question.
    """
    (
        unit_start,
        near_start,
        near,
        sims,
        parts,
        info,
        words,
        sizes,
        masks,
        bits,
        numbers,
        folds,
        groups,
        bones,
        bone_sizes,
        flags,
    ) = asked[:16]
    known_start, known, known_alike = asked[16:]
    since, until, today = names
    name_info = aligning[2]
    memory = scratch[11]
    given = len(wanted)
    each = given if given else limit
    total = len(info) * each
    start = np.zeros(len(info) + 1, np.int64)
    rows = np.empty(total, np.int64)
    features = np.empty((total, FEATURES), np.float32)
    values = np.empty(total, np.float64)
    pairs = np.empty((total, MAX_WORDS, 5), np.float32)
    counts = np.empty(total, np.int64)
    part = np.empty(FEATURES, np.float64)
    best = np.empty(limit, np.int64)
    met = np.empty(cap, np.int32), np.empty(cap, np.float32), np.empty(cap, np.float32), np.empty(cap, np.int32)
    at = 0
    for q in range(len(info)):
        first, last, m = unit_start[q], unit_start[q + 1], info[q, 0]
        if given:
            size = given
            found = wanted
        else:
            size = candidates(
                (first, last), near_start, near, sims, parts, index, met, best,
                (words, first + m - 1, np.int64(sizes[first + m - 1]) if info[q, 3] and m > 1 else 0), (vocabulary[0], vocabulary[1]),
            )  # fmt: skip
            found = best
        query = (
            words[first : first + m],
            sizes[first : first + m],
            masks[first : first + m],
            bits[first : first + m],
            numbers[first : first + m],
            folds[first : first + m],
            groups[first : first + m],
            bones[first : first + m],
            bone_sizes[first : first + m],
            info[q],
            known_start[first : first + m + 1],
            known,
            known_alike,
            flags[first : first + m],
            near_start[first : first + m + 1],
            near,
            sims,
        )
        forget(memory)
        for k in range(size):
            row = found[k]
            if today != EVERY_DAY and (today < since[row] or until[row] <= today):
                continue
            rows[at] = row
            counts[at] = align(query, row, aligning, vocabulary, scratch, features[at], pairs[at])
            values[at] = of_use(features[at], name_info[row, 0] != 0, least[q], weights, part, scratch)
            if not np.isnan(values[at]):
                at += 1
        start[q + 1] = at
    return start, rows[:at], features[:at], values[:at], pairs[:at], counts[:at]


SCRATCH = (
    np.zeros((MAX_WORDS, WIDEST), np.uint8),
    np.zeros(MAX_WORDS, np.int64),
    np.zeros(MAX_WORDS, np.uint64),
    np.zeros((1, 64), np.uint8),
    np.zeros((1, 64), np.uint8),
    np.zeros((400, 5), np.int64),
    np.zeros((400, 2), np.float32),
    np.zeros(MAX_WORDS, np.int64),
    np.zeros(MAX_WORDS, np.int64),
    np.zeros(MAX_WORDS, np.int64),
    np.zeros((REMEMBERED, MAX_WORDS), np.float64),
    np.zeros(4, np.int64),
    np.zeros(5 * ROW, np.int32),
)
"""Scratch of the alignment; the compiled code holds the interpreter's lock, so one is enough."""
