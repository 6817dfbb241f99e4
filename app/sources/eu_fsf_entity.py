"""One entity of the EU list as a party: names with their quality, documents, places, and the act that lists it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.core.party import AliasKind, Designation, Identifier, ListedAddress, Party, PartyKind
from app.core.values import Citation
from app.errors import SourceChanged

from .assemble import codes, names, party, tidy
from .partial_dates import dates_in, exact_day, partial, years_between
from .xml_stream import Node

ID = "eu_fsf"
CITATION = Citation(
    title="European Commission, consolidated list of persons, groups and entities subject to EU financial sanctions",
    url="https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions",
)
KINDS = {
    "person": PartyKind.PERSON,
    "P": PartyKind.PERSON,
    "enterprise": PartyKind.ORGANIZATION,
    "E": PartyKind.ORGANIZATION,
}
GENDERS = {"": "", "M": "male", "F": "female"}
COUNTRIES = {"00": "", "CS": "RS", "UK": "GB", "EL": "GR", "TP": "TL", "ZR": "CD"}
"""Codes the list uses that are not ISO's of today; 00 is unknown."""

SCHEMES = {
    "passport": "passport",
    "id": "national_id",
    "ssn": "national_id",
    "regnumber": "registration",
    "tradelic": "licence",
    "imo": "imo",
    "swiftbic": "swift",
    "fiscalcode": "tax",
    "drivinglicence": "driving_licence",
    "travelcardid": "travel_document",
    "NRN": "national_id",
}
HUMAN_RIGHTS = re.compile(r"(?:EU|G)?HR(?:SR)?")
"""The programme of Regulation (EU) 2020/1998."""

CONTACTS = {"PHONE": "phone", "FAX": "fax", "EMAIL": "email", "WEB": "website"}
REGULATION = (
    "regulationType",
    "organisationType",
    "publicationDate",
    "entryIntoForceDate",
    "numberTitle",
    "programme",
    "logicalId",
)


def read_entity(node: Node) -> Party:
    """The party of one ``sanctionEntity``; raises ``SourceChanged`` where anything in it is left unread."""
    where = f"line {node.line}"
    logical, reference = node.attr("logicalId"), node.attr("euReferenceNumber")
    if not (reference or logical):
        raise SourceChanged(f"{where}: an entity without reference number and logical id")
    kinds = {
        text
        for child in node.all("subjectType")
        for text in (child.attr("code"), child.attr("classificationCode"))
        if text
    }
    if not kinds or kinds - set(KINDS) or len({KINDS[k] for k in kinds}) > 1:
        raise SourceChanged(f"{where}: unknown subjectType")
    acts: list[str] = []
    remarks = [tidy(child.plain()) for child in node.all("remark")] + [node.attr("designationDetails")]
    found, roles, genders = _names(node, acts, remarks)
    births, places = _births(node, acts)
    identifiers = [Identifier(scheme="eu_reference", value=reference)] if reference else []
    if united := node.attr("unitedNationId"):
        identifiers.append(Identifier(scheme="un_reference", value=united))
    identifiers += _identifications(node, acts, remarks)
    addresses = []
    for child in node.all("address"):
        identifiers += _contacts(child, remarks)
        addresses += [_address(child, acts, remarks)]
    nationalities = codes(code for child in node.all("citizenship") if (code := _country(child, acts, remarks)))
    designated = exact_day(node.attr("designationDate"), f"{where}: designationDate")
    designations = _designations(node, designated, acts, reference or logical)
    node.close()
    return party(
        where,
        id=f"{ID}:{reference or 'logical-' + logical}",
        source=ID,
        kind=KINDS[kinds.pop()],
        aliases=names(found),
        identifiers=tuple(dict.fromkeys(identifiers)),
        birth_dates=tuple(dict.fromkeys(births)),
        birth_places=tuple(dict.fromkeys(filter(None, places))),
        gender=genders[0] if genders else "",
        countries=codes([c for a in addresses if (c := a[1])] + list(nationalities)),
        nationalities=nationalities,
        addresses=tuple(a for a, _ in addresses if any(a.model_dump().values())),
        roles=tuple(dict.fromkeys(roles)),
        designations=designations,
        remarks="\n".join(dict.fromkeys(filter(None, remarks))),
    )


