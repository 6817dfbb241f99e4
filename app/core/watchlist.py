"""The watchlist: every listed party, indexed, so that a submitted party finds the listed ones that may be it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from heapq import nsmallest
from math import log

from rapidfuzz import process
from rapidfuzz.distance import Indel

from .alignment import MAX_TOKENS, TELLING, TOKEN_ALIKE, token_weight
from .hit import Hit, HitParty
from .identifiers import identifier_key
from .linking import linked
from .matching import Comparison, Names, compare, compatible, is_curated, is_person, names_of
from .names import analyse
from .party import CURATED, Designation, Party
from .submission import SubmittedParty
from .xpcc import PARTY as CORPS
from .xpcc import Standing, standing

DEFAULT_THRESHOLD = 0.70
"""Score from which a scored pair is a hit."""

RARE_TOKENS = 8
"""How many of a name's rarest words look for candidates."""

POSTINGS = 12_000
"""Most parties looked up for one submitted name; words with many bearers are left out first."""

CANDIDATES = 120
"""Most parties compared in full for one submitted name, and at least ``FEWEST`` where there are many names."""

FEWEST = 12

NAMES = 101
"""Most submitted names compared."""

CACHED = 20_000
"""Words whose spellings are kept."""

SPELLINGS = 12
"""Most other spellings of a word that are tried."""


