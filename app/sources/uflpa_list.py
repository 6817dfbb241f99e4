"""Rows of the UFLPA Entity List, from wherever they were read, as parties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from app.core.party import Alias, AliasKind, Designation, Party, PartyKind, Relationship
from app.core.values import Citation
from app.errors import SourceChanged

from .listed_names import slug
from .uflpa_names import TEXT_ONLY, WIDTH, Named, read_entry

ID = "us_uflpa"
URL = "https://www.dhs.gov/uflpa-entity-list"
CITATION = Citation(title="DHS, UFLPA Entity List (Public Law 117-78, section 2(d)(2)(B))", url=URL)
CLAUSES = ("i", "ii", "iii", "iv", "v")
_CLAUSE = re.compile(r"2\s*\(d\)\s*\(2\)\s*\(B\)\s*\((i{1,3}|iv|v)\)")


@dataclass(frozen=True)
class Row:
    """One row: the cell with the names, its clause (empty where none is stated), and the day it takes effect where that is stated."""

    cell: str
    clause: str
    effective: date | None
    where: str
    reference: str = ""
    published: date | None = None


@dataclass(frozen=True)
class _Listed:
    """One entity of one row."""

    entity: Named
    extends_to: str
    row: Row
    parent: Named | None = None


def clause_in(text: str) -> str:
    """The last clause that a text names (``Section 2(d)(2)(B)(ii)``); empty where it names none."""
    found = _CLAUSE.findall(text)
    return found[-1] if found else ""


def to_parties(rows: Iterable[Row]) -> tuple[Party, ...]:
    """One party an entity, in order of first appearance; raises ``SourceChanged`` for a row that cannot be read."""
    found: dict[str, list[_Listed]] = {}
    for row in rows:
        for listed in _entities(row):
            found.setdefault(slug(listed.entity.name), []).append(listed)
    if not found:
        raise SourceChanged("no entity in it")
    return tuple(_party(key, group) for key, group in found.items())


def _entities(row: Row) -> Iterator[_Listed]:
    try:
        entry = read_entry(row.cell)
    except SourceChanged as error:
        raise SourceChanged(f"{row.where}: {error}") from error
    yield _Listed(entry.entity, entry.extends_to, row)
    for subsidiary in entry.subsidiaries:
        yield _Listed(subsidiary, TEXT_ONLY, row, entry.entity)


def _party(key: str, group: list[_Listed]) -> Party:
    first = group[0]
    kinds: dict[str, AliasKind] = {first.entity.name: AliasKind.PRIMARY}
    for listed in group:
        for name in (listed.entity.name, *listed.entity.aliases):
            kinds.setdefault(name, AliasKind.STRONG)
        for name in listed.entity.former:
            kinds.setdefault(name, AliasKind.FORMER)
    parents = dict.fromkeys(listed.parent for listed in group if listed.parent is not None)
    try:
        return Party(
            id=f"{ID}:{key}",
            source=ID,
            kind=PartyKind.ORGANIZATION,
            aliases=tuple(Alias(name=name, kind=kind) for name, kind in kinds.items()),
            countries=(
                "CN",
            ),  # the Act is about goods made in China; the list names its entities for what they do there
            designations=(_designation(group),),
            relationships=tuple(
                Relationship(kind="subsidiary_of", to=f"{ID}:{slug(p.name)}", to_name=p.name, source=CITATION.title)
                for p in parents
            ),
            remarks="\n".join(dict.fromkeys(listed.row.cell for listed in group)),
        )
    except ValidationError as error:
        where = "/".join(map(str, error.errors()[0]["loc"]))
        raise SourceChanged(f"{first.row.where}: {where} cannot be read ({error.errors()[0]['type']})") from error


def _designation(group: list[_Listed]) -> Designation:
    days = sorted({listed.row.effective for listed in group if listed.row.effective is not None})
    clauses = {listed.row.clause for listed in group if listed.row.clause}
    dated = {listed.row.clause: listed.row.effective for listed in group if listed.row.clause and listed.row.effective}
    parts = [f"section 2(d)(2)(B)({c})" + (f" since {dated[c]}" if c in dated else "") for c in CLAUSES if c in clauses]
    parts += dict.fromkeys(listed.row.reference for listed in group if listed.row.reference)
    return Designation(
        instrument="US_UFLPA",
        list=ID,
        programme="UFLPA",
        listed_on=days[0] if days and all(listed.row.effective for listed in group) else None,
        extends_to=max((listed.extends_to for listed in group), key=WIDTH.index),
        clauses=tuple(c for c in CLAUSES if c in clauses),
        reference="; ".join(parts),
        citation=CITATION,
    )
