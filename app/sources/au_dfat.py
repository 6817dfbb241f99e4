"""Australia's Consolidated List (DFAT), XLSX, with the columns before and since November 2025.

A party is its ``Reference``: a number for the primary row, the number with a letter for each other name. Birth dates, addresses and the day of
listing are prose. ``Control Date`` is when the row was last touched, not when the party was listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.core.party import AliasKind, Designation, Identifier, ListedAddress, Party, PartyKind
from app.core.source import Document, Documents, Format, Source
from app.core.values import Citation
from app.errors import SourceChanged

from .assemble import codes, names, party, slug, tidy, unique
from .countries import country_code
from .partial_dates import dates_in, exact_day
from .sniff import is_xlsx
from .workbook import Cell, headed, text, xlsx_rows

ID = "au_dfat"
NAME = "Australian_Sanctions_Consolidated_List.xlsx"
CITATION = Citation(
    title="DFAT, Consolidated List",
    url="https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
)
COLUMNS = (
    "reference", "name-of-individual-or-entity", "type", "name-type", "date-of-birth", "place-of-birth", "citizenship", "address",
    "additional-information", "listing-information", "committees", "control-date",
)  # fmt: skip
MEASURES = ("targeted-financial-sanction", "travel-ban", "arms-embargo", "maritime-restriction")
SINCE_2025 = ("alias-strength", "imo-number", "instrument-of-designation", *MEASURES)
KINDS = {
    "individual": PartyKind.PERSON,
    "entity": PartyKind.ORGANIZATION,
    "vessel": PartyKind.VESSEL,
    "ship": PartyKind.VESSEL,
}
NAME_TYPES = {
    "primary name": AliasKind.PRIMARY,
    "aka": AliasKind.STRONG,
    "alias": AliasKind.STRONG,
    "original script": AliasKind.STRONG,
    "formerly known as": AliasKind.FORMER,
    "previously listed as": AliasKind.FORMER,
    "fka": AliasKind.FORMER,
}
_REFERENCE = re.compile(r"([0-9]{1,6})\s*([a-z]{1,2}[0-9]{0,3})?", re.I)
_LETTERED = re.compile(r"(?:^|[\s;,.])(?:[a-z]|[ivx]{1,4})\)\s*", re.I)
_ABSENT = re.compile(r"(?:n/?a|nil|none|unknown|-)?\.?", re.I)
_LISTED = re.compile(
    r"(?<![A-Za-z-])(?:listed|designated)\b.{0,140}?\bon:?\s+(?P<day>[0-9]{1,2}(?:st|nd|rd|th)?\.?\s*[A-Za-z]{3,9}\.?,?\s*[0-9]{4}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})",
    re.I | re.S,
)
_IMO = re.compile(r"\bIMO\b[^0-9;\n]{0,40}([0-9]{7})(?![0-9])", re.I)


@dataclass
class Group:
    """The rows of one reference, in order."""

    reference: str
    number: int
    rows: list[dict[str, Cell]] = field(default_factory=list)


def parse(documents: Documents) -> Iterator[Party]:
    """Read the workbook; raises ``SourceChanged`` with row and reason."""
    return unique(_party(group) for group in _groups(documents))


def _groups(documents: Documents) -> Iterator[Group]:
    """Rows by reference number. A number that stands for a second primary name later on is a second party: the publisher used it twice."""
    made: dict[str, list[Group]] = {}
    rows = headed(NAME, _plain_header(documents), COLUMNS, SINCE_2025)
    for number, row in rows:
        match = _REFERENCE.fullmatch(text(row["reference"]))
        if match is None:
            raise SourceChanged(f"{NAME} row {number}: a reference that is no number with letters")
        groups = made.setdefault(match[1], [])
        primary = _said(row, "name-type") == "primary name"
        if not groups or (primary and any(_said(r, "name-type") == "primary name" for r in groups[-1].rows)):
            groups.append(Group(match[1] if not groups else f"{match[1]}-{len(groups) + 1}", number))
        groups[-1].rows.append(row)
    return (group for groups in made.values() for group in groups)


def _plain_header(documents: Documents) -> Iterator[tuple[int, list[Cell]]]:
    """The rows, the header's names without capitals and spaces."""
    first = True
    for number, row in xlsx_rows(NAME, documents[NAME]):
        if first and any(str(cell).strip() for cell in row):
            first = False
            yield number, [slug(str(cell)) for cell in row]
        else:
            yield number, row


def _said(row: dict[str, Cell], column: str) -> str:
    return tidy(text(row.get(column, ""))).lower()


