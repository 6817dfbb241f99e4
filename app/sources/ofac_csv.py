"""OFAC's legacy CSV set: a primary file with addresses, aliases and overflowing remarks beside it, joined by number.

No header; CRLF; a final 0x1A; ``-0-`` is null; several programmes share a cell as ``GLOMAG] [UHRPA``; remarks beyond 1,000 characters
continue in the comments file. The companions may be absent (an edition of the primary file alone has the names that its remarks give).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from app.core.party import AliasKind, ListedAddress, Party, PartyKind
from app.core.source import Document, Documents, Format
from app.errors import SourceChanged

from .countries import country_code
from .ofac_party import Entry, OfacList, by_name, refuse_other_list, to_party
from .ofac_remarks import read_remarks
from .sniff import first_row
from .strict_rows import Layout, plain_rows

KINDS = {
    "": PartyKind.ORGANIZATION,
    "individual": PartyKind.PERSON,
    "vessel": PartyKind.VESSEL,
    "aircraft": PartyKind.AIRCRAFT,
}
ALIASES = {"aka": AliasKind.STRONG, "fka": AliasKind.FORMER, "nka": AliasKind.STRONG}
ORPHANS_TOLERATED = 0.01
"""Share of address or alias rows without a party above which the files belong to different editions."""

REPEATS_TOLERATED, ENOUGH = 1, 1_000
"""Rows with another party's number that are kept, in a file of so many rows before them; more are damage."""

WIDTHS = (12, 6, 5, 2)
Row = list[str]


@dataclass(frozen=True)
class CsvSet:
    """The file names of one list's set."""

    primary: str
    addresses: str
    aliases: str
    comments: str

    @property
    def names(self) -> tuple[str, str, str, str]:
        return (self.primary, self.addresses, self.aliases, self.comments)


def legacy_csv(of: OfacList, files: CsvSet, *, folder: str) -> Format:
    """The format of a list; ``folder`` is the address its files are fetched from."""

    def parse(documents: Documents) -> tuple[Party, ...]:
        return _parse(documents, of, files)

    return Format(
        name="legacy CSV",
        documents=tuple(
            Document(name, sniff=_looks_like(width), url=f"{folder}{name}", required=name == files.primary)
            for name, width in zip(files.names, WIDTHS, strict=True)
        ),
        parse=parse,
    )


def _looks_like(width: int) -> Callable[[bytes], bool]:
    """A headless file of OFAC's set by its first row; the primary file also when cells of it were lost, which the parser reports."""

    def sniff(head: bytes) -> bool:
        row = first_row(head)
        return bool(row) and row[0].isdecimal() and (len(row) == width or (width == 12 and len(row) > 6))

    return sniff


def _parse(documents: Documents, of: OfacList, files: CsvSet) -> tuple[Party, ...]:
    if files.primary not in documents:
        raise SourceChanged(f"{of.id} needs {files.primary}; got {', '.join(sorted(documents)) or 'nothing'}")
    parties = _primary(documents, files.primary)
    refuse_other_list(files.primary, of, [_tags(row[3]) for row in parties.values()])
    addresses = _grouped(files.addresses, 6, documents, parties)
    aliases = _grouped(files.aliases, 5, documents, parties)
    comments = _grouped(files.comments, 2, documents, parties)
    names = by_name({number: row[1] for number, row in parties.items()})
    made = []
    for key, row in parties.items():
        found = [rows.get(key, []) for rows in (addresses, aliases, comments)]
        party = to_party(_entry(key, row, found[0], found[1], found[2], files), of, names)
        made.append(party if key == row[0] else _unnumbered(party, row[0], files))
    return tuple(made)