@dataclass(frozen=True)
class Watchlist:
    """Listed parties and the indexes over their names and numbers; immutable, made by ``of``."""

    entries: tuple[Party, ...]
    names: tuple[Names, ...] = field(repr=False)
    ids: Mapping[str, str] = field(repr=False)
    places: Mapping[str, int] = field(repr=False)
    keys: Mapping[str, tuple[int, ...]] = field(repr=False)
    numbers: Mapping[tuple[str, str], tuple[int, ...]] = field(repr=False)
    tokens: Mapping[str, tuple[int, ...]] = field(repr=False)
    ends: Mapping[str, tuple[str, ...]] = field(repr=False)
    """Words of four letters or more by their first two letters (``ab-``) and by their last two (``-yz``)."""
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    """Spellings already looked up: a cache, emptied when it grows past ``CACHED``; it never changes an answer."""

    @staticmethod
    def of(parties: Iterable[Party]) -> Watchlist:
        """Link the records, analyse every name once, and index names, numbers and tokens."""
        merged, ids = linked(p for p in parties if p.designations)
        names = tuple(names_of(p) for p in merged)
        keys: dict[str, list[int]] = defaultdict(list)
        numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
        tokens: dict[str, list[int]] = defaultdict(list)
        ends: dict[str, list[str]] = defaultdict(list)
        for place, (party, analysed) in enumerate(zip(merged, names, strict=True)):
            for key in {k for name, _ in analysed.names for k in name.keys}:
                keys[key].append(place)
            for token in {t for name, _ in analysed.names for t in name.tokens}:
                tokens[token].append(place)
            for identifier in party.identifiers:
                if number := identifier_key(identifier.scheme, identifier.value, identifier.country):
                    numbers[number].append(place)
        for token in sorted(t for t in tokens if len(t) >= 4):
            ends[f"{token[:2]}-"].append(token)
            ends[f"-{token[-2:]}"].append(token)
        return Watchlist(
            entries=merged,
            names=names,
            ids=ids,
            places={p.id: n for n, p in enumerate(merged)},
            keys={k: tuple(v) for k, v in keys.items()},
            numbers={k: tuple(v) for k, v in numbers.items()},
            tokens={k: tuple(v) for k, v in tokens.items()},
            ends={k: tuple(v) for k, v in ends.items()},
        )

    def get(self, party_id: str) -> Party | None:
        """The party with this id, or with a record of this id."""
        place = self.places.get(self.ids.get(party_id, party_id))
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
        corps = _corps(party)
        hits: list[Hit] = []
        for place, queries in self._candidates(party, corps).items():
            listed = self.entries[place]
            if not _begun(listed, as_of, lists) or not compatible(party.kind, listed.kind):
                continue
            made = compare(
                party,
                listed,
                self.names[place],
                as_of=as_of,
                corps=corps if self._is_corps(place) else None,
                queries=tuple(queries),
            )
            if made.score >= threshold and any(f.name in ("name", "identifier") for f in made.features):
                hits.append(_hit(subject, listed, made, as_of))
        strength = ("confirmed", "probable", "possible")
        hits.sort(key=lambda h: (strength.index(h.strength), -h.score, h.party.id))
        return tuple(hits[:limit])

    def explain(self, party: SubmittedParty, listed: Party, *, subject: str, as_of: date) -> Hit:
        """Compare with one listed party whatever the score: why it did, or did not, hit."""
        place = self.places.get(listed.id)
        names = self.names[place] if place is not None else names_of(listed)
        corps = _corps(party) if place is not None and self._is_corps(place) else None
        return _hit(subject, listed, compare(party, listed, names, as_of=as_of, corps=corps), as_of)

    def _is_corps(self, place: int) -> bool:
        return self.entries[place].id == self.ids.get(CORPS)

    def _candidates(self, party: SubmittedParty, corps: tuple[str, Standing] | None) -> dict[int, list[str]]:
        """Parties that share a number, a whole name, or two words (or spellings of them), each with the names that found it."""
        found: dict[int, list[str]] = {}
        if corps is not None and (place := self.places.get(self.ids.get(CORPS, ""))) is not None:
            found[place] = []
        for identifier in party.identifiers:
            number = identifier_key(identifier.scheme, identifier.value, identifier.country)
            for place in self.numbers.get(number, ())[:CANDIDATES] if number else ():
                found[place] = list(party.names[:FEWEST])
        both = (True, False) if party.kind == "unknown" else (is_person(party.kind),)
        texts = tuple(dict.fromkeys(party.names))[:NAMES]
        most = max(FEWEST, CANDIDATES // len(texts))
        for text in texts:
            reached: dict[int, None] = {}
            for person in both:
                name = analyse(text, person)
                for key in sorted(name.keys):
                    reached.update(dict.fromkeys(self.keys.get(key, ())[:CANDIDATES]))
                reached.update(dict.fromkeys(self._by_tokens(name.tokens, person, most)))
            for place in reached:
                names = found.setdefault(place, [])
                if text not in names:
                    names.append(text)
        return found

    def _by_tokens(self, tokens: tuple[str, ...], person: bool, most: int) -> list[int]:
        """The ``most`` parties that share the rarest words, two of them at least where the name has two: fewer are no match."""
        telling = [t for t in dict.fromkeys(tokens[:MAX_TOKENS]) if person or token_weight(t) >= TELLING]
        if person and len(telling) < 2:
            return []
        fewest = min(2, len(telling))
        telling.sort(key=lambda t: (len(self.tokens.get(t, ())), t))
        scores: dict[int, float] = {}
        shared: Counter[int] = Counter()
        left = POSTINGS
        for token in telling[:RARE_TOKENS]:
            reached: set[int] = set()
            for spelling in (token, *self._spellings(token)):
                postings = self.tokens.get(spelling, ())
                if len(postings) <= left:
                    left -= len(postings)
                    reached.update(postings)
            weight = log(1 + len(self.entries) / (1 + len(reached)))
            shared.update(reached)
            for place in reached:
                scores[place] = scores.get(place, 0.0) + weight
        ranked = [(-score, place) for place, score in scores.items() if shared[place] >= fewest]
        return [place for _, place in nsmallest(most, ranked)]

    def _spellings(self, token: str) -> tuple[str, ...]:
        """Words of the list that begin or end as this one and are spelled nearly the same."""
        if len(token) < 4 or len(token) > 40:
            return ()
        known = self.spellings.get(token)
        if known is None:
            near = {*self.ends.get(f"{token[:2]}-", ()), *self.ends.get(f"-{token[-2:]}", ())} - {token}
            scorer = Indel.normalized_similarity
            found = process.extract(token, sorted(near), scorer=scorer, score_cutoff=TOKEN_ALIKE, limit=SPELLINGS)
            known = tuple(spelling for spelling, _, _ in found)
            if len(self.spellings) >= CACHED:
                self.spellings.clear()
            self.spellings[token] = known
        return known


def _corps(party: SubmittedParty) -> tuple[str, Standing] | None:
    """The submitted name that says most about the party's standing to the XPCC."""
    if is_person(party.kind):
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
    if lists is not None and CURATED in lists and is_curated(party):
        lists = None
    return any((lists is None or d.list in lists) and _started(d, day) for d in party.designations)


def _started(designation: Designation, day: date) -> bool:
    return designation.listed_on is None or designation.listed_on <= day


def _hit(subject: str, listed: Party, made: Comparison, day: date) -> Hit:
    """The hit names the lists that had named the party by the day, ended listings included."""
    lists = tuple(dict.fromkeys(d.list for d in listed.designations if _started(d, day)))
    return Hit(
        id="",
        subject=subject,
        party=HitParty(id=listed.id, name=listed.name, lists=lists),
        score=made.score,
        strength=made.strength,
        features=made.features,
    )
