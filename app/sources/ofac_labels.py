"""What OFAC calls the numbers it prints: labels of identifiers with their schemes, and labels that are information.

The labels are those of remarks (CSV), of ``idType`` (XML) and of the reference value sets of the advanced XML, so that a number gets the same
scheme in every format. Labels are compared without a final colon or dash and with a straight apostrophe.
"""

from __future__ import annotations

import re

_TABLE = """
uscc: Unified Social Credit Code (USCC) | United Social Credit Code Certificate (USCCC)
lei: Legal Entity Number
imo: Vessel Registration Identification IMO | Identification Number IMO | IMO Number
vessel_registration: Vessel Registration Identification
mmsi: MMSI
duns: D-U-N-S Number
tax: Tax ID No. | NIT # | RFC | R.F.C. | RUC # | RIF # | RTN | C.U.I.T. | CNPJ | V.A.T. Number | Fiscal Code | Italian Fiscal Code | US FEIN | C.I.F. | N.I.F.
tax: Paraguayan tax identification number | Numero Unico de Identificacao Tributaria (NUIT) | Romanian Tax Registration
national_id: National ID No. | National Foreign ID Number | Personal ID Card | Identification Number | Cedula No. | Cedula de Ciudadania | C.U.R.P. | D.N.I. | DNI | N.I.E.
national_id: I.F.E. | Kenyan ID No. | Bosnian Personal ID No. | Turkish Identification Number | Electoral Registry No. | Birth Certificate Number | SSN | Stateless Person ID Card
national_id: Citizen's Card Number | Numero Unico de Identificacao | Numero de Identidad | Tazkira National ID Card | Seafarer's Identification Document | LE Number
national_id: Credencial electoral | Moroccan Personal ID No. | Cartilla de Servicio Militar Nacional | C.U.I.P. | C.U.I. | CNP (Personal Numerical Code) | Military Registration Number
permit: SRE Permit No. | Permit Number
passport: Passport | Diplomatic Passport | British National Overseas Passport | Stateless Person Passport
travel_document: Travel Document Number | Refugee ID Card
registration: Business Registration Number | Business Registration Document # | Registration Number | Registration ID | Company Number | Company ID | Commercial Registry Number
registration: Public Registration Number | Enterprise Number | Economic Register Number (CBLS) | Chamber of Commerce Number | Certificate of Incorporation Number | C.R. No.
registration: UAE Identification | Matricula Mercantil No | Folio Mercantil No. | Istanbul Chamber of Comm. No. | Romanian C.R. | Dubai Chamber of Commerce Membership No.
registration: Central Registration System Number | UK Company Number | Registered Charity No. | Branch Unit Number | Business Number | File Number
licence: Trade License No. | License | Pilot License Number | Tourism License No. | Afghan Money Service Provider License Number | MSB Registration Number
gazette: Government Gazette Number
organisation_code: Organization Code
commercial_code: Chinese Commercial Code
driving_licence: Driver's License No.
residency: Residency Number | Romanian Permanent Resident | Immigration No. | Public Security and Immigration No.
visa: VisaNumberID
swift: SWIFT/BIC
bik: BIK (RU) | Bank Identification Code
isin: ISIN
ticker: Equity Ticker | MICEX Code
website: Website
email: Email Address
phone: Phone Number | Telephone No. | Telephone | PHONE
fax: Fax | FAX
trademark: Trademark number
serial: Serial No.
locode: UN/LOCODE
aircraft_serial: Aircraft Manufacturer's Serial Number (MSN) | Aircraft Serial Identification
aircraft_construction: Aircraft Construction Number (also called L/N or S/N or F/N)
aircraft_tail: Aircraft Tail Number | Previous Aircraft Tail Number
aircraft_transponder: Aircraft Mode S Transponder Code
call_sign: Other Vessel Call Sign | Vessel Call Sign
"""

SCHEMES = {
    label.strip(): line.split(":", 1)[0]
    for line in _TABLE.strip().splitlines()
    for label in line.split(":", 1)[1].split(" | ")
}
"""Label to scheme."""

INFORMATION = (
    "Additional Sanctions Information", "Secondary sanctions risk", "Transactions Prohibited For", "Organization Established Date",
    "Organization Type", "Target Type", "Executive Order", "For more information", "for more information", "Effective Date", "Listing Date", "Issuer Name",
    "Aircraft Manufacture Date", "Aircraft Model", "Aircraft Operator", "Vessel Year of Build", "Vessel Type", "VESSEL TYPE", "Other Vessel Type",
    "Vessel Tonnage", "Vessel Gross Registered Tonnage", "Gross Tonnage", "Gross Registered Tonnage", "Deadweight Tonnage",
    "all offices worldwide", "All offices worldwide", "All Offices Worldwide", "PEESA Information", "CAATSA", "IFCA Determination", "Purpose",
    "Purchase/Sales For Divestment Date", "Identifying", "Primary Issuer",
)  # fmt: skip
"""First words of what says something about the sanctions or the thing: kept in the text of the party and in no field of its own."""

FLAGS = ("Vessel Flag", "Former Vessel Flag", "Other Vessel Flag")
COUNTRIES = ("Nationality of Registration", "Registration Country", *FLAGS)
"""Labels whose value is a country."""

CURRENCY = "Digital Currency Address - "
DATE = re.compile(r"(Effective|Listing) Date \((.+)\)")
"""``Effective Date (CMIC)``: the day a listing takes effect or was made, with the programme it belongs to."""

LONGEST_FIRST = tuple(sorted((*SCHEMES, *COUNTRIES), key=len, reverse=True))


def plain_label(label: str) -> str:
    """A label as the tables have it."""
    return " ".join(label.replace("’", "'").split()).rstrip(":- ").strip()


def scheme_of(label: str) -> str | None:
    """The scheme of a plain label's number; None where the label is information or not known."""
    if label.startswith(CURRENCY):
        return f"digital_currency_{label.removeprefix(CURRENCY).lower()}"
    return SCHEMES.get(label)


def is_information(label: str) -> bool:
    return label.startswith(INFORMATION)
