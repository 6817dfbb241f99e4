"""The compiled inner loop: how alike two words are, which listed names to compare, and how a name aligns with each.

Everything numba compiles is in this one file, because its on-disk cache follows changes of the file a function stands in and of no other.
Words are rows of bytes: letters 1 to 26, digits 27 to 36, 0 behind the end.
"""

from __future__ import annotations

import numba
import numpy as np

MAX_LETTERS = 24
MAX_WORDS = 16
SKELETON = 12
FEATURES = 29
PAIR_FROM = 0.70
"""Similarity below which two words are different words."""
INITIAL = 0.5
"""Similarity of an initial and a word that begins with it."""
JOIN_FROM = 0.84
"""Similarity from which words written apart are one word written together."""


def _jit(function):
    """Compile, keeping the machine code on disk where that is possible."""
    try:
        return numba.njit(cache=True, error_model="numpy")(function)
    except RuntimeError:  # no place to write the cache
        return numba.njit(error_model="numpy")(function)


VOWELS = np.zeros(40, np.uint8)
for _ch in "aeiouy":
    VOWELS[ord(_ch) - 96] = 1


def _substitution() -> np.ndarray:
    """Cost in tenths of writing one letter for another: sounds alike, looks alike, or is merely another letter."""
    cost = np.full((40, 40), 10, np.int32)
    cheap = (
        ("aeiou", 5), ("iy", 2), ("jy", 5), ("ckq", 3), ("sz", 4), ("vw", 3), ("fv", 6), ("bp", 6), ("dt", 6), ("gk", 6), ("gj", 6),
        ("gq", 6), ("uw", 4), ("mn", 7), ("jz", 7), ("cs", 6), ("ei", 4), ("ou", 4), ("0o", 2), ("1l", 2), ("1i", 2), ("5s", 3),
        ("8b", 3), ("2z", 3), ("9g", 3), ("6b", 4), ("6g", 4), ("0d", 5), ("4a", 4), ("7t", 4), ("ce", 6), ("hb", 7), ("bv", 6), ("lr", 7), ("gh", 7), ("xs", 7), ("rn", 8), ("uv", 5), ("hk", 8), ("il", 6), ("ao", 4),
    )  # fmt: skip
    for letters, value in cheap:
        for a in letters:
            for b in letters:
                x, y = code(a), code(b)
                cost[x, y] = min(cost[x, y], value)
    np.fill_diagonal(cost, 0)
    return cost


def code(ch: str) -> int:
    return ord(ch) - 96 if ch.isalpha() else ord(ch) - 48 + 27


SUBSTITUTION = _substitution()
_H, _A, _L = 8, 1, 12


@_jit
def fnv(word, size, skip, seed):
    """64-bit hash of a word without the letter at ``skip`` (-1 keeps all)."""
    h = np.uint64(14695981039346656037) ^ np.uint64(seed)
    for n in range(size):
        if n != skip:
            h = (h ^ np.uint64(word[n])) * np.uint64(1099511628211)
    return h


@_jit
def distance(a, la, b, lb, limit, rows, substitution, vowels):
    """Weighted edit distance in tenths, transposition included; anything over ``limit`` may come back as ``limit`` + 1."""
    if la == 0 or lb == 0:
        return 10 * (la + lb)
    short = max(la, lb) <= 4
    p2, p1, p0 = rows[0], rows[1], rows[2]
    p1[0] = 0
    for j in range(1, lb + 1):
        c = b[j - 1]
        g = 10
        if j > 1 and b[j - 2] == c:
            g = 2
        elif vowels[c] and not short:
            g = 7
        elif c == 8:
            g = 5
        p1[j] = p1[j - 1] + g
    for i in range(1, la + 1):
        ca = a[i - 1]
        ga = 10
        if i > 1 and a[i - 2] == ca:
            ga = 2
        elif vowels[ca] and not short:
            ga = 7
        elif ca == 8:
            ga = 5
        p0[0] = p1[0] + ga
        least = p0[0]
        for j in range(1, lb + 1):
            cb = b[j - 1]
            gb = 10
            if j > 1 and b[j - 2] == cb:
                gb = 2
            elif vowels[cb] and not short:
                gb = 7
            elif cb == 8:
                gb = 5
            s = substitution[ca, cb]
            if short and s > 0 and s < 8:
                s = 8 if s > 2 else 5
            if i == 1 and j == 1 and s > 0:
                s += 3
            v = p1[j - 1] + s
            w = p1[j] + ga
            if w < v:
                v = w
            w = p0[j - 1] + gb
            if w < v:
                v = w
            if i > 1 and j > 1 and ca == b[j - 2] and a[i - 2] == cb and ca != cb:
                w = p2[j - 2] + 7
                if w < v:
                    v = w
            # "rn" and "m" look alike; letters are codes: m 13, n 14, r 18
            if ca == 13 and j > 1 and cb == 14 and b[j - 2] == 18:
                w = p1[j - 2] + 4
                if w < v:
                    v = w
            if cb == 13 and i > 1 and ca == 14 and a[i - 2] == 18:
                w = p2[j - 1] + 4
                if w < v:
                    v = w
            p0[j] = v
            if v < least:
                least = v
        if least > limit:
            return limit + 1
        p2, p1, p0 = p1, p0, p2
    return p1[lb]


