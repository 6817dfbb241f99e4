"""A buyer's own lists, negative and positive, from CSV or XLSX, with the mapping of columns kept as data beside the list.

A negative row is the buyer's own policy, never a law. A positive row (cleared, known good) is information that is shown with a hit: it lowers nothing.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import IO, Any

import yaml

from app.core.party import Alias, AliasKind, Designation, Identifier, ListedAddress, Party, PartyKind
from app.core.source import Document, Documents, Format, Source
from app.core.values import Citation
from app.errors import SourceChanged

from .assemble import codes, names, party, tidy, together
from .countries import country_of
from .partial_dates import dates_in, exact_day
from .sniff import ZIP, is_html, is_xlsx, root_of, text_of
from .workbook import Cell, headed, text, xlsx_rows

ID = "own"
CSV, XLSX, MAPPING = "own.csv", "own.xlsx", "mapping.yaml"
CITATION = Citation(
    title="The buyer's own list: company policy under due diligence (OECD Due Diligence Guidance for Responsible Business Conduct)",
    url="https://mneguidelines.oecd.org/due-diligence-guidance-for-responsible-business-conduct.htm",
)
LARGEST_MAPPING = 256 * 1024
KINDS = {
    "": PartyKind.UNKNOWN,
    **dict.fromkeys(("person", "individual", "natural person"), PartyKind.PERSON),
    **dict.fromkeys(("organization", "organisation", "company", "entity", "legal entity"), PartyKind.ORGANIZATION),
    **dict.fromkeys(("government body", "government", "public body"), PartyKind.GOVERNMENT_BODY),
    **dict.fromkeys(("vessel", "ship"), PartyKind.VESSEL),
    "aircraft": PartyKind.AIRCRAFT,
}
NUMBERS = ("uscc", "lei", "registration", "tax", "passport", "national_id", "imo", "website")
FIELDS = (
    "name", "list", "id", "aliases", "former_names", "kind", "country", "address", "city", "region", "postal_code", "birth_date", *NUMBERS,
    "reason", "reference", "added_on", "until",
)  # fmt: skip
_MAPPING = re.compile(
    r"(?:\s*#[^\n]*\n)*\s*(?:---\s*\n\s*)?\{?\s*[\"']?(?:columns|values|fixed|ignore|split)[\"']?\s*:"
)


def parse(documents: Documents) -> Iterator[Party]:
    """Read the table with the built-in mapping and what the mapping handed over changes in it; raises ``SourceChanged``."""
    mapping = _mapping(documents)
    name = CSV if CSV in documents else XLSX
    rows = _csv_rows(documents[CSV]) if name == CSV else xlsx_rows(XLSX, documents[XLSX])
    found = headed(name, _fields(name, rows, mapping), ("name",), (*FIELDS, *IGNORED))
    return together(_row(f"{name} row {number}", row, mapping) for number, row in found)


IGNORED = tuple(f"ignored {n}" for n in range(400))


@cache
def _built_in() -> dict[str, Any]:
    return dict(_yaml(files("app.sources").joinpath("own_columns.yaml").read_text(encoding="utf-8")))


def _yaml(said: str) -> Any:
    """YAML or JSON in which every word is a text: ``no`` is no boolean and builds no object."""
    return yaml.load(said, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader makes texts, lists and mappings only


def _mapping(documents: Documents) -> dict[str, Any]:
    """The built-in mapping, its columns and values replaced where the one handed over names them."""
    built_in = _built_in()
    made: dict[str, Any] = {k: dict(v) if isinstance(v, dict) else v for k, v in built_in.items()}
    if MAPPING not in documents:
        return made
    body = documents[MAPPING].read(LARGEST_MAPPING + 1)
    if len(body) > LARGEST_MAPPING:
        raise SourceChanged(f"{MAPPING} is larger than {LARGEST_MAPPING} bytes")
    if b"&" in body and re.search(rb"(?:^|[\s:\[{,-])[&*][A-Za-z0-9_]", body):
        raise SourceChanged(f"{MAPPING}: anchors and aliases are not read")
    try:
        own = _yaml(body.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError):
        raise SourceChanged(f"{MAPPING}: neither YAML nor JSON in UTF-8") from None
    if not isinstance(own, dict) or set(own) - set(made):
        raise SourceChanged(f"{MAPPING}: a mapping of {', '.join(made)}, and nothing else")
    for section in ("columns", "values", "fixed"):
        given = own.get(section) or {}
        known = ("negative", "positive") if section == "values" else FIELDS
        if not isinstance(given, dict) or set(given) - set(known):
            raise SourceChanged(f"{MAPPING}: {section} knows {', '.join(known)}")
        made[section].update(
            {k: v if section == "fixed" else [v] if isinstance(v, str) else v for k, v in given.items()}
        )
        if section != "fixed" and not all(
            isinstance(v, list) and all(isinstance(w, str) for w in v) for v in made[section].values()
        ):
            raise SourceChanged(f"{MAPPING}: {section} are words or lists of words")
    ignore = own.get("ignore", [])
    made["ignore"] = [ignore] if isinstance(ignore, str) else ignore
    made["split"] = own.get("split", made["split"])
    if (
        not isinstance(made["split"], str)
        or not isinstance(made["ignore"], list)
        or not all(isinstance(w, str) for w in made["ignore"])
    ):
        raise SourceChanged(f"{MAPPING}: split is a text of separators, ignore a list of column names")
    return made


def _fields(
    name: str, rows: Iterator[tuple[int, list[Cell]]], mapping: dict[str, Any]
) -> Iterator[tuple[int, list[Cell]]]:
    """The rows with the fields' names in place of the columns': every column is a field or ignored by name."""
    words = {_word(w): field for field, said in mapping["columns"].items() for w in (field, *said)}
    ignored = {_word(w) for w in mapping["ignore"]}
    started = False
    for number, row in rows:
        if started or not any(not isinstance(c, str) or c.strip() for c in row):
            yield number, row
            continue
        started = True
        header: list[Cell] = []
        for position, cell in enumerate(row):
            word = _word(text(cell))
            if word in ignored or (word and "*" in mapping["ignore"] and word not in words):
                header.append(f"ignored {position}")
            elif word and word not in words:
                raise SourceChanged(
                    f"{name} row {number}: no field for the column {text(cell)[:60]!r}: name it in {MAPPING} under columns or ignore"
                )
            else:
                header.append(words[word] if word else "")
        yield number, header


def _word(said: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", said).casefold().replace("_", " "))) or (
        "*" if said.strip() == "*" else ""
    )


def _csv_rows(stream: IO[bytes]) -> Iterator[tuple[int, list[Cell]]]:
    body = stream.read()
    if not body.strip():
        raise SourceChanged(f"{CSV} is empty")
    encoding = "utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        decoded = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceChanged(
            f"{CSV} line {body[: error.start].count(10) + 1}: a byte that is not {encoding.upper().removesuffix('-SIG')}; save it as UTF-8"
        ) from None
    if "\x00" in decoded:
        raise SourceChanged(f"{CSV}: a NUL character")
    if decoded.lstrip()[:1] in ("<", "{", "["):
        raise SourceChanged(f"{CSV} line 1: markup or JSON, not a table")
    first = decoded.splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, list(row)
    except csv.Error as error:
        raise SourceChanged(f"{CSV} line {reader.line_num}: {error}") from None


def _row(where: str, row: dict[str, Cell], mapping: dict[str, Any]) -> Party:
    cells = {
        field: tidy(text(row.get(field, ""))) or tidy(str(mapping["fixed"].get(field, "") or "")) for field in FIELDS
    }
    if not cells["name"]:
        raise SourceChanged(f"{where}: a row without a name")

    def parts(field: str) -> list[str]:
        return (
            [p for p in (tidy(p) for p in re.split(f"[{re.escape(mapping['split'])}]", cells[field])) if p]
            if mapping["split"]
            else [cells[field]]
        )

    kind = KINDS.get(_word(cells["kind"]))
    if kind is None:
        raise SourceChanged(f"{where}: unknown kind; known: {', '.join(k for k in KINDS if k)}")
    countries = [country_of(c.upper()) or next(iter(codes([c])), None) for c in parts("country")]
    if None in countries:
        raise SourceChanged(f"{where}: the country is neither a name nor a code")
    births = dates_in(cells["birth_date"])
    if cells["birth_date"] and not births:
        raise SourceChanged(f"{where}: the birth date cannot be read")
    address = ListedAddress(
        **{f: cells[f] for f in ("city", "region", "postal_code")},
        text=cells["address"],
        country=countries[0] or "" if countries else "",
    )
    found = [
        (cells["name"], AliasKind.PRIMARY),
        *((n, AliasKind.STRONG) for n in parts("aliases")),
        *((n, AliasKind.FORMER) for n in parts("former_names")),
    ]
    key = cells["id"] or _key(cells["name"], *(c or "" for c in countries))
    return party(
        where,
        id=f"{ID}:{key[:200]}",
        source=ID,
        kind=kind,
        aliases=_bounded(where, names(found)),
        identifiers=tuple(Identifier(scheme=s, value=v) for s in NUMBERS for v in parts(s)),
        birth_dates=births if kind in (PartyKind.PERSON, PartyKind.UNKNOWN) else (),
        countries=codes(c for c in countries if c),
        addresses=(address,) if any((cells["address"], cells["city"], cells["region"], cells["postal_code"])) else (),
        designations=(_designation(where, cells, mapping),),
        remarks=cells["reason"],
    )


def _bounded(where: str, found: tuple[Alias, ...]) -> tuple[Alias, ...]:
    if len(found) > 500:
        raise SourceChanged(f"{where}: more than 500 names")
    return found


def _key(*parts: str) -> str:
    """A key from name and country, the same as long as they are: for a list without one of its own."""
    folded = "|".join(" ".join(unicodedata.normalize("NFKC", p).casefold().split()) for p in parts)
    return hashlib.sha256(folded.encode()).hexdigest()[:20]


def _designation(where: str, cells: dict[str, str], mapping: dict[str, Any]) -> Designation:
    said = _word(cells["list"]) or ("-" if cells["list"] == "-" else "+" if cells["list"] == "+" else "")
    sides = [side for side, words in mapping["values"].items() if said in {_word(w) or w for w in (side, *words)}]
    if len(sides) != 1:
        raise SourceChanged(
            f"{where}: {'neither negative nor positive' if said else 'no side said'}: fill the column list, or fix it in {MAPPING}"
        )
    return Designation(
        instrument="OWN_POLICY",
        list=ID,
        programme=sides[0],
        listed_on=_day(where, "added_on", cells),
        ended_on=_day(where, "until", cells),
        extends_to="INFORMATION" if sides[0] == "positive" else "",
        reference=cells["reference"][:1_000],
        basis=cells["reason"][:2_000],
        citation=CITATION,
    )


def _day(where: str, field: str, cells: dict[str, str]) -> date | None:
    """Year first, or a spreadsheet's own date: 03/04/2026 is two days."""
    return exact_day(cells[field], f"{where}: {field} is written year first, 2026-04-03")


def _is_mapping(head: bytes) -> bool:
    return not head.startswith(ZIP) and _MAPPING.match(text_of(head)) is not None


def _is_table(head: bytes) -> bool:
    """Any text with columns: the mapping says which."""
    plain = text_of(head)
    return (
        not head.startswith(ZIP)
        and not is_html(head)
        and root_of(head) is None
        and plain.lstrip()[:1] not in ("{", "[", "")
        and not _is_mapping(head)
    )


FORMATS = (
    Format("CSV", (Document(CSV, _is_table), Document(MAPPING, _is_mapping, required=False)), parse),
    Format("XLSX", (Document(XLSX, is_xlsx), Document(MAPPING, _is_mapping, required=False)), parse),
)

own = Source(
    id=ID,
    title="The buyer's own lists",
    publisher="the buyer",
    url=CITATION.url,
    formats=FORMATS,
    programme="OWN",
    cadence="whenever the buyer changes it",
    licence="the buyer's own",
    freshness=timedelta(days=366),
    expect=range(1, 2_000_000),
)
"""Binds nobody by law: its negative rows weigh as the buyer's own policy."""
