"""The method itself, and the health of the service."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from app.core.assessment import Coverage
from app.core.factor import Family
from app.core.law.rulebook import Consequence
from app.core.ownership.stakes import OwnershipRule
from app.core.reference_rows import Instrument
from app.core.values import Citation

from .shape import Answer, Whole


class FactorLine(Answer):
    """What one factor looks for."""

    name: str = Field(description="as `factor` of a finding names it")
    family: Family = Field(description="what kind of fact it is")
    title: str = Field(description="what a finding of it states")
    description: str = Field(description="when it finds something, and when not")
    base_points: float = Field(description="points of one finding before scaling; they order cases inside a rating")
    citations: tuple[Citation, ...] = Field(description="where it comes from")


class Factors(Whole):
    """Everything that is looked for."""

    items: tuple[FactorLine, ...] = Field(description="in the order of reports")


class RuleLine(Consequence):
    """What follows under one law when a finding matches one of `any_of` and none of `unless`."""

    law: str = Field(description="id of the law")
    law_title: str = Field(description="the law's name")
    jurisdiction: str = Field(description="whose law it is; ISO 3166-1 alpha-2 or EU, UN")
    from_: date | None = Field(alias="from", description="first day in force; null where always")
    until: date | None = Field(description="first day no longer in force; null where open")


class Rules(Whole):
    """The consequences in force on a day."""

    items: tuple[RuleLine, ...] = Field(description="law by law, in the order of reports")
    ownership: tuple[OwnershipRule, ...] = Field(description="how far each regime follows shares and control")


class Instruments(Whole):
    """The legal instruments."""

    items: tuple[Instrument, ...] = Field(description="in the order of the reference edition")


class Alive(Answer):
    """The process answers."""

    status: Literal["alive"] = Field(description="always `alive`")


class Lacking(Answer):
    """A list that keeps the service from being simply ready."""

    list: str = Field(description="the list's id")
    reason: str = Field(description="what is missing, stale or partial")


class Readiness(Answer):
    """The service rates and screens; `degraded` while a list is missing, stale or partial."""

    status: Literal["ready", "degraded"] = Field(description="`degraded` answers too, and says in every answer why")
    reasons: tuple[Lacking, ...] = Field(description="what degrades it; empty when ready")
    reference: str = Field(description="the reference edition that answers")
    parties: int = Field(description="listed parties that are searched, those of several records once")
    lists: tuple[Coverage, ...] = Field(description="every list as it stands")
