"""Points and score: they order cases inside a rating, and the points of the findings add up to the score."""

from __future__ import annotations

import math
from collections.abc import Mapping

from .finding import Finding

FULL = 100.0
SCALE = 150.0
"""Raw points at which the score reaches 63: chosen so that a case of several listings and places still leaves room above it."""

AGAIN = 0.5
"""What each further finding of the same factor about the same subject adds, in proportion to the one before: one listing on four
lists is more than on one, and not four times as much."""


def with_points(findings: tuple[Finding, ...], bases: Mapping[str, float]) -> tuple[tuple[Finding, ...], float]:
    """Number the findings, heaviest first, and give each its share of the score (0 to 100, one decimal).

    The raw sum of base times weight, further findings of a kind counting less, is squeezed by ``100 (1 - exp(-raw / 150))``, so more
    findings never lower the score.
    """
    full = [bases[f.factor] * f.weight for f in findings]
    order = sorted(range(len(findings)), key=lambda n: -full[n])
    seen: dict[tuple[str, str], int] = {}
    raws: dict[int, float] = {}
    for n in order:
        kind = (findings[n].factor, findings[n].subject)
        raws[n] = full[n] * AGAIN ** seen.get(kind, 0)
        seen[kind] = seen.get(kind, 0) + 1
    order.sort(key=lambda n: -raws[n])
    total = sum(raws.values())
    share = FULL * (1 - math.exp(-total / SCALE)) / total if total else 0.0
    numbered = tuple(
        findings[n].model_copy(update={"id": f"f{place}", "points": round(raws[n] * share, 2)})
        for place, n in enumerate(order, start=1)
    )
    return numbered, min(FULL, round(sum(f.points for f in numbered), 2))