def _act(node: Node, acts: list[str]) -> None:
    """The act an element cites: only its day is kept."""
    for child in node.all("regulationSummary"):
        acts.append(child.attr("publicationDate"))
        for name in (*REGULATION, "publicationUrl"):
            child.attr(name)
        child.close()
    node.attr("regulationLanguage")
    node.attr("logicalId")


def _remarks(node: Node, remarks: list[str]) -> list[str]:
    said = [tidy(child.plain()) for child in node.all("remark")]
    remarks += said
    return said


def _names(node: Node, acts: list[str], remarks: list[str]) -> tuple[list[tuple[str, AliasKind]], list[str], list[str]]:
    """Names with their kinds, the best one first, and the roles and genders that stand beside them."""
    ranked: list[tuple[int, str, AliasKind]] = []
    roles: list[str] = []
    genders: list[str] = []
    for child in node.all("nameAlias"):
        _act(child, acts)
        said = " ".join(_remarks(child, remarks)).lower()
        strong, language = child.attr("strong"), child.attr("nameLanguage").upper()
        if strong not in ("true", "false", ""):
            raise SourceChanged(f"line {child.line}: strong is neither true nor false")
        parts = " ".join(filter(None, (child.attr("firstName"), child.attr("middleName"), child.attr("lastName"))))
        whole = child.attr("wholeName") or parts
        weak = strong == "false" or "low quality" in said
        roles += [tidy(text) for text in (child.attr("title"), child.attr("function")) if text]
        gender = child.attr("gender")
        if gender not in GENDERS:
            raise SourceChanged(f"line {child.line}: unknown gender")
        genders += [GENDERS[gender]] if gender else []
        child.close()
        if "??" in whole:
            continue  # letters that somebody's spreadsheet destroyed name nobody
        former = re.search(r"\b(?:formerly|previously) (?:known|listed|registered)|\bf\.?k\.?a\b", said) is not None
        kind = AliasKind.WEAK if weak else AliasKind.FORMER if former else AliasKind.STRONG
        ranked.append(
            (
                0 if kind is AliasKind.STRONG and language in ("", "EN") else 1 if kind is AliasKind.STRONG else 2,
                whole,
                kind,
            )
        )
    ranked.sort(key=lambda item: item[0])
    found = [(text, kind) for _, text, kind in ranked if tidy(text)]
    return [(text, AliasKind.PRIMARY if n == 0 else kind) for n, (text, kind) in enumerate(found)], roles, genders


def _country(node: Node, acts: list[str], remarks: list[str]) -> str:
    """The code of the country an element names; empty where it is unknown."""
    _act(node, acts)
    _remarks(node, remarks)
    code, said = node.attr("countryIso2Code").upper(), node.attr("countryDescription")
    node.attr("region")
    node.close()
    return _code(code, said)


def _code(code: str, said: str) -> str:
    known = COUNTRIES.get(code, code)
    return known if re.fullmatch(r"[A-Z]{2}", known) else next(iter(codes([said])), "")


def _births(node: Node, acts: list[str]) -> tuple[list[str], list[str]]:
    births: list[str] = []
    places: list[str] = []
    for child in node.all("birthdate"):
        _act(child, acts)
        where = f"line {child.line}"
        child.drop("remark")
        whole = child.attr("birthdate")
        year, month, day = (_number(child.attr(n), where) for n in ("year", "monthOfYear", "dayOfMonth"))
        first, last = (_number(child.attr(n), where) for n in ("yearRangeFrom", "yearRangeTo"))
        gregorian = child.attr("calendarType") in ("", "GREGORIAN")
        child.attr("circa")
        place = [child.attr(n) for n in ("city", "place", "region", "zipCode")] + [child.attr("countryDescription")]
        child.attr("countryIso2Code")
        child.close()
        places.append(", ".join(dict.fromkeys(tidy(p) for p in place if p and p not in ("-", "UNKNOWN"))))
        if not gregorian:
            continue
        try:
            births += dates_in(whole) or ([partial(year, month, day)] if year else [])
            births += years_between(first or last, last or first) if first or last else ()
        except ValueError:
            raise SourceChanged(f"{where}: a birth date of no calendar") from None
    return births, places


