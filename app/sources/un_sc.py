"""The United Nations Security Council Consolidated List, XML (sc-sanctions.xsd).

Names come in up to four parts, aliases graded Good or Low (people) or a.k.a. and f.k.a. (entities), the original script in an element of its own;
birth dates are exact, approximate or a range. Empty elements stand for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from app.core.party import Alias, AliasKind, Designation, Identifier, ListedAddress, Party, PartyKind
from app.core.source import Document, Documents, Format, Source
from app.core.values import Citation
from app.errors import SourceChanged

from .assemble import codes, names, party, split_names, tidy, unique
from .partial_dates import dates_in, exact_day, years_between
from .sniff import root_of, text_of
from .xml_stream import Node, read_records

ID = "un_sc"
NAME = "consolidated.xml"
CITATION = Citation(
    title="United Nations Security Council Consolidated List",
    url="https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
)
RECORDS = {"INDIVIDUALS/INDIVIDUAL": "INDIVIDUAL", "ENTITIES/ENTITY": "ENTITY"}
QUALITY = {
    "": AliasKind.STRONG,
    "Good": AliasKind.STRONG,
    "Low": AliasKind.WEAK,
    "a.k.a.": AliasKind.STRONG,
    "f.k.a.": AliasKind.FORMER,
}
FORMER = re.compile(r"\b(?:previously|formerly) (?:listed|known) as\b", re.I)
SCRIPT = re.compile(r"(?:original script|in (?:arabic|persian|arabic script))\s*:\s*([^();]+)", re.I)
DATE_TYPES = {"", "EXACT", "APPROXIMATELY", "BETWEEN"}
GENDERS = {"": "", "Male": "male", "Female": "female"}


def parse(documents: Documents) -> Iterator[Party]:
    """Read the list; raises ``SourceChanged`` with line and reason."""
    return unique(_parties(documents))


def _parties(documents: Documents) -> Iterator[Party]:
    for kind, node in read_records(documents[NAME], root="CONSOLIDATED_LIST", records=RECORDS):
        if kind:
            yield _party(node, person=kind == "INDIVIDUAL")
        else:
            node.attr("dateGenerated")
            node.close()


def _party(node: Node, *, person: bool) -> Party:
    where = f"line {node.line}"
    reference = node.value("REFERENCE_NUMBER")
    if not re.fullmatch(r"[A-Za-z0-9./ -]{3,40}", reference):
        raise SourceChanged(f"{where}: a record without a reference number")
    prefix = node.tag
    primary = " ".join(filter(None, (node.value(f"{n}_NAME") for n in ("FIRST", "SECOND", "THIRD", "FOURTH"))))
    births: list[str] = []
    places: list[str] = []
    aliases = tuple(_aliases(node, primary, births, places))
    addresses = tuple(_address(child) for child in node.all(f"{prefix}_ADDRESS") if _filled(child))
    nationalities = codes([*node.values("NATIONALITY", "VALUE"), node.value("NATIONALITY2")])
    for child in node.all("INDIVIDUAL_DATE_OF_BIRTH"):
        births = [*_birth(child), *births]
    for child in node.all("INDIVIDUAL_PLACE_OF_BIRTH"):
        places.insert(0, _place(child))
    identifiers = [Identifier(scheme="un_reference", value=reference)]
    identifiers += [i for child in node.all("INDIVIDUAL_DOCUMENT") for i in _document(child)]
    gender = node.value("GENDER")
    if gender not in GENDERS:
        raise SourceChanged(f"{where}: unknown GENDER")
    made = party(
        where,
        id=f"{ID}:{reference}",
        source=ID,
        kind=PartyKind.PERSON if person else PartyKind.ORGANIZATION,
        aliases=aliases,
        identifiers=tuple(dict.fromkeys(identifiers)),
        birth_dates=tuple(dict.fromkeys(births)),
        birth_places=tuple(dict.fromkeys(filter(None, places))),
        gender=GENDERS[gender],
        countries=codes([a.country for a in addresses] + list(nationalities)),
        nationalities=nationalities,
        addresses=addresses,
        roles=tuple(tidy(r) for r in node.values("TITLE", "VALUE") + node.values("DESIGNATION", "VALUE")),
        designations=(_designation(node, reference, where),),
        remarks=node.value("COMMENTS1"),
    )
    node.drop(
        "DATAID",
        "VERSIONNUM",
        "SORT_KEY",
        "SORT_KEY_LAST_MOD",
        "LAST_DAY_UPDATED",
        "LIST_TYPE",
        "SUBMITTED_BY",
        "SUBMITTED_ON",
    )
    node.close()
    return made


def _designation(node: Node, reference: str, where: str) -> Designation:
    regime = node.value("UN_LIST_TYPE")
    if not regime:
        raise SourceChanged(f"{where}: a record without UN_LIST_TYPE")
    return Designation(
        instrument="UN_SC",
        list=ID,
        programme=f"UN-{regime.upper()}",
        listed_on=exact_day(node.value("LISTED_ON"), f"{where}: LISTED_ON"),
        ended_on=exact_day(node.value("DELISTED_ON"), f"{where}: DELISTED_ON"),
        reference=reference,
        citation=CITATION,
    )


def _aliases(node: Node, primary: str, births: list[str], places: list[str]) -> tuple[Alias, ...]:
    found = [(primary, AliasKind.PRIMARY)] + [
        (text, AliasKind.STRONG) for text in split_names(node.value("NAME_ORIGINAL_SCRIPT"))
    ]
    for child in node.all(f"{node.tag}_ALIAS"):
        quality, note = child.value("QUALITY"), child.value("NOTE")
        if quality not in QUALITY:
            raise SourceChanged(f"line {child.line}: unknown QUALITY of an alias")
        kind = AliasKind.FORMER if FORMER.search(note) else QUALITY[quality]
        found += [(text, kind) for text in split_names(child.value("ALIAS_NAME"))]
        found += [(match[1], kind) for match in SCRIPT.finditer(note)]
        births += dates_in(child.value("DATE_OF_BIRTH"))
        places.append(", ".join(filter(None, (child.value("CITY_OF_BIRTH"), child.value("COUNTRY_OF_BIRTH")))))
        child.close()
    return names(found)


def _filled(node: Node) -> bool:
    return bool(node.own_text() or any(child.text.strip() for child in node.children))


def _address(node: Node) -> ListedAddress:
    street, note = node.value("STREET"), node.value("NOTE")
    made = ListedAddress(
        text=", ".join(filter(None, (tidy(street), f"({tidy(note)})" if note else ""))),
        city=tidy(node.value("CITY")),
        region=tidy(node.value("STATE_PROVINCE")),
        postal_code=node.value("ZIP_CODE"),
        country=tidy(node.value("COUNTRY")),
    )
    node.close()
    return made


def _place(node: Node) -> str:
    parts = [tidy(node.value(tag)) for tag in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE")]
    node.close()
    return ", ".join(filter(None, parts))


def _birth(node: Node) -> tuple[str, ...]:
    kind = node.value("TYPE_OF_DATE")
    if kind not in DATE_TYPES:
        raise SourceChanged(f"line {node.line}: unknown TYPE_OF_DATE")
    found = [dates_in(text) for tag in ("DATE", "YEAR") if (text := node.value(tag))]
    first, last = node.value("FROM_YEAR"), node.value("TO_YEAR")
    note = node.value("NOTE")
    node.own_text()
    node.close()
    if first or last:
        try:
            found.append(years_between(int(first or last), int(last or first)))
        except ValueError:
            raise SourceChanged(f"line {node.line}: a range of birth years that is none") from None
    if not any(found):
        found.append(dates_in(note))
    return tuple(day for days in found for day in days)


def _document(node: Node) -> Iterator[Identifier]:
    kind = f"{node.value('TYPE_OF_DOCUMENT')} {node.value('TYPE_OF_DOCUMENT2')}".lower()
    number, note = node.value("NUMBER"), node.value("NOTE")
    issuer = node.value("ISSUING_COUNTRY") or node.value("COUNTRY_OF_ISSUE")
    node.drop("DATE_OF_ISSUE", "CITY_OF_ISSUE", "COUNTRY_OF_ISSUE")
    node.own_text()
    node.close()
    number = tidy(number) or (tidy(note) if re.fullmatch(r"[\w -]*[0-9][\w -]*", tidy(note)) else "")
    if number:
        country = next(iter(codes([issuer])), None)
        yield Identifier(
            scheme="passport" if "pass" in kind or "pasaporte" in kind else "national_id",
            value=number[:1000],
            country=country,
        )


def published(documents: Documents) -> date | None:
    """The day the file says that it was made."""
    match = re.search(r'dateGenerated="([0-9]{4}-[0-9]{2}-[0-9]{2})', text_of(documents[NAME].read(2_000)))
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


XML = Format(
    name="XML",
    documents=(
        Document(
            NAME,
            sniff=lambda head: (root_of(head) or ("", ""))[1] == "CONSOLIDATED_LIST",
            url="https://scsanctions.un.org/resources/xml/en/consolidated.xml",
        ),
    ),
    parse=parse,
    published=published,
)

un_sc = Source(
    id=ID,
    title="United Nations Security Council Consolidated List",
    publisher="United Nations Security Council, Sanctions Committees",
    url=CITATION.url,
    formats=(XML,),
    hosts=("scsanctions.un.org", "unsolprodfiles.blob.core.windows.net"),
    programme="UN",
    cadence="within a day of a committee's decision, about every other week",
    every=timedelta(hours=12),
    licence="© United Nations; published for implementation by Member States and anyone who screens",
    freshness=timedelta(hours=24),
    expect=range(600, 5_000),
    binds=frozenset({"global_policy"}),
)
"""Its names bind through each state's own law; it binds the group policy of whoever follows them all."""
