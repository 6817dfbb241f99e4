"""The tables of an HTML page as rows of text, with the words that stand above each; a page that was cut or is no UTF-8 is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from app.errors import SourceChanged

from .listed_names import clean

MOST_CELLS = 200_000
ABOVE = 2_000
"""Characters of the text before a table that are kept."""


@dataclass(frozen=True)
class Table:
    """One table: the text since the table before it, its header, and its rows as header to cell."""

    above: str
    header: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def read_tables(body: bytes) -> tuple[Table, ...]:
    """Every table of a page; raises ``SourceChanged`` for what is no whole HTML page or whose rows do not fit their header."""
    return tuple(_tables(_root(body)))


def page_text(body: bytes) -> str:
    """The text of a page with its line ends, as in ``<pre>``."""
    return str(_root(body).text_content())


def _root(body: bytes) -> html.HtmlElement:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceChanged(f"byte {error.start}: this is not UTF-8") from error
    if "\x00" in text or re.search("[\x80-\x84\x86-\x9f]", text):
        raise SourceChanged("control characters: the text was decoded wrongly")
    for tag in ("table", "tr", "td", "th", "html"):
        opened = len(re.findall(rf"<{tag}[\s>]", text, re.IGNORECASE))
        if opened != len(re.findall(rf"</{tag}\s*>", text, re.IGNORECASE)):
            raise SourceChanged(f"a <{tag}> is not closed, so the page was cut")
    try:
        parser = html.HTMLParser(
            no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
        )
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceChanged("this is not an HTML page") from error
    return root


def _tables(root: html.HtmlElement) -> Iterator[Table]:
    above: list[str] = []
    cells = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "table":
            table = _table(element, clean(" ".join(above))[-ABOVE:])
            cells += len(table.header) * (1 + len(table.rows))
            if cells > MOST_CELLS:
                raise SourceChanged("more cells than a list can have")
            above = []
            yield table
        elif element.tag not in ("script", "style") and not _in_table(element):
            above.append(element.text or "")
        if not _in_table(element):
            above.append(element.tail or "")


def _in_table(element: html.HtmlElement) -> bool:
    return any(parent.tag == "table" for parent in element.iterancestors())


def _table(element: html.HtmlElement, above: str) -> Table:
    lines = [[_text(cell) for cell in row.iterchildren("th", "td")] for row in element.iter("tr")]
    lines = [line for line in lines if any(line)]
    if not lines:
        raise SourceChanged("a table without rows")
    header, body = tuple(lines[0]), lines[1:]
    if len(set(header)) != len(header):
        raise SourceChanged("a table repeats a column")
    for line in body:
        if len(line) != len(header):
            raise SourceChanged(f"a row of {len(line)} cells in a table of {len(header)} columns")
    return Table(above, header, tuple(dict(zip(header, line, strict=True)) for line in body))


def _text(cell: html.HtmlElement) -> str:
    """The text of a cell; elements that part lines part words as well."""
    for line in cell.iter("br", "p", "li", "div"):
        line.tail = f" {line.tail or ''}"
    return clean(cell.text_content())
