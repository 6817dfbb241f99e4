"""Real names that are not on the list: companies and factories of supplier files and registers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.sources.countries import country_code

from .lists import newest, text_of


@dataclass(frozen=True)
class Company:
    """A company or factory as its file writes it; ``han`` is its Chinese legal name where the file is bilingual."""

    name: str
    country: str | None
    file: str
    han: str = ""


FILES = (
    ("nike_imap_export_*.csv", "Factory Name", "Country / Region", 1),
    ("nike_factories_*.csv", "Factory Name", "Country", 0),
    ("apple_supplier_list_*.csv", "supplier_name", None, 0),
    ("oshub/facility_list_*.csv", "name", "country", 0),
    ("sec_companies_*.csv", "Name", None, 0),
    ("cn_a_share_bilingual_*.csv", "英文全称", None, 0),
    ("finance_database_companies_*.csv.gz", "name", "country", 0),
)
"""Pattern, name column, country column, lines before the header."""


@cache
def companies(data: Path) -> tuple[Company, ...]:
    """Every name of every supplier file under ``data``, each once, in a fixed order."""
    made: dict[str, Company] = {}
    for pattern, name, country, skip in FILES:
        for path in sorted((data / "suppliers").glob(pattern)):
            for company in _read(path, name, country, skip):
                made.setdefault(company.name.casefold(), company)
    return tuple(made.values())


def _read(path: Path, name: str, country: str | None, skip: int) -> Iterator[Company]:
    text = text_of(path).split("\n", skip)[skip]
    for row in csv.DictReader(io.StringIO(text)):
        if "website" in row and not row["website"]:
            continue  # rows without a website are securities rather than companies
        written = " ".join((row[name] or "").split())
        if len(written) < 3:
            continue
        code = country_code(row[country].title()) if country and row[country] else None
        yield Company(written, code or ("CN" if "股票全称" in row else None), path.name, row.get("股票全称") or "")


def trading_names(data: Path) -> list[str]:
    """Chinese trading names, for scale only."""
    path = newest(data / "suppliers", "cn_company_short_names*.gz")
    return [] if path is None else text_of(path).split()
