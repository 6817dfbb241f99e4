"""The UFLPA Entity List of the Forced Labor Enforcement Task Force: the DHS page, and the notices in the Federal Register that reprint it.

Neither gives its entities a number: the key of a party is its name (letters and digits alone), whatever its clause. One entity on several clauses
is one party with several clauses, in force from the earliest of their dates. A named subsidiary is a party of its own, as DHS counts it.
"""

from __future__ import annotations

from datetime import date, timedelta

from app.core.party import Party
from app.core.source import Document, Documents, Format, Source
from app.errors import SourceChanged

from .fr_notice import is_notice, is_record, read_notice, read_record
from .html_tables import Table, read_tables
from .refusal import named_document
from .sniff import is_html
from .uflpa_list import ID, URL, Row, clause_in, to_parties
from .us_dates import us_day

PAGE, NOTICE, RECORD = "uflpa-entity-list.html", "notice.txt", "notice.json"
NAME_COLUMNS = ("name of entity", "entity name", "name of entities", "entity")
DATE_COLUMN = "effective date"


def _is_page(head: bytes) -> bool:
    return (is_html(head) or b"<table" in head[:20_000].lower()) and not is_notice(head)


def _parse_page(documents: Documents) -> tuple[Party, ...]:
    with named_document(PAGE):
        stream = documents[PAGE]
        stream.seek(0)
        tables = read_tables(stream.read())
        if not tables:
            raise SourceChanged("no table in it, so this is not the list")
        clauses = [clause_in(table.above) for table in tables]
        if any(clauses) and not all(clauses):
            raise SourceChanged(
                f"table {clauses.index('') + 1} stands under no clause of section 2(d)(2)(B), the others do"
            )
        rows = [
            row
            for number, (table, clause) in enumerate(zip(tables, clauses, strict=True), start=1)
            if clause != "iii"  # products, not entities
            for row in _rows(table, clause, number)
        ]
        return to_parties(rows)


def _rows(table: Table, clause: str, number: int) -> list[Row]:
    names = [column for column in table.header if column.lower() in NAME_COLUMNS]
    dates = [column for column in table.header if column.lower() == DATE_COLUMN]
    if len(names) != 1 or len(dates) != 1:
        raise SourceChanged(f"table {number} has no column for the name of the entity or for the effective date")
    if strange := [column for column in table.header if column not in (names[0], dates[0])]:
        raise SourceChanged(f"table {number} has the unknown column {strange[0][:60]!r}")
    made = []
    for line, row in enumerate(table.rows, start=1):
        where = f"table {number} row {line}"
        day = us_day(row[dates[0]], where)
        if day is None:
            raise SourceChanged(f"{where}: an entity without an effective date")
        made.append(Row(row[names[0]], clause, day, where))
    return made


def _parse_notice(documents: Documents) -> tuple[Party, ...]:
    with named_document(NOTICE):
        return to_parties(read_notice(documents[NOTICE], _record(documents)))


def _record(documents: Documents) -> dict[str, str]:
    if RECORD not in documents:
        return {}
    with named_document(RECORD):
        return read_record(documents[RECORD])


def _published(documents: Documents) -> date | None:
    try:
        rows = read_notice(documents[NOTICE], {})
    except SourceChanged:
        return None
    return next((row.published for row in rows), None)


us_uflpa = Source(
    id=ID,
    title="UFLPA Entity List",
    publisher="U.S. Department of Homeland Security, Forced Labor Enforcement Task Force",
    url=URL,
    formats=(
        Format(name="DHS page", documents=(Document(PAGE, sniff=_is_page, url=URL),), parse=_parse_page),
        Format(
            name="Federal Register notice",
            documents=(Document(NOTICE, sniff=is_notice), Document(RECORD, sniff=is_record, required=False)),
            parse=_parse_notice,
            published=_published,
        ),
    ),
    hosts=("www.federalregister.gov", "www.govinfo.gov"),
    programme="UFLPA",
    cadence="irregular, up to six times a year",
    every=timedelta(hours=24),
    licence="U.S. government work, public domain",
    freshness=timedelta(hours=72),
    expect=range(60, 2_000),
    binds=frozenset({"us_importer", "us_dod_supplier", "global_policy"}),
)
"""The presumption binds importers and, by the defence acts, suppliers of the Department of Defense."""
