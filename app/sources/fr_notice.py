"""A Federal Register notice that reprints the UFLPA Entity List in its appendix: the text of the notice, and its record in JSON beside it.

The appendix holds the whole list by clause, without dates. What the notice itself adds stands in its body as bullets, and takes effect on the day of
its publication; of the other entities the notice says only that they were listed before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO

from app.errors import SourceChanged

from .html_tables import page_text
from .listed_names import clean, slug
from .sniff import is_json, text_of
from .uflpa_list import Row, clause_in
from .uflpa_names import read_entry
from .us_dates import us_day

TITLE = "Uyghur Forced Labor Prevention Act Entity"
EMPTY = frozenset({"iii", "iv"})
"""Clauses that may name no entity: products, and exporters of which none was identified."""

MOST = 20 * 1024 * 1024
_NUMBER = re.compile(r"\[?FR Doc\.?(?: No)?[:.]?\s*(\d{4}-\d{4,6})")
_DAY = re.compile(r"\(\w+day, (\w+ \d{1,2}, \d{4})\)")
_APPENDIX = re.compile(r"^\s*Appendix\s*(?:1|I|A)?\b.*$", re.MULTILINE)
_HEADING = re.compile(r"^\s*(?:UFLPA\s+)?Section\s+2\(d\)\(2\)\(B\)\((?:i{1,3}|iv|v)\)", re.IGNORECASE)
_END = re.compile(r"^\s*(?:\[FR Doc|BILLING CODE|-{20})")
_BULLET = re.compile(r"^\s*(?:<bullet>|•|·|\*)\s*", re.IGNORECASE)
_PAGE = re.compile(r"^\s*\[\[Page \d+\]\]\s*$")
_PROSE = re.compile(
    r"^(?:Entities identified|The FLETF|No entities|None|This notice|These entities|See the sections|The UFLPA)\b",
    re.IGNORECASE,
)


def is_notice(head: bytes) -> bool:
    """The text of a Federal Register notice on the list, plain or in a page."""
    text = text_of(head[:20_000])
    return text.lstrip()[:1] != "{" and "Federal Register" in text and TITLE in " ".join(text.split())


def is_record(head: bytes) -> bool:
    """The Federal Register's record of a document: JSON with its number."""
    return is_json(head) and b'"document_number"' in head


def read_record(stream: IO[bytes]) -> dict[str, str]:
    """Number, day of publication and citation from the record; raises ``SourceChanged`` where it is of another document."""
    stream.seek(0)
    try:
        record = json.loads(stream.read(MOST))
    except (ValueError, RecursionError) as error:
        raise SourceChanged("the JSON is broken or cut") from error
    if not isinstance(record, dict) or TITLE not in str(record.get("title", "")):
        raise SourceChanged("this is the record of another document")
    return {key: str(record.get(key) or "") for key in ("document_number", "publication_date", "citation")}


def read_notice(stream: IO[bytes], record: dict[str, str]) -> list[Row]:
    """The rows of the appendix; raises ``SourceChanged`` where the notice holds no whole list or is not the record's."""
    stream.seek(0)
    text = _text(stream.read(MOST))
    number, day = _NUMBER.search(text), _DAY.search(text)
    published = us_day(record.get("publication_date") or (day[1] if day else ""), "the notice")
    if number is None or published is None:
        raise SourceChanged("a notice without its number or its day of publication")
    if record and record["document_number"] != number[1]:
        raise SourceChanged(f"the record is of document {record['document_number']}, the text of {number[1]}")
    appendix = [m.start() for m in _APPENDIX.finditer(text)]
    if not appendix:
        raise SourceChanged("the notice does not reprint the list in an appendix")
    added = {slug(read_entry(cell).entity.name) for cell in _bullets(text[: appendix[-1]])}
    reference = f"Federal Register document {number[1]}" + (f", {record['citation']}" if record.get("citation") else "")
    rows = [
        Row(
            cell,
            clause,
            published if slug(read_entry(cell).entity.name) in added else None,
            where,
            reference,
            published,
        )
        for cell, clause, where in _listed(text[appendix[-1] :])
    ]
    named = {clause_in(line) for line in text[appendix[-1] :].split("\n") if _HEADING.match(line)}
    if missing := sorted(named - {row.clause for row in rows} - EMPTY):
        raise SourceChanged(f"no entity under clause ({missing[0]}) of the appendix")
    if not rows:
        raise SourceChanged("no entity under the clauses of the appendix")
    if not re.search(r"^\s*\[FR Doc", text[appendix[-1] :], re.MULTILINE):
        raise SourceChanged("the notice does not end as notices do, so it was cut")
    return rows


def _text(body: bytes) -> str:
    if body.lstrip()[:1] == b"<" and b"<bullet>" not in body[:10].lower():
        return page_text(re.sub(rb"<bullet>", "•".encode(), body, flags=re.IGNORECASE))
    try:
        return body.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SourceChanged(f"byte {error.start}: this is not UTF-8") from error


def _bullets(text: str) -> Iterator[str]:
    """The entries that the body of the notice adds, each under a bullet."""
    entry = ""
    for line in [*text.split("\n"), ""]:
        if _PAGE.match(line):
            continue
        bullet = _BULLET.match(line)
        if entry and (bullet or not line.strip() or not _unfinished(entry, line)):
            yield entry
            entry = ""
        if bullet:
            entry = clean(line[bullet.end() :])
        elif entry:
            entry = clean(f"{entry} {line}")


def _listed(text: str) -> Iterator[tuple[str, str, str]]:
    """(cell, clause, place) of every entry under a heading of the appendix."""
    clause, heading, entry, start, prose = "", "", "", 0, False
    for number, line in enumerate(text.split("\n"), start=1):
        if _PAGE.match(line):
            continue
        if _END.match(line):
            break
        if _HEADING.match(line):
            if entry:
                yield entry, clause, f"appendix line {start}"
            clause, heading, entry, prose = clause_in(line), line, "", False
            continue
        if not clause:
            continue
        if not line.strip():
            if entry:
                yield entry, clause, f"appendix line {start}"
            heading, entry, prose = "", "", False
        elif heading or prose:
            continue  # the heading and a remark go on over several lines
        elif _PROSE.match(line.strip()) and not (entry and line.startswith("  ")):
            if entry:
                yield entry, clause, f"appendix line {start}"
            entry, prose = "", True
        elif entry and _unfinished(entry, line):
            entry = clean(f"{entry} {line}")
        else:
            if entry:
                yield entry, clause, f"appendix line {start}"
            entry, start = clean(line), number
    if entry:
        yield entry, clause, f"appendix line {start}"


def _unfinished(entry: str, line: str) -> bool:
    """Whether ``line`` goes on with ``entry``: it is indented, or the entry cannot end where it does."""
    return (
        line.startswith("  ")
        or entry.count("(") > entry.count(")")
        or entry.endswith((",", ";", ":", " and", " its", "(", "&", "-"))
        or line.lstrip().startswith(("Ltd.", "Co.,", "and ", "(also", "(formerly", "(including", "(and"))
    )
