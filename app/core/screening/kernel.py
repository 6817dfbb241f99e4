"""How a submitted name aligns with a listed one: which words meet, what is left over, and the features that say so; compiled."""

from __future__ import annotations

from math import log2

import numpy as np

from .abjad import alike_unvowelled
from .compiled import jit
from .edits import (
    COSTS,
    COUNTRY,
    JOIN_FROM,
    KNOWN,
    KOREAN,
    ORGAN,
    PAIR_FROM,
    PATRONYMIC,
    PLACE,
    SYLLABLE,
    WIDEST,
    alike,
    code,
    distance,
    skeleton_likeness,
)
from .retrieval import SOUNDS

A = code("a")

MAX_WORDS = 16
FEATURES = 36
SQUASHED = 10
"""The feature that says how alike the names are written without blanks: the dearest one, found last and only where it can matter."""
INITIAL = 0.5
"""Similarity of an initial and a word that begins with it."""
UNVOWELLED_JOIN_FROM = 0.72
"""As ``JOIN_FROM``, in Arabic letters, where each word's likeness is less."""
BEGINS = 8
"""Letters from which a name that another system cut off says whose beginning it is."""
SHORT_FORM = 4
"""Letters up to which a body's name of one word is a short form."""
SERIES = 3
"""Digits at most of a number that tells one of a series from the next."""
SHARED_END, LONGEST_END = 4, 5
"""Letters from which a shared end of two words (``-zadeh``, ``-ovich``) is a suffix that many names have: what is before it is compared."""
STEM_FROM, PART_FROM = 0.55, 0.70
"""Similarity of what stands before a shared end, and of one of two words written together whose other one is equal."""
LEFT_OUT = 4.0
"""Bits at most of a patronymic that only one of two names has."""
POPULATION = 16.0
"""Bits of what one name in 65,536 has, as in ``vocabulary``."""
REMEMBERED = 4_096
"""Words of the list whose likeness to the words of a name is remembered while the name is compared."""


@jit
def _concatenated(words, sizes, first, last, out):
    n = 0
    for k in range(first, last):
        for c in range(sizes[k]):
            if n < WIDEST - 1:
                out[0, n] = words[k, c]
                n += 1
    return n


@jit
def _place(v, m, remembered_at, remembered, memory):
    """The row in which a listed word's likeness to the query's words is remembered; ``memory``: the mark of this query, and rows used."""
    held = remembered_at[v]
    if held // REMEMBERED == memory[0]:
        return held % REMEMBERED
    place = memory[1]
    memory[1] += 1
    remembered_at[v] = memory[0] * REMEMBERED + place
    for i in range(m):
        remembered[place, i] = -1.0
    return place


@jit
def forget(memory):
    """Begin another query."""
    memory[0] += 1
    memory[1] = 0


@jit
def squashed(scratch, most):
    """How alike the two names aligned last are written without blanks, 0 to 1; 0 where it is under ``1 - most``, or their distance over six
    tenths of the longer one."""
    one, other, memory, rows = scratch[3], scratch[4], scratch[11], scratch[12]
    size, size_b = memory[2], memory[3]
    longer = max(size, size_b)
    limit = int(10 * longer * min(most, 0.6)) + 1
    d = distance(one, 0, size, other, 0, size_b, limit, rows)
    return 0.0 if d > limit else 1.0 - d / (10.0 * max(longer, 1))


@jit
def _begins(word, beginning, size):
    for n in range(size):
        if word[0, n] != beginning[0, n]:
            return False
    return True


@jit
def _numbers_a_series(words, i, size):
    """Whether a word is a number of up to three digits; longer ones are years, or a buyer's own numbers."""
    if size > SERIES:
        return False
    for n in range(size):
        if words[i, n] <= 26:
            return False
    return True


@jit
def _same_ends(a, i, la, b, j, lb):
    """Whether two syllables begin and end alike: ``chol`` and ``chul`` may be one name, ``chol`` and ``choe`` are two."""
    return COSTS[0, a[i, 0], b[j, 0]] <= 6 and a[i, la - 1] == b[j, lb - 1]


