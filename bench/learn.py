"""Learns what an alignment of two names is worth: makes ``app/core/screening/data/weights.json`` from the labelled set's dev half.

    python -m bench.learn DATA

Every query of the dev half is put to the index; the rows it finds, with their features (``kernel.align``), are labelled right or wrong by
the party. A ridge logistic regression on the features, their squares and products is fitted by Newton's method three times, each time
against the wrong rows that the last one liked best. Then the log-odds of the best row of a query are calibrated (Platt): the probability
that it is the right party. Near misses are drawn with a seed of their own, so those of the benchmark are not learnt. Deterministic.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from app.core.screening import kernel
from app.core.screening.candidates import find, queries_of
from app.core.screening.index import Index
from app.core.screening.normalise import words
from app.core.screening.tables import DATA as TABLES
from app.core.screening.watchlist import Watchlist

from . import hard
from .labelled import build
from .plain import core_key, key
from .query import Labelled, Query, Size, split_of
from .suppliers import companies

SEED = 77
RIDGE = 330.0
ROUNDS = 3
NEAR_MISSES = {"person": 2_000, "part": 1_000, "company": 2_000, "neighbour": 800, "acronym": 1_000}
WEIGHT = {"found": 0.2, "unlisted": 1.0, "near": 3.0, "part": 1.0}
"""What a wrong row counts, by where its query comes from: a near miss more than a company picked at random, which seldom resembles anybody."""
KEPT = {"found": 3, "unlisted": 12, "near": 3, "part": 1}
"""How many wrong rows of a query are learnt from."""


@dataclass(frozen=True)
class Seen:
    """A query put to the index: the features of the rows found, and which rows are its party's."""

    source: str
    query: Query
    features: Any
    right: Any


def _widened() -> None:
    """Make the weights in use as wide as the features, a new feature counting nothing: the matcher that finds the rows needs some."""
    held = json.loads((TABLES / "weights.json").read_text(encoding="utf-8"))
    more = kernel.FEATURES - len(held["linear"])
    if more > 0:
        held["linear"] += [0.0] * more
        held["quadratic"] = [[*row, *[0.0] * more] for row in held["quadratic"]] + [[0.0] * kernel.FEATURES] * more
        (TABLES / "weights.json").write_text(json.dumps(held), encoding="utf-8")


def main(data: Path) -> None:
    _widened()
    made = build(data, split="dev", size=Size())
    seen = list(_seen(made, data))
    score: Any = lambda x: x[:, 1] + x[:, 2] + x[:, 10] + 0.3 * x[:, 0]  # noqa: E731 - the first guess, before anything is learnt
    coefficients = None
    for _ in range(ROUNDS):
        rows, labels, counts = _rows(seen, score)
        mean, deviation = rows.mean(0), rows.std(0) + 1e-3
        coefficients = _fitted(_squares((rows - mean) / deviation), labels, counts, coefficients)
        quadratic, linear, constant = _plain(coefficients, mean, deviation)
        score = lambda x, q=quadratic, b=linear, c=constant: np.einsum("ij,ij->i", x @ q, x) + x @ b + c  # noqa: E731
    slope, offset = _calibrated(seen, score)
    sys.stdout.write(f"{len(labels)} rows, {int(labels.sum())} right; slope {slope:.4f}, offset {offset:.4f}\n")
    rounded = {
        "quadratic": [[round(float(v), 5) for v in row] for row in quadratic],
        "linear": [round(float(v), 5) for v in linear],
    }
    document = {
        "made_by": "bench/learn.py",
        "slope": round(slope, 4),
        "offset": round(offset, 4),
        "constant": round(float(constant), 5),
        **rounded,
    }
    (TABLES / "weights.json").write_text(json.dumps(document), encoding="utf-8")


def _seen(made: Labelled, data: Path) -> Iterator[Seen]:
    watchlist = Watchlist.of(made.parties)
    index, ids = watchlist.index, [p.id for p in watchlist.entries]
    for source, queries in (("found", made.found), ("unlisted", made.unlisted), ("near", _near(made, data))):
        for query in queries:
            for person in (True, False) if query.is_a == "person" else (False,):
                yield _asked("part" if query.kind == "part" else source, query, index, ids, person=person)


def _asked(source: str, query: Query, index: Index, ids: Sequence[str], *, person: bool) -> Seen:
    readings = words(query.name, person)
    found = find(queries_of(readings, index.vocabulary, persons=[person] * len(readings)), index) if readings else None
    features = np.zeros((0, kernel.FEATURES)) if found is None else found.features
    rows = np.zeros(0, np.int64) if found is None else found.rows
    shares = ((features[:, 8] > 0) | (features[:, 12] > 0)) & ~((features[:, 26] > 0) & (features[:, 14] < 1))
    right = np.array([bool(query.party) and ids[index.party[r]] == query.party for r in rows[shares]], bool)
    return Seen(source, query, features[shares], right)


