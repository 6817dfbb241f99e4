"""The two CSV layouts of UK lists: many rows an entry, one for each combination of its names, addresses and dates."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO

from app.errors import SourceChanged

from .assemble import tidy
from .partial_dates import exact_day
from .strict_rows import Layout, headed_rows
from .uk_entry import REFERENCE, UN_REFERENCE, Entry, address, numbered

CSV = "UK-Sanctions-List.csv"
CONLIST = "ConList.csv"

NAMES = ("Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5")
_UKSL = (
    "Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", *NAMES, "Name type", "Alias strength", "Title", "Name non-latin script",
    "Non-latin script type", "Non-latin script language", "Regime Name", "Designation source", "Sanctions Imposed", "Other Information",
    "UK Statement of Reasons", *(f"Address Line {n}" for n in range(1, 7)), "Address Postal Code", "Address Country", "Phone number", "Website",
    "Email address", "Date Designated", "D.O.B", "Nationality(/ies)", "National Identifier number", "National Identifier additional information",
    "Passport number", "Passport additional information", "Position", "Gender", "Town of birth", "Country of birth", "Type of entity", "Subsidiaries",
    "Parent company", "Business registration number (s)", "IMO number", "Current owner/operator (s)", "Previous owner/operator (s)",
    "Current believed flag of ship", "Previous flags", "Type of ship", "Tonnage of ship", "Length of ship", "Year Built",
)  # fmt: skip
LAYOUT = Layout(
    columns=_UKSL, optional=("Designation Type", "Individual, Entity, Ship", "Hull identification number (HIN)")
)

_OFSI = (
    *NAMES, "Title", "DOB", "Town of Birth", "Country of Birth", "Nationality", "Passport Details", "Position",
    *(f"Address {n}" for n in range(1, 7)), "Post/Zip Code", "Country", "Other Information", "Group Type", "Alias Type", "Regime", "Listed On",
    "Last Updated", "Group ID",
)  # fmt: skip
_OFSI_SINCE_2020 = (
    "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language", "Passport Number", "National Identification Number", "NI Details",
    "National Identification Details", "NI Number", "Alias Quality", "UK Sanctions List Date Designated",
)  # fmt: skip


def csv_entries(stream: IO[bytes]) -> Iterator[Entry]:
    """The entries of the UK Sanctions List's CSV; raises ``SourceChanged``."""
    rows = headed_rows(CSV, _untitled(CSV, stream, "Report Date:"), LAYOUT)
    return full_entries((f"{CSV} line {line}", row) for line, row in rows)


def full_entries(rows: Iterable[tuple[str, dict[str, str]]]) -> Iterator[Entry]:
    """The entries that rows of the full layout make, each row with its place; raises ``SourceChanged``."""
    made: dict[str, Entry] = {}
    for where, row in rows:
        unique = row.pop("Unique ID")
        if not re.fullmatch(r"[A-Z]{2,5}[0-9]{3,6}", unique):
            raise SourceChanged(f"{where}: no unique id")
        kind = row.pop("Designation Type", "") or row.pop("Individual, Entity, Ship", "")
        entry = made.setdefault(unique, Entry(where, unique_id=unique, kind=kind))
        entry.group_id = row["OFSI Group ID"] or entry.group_id
        entry.united_nations = row["UN Reference Number"] or entry.united_nations
        if kind != entry.kind:
            raise SourceChanged(f"{where}: the rows of one entry disagree on what it is")
        entry.names.append((_name(row), row["Name type"], row["Alias strength"]))
        entry.scripts.append(row["Name non-latin script"])
        entry.regimes.append(
            (tidy(row["Regime Name"]), exact_day(row["Date Designated"], f"{where}: Date Designated", order="dmy"))
        )
        entry.measures += row["Sanctions Imposed"].split("|")
        entry.addresses.append(
            address([row[f"Address Line {n}"] for n in range(1, 7)], row["Address Postal Code"], row["Address Country"])
        )
        entry.births += [row["D.O.B"]]
        entry.places += [", ".join(filter(None, (row["Town of birth"], row["Country of birth"])))]
        entry.nationalities += [row["Nationality(/ies)"]]
        entry.genders += [row["Gender"]]
        entry.roles += [row["Title"], row["Position"]]
        entry.flags += [row["Current believed flag of ship"]]
        _numbers(entry, row)
        entry.remarks += [
            row["UK Statement of Reasons"],
            row["Other Information"],
            f"Designated by: {row['Designation source']}",
        ]
        entry.remarks += [
            f"{c}: {row[c]}"
            for c in (
                "Type of entity",
                "Previous flags",
                "Type of ship",
                "Tonnage of ship",
                "Length of ship",
                "Year Built",
            )
            if row[c]
        ]
    return iter(made.values())


