"""The UK Sanctions List: XML, CSV and the ODS summary of names; and the OFSI Consolidated List, closed on 28 January 2026, for history.

The list's own id (``GHR0075``) is the key in every format. OFSI's list has only a group number, and names the id in its remarks at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from app.core.party import Party
from app.core.source import Document, Documents, Format, Source
from app.errors import SourceChanged

from .assemble import tidy, unique
from .partial_dates import exact_day
from .sniff import first_row, is_ods, root_of, text_of
from .uk_csv import CONLIST, CSV, LAYOUT, conlist_entries, csv_entries, full_entries
from .uk_entry import CITATION, ID, Entry, address
from .workbook import Cell, headed, ods_rows, text
from .xml_stream import Node, read_records

XML = "UK-Sanctions-List.xml"
ODS = "UK-Sanctions-List.ods"
FILES = "https://sanctionslist.fcdo.gov.uk/docs"
SHEET = (
    "Unique ID",
    "OFSI Group ID",
    "Name",
    "Regime Name",
    "Type",
    "Designation source",
    "Date Designated",
    "Sanctions Imposed",
)
SHIP_REMARKS = (
    "PreviousFlags/PreviousFlag",
    "TypeOfShipDetails/TypeOfShip",
    "TonnageOfShipDetails/TonnageOfShip",
    "LengthOfShipDetails/LengthOfShip",
    "YearsBuilt/YearBuilt",
)


def parse_xml(documents: Documents) -> Iterator[Party]:
    """Read the XML; raises ``SourceChanged`` with line and reason."""
    records = read_records(
        documents[XML], root="Designations", records={"Designation": "entry", "DateGenerated": "date"}
    )
    return unique(_entry(node).party() for kind, node in records if _is_entry(kind, node))


def parse_csv(documents: Documents) -> Iterator[Party]:
    """Read the CSV; raises ``SourceChanged`` with line and reason."""
    return unique(entry.party() for entry in csv_entries(documents[CSV]))


def parse_conlist(documents: Documents) -> Iterator[Party]:
    """Read OFSI's closed list; raises ``SourceChanged`` with line and reason."""
    return unique(entry.party() for entry in conlist_entries(documents[CONLIST]))


def parse_ods(documents: Documents) -> Iterator[Party]:
    """Read the sheet, full or the summary of primary names; raises ``SourceChanged`` with row and reason."""
    return unique(entry.party() for entry in _sheet(documents))


def _sheet(documents: Documents) -> Iterator[Entry]:
    """The entries of the sheet: the full layout of the CSV, or the summary of eight columns."""
    rows = ods_rows(ODS, documents[ODS])
    first = next((r for r in rows if r[1] and not text(r[1][0]).startswith("Report Date")), None)
    rows = chain([first] if first is not None else [], rows)
    if first is None or "Name 6" not in first[1]:
        return _summary(rows)
    found = headed(ODS, rows, LAYOUT.columns, LAYOUT.optional)
    return full_entries((f"{ODS} row {n}", {k: tidy(text(cell)) for k, cell in row.items()}) for n, row in found)


def _summary(rows: Iterator[tuple[int, list[Cell]]]) -> Iterator[Entry]:
    for number, row in headed(ODS, rows, SHEET):
        cells = {key: tidy(text(cell)) for key, cell in row.items()}
        where = f"{ODS} row {number}"
        if not re.fullmatch(r"[A-Z]{2,5}[0-9]{3,6}", cells["Unique ID"]):
            raise SourceChanged(f"{where}: no unique id")
        yield Entry(
            where,
            unique_id=cells["Unique ID"],
            group_id=cells["OFSI Group ID"],
            kind=cells["Type"],
            regimes=[
                (cells["Regime Name"], exact_day(cells["Date Designated"], f"{where}: Date Designated", order="dmy"))
            ],
            measures=re.split(r",\s*(?![^()]*\))|\|", cells["Sanctions Imposed"]),
            names=[(cells["Name"], "Primary Name", "")],
            remarks=[f"Designated by: {cells['Designation source'].replace('|', ', ')}"],
        )


