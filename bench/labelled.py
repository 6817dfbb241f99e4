"""The labelled set: an index, queries whose party is known, names that are on no list, and near misses; all from list files and a seed."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from app import reference
from app.core.party import Alias, AliasKind, Party, PartyKind

from .chinese import CHINESE
from .hard import acronyms, near_companies, near_people, neighbours
from .links import Links
from .lists import Record, records
from .mistakes import MISTAKES
from .ofac import aliases_since, index_parties, lent_designation
from .plain import core, core_key, key, script, words
from .reachable import reachable
from .suppliers import Company, companies

SPLITS = ("dev", "test")


@dataclass(frozen=True)
class Query:
    """One submitted name. ``party`` is the listed party it is, empty for a name that is on no list."""

    kind: str
    name: str
    party: str = ""
    is_a: str = "unknown"
    """``person``, ``organization`` or ``vessel``."""
    birth: str | None = None
    country: str | None = None
    reachable: bool = True
    from_name: str = ""
    """The listed spelling it was made from, for reading failures."""


@dataclass(frozen=True)
class Size:
    """How many queries of each kind; how many unlisted names; the seed of every draw."""

    per_kind: int = 200
    unlisted: int = 6_000
    hard: int = 600
    han_companies: int = 300
    seed: int = 20_240_108


@dataclass
class Labelled:
    """The set of one split. ``parties`` is the index: the list with the held-out aliases taken out."""

    parties: list[Party]
    found: list[Query] = field(default_factory=list)
    unlisted: list[Query] = field(default_factory=list)
    hard: list[Query] = field(default_factory=list)
    with_attributes: list[Query] = field(default_factory=list)
    conflicting: list[Query] = field(default_factory=list)
    source: str = ""


def split_of(value: str) -> str:
    """``dev`` or ``test``: by the hash of a party's id or an unlisted name, so no party is in both."""
    return SPLITS[hashlib.sha256(value.encode()).digest()[0] & 1]


def build(data: Path, *, split: str, size: Size) -> Labelled:
    """Read the lists under ``data`` (the built-in reference parties where it is absent) and draw the set of one split."""
    listed, source = index_parties(data)
    held = _held_out(listed, size.seed)
    index = [_without(p, held.get(p.id, ())) for p in listed]
    bilingual = [c for c in companies(data) if c.han]
    lent = _lent(bilingual, size)
    made = Labelled(parties=index + [p for p, _ in lent], source=source)
    drawn = _Drawer(split, size, made)
    mine = {p.id: p for p in index if split_of(p.id) == split}
    for kind, mistake in {**MISTAKES, **CHINESE}.items():
        drawn.mistakes(kind, mistake, list(mine.values()))
    spellings: dict[str, list[tuple[str, Party, str]]] = defaultdict(list)
    for party_id, names in held.items():
        if party_id in mine:
            for name in names:
                kind = "acronym" if _is_acronym(name, mine[party_id]) else "alias_held_out"
                spellings[kind].append((name, mine[party_id], ""))
    for party_id, name in aliases_since(data):
        if party_id in mine:
            spellings["alias_added_later"].append((name, mine[party_id], ""))
    links = Links(listed)
    for record in records(data):
        if (party := links.find(record)) is not None and party.id in mine:
            for name in record.names:
                spellings[_authority_kind(name, record)].append((name, mine[party.id], record.authority))
    spellings["reference"] = list(_reference(mine))
    spellings["han_company"] = [(han, p, "bilingual") for p, han in lent if split_of(p.id) == split]
    for kind in sorted(spellings):
        drawn.spellings(kind, spellings[kind])
    taken = {"".join(core(p.name)) for p, _ in lent}
    unlisted = _unlisted(data, listed, split, taken)
    drawn.unlisted(unlisted)
    drawn.hard(list(mine.values()), listed, unlisted)
    drawn.attributes(mine)
    return made


def _held_out(parties: list[Party], seed: int) -> dict[str, tuple[str, ...]]:
    """One strong alias of every third party that has two or more, and every acronym that stands for another name of the party."""
    held: dict[str, tuple[str, ...]] = {}
    for party in parties:
        strong = [a.name for a in party.aliases if a.kind is AliasKind.STRONG]
        random = Random(f"{seed}:held:{party.id}")
        out = [n for n in strong if _is_acronym(n, party)]
        if strong and random.random() < 1 / 3:
            out.append(random.choice(strong))
        if out and len(set(out)) < len(party.aliases):
            held[party.id] = tuple(dict.fromkeys(out))
    return held


