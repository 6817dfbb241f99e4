"""OFAC's Specially Designated Nationals list, legacy CSV set: sdn.csv with add.csv, alt.csv and sdn_comments.csv.

No header; CRLF; a final 0x1A; ``-0-`` is null; several programmes share a cell as ``GLOMAG] [UHRPA``; remarks beyond 1,000
characters continue in sdn_comments.csv. A file that breaks any of this is refused with its name, line and reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import IO

from pydantic import ValidationError

from app.core.party import (
    Alias,
    AliasKind,
    Designation,
    Identifier,
    ListedAddress,
    Party,
    PartyKind,
    Relationship,
)
from app.core.source import Document, Documents, Format, Source
from app.core.values import Citation
from app.errors import SourceChanged

from .countries import country_code
from .ofac_remarks import Remarks, read_remarks
from .sniff import first_row

ID = "us_ofac_sdn"
CITATION = Citation(
    title="OFAC, Specially Designated Nationals and Blocked Persons List",
    url="https://sanctionslist.ofac.treas.gov/Home/SdnList",
)
COLUMNS = {"sdn.csv": 12, "add.csv": 6, "alt.csv": 5, "sdn_comments.csv": 2}
KINDS = {
    "": PartyKind.ORGANIZATION,
    "individual": PartyKind.PERSON,
    "vessel": PartyKind.VESSEL,
    "aircraft": PartyKind.AIRCRAFT,
}
ALIASES = {"aka": AliasKind.STRONG, "fka": AliasKind.FORMER, "nka": AliasKind.STRONG}
INSTRUMENTS = {"GLOMAG": "US_EO13818_GLOMAG", "UHRPA": "US_UHRPA_2020"}
ORPHANS_TOLERATED = 0.01
"""Share of address or alias rows without a party above which the files belong to different editions."""

EXTENDS = "OFAC50"


def parse(documents: Documents) -> tuple[Party, ...]:
    """Read the set; raises ``SourceChanged`` naming file, line and reason, and then nothing is to be stored."""
    unknown = set(documents) - set(COLUMNS)
    if unknown or "sdn.csv" not in documents:
        raise SourceChanged(
            f"{ID} needs sdn.csv and knows {', '.join(COLUMNS)}; got {', '.join(sorted(documents)) or 'nothing'}"
        )
    parties: dict[str, list[str]] = {}
    for line, row in _rows("sdn.csv", documents["sdn.csv"]):
        number = _number("sdn.csv", line, row[0])
        if parties.get(number) == row:
            continue  # the same row saved twice says nothing new
        if number in parties:
            raise SourceChanged(f"sdn.csv line {line}: number {number} stands twice")
        if row[2] not in KINDS:
            raise SourceChanged(f"sdn.csv line {line}: unknown type in the third column")
        if not row[1] or not row[3]:
            raise SourceChanged(f"sdn.csv line {line}: a party without {'name' if not row[1] else 'programme'}")
        parties[number] = row
    addresses = _grouped("add.csv", documents, parties)
    aliases = _grouped("alt.csv", documents, parties)
    comments = _grouped("sdn_comments.csv", documents, parties)
    names: dict[str, list[str]] = defaultdict(list)
    for number, row in parties.items():
        names[row[1].casefold()].append(number)
    return tuple(
        _party(number, row, addresses.get(number, []), aliases.get(number, []), comments.get(number, []), names)
        for number, row in parties.items()
    )


def _rows(name: str, stream: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """The rows of one file with their line numbers, nulls as empty strings; every way a file can be wrong is named."""
    document = stream.read()
    if not document.strip():
        raise SourceChanged(f"{name} is empty")
    if document.lstrip()[:1] == b"<":
        raise SourceChanged(f"{name} line 1: this is HTML or XML, not the CSV file")
    if b"\x00" in document:
        raise SourceChanged(f"{name} line {document[: document.index(0)].count(10) + 1}: a NUL byte")
    published = b"\r\n" in document[:100_000]
    if published and not document.rstrip(b"\r\n").endswith(b"\x1a"):
        raise SourceChanged(f"{name}: the final 0x1A byte is missing, so the file was cut")
    body = document.rstrip(b"\r\n").removesuffix(b"\x1a")
    try:
        text = body.decode("ascii")
    except UnicodeDecodeError as error:
        raise SourceChanged(f"{name} line {body[: error.start].count(10) + 1}: a byte outside ASCII") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            if len(row) != COLUMNS[name]:
                raise SourceChanged(f"{name} line {reader.line_num}: {len(row)} columns instead of {COLUMNS[name]}")
            yield reader.line_num, ["" if cell.strip() == "-0-" else cell.strip() for cell in row]
    except csv.Error as error:
        raise SourceChanged(f"{name} line {reader.line_num}: {error}") from error


def _number(name: str, line: int, cell: str) -> str:
    if not re.fullmatch(r"[0-9]{1,9}", cell):
        raise SourceChanged(f"{name} line {line}: the first column is not a number")
    return cell


def _grouped(name: str, documents: Documents, parties: Mapping[str, object]) -> dict[str, list[list[str]]]:
    """Rows of a companion file by party; too many rows without a party mean another edition's file."""
    if name not in documents:
        return {}
    made: dict[str, list[list[str]]] = defaultdict(list)
    orphans = count = 0
    for line, row in _rows(name, documents[name]):
        number = _number(name, line, row[0])
        count += 1
        orphans += number not in parties
        if name == "alt.csv" and row[2] not in ALIASES:
            raise SourceChanged(f"alt.csv line {line}: unknown alias type in the third column")
        made[number].append(row)
    if name != "sdn_comments.csv" and orphans > ORPHANS_TOLERATED * count:
        raise SourceChanged(
            f"{name}: {orphans} of {count} rows name no party of sdn.csv, so the files are of different editions"
        )
    return made