def _number(text: str, where: str) -> int:
    if text and not re.fullmatch(r"[0-9]{1,4}", text):
        raise SourceChanged(f"{where}: a part of a birth date that is no number")
    return int(text or 0)


def _identifications(node: Node, acts: list[str], remarks: list[str]) -> Iterator[Identifier]:
    for child in node.all("identification"):
        _act(child, acts)
        said = _remarks(child, remarks)
        kind, number = child.attr("identificationTypeCode"), child.attr("number") or ""
        latin = child.attr("latinNumber")
        country = _code(child.attr("countryIso2Code").upper(), child.attr("countryDescription"))
        flags = {f: child.attr(f) for f in ("knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")}
        for name in (
            "diplomatic",
            "issuedBy",
            "issuedDate",
            "validFrom",
            "validTo",
            "nameOnDocument",
            "region",
            "identificationTypeDescription",
        ):
            child.attr(name)
        child.close()
        if flags["knownFalse"] == "true":
            remarks.append(f"A false document: {number or latin}")
            continue
        for value in dict.fromkeys(filter(None, (tidy(number), tidy(latin)))):
            if not set(value) <= {"-", "?", " "}:
                yield Identifier(scheme=SCHEMES.get(kind, "document"), value=value[:1000], country=country or None)
        if not number and not latin and not said:
            raise SourceChanged(f"line {child.line}: an identification without a number")


def _contacts(node: Node, remarks: list[str]) -> Iterator[Identifier]:
    for child in node.all("contactInfo"):
        key, value = child.attr("key"), tidy(child.attr("value"))
        child.close()
        if key in CONTACTS and value:
            yield Identifier(scheme=CONTACTS[key], value=value[:1000])
        elif key or value:
            remarks.append(tidy(f"Contact: {key} {value}"))  # the list holds keys with whole values inside


def _address(node: Node, acts: list[str], remarks: list[str]) -> tuple[ListedAddress, str]:
    street, box, place = (tidy(node.attr(n)) for n in ("street", "poBox", "place"))
    city, region, code = (tidy(node.attr(n)) for n in ("city", "region", "zipCode"))
    country = node.attr("countryDescription")
    iso = node.attributes.get("countryIso2Code", "")
    node.attributes["countryDescription"] = country
    node.attr("asAtListingTime")
    known = _country(node, acts, remarks)
    text = ", ".join(filter(None, (street, f"P.O. Box {box}" if box and "box" not in box.lower() else box, place)))
    said = "" if country == "UNKNOWN" or iso == "00" else country or known
    return ListedAddress(text=text, city=city, region=region, postal_code=code, country=said), known


def _designations(node: Node, designated: date | None, acts: list[str], reference: str) -> tuple[Designation, ...]:
    """One per programme. Without a designation date the earliest act that the entry cites: the entry was listed by then."""
    made: dict[str, Designation] = {}
    regulations = node.all("regulation")
    for child in regulations:
        acts += [child.attributes.get("publicationDate", ""), child.attributes.get("entryIntoForceDate", "")]
    days = sorted(filter(None, (exact_day(text, f"line {node.line}: publicationDate") for text in acts)))
    listed = designated or (days[0] if days else None)
    for child in regulations:
        child.drop("remark")
        programme, title, url = child.attr("programme"), child.attr("numberTitle"), child.value("publicationUrl")
        for name in REGULATION:
            child.attr(name)
        child.close()
        if not programme:
            raise SourceChanged(f"line {child.line}: a regulation without a programme")
        cite = (
            Citation(title=f"Regulation {title}", url=url)
            if title and re.match(r"https?://\S+$", url) and len(url) < 2_000
            else CITATION
        )
        made[programme] = Designation(
            instrument="EU_GHRSR" if HUMAN_RIGHTS.fullmatch(programme) or title.startswith("2020/1998") else "EU_FSF",
            list=ID,
            programme=f"EU-{programme}",
            listed_on=listed,
            extends_to="EU50_OR_CONTROL",
            reference=", ".join(filter(None, (reference, title))),
            citation=cite,
        )
    if not made:
        raise SourceChanged(f"line {node.line}: an entity without a regulation")
    return tuple(made.values())
