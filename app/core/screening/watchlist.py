"""The watchlist: every listed party, indexed, so that a submitted party finds the listed ones that may be it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import inf

import numpy as np

from app.core.hit import Hit, HitParty, Strength
from app.core.identifiers import identifier_key
from app.core.listed.assembly import columns_of
from app.core.listed.entries import Entries, Lookup, Members, Records
from app.core.listed.linking import LinkKeys, group, hashed
from app.core.listed.packed import Packed, document_of, pack
from app.core.party import CURATED, Designation, Party
from app.core.submission import SubmittedParty
from app.core.xpcc import PARTY as CORPS
from app.core.xpcc import Standing, standing

from .evidence import Fact, facts, most_added
from .index import Index
from .score import Comparison, NamePair, compared, corps_pair, least_value, probability, strength, total
from .search import Match, Sought, best_pairs, pair_with, told

DEFAULT_THRESHOLD = 0.70
"""Score from which a scored pair is a hit."""

NAMES = 101
"""Most submitted names compared."""

SAME_NUMBER = 100
"""Most parties looked at that carry one number."""


ORDER = {Strength.CONFIRMED: 0, Strength.PROBABLE: 1, Strength.POSSIBLE: 2}
"""Hits of one score are shown in order of strength."""


@dataclass(frozen=True)
class Asked:
    """What is asked about every query of a batch: the day, how many hits, from which score, and on which lists."""

    as_of: date
    limit: int = 5
    threshold: float = DEFAULT_THRESHOLD
    lists: frozenset[str] | None = None


@dataclass(frozen=True)
class Watchlist:
    """Listed parties and the indexes over their names and numbers; immutable, made by ``of`` or ``of_packs``.

    ``entries`` are read when one is asked for; ``ids`` and ``numbers`` lead from hashed keys to the records and parties that have them.
    """

    entries: Entries
    index: Index = field(repr=False)
    ids: Lookup = field(repr=False)
    numbers: Lookup = field(repr=False)

    @staticmethod
    def of(parties: Iterable[Party]) -> Watchlist:
        """Link the records, analyse every name once, and index names and numbers."""
        return Watchlist.of_packs([pack((p, document_of(p)) for p in parties if p.designations)])

    @staticmethod
    def of_packs(packs: Sequence[Packed], apart: Iterable[tuple[str, str]] = ()) -> Watchlist:
        """Link the records of several packs, and index their names and numbers; no name is analysed and few records are read.

        ``apart`` are ids of records that are two parties whatever they share.
        """
        records = Records(packs)
        sources = frozenset(source for p in packs for source in p.sources)
        starts = records.starts.tolist()
        keys = LinkKeys.joined([(p.links, at) for p, at in zip(packs, starts, strict=False)], sources)
        ids = Lookup.of([(p.id_key, np.arange(len(p)) + at) for p, at in zip(packs, starts, strict=False)])
        found = [(records.place_of(one, ids), records.place_of(other, ids)) for one, other in apart]
        pairs = [(a, b) for a, b in found if a is not None and b is not None]
        members = Members.of(len(records), group(records, keys, sources, pairs))
        return Watchlist(
            entries=Entries(records, members),
            index=Index.of(columns_of(records, members)),
            ids=ids,
            numbers=Lookup.of(
                [
                    (p.number_key, members.of_record[p.number_place.astype(np.int64) + at])
                    for p, at in zip(packs, starts, strict=False)
                ]
            ),
        )

    def place_of(self, party_id: str) -> int | None:
        """The place of the party with this id, or with a record of this id."""
        record = self.entries.records.place_of(party_id, self.ids)
        return None if record is None else int(self.entries.members.of_record[record])

    @cached_property
    def corps_place(self) -> int | None:
        """The place of the Corps, where the lists have it."""
        return self.place_of(CORPS)

    def get(self, party_id: str) -> Party | None:
        """The party with this id, or with a record of this id."""
        place = self.place_of(party_id)
        return None if place is None else self.entries[place]

    def screen(
        self,
        party: SubmittedParty,
        *,
        subject: str,
        as_of: date,
        limit: int = 5,
        threshold: float = DEFAULT_THRESHOLD,
        lists: frozenset[str] | None = None,
    ) -> tuple[Hit, ...]:
        """The listed parties that score at or over ``threshold``, best first; ``as_of`` must not precede their first listing."""
        return next(self._screen([party], subject, Asked(as_of, limit, threshold, lists)))

    def screen_many(
        self,
        parties: Sequence[SubmittedParty],
        *,
        as_of: date,
        subject: str = "query",
        limit: int = 5,
        threshold: float = DEFAULT_THRESHOLD,
        lists: frozenset[str] | None = None,
    ) -> list[tuple[Hit, ...]]:
        """``screen`` for each party, with the same answers; each party alone decides its answer."""
        return list(self._screen(parties, subject, Asked(as_of, limit, threshold, lists)))

    def _screen(self, parties: Sequence[SubmittedParty], subject: str, asked: Asked) -> Iterator[tuple[Hit, ...]]:
        least = least_value(asked.threshold)
        numbered = [self._same_number(party) if party.identifiers else () for party in parties]
        sought = [
            _sought(party, least - most_added(party), places) for party, places in zip(parties, numbered, strict=True)
        ]
        found = best_pairs(self.index, self.entries, sought, asked.as_of)
        for party, looked, places, matches in zip(parties, sought, numbered, found, strict=True):
            yield self._hits(party, looked, places, matches, subject, asked)

    def _same_number(self, party: SubmittedParty) -> tuple[int, ...]:
        """The places of listed parties that carry a number of this one."""
        places: dict[int, None] = {}
        for identifier in party.identifiers:
            if number := identifier_key(identifier.scheme, identifier.value, identifier.country):
                places.update(dict.fromkeys(self.numbers.find(hashed(*number))[:SAME_NUMBER]))
        return tuple(places)

    def _hits(
        self,
        party: SubmittedParty,
        sought: Sought,
        numbered: tuple[int, ...],
        matches: dict[int, Match],
        subject: str,
        asked: Asked,
    ) -> tuple[Hit, ...]:
        corps = _corps(party)
        pairs: dict[int, Match | None] = dict(matches)
        for place in numbered:
            if place not in pairs:
                pairs[place] = pair_with(self.index, self.entries, place, sought, asked.as_of)
        corps_place = self.corps_place if corps is not None else None
        if corps is not None and corps_place is not None:
            pairs[corps_place] = None
        scored: list[tuple[float, int, str, int, NamePair | None, tuple[Fact, ...], Strength]] = []
        for place, match in pairs.items():
            listed = self.entries[place]
            if not _begun(listed, asked.as_of, asked.lists):
                continue
            known = tuple(facts(party, listed))
            pair = match.pair if match is not None else None
            if corps is not None and place == corps_place:
                pair = corps_pair(corps, listed)
            if pair is None and not any(f.name == "identifier" and f.value > 0 for f in known):
                continue
            if (score := probability(total(pair, known))) >= asked.threshold:
                sure = strength(party, listed, pair, known, score, corps if place == corps_place else None)
                scored.append((-score, ORDER[sure], listed.id, place, pair, known, sure))
        scored.sort(key=lambda s: s[:3])
        hits = []
        for *_, place, silent, known, sure in scored[: asked.limit]:
            pair = silent if (match := pairs[place]) is None else told(self.index, match)
            hits.append(_hit(subject, self.entries[place], compared(pair, known), sure, asked.as_of))
        return tuple(hits)

    def explain(self, party: SubmittedParty, listed: Party, *, subject: str, as_of: date) -> Hit:
        """Compare with one listed party whatever the score: why it did, or did not, hit."""
        place = self.place_of(listed.id)
        if place is None or self.entries[place] != listed:
            return Watchlist.of([listed]).explain(party, listed, subject=subject, as_of=as_of)
        corps = _corps(party) if place == self.corps_place else None
        match = pair_with(self.index, self.entries, place, _sought(party), as_of)
        pair = told(self.index, match) if match is not None else None
        if corps is not None:
            pair = corps_pair(corps, listed)
        known = tuple(facts(party, listed))
        made = compared(pair, known)
        sure = strength(party, listed, pair, known, made.score, corps)
        return _hit(subject, listed, made, sure, as_of)


def why(listed: Party, compared: Hit, hits: Sequence[Hit], asked: Asked) -> str:
    """Why a listed party is, or is not, among the hits of a query, given how it compares."""
    if any(h.party.id == listed.id for h in hits):
        return "it is a hit"
    if not _begun(listed, asked.as_of, asked.lists):
        return "none of the lists that were asked had named it by that day"
    if not any(f.name in ("name", "identifier") for f in compared.features):
        return "no name and no identifier has anything in common with it"
    if compared.score < asked.threshold:
        return f"its score {compared.score:.3f} is under the threshold {asked.threshold:g}; the features say what was missing"
    return f"{len(hits)} other parties score as high, and no more than {asked.limit} are shown"


def _sought(party: SubmittedParty, least: float = -inf, places: Iterable[int] = ()) -> Sought:
    return Sought(party.names[:NAMES], party.kind == "person", least, frozenset(places))


def _corps(party: SubmittedParty) -> tuple[str, Standing] | None:
    """The submitted name that says most about the party's standing to the XPCC."""
    if party.kind == "person":
        return None
    named: tuple[str, Standing] | None = None
    for text in party.names:
        found = standing(text)
        if found is Standing.ITSELF:
            return text, found
        if found is not None:
            named = text, found
    return named


def _begun(party: Party, day: date, lists: frozenset[str] | None) -> bool:
    """Whether some designation of the wanted lists had begun; the reference's own id stands for every party it describes."""
    if lists is not None and CURATED in lists and party.curated:
        lists = None
    return any((lists is None or d.list in lists) and _started(d, day) for d in party.designations)


def _started(designation: Designation, day: date) -> bool:
    return designation.listed_on is None or designation.listed_on <= day


def _hit(subject: str, listed: Party, made: Comparison, sure: Strength, day: date) -> Hit:
    """The hit names the lists on which the party stands that day, and apart from them those that had named it before."""
    begun = [d for d in listed.designations if _started(d, day)]
    lists = tuple(dict.fromkeys(d.list for d in begun if d.in_force(day)))
    former = tuple(name for name in dict.fromkeys(d.list for d in begun) if name not in lists)
    return Hit(
        id="",
        subject=subject,
        party=HitParty(id=listed.id, name=listed.name, lists=lists, former_lists=former),
        score=made.score,
        strength=sure,
        features=made.features,
    )