@jit
def _ends_alike(a, i, la, b, j, lb):
    """Letters that two words have in common at their ends."""
    n = 0
    while n < la and n < lb and a[i, la - 1 - n] == b[j, lb - 1 - n]:
        n += 1
    return n


@jit
def _begin_alike(a, i, la, b, j, lb):
    n = 0
    while n < la and n < lb and a[i, n] == b[j, n]:
        n += 1
    return n


@jit
def _heard_alike(a, i, la, b, j, lb):
    """Whether two skeletons sound the same: ``gzfpr`` and ``qdfpr`` are one name in Persia."""
    x, y = 0, 0
    while True:
        while x < la and SOUNDS[a[i, x]] == 0:
            x += 1
        while y < lb and SOUNDS[b[j, y]] == 0:
            y += 1
        if x == la or y == lb:
            return x == la and y == lb
        if SOUNDS[a[i, x]] != SOUNDS[b[j, y]]:
            return False
        x += 1
        y += 1


@jit
def _rest_alike(s, longer, shared):
    """Similarity of two words, alike by ``s``, without the letters that they share at one end."""
    rest = longer - shared
    return 1.0 if rest <= 0 else 1.0 - (1.0 - s) * longer / rest


@jit
def _telling(i, s, bits, near_start, near, near_alike, v_mass, sole, party):
    """Bits of a word that meets word ``i`` of the query, given how many names of others than ``party`` have a word that would meet it as well."""
    mass = 0.0
    for k in range(near_start[i], near_start[i + 1]):
        if near_alike[k] < s - 0.005:
            break
        if sole[near[k]] != party:
            mass += v_mass[near[k]]
    return max(1.0, min(bits, POPULATION - log2(1.0 + mass)))


