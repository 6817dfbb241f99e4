"""What a document is, from its first bytes: small readings that the sniffs of the formats are made of."""

from __future__ import annotations

import csv
import re

BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAG = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([^<>]*)>")
_PROLOGUE = re.compile(rb"\s*(<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(\[.*?\])?\s*>\s*)*", re.DOTALL)


def text_of(head: bytes) -> str:
    """The head as text: UTF-16 by its mark, else UTF-8, else Windows-1252; never raises."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:  # the head cut a character in two
            return head[: error.start].decode("utf-8-sig")
        return head.decode("cp1252", "replace")


def root_of(head: bytes) -> tuple[str, str] | None:
    """(namespace, local name) of an XML or HTML document's first element, or None; the namespace is empty where there is none."""
    body = head.removeprefix(BOMS[0])
    if not body.lstrip().startswith(b"<"):
        return None
    start = _PROLOGUE.match(body)
    tag = _TAG.match(body, start.end() if start is not None else 0)
    if tag is None:
        return None
    prefix = (tag[1] or b"").rstrip(b":")
    name = rb"xmlns:" + re.escape(prefix) if prefix else rb"xmlns"
    space = re.search(rb"\s" + name + rb"\s*=\s*[\"']([^\"']*)", tag[3])
    return (space[1].decode("utf-8", "replace") if space is not None else "", tag[2].decode("utf-8", "replace"))


def is_html(head: bytes) -> bool:
    """An HTML page, such as a publisher's error page with status 200."""
    start = head.removeprefix(BOMS[0]).lstrip()[:1_000].lower()
    return start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<") and b"<html" in start)


def is_json(head: bytes) -> bool:
    return text_of(head[:1_000]).lstrip()[:1] in ("{", "[")


def is_xlsx(head: bytes) -> bool:
    """An Office Open XML workbook, from the names of its first members."""
    return head.startswith(ZIP) and (b"[Content_Types].xml" in head or b"xl/" in head)


def is_ods(head: bytes) -> bool:
    """An OpenDocument spreadsheet: the uncompressed first member says so, or (as the FCDO writes it) the names of the members."""
    says = b"application/vnd.oasis.opendocument.spreadsheet" in head[:200]
    return head.startswith(ZIP) and (says or (b"META-INF/manifest.xml" in head and b"mimetype" in head))


def is_workbook(head: bytes) -> bool:
    """A spreadsheet that is itself a zip, and therefore a document and no archive."""
    return is_xlsx(head) or is_ods(head)


def first_row(head: bytes, *, delimiter: str = ",", line: int = 0) -> list[str]:
    """The cells of one line of a delimited text (the first unless told), stripped; empty where there is none."""
    lines = text_of(head).splitlines()
    if line >= len(lines):
        return []
    return [cell.strip() for cell in next(csv.reader([lines[line]], delimiter=delimiter), [])]
