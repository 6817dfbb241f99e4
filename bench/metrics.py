"""What is counted: recall at the score where few unlisted names have any hit, the rank of the right party, and the default threshold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .query import Query


@dataclass(frozen=True)
class Answer:
    """What a matcher said to one query: the best score of anybody, and score and rank (from 1) of the right party, 0 where absent."""

    query: Query
    best: float
    right: float = 0.0
    rank: int = 0
    at_default: bool = False
    """The right party (for an unlisted name: anybody) is a hit at the default threshold."""


def score_at(unlisted: Sequence[Answer], share: float) -> float:
    """The score that at most ``share`` of the unlisted names exceed; a hit must be over it."""
    scores = sorted((a.best for a in unlisted), reverse=True)
    allowed = int(share * len(scores))
    return scores[allowed] if allowed < len(scores) else 0.0


def share(values: Iterable[bool]) -> float:
    """The share that is true, in percent; 0 where there is none."""
    found = list(values)
    return 100 * sum(found) / len(found) if found else 0.0


def by_kind(answers: Iterable[Answer]) -> Mapping[str, list[Answer]]:
    kinds: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        kinds[answer.query.kind].append(answer)
    return dict(sorted(kinds.items()))


def recall_row(answers: Sequence[Answer], one: float, tenth: float) -> dict[str, float]:
    """Percent found over each score, percent first and among ten, percent at the default threshold, and how many."""
    return {
        "n": len(answers),
        "recall@1%": share(a.right > one for a in answers),
        "recall@0.1%": share(a.right > tenth for a in answers),
        "r@1": share(a.rank == 1 for a in answers),
        "r@10": share(0 < a.rank <= 10 for a in answers),
        "at default": share(a.at_default for a in answers),
    }


def at_default(found: Sequence[Answer], unlisted: Sequence[Answer]) -> dict[str, float]:
    """Precision, recall and F1 (0 to 1) of found and unlisted names taken together, and the false-positive rate in percent."""
    right = sum(a.at_default for a in found)
    wrong = sum(a.at_default for a in unlisted)
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / len(found) if found else 0.0
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "false positives, %": share(a.at_default for a in unlisted),
    }


BANDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
"""Bands of the score, narrower where most hits are."""


def reliability(answers: Sequence[tuple[float, bool]]) -> list[dict[str, float]]:
    """Whether a score means what it says: per band of the score, its mean and the share of best hits that are the right party."""
    made = []
    for low, high in pairwise(BANDS):
        inside = [(s, r) for s, r in answers if low <= s < high or (high == 1.0 and s >= high)]
        if inside:
            made.append(
                {
                    "from": low,
                    "to": high,
                    "n": len(inside),
                    "mean score": sum(s for s, _ in inside) / len(inside),
                    "right, %": share(r for _, r in inside),
                }
            )
    return made
