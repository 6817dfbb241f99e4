"""The labelled set: an index, queries whose party is known, names that are on no list, and near misses; all from list files and a seed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from app import reference
from app.core.party import Alias, AliasKind, Party, PartyKind

from .chinese import CHINESE
from .draw import Drawer
from .links import Links
from .lists import Record, records
from .mistakes import MISTAKES
from .ofac import aliases_since, index_parties, lent_designation
from .plain import core, core_key, key, script, words
from .query import Labelled, Size, split_of
from .suppliers import Company, companies


def build(data: Path, *, split: str, size: Size) -> Labelled:
    """Read the lists under ``data`` (the built-in reference parties where it is absent) and draw the set of one split."""
    listed, source = index_parties(data)
    held = _held_out(listed, size.seed)
    index = [_without(p, held.get(p.id, ())) for p in listed]
    bilingual = [c for c in companies(data) if c.han]
    lent = _lent(bilingual, size)
    made = Labelled(parties=index + [p for p, _ in lent], source=source)
    drawn = Drawer(split, size, made)
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
    others: list[Record] = []
    for record in records(data):
        if split_of(record.names[0]) == split:
            others.append(record)
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
    drawn.hard(list(mine.values()), listed, unlisted, others)
    drawn.attributes(mine)
    return made


def _held_out(parties: Sequence[Party], seed: int) -> dict[str, tuple[str, ...]]:
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


def _lent(bilingual: Sequence[Company], size: Size) -> list[tuple[Party, str]]:
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


def _unlisted(data: Path, listed: Sequence[Party], split: str, lent: set[str]) -> list[Company]:
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
