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


def page_of(what: str) -> dict[str, Any]:
    """A page: its items, and the cursor of the next page or null."""
    schema = {
        "type": "object",
        "required": ["items", "next_cursor"],
        "properties": {
            "items": {"type": "array", "items": {"type": "object"}},
            "next_cursor": {"type": ["string", "null"]},
        },
    }
    return {"description": f"A page of {what}", "content": {"application/json": {"schema": schema}}}
