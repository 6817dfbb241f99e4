"""Documents arrive plain, gzipped or zipped and are known by their content; bombs, strangers and damage are refused."""

from __future__ import annotations

import gzip
import io
import zipfile
from contextlib import ExitStack

import pytest

from app.core.source import Document, Format, Source
from app.errors import SourceChanged
from app.sources.recognise import recognise
from app.sources.sniff import first_row, is_html, is_ods, is_xlsx, root_of
from app.sources.unpack import unpack
from app.sources.us_ofac_sdn import us_ofac_sdn
from tests.fixtures_ofac import ADD, ALT, COMMENTS, SDN, WHOLE, archive

XML = Source(
    id="example",
    title="",
    publisher="",
    url="",
    formats=(
        Format("sheet", (Document("list.xlsx", is_xlsx),), lambda _: ()),
        Format("xml", (Document("list.xml", lambda head: root_of(head) == ("urn:a", "list")),), lambda _: ()),
    ),
)


def given(source: Source, *bodies: bytes, name: str = "", limit: int = 1_000_000) -> tuple[str, dict[str, bytes]]:
    """What a source makes of bodies: the format, and each document's bytes."""
    with ExitStack() as stack:
        unpacked = unpack([(name, io.BytesIO(body)) for body in bodies], stack, limit=limit)
        form, documents = recognise(source, unpacked)
        return form.name, {n: s.read() for n, s in documents.items()}


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in members.items():
            made.writestr(name, body)
    return buffer.getvalue()


def test_plain_gzipped_and_zipped_are_the_same() -> None:
    plain = given(us_ofac_sdn, SDN)
    assert plain == ("legacy CSV", {"sdn.csv": SDN})
    assert given(us_ofac_sdn, gzip.compress(SDN), name="SDN.CSV.gz") == plain
    assert given(us_ofac_sdn, archive(sdn=SDN)) == plain
    assert given(us_ofac_sdn, archive(sdn=gzip.compress(SDN))) == plain
    assert set(given(us_ofac_sdn, WHOLE)[1]) == {"sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv"}


def test_documents_are_known_by_their_content_whatever_they_are_called() -> None:
    expected = {"sdn.csv": SDN, "add.csv": ADD, "alt.csv": ALT, "sdn_comments.csv": COMMENTS}
    assert given(us_ofac_sdn, COMMENTS, ADD, SDN, ALT)[1] == expected
    assert given(us_ofac_sdn, archive(sheet1=ALT, download=SDN, x=ADD, y=COMMENTS))[1] == expected
    body = b'<?xml version="1.0"?>\n<!-- made by hand -->\n<x:list xmlns:x="urn:a"/>'
    for sent in (body, b"\xef\xbb\xbf" + body, gzip.compress(body), zipped(anything=body)):
        assert given(XML, sent)[0] == "xml"


def test_a_workbook_is_a_document_and_not_an_archive() -> None:
    book = zipped(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    assert given(XML, book) == ("sheet", {"list.xlsx": book})
    with pytest.raises(SourceChanged, match="unpacks to more than"):
        given(XML, zipped(**{"[Content_Types].xml": b" " * 3_000_000}))
    with pytest.raises(SourceChanged, match="damaged or cut"):
        given(XML, book[: len(book) - 30])


def test_folders_and_the_marks_of_a_desktop_are_no_documents() -> None:
    body = zipped(**{"set/sdn.csv": SDN, "__MACOSX/set/._sdn.csv": b"x"})
    assert set(given(us_ofac_sdn, body)[1]) == {"sdn.csv"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (archive(sdn=b""), "empty"),
        (archive(sdn=SDN, readme=b"x"), "does not belong"),
        (archive(add=ADD), "needs sdn.csv"),
        (archive(sdn=SDN, other=SDN), "twice"),
        (archive(a=archive(sdn=SDN)), "a zip inside a zip"),
        (b"<!DOCTYPE html><html><body>Service unavailable</body></html>", "an HTML page"),
        (b'<sanctions xmlns="urn:b"/>', "XML of another kind"),
        (b'{"results": []}', "JSON of another kind"),
        (WHOLE[: len(WHOLE) // 2], "damaged"),
        (gzip.compress(SDN)[:50], "damaged"),
        (gzip.compress(b" " * 3_000_000), "more than"),
        (archive(sdn=b" " * 3_000_000), "more than"),
        (archive(sdn=gzip.compress(b" " * 3_000_000)), "more than"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        given(us_ofac_sdn, body)


def test_small_readings_tell_documents_apart() -> None:
    assert root_of(b"<sdnList xmlns='urn:b' a='1'>") == ("urn:b", "sdnList")
    assert root_of(b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>") == ("", "a")
    assert root_of(b"1,2") is None
    assert is_html(b"\n <!doctype HTML>")
    assert not is_html(b"<list/>")
    assert is_ods(b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
    assert first_row(b'"a, b";c\r\nd', delimiter=";") == ["a, b", "c"]
    assert first_row("Müller,x".encode("cp1252")) == ["Müller", "x"]
