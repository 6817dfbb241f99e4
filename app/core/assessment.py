"""The whole record of one assessment: enough to explain it, enough to replay it. Shapes follow the public contract."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from app.core.law.rating import Rating

from .finding import Finding, Gap
from .hit import Hit
from .submission import Profile
from .values import Citation, Value

AxisLevel = Literal["none", "low", "medium", "high", "critical"]


class Coverage(Value):
    """One list as it stood for this assessment: which edition, how old, how many parties, and whether fresh."""

    list: str
    edition: str
    published: str | None = None
    fetched_at: datetime | None = None
    parties: int
    fresh: bool
    says: str = ""


class Reason(Value):
    """Why a profile has its rating: the rule, the law, the findings, and what to do next."""

    rule: str
    rating: Rating
    instrument: str
    effect: str
    findings: tuple[str, ...]
    citation: Citation
    rebuttable: bool = False
    next_step: str = ""


class ProfileRating(Value):
    profile: Profile
    rating: Rating
    reasons: tuple[Reason, ...]


class Axes(Value):
    sanctions_lists: AxisLevel = "none"
    forced_labour: AxisLevel = "none"
    rights_technology: AxisLevel = "none"


class WouldChange(Value):
    if_: str = Field(alias="if")
    then: dict[str, Rating]


class BasisOf(Value):
    """Digests of what produced the record: the engine's version, the rulebook, the reference edition, the submission.

    ``policy`` is the edition of the buyer's own policy that was in force, or ``none`` for the law alone.
    """

    engine: str
    rulebook: str
    reference: str
    submission: str
    policy: str = "none"


class Assessment(Value):
    """An explained rating. ``id`` and ``created_at`` are the shell's; everything else is a function of the inputs."""

    as_of: date
    client_reference: str | None
    rating: Rating
    ratings: tuple[ProfileRating, ...]
    axes: Axes
    score: float
    confidence: Literal["high", "medium", "low"]
    summary: str
    findings: tuple[Finding, ...]
    hits: tuple[Hit, ...]
    gaps: tuple[Gap, ...]
    would_change: tuple[WouldChange, ...]
    flags: tuple[str, ...]
    coverage: tuple[Coverage, ...]
    basis: BasisOf