def _is_entry(kind: str, node: Node) -> bool:
    if kind != "entry":
        node.own_text()
        node.close()
    return kind == "entry"


def _entry(node: Node) -> Entry:
    where = f"line {node.line}"
    entry = Entry(
        where,
        unique_id=node.value("UniqueID"),
        group_id=node.value("OFSIGroupID"),
        united_nations=node.value("UNReferenceNumber"),
        kind=node.value("IndividualEntityShip"),
        regimes=[
            (
                tidy(node.value("RegimeName")),
                exact_day(node.value("DateDesignated"), f"{where}: DateDesignated", order="dmy"),
            )
        ],
        measures=node.value("SanctionsImposed").split("|"),
        roles=node.values("Titles", "Title"),
        remarks=[
            node.value("UKStatementofReasons"),
            node.value("OtherInformation"),
            f"Designated by: {node.value('DesignationSource')}",
        ],
    )
    node.drop("LastUpdated")
    for flags in node.all("SanctionsImposedIndicators"):
        entry.measures += [flag.tag for flag in flags.children if flag.text.strip().lower() == "true"]
        flags.drop(*{flag.tag for flag in flags.children})
        flags.close()
    _names(node, entry)
    for holder in node.all("Addresses"):
        for child in holder.all("Address"):
            lines = [child.value(f"AddressLine{n}") for n in range(1, 7)]
            entry.addresses.append(address(lines, child.value("AddressPostalCode"), child.value("AddressCountry")))
            child.close()
        holder.close()
    for container, tag, scheme in (
        ("PhoneNumbers", "PhoneNumber", "phone"),
        ("EmailAddresses", "EmailAddress", "email"),
        ("Websites", "Website", "website"),
    ):
        entry.identifiers += [(scheme, value) for value in node.values(container, tag)]
    for container, tag, read in (
        ("IndividualDetails", "Individual", _person),
        ("EntityDetails", "Entity", _organisation),
        ("ShipDetails", "Ship", _ship),
    ):
        for holder in node.all(container):
            for child in holder.all(tag):
                read(child, entry)
                child.close()
            holder.close()
    node.close()
    return entry


def _names(node: Node, entry: Entry) -> None:
    for holder in node.all("Names"):
        for child in holder.all("Name"):
            parts = [child.value(f"Name{n}") for n in range(1, 7)]
            entry.names.append((" ".join(filter(None, parts)), child.value("NameType"), child.value("AliasStrength")))
            child.close()
        holder.close()
    for holder in node.all("NonLatinNames"):
        for child in holder.all("NonLatinName"):
            entry.scripts.append(child.value("NameNonLatinScript"))
            child.value("NonLatinScriptType")
            child.value("NonLatinScriptLanguage")
            child.close()
        holder.close()


def _person(node: Node, entry: Entry) -> None:
    entry.births += node.values("DOBs", "DOB")
    entry.genders += node.values("Genders", "Gender")
    entry.nationalities += node.values("Nationalities", "Nationality")
    entry.roles += node.values("Positions", "Position") + node.values("Titles", "Title")
    for holder in node.all("BirthDetails"):
        for child in holder.all("Location"):
            entry.places.append(", ".join(filter(None, (child.value("TownOfBirth"), child.value("CountryOfBirth")))))
            child.close()
        holder.close()
    for container, tag, prefix, scheme in (
        ("PassportDetails", "Passport", "Passport", "passport"),
        ("NationalIdentifierDetails", "NationalIdentifier", "NationalIdentifier", "national_id"),
    ):
        for holder in node.all(container):
            for child in holder.all(tag):
                entry.identifiers.append((scheme, child.value(f"{prefix}Number")))
                more = child.value(f"{prefix}AdditionalInformation")
                entry.remarks.append(f"{prefix}: {more}" if more else "")
                child.close()
            holder.close()


