"""How strongly facts place something in Xinjiang (risk.md 8)."""

from __future__ import annotations

from enum import StrEnum


class PlaceStrength(StrEnum):
    """Strongest first: two kinds of fact agree, one strong fact, one weak fact."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    POSSIBLE = "possible"
