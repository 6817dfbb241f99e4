"""Labelled pairs of names from a CSV file: the best F1 of the score over all thresholds.

Columns: ``name1`` (as submitted), ``name2`` (as listed), ``is_match`` (true or false), and optionally ``schema`` (Person, Company,
Organization, LegalEntity, Vessel). Every name of ``name2`` is listed, so that rarity is that of the file's own names, together
with the list under ``--data`` where there is one; each pair is scored by ``explain``, whether or not it would be a candidate.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from app.core.party import Alias, AliasKind, Party, PartyKind
from app.core.screening.watchlist import DEFAULT_THRESHOLD, Watchlist
from app.core.submission import SubmittedParty

from .ofac import index_parties, lent_designation
from .peers import logic_v2
from .query import DAY

KINDS = {"Person": PartyKind.PERSON, "Vessel": PartyKind.VESSEL, "LegalEntity": PartyKind.UNKNOWN}


def measure(path: Path, data: Path) -> dict[str, Any]:
    """Best F1 with its threshold, F1 at the default threshold, and those of logic-v2 where it is installed."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["name1"].strip() and r["name2"].strip()]
    labels = [r["is_match"].strip().lower() in ("true", "1", "yes") for r in rows]
    designation = lent_designation()
    listed: dict[tuple[str, str], Party] = {}
    for row in rows:
        schema = row.get("schema") or "LegalEntity"
        listed.setdefault(
            (schema, row["name2"]),
            Party(
                id=f"pairs:{len(listed)}",
                source="pairs",
                kind=KINDS.get(schema, PartyKind.ORGANIZATION),
                aliases=(Alias(name=row["name2"], kind=AliasKind.PRIMARY),),
                designations=(designation,),
            ),
        )
    watchlist = Watchlist.of([*index_parties(data)[0], *listed.values()])
    scores = []
    for row in rows:
        schema = row.get("schema") or "LegalEntity"
        kind = str(KINDS.get(schema, PartyKind.ORGANIZATION))
        party = SubmittedParty.model_validate({"name": row["name1"], "kind": kind})
        hit = watchlist.explain(party, listed[(schema, row["name2"])], subject="q", as_of=DAY)
        scores.append(hit.score)
    figures: dict[str, Any] = {
        "pairs": len(rows),
        "matches": sum(labels),
        "F1 of calling every pair a match": f1([1.0] * len(rows), labels, 1.0)["best F1"],
        "Karez": f1(scores, labels, DEFAULT_THRESHOLD),
    }
    if (peer := logic_v2()) is not None:
        theirs = [
            peer.score(peer.entity(s, f"a{n}", [r["name1"]]), peer.entity(s, f"b{n}", [r["name2"]]))
            for n, r in enumerate(rows)
            for s in [r.get("schema") or "LegalEntity"]
        ]
        figures["nomenklatura logic-v2"] = f1(theirs, labels, 0.7)
    figures["worst"] = _worst(rows, labels, scores)
    return figures


def f1(scores: list[float], labels: list[bool], default: float) -> dict[str, float]:
    """The best F1 over all thresholds, where, and the F1 at the default one."""

    def at(threshold: float) -> float:
        right = sum(s >= threshold and x for s, x in zip(scores, labels, strict=True))
        said, true = sum(s >= threshold for s in scores), sum(labels)
        return 2 * right / (said + true) if said + true else 0.0

    best = max(set(scores), key=lambda t: (at(t), t), default=0.0)
    return {"best F1": at(best), "at": best, f"F1 at {default:.2f}": at(default)}


def _worst(rows: list[dict[str, str]], labels: list[bool], scores: list[float]) -> list[dict[str, Any]]:
    order = sorted(range(len(rows)), key=lambda n: -abs(scores[n] - labels[n]))
    return [
        {"name1": rows[n]["name1"], "name2": rows[n]["name2"], "is_match": labels[n], "score": scores[n]}
        for n in order[:40]
    ]
