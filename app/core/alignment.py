"""Aligning two names word by word: how alike they are, by the weight of the words that both sides share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import Indel

from .legal_forms import LEGAL, LINKS, STYLE
from .names import Name

TOKEN_ALIKE = 0.79
"""Similarity (Indel, 0 to 1) below which two tokens are different words."""

ALIKE = 0.60
"""Similarity of two names (0 to 1) below which they are different names."""

ALONE = 0.88
"""Similarity from which a name with one full word may match another."""

TELLING = 0.5
"""Weight from which a word tells companies apart."""

MAX_TOKENS = 24
"""Words of a name that are aligned."""

TOKEN_WEIGHT: Mapping[str, float] = dict.fromkeys(LEGAL, 0.05) | dict.fromkeys(LINKS, 0.05) | dict.fromkeys(STYLE, 0.35)
"""Weight of a token in a name; every word not in the table weighs 1, a place or trade word with many bearers less."""

PLACE_TOKENS = frozenset(
    [
        "xinjiang",
        "urumqi",
        "beijing",
        "shanghai",
        "shenzhen",
        "hangzhou",
        "zhejiang",
        "guangdong",
        "jiangsu",
        "hubei",
        "hebei",
    ]
)
PLACE_WEIGHT = 0.6


def token_weight(token: str) -> float:
    if token in PLACE_TOKENS:
        return PLACE_WEIGHT
    return TOKEN_WEIGHT.get(token, 1.0)


@lru_cache(maxsize=65_536)
def _weights(tokens: tuple[str, ...], person: bool) -> tuple[Mapping[str, float], float]:
    """The first tokens with their weights, and the sum of these."""
    made = {t: 1.0 if person else token_weight(t) for t in tokens[:MAX_TOKENS]}
    return made, sum(made.values())


def name_similarity(query: Name, listed: Name, *, person: bool) -> float:
    """How alike two names are, 0 to 1; 1 exactly when they are equal (see ``Name.equals``).

    Otherwise the share (Dice) of token weight that aligns on both sides; two words spelled differently weigh as the lighter of them.
    Fewer than two aligned full words are no match at all, so no rating rests on a shared surname or a common word, unless a company has
    but one and hardly anything else differs; a person's parts must all align on the shorter side. Below ``ALIKE`` it is 0.
    """
    if query.equals(listed):
        return 1.0
    if not query.tokens or not listed.tokens:
        return 0.0
    left, left_sum = _weights(query.tokens, person)
    right, right_sum = _weights(listed.tokens, person)
    if 2 * min(left_sum, right_sum) < ALIKE * (left_sum + right_sum):
        return 0.0
    shared = left.keys() & right.keys()
    pairs = _spelled_alike([t for t in left if t not in shared], [t for t in right if t not in shared])
    if person and len(shared) + len(pairs) < min(len(left), len(right)):
        return 0.0
    matched = 2 * sum(left[t] for t in shared)
    strong = sum(1 for t in shared if left[t] >= TELLING)
    total = left_sum + right_sum
    for similarity, a, b in pairs:
        weight = min(left[a], right[b])
        matched += 2 * weight * similarity
        total += 2 * weight - left[a] - right[b]
        strong += weight >= TELLING
    alike = matched / total
    if alike < ALIKE or (strong < 2 and (person or alike < ALONE or not _telling_alone(left, right))):
        return 0.0
    return min(0.99, alike)


def _telling_alone(left: Mapping[str, float], right: Mapping[str, float]) -> bool:
    """Whether both names have one full word, long enough that a slip of the pen leaves it what it was."""
    ours = [t for t, weight in left.items() if weight >= 1.0]
    theirs = [t for t, weight in right.items() if weight >= 1.0]
    same = set(ours) & set(theirs)
    if same:
        return max(map(len, same)) >= 5
    return len(ours) == len(theirs) == 1 and min(len(ours[0]), len(theirs[0])) >= 8


def _spelled_alike(left: list[str], right: list[str]) -> list[tuple[float, str, str]]:
    """Pairs of different words that may be one word spelled twice, each word in one pair, the most alike first."""
    found = [(s, a, b) for a in left for b in right if (s := _alike(a, b)) >= TOKEN_ALIKE]
    if len(found) < 2:
        return found
    used: set[tuple[int, str]] = set()
    pairs = []
    for pair in sorted(found, key=lambda p: (-p[0], p[1], p[2])):
        ends = {(0, pair[1]), (1, pair[2])}
        if not ends & used:
            used |= ends
            pairs.append(pair)
    return pairs


def _alike(a: str, b: str) -> float:
    shorter, longer = (len(a), len(b)) if len(a) < len(b) else (len(b), len(a))
    if shorter < 4 or 2 * shorter < TOKEN_ALIKE * (shorter + longer):
        return 0.0
    return float(Indel.normalized_similarity(a, b, score_cutoff=TOKEN_ALIKE))
