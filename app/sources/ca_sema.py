"""The Consolidated Canadian Autonomous Sanctions List, XML, with the element names before and since 25 August 2026.

A record has no id: its key is regulation, schedule and item. ``Country`` names the regulation in two languages, never the party's country; a missing
element means nothing is said; aliases share one cell; a birth date may be a spreadsheet's serial number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from app.core.party import AliasKind, Designation, Identifier, Party, PartyKind
from app.core.source import Document, Documents, Format, Source
from app.core.values import Citation
from app.errors import SourceChanged

from .assemble import checked, names, party, slug, tidy
from .partial_dates import dates_in, exact_day
from .sniff import root_of
from .xml_stream import Node, read_records

ID = "ca_sema"
NAME = "sema-lmes.xml"
URL = "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml"
CITATION = Citation(
    title="Global Affairs Canada, Consolidated Canadian Autonomous Sanctions List",
    url="https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx?lang=eng",
)
FIELDS = {
    "country": ("Country", "Country-Pays"),
    "last": ("LastName", "LastName-NomDeFamille"),
    "given": ("GivenName", "GivenName-Prenom"),
    "entity": ("EntityOrShip", "EntityOrShip-EntiteOuNavire"),
    "aliases": ("Aliases", "Aliases-Alias"),
    "born": ("DateOfBirthOrShipBuildDate", "DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire"),
    "title": ("TitleOrShip", "TitleOrShipType-TitreOuTypeDeNavire"),
    "imo": ("ShipIMONumber", "ShipIMONumber-NumeroOMIDuNavire"),
    "schedule": ("Schedule", "Schedule-Annexe"),
    "item": ("Item", "Item-NumeroDarticle"),
    "listed": ("DateOfListing", "DateOfListing-DateDinscription"),
}
VICTIMS = "justice for victims of corrupt foreign officials"
_LANGUAGE = re.compile(
    r"^(?:in )?(?:russian|ukrainian|belarus(?:s)?ian|persian|farsi|arabic|chinese|burmese|french|english|spanish|hebrew|korean|romanian)(?: script)?\s*:\s*",
    re.I,
)
_OR = re.compile(r"\s+(?:or|ou)\s+")
SHIP = re.compile(r"tanker|cargo|vessel|ship|carrier|navire|ro-?ro|barge|tug", re.I)


def parse(documents: Documents) -> Iterator[Party]:
    """Read the list; raises ``SourceChanged`` with line and reason."""
    return checked(_parties(documents))


def _parties(documents: Documents) -> Iterator[Party]:
    seen: dict[str, Party] = {}
    for kind, node in read_records(documents[NAME], root="data-set", records={"record": "record"}):
        if not kind:
            node.close()
            continue
        found = _party(node)
        if found.id in seen:
            if seen[found.id] == found:
                continue  # the same record printed twice says nothing new
            found = found.model_copy(update={"id": f"{found.id}:{slug(found.name)}"})
            if found.id in seen:
                raise SourceChanged(f"line {node.line}: two records of one regulation, schedule, item and name")
        seen[found.id] = found
        yield found


def _party(node: Node) -> Party:
    where = f"line {node.line}"
    field = {name: tidy(_field(node, tags)) for name, tags in FIELDS.items()}
    node.close()
    regulation, item = field["country"].split(" / ")[0].strip(), field["item"]
    if not regulation or not item or not field["listed"]:
        raise SourceChanged(
            f"{where}: a record without {'Country' if not regulation else 'Item' if not item else 'DateOfListing'}"
        )
    person = bool(field["last"] or field["given"])
    if person == bool(field["entity"]):
        raise SourceChanged(
            f"{where}: a record is a person or an entity, and this is {'both' if person else 'neither'}"
        )
    imo = re.fullmatch(r"(?:IMO ?)?([0-9]{7})", field["imo"])
    ship = not person and (imo is not None or bool(field["title"] and SHIP.search(field["title"])))
    primary = ", ".join(filter(None, (field["last"], field["given"]))) if person else field["entity"]
    remarks = [f"Listed under: {field['country']}"]
    if field["born"] and (ship or not person):
        remarks.append(f"Built or established: {field['born']}")
    elif field["born"] and not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", field["born"]):
        remarks.append(f"Born, as printed: {field['born']}")
    if field["imo"] and imo is None:
        remarks.append(f"In the place of a ship's number: {field['imo']}")
    found = [
        (primary, AliasKind.PRIMARY),
        *((a, _grade(a, person=person)) for a in _aliases(field["aliases"], person=person)),
    ]
    return party(
        where,
        id=":".join(filter(None, (ID, _programme(regulation)[1], slug(field["schedule"]), slug(item)))),
        source=ID,
        kind=PartyKind.PERSON if person else PartyKind.VESSEL if ship else PartyKind.ORGANIZATION,
        aliases=names(found),
        identifiers=(Identifier(scheme="imo", value=imo[1]),) if imo is not None else (),
        birth_dates=dates_in(field["born"]) if person else (),
        roles=(field["title"],) if field["title"] and not ship else (),
        designations=(_designation(field, regulation, where),),
        remarks="\n".join(remarks),
    )


def _field(node: Node, tags: tuple[str, str]) -> str:
    """The field under its old or its new name."""
    found = [child for tag in tags for child in node.all(tag)]
    if len(found) > 1:
        raise SourceChanged(f"line {node.line}: <{found[1].tag}> stands twice in a record")
    return found[0].plain() if found else ""


def _programme(regulation: str) -> tuple[str, str]:
    """(programme, key) of a regulation by its English name."""
    if regulation.casefold().startswith(VICTIMS):
        return "JVCFOA", "jvcfoa"
    return f"SEMA-{slug(regulation).upper()}", slug(regulation)


def _designation(field: dict[str, str], regulation: str, where: str) -> Designation:
    programme = _programme(regulation)[0]
    instrument = {"JVCFOA": "CA_JVCFOA", "SEMA-CHINA": "CA_SEMA_PRC"}.get(programme, "CA_SEMA")
    place = (
        f"Schedule {field['schedule']}, item {field['item']}"
        if field["schedule"]
        else f"Schedule, item {field['item']}"
    )
    return Designation(
        instrument=instrument,
        list=ID,
        programme=programme[:200],
        listed_on=exact_day(field["listed"], f"{where}: DateOfListing"),
        extends_to="CA_CONTROL",
        reference=f"{regulation[:200]}, {place}",
        citation=CITATION,
    )


def _aliases(cell: str, *, person: bool) -> list[str]:
    """The aliases of one cell: divided by semicolons and "or"; a person's also by commas, which in a company's name belong to it."""
    pieces = [p for part in re.split(r"[;\n]", cell) for p in _OR.split(part)]
    if person:
        pieces = [p for piece in pieces for p in re.split(r"[,،]", piece)]
    return [text for piece in pieces if (text := _LANGUAGE.sub("", piece.strip()).strip(" ,:"))]


def _grade(alias: str, *, person: bool) -> AliasKind:
    """A person's single word (another spelling of a given name) identifies nobody by itself."""
    return AliasKind.WEAK if person and len(alias.split()) == 1 else AliasKind.STRONG


XML = Format(
    name="XML",
    documents=(Document(NAME, sniff=lambda head: (root_of(head) or ("", ""))[1] == "data-set", url=URL),),
    parse=parse,
)

ca_sema = Source(
    id=ID,
    title="Consolidated Canadian Autonomous Sanctions List",
    publisher="Global Affairs Canada",
    url=CITATION.url,
    formats=(XML,),
    programme="SEMA",
    cadence="with every regulation, several times a month",
    every=timedelta(hours=12),
    licence="Open Government Licence - Canada",
    freshness=timedelta(hours=24),
    expect=range(3_000, 40_000),
    must_name=(*(f"{ID}:china:part-1:{item}" for item in (1, 2, 3, 4, 5, 6, 7, 8, 11)), f"{ID}:china:part-2:1"),
    binds=frozenset({"ca_person", "ca_importer", "global_policy"}),
)
"""Canada's own measures. The names of the UN are law in Canada by other regulations and are not in this file."""
