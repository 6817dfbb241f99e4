"""The ratings, worst first, and how they compare."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Rating(StrEnum):
    """Seven words from worst to best; ``insufficient_information`` means no clearance (treat as high for release)."""

    PROHIBITED = "prohibited"
    PRESUMPTIVELY_BARRED = "presumptively_barred"
    SEVERE = "severe"
    HIGH = "high"
    INSUFFICIENT_INFORMATION = "insufficient_information"
    ELEVATED = "elevated"
    LOW = "low"

    @property
    def severity(self) -> int:
        """6 for the worst, 0 for low."""
        return _SEVERITY[self]


_SEVERITY = {rating: len(Rating) - 1 - n for n, rating in enumerate(Rating)}


def worst(ratings: Iterable[Rating]) -> Rating:
    """The worst of them; low when there are none."""
    return max(ratings, key=lambda r: r.severity, default=Rating.LOW)
