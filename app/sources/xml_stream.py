"""XML lists, one record at a time: no entities, no document type, no network, nothing unread and nothing unbounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from app.errors import SourceChanged

MAX_NODES = 100_000
"""Elements a single record may hold; more is no record of any list."""

MAX_RECORDS = 5_000_000
CONTROL = re.compile("[\x80-\x84\x86-\x9f]")
"""Control characters that appear when UTF-8 was read as Latin-1 and saved again."""


@dataclass
class Node:
    """An element whose attributes, children and text are taken away one by one; what is left at the end was not expected.

    >>> node = Node("name", {"lang": "en"}, [], "Ann", 1)
    >>> node.attr("lang"), node.own_text(), node.close()
    ('en', 'Ann', None)
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""
    line: int = 0

    def attr(self, name: str) -> str:
        """Take an attribute; empty where it is absent."""
        return self.attributes.pop(name, "").strip()

    def own_text(self) -> str:
        """Take the element's own text."""
        text, self.text = self.text.strip(), ""
        return text

    def all(self, tag: str) -> list[Node]:
        """Take every child of this name."""
        found = [child for child in self.children if child.tag == tag]
        if found:
            self.children = [child for child in self.children if child.tag != tag]
        return found

    def one(self, tag: str) -> Node | None:
        """Take the only child of this name, or None; raises ``SourceChanged`` where there are several."""
        found = self.all(tag)
        if len(found) > 1:
            raise SourceChanged(f"line {found[1].line}: <{tag}> stands {len(found)} times in <{self.tag}>")
        return found[0] if found else None

    def value(self, tag: str) -> str:
        """Take the text of the only child of this name, a plain element; empty where it is absent."""
        child = self.one(tag)
        return child.plain() if child is not None else ""

    def values(self, container: str, tag: str) -> list[str]:
        """Take the texts of ``<container><tag>…</tag>…</container>``, without the empty ones."""
        made: list[str] = []
        for holder in self.all(container):
            made += [text for child in holder.all(tag) if (text := child.plain())]
            holder.close()
        return made

    def plain(self) -> str:
        """The text of an element that has nothing else."""
        text = self.own_text()
        self.close()
        return text

    def drop(self, *tags: str) -> None:
        """Ignore children by name: what they hold is not kept, on purpose."""
        self.children = [child for child in self.children if child.tag not in tags]

    def close(self) -> None:
        """Raise ``SourceChanged`` where something was not taken: the publisher changed the format."""
        if self.children:
            child = self.children[0]
            raise SourceChanged(f"line {child.line}: unknown element <{child.tag}> in <{self.tag}>")
        if self.attributes:
            raise SourceChanged(f"line {self.line}: unknown attribute {min(self.attributes)} of <{self.tag}>")
        if self.text.strip():
            raise SourceChanged(f"line {self.line}: unexpected text in <{self.tag}>")


def read_records(
    stream: IO[bytes], *, root: str, records: Mapping[str, str], namespace: str = ""
) -> Iterator[tuple[str, Node]]:
    """The records of a document, in order, after the root's own attributes as ``("", Node)``.

    ``records`` maps the path of a record under the root (``"INDIVIDUALS/INDIVIDUAL"``) to the name it is yielded under. Memory stays that of one record.
    Raises ``SourceChanged`` for anything that is not this document: no XML, another root or namespace, a document type, an element that is no record, a cut.
    """
    head = stream.read(1024)
    stream.seek(0)
    refuse_head(head)
    reader = _Reader(root=root, records=records, namespace=f"{{{namespace}}}" if namespace else "")
    try:
        events = etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, element in events:
            if event == "start":
                yield from reader.start(element)
            else:
                yield from reader.end(element)
    except etree.XMLSyntaxError as error:
        raise SourceChanged(f"line {error.lineno or 1}: the XML is broken or cut: {_safe(error.msg)}") from None
    except (LookupError, UnicodeError, ValueError) as error:
        raise SourceChanged(f"the XML cannot be decoded ({type(error).__name__})") from None


