"""Policy editions, and what one would change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from app.core.law.policy import PolicyDocument
from app.core.law.rating import Rating
from app.core.submission import Profile

from .shape import Answer, Page


class ActivationAnswer(Answer):
    """Since when an edition decides, who put it in force and why."""

    from_: date = Field(alias="from", description="first day on which it decides")
    reason: str = Field(description="why it was put in force")
    activated_at: datetime = Field(description="when it was put in force")
    activated_by: str = Field(description="name of the key that did")


class PolicyAnswer(Answer):
    """An edition of the policy."""

    id: str = Field(description="as `basis.policy` of an assessment names it")
    sequence: int = Field(description="1 for the first edition")
    status: Literal["draft", "scheduled", "in_force", "superseded"] = Field(description="as of today")
    title: str = Field(description="its title")
    digest: str = Field(description="SHA-256 of the document")
    equals: str | None = Field(description="the earlier edition that a rollback repeats; null for a draft of its own")
    created_at: datetime = Field(description="when it was drafted")
    created_by: str = Field(description="name of the key that did")
    activation: ActivationAnswer | None = Field(description="since when it decides; null for a draft")
    policy: PolicyDocument = Field(description="the document")


class Policies(Page):
    """Policy editions, drafts included."""

    items: tuple[PolicyAnswer, ...] = Field(description="newest first")
    in_force: str | None = Field(description="id of the edition that decides today; null for the law alone")


class MovedRatings(Answer):
    """How many overall ratings move from one word to another."""

    from_: Rating = Field(alias="from", description="the overall rating under the policy in force")
    to: Rating = Field(description="the overall rating under the policy asked about")
    count: int = Field(description="assessments that move so, or keep it while a profile's rating moves")


class MovedProfile(Answer):
    """One profile's rating under the two policies."""

    profile: Profile = Field(description="the profile")
    from_: Rating | None = Field(alias="from", description="under the policy in force; null where not rated")
    to: Rating | None = Field(description="under the policy asked about; null where not rated")
    rules: tuple[str, ...] = Field(description="rules that give the new rating; those of the policy are P01 and so on")


class MovedAssessment(Answer):
    """One stored assessment that would be rated otherwise."""

    assessment: str = Field(description="its id")
    client_reference: str | None = Field(description="the caller's own key")
    as_of: date = Field(description="the day it was rated for")
    from_: Rating = Field(alias="from", description="its overall rating under the policy in force")
    to: Rating = Field(description="its overall rating under the policy asked about")
    ratings: tuple[MovedProfile, ...] = Field(description="the profiles whose rating differs")


class Simulation(Page):
    """What a policy would change; nothing is stored."""

    policy: str = Field(description="the edition asked about")
    compared_with: str = Field(description="the edition in force, or `none` for the law alone")
    total: int = Field(description="stored assessments that fit the question")
    examined: int = Field(description="those that this call looked at")
    unrated: tuple[str, ...] = Field(description="ids of those whose submission would not be accepted today")
    changed: int = Field(description="those that would be rated otherwise")
    changes: tuple[MovedRatings, ...] = Field(description="their overall ratings, counted")
    items: tuple[MovedAssessment, ...] = Field(description="each of them, newest first")
