"""The flat forms of a FollowTheMoney data set: the simple table and Senzing records, one party a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from app.core.party import AliasKind, Identifier, ListedAddress, Party, PartyKind
from app.errors import SourceChanged

from .assemble import codes, names, party, tidy
from .ftm_join import LONGEST_LINE, PARTIES
from .ftm_party import CITATION, ID, KINDS, LISTING, designation, designations_of
from .partial_dates import dates_in
from .strict_rows import Layout, headed_rows

SIMPLE, SENZING = "targets.simple.csv", "senzing.json"
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


def simple_rows(stream: IO[bytes]) -> Iterator[Party]:
    """The parties of the simple table; raises ``SourceChanged`` with line and reason."""
    return (_row(line, row) for line, row in headed_rows(SIMPLE, stream, SIMPLE_LAYOUT) if row["schema"] in PARTIES)


def senzing_records(stream: IO[bytes]) -> Iterator[Party]:
    """The parties of Senzing records; raises ``SourceChanged`` with line and reason."""
    return (_senzing(number, line) for number, line in _json_lines(stream))


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
            designation(p, reference=row["dataset"][:1_000], citation=CITATION) for p in dict.fromkeys(programmes)
        ),
        remarks="\n".join(sanctions),
    )


def _json_lines(stream: IO[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE), b""), start=1):
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
        designations=designations_of(
            record["RECORD_ID"][:500], [dataset] if dataset else [], topics, [], str(record.get("URL") or "")
        ),
    )
