"""Switzerland's sanctions list (SECO), XML.

The file keeps its history: de-listed targets stay, and each modification repeats what it added and removed. Only the target's own state is read; a de-listed
target is kept with the day it ended. Names are built from ordered parts, each with spelling variants by language and script; places stand apart and are referred to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from app.core.party import Designation, Identifier, Party, PartyKind, Relationship
from app.core.source import Document, Documents, Format, Source
from app.core.values import Citation
from app.errors import SourceChanged

from .assemble import codes, names, party, tidy, unique
from .ch_seco_identity import Context, Said, country_of
from .partial_dates import exact_day
from .sniff import root_of, text_of
from .xml_stream import Node, read_records

ID = "ch_seco"
NAME = "consolidated-list.xml"
URL = "https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction"
CITATION = Citation(
    title="SECO, sanctions list under the Embargo Act (SR 946.231)",
    url="https://www.seco.admin.ch/seco/en/home/Aussenwirtschaftspolitik_Wirtschaftliche_Zusammenarbeit/Wirtschaftsbeziehungen/exportkontrollen-und-sanktionen/sanktionen-embargos.html",
)
RECORDS = {"sanctions-program": "program", "place": "place", "target": "target"}
KINDS = {"individual": PartyKind.PERSON, "entity": PartyKind.ORGANIZATION}
OBJECTS = {"vessel": PartyKind.VESSEL, "aircraft": PartyKind.AIRCRAFT}
CHANGES = {"listed", "amended", "de-listed"}
_IMO = re.compile(r"IMO number\s*:?\s*([0-9]{7})", re.I)
_UN = re.compile(r"[A-Z]{2,3}[ei]\.[0-9]{3}")


def parse(documents: Documents) -> Iterator[Party]:
    """Read the list; raises ``SourceChanged`` with line and reason."""
    stream = documents[NAME]
    context = Context()
    for kind, node in _records(documents):
        if kind == "":
            context.made = node.attr("date")
            node.attr("list-type")
            node.close()
        elif kind == "program":
            _program(node, context)
        elif kind == "place":
            _place(node, context)
    stream.seek(0)
    return unique(_target(node, context) for kind, node in _records(documents) if kind == "target")


def _records(documents: Documents) -> Iterator[tuple[str, Node]]:
    return read_records(documents[NAME], root="swiss-sanctions-list", records=RECORDS)


def _program(node: Node, context: Context) -> None:
    for name in ("ssid", "version-date", "predecessor-version-date"):
        node.attr(name)
    key, title = _english(node, "program-key"), _english(node, "program-name")
    for child in node.all("sanctions-set"):
        number, language = child.attr("ssid"), child.attr("lang")
        said = child.plain()
        if language == "eng" or number not in context.sets:
            context.sets[number] = (key, title, said)
    node.drop("origin")
    node.close()


def _english(node: Node, tag: str) -> str:
    found = {child.attr("lang"): tidy(child.plain()) for child in node.all(tag)}
    return found.get("eng") or next(iter(found.values()), "")


def _place(node: Node, context: Context) -> None:
    number = node.attr("ssid")
    node.drop("location-variant", "area-variant")
    context.places[number] = (tidy(node.value("location")), tidy(node.value("area")), country_of(node))
    node.close()


def _target(node: Node, context: Context) -> Party:
    where = f"line {node.line}"
    ssid = node.attr("ssid")
    if not ssid.isdecimal():
        raise SourceChanged(f"{where}: a target without its number")
    sets = list(
        dict.fromkeys(filter(None, [node.attr("sanctions-set-id"), *(c.plain() for c in node.all("sanctions-set-id"))]))
    )
    foreign = [tidy(child.plain()) for child in node.all("foreign-identifier")]
    listed, ended = _dates(node, context, where)
    bodies = [child for tag in (*KINDS, "object") for child in node.all(tag)]
    node.close()
    if len(bodies) != 1:
        raise SourceChanged(f"{where}: a target that is not one individual, entity or object")
    body = bodies[0]
    kind = KINDS.get(body.tag) or OBJECTS.get(body.attr("object-type"), PartyKind.UNKNOWN)
    said = Said(person=kind is PartyKind.PERSON)
    gender = body.attr("sex")
    remarks = [tidy(child.own_text()) for tag in ("justification", "other-information") for child in body.all(tag)]
    relations = tuple(_relation(child) for child in body.all("relation"))
    for child in sorted(body.all("identity"), key=lambda c: c.attributes.get("main") != "true"):
        said.identity(child, context)
    body.attr("ssid")
    body.close()
    identifiers = [
        Identifier(scheme="seco", value=ssid),
        *(Identifier(scheme="un_reference", value=f) for f in foreign if _UN.fullmatch(f)),
        *said.identifiers,
    ]
    identifiers += [Identifier(scheme="imo", value=m) for text in remarks for m in _IMO.findall(text)]
    remarks += [f"Other identifier: {f}" for f in foreign if f and not _UN.fullmatch(f)]
    return party(
        where,
        id=f"{ID}:{ssid}",
        source=ID,
        kind=kind,
        aliases=names(said.names),
        identifiers=tuple(dict.fromkeys(identifiers)),
        birth_dates=tuple(dict.fromkeys(said.births)) if said.person else (),
        birth_places=tuple(dict.fromkeys(filter(None, said.places))),
        gender=gender if gender in ("male", "female") else "",
        countries=codes([a.country for a in said.addresses] + said.nationalities),
        nationalities=codes(said.nationalities),
        addresses=tuple(dict.fromkeys(a for a in said.addresses if any(a.model_dump().values()))),
        roles=tuple(dict.fromkeys(said.titles)),
        designations=_designations(sets, context, listed, ended, where),
        relationships=relations,
        remarks="\n".join(filter(None, [*remarks, *(f"Founded: {b}" for b in said.births if not said.person)])),
    )


def _relation(node: Node) -> Relationship:
    kind, to = node.attr("relation-type"), node.attr("target-id")
    node.attr("ssid")
    node.drop("remark")
    node.close()
    if not kind or not to.isdecimal():
        raise SourceChanged(f"line {node.line}: a relation without type or target")
    return Relationship(kind=kind.replace("-", "_"), to=f"{ID}:{to}", source=CITATION.title)


def _dates(node: Node, context: Context, where: str) -> tuple[date | None, date | None]:
    """(first listed, de-listed) days. The modification with the latest day decides; of one day, the one printed first."""
    found: list[tuple[date | None, str]] = []
    for child in node.all("modification"):
        kind = child.attr("modification-type")
        if kind not in CHANGES:
            raise SourceChanged(f"line {child.line}: unknown modification-type")
        days = [
            exact_day(child.attr(f"{n}-date"), f"{where}: {n}-date") for n in ("effective", "enactment", "publication")
        ]
        child.drop("added", "removed", "remark", "remarks")
        child.close()
        found.append((next((d for d in days if d), None), kind))
    listed = [day for day, kind in found if kind == "listed" and day]
    latest = max(found, key=lambda f: f[0] or date.min, default=(None, ""))
    if latest[1] != "de-listed":
        return (min(listed) if listed else None), None
    return (min(listed) if listed else None), latest[0] or exact_day(context.made, "date")


def _designations(
    sets: list[str], context: Context, listed: date | None, ended: date | None, where: str
) -> tuple[Designation, ...]:
    """One per programme, with the names of the sets of measures that hold the target."""
    by_programme: dict[tuple[str, str], list[str]] = {}
    for number in sets:
        if number not in context.sets:
            raise SourceChanged(f"{where}: sanctions set {number[:20]} is not in the file")
        key, title, said = context.sets[number]
        by_programme.setdefault((key or title, title), []).append(said)
    if not by_programme:
        raise SourceChanged(f"{where}: a target without a sanctions set")
    return tuple(
        Designation(
            instrument="CH_EMBG",
            list=ID,
            programme=(key or "SECO")[:200],
            listed_on=listed,
            ended_on=ended,
            extends_to="NONE"
            if all(re.search(r"travel|entry", s, re.I) and not re.search("financ|freez|asset", s, re.I) for s in said)
            else "",
            reference="; ".join(filter(None, (title[:300], *(s[:200] for s in said))))[:1000],
            citation=CITATION,
        )
        for (key, title), said in by_programme.items()
    )


def published(documents: Documents) -> date | None:
    """The day of the list."""
    match = re.search(
        r'<swiss-sanctions-list[^>]*\sdate="([0-9]{4}-[0-9]{2}-[0-9]{2})', text_of(documents[NAME].read(2_000))
    )
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


XML = Format(
    name="XML",
    documents=(Document(NAME, lambda head: (root_of(head) or ("", ""))[1] == "swiss-sanctions-list", URL),),
    parse=parse,
    published=published,
)

ch_seco = Source(
    id=ID,
    title="Swiss sanctions list",
    publisher="State Secretariat for Economic Affairs (SECO)",
    url=CITATION.url,
    formats=(XML,),
    programme="CH",
    cadence="with every amendment of an ordinance, several times a month",
    every=timedelta(hours=12),
    licence="Swiss federal administration, free reuse",
    freshness=timedelta(hours=48),
    expect=range(3_000, 40_000),
    binds=frozenset({"global_policy"}),
)
"""Switzerland follows the UN and most EU regimes, not the EU's human-rights listings about Xinjiang (law.md section 2)."""
