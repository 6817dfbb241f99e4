"""Which record of another authority is which listed party: only by evidence that does not rest on the spelling that is tested.

A person's record is linked where a name is the same (case, accents, punctuation and order apart) and a birth date agrees,
or where the whole birth date is the same and a Latin name is at least 70 % alike to names of one party only. A body's record
is linked where a name of two words or of ten letters is the same, legal form apart, and belongs to one party only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from app.core.party import Party, PartyKind

from .lists import Record
from .plain import core, core_key, key, script, words

SIMILAR = 70


class Links:
    """Looks records up among listed parties; built once from the whole list, held-out names included."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._people: dict[str, list[Party]] = defaultdict(list)
        self._births: dict[str, list[Party]] = defaultdict(list)
        self._bodies: dict[str, set[str]] = defaultdict(set)
        self._by_id: dict[str, Party] = {}
        for party in parties:
            self._by_id[party.id] = party
            if party.kind is PartyKind.PERSON:
                for name in {key(a.name) for a in party.aliases}:
                    self._people[name].append(party)
                for birth in party.birth_dates:
                    if len(birth) == 10:
                        self._births[birth].append(party)
            elif party.kind is PartyKind.ORGANIZATION:
                for alias in party.aliases:
                    self._bodies[core_key(alias.name)].add(party.id)

    def find(self, record: Record) -> Party | None:
        """The one party this record is, or None where the evidence is not strong enough."""
        found = self._person(record) if record.person else self._body(record)
        return self._by_id[found.pop()] if len(found) == 1 else None

    def _person(self, record: Record) -> set[str]:
        same = {
            p.id
            for name in record.names
            if len(words(name)) >= 2
            for p in self._people.get(key(name), ())
            if any(_agrees(b, c) for b in record.births for c in p.birth_dates)
        }
        if same:
            return same
        latin = [" ".join(words(n)) for n in record.names if script(n) == "latin"]
        return {
            p.id
            for birth in record.births
            if len(birth) == 10
            for p in self._births.get(birth, ())
            if any(fuzz.token_sort_ratio(n, " ".join(words(a.name))) >= SIMILAR for n in latin for a in p.aliases)
        }

    def _body(self, record: Record) -> set[str]:
        found: set[str] = set()
        for name in record.names:
            parts = core(name)
            if len(parts) >= 2 or len("".join(parts)) >= 10:
                found |= self._bodies.get(core_key(name), set())
        return found


def _agrees(one: str, two: str) -> bool:
    """Whether two dates agree as far as both are known."""
    shared = min(len(one), len(two))
    return shared >= 4 and one[:shared] == two[:shared]