@_jit
def alike(a, la, b, lb, rows, substitution, vowels):
    """Similarity of two words, 0 to 1; words with different digits are different words."""
    longer = max(la, lb)
    limit = int(10 * longer * (1.0 - PAIR_FROM)) + 1
    if 5 * abs(la - lb) > limit + 4:
        return 0.0
    ma, mb = np.uint64(0), np.uint64(0)
    for n in range(la):
        ma |= np.uint64(1) << np.uint64(a[n])
    for n in range(lb):
        mb |= np.uint64(1) << np.uint64(b[n])
    high = np.uint64(0xFFFFFFFFF8000000)
    numbers = (ma & ~high) == 0 or (mb & ~high) == 0 or ((ma & high) != 0 and (mb & high) != 0)
    x = (ma & ~mb, mb & ~ma)
    only = 0
    for side in range(2):
        m = x[side]
        count = 0
        while m:
            m &= m - np.uint64(1)
            count += 1
        if count > only:
            only = count
    if 2 * only > limit:
        return 0.0
    d = distance(a, la, b, lb, limit, rows, substitution, vowels)
    if d > limit:
        return 0.0
    if numbers and d > 3:
        return 0.0
    return max(0.0, 1.0 - d / (10.0 * longer))


@_jit
def bones_alike(a, la, b, lb, rows, substitution, vowels):
    """Similarity of two consonant skeletons."""
    if la == 0 or lb == 0:
        return 0.0
    longer = max(la, lb)
    limit = int(10 * longer * 0.4)
    if 10 * abs(la - lb) > limit:
        return 0.0
    d = distance(a, la, b, lb, limit, rows, substitution, vowels)
    return 0.0 if d > limit else 1.0 - d / (10.0 * longer)


@_jit
def abjad_likeness(t, size):
    """What the likeness of two skeletons says of their words: little where they are short."""
    if t < 0.65 or size < 2:
        return 0.0
    most = 0.76 if size == 2 else (0.89 if size == 3 else 0.95)
    return most - 0.6 * (1.0 - t)


@_jit
def keys_of(word, size, bones, bone_size, out):
    """Keys under which nearly equal words meet: the word, each deletion, its skeleton, its beginning and its end."""
    n = 0
    if size >= 3:
        out[n] = fnv(word, size, -1, 1)
        n += 1
    if size >= 4:
        for k in range(size):
            if k > 0 and word[k] == word[k - 1]:
                continue
            out[n] = fnv(word, size, k, 1)
            n += 1
    if bone_size >= 2:
        out[n] = fnv(bones, bone_size, -1, 2)
        n += 1
        if bone_size >= 4:
            for k in range(bone_size):
                out[n] = fnv(bones, bone_size, k, 2)
                n += 1
    if size >= 7:
        out[n] = fnv(word, 5, -1, 3)
        out[n + 1] = fnv(word[size - 5 :], 5, -1, 4)
        n += 2
    return n


@_jit
def all_keys(words, sizes, bones, bone_sizes):
    """Every key of every word, with the word's number."""
    total = 0
    out = np.empty(64, np.uint64)
    for v in range(len(sizes)):
        total += keys_of(words[v], sizes[v], bones[v], bone_sizes[v], out)
    keys = np.empty(total, np.uint64)
    ids = np.empty(total, np.int32)
    at = 0
    for v in range(len(sizes)):
        n = keys_of(words[v], sizes[v], bones[v], bone_sizes[v], out)
        for k in range(n):
            keys[at] = out[k]
            ids[at] = v
            at += 1
    return keys, ids


