"""CBP's dataset of withhold release orders and findings: one row an order, whose ``Entity`` may be several parties, a region, a good or a vessel.

The file is Windows-1252 (said to be Latin-1); a copy saved as UTF-8 is read as what it is. The goods of an order stand in the designation's basis:
whether goods fall under it is the factor ``import_order_good``'s to say, from the orders of the reference edition. The name of a region or a good
identifies nobody: it is a weak and common name here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO

from pydantic import ValidationError

from app.core.party import Alias, AliasKind, Designation, ListedAddress, Party, PartyKind, Relationship
from app.core.source import Document, Documents, Format, Source
from app.core.values import Citation
from app.errors import SourceChanged

from .countries import country_of
from .listed_names import slug
from .refusal import named_document
from .strict_rows import Layout, Row, has_header, headed_rows, leftover
from .us_dates import us_day
from .wro_names import Scope, Target, read_targets

ID = "us_cbp_wro"
NAME = "withhold-release-orders-findings.csv"
URL = "https://www.cbp.gov/trade/forced-labor/withhold-release-orders-and-findings"
CITATION = Citation(title="CBP, Withhold Release Orders and Findings (19 U.S.C. 1307; 19 CFR 12.42)", url=URL)
COLUMNS = (
    "Calendar Year",
    "Country",
    "Country Code",
    "Entity",
    "Industry",
    "Status",
    "WRO/Finding",
    "Effective Date",
    "Remarks",
    "Press Release",
)
OPTIONAL = ("Merchandise",)
"""Came in June 2026."""

STATUSES = ("Active", "Partially Active", "Inactive", "")
ACTIONS = {"wro": "WRO", "withhold release order": "WRO", "finding": "FINDING", "": "ORDER"}
KINDS = {Scope.VESSEL: PartyKind.VESSEL, Scope.PARTY: PartyKind.ORGANIZATION, Scope.FLEET: PartyKind.ORGANIZATION}
_DAY = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\b")
_NAUGHT = ("N/A", "n/a", "-")


@dataclass(frozen=True)
class _Ordered:
    """One target of one order."""

    target: Target
    acts: tuple[Designation, ...]
    country: str
    remarks: str
    where: str


def _parse(documents: Documents) -> tuple[Party, ...]:
    with named_document(NAME):
        stream = documents[NAME]
        found: dict[str, list[_Ordered]] = {}
        for line, row in headed_rows(NAME, stream, _layout(stream)):
            for ordered in _orders(f"line {line}", row):
                found.setdefault(slug(ordered.target.entity.name), []).append(ordered)
            leftover(NAME, line, row)
        if not found:
            raise SourceChanged("no order in it")
        return tuple(_party(key, group) for key, group in found.items())


def _layout(stream: IO[bytes]) -> Layout:
    """The layout in the encoding that the bytes are in: UTF-8 where they are valid in it, else CBP's own."""
    stream.seek(0)
    body = stream.read()
    stream.seek(0)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return Layout(columns=COLUMNS, optional=OPTIONAL, encoding="cp1252")
    return Layout(columns=COLUMNS, optional=OPTIONAL)


def _orders(where: str, row: Row) -> Iterable[_Ordered]:
    """The targets of a row with its order; every column is taken out of it."""
    row.pop("Calendar Year")
    row.pop("Press Release")
    country, code = row.pop("Country"), row.pop("Country Code")
    entity, goods, industry = row.pop("Entity"), row.pop("Merchandise", ""), row.pop("Industry")
    status, kinds, remarks = row.pop("Status"), row.pop("WRO/Finding"), _said(row.pop("Remarks"))
    days = [us_day(part, f"{where} Effective Date") for part in row.pop("Effective Date").split(";")]
    if status not in STATUSES:
        raise SourceChanged(f"{where}: unknown Status")
    actions = [ACTIONS.get(part.strip().casefold()) for part in kinds.split(";")]
    if None in actions or len(actions) != len(days):
        raise SourceChanged(f"{where}: unknown WRO/Finding, or not as many as there are dates")
    try:
        targets = read_targets(entity, country)
    except SourceChanged as error:
        raise SourceChanged(f"{where}: {error}") from error
    basis = "; ".join(
        f"{word}: {text}"
        for word, text in (("goods", _said(goods)), ("industry", industry), ("country", country))
        if text
    )
    for target in targets:
        acts = tuple(
            _designation(target, action or "ORDER", day, status, remarks, basis)
            for action, day in zip(actions, days, strict=True)
        )
        yield _Ordered(target, acts, country_of(country) or country_of(code) or "", remarks, where)


