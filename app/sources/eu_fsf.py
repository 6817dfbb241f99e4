"""The EU consolidated financial sanctions list: XML 1.1, CSV 1.1 and the older CSV 1.0.

One key for all three, the EU reference number. The file is not authentic law (the Official Journal is), lags it by weeks at times, and leaves out travel bans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from app.core.party import Party
from app.core.source import Document, Documents, Format, Source
from app.errors import SourceChanged

from .assemble import together
from .eu_fsf_columns import CSV_1_0, CSV_1_1
from .eu_fsf_csv import entries_1_0, entries_1_1, looks_like_1_0, looks_like_1_1
from .eu_fsf_entity import CITATION, ID, read_entity
from .partial_dates import exact_day
from .sniff import root_of, text_of
from .xml_stream import Node, read_records

NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
XML_1_1 = "xmlFullSanctionsList_1_1.xml"
FILES = "https://webgate.ec.europa.eu/fsd/fsf/public/files"


def parse_xml(documents: Documents) -> Iterator[Party]:
    """Read XML 1.1; raises ``SourceChanged`` with line and reason."""
    records = read_records(documents[XML_1_1], root="export", records={"sanctionEntity": "entity"}, namespace=NAMESPACE)
    return together(read_entity(node) for kind, node in records if kind or _root(node))


def parse_csv_1_1(documents: Documents) -> Iterator[Party]:
    """Read CSV 1.1; raises ``SourceChanged`` with line and reason."""
    return together(read_entity(node) for node in entries_1_1(documents[CSV_1_1]))


def parse_csv_1_0(documents: Documents) -> Iterator[Party]:
    """Read CSV 1.0, also the copy that a spreadsheet saved; raises ``SourceChanged`` with line and reason."""
    return together(read_entity(node) for node in entries_1_0(documents[CSV_1_0]))


def _root(node: Node) -> bool:
    node.attr("generationDate")
    node.attr("globalFileId")
    node.close()
    return False


def published(documents: Documents) -> date | None:
    """The day the XML says that it was generated, or the first row of the CSV."""
    head = text_of(next(iter(documents.values())).read(8_000))
    match = re.search(r'generationDate="([0-9]{4}-[0-9]{2}-[0-9]{2})', head) or re.search(
        r'\n"?([0-9]{2}/[0-9]{2}/[0-9]{4});', head
    )
    try:
        return exact_day(match[1], "", order="ymd" if "-" in match[1] else "dmy") if match else None
    except SourceChanged:
        return None


def _is_xml(head: bytes) -> bool:
    return (root_of(head) or ("", ""))[1] == "export"


FORMATS = (
    Format(
        "XML 1.1",
        (Document(XML_1_1, _is_xml, f"{FILES}/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"),),
        parse_xml,
        published,
    ),
    Format(
        "CSV 1.1",
        (Document(CSV_1_1, looks_like_1_1, f"{FILES}/csvFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"),),
        parse_csv_1_1,
        published,
    ),
    Format("CSV 1.0", (Document(CSV_1_0, looks_like_1_0),), parse_csv_1_0, published),
)

eu_fsf = Source(
    id=ID,
    title="EU consolidated financial sanctions list",
    publisher="European Commission, Directorate-General for Financial Stability",
    url=CITATION.url,
    formats=FORMATS,
    programme="EU",
    cadence="on every working day with an act; at times weeks after the Official Journal",
    every=timedelta(hours=12),
    licence="European Union, reuse allowed with the source named (Decision 2011/833/EU, CC BY 4.0)",
    freshness=timedelta(hours=24),
    expect=range(4_000, 30_000),
    binds=frozenset({"eu_operator", "global_policy"}),
)
"""The asset freezes of every EU regime."""
