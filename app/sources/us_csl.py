"""The Consolidated Screening List of the U.S. government: the lists of BIS, State and Treasury in one file, as CSV and as JSON."""

from __future__ import annotations

from datetime import timedelta

from app.core.party import Party
from app.core.source import Document, Documents, Format, Source

from .csl_party import ID, ORIGINS, URL, to_parties
from .csl_rows import LAYOUT, csv_rows, json_rows
from .refusal import named_document
from .sniff import is_json
from .strict_rows import has_header

CSV, JSON = "consolidated.csv", "consolidated.json"
FOLDER = "https://data.trade.gov/downloadable_consolidated_screening_list/v1/"
API = "https://api.trade.gov/static/consolidated_screening_list/"


def _is_csv(head: bytes) -> bool:
    """The header in any order, or one that shares most of its columns and lost or gained some, which the parser names."""
    first = head.split(b"\n", 1)[0]
    return has_header(first + b"\n", LAYOUT) or (
        not is_json(head) and sum(name.encode() in first for name in LAYOUT.columns) > 20
    )


def _is_json(head: bytes) -> bool:
    return is_json(head) and (b'"results"' in head or b'"source_list_url"' in head or b'"alt_names"' in head)


def _parse_csv(documents: Documents) -> tuple[Party, ...]:
    with named_document(CSV):
        return to_parties(csv_rows(CSV, documents[CSV]))


def _parse_json(documents: Documents) -> tuple[Party, ...]:
    with named_document(JSON):
        return to_parties(json_rows(JSON, documents[JSON]))


us_csl = Source(
    id=ID,
    title="Consolidated Screening List",
    publisher="U.S. Department of Commerce, International Trade Administration",
    url=URL,
    formats=(
        Format(name="CSV", documents=(Document(CSV, sniff=_is_csv, url=f"{FOLDER}{CSV}"),), parse=_parse_csv),
        Format(name="JSON", documents=(Document(JSON, sniff=_is_json, url=f"{API}{JSON}"),), parse=_parse_json),
    ),
    carries=tuple(dict.fromkeys(origin.list for origin in ORIGINS.values())),
    hosts=("data.trade.gov", "api.trade.gov"),
    programme="CSL",
    cadence="daily",
    every=timedelta(hours=24),
    licence="U.S. government work, public domain",
    freshness=timedelta(hours=48),
    expect=range(5_000, 200_000),
)
"""It binds nobody itself: the lists that it brings do, each as far as its own entry says."""