@jit
def align(query, row, index, vocabulary, scratch, feature, pairs):
    """Align a query with one listed name; fills ``feature`` and returns the number of ``pairs`` (first, last, first, last, similarity).

    How alike the names are written without blanks, feature ``SQUASHED``, is left at 0 (see ``squashed``).
    """
    (
        q_words,
        q_sizes,
        q_masks,
        q_bits,
        q_ids,
        q_folds,
        q_groups,
        q_bones,
        q_bone_sizes,
        q_info,
        q_start,
        q_near,
        q_alike,
        q_flags,
        all_start,
        all_near,
        all_alike,
    ) = query
    name_start, name_word, name_info, v_bits, v_folds, v_groups, v_flags, v_mass, bearers, sole = index
    words, sizes, v_masks, v_bones, v_bone_sizes, remembered_at = vocabulary
    l_words, l_sizes, l_masks, one, other, option, gain_of, q_used, l_used, places, remembered, memory, rows = scratch
    if memory[1] + MAX_WORDS > REMEMBERED:
        forget(memory)
    m = q_info[0]
    abjad, cut, q_person, han = q_info[2], q_info[3], q_info[4], q_info[5]
    begin = name_start[row]
    n = min(name_start[row + 1] - begin, MAX_WORDS)
    person = name_info[row, 0]
    family = name_info[row, 1]
    w_q, w_l = 0.0, 0.0
    for i in range(m):
        w_q += q_bits[i]
        q_used[i] = 0
    for j in range(n):
        v = np.int64(name_word[begin + j])
        l_sizes[j] = sizes[v]
        w_l += v_bits[v]
        l_used[j] = 0
        l_masks[j] = v_masks[v]
        places[j] = _place(v, m, remembered_at, remembered, memory)
        for c in range(sizes[v]):
            l_words[j, c] = words[v, c]
    options = 0
    both_han = han and name_info[row, 3]
    alone = m == 1 and n == 1 and not person
    for i in range(m):
        q_size = np.int64(q_sizes[i])
        for j in range(n):
            v = np.int64(name_word[begin + j])
            l_size = l_sizes[j]
            s = 0.0
            tabled = False
            short_forms = alone and min(q_sizes[i], sizes[v]) <= SHORT_FORM
            if q_ids[i] == v:
                s = 1.0
            elif q_folds[i] == v_folds[v] and q_folds[i] >= 0 and not short_forms and not both_han:
                s = 0.97
            elif q_groups[i] >= 0 and q_groups[i] == v_groups[v]:
                s = 0.93
                tabled = True
            elif q_size == 1 or l_size == 1:
                if q_words[i, 0] == words[v, 0] and q_words[i, 0] <= 26 and q_size != l_size:
                    if cut and i == m - 1 and q_size == 1:
                        s = 0.75
                    elif person or q_person:
                        s = INITIAL
            else:
                s = remembered[places[j], i]
                if s < 0.0:
                    if abjad:
                        q_bone_size, v_bone_size = np.int64(q_bone_sizes[i]), np.int64(v_bone_sizes[v])
                        s = alike_unvowelled(q_words, i, q_size, q_bone_size, words, v, l_size, v_bone_size, rows)
                    else:
                        s = alike(q_words, i, q_size, q_masks[i], words, v, l_size, l_masks[j], PAIR_FROM, rows)
                    remembered[places[j], i] = s
                both = q_flags[i] & v_flags[v]
                if (both & (PLACE | SYLLABLE)) != 0 and not abjad:  # two syllables, or two places, are two names
                    s = 0.0
                elif q_groups[i] >= 0 and v_groups[v] >= 0:  # so are two words of the tables
                    s = 0.0
                elif (both & PATRONYMIC) != 0 and (q_words[i, q_size - 1] == A) != (words[v, l_size - 1] == A):
                    s = 0.0  # a daughter and a son of one father
                elif (both & KOREAN) != 0 and not _same_ends(q_words, i, q_sizes[i], words, v, sizes[v]):
                    s = 0.0
                elif short_forms:  # and short forms of bodies
                    s = 0.0
                elif (han or name_info[row, 3]) and (s < 0.9 or both_han):
                    s = 0.0  # syllables of two Han names that read otherwise are of other characters
                elif not abjad and s < 0.85 and (s > 0.0 or q_bones[i, 0] == v_bones[v, 0]):
                    q_bone_size, v_bone_size = np.int64(q_bone_sizes[i]), np.int64(v_bone_sizes[v])
                    t = skeleton_likeness(q_bones, i, q_bone_size, v_bones, v, v_bone_size, min(q_size, l_size))
                    if t <= s and s > 0.0:
                        shared = min(_ends_alike(q_words, i, q_size, words, v, l_size), LONGEST_END)
                        longer = max(q_size, l_size)
                        if (
                            shared >= SHARED_END
                            and longer - shared >= 3
                            and _rest_alike(s, longer, shared) < STEM_FROM
                            and not _heard_alike(q_bones, i, q_bone_size, v_bones, v, v_bone_size)
                        ):
                            s = 0.0
                    s = max(s, t)
                if s < 0.88 and not both_han:
                    for k in range(q_start[i], q_start[i + 1]):
                        if q_near[k] == v:
                            tabled = q_alike[k] > s
                            s = max(s, q_alike[k])
                            break
                if cut and i == m - 1 and s < 0.9 and q_size < l_size:
                    same = True
                    for c in range(q_size):
                        if q_words[i, c] != words[v, c]:
                            same = False
                            break
                    if same:
                        s = 0.9
            if s >= PAIR_FROM or s == INITIAL:
                option[options, 0], option[options, 1], option[options, 2], option[options, 3] = i, i + 1, j, j + 1
                option[options, 4] = 0
                if s < 0.95 and not tabled and (q_flags[i] & KNOWN) != 0:
                    option[options, 4] = 2 if (v_flags[v] & KNOWN) != 0 else 1
                gain_of[options, 0] = s
                b = min(q_bits[i], v_bits[v])
                gain_of[options, 1] = b * s * s + 0.01 * s - 0.001 * abs(i - j)
                options += 1
    # words written apart on one side and together on the other
    for side in range(2):
        count_a = m if side == 0 else n
        count_b = n if side == 0 else m
        for first in range(count_a):
            for last in range(first + 2, min(first + 3, count_a) + 1):
                size, mask = 0, np.uint64(0)
                for k in range(first, last):
                    size += q_sizes[k] if side == 0 else l_sizes[k]
                    mask |= q_masks[k] if side == 0 else l_masks[k]
                written = False
                for k in range(count_b):
                    size_b = l_sizes[k] if side == 0 else np.int64(q_sizes[k])
                    if size_b < 4 or options >= len(gain_of) or (abs(size - size_b) > 2 and not abjad):
                        continue
                    if not written:
                        written = True
                        if side == 0:
                            _concatenated(q_words, q_sizes, first, last, one)
                        else:
                            _concatenated(l_words, l_sizes, first, last, one)
                    v = np.int64(name_word[begin + k]) if side == 0 else 0
                    if abjad:
                        bones = 0
                        for t in range(first, last):
                            bones += q_bone_sizes[t] if side == 0 else v_bone_sizes[name_word[begin + t]]
                        if side == 0:
                            s = alike_unvowelled(one, 0, size, bones, words, v, size_b, np.int64(v_bone_sizes[v]), rows)
                        else:
                            s = alike_unvowelled(
                                q_words, k, size_b, np.int64(q_bone_sizes[k]), one, 0, size, bones, rows
                            )
                    elif side == 0:
                        s = alike(one, 0, size, mask, words, v, size_b, l_masks[k], JOIN_FROM, rows)
                    else:
                        s = alike(one, 0, size, mask, q_words, k, size_b, q_masks[k], JOIN_FROM, rows)
                    if s < (UNVOWELLED_JOIN_FROM if abjad else JOIN_FROM):
                        continue
                    if (
                        s < 0.985 and not abjad
                    ):  # where one of the words is equal, the others must be alike by themselves
                        row_b = v if side == 0 else k
                        longer = max(size, size_b)
                        ends = q_sizes[last - 1] if side == 0 else l_sizes[last - 1]
                        begins = q_sizes[first] if side == 0 else l_sizes[first]
                        shared = _ends_alike(one, 0, size, words if side == 0 else q_words, row_b, size_b)
                        if shared >= ends and _rest_alike(s, longer, shared) < PART_FROM:
                            continue
                        shared = _begin_alike(one, 0, size, words if side == 0 else q_words, row_b, size_b)
                        if shared >= begins and _rest_alike(s, longer, shared) < PART_FROM:
                            continue
                    b = 0.0
                    for t in range(first, last):
                        b += q_bits[t] if side == 0 else v_bits[name_word[begin + t]]
                    b = min(b, v_bits[name_word[begin + k]] if side == 0 else q_bits[k])
                    s *= 0.98
                    if side == 0:
                        option[options, 0], option[options, 1], option[options, 2], option[options, 3] = (
                            first,
                            last,
                            k,
                            k + 1,
                        )
                    else:
                        option[options, 0], option[options, 1], option[options, 2], option[options, 3] = (
                            k,
                            k + 1,
                            first,
                            last,
                        )
                    option[options, 4] = 0
                    gain_of[options, 0] = s
                    gain_of[options, 1] = b * s * s + 0.5
                    options += 1
    count = 0
    matched, fuzz, q_covered, l_covered, best_exact, least = 0.0, 0.0, 0.0, 0.0, 0.0, 1.0
    whole, inexact, initials, joined, in_order, last_l = 0, 0, 0, 0, 0, -1
    telling, least_telling, most_telling = 0.0, 20.0, 0.0
    strangers, acquainted = (
        0,
        0,
    )  # words spelled nearly alike of which the submitted one, or both, are known words of their own
    for _ in range(MAX_WORDS):
        top = -1
        value = 0.0
        for o in range(options):
            if gain_of[o, 1] <= value:
                continue
            free = True
            for i in range(option[o, 0], option[o, 1]):
                if q_used[i]:
                    free = False
            for j in range(option[o, 2], option[o, 3]):
                if l_used[j]:
                    free = False
            if free:
                top = o
                value = gain_of[o, 1]
        if top < 0:
            break
        s = gain_of[top, 0]
        bq, bl = 0.0, 0.0
        for i in range(option[top, 0], option[top, 1]):
            q_used[i] = 1
            bq += q_bits[i]
        for j in range(option[top, 2], option[top, 3]):
            l_used[j] = 1
            bl += v_bits[name_word[begin + j]]
        for c in range(4):
            pairs[count, c] = option[top, c]
        pairs[count, 4] = s
        count += 1
        bits = min(bq, bl)
        if s == INITIAL:
            initials += 1
            q_covered += 0.6 * bq
            l_covered += 0.6 * bl
            matched += min(2.0, bits)
            continue
        told_bits = bits
        if option[top, 1] - option[top, 0] == 1 and option[top, 3] - option[top, 2] == 1:
            told_bits = _telling(option[top, 0], s, bits, all_start, all_near, all_alike, v_mass, sole, bearers[row])
        telling += told_bits
        least_telling = min(least_telling, told_bits)
        most_telling = max(most_telling, told_bits)
        g = max(0.0, (s - 0.55) / 0.45)
        matched += bits * g
        fuzz += bits * (1.0 - s)
        q_covered += bq * s
        l_covered += bl * s
        whole += 1
        if s < 0.985:
            inexact += 1
        else:
            best_exact = max(best_exact, bits)
        least = min(least, s)
        strangers += option[top, 4] > 0
        acquainted += option[top, 4] > 1
        if option[top, 1] - option[top, 0] + option[top, 3] - option[top, 2] > 2:
            joined += 1
    # order of the matched words, by query position
    last_l = -1
    for i in range(m):
        for p in range(count):
            if pairs[p, 0] == i:
                if pairs[p, 2] > last_l:
                    in_order += 1
                last_l = pairs[p, 2]
    q_left, l_left, q_most, l_most = 0.0, 0.0, 0.0, 0.0
    q_digits, l_digits, organs, q_places, l_places = 0, 0, 0, 0, 0
    told, untold, organs_met, q_countries, l_countries, q_numbers, l_numbers = 0, 0, 0, 0, 0, 0, 0
    for p in range(count):
        for j in range(int(pairs[p, 2]), int(pairs[p, 3])):
            organs_met += v_flags[name_word[begin + j]] & ORGAN
            if (v_flags[name_word[begin + j]] & 8) == 0 and pairs[p, 4] >= PAIR_FROM:
                told += 1
    last_matched = -1
    q_count, l_count = 0, 0
    for p in range(count):
        last_matched = max(last_matched, pairs[p, 3])
    q_fathers, l_fathers = 0, 0  # patronymics left over: where only one side has one, it was left out
    if (person or q_person) and whole > 1:
        for i in range(m):
            q_fathers += not q_used[i] and (q_flags[i] & PATRONYMIC) != 0
        for j in range(n):
            l_fathers += not l_used[j] and j >= family and (v_flags[name_word[begin + j]] & PATRONYMIC) != 0
    for i in range(m):
        if not q_used[i]:
            b = np.float64(q_bits[i])
            if q_fathers == 1 and l_fathers == 0 and (q_flags[i] & PATRONYMIC) != 0:
                b = min(b, LEFT_OUT)
            q_left += b
            q_count += 1
            q_most = max(q_most, b)
            if q_words[i, 0] > 26:
                q_digits += 1
            organs += q_flags[i] & 1
            q_places += (q_flags[i] >> 1) & 1
            q_countries += (q_flags[i] & COUNTRY) != 0
            q_numbers += _numbers_a_series(q_words, i, np.int64(q_sizes[i]))
    for j in range(n):
        if not l_used[j]:
            b = np.float64(v_bits[name_word[begin + j]])
            if l_fathers == 1 and q_fathers == 0 and j >= family and (v_flags[name_word[begin + j]] & PATRONYMIC) != 0:
                b = min(b, LEFT_OUT)
            if cut and j >= last_matched and q_left == 0.0:
                l_covered += 0.7 * b
                b *= 0.3
            l_left += b
            l_count += 1
            l_most = max(l_most, b)
            if l_words[j, 0] > 26:
                l_digits += 1
            flags = v_flags[name_word[begin + j]]
            organs += flags & 1
            untold += 1 - ((flags >> 3) & 1)
            l_places += (flags >> 1) & 1
            l_countries += (flags & COUNTRY) != 0
            l_numbers += _numbers_a_series(l_words, j, l_sizes[j])
    syllables_left = 0
    if person or q_person:
        for j in range(n):
            if l_used[j] or (v_flags[name_word[begin + j]] & (SYLLABLE | KOREAN)) == 0:
                continue
            if joined > 0 and whole == 1:  # two syllables that are the given name alone
                syllables_left = 1
            for other_j in range(max(j - 1, 0), min(j + 2, n)):
                beside = v_flags[name_word[begin + other_j]] & (SYLLABLE | KOREAN)
                if l_used[other_j] and beside != 0 and (family == 0 or (j >= family) == (other_j >= family)):
                    syllables_left = 1
    first_match = 0.0
    for p in range(count):
        if pairs[p, 0] == 0 and pairs[p, 2] == 0:
            first_match = pairs[p, 4]
    family_match = 0.5
    if person and family > 0:
        family_match = 0.0
        for p in range(count):
            if pairs[p, 2] < family:
                family_match = max(family_match, pairs[p, 4])
    size = _concatenated(q_words, q_sizes, 0, m, one)
    size_b = _concatenated(l_words, l_sizes, 0, n, other)
    memory[2], memory[3] = size, size_b
    feature[0] = min(matched, 60.0) / 20.0
    feature[1] = q_covered / w_q if w_q > 0 else 0.0
    feature[2] = l_covered / w_l if w_l > 0 else 0.0
    feature[3] = min(q_left, 40.0) / 10.0
    feature[4] = min(l_left, 40.0) / 10.0
    feature[5] = min(fuzz, 20.0) / 5.0
    feature[6] = q_most / 10.0
    feature[7] = l_most / 10.0
    feature[8] = min(whole, 4) / 4.0
    feature[9] = 1.0 if whole <= 1 else 0.0
    feature[SQUASHED] = 0.0
    feature[11] = person
    feature[12] = min(initials, 3) / 3.0
    feature[13] = min(inexact, 3) / 3.0
    feature[14] = least if whole > 0 else 0.0
    feature[15] = in_order / count if count > 0 else 0.0
    feature[16] = family_match
    feature[17] = abjad
    feature[18] = 1.0 if q_digits > 0 and l_digits > 0 else (0.5 if q_digits + l_digits > 0 else 0.0)
    feature[19] = min(joined, 2) / 2.0
    feature[20] = cut
    feature[21] = best_exact / 10.0
    feature[22] = first_match
    feature[23] = min(q_count, 3) / 3.0 if not person else min(l_count, 3) / 3.0
    numbers = q_numbers + l_numbers > 0 and not cut
    countries = q_countries > 0 and l_countries > 0
    if (organs_met > 0 and q_places > 0 and l_places > 0) or (not person and (numbers or countries)):
        organs += 1  # the same organ of two places is two organs; so are houses of two countries, and two of a series
    feature[24] = min(organs, 2) / 2.0
    feature[25] = 1.0 if q_places > 0 and l_places > 0 else (0.5 if q_places + l_places > 0 else 0.0)
    feature[26] = name_info[row, 2]
    feature[27] = min(q_most, l_most) / 10.0
    feature[28] = 0.0 if told > 0 or person else (1.0 if untold > 0 else (0.5 if l_left > 0.0 or q_left > 0.0 else 0.0))
    feature[29] = min(strangers, 2) / 2.0
    feature[30] = min(acquainted, 2) / 2.0
    feature[31] = 1.0 if cut and size >= BEGINS and size < size_b and _begins(other, one, size) else 0.0
    feature[32] = min(telling, 60.0) / 20.0
    feature[33] = least_telling / 10.0 if whole > 0 else 0.0
    feature[34] = most_telling / 10.0
    feature[35] = syllables_left
    return count
