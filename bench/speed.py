"""Speed inside the matcher: one name at a time, in batches, with explanations, and against the peers in the same run.

Seconds are processor seconds of this process, all threads counted: what else the machine does is left out, and a second thread is no help.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import islice
from random import Random
from typing import Any

from app.core.screening.watchlist import Watchlist
from app.core.submission import SubmittedParty

from .accuracy import submitted
from .peers import CANDIDATES, Brute, LogicV2, logic_v2, schema_of
from .plain import script
from .query import DAY, Labelled, Query

BATCH = 200


def timed(work: Callable[[], object]) -> float:
    """Processor seconds that ``work`` takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measure(made: Labelled, watchlist: Watchlist, *, say: Callable[[str], None], peers: bool = True) -> dict[str, Any]:
    """Queries per second of every way of asking, each name asked once, and the ratios to the peers."""
    queries = [*made.found, *made.unlisted[: len(made.found) // 2]]
    Random(7).shuffle(queries)
    half = len(queries) // 2
    parties = [submitted(q, kinds="given").model_copy(update={"birth_date": None, "country": None}) for q in queries]
    ask(watchlist, parties[0])
    gc.collect()
    gc.freeze()  # as the service does when a list is built
    times = [timed(lambda p=p: ask(watchlist, p)) for p in parties[:half]]  # type: ignore[misc]
    latin = [t for t, q in zip(times, queries, strict=False) if script(q.name) == "latin" and len(q.name) <= 40]
    again = [timed(lambda p=p: ask(watchlist, p)) for p in parties[:half]]  # type: ignore[misc]
    figures: dict[str, Any] = {
        "queries": half,
        "single, p50 ms": 1000 * statistics.median(times),
        "single, p99 ms": 1000 * percentile(times, 0.99),
        "single, queries/s": len(times) / sum(times),
        "single, short Latin, queries/s": len(latin) / sum(latin),
        "single, asked again, queries/s": len(again) / sum(again),
    }
    say(f"single: {figures['single, queries/s']:,.0f} queries/s")
    whole = parties[half : half + (len(parties) - half) // BATCH * BATCH]
    if hasattr(watchlist, "screen_many"):
        seconds = sum(
            timed(lambda n=n: many(watchlist, whole[n : n + BATCH]))  # type: ignore[misc]
            for n in range(0, len(whole), BATCH)
        )
        figures[f"batches of {BATCH}, queries/s"] = len(whole) / seconds
        say(f"batches: {len(whole) / seconds:,.0f} queries/s")
    figures["explanation, times a screening"] = _explanation(watchlist, parties[:half])
    if peers:
        figures |= _against(made, queries, figures, say)
    figures["adversarial names, ms"] = adversarial(watchlist)
    return figures


def ask(watchlist: Watchlist, party: SubmittedParty) -> object:
    return watchlist.screen(party, subject="q", as_of=DAY, limit=5)


def many(watchlist: Watchlist, parties: Sequence[SubmittedParty]) -> object:
    return watchlist.screen_many(parties, subject="q", as_of=DAY, limit=5)


def _explanation(watchlist: Watchlist, parties: Sequence[SubmittedParty]) -> float:
    """What a screening and the explanation of its best hit's party cost together, as a multiple of the screening."""
    alone = both = 0.0
    for party in parties:
        hits = watchlist.screen(party, subject="q", as_of=DAY, limit=5)
        if not hits:
            continue
        listed = watchlist.get(hits[0].party.id)
        assert listed is not None
        seconds = timed(lambda p=party: ask(watchlist, p))  # type: ignore[misc]
        alone += seconds
        both += seconds + timed(lambda p=party, o=listed: watchlist.explain(p, o, subject="q", as_of=DAY))  # type: ignore[misc]
    return both / alone if alone else 0.0


def _against(
    made: Labelled, queries: Sequence[Query], figures: dict[str, Any], say: Callable[[str], None]
) -> dict[str, Any]:
    """Each peer's queries per second over the same names, and how many times faster Karez is."""
    brute = Brute(made.parties)
    some = [q.name for q in queries[:40]]
    rates = {
        "rapidfuzz token_set_ratio, every name": len(some) / timed(lambda: [brute.token_set(n) for n in some]),
        "rapidfuzz token_sort_ratio, every name": len(some) / timed(lambda: [brute.token_sort(n) for n in some]),
    }
    batch = [q.name for q in queries[: 2 * BATCH]]
    rates["rapidfuzz cdist(ratio), batch"] = len(batch) / timed(
        lambda: [brute.ratio(batch[n : n + BATCH]) for n in range(0, len(batch), BATCH)]
    )
    say("rapidfuzz measured")
    if (peer := logic_v2()) is not None:
        first, again = _logic_v2(peer, made, brute, queries[:150])
        rates[f"nomenklatura logic-v2, {CANDIDATES} candidates"] = first
        rates[f"nomenklatura logic-v2, {CANDIDATES} candidates, asked again"] = again
        say("logic-v2 measured")
    else:
        say("nomenklatura is not installed: see docs/benchmark.md")
    batches = figures.get(f"batches of {BATCH}, queries/s")
    compared: dict[str, Any] = {}
    for name, rate in rates.items():
        compared[name] = {"queries/s": rate, "Karez single, times": figures["single, queries/s"] / rate}
        if batches is not None:
            compared[name]["Karez batch, times"] = batches / rate
    return {"names": len(brute.names), "peers": compared}


def _logic_v2(peer: LogicV2, made: Labelled, brute: Brute, queries: Sequence[Query]) -> tuple[float, float]:
    """Queries per second of scoring 50 candidates that were found and made into entities beforehand: at first sight, and again."""
    cases: list[tuple[Query, list[Any]]] = []
    listed: dict[int, Any] = {}

    def made_of(place: int) -> Any:
        if place not in listed:
            party = made.parties[place]
            kind = str(party.kind) if str(party.kind) in ("person", "vessel") else "organization"
            listed[place] = peer.entity(schema_of(kind), party.id, [a.name for a in party.aliases])
        return listed[place]

    for query in queries:
        asked = peer.entity(schema_of(query.is_a), "q", [query.name])
        nearest = dict.fromkeys(brute.owners[n] for n in brute.ratio([query.name], len(brute.names))[0])
        alike = (other for n in nearest if peer.comparable(asked, other := made_of(n)))
        cases.append((query, list(islice(alike, CANDIDATES))))

    def run(some: Sequence[tuple[Query, list[Any]]], sight: str) -> float:
        started = time.process_time()
        for place, (query, candidates) in enumerate(some):
            # an id of its own: logic-v2 keeps what it reads of a name by the id alone
            asked = peer.entity(schema_of(query.is_a), f"{sight}{place}", [query.name])
            for candidate in candidates:
                peer.score(asked, candidate)
        return len(some) / (time.process_time() - started)

    run(cases[:10], "warm")  # its tables are loaded at first use and are not a query's time
    return run(cases[10:], "first"), run(cases[10:], "again")


def adversarial(watchlist: Watchlist) -> dict[str, float]:
    """Milliseconds for names made to be slow, each the longest a submission may carry."""
    long = {
        "one letter, 1,000 times": "a" * 1_000,
        "one word, repeated": ("bank " * 200).strip(),
        "every word common": ("international trading company limited general import export group " * 15)[
            :1_000
        ].strip(),
        "1,000 Han": "中国新疆公司" * 166,
        "Arabic words": ("محمد عبد الله الرحمن احمد حسن علي " * 29)[:1_000].strip(),
        "one-letter words": ("a b c d e f g h i j " * 50).strip(),
        "accents upon accents": ("e" + "\u0301" * 19) * 50,
        "digits": "1234567890 " * 90,
    }
    made: dict[str, float] = {}
    for what, name in long.items():
        party = SubmittedParty.model_validate({"name": name.strip(), "kind": "unknown"})
        made[what] = 1000 * timed(lambda p=party: ask(watchlist, p))  # type: ignore[misc]
    names = [
        f"{w} international trading company limited {n}" for n, w in enumerate(["ali", "muhammad", "korea", "oil"] * 25)
    ]
    party = SubmittedParty.model_validate({"name": "general trading", "other_names": names, "kind": "unknown"})
    made["101 names"] = 1000 * timed(lambda: ask(watchlist, party))
    made["10,000 letters"] = 1000 * timed(
        lambda: ask(
            watchlist,
            SubmittedParty.model_construct(**{**party.model_dump(), "name": "muhammad bank " * 714, "other_names": ()}),
        )
    )
    return made
