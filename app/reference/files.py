"""Reads the reference files into rows and parties; the models of ``app.core`` say what a row must be."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import yaml

from app.core.party import Party
from app.core.reference_rows import KINDS

EDITION = "2026-11-23"
PUBLISHED = date(2026, 11, 23)
"""The day research for this edition closed."""

SOURCE = "karez_reference"
TABLES = (
    ("place", "places.csv"),
    ("division", "divisions.csv"),
    ("false_friend", "false_friends.csv"),
    ("good", "goods.csv"),
    ("input", "inputs.csv"),
    ("signal", "signals.yaml"),
    ("import_order", "import_orders.yaml"),
    ("instrument", "instruments.yaml"),
    ("instrument", "instruments_other.yaml"),
    ("edge", "edges.yaml"),
)
LISTS = frozenset({"names", "aliases", "weak_aliases", "postal_prefixes", "phone_codes", "upstream_of"})
NUMBERS = frozenset({"latitude", "longitude", "share_percent"})


def load_rows() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Every reference row as ``(kind, JSON-ready row)``, its citation resolved, in the order of the files."""
    citations = _yaml("citations.yaml")
    rows = [(kind, _cited(row, citations)) for kind, name in TABLES for row in _table(name)]
    ring = json.loads(_text("outline.geojson"))["coordinates"][0]
    rows.append(
        (
            "outline",
            {
                "ring": ring,
                "source": "V: public boundary data of 2022, simplified",
                "verification": "V",
                "citation": citations["outline"],
            },
        )
    )
    areas = {row["code"]: (row["name_zh"], row["name_en"]) for row in csv.DictReader(io.StringIO(_text("areas.csv")))}
    rows.append(
        (
            "areas",
            {
                "names": areas,
                "source": "V: codes in force in April 2026 (mumuy/data_location, MIT); English names from GeoNames (CC BY 4.0)",
                "verification": "V",
                "citation": citations["areas"],
            },
        )
    )
    return tuple((kind, KINDS[kind].model_validate(row).model_dump(mode="json")) for kind, row in rows)


DETENTION_COLUMNS = ["name", "kind", "latitude", "longitude", "source", "url"]


def load_detention_sites(path: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The operator's own dataset of internment facilities and prisons, as reference rows; raises ``ValueError`` naming the line.

    A CSV file in UTF-8 with the columns of ``DETENTION_COLUMNS``; degrees, WGS 84. None is shipped: no dataset with free terms was found.
    """
    found: list[tuple[str, dict[str, Any]]] = []
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != DETENTION_COLUMNS:
            raise ValueError(f"{path}: the first line must be {','.join(DETENTION_COLUMNS)}")
        for row in reader:
            document = {
                "name": row["name"],
                "kind": row["kind"],
                "latitude": row["latitude"],
                "longitude": row["longitude"],
                "source": row["source"],
                "verification": "K",
                "citation": {"title": row["source"], "url": row["url"]},
            }
            try:
                found.append(
                    ("detention_site", KINDS["detention_site"].model_validate(document).model_dump(mode="json"))
                )
            except ValueError as error:
                raise ValueError(f"{path}, line {reader.line_num}: {error}") from error
    return tuple(found)


def load_parties() -> tuple[Party, ...]:
    """The listed parties of the reference, each designation with its citation."""
    citations = _yaml("citations.yaml")
    return tuple(
        Party.model_validate(
            {**row, "source": SOURCE, "designations": [_cited(d, citations) for d in row.get("designations", [])]}
        )
        for row in _yaml("parties.yaml")
    )


def digest() -> str:
    """SHA-256 (hex) of the canonical JSON of every row and party: the same facts, the same digest."""
    document = [load_rows(), [p.model_dump(mode="json") for p in load_parties()]]
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _text(name: str) -> str:
    return (files("app.reference") / name).read_text(encoding="utf-8")


def _yaml(name: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times as fast where it is built in
    return yaml.load(_text(name), Loader=loader)  # noqa: S506 - both are safe loaders


def _table(name: str) -> Iterator[dict[str, Any]]:
    if name.endswith(".yaml"):
        yield from _yaml(name)
        return
    for row in csv.DictReader(io.StringIO(_text(name))):
        yield {key: _cell(key, value) for key, value in row.items() if value or key in LISTS}


def _cell(key: str, value: str) -> Any:
    if key in LISTS:
        return [part.strip() for part in value.split(";") if part.strip()]
    if key in NUMBERS:
        return float(value)
    return int(value) if key == "share_year" else value


def _cited(row: dict[str, Any], citations: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in row.items() if k != "cites"}, "citation": citations[row["cites"]]}
