"""OFAC's ``sdn.xml`` and ``consolidated.xml``: one ``sdnEntry`` a party, in the namespace of before 2024 or the present one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.core.party import AliasKind, ListedAddress, Party, PartyKind
from app.core.source import HEAD, Document, Documents, Format
from app.errors import SourceChanged

from .ofac_facts import Facts, state
from .ofac_labels import is_information
from .ofac_party import Entry, OfacList, by_name, refuse_other_list, to_party
from .partial_dates import dates_in
from .refusal import named_document
from .sniff import root_of
from .xml_stream import Node, read_records

NAMESPACES = (
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
    "http://tempuri.org/sdnList.xsd",
)
KINDS = {
    "Entity": PartyKind.ORGANIZATION,
    "Individual": PartyKind.PERSON,
    "Vessel": PartyKind.VESSEL,
    "Aircraft": PartyKind.AIRCRAFT,
}
TYPES = {"a.k.a.": AliasKind.STRONG, "f.k.a.": AliasKind.FORMER, "n.k.a.": AliasKind.STRONG}
CATEGORIES = ("strong", "weak")
_US_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_HEADER = re.compile(rb"<Publish_Date>\s*([0-9/]{8,10})\s*</Publish_Date>")


def sdn_xml(of: OfacList, name: str, url: str) -> Format:
    """The format of a list as one XML document called ``name``."""

    def parse(documents: Documents) -> tuple[Party, ...]:
        with named_document(name):
            return _parse(documents, of, name)

    def published(documents: Documents) -> date | None:
        head = documents[name].read(HEAD)
        documents[name].seek(0)
        found = _HEADER.search(head)
        return _day(found[1].decode("ascii")) if found else None

    return Format(
        name="XML",
        documents=(Document(name, sniff=lambda head: (root_of(head) or ("", ""))[1] == "sdnList", url=url),),
        parse=parse,
        published=published,
    )


def _day(text: str) -> date | None:
    match = _US_DAY.fullmatch(text)
    try:
        return date(int(match[3]), int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def _parse(documents: Documents, of: OfacList, name: str) -> tuple[Party, ...]:
    stream = documents[name]
    stream.seek(0)
    space = (root_of(stream.read(HEAD)) or ("", ""))[0]
    stream.seek(0)
    entries: dict[str, Entry] = {}
    for entry in _entries(
        read_records(
            stream,
            root="sdnList",
            records={"publshInformation": "header", "sdnEntry": "entry"},
            namespace=space if space in NAMESPACES else NAMESPACES[0],
        ),
        name,
    ):
        if entry.number in entries:
            raise SourceChanged(f"number {entry.number} stands twice")
        entries[entry.number] = entry
    if not entries:
        raise SourceChanged("no sdnEntry in it")
    refuse_other_list("the document", of, [e.programmes for e in entries.values()])
    names = by_name({number: entry.name for number, entry in entries.items()})
    return tuple(to_party(entry, of, names) for entry in entries.values())


def _entries(records: Iterator[tuple[str, Node]], name: str) -> Iterator[Entry]:
    for kind, node in records:
        if kind == "header":
            node.drop("Publish_Date", "Record_Count")
        elif kind == "entry":
            yield _entry(node, name)
        node.close()


def _entry(node: Node, where: str) -> Entry:
    line, number = node.line, node.value("uid")
    if not re.fullmatch(r"[0-9]{1,9}", number):
        raise SourceChanged(f"line {line}: an entry without a number")
    kind, name = node.value("sdnType"), _name(node)
    if kind not in KINDS:
        raise SourceChanged(f"line {line}: unknown sdnType")
    programmes = tuple(dict.fromkeys(node.values("programList", "program")))
    if not name or not programmes:
        raise SourceChanged(f"line {line}: an entry without {'name' if not name else 'programme'}")
    facts = Facts()
    title, text = node.value("title"), node.value("remarks")
    _remarks(text, facts)
    _numbers(node, facts)
    _births(node, facts)
    for container, item in (("nationalityList", "nationality"), ("citizenshipList", "citizenship")):
        facts.nationalities.extend(_items(node, container, item, "country"))
    return Entry(
        number=number,
        name=name,
        kind=KINDS[kind],
        programmes=programmes,
        where=where,
        facts=facts,
        aliases=tuple(_aliases(node)),
        addresses=tuple(_addresses(node)),
        owner=_vessel(node, facts),
        title=title,
        text=text,
    )


def _name(node: Node) -> str:
    """``SURNAME, Given`` as the CSV prints it."""
    last, first = node.value("lastName"), node.value("firstName")
    return ", ".join(part for part in (last, first) if part)


def _remarks(text: str, facts: Facts) -> None:
    """Here a remark holds links and offices only; numbers and dates have elements of their own."""
    for part in re.split(r";\s+", text):
        plain = re.sub(r"^\(?Linked To: ", "Linked To: ", part.strip()).removesuffix(".")
        if plain.startswith("Linked To: "):
            facts.linked.append(plain[11:].removesuffix(")") if part.startswith("(") else plain[11:])
        elif plain and not is_information(plain):
            facts.roles.append(plain)


def _numbers(node: Node, facts: Facts) -> None:
    for holder in node.all("idList"):
        for item in holder.all("id"):
            item.drop("uid", "issueDate", "expirationDate")
            label, number, country = item.value("idType"), item.value("idNumber"), item.value("idCountry")
            if not state(facts, label, number, country):
                facts.identifiers.append(("other", f"{label} {number}".strip(), None))
            item.close()
        holder.close()


def _births(node: Node, facts: Facts) -> None:
    for text in _items(node, "dateOfBirthList", "dateOfBirthItem", "dateOfBirth"):
        ends = (day for piece in text.split(" to ") for day in dates_in(piece))
        facts.births.extend(day for day in ends if day not in facts.births)
    facts.places.extend(_items(node, "placeOfBirthList", "placeOfBirthItem", "placeOfBirth"))


def _items(node: Node, container: str, item: str, value: str) -> list[str]:
    made = []
    for holder in node.all(container):
        for child in holder.all(item):
            child.drop("uid", "mainEntry")
            made.append(child.value(value))
            child.close()
        holder.close()
    return [text for text in made if text]


def _aliases(node: Node) -> Iterator[tuple[str, AliasKind]]:
    for holder in node.all("akaList"):
        for aka in holder.all("aka"):
            aka.drop("uid")
            kind, category, name = aka.value("type"), aka.value("category"), _name(aka)
            if kind not in TYPES or category not in CATEGORIES:
                raise SourceChanged(f"line {aka.line}: unknown type or category of an alias")
            former = TYPES[kind] is AliasKind.FORMER
            yield name, AliasKind.WEAK if category == "weak" and not former else TYPES[kind]
            aka.close()
        holder.close()


def _addresses(node: Node) -> Iterator[ListedAddress]:
    for holder in node.all("addressList"):
        for item in holder.all("address"):
            item.drop("uid")
            lines = [item.value(f"address{n}") for n in (1, 2, 3)]
            made = ListedAddress(
                text=", ".join(line for line in lines if line),
                city=item.value("city"),
                region=item.value("stateOrProvince"),
                postal_code=item.value("postalCode"),
                country=item.value("country"),
            )
            item.close()
            if made != ListedAddress():
                yield made
        holder.close()


def _vessel(node: Node, facts: Facts) -> str:
    """Take what is said of a vessel; returns its owner's name."""
    vessel = node.one("vesselInfo")
    if vessel is None:
        return ""
    vessel.drop("vesselType", "tonnage", "grossRegisteredTonnage")
    state(facts, "Vessel Call Sign", vessel.value("callSign"))
    state(facts, "Vessel Flag", vessel.value("vesselFlag"))
    owner = vessel.value("vesselOwner")
    vessel.close()
    return owner
