"""The tables of an Advanced Sanctions Data Model document, read one record after the other and kept by number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.core.party import ListedAddress

from .asm_dates import day_of
from .asm_values import ValueSets
from .xml_stream import Node

SDN_LIST = "SDN List"


@dataclass
class Tables:
    """What was read so far, by number."""

    values: ValueSets = field(default_factory=ValueSets)
    locations: dict[str, ListedAddress] = field(default_factory=dict)
    documents: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    parties: dict[str, Node] = field(default_factory=dict)
    links: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    programmes: dict[str, list[str]] = field(default_factory=dict)
    listed_on: dict[str, date] = field(default_factory=dict)
    other: set[str] = field(default_factory=set)
    """Parties with an entry of OFAC's other list."""


def read_location(node: Node, values: ValueSets) -> ListedAddress:
    country = ""
    for area in node.all("LocationAreaCode"):
        country = values.attribute("AreaCode", area.attr("AreaCodeID"), "Description")
        area.close()
    for item in node.all("LocationCountry"):
        item.attr("CountryRelevanceID")
        country = values.text("Country", item.attr("CountryID")) or country
        item.close()
    parts: dict[str, str] = {}
    for part in node.all("LocationPart"):
        kind = values.text("LocPartType", part.attr("LocPartTypeID"))
        for value in part.all("LocationPartValue"):
            for name in ("Primary", "LocPartValueTypeID", "LocPartValueStatusID"):
                value.attr(name)
            value.drop("Comment")
            parts.setdefault(kind, value.value("Value"))
            value.close()
        part.close()
    node.drop("FeatureVersionReference", "IDRegDocumentReference")
    lines = (parts.get(f"ADDRESS{n}", "") for n in (1, 2, 3))
    return ListedAddress(
        text=", ".join(line for line in lines if line),
        city=parts.get("CITY", ""),
        region=parts.get("STATE/PROVINCE", "") or parts.get("REGION", ""),
        postal_code=parts.get("POSTAL CODE", ""),
        country=country or parts.get("Unknown", ""),
    )


def read_document(node: Node, tables: Tables) -> None:
    kind = tables.values.text("IDRegDocType", node.attr("IDRegDocTypeID"))
    country = tables.values.text("Country", node.attr("IssuedBy-CountryID"))
    owner, number = node.attr("IdentityID"), node.value("IDRegistrationNo")
    valid = tables.values.text("Validity", node.attr("ValidityID"))
    for name in ("ID", "IssuedIn-LocationID"):
        node.attr(name)
    node.drop("Comment", "IssuingAuthority", "DocumentDate", "DocumentedNameReference", "IDRegDocumentMention")
    node.drop("ProfileReference", "FeatureVersionReference")
    if number and valid != "Fraudulent":
        tables.documents.setdefault(owner, []).append((kind, number, country))


def read_relationship(node: Node, tables: Tables) -> None:
    role = tables.values.text("RelationType", node.attr("RelationTypeID"))
    origin, target = node.attr("From-ProfileID"), node.attr("To-ProfileID")
    former = node.attr("Former") == "true"
    for name in ("ID", "RelationQualityID", "SanctionsEntryID"):
        node.attr(name)
    node.drop("Comment", "DatePeriod", "IDRegDocumentReference")
    if target.isdecimal():
        tables.links.setdefault(origin, []).append((target, f"formerly: {role}" if former else role))


def read_entry(node: Node, tables: Tables, blocking: bool) -> None:
    number = node.attr("ProfileID")
    sdn = tables.values.text("List", node.attr("ListID")) == SDN_LIST
    node.attr("ID")
    node.drop("LimitationsToPublic", "SupportingInfo")
    days, programmes = [], []
    for event in node.all("EntryEvent"):
        for name in ("ID", "EntryEventTypeID", "LegalBasisID"):
            event.attr(name)
        event.drop("Comment")
        days += [day for child in event.all("Date") if (day := day_of(child)) is not None]
        event.close()
    for measure in node.all("SanctionsMeasure"):
        measure.attr("ID")
        kind = tables.values.text("SanctionsType", measure.attr("SanctionsTypeID"))
        comment = measure.value("Comment")
        measure.drop("DatePeriod")
        measure.close()
        if kind == "Program" and comment:
            programmes.append(comment)
    if sdn is not blocking:
        tables.other.add(number)
        return
    held = tables.programmes.setdefault(number, [])
    held.extend(p for p in programmes if p not in held)
    if days:
        tables.listed_on[number] = min(days + [d for d in [tables.listed_on.get(number)] if d])