@_jit
def neighbours(word, size, bones, bone_size, abjad, vocabulary, rows, substitution, vowels, ids_out, sims_out):
    """Words of the list spelled nearly as this one, at most ``len(ids_out)``, the most alike first."""
    words, sizes, v_bones, v_bone_sizes, keys, ids, seen, stamp = vocabulary
    out = np.empty(64, np.uint64)
    n = keys_of(word, size, bones, bone_size, out)
    stamp[0] += 1
    mark = stamp[0]
    count = 0
    most = len(ids_out)
    for k in range(n):
        at = np.searchsorted(keys, out[k])
        end = min(at + 400, len(keys))
        while at < end and keys[at] == out[k]:
            v = ids[at]
            at += 1
            if seen[v] == mark:
                continue
            seen[v] = mark
            s = alike(word, size, words[v], sizes[v], rows, substitution, vowels)
            if abjad or s < 0.85:
                t = bones_alike(bones, bone_size, v_bones[v], v_bone_sizes[v], rows, substitution, vowels)
                if abjad:
                    t = abjad_likeness(t, min(bone_size, v_bone_sizes[v]))
                elif t >= 0.999 and bone_size >= 3:
                    t = 0.82 if size >= 5 else 0.74
                else:
                    t = 0.0
                s = max(s, t)
            if s < PAIR_FROM:
                continue
            if count < most:
                at2 = count
                count += 1
            elif s > sims_out[most - 1]:
                at2 = most - 1
            else:
                continue
            while at2 > 0 and sims_out[at2 - 1] < s:
                sims_out[at2] = sims_out[at2 - 1]
                ids_out[at2] = ids_out[at2 - 1]
                at2 -= 1
            sims_out[at2] = s
            ids_out[at2] = v
    return count


@_jit
def candidates(starts, ids, sims, order, index, best, limit, cap):
    """The names that share the most telling words, as their numbers: at most ``limit``, after at most ``cap`` postings.

    ``starts``, ``ids``, ``sims``: for each retrieval word its spellings in the list; ``order``: the words, rarest first.
    """
    post_start, post_name, v_bits, name_bits, score, word_of, seen, stamp, touched = index
    stamp[0] += 1
    mark = stamp[0]
    count = 0
    left = cap
    for o in range(len(order)):
        u = order[o]
        for k in range(starts[u], starts[u + 1]):
            v = ids[k]
            gain = v_bits[v] * (2.0 * sims[k] - 1.0)
            begin, end = post_start[v], post_start[v + 1]
            if end - begin > left:
                end = begin + left
            left -= end - begin
            for p in range(begin, end):
                r = post_name[p]
                if seen[r] != mark:
                    seen[r] = mark
                    score[r] = 0.0
                    word_of[r] = -1
                    touched[count] = r
                    count += 1
                if word_of[r] != u:
                    word_of[r] = u
                    score[r] += gain
        if left <= 0:
            break
    size = 0
    heap_score = np.empty(limit, np.float32)
    for t in range(count):
        r = touched[t]
        s = score[r] - 0.2 * max(name_bits[r] - score[r], 0.0)
        if size < limit:
            n = size
            size += 1
        elif s > heap_score[size - 1]:
            n = size - 1
        else:
            continue
        while n > 0 and (heap_score[n - 1] < s or (heap_score[n - 1] == s and best[n - 1] > r)):
            heap_score[n] = heap_score[n - 1]
            best[n] = best[n - 1]
            n -= 1
        heap_score[n] = s
        best[n] = r
    return size


@_jit
def _concatenated(words, sizes, first, last, out):
    n = 0
    for k in range(first, last):
        for c in range(sizes[k]):
            if n < 47:
                out[n] = words[k, c]
                n += 1
    return n


