"""Measure rating, screening and loading in one run, and print one table with ratios against a peer measured beside them."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from app import reference, rules
from app.api.examples import CARTONS, SHIRTS
from app.core.engine import Engine
from app.core.names import fold
from app.core.party import Party
from app.core.reference import Reference
from app.core.rulebook import Rulebook
from app.core.submission import Submission, SubmittedParty
from app.core.watchlist import Watchlist
from app.factors import FACTORS
from app.sources.recognise import recognise
from app.sources.unpack import unpack
from app.sources.us_ofac_sdn import us_ofac_sdn

DAY = date(2026, 11, 23)
SEEDS = (
    "Suzhou Yangli Garment Co., Ltd.",
    "Bank Melli Iran",
    "Huo Liujun",
    "Aerocaribbean",
    "Yangli Textile",
    "Tidewater Middle East",
)


def per_second(work: Callable[[], object], *, seconds: float = 2.0) -> float:
    """How often ``work`` runs in a second, one thread: the median of five parts of the time."""
    rates = []
    for _ in range(5):
        count, started = 0, time.perf_counter()
        while time.perf_counter() - started < seconds / 5:
            work()
            count += 1
        rates.append(count / (time.perf_counter() - started))
    return statistics.median(rates)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "files",
        nargs="*",
        type=Path,
        help="OFAC's sdn.csv, add.csv, alt.csv (plain or gzipped); none: the built-in parties only",
    )
    arguments.add_argument("--json", type=Path, help="write the figures here")
    chosen = arguments.parse_args()
    figures: dict[str, float] = {}
    parties: list[Party] = list(reference.load_parties())
    if chosen.files:
        with ExitStack() as stack:
            files = [(path.name, stack.enter_context(path.open("rb"))) for path in chosen.files]
            form, documents = recognise(us_ofac_sdn, unpack(files, stack))
            started = time.perf_counter()
            parties += form.parse(documents)
            figures["parse the list, s"] = time.perf_counter() - started
    started = time.perf_counter()
    watchlist = Watchlist.of(parties)
    figures["build the watchlist, s"] = time.perf_counter() - started
    figures["parties"] = len(watchlist.entries)
    engine = Engine(
        watchlist, Reference.of("bench", reference.load_rows()), FACTORS, Rulebook.of(rules.load())
    ).warmed()
    folded = [fold(a.name) for p in watchlist.entries for a in p.aliases]
    queries = [SubmittedParty(name=n, kind="unknown") for n in SEEDS]
    names = [fold(n) for n in SEEDS]
    figures["screenings per s"] = len(queries) * per_second(
        lambda: [watchlist.screen(q, subject="q", as_of=DAY) for q in queries]
    )
    brute = len(names) * per_second(
        lambda: [process.extract(n, folded, scorer=fuzz.token_set_ratio, limit=5) for n in names]
    )
    figures["rapidfuzz token_set brute force per s"] = brute
    figures["screening, times brute force"] = figures["screenings per s"] / brute
    for label, document in (("cartons", CARTONS), ("shirts", SHIRTS)):
        submission = Submission.model_validate(document)
        figures[f"assessments per s ({label})"] = per_second(lambda s=submission: engine.assess(s, DAY))  # type: ignore[misc]
    table = Table("figure", "value", title="Karez, one thread, this machine, this run")
    for name, value in figures.items():
        table.add_row(name, f"{value:,.2f}")
    Console().print(table)
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