def _numbers(entry: Entry, row: dict[str, str]) -> None:
    entry.identifiers += [
        ("national_id", row["National Identifier number"]),
        ("passport", row["Passport number"]),
        ("registration", row["Business registration number (s)"]),
        ("imo", row["IMO number"].upper().removeprefix("IMO").strip()),
        ("hull", row.get("Hull identification number (HIN)", "")),
        ("phone", row["Phone number"]),
        ("email", row["Email address"]),
        ("website", row["Website"]),
    ]
    entry.related += [
        ("parent_of", row["Subsidiaries"]),
        ("subsidiary_of", row["Parent company"]),
        ("vessel_owner", row["Current owner/operator (s)"]),
        ("former_vessel_owner", row["Previous owner/operator (s)"]),
    ]
    entry.remarks += [
        f"{c}: {row[c]}"
        for c in ("National Identifier additional information", "Passport additional information")
        if row[c]
    ]


def conlist_entries(stream: IO[bytes]) -> Iterator[Entry]:
    """The entries of OFSI's closed list, 29 columns (2018) or 36 (2020 on), UTF-8 or Windows-1252; raises ``SourceChanged``."""
    body = _untitled(CONLIST, io.BytesIO(_utf8(stream)), "Last Updated,")
    layout = Layout(columns=_OFSI, optional=_OFSI_SINCE_2020)
    made: dict[str, Entry] = {}
    for line, row in headed_rows(CONLIST, body, layout):
        where = f"{CONLIST} line {line}"
        group = row["Group ID"]
        if not re.fullmatch(r"[0-9]{1,9}", group):
            raise SourceChanged(f"{where}: Group ID is not a number")
        entry = made.setdefault(group, Entry(where, group_id=group, kind=row["Group Type"]))
        if row["Group Type"] != entry.kind:
            raise SourceChanged(f"{where}: the rows of one group disagree on what it is")
        entry.names.append((_name(row), row["Alias Type"], row.get("Alias Quality", "")))
        entry.scripts.append(row.get("Name Non-Latin Script", ""))
        listed = row.get("UK Sanctions List Date Designated") or row["Listed On"]
        days = [exact_day(text, f"{where}: Listed On", order="dmy") for text in (listed, row["Listed On"]) if text]
        entry.regimes += [(tidy(row["Regime"]), day) for day in days] or [(tidy(row["Regime"]), None)]
        entry.addresses.append(
            address([row[f"Address {n}"] for n in range(1, 7)], row["Post/Zip Code"], row["Country"])
        )
        entry.births += [row["DOB"]]
        entry.places += [", ".join(filter(None, (row["Town of Birth"], row["Country of Birth"])))]
        entry.nationalities += [row["Nationality"]]
        entry.roles += [row["Title"], row["Position"]]
        _documents(entry, row)
        said = row["Other Information"]
        entry.remarks.append(said)
        if match := REFERENCE.search(said):
            entry.unique_id = match[1]
        match = UN_REFERENCE.search(said)
        if match and match[1][-5].lower() == ("i" if entry.kind == "Individual" else "e"):
            entry.united_nations = match[1]  # of its own kind: remarks on a person name groups too
    return iter(made.values())


def _documents(entry: Entry, row: dict[str, str]) -> None:
    """Numbers of documents: a column of their own since 2020, prose before."""
    number = row.get("Passport Number")
    entry.identifiers += [
        ("passport", n) for n in ([number] if number is not None else numbered(row["Passport Details"]))
    ]
    number = row.get("National Identification Number", row.get("NI Number", ""))
    entry.identifiers += [("national_id", n) for n in numbered(number)]
    for column in ("Passport Details", "NI Details", "National Identification Details"):
        if row.get(column):
            entry.remarks.append(f"{column}: {row[column]}")


def _name(row: dict[str, str]) -> str:
    """Given names, then the sixth part: the surname, or the whole name of an organisation or ship."""
    return " ".join(filter(None, (*(row[n] for n in NAMES[1:]), row["Name 6"])))


def _untitled(name: str, stream: IO[bytes], starts: str) -> IO[bytes]:
    """The file with a blank for the line above the header, which says when the list was made; a copy may have lost it."""
    line = stream.readline(10_000)
    if not line.strip():
        raise SourceChanged(f"{name} is empty" if not line else f"{name} line 1: blank")
    titled = line.removeprefix(b"\xef\xbb\xbf").lstrip(b'"').startswith(starts.encode()) and b"Unique ID" not in line
    return io.BytesIO((b"\r\n" if titled else line) + stream.read())


def _utf8(stream: IO[bytes]) -> bytes:
    body = stream.read()
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return body.decode("cp1252").encode()
        except UnicodeDecodeError as error:
            raise SourceChanged(
                f"{CONLIST} line {body[: error.start].count(10) + 1}: neither UTF-8 nor Windows-1252"
            ) from None
    return body
