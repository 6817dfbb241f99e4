"""Which words of the list are spelled nearly as a given one, and which names share the most telling words: compiled.

Words meet under keys (``keys_of``), kept as sorted hashes; a directory by their first bits says where to begin, so that nothing is searched.
"""

from __future__ import annotations

import numpy as np

from .abjad import alike_unvowelled
from .compiled import jit
from .edits import JOIN_FROM, PAIR_FROM, ROW, alike, code, skeleton_likeness

NEAREST = 48
"""Most words kept that were found by their spelling."""

SAME_KEY = 400
"""Words looked at that share one key."""

FOLD_ALIKE, GROUP_ALIKE = 0.97, 0.93
"""Similarity of words that another romanisation, or a table of equivalents, makes one."""

BEGUN = 0.6
"""What a listed word that begins with what is left of a cut one counts, as a part of its bits."""

KEYS = 64
AHEAD = 64
"""Names fetched from memory together before any of them is looked at: then none waits for another."""
PLACES = 14
"""Bits of a place among the names met for one reading; those before them are the stamp of the reading."""
STAMPS = (1 << 31 - PLACES) - 1
"""Readings after which stamps begin again."""
WIDER = 6
"""So many times more names are looked at again than are aligned."""


def _made_one(pairs: tuple[str, ...], gone: str = "") -> np.ndarray:
    """A table of letters that sends the first of each pair to the second, and ``gone`` to nothing."""
    made = np.arange(40, dtype=np.uint8)
    for pair in pairs:
        made[code(pair[0])] = code(pair[1])
    for ch in gone:
        made[code(ch)] = 0
    return made


LOOKS = _made_one(("0o", "1l", "il", "5s", "8b", "2z", "9g", "6g", "4a", "ec", "vu", "hb"))
"""Letters and digits that a scanner takes for one another, as one."""
SOUNDS = _made_one(("zd", "gk", "qk", "jk", "xk", "pb", "cs"), gone="hvwy")
"""Consonants of skeletons that Arabic, Persian and their romanisations write differently, as one."""
C, L, D, R, N, M = (code(ch) for ch in "cldrnm")


@jit
def _seen_key(words, row, size):
    """Hash of a word as a scanner sees it: letters that look alike are one, ``rn`` is ``m``, ``cl`` is ``d``."""
    h = np.uint64(14695981039346656037) ^ np.uint64(6)
    n = 0
    while n < size:
        c, after = words[row, n], words[row, n + 1] if n + 1 < size else 0
        seen = LOOKS[c]
        if (c == R and after == N) or (c == C and after == L):
            seen = np.uint8(M if c == R else D)
            n += 1
        h = (h ^ np.uint64(seen)) * np.uint64(1099511628211)
        n += 1
    h = (h ^ (h >> np.uint64(32))) * np.uint64(0x9E3779B97F4A7C15)
    return h ^ (h >> np.uint64(29))


@jit
def _heard_key(bones, row, size):
    """Hash of a skeleton as its consonants are heard."""
    h = np.uint64(14695981039346656037) ^ np.uint64(5)
    for n in range(size):
        c = SOUNDS[bones[row, n]]
        if c != 0:
            h = (h ^ np.uint64(c)) * np.uint64(1099511628211)
    h = (h ^ (h >> np.uint64(32))) * np.uint64(0x9E3779B97F4A7C15)
    return h ^ (h >> np.uint64(29))


@jit
def fnv(word, row, begin, size, skip, seed):
    """64-bit hash of ``size`` letters of a row from ``begin``, without the letter at ``skip`` (-1 keeps all)."""
    h = np.uint64(14695981039346656037) ^ np.uint64(seed)
    for n in range(size):
        if n != skip:
            h = (h ^ np.uint64(word[row, begin + n])) * np.uint64(1099511628211)
    h = (h ^ (h >> np.uint64(32))) * np.uint64(0x9E3779B97F4A7C15)  # the first bits of short words differ too little
    return h ^ (h >> np.uint64(29))


@jit
def keys_of(words, bones, row, size, bone_size, heard, out):
    """Keys under which nearly equal words meet: the word, each deletion, its skeleton, its beginning and its end, how it looks to a scanner,
    and where ``heard`` how its skeleton sounds."""
    n = 0
    if size >= 3:
        out[n] = fnv(words, row, 0, size, -1, 1)
        n += 1
    if size >= 4:
        for k in range(size):
            if k > 0 and words[row, k] == words[row, k - 1]:
                continue
            out[n] = fnv(words, row, 0, size, k, 1)
            n += 1
    if bone_size >= 2:
        out[n] = fnv(bones, row, 0, bone_size, -1, 2)
        n += 1
        if bone_size >= 4:
            for k in range(bone_size):
                out[n] = fnv(bones, row, 0, bone_size, k, 2)
                n += 1
    if size >= 7:
        out[n] = fnv(words, row, 0, 5, -1, 3)
        out[n + 1] = fnv(words, row, size - 5, 5, -1, 4)
        n += 2
    if size >= 4:
        out[n] = _seen_key(words, row, size)
        n += 1
    if heard and bone_size >= 2:
        out[n] = _heard_key(bones, row, bone_size)
        n += 1
    return n


