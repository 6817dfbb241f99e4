"""Answers as the OpenAPI document describes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from app.core.assessment import Assessment


class AssessmentAnswer(Assessment):
    """A stored assessment as it is answered."""

    id: str
    created_at: datetime


class Problem(BaseModel):
    """RFC 9457: what is wrong, why, and what to do."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = []


ASSESSMENT: dict[str, Any] = {
    "description": "The explained rating",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/AssessmentAnswer"}}},
}


def _object(description: str, **properties: dict[str, Any]) -> dict[str, Any]:
    """An answer that has these members."""
    schema = {"type": "object", "required": list(properties), "properties": properties}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _listed(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


_WORDS = {"type": "string"}
REPLAY: dict[str, Any] = _object(
    "Whether the stored answer comes out again",
    id=_WORDS,
    identical={"type": "boolean"},
    differences={
        "type": "array",
        "description": "places where the answers differ, at most 100",
        "items": {"type": "object", "required": ["pointer", "stored", "replayed"], "properties": {"pointer": _WORDS}},
    },
    editions={
        "type": "object",
        "description": "the editions that were used, by source",
        "additionalProperties": _WORDS,
    },
)
SCREENED: dict[str, Any] = _object(
    "One result per query, in order",
    results={
        "type": "array",
        "items": {
            "type": "object",
            "required": ["hits"],
            "properties": {
                "hits": _listed("Hit"),
                "error": {
                    "type": "object",
                    "description": "why this query was not answered; the pointer begins at the query",
                    "required": ["pointer", "detail"],
                    "properties": {"pointer": _WORDS, "detail": _WORDS},
                },
                "explained": {"type": "object", "description": "the party of `party_id` compared with this query"},
            },
        },
    },
    coverage=_listed("Coverage"),
)


def page_of(what: str, item: str) -> dict[str, Any]:
    """A page: its items, and the cursor of the next page or null."""
    schema = {
        "type": "object",
        "required": ["items", "next_cursor"],
        "properties": {
            "items": _listed(item),
            "next_cursor": {"type": ["string", "null"]},
        },
    }
    return {"description": f"A page of {what}", "content": {"application/json": {"schema": schema}}}
