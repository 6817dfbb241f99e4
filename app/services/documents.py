"""Reading JSON from outside: UTF-8 only, every member once, strictly as the model says, and errors that say where."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from app.core.submission import BrokenReferences
from app.errors import BadRequest

M = TypeVar("M", bound=BaseModel)
_TWICE = "twice"


class HasErrors(Protocol):
    """Pydantic's ``ValidationError``, or one like it."""

    def errors(self) -> Iterable[Any]: ...


def read(model: type[M], raw: bytes) -> M:
    """A JSON document as a model; raises ``BadRequest`` with (pointer, detail) of every error."""
    check_members(raw)
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise BadRequest("the document does not fit", tuple(validation_errors(error))) from error


def check_members(raw: bytes) -> None:
    """Refuse what is not JSON, or names a member twice: which of the two counts would be a guess. Raises ``BadRequest``."""
    if not raw.strip():
        raise BadRequest("the body is empty; a JSON document is expected", (("", "the body is empty"),))
    try:
        json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
    except RecursionError as error:
        raise BadRequest("the body is nested too deeply", (("", "nested too deeply"),)) from error
    except UnicodeDecodeError as error:
        raise BadRequest("the body is not UTF-8", (("", f"byte {error.start} is not UTF-8"),)) from error
    except ValueError as error:
        where = f" at character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        words = "a member stands twice" if str(error) == _TWICE else f"not valid JSON{where}"
        raise BadRequest(f"the body is not accepted: {words}", (("", words),)) from error


def validation_errors(error: HasErrors, prefix: str = "") -> list[tuple[str, str]]:
    """(pointer, detail) of every error; what was sent is not repeated."""
    made: list[tuple[str, str]] = []
    found: list[Mapping[str, Any]] = list(error.errors())
    inner = {tuple(d["loc"][:-1]) for d in found}
    for details in found:
        if details["type"] == "too_short" and tuple(details["loc"]) in inner:
            continue  # its members were wrong, so none was left to count
        cause = (details.get("ctx") or {}).get("error")
        if isinstance(cause, BrokenReferences):
            made.extend(cause.problems)
            continue
        pointer = prefix + "".join(f"/{_token(part)}" for part in details["loc"])
        made.append((pointer, _words(details["type"], details["msg"], details.get("ctx") or {})))
    return made


def _token(part: object) -> str:
    text = str(part)[:200].replace("~", "~0").replace("/", "~1")
    return "".join(ch if ch.isprintable() else "?" for ch in text)


_SAID = {
    "extra_forbidden": "this member is not known here",
    "json_invalid": "the body is not valid JSON",
    "missing": "this member is required",
    "too_short": "at least {min_length} must be given",
    "too_long": "at most {max_length} may be given",
    "string_too_short": "must not be shorter than {min_length} characters",
    "string_too_long": "must not be longer than {max_length} characters",
    "string_type": "must be a text",
    "bool_type": "must be true or false",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "model_type": "must be an object",
    "enum": "must be {expected}",
    "literal_error": "must be {expected}",
}
"""What pydantic's kinds of error mean to somebody who knows JSON and not Python."""

_PATTERNS = {
    r"^[A-Z]{2}$": "must be two capital letters, an ISO 3166-1 country code",
    r"^[^\x00-\x1f\x7f]+$": "must not be empty or hold control characters",
}


def _words(kind: str, message: str, context: Mapping[str, Any]) -> str:
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], f"must have the form {context['pattern']}")
    if kind in _SAID:
        return _SAID[kind].format_map(context)
    return message.removeprefix("Value error, ")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError(_TWICE)
    return made


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