def _organisation(node: Node, entry: Entry) -> None:
    entry.identifiers += [
        ("registration", n) for n in node.values("BusinessRegistrationNumbers", "BusinessRegistrationNumber")
    ]
    entry.remarks += [f"Type of entity: {t}" for t in node.values("TypeOfEntities", "TypeOfEntity")]
    entry.related += [("subsidiary_of", n) for n in node.values("ParentCompanies", "ParentCompany")]
    entry.related += [("parent_of", n) for n in node.values("Subsidiaries", "Subsidiary")]


def _ship(node: Node, entry: Entry) -> None:
    entry.identifiers += [
        ("imo", n.upper().removeprefix("IMO").strip()) for n in node.values("IMONumbers", "IMONumber")
    ]
    entry.identifiers += [("hull", n) for n in node.values("HullIdentificationNumbers", "HullIdentificationNumber")]
    entry.related += [("vessel_owner", n) for n in node.values("CurrentOwnerOperators", "CurrentOwnerOperator")]
    entry.related += [
        ("former_vessel_owner", n) for n in node.values("PreviousOwnerOperators", "PreviousOwnerOperator")
    ]
    entry.flags += node.values("CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip")
    for path in SHIP_REMARKS:
        container, tag = path.split("/")
        entry.remarks += [f"{re.sub(r'(?<=[a-z])(?=[A-Z])', ' ', tag)}: {v}" for v in node.values(container, tag)]


_DATES = (
    (re.compile(r"<DateGenerated>\s*([0-9]{2}/[0-9]{2}/[0-9]{4})"), "%d/%m/%Y"),
    (re.compile(r"^\W*Report Date:\s*([0-9]{2}-[A-Za-z]{3}-[0-9]{4})"), "%d-%b-%Y"),
    (re.compile(r"^\W*Report Date:\s*([0-9]{2}/[0-9]{2}/[0-9]{4})"), "%d/%m/%Y"),
    (re.compile(r"^\W*Last Updated,([0-9]{2}/[0-9]{2}/[0-9]{4})"), "%d/%m/%Y"),
)


def published(documents: Documents) -> date | None:
    """The day that the XML, the CSV's first line or OFSI's first line says."""
    head = text_of(next(iter(documents.values())).read(2_000))
    for pattern, form in _DATES:
        if match := pattern.search(head):
            try:
                return datetime.strptime(match[1], form).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                return None
    return None


def _is_xml(head: bytes) -> bool:
    return (root_of(head) or ("", ""))[1] == "Designations"


def _is_csv(head: bytes) -> bool:
    return any({"Unique ID", "Regime Name"} <= set(first_row(head, line=n)) for n in (0, 1))


def _is_conlist(head: bytes) -> bool:
    return any({"Group ID", "Alias Type"} <= set(first_row(head, line=n)) for n in (0, 1)) or first_row(head)[:1] == [
        "Last Updated"
    ]


FORMATS = (
    Format("XML", (Document(XML, _is_xml, f"{FILES}/{XML}"),), parse_xml, published),
    Format("CSV", (Document(CSV, _is_csv, f"{FILES}/{CSV}"),), parse_csv, published),
    Format("ODS", (Document(ODS, is_ods, f"{FILES}/{ODS}"),), parse_ods),
    Format("OFSI ConList", (Document(CONLIST, _is_conlist),), parse_conlist, published),
)

uk_sanctions_list = Source(
    id=ID,
    title="UK Sanctions List",
    publisher="UK Foreign, Commonwealth and Development Office",
    url=CITATION.url,
    formats=FORMATS,
    hosts=("assets.publishing.service.gov.uk", "docs.fcdo.gov.uk"),
    programme="UK",
    cadence="any day with a designation",
    every=timedelta(hours=12),
    licence="Open Government Licence v3.0",
    freshness=timedelta(hours=24),
    expect=range(1_500, 40_000),
    must_name=tuple(f"{ID}:GHR00{n}" for n in range(75, 80)),
    binds=frozenset({"uk_person", "global_policy"}),
)
"""Every regime under the Sanctions and Anti-Money Laundering Act, the UN's names included."""