def _party(
    number: str,
    row: list[str],
    addresses: list[list[str]],
    aliases: list[list[str]],
    comments: list[list[str]],
    names: Mapping[str, list[str]],
) -> Party:
    text = row[11] + "".join(c[1] for c in comments)
    remarks = read_remarks(text)
    kind = KINDS[row[2]]
    places = tuple(_address(a) for a in addresses if any(a[2:]))
    nationalities = tuple(dict.fromkeys(c for n in remarks.nationalities if (c := country_code(n))))
    countries = tuple(dict.fromkeys([c for p in places if (c := country_code(p.country))] + list(nationalities)))
    flag = country_code(row[9]) if row[9] else None
    try:
        return Party(
            id=f"{ID}:{number}",
            source=ID,
            kind=kind,
            aliases=tuple(_aliases(row[1], aliases, remarks)),
            identifiers=(
                Identifier(scheme="ofac", value=number),
                *(Identifier(scheme=s, value=v[:1000], country=c) for s, v, c in remarks.identifiers),
                *((Identifier(scheme="call_sign", value=row[5]),) if row[5] else ()),
            ),
            birth_dates=tuple(remarks.births),
            birth_places=tuple(remarks.places),
            gender=remarks.gender,
            countries=(*countries, *((flag,) if flag and flag not in countries else ())),
            nationalities=nationalities,
            addresses=places,
            roles=tuple(([row[4]] if row[4] else []) + remarks.roles),
            designations=tuple(_designations(row[3], number)),
            relationships=tuple(_links(row[10], remarks, names)),
            remarks=text,
        )
    except ValidationError as error:
        where = "/".join(map(str, error.errors()[0]["loc"]))
        raise SourceChanged(f"sdn.csv party {number}: {where} cannot be read ({error.errors()[0]['type']})") from error


def _aliases(name: str, rows: list[list[str]], remarks: Remarks) -> Iterator[Alias]:
    seen: set[str] = set()
    found = [(name, AliasKind.PRIMARY)]
    found += [(r[3], ALIASES[r[2]]) for r in rows]
    found += [(n, AliasKind.WEAK) for n in remarks.weak] + [(n, AliasKind.FORMER) for n in remarks.former]
    for text, kind in found:
        if text and text not in seen:
            seen.add(text)
            yield Alias(name=text, kind=kind)


def _address(row: list[str]) -> ListedAddress:
    """An address row: street, city with province and postcode in one cell, country."""
    return ListedAddress(text=row[2], city=row[3], country=row[4])


def _designations(cell: str, number: str) -> Iterator[Designation]:
    for tag in cell.split("] ["):
        programme = tag.strip("[] ")
        code = re.sub(r"[^A-Z0-9]+", "_", programme.upper()).strip("_")
        yield Designation(
            instrument=INSTRUMENTS.get(programme, f"US_OFAC_{code}"),
            list=ID,
            programme=programme,
            extends_to=EXTENDS,
            reference=f"OFAC uid {number}",
            citation=CITATION,
        )


def _links(owner: str, remarks: Remarks, names: Mapping[str, list[str]]) -> Iterator[Relationship]:
    """``Linked To`` is the reason for a listing, not a share; the vessel owner is a name in the vessel's row."""
    for kind, text in [("linked_to", n) for n in remarks.linked] + ([("vessel_owner", owner)] if owner else []):
        found = names.get(text.casefold(), [])
        to = f"{ID}:{found[0]}" if len(found) == 1 else f"name:{text}"
        yield Relationship(kind=kind, to=to[:1000], to_name=text, source=CITATION.title)


def _looks_like(columns: int) -> Callable[[bytes], bool]:
    """A file of the set has no header: a number first and so many columns give it away; the primary file may have lost one."""

    def sniff(head: bytes) -> bool:
        row = first_row(head)
        return bool(row) and row[0].isdecimal() and (len(row) == columns or (columns == 12 and len(row) > 6))

    return sniff


LEGACY = Format(
    name="legacy CSV",
    documents=tuple(
        Document(
            name,
            sniff=_looks_like(columns),
            url=f"https://www.treasury.gov/ofac/downloads/{name}",
            required=name == "sdn.csv",
        )
        for name, columns in COLUMNS.items()
    ),
    parse=parse,
)

us_ofac_sdn = Source(
    id=ID,
    title="OFAC Specially Designated Nationals list",
    publisher="U.S. Department of the Treasury, Office of Foreign Assets Control",
    url=CITATION.url,
    formats=(LEGACY,),
    hosts=("sanctionslistservice.ofac.treas.gov",),
    programme="SDN",
    cadence="any day, several times a week",
    licence="U.S. government work, public domain",
    freshness=timedelta(hours=24),
    expect=range(1, 100_000),
    binds=frozenset(
        {
            "us_person",
            "us_importer",
            "us_exporter",
            "us_investor",
            "us_federal_contractor",
            "us_dod_supplier",
            "eu_operator",
            "uk_person",
            "ca_person",
            "ca_importer",
            "mx_importer",
            "global_policy",
        }
    ),
)
"""Everyone's list: who is blocked by the US matters to every profile (R01, R01b)."""
