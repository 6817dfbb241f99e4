"""What the labelled set is made of: queries with the party each is, in two halves that share no party."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from app.core.party import Party

DAY = date(2026, 11, 23)
"""The day every screening of the benchmark asks about."""

SPLITS = ("dev", "test")


@dataclass(frozen=True)
class Query:
    """One submitted name. ``party`` is the listed party it is, empty for a name that is on no list."""

    kind: str
    name: str
    party: str = ""
    is_a: str = "unknown"
    """``person``, ``organization`` or ``vessel``."""
    birth: str | None = None
    country: str | None = None
    reachable: bool = True
    from_name: str = ""
    """The listed spelling it was made from, for reading failures."""


@dataclass(frozen=True)
class Size:
    """How many queries of each kind; how many unlisted names; the seed of every draw."""

    per_kind: int = 200
    unlisted: int = 6_000
    hard: int = 600
    han_companies: int = 300
    seed: int = 20_240_108


@dataclass
class Labelled:
    """The set of one split. ``parties`` is the index: the list with the held-out aliases taken out."""

    parties: list[Party]
    found: list[Query] = field(default_factory=list)
    unlisted: list[Query] = field(default_factory=list)
    hard: list[Query] = field(default_factory=list)
    with_attributes: list[Query] = field(default_factory=list)
    conflicting: list[Query] = field(default_factory=list)
    source: str = ""


def split_of(value: str) -> str:
    """``dev`` or ``test``: by the hash of a party's id or an unlisted name, so no party is in both."""
    return SPLITS[hashlib.sha256(value.encode()).digest()[0] & 1]