def _near(made: Labelled, data: Path) -> list[Query]:
    """Near misses for learning, of the parties and supplier names of this half, drawn with a seed of their own."""
    mine = [p for p in made.parties if split_of(p.id) == "dev" and p.source != "bench"]
    known = {k(a.name) for p in made.parties for a in p.aliases for k in (core_key, key)}
    pool = [c for c in companies(data) if split_of(c.name) == "dev" and core_key(c.name) not in known]
    drawn = {
        "person": hard.near_people(mine, known, Random(SEED)),
        "part": hard.changed_parts(mine, made.parties, known, Random(SEED)),
        "company": hard.near_companies(mine, known, Random(SEED)),
        "neighbour": hard.neighbours(mine, pool, Random(SEED)),
        "acronym": hard.acronyms(pool, known, Random(SEED)),
    }
    return [
        Query(kind, name, is_a="person" if kind in ("person", "part") else "organization", from_name=origin)
        for kind, names in drawn.items()
        for name, origin in islice(names, NEAR_MISSES[kind])
    ]


def _rows(seen: Sequence[Seen], score: Any) -> tuple[Any, Any, Any]:
    """The rows to learn from: of each query the best right row and the wrong ones liked best; labels; what each counts."""
    rows, labels, counts = [], [], []
    for one in seen:
        if not len(one.features):
            continue
        order = np.argsort(-score(one.features), kind="stable")
        right = order[one.right[order]][:1]
        wrong = order[~one.right[order]][: KEPT[one.source]]
        rows += [one.features[right], one.features[wrong]]
        labels += [1.0] * len(right) + [0.0] * len(wrong)
        sure = (0.6 if one.query.is_a == "person" else 1.0) * (1.0 if one.query.reachable else 0.2)
        counts += [sure] * len(right) + [WEIGHT[one.source]] * len(wrong)
    return np.concatenate(rows), np.array(labels), np.array(counts)


def _squares(rows: Any) -> Any:
    one, other = np.triu_indices(rows.shape[1])
    return np.hstack([rows, rows[:, one] * rows[:, other], np.ones((len(rows), 1))])


def _fitted(rows: Any, labels: Any, counts: Any, at: Any = None) -> Any:
    """Ridge logistic regression by Newton's method from ``at``, halving a step that does not help; the constant is not shrunk."""
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[-1] = 1e-6

    def loss(at: Any) -> float:
        value = rows @ at
        return float(counts @ (np.logaddexp(0, value) - labels * value) + 0.5 * ridge @ (at * at))

    at = np.zeros(rows.shape[1]) if at is None else at
    lost = loss(at)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ at, -30, 30)))
        slope = rows.T @ (counts * (chance - labels)) + ridge * at
        curve = (rows * (counts * chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while size > 1e-3 and (now := loss(at - size * step)) > lost:
            size /= 2
        at = at - size * step
        if lost - now < 1e-4 * lost:
            break
        lost = now
    return at


def _plain(coefficients: Any, mean: Any, deviation: Any) -> tuple[Any, Any, float]:
    """The same form over features as they are, not standardised: ``x'Qx + bx + c``."""
    size = len(mean)
    quadratic = np.zeros((size, size))
    quadratic[np.triu_indices(size)] = coefficients[size:-1]
    quadratic /= np.outer(deviation, deviation)
    slope = coefficients[:size] / deviation
    linear = slope - (quadratic + quadratic.T) @ mean
    return quadratic, linear, float(coefficients[-1] - slope @ mean + mean @ quadratic @ mean)


def _calibrated(seen: Sequence[Seen], score: Any) -> tuple[float, float]:
    """Slope and offset that make the best row's log-odds those of its being the right party."""
    asked = [s for s in seen if s.source not in ("near", "part") and len(s.features)]
    values = [score(s.features) for s in asked]
    best = np.array([v.max() for v in values])
    right = np.array([float(s.right[v.argmax()]) for s, v in zip(asked, values, strict=True)])
    at = np.array([1.0, 0.0])
    rows = np.stack([best, np.ones(len(best))], axis=1)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ at, -30, 30)))
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows
        step = np.linalg.solve(curve, rows.T @ (chance - right))
        at = at - step * min(1.0, 0.5 / float(np.abs(step).max() + 1e-12))  # a whole step from afar overshoots
    return float(at[0]), float(at[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
