"""The rows of the Consolidated Screening List, from its CSV of 28 or 29 columns and from its JSON, as one kind of value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from app.core.party import ListedAddress
from app.errors import SourceChanged

from .countries import country_of
from .strict_rows import Layout, headed_rows

COLUMNS = (
    "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice", "start_date", "end_date",
    "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage",
    "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships", "dates_of_birth", "nationalities",
    "places_of_birth", "source_information_url", "ids",
)  # fmt: skip
LAYOUT = Layout(columns=COLUMNS, optional=("_id",))
"""``_id`` came in 2020: a hash of the row that changes with it, so it is no key."""

LISTS = frozenset(
    {"programs", "addresses", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth", "ids"}
)
TOP = frozenset({"results", "total", "sources", "sources_used", "search_performed_at", "offset", "size"})
STATES = frozenset(
    ["AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "PR"]
)  # fmt: skip
"""US states and territories: their codes at the end of an address without a country are no country."""


@dataclass(frozen=True)
class CslRow:
    """One row: plain fields by column, and the fields that hold several things."""

    where: str
    fields: Mapping[str, str]
    programmes: tuple[str, ...]
    addresses: tuple[ListedAddress, ...]
    other_names: tuple[str, ...]
    countries: tuple[str, ...]
    births: tuple[str, ...]
    places: tuple[str, ...]
    ids: tuple[tuple[str, ...], ...]
    """Each identifier as the parts it is printed in: label, number, country in today's order or the reverse."""

    def __getitem__(self, column: str) -> str:
        return self.fields.get(column, "")


def csv_rows(name: str, stream: IO[bytes]) -> Iterator[CslRow]:
    """Rows of the CSV; raises ``SourceChanged``."""
    stream.seek(0)
    for line, row in headed_rows(name, stream, LAYOUT):
        domestic = "(DPL)" in row["source"]
        yield CslRow(
            where=f"{name} line {line}",
            fields={column: row[column] for column in COLUMNS if column not in LISTS},
            programmes=_parts(row["programs"]),
            addresses=tuple(_address(text, domestic) for text in _parts(row["addresses"])),
            other_names=_parts(row["alt_names"]),
            countries=_parts(row["nationalities"]) + _parts(row["citizenships"]),
            births=_parts(row["dates_of_birth"]),
            places=_parts(row["places_of_birth"]),
            ids=tuple(tuple(part.split(", ")) for part in _parts(row["ids"])),
        )


def json_rows(name: str, stream: IO[bytes]) -> Iterator[CslRow]:
    """Rows of the JSON; raises ``SourceChanged``."""
    stream.seek(0)
    try:
        document = json.load(stream)
    except (ValueError, RecursionError) as error:
        raise SourceChanged(f"{name}: the JSON is broken or cut") from error
    if not isinstance(document, dict) or not isinstance(document.get("results"), list):
        raise SourceChanged(f"{name}: no list of results in it")
    if strange := sorted(set(document) - TOP):
        raise SourceChanged(f"{name}: unknown member {strange[0][:60]!r}")
    results = document["results"]
    total = document.get("total", len(results))
    if total != len(results):
        raise SourceChanged(f"{name}: says {total} results and holds {len(results)}")
    for number, result in enumerate(results):
        yield _result(f"{name} result {number}", result)


def _result(where: str, result: Any) -> CslRow:
    if not isinstance(result, dict):
        raise SourceChanged(f"{where}: not an object")
    known = {*COLUMNS, "id", "_id", "country"}
    if strange := sorted(set(result) - known):
        raise SourceChanged(f"{where}: unknown member {strange[0][:60]!r}")
    if missing := sorted({"source", "name"} - set(result)):
        raise SourceChanged(f"{where}: lacks {missing[0]!r}")
    return CslRow(
        where=where,
        fields={column: _plain(where, column, result.get(column)) for column in COLUMNS if column not in LISTS},
        programmes=_texts(where, "programs", result),
        addresses=tuple(_located(where, address) for address in _many(where, "addresses", result)),
        other_names=_joined(_texts(where, "alt_names", result)),
        countries=_texts(where, "nationalities", result) + _texts(where, "citizenships", result),
        births=_texts(where, "dates_of_birth", result),
        places=_texts(where, "places_of_birth", result),
        ids=tuple(_identifier(where, item) for item in _many(where, "ids", result)),
    )


def _plain(where: str, column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return " ".join(str(value).split())
    raise SourceChanged(f"{where}: {column} is no text")


def _many(where: str, column: str, result: Mapping[str, Any]) -> list[Any]:
    value = result.get(column)
    if value is None or value == "":
        return []
    if not isinstance(value, list):
        raise SourceChanged(f"{where}: {column} is no list")
    return value


def _texts(where: str, column: str, result: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(text for item in _many(where, column, result) if (text := _plain(where, column, item)))


def _members(where: str, item: Any, known: tuple[str, ...]) -> dict[str, str]:
    if not isinstance(item, dict) or set(item) - set(known):
        raise SourceChanged(f"{where}: an address or identifier with unknown members")
    return {key: _plain(where, key, item.get(key)) for key in known}


def _located(where: str, item: Any) -> ListedAddress:
    made = _members(where, item, ("address", "city", "state", "postal_code", "country"))
    return ListedAddress(
        text=made["address"],
        city=made["city"],
        region=made["state"],
        postal_code=made["postal_code"],
        country=made["country"],
    )


def _identifier(where: str, item: Any) -> tuple[str, ...]:
    made = _members(where, item, ("type", "number", "country", "issue_date", "expiration_date"))
    return tuple(part for part in (made["type"], made["number"], made["country"]) if part)


def _parts(cell: str) -> tuple[str, ...]:
    """A cell of several things, each after ``; ``; the last may begin with *and*."""
    parts = (re.sub(r"^and\s+", "", part.strip()) for part in re.split(r";\s+|;$", cell))
    return tuple(part for part in parts if part)


def _joined(texts: Iterable[str]) -> tuple[str, ...]:
    """Names, of which some publishers put several in one."""
    return tuple(part for text in texts for part in _parts(text))


def _address(text: str, domestic: bool) -> ListedAddress:
    """``Street, City, CC``: the country is the last part, where it is one."""
    head, _, last = text.rpartition(", ")
    if country_of(last) is None or (domestic and last in STATES):
        return ListedAddress(text=text)
    return ListedAddress(text=head, country=last)