def _party(group: Group) -> Party:
    where = f"{NAME} row {group.number}"
    kinds = {KINDS.get(_said(row, "type")) for row in group.rows}
    kind = kinds.pop()
    if kind is None or kinds:
        raise SourceChanged(f"{where}: the rows of a reference are not of one known type")
    addresses = tuple(dict.fromkeys(a for row in group.rows for a in _addresses(text(row["address"]))))
    nationalities = codes(part for row in group.rows for part in _parts(text(row["citizenship"]), commas=True))
    information = list(
        dict.fromkeys(
            v for row in group.rows if (v := text(row["additional-information"]).replace("_x000D_", " ").strip())
        )
    )
    listing = list(
        dict.fromkeys(
            v for row in group.rows if (v := text(row["listing-information"]).replace("_x000D_", " ").strip())
        )
    )
    numbers = [m for t in information for m in _IMO.findall(t)] + [
        m for row in group.rows for m in re.findall(r"[0-9]{7}", _said(row, "imo-number"))
    ]
    return party(
        where,
        id=f"{ID}:{group.reference}",
        source=ID,
        kind=kind,
        aliases=names(_named(group)),
        identifiers=tuple(
            dict.fromkeys(
                [Identifier(scheme="au_reference", value=group.reference)]
                + [Identifier(scheme="imo", value=m) for m in numbers]
            )
        ),
        birth_dates=_births(group) if kind is PartyKind.PERSON else (),
        birth_places=tuple(dict.fromkeys(p for row in group.rows for p in _parts(text(row["place-of-birth"])))),
        countries=codes([a.country for a in addresses] + list(nationalities)),
        nationalities=nationalities,
        addresses=addresses,
        designations=_designations(group, where),
        remarks="\n".join([*information, *listing]),
    )


def _named(group: Group) -> list[tuple[str, AliasKind]]:
    found: list[tuple[str, AliasKind]] = []
    for offset, row in enumerate(group.rows):
        kind = NAME_TYPES.get(_said(row, "name-type"))
        if kind is None:
            raise SourceChanged(f"{NAME} row {group.number + offset}: unknown Name Type")
        weak = re.match("weak|low", _said(row, "alias-strength")) is not None
        found.append(
            (
                text(row["name-of-individual-or-entity"]),
                AliasKind.WEAK if weak and kind is not AliasKind.PRIMARY else kind,
            )
        )
    if all(kind is not AliasKind.PRIMARY for _, kind in found):
        found[0] = (found[0][0], AliasKind.PRIMARY)
    return found


def _births(group: Group) -> tuple[str, ...]:
    return tuple(dict.fromkeys(d for row in group.rows for d in dates_in(text(row["date-of-birth"]))))


def _parts(cell: str, *, commas: bool = False) -> list[str]:
    """``a) X b) Y`` and ``X; Y`` as their parts."""
    pieces = [
        p for part in _LETTERED.split(tidy(cell)) for p in re.split(r"[;,/]| and " if commas else ";", part or "")
    ]
    return [p.strip(" ,.;") for p in pieces if p and not _ABSENT.fullmatch(p.strip(" ,.;"))]


def _addresses(cell: str) -> Iterator[ListedAddress]:
    for part in _parts(cell):
        plain = re.sub(r"\s*\([^()]*\)$", "", part)
        last = plain.rsplit(",", 1)[-1].strip()
        yield ListedAddress(text=part, country=last if country_code(last) else "")


def _designations(group: Group, where: str) -> tuple[Designation, ...]:
    """One per committee or regulation, with the day of listing where the prose says it."""
    days = [d for row in group.rows if (d := _listed(row["listing-information"]))]
    measures = tuple(
        m.replace("-", "_")
        for m in MEASURES
        if any(_said(row, m) in ("1", "true", "yes", "y", "x") for row in group.rows)
    )
    made: dict[str, Designation] = {}
    for row in group.rows:
        committee = tidy(text(row["committees"]))
        if not committee:
            raise SourceChanged(f"{where}: a row without Committees")
        made[committee] = Designation(
            instrument="AU_AUTONOMOUS" if committee.lower().startswith("autonomous") else "AU_UN_CHARTER",
            list=ID,
            programme=committee[:200],
            listed_on=min(days) if days else None,
            extends_to="NONE" if measures == ("travel_ban",) else "",
            clauses=measures,
            reference=", ".join(
                filter(
                    None, (f"Reference {group.reference}", tidy(text(row.get("instrument-of-designation", "")))[:500])
                )
            ),
            citation=CITATION,
        )
    return tuple(made.values())


def _listed(cell: Cell) -> date | None:
    """The first day of listing that the prose states; a relisting and a last amendment are none."""
    if isinstance(cell, date):
        return cell
    match = _LISTED.search(str(cell))
    if match is None:
        return None
    day = dates_in(match["day"])
    return exact_day(day[0], NAME) if day and len(day[0]) == 10 else None


XLSX = Format(
    name="XLSX",
    documents=(Document(NAME, is_xlsx, f"https://www.dfat.gov.au/sites/default/files/{NAME}"),),
    parse=parse,
)

au_dfat = Source(
    id=ID,
    title="Australian Consolidated List",
    publisher="Australian Department of Foreign Affairs and Trade, Australian Sanctions Office",
    url=CITATION.url,
    formats=(XLSX,),
    programme="AU",
    cadence="with every instrument, several times a month",
    every=timedelta(hours=12),
    licence="© Commonwealth of Australia; published to be screened against",
    freshness=timedelta(hours=48),
    expect=range(2_000, 40_000),
    binds=frozenset({"global_policy"}),
)
"""No profile is an Australian person; it binds whoever follows every list."""
