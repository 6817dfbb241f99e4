"""Drawing queries into the labelled set: damaged names, other spellings, unlisted names, near misses, the same with attributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from random import Random

from app.core.party import AliasKind, Party, PartyKind

from .hard import acronyms, changed_parts, near_companies, near_people, neighbours, of_other_lists
from .lists import Record
from .plain import core_key, key, script, words
from .query import Labelled, Query, Size
from .reachable import reachable
from .suppliers import Company


class Drawer:
    """Draws queries into the set, each draw from its own seed, so that one kind's size changes no other kind."""

    def __init__(self, split: str, size: Size, made: Labelled) -> None:
        self.split, self.size, self.made = split, size, made

    def _random(self, *what: object) -> Random:
        return Random(":".join(map(str, (self.size.seed, self.split, *what))))

    def mistakes(self, kind: str, mistake: Callable[[str, Random, bool], str | None], parties: Sequence[Party]) -> None:
        """Damage one indexed name of each of ``per_kind`` parties."""
        pool = [p for p in parties if p.source != "bench" and p.kind is not PartyKind.AIRCRAFT]
        pool = _suited(kind, pool)
        self._random(kind).shuffle(pool)
        left = self.size.per_kind
        for party in pool:
            if left == 0:
                break
            random = self._random(kind, party.id)
            names = [a.name for a in party.aliases if a.kind is not AliasKind.WEAK and len(a.name) >= 6]
            if not names:
                continue
            name = random.choice(names)
            made = mistake(name, random, party.kind is PartyKind.PERSON)
            if made is not None and len(words(made)) + len(made) > 2:
                self.made.found.append(_query(kind, made, party, from_name=name))
                left -= 1

    def spellings(self, kind: str, pool: list[tuple[str, Party, str]]) -> None:
        """Other spellings of indexed parties: none that the index holds already, at most two of a party."""
        unique = sorted({(n, p.id): (n, p, s) for n, p, s in pool}.values(), key=lambda t: (t[1].id, t[0]))
        self._random(kind).shuffle(unique)
        used: dict[str, int] = defaultdict(int)
        left = self.size.per_kind * (3 if kind == "authority_latin" else 1)
        for name, party, _ in unique:
            held = {key(a.name) for a in party.aliases}
            if left == 0 or used[party.id] == 2 or key(name) in held or (len(name) < 4 and script(name) == "latin"):
                continue
            used[party.id] += 1
            left -= 1
            person = party.kind is PartyKind.PERSON
            can = kind == "acronym" or reachable(name, [a.name for a in party.aliases], person=person)
            self.made.found.append(_query(kind, name, party, can=can))

    def unlisted(self, pool: Sequence[Company]) -> None:
        chosen = self._random("unlisted").sample(pool, min(self.size.unlisted, len(pool)))
        self.made.unlisted.extend(
            Query("unlisted", c.name, is_a="organization", country=c.country, from_name=c.file) for c in chosen
        )

    def hard(
        self, mine: Sequence[Party], listed: Sequence[Party], pool: Sequence[Company], others: Sequence[Record]
    ) -> None:
        """Names near a listed one that are another's: recombined people, one telling word changed, real neighbours, tickers."""
        each = self.size.hard // 4
        known = {core_key(a.name) for p in listed for a in p.aliases} | {key(a.name) for p in listed for a in p.aliases}
        for kind, is_a, names in (
            ("hard_person", "person", near_people(mine, known, self._random("hard_person"))),
            ("hard_part", "person", changed_parts(mine, listed, known, self._random("hard_part"))),
            ("hard_company", "organization", near_companies(mine, known, self._random("hard_company"))),
            ("hard_near_miss", "organization", neighbours(mine, pool, self._random("hard_near_miss"))),
            ("hard_other_list", "person", of_other_lists(others, listed, self._random("hard_other_list"))),
            ("hard_acronym", "organization", acronyms(pool, known, self._random("hard_acronym"))),
        ):
            taken: set[str] = set()
            for name, origin in names:
                if len(taken) == each:
                    break
                if name not in taken:
                    taken.add(name)
                    self.made.hard.append(Query(kind, name, is_a=is_a, from_name=origin))

    def attributes(self, mine: dict[str, Party]) -> None:
        """Found people again with birth date and country; and their exact names with another's birth date and country."""
        for query in self.made.found:
            party = mine.get(query.party)
            if party is None or party.kind is not PartyKind.PERSON or not party.birth_dates:
                continue
            random = self._random("attributes", query.kind, query.party, query.name)
            birth = _less(random.choice(party.birth_dates), random)
            countries = (*party.nationalities, *party.countries)
            country = random.choice(countries) if countries and random.random() < 0.8 else None
            self.made.with_attributes.append(
                _query(query.kind, query.name, party, query.reachable, query.from_name, birth, country)
            )
            if query.kind == "exact":
                years = {int(b[:4]) for b in party.birth_dates}
                year = next(y for y in random.sample(range(1940, 2000), 60) if min(abs(y - b) for b in years) > 5)
                other = random.choice([c for c in ("DE", "BR", "CA", "JP", "ZA", "MX") if c not in countries])
                birth = f"{year}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
                self.made.conflicting.append(_query("conflict", query.name, party, True, query.from_name, birth, other))


def _suited(kind: str, pool: list[Party]) -> list[Party]:
    """Transliteration errors only where the transliteration occurs: by the party's countries."""
    countries = {
        "translit_ru": {"RU", "BY", "UA", "KZ", "KG"},
        "translit_ar": {"SY", "IQ", "LB", "YE", "LY", "SA", "EG", "PS", "SD", "DZ", "TN", "JO", "AE", "AF", "IR", "PK"},
    }
    if kind not in countries:
        return list(pool)
    people_only = kind == "translit_ar"
    return [
        p
        for p in pool
        if (p.kind is PartyKind.PERSON or (not people_only and p.kind is PartyKind.ORGANIZATION))
        and countries[kind].intersection((*p.countries, *p.nationalities))
    ]


def _less(birth: str, random: Random) -> str:
    """A birth date as a buyer may know it: whole, or the year only."""
    return birth[:4] if random.random() < 0.3 else birth


def _query(
    kind: str,
    name: str,
    party: Party,
    can: bool = True,
    from_name: str = "",
    birth: str | None = None,
    country: str | None = None,
) -> Query:
    is_a = {PartyKind.PERSON: "person", PartyKind.VESSEL: "vessel"}.get(party.kind, "organization")
    return Query(kind, name, party.id, is_a, birth, country, can, from_name or party.name)
