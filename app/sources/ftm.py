"""Any FollowTheMoney data set, as OpenSanctions and others publish it: entities.ftm.json, targets.simple.csv, senzing.json.

For whoever holds a licence for such data. The compiler's id is the key. Sanctions become designations with their programmes; topics that are listings become
designations without one; everything else (politically exposed, related) is a role and lists nobody. Faith, ethnicity and the like are not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from app.core.party import (
    AliasKind,
    Designation,
    Identifier,
    ListedAddress,
    Party,
    PartyKind,
    Relationship,
    Verification,
)
from app.core.source import Document, Documents, Format, Source
from app.core.values import Citation
from app.errors import SourceChanged

from .assemble import checked, codes, names, party, tidy, unique
from .ftm_join import LONGEST_LINE, PARTIES, Entity, Said, entities, first
from .partial_dates import dates_in
from .sniff import first_row, text_of
from .strict_rows import Layout, headed_rows

ID = "ftm"
ENTITIES, SIMPLE, SENZING = "entities.ftm.json", "targets.simple.csv", "senzing.json"
CITATION = Citation(
    title="FollowTheMoney data set handed over by the licence holder", url="https://followthemoney.tech/explorer/"
)
KINDS = {
    "Person": PartyKind.PERSON,
    "Company": PartyKind.ORGANIZATION,
    "Organization": PartyKind.ORGANIZATION,
    "LegalEntity": PartyKind.UNKNOWN,
    "PublicBody": PartyKind.GOVERNMENT_BODY,
    "Vessel": PartyKind.VESSEL,
    "Airplane": PartyKind.AIRCRAFT,
}
LISTING = re.compile(
    r"sanction(?!\.linked)|asset\.frozen|debarment|export\.(?:control|risk)|crime|wanted|reg\.(?:action|warn)|invest\.(?:ban|risk)"
)
"""Topics that say somebody listed the party."""

NAMES = {
    "name": AliasKind.STRONG,
    "alias": AliasKind.STRONG,
    "weakAlias": AliasKind.WEAK,
    "previousName": AliasKind.FORMER,
}
SCHEMES = {
    "registrationNumber": "registration",
    "taxNumber": "tax",
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "uscCode": "uscc",
    "leiCode": "lei",
    "idNumber": "national_id",
    "passportNumber": "passport",
    "imoNumber": "imo",
    "mmsi": "mmsi",
    "callSign": "call_sign",
    "swiftBic": "swift",
    "dunsCode": "duns",
    "permId": "permid",
    "unscId": "un_reference",
    "wikidataId": "wikidata",
    "website": "website",
    "email": "email",
    "phone": "phone",
}
_USCC = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}")
SIMPLE_COLUMNS = (
    "id",
    "schema",
    "name",
    "aliases",
    "birth_date",
    "countries",
    "addresses",
    "identifiers",
    "sanctions",
    "phones",
    "emails",
    "dataset",
    "first_seen",
    "last_seen",
)
SIMPLE_LAYOUT = Layout(columns=SIMPLE_COLUMNS, optional=("program_ids", "last_change"))


def parse_entities(documents: Documents) -> Iterator[Party]:
    """Read entities, one JSON object a line, in any order; raises ``SourceChanged`` with line and reason."""
    return _some(_party(one, said) for one, said in entities(ENTITIES, documents[ENTITIES]))


def parse_simple(documents: Documents) -> Iterator[Party]:
    """Read the simple table; raises ``SourceChanged`` with line and reason."""
    return unique(
        _some(
            _row(line, row)
            for line, row in headed_rows(SIMPLE, documents[SIMPLE], SIMPLE_LAYOUT)
            if row["schema"] in PARTIES
        )
    )


def parse_senzing(documents: Documents) -> Iterator[Party]:
    """Read Senzing records, one JSON object a line; raises ``SourceChanged`` with line and reason."""
    return unique(_some(_senzing(number, line) for number, line in _json_lines(documents)))


def _some(parties: Iterator[Party]) -> Iterator[Party]:
    found = False
    for one in checked(parties):
        found = True
        yield one
    if not found:
        raise SourceChanged("the data set holds no person, company, vessel or other party")


def _party(one: Entity, said: Said) -> Party:
    properties = one["properties"]
    where = f"entity {one['id'][:80]}"
    schema = str(one.get("schema"))
    kind = KINDS.get(schema, PartyKind.UNKNOWN)
    datasets = [str(d) for d in one.get("datasets") or [] if isinstance(d, str)]
    caption = one.get("caption") if isinstance(one.get("caption"), str) else ""
    found = [(n, k) for key, k in NAMES.items() for n in properties.get(key, [])]
    primary = (
        caption
        if caption and (caption in properties.get("name", []) or not properties.get("name"))
        else first(properties, "name")
    )
    addresses = [ListedAddress(text=tidy(a)) for a in properties.get("address", [])]
    addresses += [ListedAddress(text=tidy(caption)) for kind_, _, _, caption in said if kind_ == "address" and caption]
    nationalities = codes(c.upper() for key in ("nationality", "citizenship") for c in properties.get(key, []))
    stated = codes(
        c.upper() for key in ("country", "jurisdiction", "mainCountry", "flag") for c in properties.get(key, [])
    )
    roles = [tidy(v) for key in ("position", "title") for v in properties.get(key, [])]
    roles += [tidy(caption) for kind_, _, _, caption in said if kind_ == "holds" and caption]
    topics = properties.get("topics", [])
    return party(
        where,
        id=f"{ID}:{one['id']}",
        source=ID,
        kind=kind,
        aliases=names([(primary or one["id"], AliasKind.PRIMARY), *found]),
        identifiers=tuple(dict.fromkeys(_identifiers(properties, said))),
        birth_dates=tuple(dict.fromkeys(d for v in properties.get("birthDate", []) for d in dates_in(v)))
        if kind is PartyKind.PERSON
        else (),
        birth_places=tuple(dict.fromkeys(tidy(v) for v in properties.get("birthPlace", []) if tidy(v))),
        gender=next((g for g in properties.get("gender", []) if g in ("male", "female")), ""),
        countries=codes([*stated, *nationalities]),
        nationalities=nationalities,
        addresses=tuple(dict.fromkeys(a for a in addresses if a.text)),
        roles=tuple(dict.fromkeys(r for r in (*roles, *(f"topic: {t}" for t in topics if not LISTING.match(t))) if r)),
        designations=_designations(
            one["id"], datasets, topics, [p for k, p, _, _ in said if k == "Sanction"], first(properties, "sourceUrl")
        ),
        relationships=tuple(dict.fromkeys(_edges(said, datasets))),
        remarks="\n".join(dict.fromkeys(v for key in ("notes", "summary") for v in properties.get(key, [])))[:200_000],
    )


def _identifiers(properties: Entity, said: Said) -> Iterator[Identifier]:
    countries = properties.get("jurisdiction") or properties.get("country") or []
    country = next(iter(codes(c.upper() for c in countries)), None) if len(countries) == 1 else None
    for key, scheme in SCHEMES.items():
        for value in properties.get(key, []):
            if plain := tidy(value)[:1000]:
                own = "uscc" if scheme == "registration" and _USCC.fullmatch(plain) else scheme
                yield Identifier(
                    scheme=own,
                    value=plain,
                    country=country if own in ("registration", "tax", "national_id", "uscc") else None,
                )
    for kind, held, _, _ in said:
        if kind in ("Passport", "Identification") and (number := tidy(first(held, "number"))[:1000]):
            issuer = next(iter(codes(c.upper() for c in held.get("country", []))), None)
            passport = kind == "Passport" or "passport" in first(held, "type").lower()
            yield Identifier(scheme="passport" if passport else "national_id", value=number, country=issuer)


def _edges(said: Said, datasets: list[str]) -> Iterator[Relationship]:
    for kind, properties, end, caption in said:
        if kind in ("Sanction", "Passport", "Identification", "address", "holds"):
            continue
        share = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*%?", first(properties, "percentage").strip())
        percent = float(share[1].replace(",", ".")) if share else None
        yield Relationship(
            kind=kind,
            to=f"{ID}:{end}"[:1000],
            to_name=tidy(caption)[:1000],
            role=tidy(first(properties, "role") or first(properties, "relationship"))[:500],
            percent=percent if percent is not None and percent <= 100 else None,
            valid_from=next(iter(dates_in(first(properties, "startDate"))), ""),
            valid_to=next(iter(dates_in(first(properties, "endDate"))), ""),
            source=", ".join(datasets)[:500],
        )


def _designations(
    key: str, datasets: list[str], topics: list[str], sanctions: list[Entity], url: str
) -> tuple[Designation, ...]:
    """One per programme of the sanctions; where the data set gives only a topic, one per topic that is a listing."""
    made: dict[tuple[str, date | None], Designation] = {}
    for said in sanctions:
        programme = (
            first(said, "programId")
            or tidy(first(said, "program"))
            or tidy(first(said, "authority"))
            or ", ".join(datasets)
            or "sanction"
        )
        listed = _day(said, ("startDate", "listingDate"))
        link = first(said, "sourceUrl") or first(said, "programUrl")
        made.setdefault(
            (programme, listed),
            _designation(
                programme,
                listed_on=listed,
                ended_on=_day(said, ("endDate",)),
                basis=tidy(first(said, "reason"))[:2_000],
                reference=", ".join(
                    filter(None, (first(said, "authorityId"), tidy(first(said, "authority"))[:200], *datasets))
                )[:1_000],
                citation=_cite(link, tidy(first(said, "authority"))[:200]),
            ),
        )
    if not made:
        for topic in (t for t in topics if LISTING.match(t)):
            made[(topic, None)] = _designation(
                topic, reference=", ".join([key, *datasets])[:1_000], citation=_cite(url, "")
            )
    return tuple(made.values())


def _designation(programme: str, **fields: Any) -> Designation:
    return Designation(instrument="FTM", list=ID, programme=programme[:200], verification=Verification.V2, **fields)


def _cite(url: str, title: str) -> Citation:
    return (
        Citation(title=title or CITATION.title, url=url)
        if re.match(r"https?://\S+$", url) and len(url) < 2_000
        else CITATION
    )


def _day(properties: Entity, keys: tuple[str, ...]) -> date | None:
    """A whole day; a date known to the year or month only is the first day of it."""
    for key in keys:
        for text in properties.get(key, []):
            for found in dates_in(text):
                return date.fromisoformat((found + "-01-01")[:10])
    return None


def _row(line: int, row: dict[str, str]) -> Party:
    def cells(column: str) -> list[str]:
        return [v.strip() for v in row.get(column, "").split(";") if v.strip().strip('"')]

    where = f"{SIMPLE} line {line}"
    if not row["id"] or not row["name"]:
        raise SourceChanged(f"{where}: a row without id or name")
    countries = codes(c.upper() for c in cells("countries"))
    sanctions = [s.strip('" ') for s in cells("sanctions")]
    programmes = cells("program_ids") or ([row["dataset"]] if sanctions else [])
    numbers = [("imo", v[3:]) if re.fullmatch(r"IMO[0-9]{7}", v) else ("registration", v) for v in cells("identifiers")]
    numbers += [("phone", v) for v in cells("phones")] + [("email", v) for v in cells("emails")]
    return party(
        where,
        id=f"{ID}:{row['id']}",
        source=ID,
        kind=KINDS[row["schema"]],
        aliases=names([(row["name"], AliasKind.PRIMARY), *((a, AliasKind.STRONG) for a in cells("aliases"))]),
        identifiers=tuple(Identifier(scheme=s, value=v[:1000]) for s, v in dict.fromkeys(numbers)),
        birth_dates=tuple(dict.fromkeys(d for v in cells("birth_date") for d in dates_in(v)))
        if row["schema"] == "Person"
        else (),
        countries=countries,
        addresses=tuple(ListedAddress(text=a) for a in dict.fromkeys(cells("addresses"))),
        designations=tuple(
            _designation(p, reference=row["dataset"][:1_000], citation=CITATION) for p in dict.fromkeys(programmes)
        ),
        remarks="\n".join(sanctions),
    )


def _json_lines(documents: Documents) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(iter(lambda: documents[SENZING].readline(LONGEST_LINE), b""), start=1):
        if line.strip():
            yield number, _object(number, line)


def _object(number: int, line: bytes) -> dict[str, Any]:
    try:
        made = json.loads(line)
    except (ValueError, RecursionError):
        raise SourceChanged(f"{SENZING} line {number}: no JSON, or cut in the middle") from None
    if not isinstance(made, dict) or not isinstance(made.get("RECORD_ID"), str) or not made["RECORD_ID"]:
        raise SourceChanged(f"{SENZING} line {number}: no record with RECORD_ID")
    return made


def _senzing(number: int, record: dict[str, Any]) -> Party:
    def values(group: str, *keys: str) -> list[str]:
        rows = record.get(group)
        found = [row.get(k) for row in rows if isinstance(row, dict) for k in keys] if isinstance(rows, list) else []
        return [tidy(v) for v in found if isinstance(v, str) and v.strip()]

    kinds = {
        "PERSON": PartyKind.PERSON,
        "ORGANIZATION": PartyKind.ORGANIZATION,
        "VESSEL": PartyKind.VESSEL,
        "AIRCRAFT": PartyKind.AIRCRAFT,
    }
    kind = kinds.get(str(record.get("RECORD_TYPE", "")), PartyKind.UNKNOWN)
    topics = values("RISKS", "TOPIC")
    nationalities = codes(c.upper() for c in values("COUNTRIES", "NATIONALITY", "CITIZENSHIP"))
    dataset = str(record.get("DATA_SOURCE", ""))[:200]
    return party(
        f"{SENZING} line {number}",
        id=f"{ID}:{record['RECORD_ID'][:500]}",
        source=ID,
        kind=kind,
        aliases=names(
            (n, AliasKind.PRIMARY if p == 0 else AliasKind.STRONG)
            for p, n in enumerate(values("NAMES", "NAME_FULL", "NAME_ORG"))
        ),
        birth_dates=tuple(dict.fromkeys(d for v in values("DATES", "DATE_OF_BIRTH") for d in dates_in(v)))
        if kind is PartyKind.PERSON
        else (),
        countries=codes(
            [
                *nationalities,
                *(c.upper() for c in values("COUNTRIES", "COUNTRY_OF_ASSOCIATION", "REGISTRATION_COUNTRY")),
            ]
        ),
        nationalities=nationalities,
        addresses=tuple(ListedAddress(text=a) for a in dict.fromkeys(values("ADDRESSES", "ADDR_FULL"))),
        roles=tuple(f"topic: {t}" for t in dict.fromkeys(topics) if not LISTING.match(t)),
        designations=_designations(
            record["RECORD_ID"][:500], [dataset] if dataset else [], topics, [], str(record.get("URL") or "")
        ),
    )


def _is_entities(head: bytes) -> bool:
    line = (text_of(head).splitlines() or [""])[0]
    return line.lstrip().startswith("{") and '"schema"' in line and '"properties"' in line


def _is_senzing(head: bytes) -> bool:
    line = (text_of(head).splitlines() or [""])[0]
    return line.lstrip().startswith("{") and '"RECORD_ID"' in line


FORMATS = (
    Format("FollowTheMoney entities", (Document(ENTITIES, _is_entities),), parse_entities),
    Format(
        "simple table", (Document(SIMPLE, lambda head: {"id", "schema", "name"} <= set(first_row(head))),), parse_simple
    ),
    Format("Senzing records", (Document(SENZING, _is_senzing),), parse_senzing),
)

ftm = Source(
    id=ID,
    title="FollowTheMoney data set",
    publisher="whoever compiled it; handed over by the licence holder",
    url="https://followthemoney.tech/",
    formats=FORMATS,
    programme="FTM",
    cadence="as handed over",
    licence="the holder's own (OpenSanctions data: CC BY-NC 4.0 or a paid licence)",
    freshness=timedelta(hours=72),
    expect=range(1, 20_000_000),
)
"""Binds nobody: a compilation is a pointer to the lists it was made from."""
