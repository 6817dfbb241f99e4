"""A hit: one submitted party matched with one listed party, feature by feature."""

from __future__ import annotations

from enum import StrEnum

from .values import Value


class Strength(StrEnum):
    """``confirmed``: a strong identifier agrees, or a distinctive name agrees with nothing against it."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Feature(Value):
    """One comparison: the two strings that were compared, their similarity, and what it adds to the hit's score."""

    name: str
    submitted: str
    listed: str
    score: float
    contribution: float
    says: str


class HitParty(Value):
    """The listed party: ``lists`` name it on the day, ``former_lists`` had named it and no longer do."""

    id: str
    name: str
    lists: tuple[str, ...]
    former_lists: tuple[str, ...] = ()


class Hit(Value):
    """``contributions`` of the features add up to ``score`` (0 to 1); ``subject`` is the submitted party's ref."""

    id: str
    subject: str
    party: HitParty
    score: float
    strength: Strength
    features: tuple[Feature, ...]

    @property
    def contradicted(self) -> bool:
        """Whether a birth date or an identifier speaks against the match; a different country or kind alone does not."""
        return any(
            f.contribution < 0 and f.name in ("birth_date", "identifier") and f.score == 0 for f in self.features
        )