def refuse_head(head: bytes) -> None:
    """Name the commonest things that are not XML at all, before a parser says it less clearly."""
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not plain:
        raise SourceChanged("the document is empty")
    if re.match(rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", plain, re.I | re.S):
        raise SourceChanged("line 1: this is an HTML page, not the list")
    if plain[:1] != b"<":
        raise SourceChanged("line 1: this is not XML")


def _safe(message: str | None) -> str:
    """A parser's complaint without the document's own words beyond element names."""
    return re.sub(r"'[^']{60,}'", "'…'", (message or "no reason given").split(", line ")[0])[:160]


@dataclass
class _Reader:
    """The state of reading: where we are, and how large the open record has grown."""

    root: str
    records: Mapping[str, str]
    namespace: str
    path: list[str] = field(default_factory=list)
    inside: int = 0
    nodes: int = 0
    count: int = 0

    def start(self, element: etree._Element) -> Iterator[tuple[str, Node]]:
        tag = self._tag(element)
        if not self.path and not self.inside:
            self._root(element, tag)
            self.path = [""]
            yield "", Node(tag, _attributes(element), [], "", element.sourceline or 0)
            return
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise SourceChanged(f"line {element.sourceline}: a record of more than {MAX_NODES} elements")
        if self.inside:
            self.inside += 1
            return
        self.path.append(tag)
        here = "/".join(self.path[1:])
        if here in self.records:
            self.inside = 1
        elif not any(path.startswith(here + "/") for path in self.records):
            raise SourceChanged(f"line {element.sourceline}: unknown element <{tag}> in <{self.path[-2] or self.root}>")
        elif element.attrib:
            raise SourceChanged(f"line {element.sourceline}: unknown attribute {min(_attributes(element))} of <{tag}>")

    def end(self, element: etree._Element) -> Iterator[tuple[str, Node]]:
        if self.inside > 1:
            self.inside -= 1
            return
        if self.inside == 1:
            self.inside = self.nodes = 0
            self.count += 1
            if self.count > MAX_RECORDS:
                raise SourceChanged(f"more than {MAX_RECORDS} records")
            here = "/".join(self.path[1:])
            self.path.pop()
            node = self._node(element)
            _forget(element)
            yield self.records[here], node
            return
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            raise SourceChanged(f"line {element.sourceline}: unexpected text in <{self._tag(element)}>")
        self.path.pop()
        _forget(element)

    def _root(self, element: etree._Element, tag: str) -> None:
        info = element.getroottree().docinfo
        if info.internalDTD is not None or info.doctype:
            raise SourceChanged("the document declares a document type or entities, which this list never does")
        if tag != self.root or etree.QName(element).namespace != (self.namespace.strip("{}") or None):
            space = etree.QName(element).namespace
            raise SourceChanged(
                f"the root element is <{tag[:60]}>{f' of {space[:80]}' if space else ''}, not <{self.root}>"
                f"{f' of {self.namespace[1:-1]}' if self.namespace else ''}: another list or another format"
            )

    def _tag(self, element: etree._Element) -> str:
        tag = element.tag
        if not isinstance(tag, str):
            raise SourceChanged(f"line {element.sourceline}: an entity or instruction inside the list")
        if not self.path:
            return etree.QName(element).localname
        if self.namespace and tag.startswith(self.namespace):
            return tag[len(self.namespace) :]
        if self.namespace or tag.startswith("{"):
            raise SourceChanged(f"line {element.sourceline}: an element of another namespace")
        return tag

    def _node(self, element: etree._Element) -> Node:
        children = []
        texts = [element.text or ""]
        for child in element:
            children.append(self._node(child))
            texts.append(child.tail or "")
        text = "".join(texts)
        if CONTROL.search(text):
            raise SourceChanged(f"line {element.sourceline}: control characters: the text was decoded wrongly")
        return Node(self._tag(element), _attributes(element), children, text, element.sourceline or 0)


def _attributes(element: etree._Element) -> dict[str, str]:
    """Attributes by name; schema locations are not data."""
    made: dict[str, str] = {}
    for name, value in element.attrib.items():
        if CONTROL.search(str(value)):
            raise SourceChanged(f"line {element.sourceline}: control characters: the text was decoded wrongly")
        if not str(name).startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
            made[str(name)] = str(value)
    return made


def _forget(element: etree._Element) -> None:
    """Free an element that was read, and the siblings before it."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
