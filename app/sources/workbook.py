"""Spreadsheet lists: the rows of the first sheet of an XLSX or ODS workbook, within bounds."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import IO

import python_calamine
from lxml import etree

from app.errors import SourceChanged

LARGEST = 256 * 1024 * 1024
"""Bytes the parts of a workbook may unpack to."""

WIDEST, LONGEST = 400, 1_000_000
"""Columns and rows read; a list has neither so many."""

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

Cell = str | float | date


def xlsx_rows(name: str, stream: IO[bytes]) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of the first sheet with their numbers, without cells on the right that are empty in all rows; raises ``SourceChanged``."""
    _check(name, stream, "xl/workbook.xml")
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(stream)
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError, IndexError) as error:
        raise SourceChanged(f"{name}: the workbook is damaged or cut ({type(error).__name__})") from None
    if len(rows) > LONGEST or (
        rows and len(rows[0]) > WIDEST and any(_filled([_cell(c) for c in r[WIDEST:]]) for r in rows)
    ):
        raise SourceChanged(f"{name}: more than {LONGEST} rows or {WIDEST} columns")
    for number, row in enumerate(rows, start=1):
        yield number, [_cell(cell) for cell in row[:WIDEST]]


def ods_rows(name: str, stream: IO[bytes]) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of the first sheet with their numbers, as text; raises ``SourceChanged``."""
    _check(name, stream, "content.xml")
    number = 0
    try:
        with zipfile.ZipFile(stream) as archive, archive.open("content.xml") as content:
            events = etree.iterparse(
                content,
                events=("start", "end"),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            for event, element in events:
                if event == "start":
                    if (
                        number == 0
                        and element.getparent() is None
                        and element.getroottree().docinfo.internalDTD is not None
                    ):
                        raise SourceChanged(f"{name}: the workbook declares a document type or entities")
                    continue
                if element.tag == f"{TABLE}table":
                    return
                if element.tag != f"{TABLE}table-row":
                    continue
                cells = _ods_cells(name, element)
                times = _repeat(name, element, "number-rows-repeated") if _filled(cells) else 1
                for _ in range(times):
                    number += 1
                    if number > LONGEST:
                        raise SourceChanged(f"{name}: more than {LONGEST} rows")
                    yield number, list(cells)
                element.clear()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, etree.XMLSyntaxError) as error:
        raise SourceChanged(f"{name}: the workbook is damaged or cut ({type(error).__name__})") from None
    raise SourceChanged(f"{name}: the workbook holds no sheet")


def headed(
    name: str, rows: Iterator[tuple[int, list[Cell]]], columns: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Rows as column name to cell; columns in any order, each once, none unknown, blank rows left out; raises ``SourceChanged``."""
    header: list[str] = []
    known = {*columns, *optional}
    for number, row in rows:
        if not _filled(row):
            continue
        if not header:
            header = [str(cell).strip() for cell in row]
            while header and not header[-1]:
                header.pop()
            problems = (
                ("lacks", [c for c in columns if c not in header]),
                ("repeats", sorted({c for c in header if header.count(c) > 1})),
                ("has the unknown", [c[:60] for c in header if c not in known]),
            )
            for problem, which in problems:
                if which:
                    raise SourceChanged(
                        f"{name} row {number}: the header {problem} column {', '.join(map(repr, which[:5]))}"
                    )
            continue
        if _filled(row[len(header) :]):
            raise SourceChanged(f"{name} row {number}: a cell beyond the last column")
        yield number, dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=False))
    if not header:
        raise SourceChanged(f"{name}: the sheet is empty")


def text(cell: Cell) -> str:
    """A cell as text: whole numbers without a decimal point, days as ISO."""
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) else str(cell)
    return cell.isoformat() if isinstance(cell, date) else cell.strip()


def _check(name: str, stream: IO[bytes], part: str) -> None:
    """A workbook of this kind, whole, and unpacking to no more than it may."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            if part not in {m.filename for m in members}:
                raise SourceChanged(f"{name}: a zip, but no workbook of this kind")
            if sum(m.file_size for m in members) > LARGEST:
                raise SourceChanged(f"{name} unpacks to more than {LARGEST} bytes")
            if any(m.flag_bits & 1 for m in members):
                raise SourceChanged(f"{name}: the workbook is encrypted")
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        raise SourceChanged(f"{name}: no workbook, or one that was damaged or cut") from None
    stream.seek(0)


def _cell(cell: object) -> Cell:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return float(cell)
    return cell if isinstance(cell, date) else str(cell)


def _filled(row: Sequence[Cell]) -> bool:
    return any(not isinstance(cell, str) or cell.strip() for cell in row)


def _ods_cells(name: str, row: etree._Element) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        value = "\n".join("".join(_words(p)) for p in cell.iterfind(f"{TEXT}p")).strip()
        times = _repeat(name, cell, "number-columns-repeated")
        room = WIDEST - len(cells)
        if value and times > room:
            raise SourceChanged(f"{name}: more than {WIDEST} columns")
        cells += [value] * min(times, room)
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _words(paragraph: etree._Element) -> Iterator[str]:
    """The text of a paragraph, its space, tab and line-break elements as what they are."""
    yield paragraph.text or ""
    for child in paragraph:
        if child.tag in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"):
            yield " "
        else:
            yield from _words(child)
        yield child.tail or ""


def _repeat(name: str, element: etree._Element, attribute: str) -> int:
    said = element.get(f"{TABLE}{attribute}", "1")
    if not said.isdecimal() or len(said) > 9:
        raise SourceChanged(f"{name}: a repetition that is no number")
    return int(said)