@_jit
def align(query, row, index, vocabulary, scratch, rows, substitution, vowels, feature, pairs):
    """Align a query with one listed name; fills ``feature`` and returns the number of ``pairs`` (first, last, first, last, similarity)."""
    (
        q_words,
        q_sizes,
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
    ) = query
    name_start, name_word, name_info, v_bits, v_folds, v_groups, v_flags = index
    words, sizes, v_bones, v_bone_sizes = vocabulary[0], vocabulary[1], vocabulary[2], vocabulary[3]
    l_words, l_sizes, one, other, option, gain_of, q_used, l_used = scratch
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
        v = name_word[begin + j]
        l_sizes[j] = sizes[v]
        w_l += v_bits[v]
        l_used[j] = 0
        for c in range(sizes[v]):
            l_words[j, c] = words[v, c]
    options = 0
    for i in range(m):
        for j in range(n):
            v = name_word[begin + j]
            s = 0.0
            if q_ids[i] == v:
                s = 1.0
            elif q_folds[i] == v_folds[v] and q_folds[i] >= 0:
                s = 0.97
            elif q_groups[i] >= 0 and q_groups[i] == v_groups[v]:
                s = 0.93
            elif q_sizes[i] == 1 or sizes[v] == 1:
                if q_words[i, 0] == words[v, 0] and q_words[i, 0] <= 26 and q_sizes[i] != sizes[v]:
                    if cut and i == m - 1 and q_sizes[i] == 1:
                        s = 0.75
                    elif person or q_person:
                        s = INITIAL
            else:
                s = alike(q_words[i], q_sizes[i], words[v], sizes[v], rows, substitution, vowels)
                if (q_flags[i] & v_flags[v] & 6) != 0:  # two syllables, or two places, are two names
                    s = 0.0
                elif (han or name_info[row, 3]) and s < 0.9:
                    s = 0.0
                elif s < 0.85 and (abjad or s > 0.0 or q_bones[i, 0] == v_bones[v, 0]):
                    t = bones_alike(
                        q_bones[i], q_bone_sizes[i], v_bones[v], v_bone_sizes[v], rows, substitution, vowels
                    )
                    if abjad:
                        t = abjad_likeness(t, min(q_bone_sizes[i], v_bone_sizes[v]))
                    elif t >= 0.999 and q_bone_sizes[i] >= 3:
                        t = 0.82 if min(q_sizes[i], sizes[v]) >= 5 else 0.74
                    else:
                        t = 0.0
                    s = max(s, t)
                if s < 0.88:
                    for k in range(q_start[i], q_start[i + 1]):
                        if q_near[k] == v:
                            s = max(s, q_alike[k])
                            break
                if cut and i == m - 1 and s < 0.9 and q_sizes[i] < sizes[v]:
                    same = True
                    for c in range(q_sizes[i]):
                        if q_words[i, c] != words[v, c]:
                            same = False
                            break
                    if same:
                        s = 0.9
            if s >= PAIR_FROM or s == INITIAL:
                option[options, 0], option[options, 1], option[options, 2], option[options, 3] = i, i + 1, j, j + 1
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
                if side == 0:
                    size = _concatenated(q_words, q_sizes, first, last, one)
                else:
                    size = _concatenated(l_words, l_sizes, first, last, one)
                for k in range(count_b):
                    size_b = l_sizes[k] if side == 0 else q_sizes[k]
                    if size_b < 4 or abs(size - size_b) > 2 or options >= len(gain_of):
                        continue
                    if side == 0:
                        s = alike(one, size, l_words[k], size_b, rows, substitution, vowels)
                    else:
                        s = alike(one, size, q_words[k], size_b, rows, substitution, vowels)
                    if s < JOIN_FROM:
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
                    gain_of[options, 0] = s
                    gain_of[options, 1] = b * s * s + 0.5
                    options += 1
    count = 0
    matched, fuzz, q_covered, l_covered, best_exact, least = 0.0, 0.0, 0.0, 0.0, 0.0, 1.0
    whole, inexact, initials, joined, in_order, last_l = 0, 0, 0, 0, 0, -1
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
    told, untold, organs_met = 0, 0, 0
    for p in range(count):
        for j in range(int(pairs[p, 2]), int(pairs[p, 3])):
            organs_met += v_flags[name_word[begin + j]] & 1
            if (v_flags[name_word[begin + j]] & 8) == 0 and pairs[p, 4] >= PAIR_FROM:
                told += 1
    last_matched = -1
    q_count, l_count = 0, 0
    for p in range(count):
        last_matched = max(last_matched, pairs[p, 3])
    for i in range(m):
        if not q_used[i]:
            q_left += q_bits[i]
            q_count += 1
            q_most = max(q_most, q_bits[i])
            if q_words[i, 0] > 26:
                q_digits += 1
            organs += q_flags[i] & 1
            q_places += (q_flags[i] >> 1) & 1
    for j in range(n):
        if not l_used[j]:
            b = v_bits[name_word[begin + j]]
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
    limit = int(10 * max(size, size_b) * 0.6) + 1
    d = distance(one, size, other, size_b, limit, rows, substitution, vowels)
    squashed = 0.0 if d > limit else 1.0 - d / (10.0 * max(size, size_b, 1))
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
    feature[10] = squashed
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
    if organs_met > 0 and q_places > 0 and l_places > 0:  # the same organ of two places is two organs
        organs += 1
    feature[24] = min(organs, 2) / 2.0
    feature[25] = 1.0 if q_places > 0 and l_places > 0 else (0.5 if q_places + l_places > 0 else 0.0)
    feature[26] = name_info[row, 2]
    feature[27] = min(q_most, l_most) / 10.0
    feature[28] = 1.0 if told == 0 and untold > 0 and not person else 0.0
    return count


@_jit
def compare_all(query, rows_wanted, size, index, vocabulary, scratch, rows, substitution, vowels, features):
    """Features of the query against every wanted name."""
    pairs = np.empty((MAX_WORDS, 5), np.float32)
    for k in range(size):
        align(query, rows_wanted[k], index, vocabulary, scratch, rows, substitution, vowels, features[k], pairs)
    return size
