"""Words that several people's names contain: makes ``app/core/screening/data/personal.csv`` from the published lists.

    python -m bench.personal DATA

A word known from other people's names is seldom another name misspelled. Only words of three people or more are kept, with their counts,
and only of the parties of the labelled set's dev half: nothing of the test half is learnt.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from app.core.party import AliasKind, PartyKind
from app.core.screening.normalise import words
from app.core.screening.tables import DATA

from .lists import records
from .ofac import index_parties
from .plain import script
from .query import split_of

FEWEST = 3


def main(data: Path) -> None:
    by_list: dict[str, Counter[str]] = defaultdict(Counter)  # the same person stands on several lists
    for party in index_parties(data)[0]:
        if party.kind is PartyKind.PERSON and split_of(party.id) == "dev":
            by_list[party.source].update(_words(a.name for a in party.aliases if a.kind is not AliasKind.WEAK))
    for record in records(data):
        if record.person and split_of(record.names[0]) == "dev":
            by_list[record.authority].update(_words(n for n in record.names if script(n) == "latin"))
    counts = {w: max(c[w] for c in by_list.values()) for c in by_list.values() for w in c}
    with (DATA / "personal.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# How many people's names contain a word, after folding: the most on any one list. Made by bench/personal.py from the names of people on the published lists of\n"
            "# OFAC, UN, EU, UK, CA and AU (half of the parties); words of fewer than three people are left out.\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(sorted((w, n) for w, n in counts.items() if n >= FEWEST and len(w) > 1 and w.isalpha()))


def _words(names: Iterable[str]) -> set[str]:
    return {w for name in names for reading in words(name, True)[:1] for w in reading.core}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