@jit
def all_keys(words, sizes, bones, bone_sizes):
    """Every key of every word, with the word's number."""
    total = 0
    out = np.empty(KEYS, np.uint64)
    for v in range(len(sizes)):
        total += keys_of(words, bones, v, np.int64(sizes[v]), np.int64(bone_sizes[v]), True, out)
    keys = np.empty(total, np.uint64)
    ids = np.empty(total, np.int32)
    at = 0
    for v in range(len(sizes)):
        n = keys_of(words, bones, v, np.int64(sizes[v]), np.int64(bone_sizes[v]), True, out)
        for k in range(n):
            keys[at] = out[k]
            ids[at] = v
            at += 1
    return keys, ids


@jit
def directory(keys, bits):
    """For each value of the first ``bits`` of a key, where the sorted keys with them begin."""
    size = 1 << bits
    made = np.zeros(size + 1, np.int32)
    shift = np.uint64(64 - bits)
    for k in range(len(keys)):
        made[np.int64(keys[k] >> shift) + 1] += 1
    for n in range(size):
        made[n + 1] += made[n]
    return made


@jit
def neighbours(word, row, size, mask, bones, bone_size, abjad, joined, vocabulary, out, rows, ids_out, sims_out):
    """Words of the list spelled nearly as this one, at most ``NEAREST``, the most alike first.

    Words that the query writes apart (``joined``) must be as alike as the alignment wants them to be.
    """
    needed = JOIN_FROM if joined else PAIR_FROM
    words, sizes, v_masks, v_bones, v_bone_sizes, keys, ids, starts, shift, seen, stamp = vocabulary
    n = keys_of(word, bones, row, size, bone_size, abjad, out)
    stamp[0] += 1
    mark = stamp[0]
    count = 0
    for k in range(n):
        key = out[k]
        first = np.int64(key >> np.uint64(shift))
        at, end = np.int64(starts[first]), np.int64(starts[first + 1])
        while at < end and keys[at] < key:
            at += 1
        end = min(end, at + SAME_KEY)
        while at < end and keys[at] == key:
            v = np.int64(ids[at])
            at += 1
            if seen[v] == mark:
                continue
            seen[v] = mark
            v_size, v_bone_size = np.int64(sizes[v]), np.int64(v_bone_sizes[v])
            if abjad:
                s = alike_unvowelled(word, row, size, bone_size, words, v, v_size, v_bone_size, rows)
            else:
                s = alike(word, row, size, mask, words, v, v_size, v_masks[v], needed, rows)
            if not abjad and not joined and s < 0.85:
                s = max(s, skeleton_likeness(bones, row, bone_size, v_bones, v, v_bone_size, size))
            if s < needed:
                continue
            if count < NEAREST:
                at2 = count
                count += 1
            elif s > sims_out[NEAREST - 1]:
                at2 = NEAREST - 1
            else:
                continue
            while at2 > 0 and sims_out[at2 - 1] < s:
                sims_out[at2] = sims_out[at2 - 1]
                ids_out[at2] = ids_out[at2 - 1]
                at2 -= 1
            sims_out[at2] = s
            ids_out[at2] = v
    return count


@jit
def _raise_to(v, s, ids, sims, count):
    for n in range(count):
        if ids[n] == v:
            sims[n] = max(sims[n], s)
            return count
    ids[count] = v
    sims[count] = s
    return count + 1


