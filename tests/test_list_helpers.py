"""What every list reader stands on: XML that cannot bite, and dates as lists print them."""

from __future__ import annotations

import contextlib
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import SourceChanged
from app.sources.partial_dates import dates_in, exact_day, from_serial, partial
from app.sources.xml_stream import Node, read_records

LIST = b'<?xml version="1.0"?><list made="2026-01-01"><people><person id="1"><name>Ann</name></person><person id="2"><name>Bo</name></person></people></list>'
PATHS = {"people/person": "person"}


def read(document: bytes, **options: str) -> list[tuple[str, Node]]:
    return list(read_records(io.BytesIO(document), root="list", records=PATHS, **options))


def test_records_come_one_by_one_after_the_root() -> None:
    found = read(LIST)
    assert [name for name, _ in found] == ["", "person", "person"]
    root, first = found[0][1], found[1][1]
    assert root.attr("made") == "2026-01-01"
    root.close()
    assert (first.attr("id"), first.value("name")) == ("1", "Ann")
    first.close()


BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE list [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">'
    b"]><list><people><person><name>&c;</name></person></people></list>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE list [<!ENTITY x SYSTEM "file:///etc/hostname">]><list><people><person><name>&x;</name></person></people></list>'


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"", "the document is empty"),
        (b"  \n", "the document is empty"),
        (b"<!DOCTYPE html><html><body>Service unavailable</body></html>", "HTML page"),
        (b"<html><head></head></html>", "HTML page"),
        (b'{"error": 503}', "not XML"),
        (b"a,b,c\r\n1,2,3\r\n", "not XML"),
        (LIST[:-20], "broken or cut"),
        (LIST[: len(LIST) // 2], "broken or cut"),
        (LIST.replace(b"<list", b"<other").replace(b"/list", b"/other"), "root element is <other>"),
        (LIST.replace(b"<list", b'<list xmlns="urn:x"'), "another list or another format"),
        (BILLION, "declares a document type or entities"),
        (OUTSIDE, "declares a document type or entities"),
        (LIST.replace(b"Ann", "Añn".encode("latin-1")), "broken or cut"),
        (LIST.replace(b"Ann", "Ãn".encode().decode("latin-1").encode()), "decoded wrongly"),
        (LIST.replace(b"<people>", b"<people><plant/>"), "unknown element <plant>"),
        (LIST.replace(b"<people>", b'<people kind="all">'), "unknown attribute kind of <people>"),
        (LIST.replace(b"<people>", b"<people>and more"), "unexpected text in <people>"),
        (b'<?xml version="1.0" encoding="klingon"?><list/>', "cut|decoded"),
        (LIST.replace(b"Ann", b"<a>" * 300 + b"</a>" * 300), "broken or cut"),
        (LIST.replace(b"<name>Ann</name>", b"<a/>" * 100_001), "more than 100000 elements"),
    ],
)
def test_what_is_not_the_list_is_refused_with_its_reason(document: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(document)


def test_a_namespace_is_part_of_the_format() -> None:
    inside = LIST.replace(b"<list", b'<list xmlns="urn:lists"')
    assert len(read(inside, namespace="urn:lists")) == 3
    with pytest.raises(SourceChanged, match="root element is <list>, not <list> of urn:lists"):
        read(LIST, namespace="urn:lists")


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        (Node("a", {"b": "1"}), "unknown attribute b of <a>"),
        (Node("a", {}, [Node("b")]), "unknown element <b> in <a>"),
        (Node("a", {}, [], "text"), "unexpected text in <a>"),
    ],
)
def test_what_nobody_took_means_the_format_changed(node: Node, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        node.close()


def test_an_element_that_stands_twice_where_one_is_expected_is_refused() -> None:
    with pytest.raises(SourceChanged, match="<b> stands 2 times"):
        Node("a", {}, [Node("b"), Node("b")]).one("b")


@given(st.binary(max_size=400))
def test_only_a_refusal_escapes_from_arbitrary_bytes(document: bytes) -> None:
    with pytest.raises(SourceChanged):
        read(b"<" + document)


@given(st.integers(0, len(LIST) - 1), st.binary(max_size=3))
def test_only_a_refusal_escapes_from_a_damaged_list(at: int, noise: bytes) -> None:
    with contextlib.suppress(SourceChanged):
        read(LIST[:at] + noise + LIST[at + 1 :])


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("1964-01-05", ("1964-01-05",)),
        ("1964-01", ("1964-01",)),
        ("05/01/1964", ("1964-01-05",)),
        ("00/00/1980", ("1980",)),
        ("00/04/1984", ("1984-04",)),
        ("12/25/1960", ("1960-12-25",)),
        ("4 Nov. 1978 ", ("1978-11-04",)),
        ("5 Feb. 1970\xa0\xa0", ("1970-02-05",)),
        ("March 1968 to March 1969", ("1968-03", "1969-03")),
        ("a) 1957 b) 1953", ("1957", "1953")),
        ("1965 or 1966", ("1965", "1966")),
        ("1963-1965", ("1963", "1964", "1965")),
        ("Between 1963 to 1965", ("1963", "1964", "1965")),
        ("a) Between 1968 and 1970, b) 1962", ("1968", "1969", "1970", "1962")),
        ("Approximately 1955- 1957", ("1955", "1956", "1957")),
        ("approximately 1977/1978", ("1977", "1978")),
        ("1955 to 1999", ("1955", "1999")),
        ("born in the early 1970s", tuple(str(year) for year in range(1970, 1980))),
        ("1/01/1968 b) 23-Apr-68", ("1968-01-01", "1968-04-23")),
        ("24/06/1402 (Hijri Calendar)", ()),
        ("1972-08-10 or 1972-08-11", ("1972-08-10", "1972-08-11")),
        ("31801", ("1987-01-24",)),
        ("1963.0", ("1963",)),
        ("2010", ("2010",)),
        ("2001.0", ("2001",)),
        ("21. Jul 1997; 1993", ("1997-07-21", "1993")),
        ("30 February 1960", ()),
        ("Passport 19601234", ()),
        ("na", ()),
        ("", ()),
    ],
)
def test_dates_are_found_in_prose(text: str, dates: tuple[str, ...]) -> None:
    assert dates_in(text) == dates


@given(st.text(max_size=80))
def test_every_date_found_is_a_date(text: str) -> None:
    for found in dates_in(text):
        date.fromisoformat((found + "-01-01")[:10])


def test_serials_are_days_and_small_numbers_are_years() -> None:
    assert (from_serial(31801.0), from_serial(1963.0), from_serial(3.5), from_serial(12.0)) == (
        "1987-01-24",
        "1963",
        None,
        None,
    )


def test_a_partial_date_knows_the_calendar() -> None:
    assert (partial(1964), partial(1964, 2), partial(1964, 2, 29)) == ("1964", "1964-02", "1964-02-29")
    with pytest.raises(ValueError, match="day"):
        partial(1965, 2, 29)


def test_a_whole_date_is_read_in_the_order_of_its_list() -> None:
    assert exact_day("22/03/2021", "x", order="dmy") == date(2021, 3, 22)
    assert exact_day("2021-03-22T00:00:00", "x") == date(2021, 3, 22)
    assert (
        exact_day("2008-09-10-04:00", "x")
        == exact_day("2008-09-10 00:00:00", "x")
        == exact_day("2008-09-10Z", "x")
        == date(2008, 9, 10)
    )
    assert exact_day(" ", "x") is None
    with pytest.raises(SourceChanged, match="DateDesignated: not a date"):
        exact_day("03/22/2021", "DateDesignated", order="dmy")