def _is_acronym(name: str, party: Party) -> bool:
    """Whether the name is the initials of another name of the party, small words in or out."""
    if party.kind is PartyKind.PERSON or not re.fullmatch(r"[A-Z]{3,7}", name.replace(".", "")):
        return False
    wanted = name.replace(".", "").lower()
    for alias in party.aliases:
        for parts in (words(alias.name), core(alias.name), [w for w in words(alias.name) if len(w) > 3]):
            if len(parts) >= 3 and "".join(w[0] for w in parts) == wanted:
                return True
    return False


def _without(party: Party, names: tuple[str, ...]) -> Party:
    keys = {key(n) for n in names}
    kept = tuple(a for a in party.aliases if a.name not in names and key(a.name) not in keys)
    return party.model_copy(update={"aliases": kept}) if names and kept else party


def _lent(bilingual: list[Company], size: Size) -> list[tuple[Party, str]]:
    """Listed companies for the Chinese half: A-share companies put into the index under their English names only."""
    chosen = Random(f"{size.seed}:lent").sample(bilingual, min(size.han_companies, len(bilingual)))
    designation = lent_designation()
    made = []
    for company in chosen:
        party = Party(
            id=f"bench:{company.han}",
            source="bench",
            kind=PartyKind.ORGANIZATION,
            aliases=(Alias(name=company.name, kind=AliasKind.PRIMARY),),
            countries=("CN",),
            designations=(designation,),
        )
        made.append((party, company.han))
    return made


def _authority_kind(name: str, record: Record) -> str:
    kind = script(name)
    if kind in ("cyrillic", "arabic", "han"):
        return f"{kind}_{'person' if record.person else 'entity'}"
    return "authority_latin" if kind == "latin" else "other_script"


def _reference(mine: dict[str, Party]) -> Iterator[tuple[str, Party, str]]:
    """Names of the built-in reference for parties that carry an OFAC number."""
    for party in reference.load_parties():
        for identifier in party.identifiers:
            if identifier.scheme == "ofac" and (found := mine.get(f"us_ofac_sdn:{identifier.value}")) is not None:
                for alias in party.aliases:
                    if alias.kind is not AliasKind.WEAK:
                        yield alias.name, found, "reference"


def _unlisted(data: Path, listed: list[Party], split: str, lent: set[str]) -> list[Company]:
    """Supplier names of the split that equal no listed name, legal form and order apart, on any list that is here."""
    known = {core_key(a.name) for p in listed for a in p.aliases}
    squashed = {"".join(core(a.name)) for p in listed for a in p.aliases} | lent
    later = {core_key(n) for _, n in aliases_since(data)} | {core_key(n) for r in records(data) for n in r.names}
    return [
        c
        for c in companies(data)
        if split_of(c.name) == split
        and core_key(c.name) not in known
        and core_key(c.name) not in later
        and "".join(core(c.name)) not in squashed
    ]


class _Drawer:
    """Draws queries into the set, each draw from its own seed, so that one kind's size changes no other kind."""

    def __init__(self, split: str, size: Size, made: Labelled) -> None:
        self.split, self.size, self.made = split, size, made

    def _random(self, *what: object) -> Random:
        return Random(":".join(map(str, (self.size.seed, self.split, *what))))

    def mistakes(self, kind: str, mistake: Callable[[str, Random, bool], str | None], parties: list[Party]) -> None:
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

    def unlisted(self, pool: list[Company]) -> None:
        chosen = self._random("unlisted").sample(pool, min(self.size.unlisted, len(pool)))
        self.made.unlisted.extend(
            Query("unlisted", c.name, is_a="organization", country=c.country, from_name=c.file) for c in chosen
        )

    def hard(self, mine: list[Party], listed: list[Party], pool: list[Company]) -> None:
        """Names near a listed one that are another's: recombined people, one telling word changed, real neighbours, tickers."""
        each = self.size.hard // 4
        known = {core_key(a.name) for p in listed for a in p.aliases} | {key(a.name) for p in listed for a in p.aliases}
        for kind, is_a, names in (
            ("hard_person", "person", near_people(mine, known, self._random("hard_person"))),
            ("hard_company", "organization", near_companies(mine, known, self._random("hard_company"))),
            ("hard_near_miss", "organization", neighbours(mine, pool, self._random("hard_near_miss"))),
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


DAY = date(2026, 11, 23)
"""The day every screening of the benchmark asks about."""
