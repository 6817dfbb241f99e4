"""Listed parties packed: their documents as bytes, and what linking, indexing and comparing need of them as arrays.

A million parties as objects are twelve gigabytes; packed they are about one. A pack is a pure function of its parties and of the analysis
(``screening.readings.version``), so it can be kept, read back, and put together with others without looking at a name again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from app.core.identifiers import identifier_key
from app.core.names import hashed_keys
from app.core.party import Alias, AliasKind, Party, PartyKind
from app.core.screening.readings import Readings, Row, rows_of

from .linking import LinkKeys, hashed

KINDS = tuple(PartyKind)
ALIAS_KINDS = tuple(AliasKind)
PERSON = KINDS.index(PartyKind.PERSON)
WEAK = ALIAS_KINDS.index(AliasKind.WEAK)
ALWAYS = date.max.toordinal()


def document_of(party: Party) -> str:
    """The canonical JSON of a party: what is left at its default is left out, members are in order."""
    plain = party.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Texts:
    """Many texts as one: UTF-8, and where each ends."""

    data: memoryview
    ends: Any

    @staticmethod
    def of(texts: Iterable[str]) -> Texts:
        made = [t.encode() for t in texts]
        return Texts(memoryview(b"".join(made)), np.cumsum([len(t) for t in made], dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> bytes:
        return bytes(self.data[int(self.ends[at - 1]) if at else 0 : int(self.ends[at])])

    def all(self) -> tuple[str, ...]:
        return tuple(self[n].decode() for n in range(len(self)))


@dataclass(frozen=True)
class Packed:
    """Some parties: ``ids`` and ``documents``, and of each its kind, its names and its keys. ``names_end`` tells where a party's names end.

    Of names: the key of the text, its kind, whether it is common, the days (ordinals) from and until which the list says so, and its hashed
    exact keys (``names.hashed_keys``) with where they end.
    """

    sources: tuple[str, ...]
    ids: Texts
    documents: Texts
    kind: Any
    source: Any
    curated: Any
    names_end: Any
    name_key: Any
    name_kind: Any
    name_common: Any
    name_from: Any
    name_until: Any
    exact_key: Any
    exact_end: Any
    id_key: Any
    number_key: Any
    number_place: Any
    links: LinkKeys
    readings: Readings

    def __len__(self) -> int:
        return len(self.kind)

    def party(self, place: int) -> Party:
        """The party at a place, read from its document, which was checked when it was made."""
        return Party.model_validate_json(self.documents[place])

    def names(self, place: int) -> range:
        """The numbers of a party's names."""
        return range(int(self.names_end[place - 1]) if place else 0, int(self.names_end[place]))


def pack(parties: Iterable[tuple[Party, str]], known: Packed | None = None) -> Packed:
    """Pack parties, each with its document; names that ``known`` has are not read again.

    ``known`` must be of the same analysis.
    """
    held = _Known(known) if known is not None else None
    made = [(party, document) for party, document in parties]
    sources: dict[str, int] = {}
    names: list[tuple[int, int, bool, int, int]] = []
    names_end: list[int] = []
    rows: list[tuple[int, Row]] = []
    exact: list[int] = []
    exact_end: list[int] = []
    numbers: list[tuple[int, int]] = []
    for place, (party, _) in enumerate(made):
        sources.setdefault(party.source, len(sources))
        person = party.kind is PartyKind.PERSON
        for alias in party.aliases:
            columns = _columns(alias)
            number, weak = len(names), alias.kind is AliasKind.WEAK
            read, keys = (held and held.read(columns[0], person=person, weak=weak)) or _read(alias.name, person, weak)
            rows.extend((number, row) for row in read)
            exact += keys
            exact_end.append(len(exact))
            names.append(columns)
        names_end.append(len(names))
        for identifier in party.identifiers:
            if key := identifier_key(identifier.scheme, identifier.value, identifier.country):
                numbers.append((hashed(*key), place))
    column = list(zip(*names, strict=True)) or [()] * 5
    return Packed(
        sources=tuple(sources),
        ids=Texts.of(p.id for p, _ in made),
        documents=Texts.of(d for _, d in made),
        kind=np.array([KINDS.index(p.kind) for p, _ in made], np.uint8),
        source=np.array([sources[p.source] for p, _ in made], np.uint8),
        curated=np.array([p.curated for p, _ in made], bool),
        names_end=np.array(names_end, np.int32),
        name_key=np.array(column[0], np.uint64),
        name_kind=np.array(column[1], np.uint8),
        name_common=np.array(column[2], bool),
        name_from=np.array(column[3], np.int32),
        name_until=np.array(column[4], np.int32),
        exact_key=np.array(exact, np.uint32),
        exact_end=np.array(exact_end, np.int32),
        id_key=np.array([hashed(p.id) for p, _ in made], np.uint64),
        number_key=np.array([k for k, _ in numbers], np.uint64),
        number_place=np.array([p for _, p in numbers], np.int32),
        links=LinkKeys.of(p for p, _ in made),
        readings=Readings.of(rows),
    )


def _columns(alias: Alias) -> tuple[int, int, bool, int, int]:
    return (
        hashed(alias.name),
        ALIAS_KINDS.index(alias.kind),
        alias.common,
        alias.valid_from.toordinal() if alias.valid_from is not None else 0,
        alias.valid_to.toordinal() if alias.valid_to is not None else ALWAYS,
    )


def _read(name: str, person: bool, weak: bool) -> tuple[list[Row], list[int]]:
    """The readings of a name, and its hashed exact keys."""
    return rows_of(name, person=person, weak=weak), sorted(hashed_keys(name, person))


class _Known:
    """The readings of a pack by name."""

    def __init__(self, known: Packed) -> None:
        self.known = known
        self.numbers = dict(zip(known.name_key.tolist(), range(len(known.name_key)), strict=True))
        owner = np.searchsorted(known.names_end, np.arange(len(known.name_key)), side="right")
        self.person = known.kind[owner] == PERSON
        self.first = np.searchsorted(known.readings.alias, np.arange(len(known.name_key) + 1)).tolist()
        self.words = known.readings.spelled().words

    def read(self, key: int, *, person: bool, weak: bool) -> tuple[list[Row], list[int]] | None:
        """The readings and exact keys of a name, None where it is not known as that of a person, or of another party, as it is here."""
        number = self.numbers.get(key)
        if number is None or self.person[number] != person:
            return None
        if not person and (self.known.name_kind[number] == WEAK) != weak:
            return None
        begin = int(self.known.exact_end[number - 1]) if number else 0
        keys = self.known.exact_key[begin : int(self.known.exact_end[number])].tolist()
        return self.known.readings.rows(self.first[number], self.first[number + 1], self.words), keys