@jit
def look_up(asked, vocabulary, members):
    """For each word asked about, every word of the list that may be meant: found by spelling, by fold, by group and by tables; the most alike first.

    Gives where each word's neighbours begin, their numbers, and how alike they are.
    """
    words, sizes, w_masks, bones, bone_sizes, numbers, folds, groups, abjads, joins, known_start, known, known_alike = (
        asked
    )
    fold_start, fold_members, group_start, group_members = members
    total = len(abjads)
    room = len(known)
    most = 1
    for w in range(total):
        size = NEAREST + 1 + known_start[w + 1] - known_start[w]
        if folds[w] >= 0:
            size += fold_start[folds[w] + 1] - fold_start[folds[w]]
        if groups[w] >= 0:
            size += group_start[groups[w] + 1] - group_start[groups[w]]
        room += size
        most = max(most, size)
    start = np.zeros(total + 1, np.int64)
    near = np.empty(room, np.int32)
    likeness = np.empty(room, np.float32)
    ids = np.empty(most, np.int32)
    sims = np.empty(most, np.float64)
    found = np.empty(NEAREST, np.float32)
    out = np.empty(KEYS, np.uint64)
    rows = np.empty(5 * ROW, np.int32)
    at = 0
    for w in range(total):
        size, bone_size = np.int64(sizes[w]), np.int64(0 if joins[w] else bone_sizes[w])
        count = neighbours(
            words, w, size, w_masks[w], bones, bone_size, abjads[w], joins[w], vocabulary, out, rows, ids, found
        )
        for n in range(count):
            sims[n] = found[n]
        if folds[w] >= 0:
            for n in range(fold_start[folds[w]], fold_start[folds[w] + 1]):
                count = _raise_to(fold_members[n], FOLD_ALIKE, ids, sims, count)
        if groups[w] >= 0:
            for n in range(group_start[groups[w]], group_start[groups[w] + 1]):
                count = _raise_to(group_members[n], GROUP_ALIKE, ids, sims, count)
        for n in range(known_start[w], known_start[w + 1]):
            count = _raise_to(known[n], known_alike[n], ids, sims, count)
        if numbers[w] >= 0:
            count = _raise_to(numbers[w], 1.0, ids, sims, count)
        for n in range(1, count):  # in order: the most alike first, then by number
            v, s, place = ids[n], sims[n], n
            while place > 0 and (sims[place - 1] < s or (sims[place - 1] == s and ids[place - 1] > v)):
                sims[place] = sims[place - 1]
                ids[place] = ids[place - 1]
                place -= 1
            sims[place] = s
            ids[place] = v
        for n in range(count):
            near[at + n] = ids[n]
            likeness[at + n] = sims[n]
        at += count
        start[w + 1] = at
    return start, near[:at], likeness[:at]


@jit
def _sink(heap, rows, n, size):
    """Put one of a heap, least on top, in its place."""
    while True:
        least = n
        for child in range(2 * n + 1, min(2 * n + 3, size)):
            if heap[child] < heap[least]:
                least = child
        if least == n:
            return
        heap[n], heap[least] = heap[least], heap[n]
        rows[n], rows[least] = rows[least], rows[n]
        n = least


@jit
def _begins_with(words, row, beginning, at, size):
    for n in range(size):
        if words[row, n] != beginning[at, n]:
            return False
    return True


