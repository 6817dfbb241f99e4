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
    for item in error.errors():
        details: Mapping[str, Any] = item
        cause = (details.get("ctx") or {}).get("error")
        if isinstance(cause, BrokenReferences):
            made.extend(cause.problems)
            continue
        pointer = prefix + "".join(f"/{_token(part)}" for part in details["loc"])
        made.append((pointer, _words(details["type"], details["msg"])))
    return made


def _token(part: object) -> str:
    text = str(part)[:200].replace("~", "~0").replace("/", "~1")
    return "".join(ch if ch.isprintable() else "?" for ch in text)


def _words(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "this member is not known here"
    if kind == "json_invalid":
        return "the body is not valid JSON"
    return message.removeprefix("Value error, ")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError(_TWICE)
    return made


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
