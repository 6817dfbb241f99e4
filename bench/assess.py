"""What an assessment costs: the documented examples, a realistic submission, a long statement, a large ownership graph."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from app import reference, rules
from app.api.examples import CARTONS, SHIRTS
from app.core.engine import Engine, Screened
from app.core.law.rulebook import Rulebook
from app.core.ownership.stakes import Holding, Ownership, units
from app.core.reference import Reference
from app.core.screening.watchlist import Watchlist
from app.core.submission import RelationKind, Submission
from app.factors import FACTORS

from .ofac import index_parties
from .suppliers import companies

DAY = date(2026, 11, 23)
TEXT = (
    "We make knitted garments and buy combed cotton yarn from mills in Jiangsu and Shandong. Every lot is traced from bale to "
    "finished shirt and the records are kept for five years. Workers are hired directly, hold their own papers and may leave "
    "with notice. In 2023 an auditor visited the dyeing hall and found two fire doors blocked; they have been cleared. "
    "The company does not take part in labour transfer or pairing programmes and has no site in Xinjiang. "
)
WORDS = ("owner", "director", "subsidiary", "upstream_supplier", "subcontractor")


def measure(data: Path) -> dict[str, Any]:
    """Milliseconds for each submission, against the whole list and the reference edition."""
    parties = [*reference.load_parties(), *index_parties(data)[0]]
    parties = list({p.id: p for p in parties}.values())
    rows = Reference.of("bench", reference.load_rows())
    engine = Engine(Watchlist.of(parties), rows, FACTORS, Rulebook.of(rules.load())).warmed()
    names = [c.name for c in companies(data)][::97] or [f"Hangzhou Yangli {n} Co., Ltd." for n in range(40)]
    figures: dict[str, Any] = {}
    for label, documents in (
        ("cartons", [CARTONS]),
        ("shirts", [SHIRTS]),
        ("20 parties, 10 goods, 5 KB text", [realistic(names, n) for n in range(40)]),
        ("a statement of 200 KB", [statement()]),
        ("5,000 related parties in one ownership graph", [graph(names, 5_000)]),
    ):
        figures[label] = _cost(engine, [Submission.model_validate(document) for document in documents])
    figures["an ownership graph of 100,000 companies, 200,000 holdings, ms"] = 1000 * _ownership(100_000)
    return figures


def _ownership(nodes: int) -> float:
    """Processor seconds of one regime's fixed point over a graph without order: shares known and unknown, cycles included."""
    random = Random(11)
    holders: dict[str, tuple[Holding, ...]] = {}
    for n in range(nodes):
        company = f"c{n}"
        owners = {f"c{random.randrange(nodes)}" for _ in range(2)} - {company}
        shares = [None if random.random() < 0.1 else units(random.choice((10, 25, 40, 50))) for _ in owners]
        holders[company] = tuple(
            Holding(o, company, s, RelationKind.OWNER, "/related_parties/0/relations/0")
            for o, s in zip(sorted(owners), shares, strict=True)
        )
    rule = Rulebook.of(rules.load()).ownership_on(DAY)["OFAC50"]
    listed = [f"c{n}" for n in range(0, nodes, 500)]
    return _median(lambda: Ownership(holders).stakes(listed, rule), most=5)


def _cost(engine: Engine, submissions: list[Submission]) -> dict[str, float]:
    """Processor milliseconds of the whole rating (median of several), of its screening, and of the rest.

    Several submissions take turns, so that what the engine remembers of one text does not answer the next.
    """
    turns = cycle((s, engine.screen(s, DAY)) for s in submissions)
    return {
        "assessment, ms": 1000 * _median(lambda: engine.assess(next(turns)[0], DAY)),
        "screening alone, ms": 1000 * _median(lambda: engine.screen(next(turns)[0], DAY)),
        "beyond screening, ms": 1000 * _median(lambda: _rate(engine, *next(turns))),
    }


def _rate(engine: Engine, submission: Submission, screened: Screened) -> None:
    engine.rate(submission, DAY, screened)


def _median(work: Callable[[], object], seconds: float = 2.0, most: int = 200) -> float:
    work()
    times: list[float] = []
    begun = time.perf_counter()
    while len(times) < most and (len(times) < 3 or time.perf_counter() - begun < seconds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return statistics.median(times)


def realistic(names: list[str], number: int = 0) -> dict[str, Any]:
    """A garment order as a buyer sends it: 19 related parties, 10 goods with inputs, 5 KB of the supplier's words, other words each time."""
    random = Random(5 + number)
    said = TEXT * 12
    for at, word in enumerate(("lot", "bale", "mill", "hall", "auditor", "workers")):
        said = said.replace(word, f"{word} {number * 10 + at}")
    related = [
        {
            "ref": f"p{n}",
            "name": names[n % len(names)],
            "country": random.choice(["CN", "VN", "BD", "TR"]),
            "sites": [{"use": "production", "address": f"{n} Binjiang Road, Suzhou, Jiangsu 215000", "country": "CN"}],
            "relations": [
                {"kind": WORDS[n % len(WORDS)], "of": "supplier" if n < 6 else f"p{n % 6 + 1}", "percent": 10 + n}
            ],
        }
        for n in range(1, 20)
    ]
    goods = [
        {
            "description": f"men's cotton T-shirts, style {n}",
            "hs_code": "6109.10",
            "origin_country": "VN",
            "made_by": "supplier",
            "inputs": [
                {
                    "description": "combed cotton yarn",
                    "hs_code": "5205.24",
                    "origin_country": "CN",
                    "made_by": f"p{n + 1}",
                }
            ],
        }
        for n in range(10)
    ]
    return {
        "profiles": ["us_person", "us_importer", "eu_operator"],
        "supplier": {
            "name": names[0],
            "country": "VN",
            "sites": [{"use": "production", "city": "Ho Chi Minh City", "country": "VN"}],
        },
        "related_parties": related,
        "goods": goods,
        "statements": [{"about": "supplier", "text": said[:5_000], "language": "en"}],
    }


def statement() -> dict[str, Any]:
    """One supplier and 200 KB of text."""
    return {**CARTONS, "statements": [{"about": "supplier", "text": (TEXT * 600)[:200_000], "language": "en"}]}


def graph(names: list[str], count: int) -> dict[str, Any]:
    """The most related parties a submission may carry, each owning part of two others, cycles included."""
    random = Random(7)
    related: list[dict[str, Any]] = [
        {
            "ref": f"p{n}",
            "name": f"{names[n % len(names)]} {n}",
            "country": "CN",
            "relations": [
                {
                    "kind": "owner",
                    "of": "supplier" if n == 0 else f"p{random.randrange(max(1, n))}",
                    "percent": random.choice([10, 30, 50, 60]),
                },
                {"kind": "owner", "of": f"p{random.randrange(count)}", "percent": 20}
                if n % 3
                else {"kind": "director", "of": "supplier"},
            ],
        }
        for n in range(count)
    ]
    for party in related:
        party["relations"] = [r for r in party["relations"] if r["of"] != party["ref"]]
    return {**CARTONS, "related_parties": related}