def _said(cell: str) -> str:
    return "" if cell in _NAUGHT else cell


def _designation(target: Target, action: str, day: date | None, status: str, remarks: str, basis: str) -> Designation:
    scope = "" if target.scope is Scope.PARTY else f"scope: {target.scope}"
    return Designation(
        instrument="US_TARIFF_ACT_307",
        list=ID,
        programme=action,
        listed_on=day,
        ended_on=_end(day, remarks) if status == "Inactive" else None,
        extends_to=target.extends_to,
        reference="; ".join(part for part in (f"status: {status or 'not stated'}", scope) if part),
        basis=basis,
        citation=CITATION,
    )


def _end(begun: date | None, remarks: str) -> date:
    """Since when an inactive order is so: the last day its remarks name; where they name none, it is not shown as ever in force."""
    days = [day for text in _DAY.findall(remarks) if (day := _perhaps(text)) is not None]
    later = [day for day in days if begun is None or day >= begun]
    return max(later) if later else begun or date.min + timedelta(days=1)


def _perhaps(text: str) -> date | None:
    try:
        return us_day(text, "")
    except SourceChanged:
        return None


def _party(key: str, group: list[_Ordered]) -> Party:
    first = group[0].target
    common = first.scope in (Scope.REGION, Scope.GOODS)
    kinds: dict[str, AliasKind] = {}
    for ordered in group:
        for name in (ordered.target.entity.name, *ordered.target.entity.aliases):
            kinds.setdefault(name, AliasKind.STRONG if kinds else AliasKind.PRIMARY)
    try:
        return Party(
            id=f"{ID}:{key}",
            source=ID,
            kind=KINDS.get(first.scope, PartyKind.UNKNOWN),
            aliases=tuple(
                Alias(name=name, kind=AliasKind.WEAK if common else kind, common=common) for name, kind in kinds.items()
            ),
            countries=tuple(dict.fromkeys(ordered.country for ordered in group if ordered.country)),
            addresses=tuple(dict.fromkeys(ListedAddress(text=o.target.place) for o in group if o.target.place)),
            designations=tuple(dict.fromkeys(act for ordered in group for act in ordered.acts)),
            relationships=tuple(
                Relationship(kind="subsidiary_of", to=f"{ID}:{slug(parent)}", to_name=parent, source=CITATION.title)
                for parent in dict.fromkeys(o.target.parent for o in group if o.target.parent)
            ),
            remarks="\n".join(dict.fromkeys(ordered.remarks for ordered in group if ordered.remarks)),
        )
    except ValidationError as error:
        where = "/".join(map(str, error.errors()[0]["loc"]))
        raise SourceChanged(f"{group[0].where}: {where} cannot be read ({error.errors()[0]['type']})") from error


def _looks_like(head: bytes) -> bool:
    first = head.split(b"\n", 1)[0]
    return has_header(first + b"\n", Layout(columns=COLUMNS, optional=OPTIONAL)) or (
        b"WRO/Finding" in first or sum(name.encode() in first for name in COLUMNS) > 6
    )


us_cbp_wro = Source(
    id=ID,
    title="CBP withhold release orders and findings",
    publisher="U.S. Customs and Border Protection",
    url=URL,
    formats=(Format(name="CSV", documents=(Document(NAME, sniff=_looks_like),), parse=_parse),),
    hosts=("www.cbp.gov",),
    programme="WRO",
    cadence="every quarter, under another address each time, so it is handed over",
    every=timedelta(days=1),
    licence="U.S. government work, public domain",
    freshness=timedelta(hours=72),
    expect=range(30, 2_000),
    binds=frozenset({"us_importer", "global_policy"}),
)
"""The orders bind importers of record."""
