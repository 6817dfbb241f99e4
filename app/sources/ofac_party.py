"""One entry of an OFAC list, from whatever format it was read, as a party."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError

from app.core.party import Alias, AliasKind, Designation, Identifier, ListedAddress, Party, PartyKind, Relationship
from app.core.values import Citation
from app.errors import SourceChanged

from .countries import country_code
from .ofac_facts import Facts

INSTRUMENTS = {"GLOMAG": "US_EO13818_GLOMAG", "UHRPA": "US_UHRPA_2020", "CMIC-EO13959": "US_NSCMIC_EO13959"}
"""Programme tags whose law the reference edition describes; the others are named after their tag."""

DATED = {"CMIC-EO13959": "CMIC"}
"""Programmes whose entries print their own dates, and the word that marks them."""

EXACT = "EXACT_LISTED_NAME"
"""The class of entries that reach the listed issuer only (NS-CMIC): the 50 percent rule does not apply to them."""

NON_SDN = ("NS-", "CMIC-EO13959", "561-Related", "FSE-", "UKRAINE-EO13662")
"""Beginnings of programme tags that nearly every entry of the non-SDN list has and nearly none of the SDN list (both lists have the same
formats, and the files do not say which list they are)."""

ORDER = (AliasKind.PRIMARY, AliasKind.STRONG, AliasKind.FORMER, AliasKind.WEAK)


@dataclass(frozen=True)
class OfacList:
    """One of OFAC's two lists: its id, what it is cited as, and how far a listing on it reaches."""

    id: str
    citation: Citation
    extends_to: str
    blocking: bool
    """True for the SDN list, False for the list of everybody else."""


@dataclass(frozen=True)
class Entry:
    """What OFAC says of one party. ``number`` is OFAC's own and the same in every format; ``where`` names the place in the document."""

    number: str
    name: str
    kind: PartyKind
    programmes: tuple[str, ...]
    where: str
    facts: Facts
    aliases: tuple[tuple[str, AliasKind], ...] = ()
    addresses: tuple[ListedAddress, ...] = ()
    owner: str = ""
    title: str = ""
    text: str = ""
    listed_on: date | None = None
    links: tuple[tuple[str, str], ...] = field(default=())
    """Numbers of parties it is linked to, with the words for the link, where the format gives numbers."""


def name_key(name: str) -> str:
    """A name for looking it up: remarks end in a full stop that may or may not be the name's own."""
    return name.casefold().rstrip(".")


def by_name(entries: Mapping[str, str]) -> dict[str, str]:
    """Number by ``name_key``, for the names that only one entry has."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for number, name in entries.items():
        key = name_key(name)
        if key in found:
            twice.add(key)
        found[key] = number
    return {key: number for key, number in found.items() if key not in twice}


def refuse_other_list(where: str, of: OfacList, programmes: Sequence[Sequence[str]]) -> None:
    """Raises ``SourceChanged`` where the entries' programmes are those of OFAC's other list."""
    others = sum(any(tag.startswith(NON_SDN) for tag in tags) for tags in programmes)
    share = others if of.blocking else len(programmes) - others
    if 2 * share > len(programmes):
        raise SourceChanged(
            f"{where}: {share} of {len(programmes)} entries have no programme of {of.id}, so this is OFAC's other list"
        )


def to_party(entry: Entry, of: OfacList, names: Mapping[str, str]) -> Party:
    """The party; ``names`` finds the numbers of the parties it is linked to. Raises ``SourceChanged`` where a field cannot be one."""
    facts = entry.facts
    nationalities = tuple(dict.fromkeys(c for n in facts.nationalities if (c := country_code(n))))
    addressed = (c for a in entry.addresses if (c := country_code(a.country)))
    try:
        return Party(
            id=f"{of.id}:{entry.number}",
            source=of.id,
            kind=entry.kind,
            aliases=tuple(_aliases(entry)),
            identifiers=(Identifier(scheme="ofac", value=entry.number), *facts.numbers()),
            birth_dates=tuple(facts.births),
            birth_places=tuple(facts.places),
            gender=facts.gender,
            countries=tuple(dict.fromkeys((*addressed, *nationalities, *facts.countries))),
            nationalities=nationalities,
            addresses=entry.addresses,
            roles=tuple(([entry.title] if entry.title else []) + facts.roles),
            designations=tuple(designations(entry, of)),
            relationships=tuple(dict.fromkeys(_links(entry, of, names))),
            remarks=entry.text,
        )
    except ValidationError as error:
        where = "/".join(map(str, error.errors()[0]["loc"]))
        raise SourceChanged(
            f"{entry.where}: {where} of party {entry.number} cannot be read ({error.errors()[0]['type']})"
        ) from error


def _aliases(entry: Entry) -> Iterator[Alias]:
    """Every name once, under its strongest kind; strong and former ones as listed, weak ones after them."""
    weak = ((n, AliasKind.WEAK) for n in entry.facts.weak)
    former = ((n, AliasKind.FORMER) for n in entry.facts.former)
    found = [(entry.name, AliasKind.PRIMARY), *entry.aliases, *former, *weak]
    kinds: dict[str, AliasKind] = {}
    for name, kind in found:
        held = kinds.setdefault(name, kind)
        if ORDER.index(kind) < ORDER.index(held):
            kinds[name] = kind
    for name, kind in kinds.items():
        if name:
            yield Alias(name=name, kind=kind)


def designations(entry: Entry, of: OfacList) -> Iterator[Designation]:
    """One designation a programme, with the dates that the entry prints for it."""
    for programme in dict.fromkeys(entry.programmes):
        code = re.sub(r"[^A-Z0-9]+", "_", programme.upper()).strip("_")
        mark = DATED.get(programme, "")
        listed = entry.facts.listed.get(mark)
        yield Designation(
            instrument=INSTRUMENTS.get(programme, f"US_OFAC_{code}"),
            list=of.id,
            programme=programme,
            listed_on=entry.facts.effective.get(mark) or listed or entry.listed_on,
            extends_to=EXACT if mark else of.extends_to,
            reference=f"OFAC uid {entry.number}" + (f"; listed {listed}" if listed else ""),
            citation=of.citation,
        )


def _links(entry: Entry, of: OfacList, names: Mapping[str, str]) -> Iterator[Relationship]:
    """``Linked To`` is the reason for a listing, not a share; the vessel owner is a name in the vessel's row."""
    found = [("linked_to", name) for name in entry.facts.linked]
    found += [("vessel_owner", entry.owner)] if entry.owner else []
    for kind, text in found:
        number = names.get(name_key(text))
        to = f"{of.id}:{number}" if number else f"name:{text}"
        yield Relationship(kind=kind, to=to[:1000], to_name=text, source=of.citation.title)
    for number, role in entry.links:
        yield Relationship(kind="linked_to", to=f"{of.id}:{number}", role=role, source=of.citation.title)
