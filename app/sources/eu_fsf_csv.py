"""The EU list's two CSV layouts, turned into the elements of its XML, so that one reader reads all three.

A row carries one name, address, birth, document or citizenship of its entity. Layout 1.0 was also seen as a spreadsheet saves it after opening it with commas:
each line one quoted cell, its commas turned into tabs, and tabs up to one width for the whole file. That is undone where every line fits, and refused where one does not.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from app.errors import SourceChanged

from .eu_fsf_columns import COLUMNS_1_0, COLUMNS_1_1, CSV_1_0, CSV_1_1, ENTITY, LAW, LAYOUT_1_1, LINE, PARTS, PARTS_1_0
from .iso3 import ISO2
from .sniff import first_row, text_of
from .strict_rows import headed_rows
from .xml_stream import Node

_CONTACT = re.compile(r"(PHONE|FAX|EMAIL|WEB)\s*\[([^\]]*)\]")
_NUMBER = re.compile(r"(?P<number>.*?)\s*\((?P<code>[a-zA-Z]+)-(?P<kind>[^()]*)\)\s*(?P<note>.*)", re.S)


def looks_like_1_1(head: bytes) -> bool:
    """Whether the first line names the columns of layout 1.1."""
    cells = set(first_row(head, delimiter=";"))
    return "fileGenerationDate" in cells or len(cells & set(COLUMNS_1_1)) > 20


def looks_like_1_0(head: bytes) -> bool:
    """Whether the first line names the columns of layout 1.0, bare or as one quoted cell."""
    return "Naal_wholename" in (text_of(head).splitlines() or [""])[0]


def entries_1_1(stream: IO[bytes]) -> Iterator[Node]:
    """The entities of layout 1.1 as the XML would hold them; raises ``SourceChanged``."""
    made: dict[str, Node] = {}
    for line, row in headed_rows(CSV_1_1, stream, LAYOUT_1_1):
        entity = {c: row.pop(f"Entity_{c}") for c in ENTITY}
        law = {c: row.pop(f"Entity_Regulation_{c}") for c in LAW}
        row.pop("fileGenerationDate")
        node = _entity(made, entity["LogicalId"], line)
        _set(node, "euReferenceNumber", entity["EU_ReferenceNumber"])
        _set(node, "unitedNationId", entity["UnitedNationId"])
        _set(node, "designationDate", _iso(entity["DesignationDate"]))
        _set(node, "designationDetails", entity["DesignationDetails"])
        _kind(node, entity["SubjectType"], entity["SubjectType_ClassificationCode"])
        _remark(node, entity["Remark"])
        _regulation(
            node,
            {c[0].lower() + c[1:]: v for c, v in law.items() if c not in ("Type", "PublicationUrl")},
            law["PublicationUrl"],
        )
        for prefix, (tag, columns) in PARTS.items():
            cells = {c: row.pop(f"{prefix}_{c}") for c in columns}
            child = Node(tag, {columns[c]: v for c, v in cells.items() if v}, [], "", line)
            contact = row.pop("Address_ContactInfo") if prefix == "Address" else ""
            child.children += _contacts(contact, line)
            _remark(child, row.pop(f"{prefix}_Remark"))
            said = [row.pop(f"{prefix}_{c}") for c in LINE]
            cited = {c: row.pop(f"{prefix}_Regulation_{c}") for c in LAW}
            if child.attributes or child.children or any(said):
                child.children.append(_summary(cited["PublicationDate"], line))
                node.children.append(child)
    return iter(made.values())


def entries_1_0(stream: IO[bytes]) -> Iterator[Node]:
    """The entities of layout 1.0 as the XML would hold them; raises ``SourceChanged``."""
    made: dict[str, Node] = {}
    for line, cells in _rows_1_0(stream):
        head, rest, reference = cells[:8], cells[8:-1], cells[-1]
        node = _entity(made, head[1], line)
        _set(node, "euReferenceNumber", reference)
        _kind(node, head[2], head[2])
        _remark(node, head[7])
        _regulation(node, {"numberTitle": head[3], "publicationDate": head[4], "programme": head[6]}, head[5])
        for tag, own in PARTS_1_0.values():
            part, rest = rest[: 6 + len(own)], rest[6 + len(own) :]
            values = dict(zip(own, part[6:], strict=True))
            if not (part[0] or any(values.values())):
                continue
            if part[1] not in ("", head[1]):
                raise SourceChanged(f"{CSV_1_0} line {line}: a part of another entity")
            child = _part_1_0(tag, values, line)
            child.children.append(_summary(part[3], line))
            node.children.append(child)
    return iter(made.values())


def _part_1_0(tag: str, values: dict[str, str], line: int) -> Node:
    child = Node(tag, {}, [], "", line)
    country = ISO2.get(values.get("country", ""), "")
    if values.get("country") and not country:
        raise SourceChanged(f"{CSV_1_0} line {line}: unknown country code")
    if tag == "nameAlias":
        renamed = {
            "lastname": "lastName",
            "firstname": "firstName",
            "middlename": "middleName",
            "wholename": "wholeName",
            "language": "nameLanguage",
        }
        child.attributes = {renamed.get(k, k): v for k, v in values.items() if v}
    elif tag == "address":
        street = " ".join(filter(None, (values["number"], values["street"])))
        child.attributes = {"street": street, "zipCode": values["zipcode"], "city": values["city"]}
        other = _CONTACT.sub("", values["other"].replace("\\n", " ")).strip()
        child.children += _contacts(values["other"], line)
        _remark(child, other)
    elif tag == "birthdate":
        child.attributes = {"birthdate": "" if values["date"] == "N/A" else values["date"], "place": values["place"]}
    elif tag == "identification":
        match = _NUMBER.fullmatch(values["number"])
        child.attributes = (
            {"number": match["number"], "identificationTypeCode": match["code"]}
            if match
            else {"number": values["number"]}
        )
        _remark(child, match["note"].strip("() ") if match else "")
    if country:
        child.attributes["countryIso2Code"] = country
    return child


def _rows_1_0(stream: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """The rows under the header, whatever a spreadsheet did to them; raises ``SourceChanged`` where it cannot be undone."""
    body = stream.read()
    if not body.strip():
        raise SourceChanged(f"{CSV_1_0} is empty")
    if b"\x00" in body:
        raise SourceChanged(f"{CSV_1_0} line {body[: body.index(0)].count(10) + 1}: a NUL byte")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = body.decode("cp1252")
        except UnicodeDecodeError as error:
            raise SourceChanged(
                f"{CSV_1_0} line {body[: error.start].count(10) + 1}: neither UTF-8 nor Windows-1252"
            ) from None
    if not text.endswith("\n"):
        raise SourceChanged(f"{CSV_1_0}: the last line has no end, so the file was cut")
    wrapped = text.startswith('"')
    try:
        if wrapped:
            lines = _unwrapped(text)
            reader = ((n, row) for n, line in lines for row in csv.reader([line], delimiter=";", strict=True))
        else:
            plain = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
            reader = ((plain.line_num, row) for row in plain)
        for number, (line_number, row) in enumerate(reader):
            cells = [cell.strip() for cell in row]
            if number == 0:
                _check_header(cells)
            elif len(cells) != len(COLUMNS_1_0):
                raise SourceChanged(f"{CSV_1_0} line {line_number}: {len(cells)} columns instead of {len(COLUMNS_1_0)}")
            else:
                yield line_number, cells
    except csv.Error as error:
        raise SourceChanged(f"{CSV_1_0}: {error}") from None


def _unwrapped(text: str) -> Iterator[tuple[int, str]]:
    """The lines inside the quoted cells, tabs turned back into the commas they were."""
    width = -1
    outer = csv.reader(io.StringIO(text, newline=""), strict=True)
    for row in outer:
        if len(row) != 1:
            raise SourceChanged(
                f"{CSV_1_0} line {outer.line_num}: {len(row)} cells where a spreadsheet saved each line as one"
            )
        tabs = row[0].count("\t")
        if width not in (-1, tabs):
            raise SourceChanged(
                f"{CSV_1_0} line {outer.line_num}: {tabs} tabs instead of {width}: what the spreadsheet did cannot be undone"
            )
        width = tabs
        yield outer.line_num, row[0].rstrip("\t").replace("\t", ",")


def _check_header(cells: list[str]) -> None:
    first, wanted = cells[:1], list(COLUMNS_1_0)
    if (
        not first
        or not first[0].startswith("Date_file")
        or [c.lower() for c in cells[1:]] != [c.lower() for c in wanted[1:]]
    ):
        odd = next(
            (n for n, (a, b) in enumerate(zip(cells, wanted, strict=False)) if n and a.lower() != b.lower()),
            min(len(cells), len(wanted)),
        )
        raise SourceChanged(
            f"{CSV_1_0} line 1: column {odd + 1} of the header is not {wanted[odd] if odd < len(wanted) else 'known'}"
        )


def _entity(made: dict[str, Node], logical: str, line: int) -> Node:
    if not re.fullmatch(r"[0-9]{1,12}", logical):
        raise SourceChanged(f"line {line}: the logical id is not a number")
    if logical not in made:
        made[logical] = Node("sanctionEntity", {"logicalId": logical}, [], "", line)
    return made[logical]


def _set(node: Node, name: str, value: str) -> None:
    """An attribute of the entity, which its rows repeat; they must agree."""
    if not value:
        return
    if node.attributes.setdefault(name, value) != value:
        raise SourceChanged(f"line {node.line}: the rows of one entity disagree on {name}")


def _kind(node: Node, code: str, classification: str) -> None:
    if not any(child.tag == "subjectType" for child in node.children):
        node.children.append(
            Node("subjectType", {"code": code, "classificationCode": classification}, [], "", node.line)
        )


def _remark(node: Node, text: str) -> None:
    plain = text.replace("\\n", "\n").strip()
    if plain and not any(child.tag == "remark" and child.text == plain for child in node.children):
        node.children.append(Node("remark", {}, [], plain, node.line))


def _regulation(node: Node, attributes: dict[str, str], url: str) -> None:
    child = Node(
        "regulation", {k: v for k, v in attributes.items() if v}, [Node("publicationUrl", {}, [], url)], "", node.line
    )
    if not any(c.tag == "regulation" and c.attributes == child.attributes for c in node.children):
        node.children.append(child)


def _summary(day: str, line: int) -> Node:
    return Node("regulationSummary", {"publicationDate": day}, [], "", line)


def _contacts(text: str, line: int) -> list[Node]:
    return [Node("contactInfo", {"key": m[1], "value": m[2]}, [], "", line) for m in _CONTACT.finditer(text)]


def _iso(text: str) -> str:
    """``22/03/2021`` as ``2021-03-22``: the column was seen both ways."""
    match = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else text
