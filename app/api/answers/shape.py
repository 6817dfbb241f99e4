"""How an answer is described: its model, what it means, a true example; and the problems that may come instead."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, Field

from app.api.errors import BODY, MEDIA_TYPE, PARAMETER, STATUS, TITLES, problem

EXAMPLES = Path(__file__).parent / "examples"
REFERENCE = "#/components/schemas/"
JSON = "application/json"


class Problem(BaseModel):
    """RFC 9457: what is wrong, why, and what to do."""

    type: str = Field(description="a URN that is the same for the same kind of problem")
    title: str = Field(description="the kind of problem in words")
    status: int = Field(description="the HTTP status")
    detail: str = Field(description="what is wrong here, why, and what to do next")
    errors: list[Fault] = Field(default_factory=list, description="of a body or parameter: each place that is wrong")


class Fault(BaseModel):
    """One place of a body or a parameter that does not fit."""

    pointer: str = Field(description="a JSON Pointer into the body, or `?name` of a parameter")
    detail: str = Field(description="what is wrong with it")


class Answer(BaseModel):
    """What callers see of something; members may be added, those that are here stay."""


class Page(Answer):
    """A part of a longer list."""

    next_cursor: str | None = Field(description="hand it over as `cursor` for the next page; null on the last")


class Whole(Answer):
    """A list that is answered whole, in the shape of a page."""

    next_cursor: None = Field(description="always null: there is no further page")


def absent(words: str) -> Any:
    """A member that is left out where there is nothing to say."""
    return Field(default=None, description=words, json_schema_extra=_without_default)


def _without_default(schema: dict[str, Any]) -> None:
    del schema["default"]


def answer(model: Any, words: str, *examples: str) -> dict[str, Any]:
    """An answer of one model (or of a union of models) with the examples kept under these names."""
    models = get_args(model) or (model,)
    references = [{"$ref": REFERENCE + m.__name__} for m in models]
    content: dict[str, Any] = {
        "schema": references[0] if len(references) == 1 else {"anyOf": references},
        "examples": {name: {} for name in examples},  # filled in last: the framework would drop every null of them
    }
    return {"description": words, "content": {JSON: content}}


def created(model: Any, words: str, *examples: str) -> dict[str, Any]:
    """An answer whose header ``Location`` is the address of what was made."""
    location = {"description": "the address of what was made", "schema": {"type": "string"}}
    return {**answer(model, words, *examples), "headers": {"Location": location}}


def problems(**details: str) -> dict[int | str, dict[str, Any]]:
    """The problems of a call beyond those of every call, by status (``_404``), each in words that callers really read."""
    return {int(name[1:]): _problem(int(name[1:]), detail) for name, detail in details.items()}


@cache
def example(name: str) -> Any:
    """A kept example: what a running service answered, with long lists cut short."""
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def _problem(status: int, detail: str, *errors: tuple[str, str], title: str = "") -> dict[str, Any]:
    ours = {code: words for code, words in STATUS.values() if code not in TITLES}
    title = title or TITLES.get(status) or ours[status]
    shown = json.loads(bytes(problem(status, detail, errors, title=title).body))
    schema = {"$ref": f"{REFERENCE}Problem"}
    return {"description": title, "content": {MEDIA_TYPE: {"schema": schema, "example": shown}}}


def usual(operation: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The problems that any call of its kind may meet: keys, parameters, the body; and any other."""
    if "security" in operation:
        yield "401", _problem(401, "a valid API key is needed, in the header X-API-Key")
        yield "403", _problem(403, "this key lacks the scope admin")
    if "requestBody" in operation:
        yield "413", _problem(413, "the body may have at most 2097152 bytes")
        yield "415", _problem(415, "send the body without Content-Encoding")
    if JSON in operation.get("requestBody", {}).get("content", {}):
        wrong = ("/reason", "Field required")
        yield "422", _problem(422, "the body does not fit; see errors", wrong, title=BODY)
    else:
        unknown = ("?colour", "this parameter is not known here")
        yield "422", _problem(422, "a parameter does not fit; see errors", unknown, title=PARAMETER)
    other = _problem(503, "the matcher is not built yet; try again in a moment")
    yield "default", {**other, "description": "Any other problem (RFC 9457)"}
