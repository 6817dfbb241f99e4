"""Rows of a delimited text file, read exactly: what is not as the layout says raises with file, line and reason."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from app.errors import SourceChanged

LONGEST_LINE = 4 * 1024 * 1024
"""Bytes that no line of a list reaches."""

MOST_LINES = 2_000
"""Physical lines that one row may span: more means a quote was opened and never closed."""


@dataclass(frozen=True)
class Layout:
    """How a delimited file is written.

    ``columns`` are the column names of a headed file, each present exactly once in any order; ``optional`` ones may be absent.
    A file without a header has ``width`` cells in every row instead. ``end`` is the mark that closes the file where its publisher sets
    one: then a file with CRLF line ends must have it, and one that somebody saved again with plain line ends may have lost it.
    """

    columns: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    width: int = 0
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    end: bytes = b""
    strip: bool = True
    """Whether the spaces around a cell say nothing."""


Row = dict[str, str]


def headed_rows(name: str, stream: IO[bytes], layout: Layout) -> Iterator[tuple[int, Row]]:
    """Rows of a file with a header, as column name to stripped cell, with line numbers; raises ``SourceChanged``.

    Columns may stand in any order. A missing, unknown or repeated column, or a row with more or fewer cells, is refused.
    """
    header: list[str] = []
    for line, cells in _cells(name, stream, layout):
        if not header:
            header = [cell.strip() for cell in cells]
            _check(name, header, layout)
        elif len(cells) != len(header):
            raise SourceChanged(f"{name} line {line}: {len(cells)} columns instead of {len(header)}")
        else:
            yield line, {key: cell.strip() for key, cell in zip(header, cells, strict=True)}
    if not header:
        raise SourceChanged(f"{name} is empty")


def plain_rows(name: str, stream: IO[bytes], layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Rows of a file without a header, with line numbers; raises ``SourceChanged``."""
    for line, cells in _cells(name, stream, layout):
        if len(cells) != layout.width:
            raise SourceChanged(f"{name} line {line}: {len(cells)} columns instead of {layout.width}")
        yield line, [cell.strip() for cell in cells] if layout.strip else cells


def has_header(head: bytes, layout: Layout) -> bool:
    """Whether the first line of ``head`` is the header of the layout, whatever the order of its columns."""
    first = head.removeprefix(codecs.BOM_UTF8).splitlines()[:1]
    try:
        text = first[0].decode(layout.encoding) if first else ""
        cells = {cell.strip() for cell in next(csv.reader([text], delimiter=layout.delimiter, strict=True), [])}
    except (UnicodeDecodeError, csv.Error):
        return False
    return bool(cells) and cells <= {*layout.columns, *layout.optional} and set(layout.columns) <= cells


def leftover(name: str, line: int, row: Mapping[str, str]) -> None:
    """Raises ``SourceChanged`` where a row still has filled cells after every known column was taken out of it."""
    if left := sorted(key for key, cell in row.items() if cell):
        raise SourceChanged(f"{name} line {line}: nobody reads the column {', '.join(left)}")


def _check(name: str, header: list[str], layout: Layout) -> None:
    known = {*layout.columns, *layout.optional}
    twice = sorted({column for column in header if header.count(column) > 1})
    missing = [column for column in layout.columns if column not in header]
    strange = [column[:60] for column in header if column not in known]
    for problem, columns in (("repeats", twice), ("lacks", missing), ("has the unknown", strange)):
        if columns:
            raise SourceChanged(f"{name} line 1: the header {problem} column {', '.join(map(repr, columns[:5]))}")


def _cells(name: str, stream: IO[bytes], layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Raw rows with the number of their last line; a blank line says nothing."""
    reader = csv.reader(_lines(name, stream, layout), delimiter=layout.delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            if reader.line_num - before > MOST_LINES:
                raise SourceChanged(f"{name} line {before + 1}: a quote is opened and not closed")
            before = reader.line_num
            if cells:
                yield before, cells
    except csv.Error as error:
        raise SourceChanged(f"{name} line {reader.line_num}: {error}") from error


def _lines(name: str, stream: IO[bytes], layout: Layout) -> Iterator[str]:
    """Decoded lines with their ends; the last must be whole."""
    encoding = layout.encoding.removesuffix("-sig")
    decode = codecs.lookup(encoding).decode
    number, last, ended = 0, b"", False
    _whole(name, stream, layout)
    for raw in iter(lambda: stream.readline(LONGEST_LINE), b""):
        if len(raw) == LONGEST_LINE:
            raise SourceChanged(f"{name} line {number + 1}: longer than any row can be")
        number += 1
        line = raw if number > 1 else _first(name, raw, layout)
        if b"\x00" in line:
            raise SourceChanged(f"{name} line {number}: a NUL byte")
        if ended:
            raise SourceChanged(f"{name} line {number}: text after the mark that closes the file")
        if layout.end and line.rstrip(b"\r\n") == layout.end:
            ended = True
            continue
        last = line
        try:
            yield decode(line, "strict")[0]
        except UnicodeDecodeError as error:
            raise SourceChanged(f"{name} line {number}: a byte that is not {encoding.upper()}") from error
    if not last.strip():
        raise SourceChanged(f"{name} is empty")
    if not last.endswith((b"\n", b'"')):
        raise SourceChanged(f"{name} line {number}: the last line has no end, so the file was cut")


def _whole(name: str, stream: IO[bytes], layout: Layout) -> None:
    """Refuse a file that was cut, before its last row is called wrong; the stream is at its start afterwards."""
    stream.seek(0)
    first = stream.readline(LONGEST_LINE)
    stream.seek(max(0, stream.seek(0, 2) - 8))
    tail = stream.read().rstrip(b"\r\n")
    stream.seek(0)
    if not first.strip():
        return
    if layout.end and first.endswith(b"\r\n") and _first(name, first, layout) and not tail.endswith(layout.end):
        raise SourceChanged(f"{name}: the final 0x{layout.end.hex().upper()} byte is missing, so the file was cut")


def _first(name: str, line: bytes, layout: Layout) -> bytes:
    made = line.removeprefix(codecs.BOM_UTF8) if layout.encoding == "utf-8-sig" else line
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceChanged(f"{name} line 1: this is UTF-16, not {layout.encoding.removesuffix('-sig')}")
    if made.lstrip()[:1] == b"<":
        raise SourceChanged(f"{name} line 1: this is HTML or XML, not a text table")
    if made.lstrip()[:1] in (b"{", b"["):
        raise SourceChanged(f"{name} line 1: this is JSON, not a text table")
    return made
