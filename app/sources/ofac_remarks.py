"""The facts that hide in OFAC remarks: births, places, nationalities, identifiers, weak aliases and links.

A remark is parts divided by semicolons. Each part is recognised by its first words; what is recognised as nothing in particular (a title,
an office) is kept as a role. Nothing is lost: the whole text stays with the party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .countries import country_code

_MONTHS = {
    m: n
    for n, m in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], start=1)
}
_DATE = re.compile(r"(?:(?:(\d{1,2}) )?([A-Z][a-z]{2}) )?(\d{4})$")

SCHEMES: tuple[tuple[str, str], ...] = (
    ("Unified Social Credit Code (USCC)", "uscc"),
    ("Legal Entity Number", "lei"),
    ("Vessel Registration Identification IMO", "imo"),
    ("Identification Number IMO", "imo"),
    ("IMO Number", "imo"),
    ("MMSI", "mmsi"),
    ("D-U-N-S Number", "duns"),
    ("Tax ID No.", "tax"),
    ("NIT #", "tax"),
    ("RFC", "tax"),
    ("R.F.C.", "tax"),
    ("RUC #", "tax"),
    ("RIF #", "tax"),
    ("RTN", "tax"),
    ("C.U.I.T.", "tax"),
    ("CNPJ", "tax"),
    ("V.A.T. Number", "tax"),
    ("Fiscal Code", "tax"),
    ("Italian Fiscal Code", "tax"),
    ("National ID No.", "national_id"),
    ("National Foreign ID Number", "national_id"),
    ("Personal ID Card", "national_id"),
    ("Identification Number", "national_id"),
    ("Cedula No.", "national_id"),
    ("Cedula de Ciudadania", "national_id"),
    ("C.U.R.P.", "national_id"),
    ("D.N.I.", "national_id"),
    ("DNI", "national_id"),
    ("N.I.E.", "national_id"),
    ("I.F.E.", "national_id"),
    ("Kenyan ID No.", "national_id"),
    ("Bosnian Personal ID No.", "national_id"),
    ("Turkish Identification Number", "national_id"),
    ("Electoral Registry No.", "national_id"),
    ("Birth Certificate Number", "national_id"),
    ("SSN", "national_id"),
    ("SRE Permit No.", "permit"),
    ("Stateless Person ID Card", "national_id"),
    ("Diplomatic Passport", "passport"),
    ("British National Overseas Passport", "passport"),
    ("Travel Document Number", "travel_document"),
    ("Refugee ID Card", "travel_document"),
    ("Passport", "passport"),
    ("Business Registration Number", "registration"),
    ("Business Registration Document #", "registration"),
    ("Registration Number", "registration"),
    ("Registration ID", "registration"),
    ("Company Number", "registration"),
    ("Company ID", "registration"),
    ("Commercial Registry Number", "registration"),
    ("Public Registration Number", "registration"),
    ("Enterprise Number", "registration"),
    ("Economic Register Number (CBLS)", "registration"),
    ("Chamber of Commerce Number", "registration"),
    ("Certificate of Incorporation Number", "registration"),
    ("C.R. No.", "registration"),
    ("UAE Identification", "registration"),
    ("Trade License No.", "licence"),
    ("License", "licence"),
    ("Government Gazette Number", "gazette"),
    ("Matricula Mercantil No", "registration"),
    ("Folio Mercantil No.", "registration"),
    ("Istanbul Chamber of Comm. No.", "registration"),
    ("Romanian C.R.", "registration"),
    ("Dubai Chamber of Commerce Membership No.", "registration"),
    ("Central Registration System Number", "registration"),
    ("Organization Code", "organisation_code"),
    ("Citizen's Card Number", "national_id"),
    ("Driver's License No.", "driving_licence"),
    ("Residency Number", "residency"),
    ("Numero Unico de Identificacao", "national_id"),
    ("Numero de Identidad", "national_id"),
    ("Tazkira National ID Card", "national_id"),
    ("VisaNumberID", "visa"),
    ("Pilot License Number", "licence"),
    ("Seafarer's Identification Document", "national_id"),
    ("SWIFT/BIC", "swift"),
    ("BIK (RU)", "bik"),
    ("Bank Identification Code", "bik"),
    ("ISIN", "isin"),
    ("Equity Ticker", "ticker"),
    ("Website", "website"),
    ("Email Address", "email"),
    ("Phone Number", "phone"),
    ("Fax", "fax"),
    ("Aircraft Manufacturer's Serial Number (MSN)", "aircraft_serial"),
    ("Aircraft Construction Number (also called L/N or S/N or F/N)", "aircraft_construction"),
    ("Aircraft Tail Number", "aircraft_tail"),
    ("Previous Aircraft Tail Number", "aircraft_tail"),
    ("Aircraft Mode S Transponder Code", "aircraft_transponder"),
    ("Other Vessel Call Sign", "call_sign"),
    ("Vessel Call Sign", "call_sign"),
)
"""First words of a part and the scheme of the number that follows."""

INFORMATION = (
    "Additional Sanctions Information", "Secondary sanctions risk", "Transactions Prohibited For", "Organization Established Date",
    "Organization Type", "Target Type", "Executive Order", "For more information", "Effective Date", "Listing Date", "Issuer Name",
    "Aircraft Manufacture Date", "Aircraft Model", "Aircraft Operator", "Vessel Year of Build", "Vessel Type", "Vessel Flag",
    "Former Vessel Flag", "Other Vessel Flag", "Vessel Owner", "Gross Tonnage", "Gross Registered Tonnage", "Deadweight Tonnage",
    "all offices worldwide", "PEESA Information", "CAATSA", "Purpose", "Nationality of Registration", "Identifying", "Primary Issuer",
)  # fmt: skip
"""First words of parts that are information about the sanctions or the thing, kept in the text and in no field of their own."""

_SCHEMES = tuple(sorted(SCHEMES, key=lambda s: -len(s[0])))
_CURRENCY = re.compile(r"Digital Currency Address - (\w+) (\S+)")
_TAIL = re.compile(r"(?: \(([^()]*)\))?(?: issued .*?)?(?: expires .*)?$")


@dataclass
class Remarks:
    """What a remark says, field by field."""

    births: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    gender: str = ""
    weak: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str, str | None]] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)


def read_remarks(text: str) -> Remarks:
    """Read a remark (with its overflow already joined)."""
    made = Remarks()
    for part in re.split(r";\s+", text.strip()):
        _read(made, part.strip().removesuffix(".") if not part.endswith("Ltd.") else part.strip())
    return made


def _read(made: Remarks, part: str) -> None:
    plain = re.sub(r"^(alt|Alt)\. ", "", part)
    if not plain or plain in ("-0-", "-0- "):
        return
    if plain.startswith("DOB "):
        made.births.extend(d for d in _dates(plain[4:]) if d not in made.births)
    elif plain.startswith("POB "):
        made.places.append(plain[4:])
    elif plain.startswith(("nationality ", "citizen ")):
        made.nationalities.append(plain.split(" ", 1)[1])
    elif plain.startswith("Gender "):
        made.gender = plain.split(" ", 1)[1].lower()
    elif plain.startswith(("a.k.a. ", "n.k.a. ")):
        made.weak.append(plain[7:].strip("'\" "))
    elif plain.startswith("f.k.a. "):
        made.former.append(plain[7:].strip("'\" "))
    elif plain.startswith("Linked To: "):
        made.linked.append(plain[11:])
    elif currency := _CURRENCY.match(plain):
        made.identifiers.append((f"digital_currency_{currency[1].lower()}", currency[2], None))
    elif (number := _number(plain)) is not None:
        made.identifiers.append(number)
    elif not plain.startswith(INFORMATION):
        made.roles.append(plain)


def _number(part: str) -> tuple[str, str, str | None] | None:
    for label, scheme in _SCHEMES:
        if not part.startswith(label + " "):
            continue
        rest = part[len(label) + 1 :].lstrip("# ").strip()
        tail = _TAIL.search(rest)
        value = rest[: tail.start()].strip() if tail else rest
        country = country_code(tail[1]) if tail and tail[1] else None
        return (scheme, value, country) if value else None
    return None


def _dates(text: str) -> Iterator[str]:
    """``15 Jan 1955``, ``Jan 1964``, ``1955``, ``circa 1951``, ``1951 to 1953`` as dates known to the day, month or year."""
    for piece in re.split(r" to ", text.removeprefix("circa ")):
        match = _DATE.fullmatch(piece.strip().removeprefix("circa "))
        if match is None:
            continue
        day, month, year = match.groups()
        number = _MONTHS.get(month or "")
        yield f"{year}-{number:02d}-{int(day):02d}" if day and number else f"{year}-{number:02d}" if number else year