@jit
def candidates(units, near_start, near, sims, parts, index, met, best, cut, listed):
    """The names that share the most telling words, as their numbers: as many as ``best`` has room for, after as many postings as ``touched`` has.

    ``units``: first and last of the words to look for; the rarest is looked for first. ``near``, ``sims``: each word's spellings in the list;
    ``parts``: the part of the name it is, as bits. Of all names the ``WIDER`` times as many that share most are looked at again, each part of
    either name counted once.

    ``cut``: the letters of the query's last word, its row among them, and how many letters it has where the name was cut off there, else 0;
    ``listed``: the letters of the list's words and how many each has. What stands behind the words that a cut name shares was cut off with
    the rest, and a word that begins with what is left of the last one may be it.

    ``met`` is scratch: the names met so far, side by side, what each shares, how telling it is, and the last unit that met it. ``place`` tells
    where a name stands there, behind the ``stamp`` of the reading that says so.
    """
    post_start, post_name, v_bits, name_bits, place, stamp, chained, name_start, name_word = index
    touched, score, telling, last_unit = met
    first, last = units
    torn, torn_at, torn_size = cut
    letters, sizes = listed
    lacking = 0.2 if torn_size == 0 else 0.05
    number = last - first
    costs = np.zeros(number, np.int64)
    order = np.empty(number, np.int64)
    words = 0
    for u in range(number):
        for k in range(near_start[first + u], near_start[first + u + 1]):
            costs[u] += post_start[near[k] + 1] - post_start[near[k]]
        if costs[u] == 0:
            continue
        n = words
        words += 1
        while n > 0 and costs[order[n - 1]] > costs[u]:
            order[n] = order[n - 1]
            n -= 1
        order[n] = u
    if stamp[0] == STAMPS:
        stamp[0] = 0
        place[:] = 0
    stamp[0] += 1
    mark = stamp[0]
    count = 0
    fetched = 0
    left = len(touched)
    for o in range(words):
        u = order[o]
        most = v_bits[near[near_start[first + u]]]
        if sims[near_start[first + u]] < 1.0:
            most = np.inf  # the list has no such word; else a rarer spelling of it tells no more than it does
        for k in range(near_start[first + u], near_start[first + u + 1]):
            v = near[k]
            gain = min(v_bits[v], most) * (2.0 * sims[k] - 1.0)
            begin, end = post_start[v], post_start[v + 1]
            if end - begin > left:
                end = begin + left
            left -= end - begin
            for p in range(begin, end):
                if (p - begin) % AHEAD == 0:
                    for f in range(p, min(p + AHEAD, end)):
                        fetched ^= place[post_name[f]]
                r = post_name[p]
                t = place[r]
                if t >> PLACES == mark:
                    at = t & ((1 << PLACES) - 1)
                    if last_unit[at] != o:
                        last_unit[at] = o
                        score[at] += gain
                else:
                    place[r] = mark << PLACES | count
                    touched[count] = r
                    telling[count] = name_bits[r]
                    last_unit[count] = o
                    score[count] = gain
                    count += 1
        if left <= 0:
            break
    stamp[1] = fetched  # a result, or the compiler would leave the fetching out
    wide = WIDER * len(best)
    pool = np.empty(wide, np.int64)
    heap = np.empty(wide, np.float32)
    size = 0
    for t in range(count):
        if size == wide and score[t] <= heap[0]:
            continue
        r = np.int64(touched[t])
        s = np.float32(score[t] - lacking * max(telling[t] - score[t], 0.0))
        if size < wide:
            pool[size], heap[size] = r, s
            size += 1
            if size == wide:
                for n in range(wide // 2 - 1, -1, -1):
                    _sink(heap, pool, n, wide)
        elif s > heap[0]:
            pool[0], heap[0] = r, s
            _sink(heap, pool, 0, wide)
    # the spellings of each listed word that the query has, as chains; what ``chained`` says of other words is left from before and seen to be wrong
    begin = near_start[first]
    after = np.empty(near_start[last] - begin, np.int32)
    part_of = np.empty(near_start[last] - begin, np.uint64)
    for u in range(first, last):
        for k in range(near_start[u], near_start[u + 1]):
            v = near[k]
            e = chained[v]
            part_of[k - begin] = parts[u]
            after[k - begin] = e if e < k - begin and near[begin + e] == v else -1
            chained[v] = k - begin
    links = near_start[last] - begin
    # what stands far apart in memory is fetched in runs: none of these reads waits for another
    ends = np.empty(size + 1, np.int32)
    ends[0] = 0
    begins = np.empty(size, np.int32)
    for p in range(size):
        begins[p] = name_start[pool[p]]
        ends[p + 1] = name_start[pool[p] + 1] - begins[p]
    for p in range(size):
        ends[p + 1] += ends[p]
    words_of = np.empty(ends[size], np.int32)
    for p in range(size):
        for w in range(ends[p], ends[p + 1]):
            words_of[w] = name_word[begins[p] + w - ends[p]]
    bits_of = np.empty(ends[size], np.float32)
    chain_of = np.empty(ends[size], np.int32)
    for w in range(ends[size]):
        bits_of[w] = v_bits[words_of[w]]
        chain_of[w] = chained[words_of[w]]
    kept = 0
    fits = np.empty(len(best), np.float64)
    for p in range(size):
        r = pool[p]
        used = np.uint64(0)
        fit, behind = 0.0, 0.0
        for w in range(ends[p], ends[p + 1]):
            v = words_of[w]
            e = chain_of[w]
            found, part = 0.0, np.uint64(0)
            if e < links and near[begin + e] == v:
                while e >= 0:
                    if sims[begin + e] > found and part_of[e] & used == 0:
                        found, part = np.float64(sims[begin + e]), part_of[e]
                    e = after[e]
            used |= part
            if found > 0.0:
                fit += bits_of[w] * (2.0 * found - 1.0) - behind
                behind = 0.0
            elif (
                torn_size > 0
                and sizes[words_of[w]] > torn_size
                and _begins_with(letters, words_of[w], torn, torn_at, torn_size)
            ):
                fit += BEGUN * bits_of[w] - behind
                behind = 0.0
            else:
                behind += 0.2 * bits_of[w]
        if torn_size == 0:
            fit -= behind
        if kept < len(best):
            n = kept
            kept += 1
        elif fit > fits[kept - 1]:
            n = kept - 1
        else:
            continue
        while n > 0 and (fits[n - 1] < fit or (fits[n - 1] == fit and best[n - 1] > r)):
            fits[n] = fits[n - 1]
            best[n] = best[n - 1]
            n -= 1
        fits[n] = fit
        best[n] = r
    return kept
