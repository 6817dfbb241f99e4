"""BIS's Denied Persons List: a tab-separated file, one row an address of an order; rows of one name and one day are one party."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from pydantic import ValidationError

from app.core.party import Alias, AliasKind, Designation, ListedAddress, Party
from app.core.source import Document, Documents, Format, Source
from app.core.values import Citation
from app.errors import SourceChanged

from .countries import country_of
from .csl_party import day_after, one_each
from .listed_names import clean, slug
from .refusal import named_document
from .strict_rows import Layout, Row, has_header, headed_rows, leftover
from .us_dates import us_day

ID = "us_bis_dpl"
NAME = "dpl.txt"
CITATION = Citation(
    title="BIS, Denied Persons List (15 CFR 764.3(a)(2))",
    url="https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl",
)
LAYOUT = Layout(
    columns=(
        "Name",
        "Street_Address",
        "City",
        "State",
        "Country",
        "Postal_Code",
        "Effective_Date",
        "Expiration_Date",
        "Standard_Order",
        "Last_Update",
        "Action",
        "FR_Citation",
    ),
    delimiter="\t",
)
ORDERS = {"Y": "standard denial order", "N": "denial order that is not the standard one", "": ""}
Rows = list[tuple[int, Row]]


def _parse(documents: Documents) -> tuple[Party, ...]:
    with named_document(NAME):
        stream = documents[NAME]
        stream.seek(0)
        found: dict[str, Rows] = {}
        for line, row in headed_rows(NAME, stream, LAYOUT):
            if not row["Name"]:
                raise SourceChanged(f"line {line}: a row without a name")
            found.setdefault(f"{slug(row['Name'])}|{row['Effective_Date']}", []).append((line, row))
        if not found:
            raise SourceChanged("no denied person in it")
        return tuple(_party(key, rows) for key, rows in found.items())


def _party(key: str, rows: Rows) -> Party:
    line = rows[0][0]
    addresses = tuple(dict.fromkeys(address for _, row in rows if (address := _address(row)) != ListedAddress()))
    acts = one_each(_designation(number, row) for number, row in rows)
    remarks = "; ".join(dict.fromkeys(action for _, row in rows if (action := row.pop("Action"))))
    names = dict.fromkeys(clean(row.pop("Name")) for _, row in rows)
    for number, row in rows:
        row.pop("Last_Update")
        leftover(NAME, number, row)
    try:
        return Party(
            id=f"{ID}:{slug(next(iter(names)))[:60]}-{hashlib.sha256(key.encode()).hexdigest()[:10]}",
            source=ID,
            aliases=tuple(_aliases(names)),
            countries=tuple(dict.fromkeys(c for a in addresses if (c := country_of(a.country)))),
            addresses=addresses,
            designations=acts,
            remarks=remarks,
        )
    except ValidationError as error:
        where = "/".join(map(str, error.errors()[0]["loc"]))
        raise SourceChanged(f"line {line}: {where} cannot be read ({error.errors()[0]['type']})") from error


def _aliases(names: Iterable[str]) -> list[Alias]:
    """The names as printed; ``A/K/A`` inside one gives each of its parts as well."""
    made: dict[str, AliasKind] = {}
    for name in names:
        made.setdefault(name, AliasKind.STRONG if made else AliasKind.PRIMARY)
        parts = [part.strip(" ,;") for part in name.replace("a/k/a", "A/K/A").split("A/K/A")]
        for part in parts if len(parts) > 1 else ():
            made.setdefault(part, AliasKind.STRONG)
    return [Alias(name=name, kind=kind) for name, kind in made.items() if name]


def _address(row: Row) -> ListedAddress:
    return ListedAddress(
        text=row.pop("Street_Address"),
        city=row.pop("City"),
        region=row.pop("State"),
        postal_code=row.pop("Postal_Code"),
        country=row.pop("Country"),
    )


def _designation(line: int, row: Row) -> Designation:
    start, last = us_day(row.pop("Effective_Date"), f"line {line}"), us_day(row.pop("Expiration_Date"), f"line {line}")
    order = row.pop("Standard_Order").upper()
    if start is None:
        raise SourceChanged(f"line {line}: an order without its effective date")
    if order not in ORDERS:
        raise SourceChanged(f"line {line}: unknown Standard_Order")
    return Designation(
        instrument="US_BIS_DPL",
        list=ID,
        programme="DPL",
        listed_on=start,
        ended_on=day_after(last),
        extends_to="LISTED_TEXT_ONLY",
        reference=row.pop("FR_Citation"),
        basis=ORDERS[order],
        citation=CITATION,
    )


def _looks_like(head: bytes) -> bool:
    first = head.split(b"\n", 1)[0]
    return has_header(first + b"\n", LAYOUT) or sum(name.encode() in first for name in LAYOUT.columns) > 8


us_bis_dpl = Source(
    id=ID,
    title="BIS Denied Persons List",
    publisher="U.S. Department of Commerce, Bureau of Industry and Security",
    url=CITATION.url,
    formats=(
        Format(
            name="tab-separated text",
            documents=(Document(NAME, sniff=_looks_like, url="https://www.bis.doc.gov/dpl/dpl.txt"),),
            parse=_parse,
        ),
    ),
    hosts=("www.bis.gov", "media.bis.gov"),
    programme="DPL",
    cadence="several times a month",
    every=timedelta(hours=24),
    licence="U.S. government work, public domain",
    freshness=timedelta(hours=72),
    expect=range(200, 20_000),
    binds=frozenset({"us_exporter"}),
)
"""A denied person may not take part in a transaction with items subject to the EAR."""
