"""Points and score: they order cases inside a rating, and the points of the findings add up to the score."""

from __future__ import annotations

import math
from collections.abc import Mapping

from .factor import Finding

FULL = 100.0
SCALE = 80.0
"""Raw points at which the score reaches 63: chosen so that one listing alone stays below 60 and several grounds pass 90."""


def with_points(findings: tuple[Finding, ...], bases: Mapping[str, float]) -> tuple[tuple[Finding, ...], float]:
    """Number the findings, heaviest first, and give each its share of the score (0 to 100, one decimal).

    The raw sum of base times weight is squeezed by ``100 (1 - exp(-raw / 80))``, so more findings never lower the score.
    """
    raws = [bases[f.factor] * f.weight for f in findings]
    total = sum(raws)
    share = FULL * (1 - math.exp(-total / SCALE)) / total if total else 0.0
    order = sorted(range(len(findings)), key=lambda n: -raws[n])
    numbered = tuple(
        findings[n].model_copy(update={"id": f"f{place}", "points": round(raws[n] * share, 2)})
        for place, n in enumerate(order, start=1)
    )
    return numbered, min(FULL, round(sum(f.points for f in numbered), 2))
