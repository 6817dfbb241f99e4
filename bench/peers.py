"""The peers that are measured beside Karez in the same run: rapidfuzz over every name, and nomenklatura's logic-v2 where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from app.core.party import Party

from .plain import key, words

CANDIDATES = 50
"""Parties that logic-v2 scores for one query; who they are is found outside its time."""


class Brute:
    """Every listed name, folded once, compared with the query; each method answers one query (or a batch)."""

    def __init__(self, parties: Sequence[Party]) -> None:
        self.owners = [n for n, p in enumerate(parties) for _ in p.aliases]
        self.names = [" ".join(words(a.name)) for p in parties for a in p.aliases]
        self.ordered = [key(a.name) for p in parties for a in p.aliases]

    def token_set(self, query: str) -> object:
        return process.extract(" ".join(words(query)), self.names, scorer=fuzz.token_set_ratio, limit=10)

    def token_sort(self, query: str) -> object:
        return process.extract(" ".join(words(query)), self.names, scorer=fuzz.token_sort_ratio, limit=10)

    def ratio(self, queries: Sequence[str], limit: int = 10) -> list[list[int]]:
        """The places of the ``limit`` nearest names of each query by plain ratio of sorted words: one SIMD product of a batch."""
        scores = process.cdist([key(q) for q in queries], self.ordered, scorer=fuzz.ratio, workers=1, dtype=np.uint8)
        limit = min(limit, len(self.ordered))
        nearest = np.argpartition(scores, -limit, axis=1)[:, -limit:]
        return [_best_first(row, s) for row, s in zip(nearest.tolist(), scores, strict=True)]


def _best_first(places: list[int], scores: Any) -> list[int]:
    return sorted(places, key=lambda n: -int(scores[n]))


class LogicV2(NamedTuple):
    """What is asked of nomenklatura. It keeps what it reads of an entity's names by the id alone, so every entity needs an id of its own."""

    entity: Callable[[str, str, Sequence[str]], Any]
    """Make an entity of a schema, an id and names."""
    score: Callable[[Any, Any], float]
    """How alike a query and a listed entity are, 0 to 1."""
    comparable: Callable[[Any, Any], bool]
    """Whether their schemas may be compared at all; where not, its score is 0 without a look at the names."""


def logic_v2() -> LogicV2 | None:
    """nomenklatura's logic-v2 with its default settings, or None where it is not installed."""
    try:
        from followthemoney import ValueEntity, model  # noqa: PLC0415 - optional
        from nomenklatura.matching.logic_v2.model import LogicV2 as Algorithm  # noqa: PLC0415 - optional
    except ImportError:
        return None
    config = Algorithm.default_config()

    def entity(schema: str, ident: str, names: Sequence[str]) -> Any:
        made = ValueEntity(model[schema], {"id": ident})
        for name in names:
            made.add("name", name)
        return made

    def score(query: Any, listed: Any) -> float:
        return float(Algorithm.compare(query, listed, config).score)

    def comparable(query: Any, listed: Any) -> bool:
        return query.schema == listed.schema or bool(query.schema.can_match(listed.schema))

    return LogicV2(entity, score, comparable)


SCHEMA = {"person": "Person", "vessel": "Vessel"}


def schema_of(kind: str) -> str:
    return SCHEMA.get(kind, "LegalEntity" if kind == "unknown" else "Organization")
