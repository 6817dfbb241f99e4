"""Many readings put to the list in one compiled call: candidates for each, how each aligns, and what that is worth."""

from __future__ import annotations

import numpy as np

from .compiled import jit
from .edits import ROW, WIDEST
from .kernel import FEATURES, MAX_WORDS, REMEMBERED, align, forget
from .retrieval import candidates


@jit
def log_odds(x, weights, part):
    """``x'Ax + bx + c``, scaled, in one order of adding whatever else is in the batch; ``part`` is scratch."""
    quadratic, linear, constant, slope, offset = weights
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
def compare(asked, wanted, index, aligning, vocabulary, scratch, weights, limit, cap):
    """Every reading against its candidates, or against the ``wanted`` rows where there are any.

    Gives where each reading's rows begin, the rows, their features, their log-odds, and their pairs of words with how many those are.
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
    memory = scratch[11]
    given = len(wanted)
    each = given if given else limit
    total = len(info) * each
    start = np.zeros(len(info) + 1, np.int64)
    rows = np.empty(total, np.int64)
    features = np.zeros((total, FEATURES), np.float32)
    values = np.empty(total, np.float64)
    pairs = np.empty((total, MAX_WORDS, 5), np.float32)
    counts = np.empty(total, np.int64)
    part = np.empty(FEATURES, np.float64)
    best = np.empty(limit, np.int64)
    touched, score, last_unit = np.empty(cap, np.int32), np.empty(cap, np.float32), np.empty(cap, np.int32)
    at = 0
    for q in range(len(info)):
        first, last, m = unit_start[q], unit_start[q + 1], info[q, 0]
        if given:
            size = given
            found = wanted
        else:
            size = candidates((first, last), near_start, near, sims, parts, index, touched, score, last_unit, best)
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
        )
        forget(memory)
        for k in range(size):
            rows[at] = found[k]
            counts[at] = align(query, found[k], aligning, vocabulary, scratch, features[at], pairs[at])
            values[at] = log_odds(features[at], weights, part)
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
    np.zeros(2, np.int64),
    np.zeros(5 * ROW, np.int32),
)
"""Scratch of the alignment; the compiled code holds the interpreter's lock, so one is enough."""
