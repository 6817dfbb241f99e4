"""The small values everything else is made of: frozen, without unknown fields, and checked when made."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Value(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True)


def parse_day(text: str) -> date:
    """A day from ``YYYY-MM-DD`` in ASCII digits; raises ``ValueError`` for anything else."""
    if not _DAY.fullmatch(text):
        raise ValueError("a date is written YYYY-MM-DD")
    return date.fromisoformat(text)


def _day(value: Any) -> Any:
    if isinstance(value, str):
        return parse_day(value)
    if isinstance(value, date):
        return value
    raise ValueError("a date is written YYYY-MM-DD")


def _partial_day(value: str) -> str:
    if not _PARTIAL.fullmatch(value):
        raise ValueError("a birth date is written YYYY, YYYY-MM or YYYY-MM-DD")
    date.fromisoformat((value + "-01-01")[:10])
    return value


def _printable(value: str) -> str:
    if _FORBIDDEN.search(value):
        raise ValueError("text may not contain control characters, surrogates or noncharacters")
    return value


Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=str)]
"""A calendar day, from ``YYYY-MM-DD`` in ASCII digits and from nothing else."""

PartialDay = Annotated[str, AfterValidator(_partial_day), Field(max_length=10, examples=["1964-01"])]
"""A date known to the year, the month or the day: ``1964``, ``1964-01``, ``1964-01-05``."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=1_000), AfterValidator(_printable)]
"""One line of text: a name, a number, a heading."""

Prose = Annotated[str, StringConstraints(max_length=300_000), AfterValidator(_printable)]
"""Running text, up to 300,000 characters."""

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2, upper case."""


class Citation(Value):
    """Where a statement comes from: the most official text known, down to the section.

    A buyer's own policy is cited by its address in this service, ``/v1/policies/{id}``.
    """

    title: Line
    url: Annotated[str, StringConstraints(pattern=r"^(https?://|/v1/policies/)", max_length=2_000)]
