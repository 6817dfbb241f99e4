"""OFAC's advanced XML (the UN's Advanced Sanctions Data Model 1.0): names in their own scripts, documents, dates of listing.

The document is tables that refer to each other by number. What the references mean stands in its own value sets. A reference that leads
nowhere (an excerpt, an edition between two steps of its making) is dropped by rule: an address, a document or an entry whose other end is not
in the document is not there, and a party without an entry is on the list under a programme that is not stated. A number that no value set
explains refuses the whole.
"""

from __future__ import annotations

import re
from datetime import date

from app.core.party import Party
from app.core.source import HEAD, Document, Documents, Format
from app.errors import SourceChanged

from .asm_tables import Tables, read_document, read_entry, read_location, read_relationship
from .ofac_party import OfacList, by_name, to_party
from .ofac_profile import read_profile
from .refusal import named_document
from .sniff import root_of
from .xml_stream import Node, read_records

NAMESPACES = (
    "http://www.un.org/sanctions/1.0",
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML",
)
RECORDS = {
    "DateOfIssue": "issued",
    "ReferenceValueSets": "values",
    "Locations/Location": "location",
    "IDRegDocuments/IDRegDocument": "document",
    "DistinctParties/DistinctParty": "party",
    "ProfileRelationships/ProfileRelationship": "relationship",
    "SanctionsEntries/SanctionsEntry": "entry",
    "SanctionsEntryLinks": "links",
}
_ISSUED = re.compile(
    rb"<DateOfIssue[^>]*>\s*<Year>(\d{4})</Year>\s*<Month>(\d{1,2})</Month>\s*<Day>(\d{1,2})</Day>", re.ASCII
)


def advanced_xml(of: OfacList, name: str, url: str) -> Format:
    """The format of a list as one advanced XML document called ``name``."""

    def parse(documents: Documents) -> tuple[Party, ...]:
        with named_document(name):
            return _parse(documents, of, name)

    def published(documents: Documents) -> date | None:
        head = documents[name].read(HEAD)
        documents[name].seek(0)
        found = _ISSUED.search(head)
        try:
            return date(*map(int, found.groups())) if found else None
        except ValueError:
            return None

    return Format(
        name="advanced XML",
        documents=(Document(name, sniff=lambda head: (root_of(head) or ("", ""))[1] == "Sanctions", url=url),),
        parse=parse,
        published=published,
    )


def _parse(documents: Documents, of: OfacList, name: str) -> tuple[Party, ...]:
    stream = documents[name]
    stream.seek(0)
    space = (root_of(stream.read(HEAD)) or ("", ""))[0]
    stream.seek(0)
    tables = Tables()
    namespace = space if space in NAMESPACES else NAMESPACES[0]
    for kind, node in read_records(stream, root="Sanctions", records=RECORDS, namespace=namespace):
        _take(tables, of, kind, node)
    if len(tables.other - set(tables.programmes)) > len(tables.programmes):
        raise SourceChanged(f"most entries are not of {of.id}, so this is OFAC's other list")
    own = {n: node for n, node in tables.parties.items() if n in tables.programmes or n not in tables.other}
    if not own:
        raise SourceChanged("no party in it")
    entries = {number: read_profile(number, node, tables, name) for number, node in own.items()}
    names = by_name({number: entry.name for number, entry in entries.items()})
    return tuple(to_party(entry, of, names) for entry in entries.values())


def _take(tables: Tables, of: OfacList, kind: str, node: Node) -> None:
    match kind:
        case "":
            node.attr("Version")
        case "issued":
            node.attr("CalendarTypeID")
            node.drop("Year", "Month", "Day")
        case "values":
            tables.values.read(node)
        case "location":
            tables.locations[node.attr("ID")] = read_location(node, tables.values)
        case "document":
            read_document(node, tables)
        case "party":
            number = node.attr("FixedRef")
            if not re.fullmatch(r"[0-9]{1,9}", number) or number in tables.parties:
                raise SourceChanged(f"line {node.line}: a party whose number is missing or stands twice")
            tables.parties[number] = node
            return  # read when everything it refers to is known
        case "relationship":
            read_relationship(node, tables)
        case "entry":
            read_entry(node, tables, of.blocking)
        case "links":
            node.drop("SanctionsEntryLink")
    node.close()
