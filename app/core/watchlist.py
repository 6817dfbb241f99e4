"""The watchlist: every listed party, indexed, so that a submitted party finds the listed ones that may be it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import Indel

from .hit import Hit, HitParty
from .identifiers import identifier_key
from .linking import linked
from .matching import TOKEN_ALIKE, Comparison, Names, compare, compatible, is_person, names_of, token_weight
from .names import analyse
from .party import Party
from .submission import SubmittedParty
from .xpcc import PARTY as CORPS
from .xpcc import Standing, standing

DEFAULT_THRESHOLD = 0.70
"""Score from which a scored pair is a hit."""

RARE_TOKENS = 6
"""How many of a name's rarest tokens look for candidates."""

POSTINGS = 4_000
"""Most parties looked up for one token: a token with more says too little about who is meant."""

CANDIDATES = 200
"""Most parties compared in full for one query."""

CACHED = 20_000
"""Tokens whose spellings are kept."""

SPELLINGS = 12
"""Most other spellings of a token that are tried."""


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
    vocabulary: tuple[str, ...] = field(repr=False)
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
        for place, (party, analysed) in enumerate(zip(merged, names, strict=True)):
            for key in {k for name, _ in analysed.names for k in name.keys}:
                keys[key].append(place)
            for token in {t for name, _ in analysed.names for t in name.tokens}:
                tokens[token].append(place)
            for identifier in party.identifiers:
                if number := identifier_key(identifier.scheme, identifier.value, identifier.country):
                    numbers[number].append(place)
        return Watchlist(
            entries=merged,
            names=names,
            ids=ids,
            places={p.id: n for n, p in enumerate(merged)},
            keys={k: tuple(v) for k, v in keys.items()},
            numbers={k: tuple(v) for k, v in numbers.items()},
            tokens={k: tuple(v) for k, v in tokens.items()},
            vocabulary=tuple(sorted(t for t in tokens if len(t) >= 4)),
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
        for place in self._candidates(party, corps):
            listed = self.entries[place]
            if not _begun(listed, as_of, lists) or not compatible(party.kind, listed.kind):
                continue
            made = compare(
                party, listed, self.names[place], as_of=as_of, corps=corps if self._is_corps(place) else None
            )
            if made.score >= threshold and made.features:
                hits.append(_hit(subject, listed, made))
        strength = ("confirmed", "probable", "possible")
        hits.sort(key=lambda h: (strength.index(h.strength), -h.score, h.party.id))
        return tuple(hits[:limit])

    def explain(self, party: SubmittedParty, listed: Party, *, subject: str, as_of: date) -> Hit:
        """Compare with one listed party whatever the score: why it did, or did not, hit."""
        place = self.places.get(listed.id)
        names = self.names[place] if place is not None else names_of(listed)
        corps = _corps(party) if place is not None and self._is_corps(place) else None
        return _hit(subject, listed, compare(party, listed, names, as_of=as_of, corps=corps))

    def _is_corps(self, place: int) -> bool:
        return self.entries[place].id == self.ids.get(CORPS)

    def _candidates(self, party: SubmittedParty, corps: tuple[str, Standing] | None) -> Iterator[int]:
        """Parties that share a number, a whole name, or rare tokens (or spellings of them) with the query."""
        found: dict[int, None] = {}
        if corps is not None and (place := self.places.get(self.ids.get(CORPS, ""))) is not None:
            found[place] = None
        for identifier in party.identifiers:
            number = identifier_key(identifier.scheme, identifier.value, identifier.country)
            found.update(dict.fromkeys(self.numbers.get(number, ()) if number else ()))
        both = (True, False) if party.kind == "unknown" else (is_person(party.kind),)
        scores: Counter[int] = Counter()
        for text in party.names[:50]:
            for person in both:
                name = analyse(text, person)
                for key in name.keys:
                    found.update(dict.fromkeys(self.keys.get(key, ())[:CANDIDATES]))
                scores.update(self._by_tokens(name.tokens))
        found.update(dict.fromkeys(place for place, _ in scores.most_common(CANDIDATES)))
        yield from list(found)[: 2 * CANDIDATES]

    def _by_tokens(self, tokens: tuple[str, ...]) -> Iterator[int]:
        """Places once per token they share, rarest tokens first; a token with too many bearers looks for nobody."""
        telling = [t for t in dict.fromkeys(tokens[:60]) if token_weight(t) >= 0.5]
        telling.sort(key=lambda t: (len(self.tokens.get(t, ())), t))
        for token in telling[:RARE_TOKENS]:
            for spelling in (token, *self._spellings(token)):
                postings = self.tokens.get(spelling, ())
                if len(postings) <= POSTINGS:
                    yield from postings

    def _spellings(self, token: str) -> tuple[str, ...]:
        """Tokens of the list that are spelled nearly the same."""
        if len(token) < 5 or len(token) > 40:
            return ()
        known = self.spellings.get(token)
        if known is None:
            scorer = Indel.normalized_similarity
            found = process.extract(token, self.vocabulary, scorer=scorer, score_cutoff=TOKEN_ALIKE, limit=SPELLINGS)
            known = tuple(spelling for spelling, _, _ in found if spelling != token)
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
    return any(
        (d.listed_on is None or d.listed_on <= day) and (lists is None or d.list in lists) for d in party.designations
    )


def _hit(subject: str, listed: Party, made: Comparison) -> Hit:
    return Hit(
        id="",
        subject=subject,
        party=HitParty(id=listed.id, name=listed.name, lists=listed.lists),
        score=made.score,
        strength=made.strength,
        features=made.features,
    )
