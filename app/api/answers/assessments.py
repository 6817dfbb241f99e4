"""Assessments, replays and screenings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from app.core.assessment import Assessment, Coverage
from app.core.finding import Basis, Evidence
from app.core.hit import Feature, Hit, HitParty, Strength

from .shape import Answer, Page, absent


class AnsweredFinding(Answer):
    """A fact that was found, with its evidence."""

    id: str = Field(description="as `findings` of a reason names it")
    factor: str = Field(description="what looked for it; `GET /v1/factors` describes it")
    family: str = Field(description="what kind of fact it is")
    title: str = Field(description="what it states, in general")
    subject: str = Field(description="the party that carries the risk: `supplier`, or the `ref` of a related party")
    basis: Basis = Field(description="`observed`: said in the submission or on a list; `inferred`: derived by us")
    points: float = Field(description="its part of the score")
    says: str = Field(description="what was found here, in words")
    evidence: tuple[Evidence, ...] = Field(description="where it was seen")


class AssessmentAnswer(Assessment):
    """A stored assessment as it is answered."""

    id: str = Field(description="its address is `/v1/assessments/{id}`")
    created_at: datetime = Field(description="when it was made")
    findings: tuple[AnsweredFinding, ...] = Field(description="every fact that was found")  # type: ignore[assignment]


class Assessments(Page):
    """Stored assessments."""

    items: tuple[AssessmentAnswer, ...] = Field(description="newest first, each exactly as it was given")


class Difference(Answer):
    """A place where two answers differ."""

    pointer: str = Field(description="a JSON Pointer into the assessment")
    stored: Any = Field(description="what was answered then")
    replayed: Any = Field(description="what comes out now")


class Replay(Answer):
    """Whether the stored answer comes out again."""

    id: str = Field(description="the assessment's id")
    identical: bool = Field(description="whether the answer is the same in every member")
    differences: tuple[Difference, ...] = Field(description="where it is not, at most 100 places")
    editions: dict[str, str] = Field(description="the editions it was rated on, by source")


class QueryError(Answer):
    """Why one query was not answered."""

    pointer: str = Field(description="a JSON Pointer into the query")
    detail: str = Field(description="what is wrong with it")


class Explained(Answer):
    """The listed party of `party_id` compared with a query, whether or not it is a hit."""

    subject: str = Field(description="always `query`")
    party: HitParty = Field(description="the listed party")
    score: float = Field(description="how likely a reviewer would call it a match, 0 to 1")
    strength: Strength = Field(description="what it would be as a hit")
    features: tuple[Feature, ...] = Field(description="every comparison; their contributions add up to the score")
    hit: bool = Field(description="whether it is among the hits of this query")
    says: str = Field(description="why it is no hit, or that it is one")


class Result(Answer):
    """What one query found."""

    hits: tuple[Hit, ...] = Field(description="best first, at most `limit`")
    error: QueryError = absent("why this query was not answered; the others are")
    explained: Explained = absent("with `explain`: the party of `party_id` compared with this query")


class Screened(Answer):
    """One result per query, and how far the lists can be trusted."""

    results: tuple[Result, ...] = Field(description="in the order of the queries")
    coverage: tuple[Coverage, ...] = Field(
        description="which edition of each list answered, and what is missing or stale"
    )