def _primary(documents: Documents, name: str) -> dict[str, Row]:
    """The rows by number; a row that somebody gave the number of another party, by that number and its name.

    OFAC's numbers ascend. A row that breaks the order with a number already seen is another party whose own number is lost; where that
    does not tell which of two rows is the broken one, or there are several, the file is damaged.
    """
    made: dict[str, Row] = {}
    last, broken = 0, 0
    for line, row in _rows(name, 12, documents):
        number = row[0]
        if made.get(number) == row:
            continue  # the same row saved twice says nothing new
        if row[2] not in KINDS:
            raise SourceChanged(f"{name} line {line}: unknown type in the third column")
        if not row[1] or not row[3]:
            raise SourceChanged(f"{name} line {line}: a party without {'name' if not row[1] else 'programme'}")
        if number in made:
            broken += 1
            if int(number) >= last or broken > REPEATS_TOLERATED or len(made) < ENOUGH:
                raise SourceChanged(f"{name} line {line}: number {number} stands twice")
            number = f"{number}-{re.sub(r'[^a-z0-9]+', '-', row[1].lower()).strip('-')}"
            if number in made:
                raise SourceChanged(f"{name} line {line}: number and name of another row")
        else:
            last = max(last, int(number))
        made[number] = row
    return made


def _unnumbered(party: Party, number: str, files: CsvSet) -> Party:
    """A party whose row has another's number: that number is not its own, and says nothing of who it is."""
    note = f"{files.primary} gives this row the number {number} of another party; its own is not known."
    return party.model_copy(
        update={
            "identifiers": tuple(i for i in party.identifiers if i.scheme != "ofac"),
            "designations": tuple(d.model_copy(update={"reference": ""}) for d in party.designations),
            "remarks": f"{party.remarks} {note}".strip(),
        }
    )


def _rows(name: str, width: int, documents: Documents) -> Iterator[tuple[int, Row]]:
    """The rows of one file, nulls as empty cells, the number checked.

    The last cell keeps its spaces: a remark is cut at 1,000 characters, between two words as well.
    """
    stream = documents[name]
    stream.seek(0)
    for line, cells in plain_rows(name, stream, Layout(width=width, encoding="ascii", end=b"\x1a", strip=False)):
        row = ["" if cell.strip() == "-0-" else cell.strip() for cell in cells[:-1]]
        row.append("" if cells[-1].strip() == "-0-" else cells[-1])
        if not re.fullmatch(r"[0-9]{1,9}", row[0]):
            raise SourceChanged(f"{name} line {line}: the first column is not a number")
        yield line, row


def _grouped(name: str, width: int, documents: Documents, parties: Mapping[str, Row]) -> dict[str, list[Row]]:
    """Rows of a companion file by party; too many rows without a party mean another edition's file."""
    made: dict[str, list[Row]] = defaultdict(list)
    if name not in documents:
        return made
    orphans = count = 0
    for line, row in _rows(name, width, documents):
        count += 1
        orphans += row[0] not in parties
        if width == 5 and row[2] not in ALIASES:
            raise SourceChanged(f"{name} line {line}: unknown alias type in the third column")
        made[row[0]].append(row)
    if width > 2 and orphans > ORPHANS_TOLERATED * count:
        raise SourceChanged(
            f"{name}: {orphans} of {count} rows name no party of the primary file, so the files are of different editions"
        )
    return made


def _entry(
    number: str, row: Row, addresses: list[Row], aliases: list[Row], comments: list[Row], files: CsvSet
) -> Entry:
    text = (row[11] + "".join(c[1] for c in comments)).strip()
    facts = read_remarks(text)
    if row[5]:
        facts.identifiers.append(("call_sign", row[5], None))
    if flag := country_code(row[9]):
        facts.countries.append(flag)
    return Entry(
        number=number,
        name=row[1],
        kind=KINDS[row[2]],
        programmes=_tags(row[3]),
        where=files.primary,
        facts=facts,
        aliases=tuple((r[3], ALIASES[r[2]]) for r in aliases),
        addresses=tuple(
            ListedAddress(text=a[2], city=a[3], country=a[4]) for a in addresses if any(cell.strip() for cell in a[2:])
        ),
        owner=row[10],
        title=row[4],
        text=text,
    )


def _tags(cell: str) -> tuple[str, ...]:
    """``GLOMAG] [UHRPA`` is two programmes."""
    return tuple(dict.fromkeys(tag for part in cell.split("] [") if (tag := part.strip("[] "))))
