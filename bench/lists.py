"""Other authorities' records of people and bodies, read as plainly as possible: names, birth dates, nothing else.

These readers are the benchmark's own on purpose: what they say about a list does not depend on the parsers that are measured.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree  # the files are local copies of official lists


@dataclass(frozen=True)
class Record:
    """A party as one authority writes it; ``births`` are dates at the precision given."""

    authority: str
    person: bool
    names: tuple[str, ...]
    births: tuple[str, ...] = ()


def text_of(path: Path, encoding: str = "utf-8-sig") -> str:
    """The text of a file, plain or gzipped."""
    body = path.read_bytes()
    return (gzip.decompress(body) if path.suffix == ".gz" else body).decode(encoding, errors="replace")


def newest(folder: Path, pattern: str) -> Path | None:
    """The file of this pattern whose name sorts last: names carry dates."""
    return max(folder.glob(pattern), default=None)


@cache
def records(data: Path) -> tuple[Record, ...]:
    """Every record of every list found under ``data``."""
    made: list[Record] = []
    for folder, pattern, read in (
        ("un", "UN_consolidated_*.xml*", un),
        ("eu", "eu_un_ofac_names_*.json*", eu),
        ("ca", "sema-lmes_*.xml*", ca),
        ("au", "regulation8_*.xlsx", au),
        ("uk", "ConList_20*.csv.gz", uk),
    ):
        if (path := newest(data / folder, pattern)) is not None:
            made.extend(r for r in read(path) if r.names)
    return tuple(made)


def _clean(*parts: str | None) -> str:
    return " ".join(" ".join(p for p in parts if p).split())


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for n in names if len(n) > 1))


def un(path: Path) -> Iterator[Record]:
    root = ElementTree.fromstring(text_of(path))
    for tag, person in (("INDIVIDUAL", True), ("ENTITY", False)):
        for node in root.iter(tag):
            names = [_clean(*(node.findtext(f"{n}_NAME") for n in ("FIRST", "SECOND", "THIRD", "FOURTH")))]
            names.append(_clean(node.findtext("NAME_ORIGINAL_SCRIPT")))
            names += [_clean(a.findtext("ALIAS_NAME")) for a in node.iter(f"{tag}_ALIAS")]
            births = [
                _clean(b.findtext("DATE")) or _clean(b.findtext("YEAR")) for b in node.iter(f"{tag}_DATE_OF_BIRTH")
            ]
            yield Record("un", person, _unique(names), tuple(b for b in births if b))


def eu(path: Path) -> Iterator[Record]:
    for row in json.loads(text_of(path))["entities"]:
        if "EU" not in row["source"]:
            continue
        births = [b for b in row["birthdates"] if re.fullmatch(r"(19|20)\d\d(-\d\d-\d\d)?", b)]
        names = _unique([_clean(n) for n in (row["name"], *row["aliases"])])
        yield Record("eu", row["type"] == "individual", names, tuple(b.removesuffix("-01-01") for b in births))


def ca(path: Path) -> Iterator[Record]:
    for node in ElementTree.fromstring(text_of(path)).iter("record"):
        last, given = node.findtext("LastName"), node.findtext("GivenName")
        body = node.findtext("EntityOrShip")
        names = [_clean(given, last)] if body is None else [_clean(body)]
        names += [_clean(n) for n in re.split(r"[;/]", node.findtext("Aliases") or "")]
        birth = node.findtext("DateOfBirthOrShipBuildDate") or ""
        yield Record("ca", body is None, _unique(names), (birth,) if re.match(r"\d{4}", birth) else ())


def au(path: Path) -> Iterator[Record]:
    """The sheet's rows, joined by the number before the letter of ``Reference``."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        strings = [
            "".join(t.text or "" for t in si.iter(f"{main}t"))
            for si in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in sheet.iter(f"{main}row"):
        cells: dict[str, str] = {}
        for cell in row:
            value = cell.findtext(f"{main}v")
            if value is not None:
                column = re.sub(r"\d", "", cell.get("r", ""))
                cells[column] = strings[int(value)] if cell.get("t") == "s" else value
        if number := re.match(r"\d+", cells.get("A", "")):
            groups[number.group()].append(cells)
    for rows in groups.values():
        births = tuple(y for c in rows for y in re.findall(r"\b(?:19|20)\d\d\b", c.get("E", "")) if len(c["E"]) < 60)
        yield Record("au", rows[0].get("C") == "Individual", _unique([_clean(c.get("B")) for c in rows]), births)


def uk(path: Path) -> Iterator[Record]:
    text = text_of(path, "cp1252").split("\n", 1)[1]
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(text)):
        groups[row["Group ID"]].append(row)
    for rows in groups.values():
        names = [_clean(*(r[f"Name {n}"] for n in (1, 2, 3, 4, 5, 6))) for r in rows]
        births = []
        for row in rows:
            if found := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", row["DOB"] or ""):
                day, month, year = found.groups()
                births.append(year if "00" in (day, month) else f"{year}-{month}-{day}")
        yield Record("uk", rows[0]["Group Type"] == "Individual", _unique(names), tuple(dict.fromkeys(births)))
