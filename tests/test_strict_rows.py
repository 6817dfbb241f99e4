"""Delimited text is read exactly, or refused with file, line and reason."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import SourceChanged
from app.sources.countries import CODES, country_code, country_of
from app.sources.strict_rows import Layout, has_header, headed_rows, leftover, plain_rows

HEADED = Layout(columns=("Name", "City"), optional=("Note",))
PLAIN = Layout(width=3, encoding="ascii", end=b"\x1a")


def headed(body: bytes, layout: Layout = HEADED) -> list[tuple[int, dict[str, str]]]:
    return list(headed_rows("list.csv", io.BytesIO(body), layout))


def plain(body: bytes) -> list[list[str]]:
    return [cells for _, cells in plain_rows("list.csv", io.BytesIO(body), PLAIN)]


def test_columns_may_stand_in_any_order_and_cells_may_hold_line_ends() -> None:
    expected = [(3, {"Name": "A\nB", "City": "C"}), (4, {"Name": "D", "City": ""})]
    assert headed(b'Name,City\n"A\nB",C\nD,\n') == expected
    assert headed(b'City,Name\nC,"A\nB"\n,D\n') == expected
    assert headed(b'\xef\xbb\xbfCity,Name\r\nC,"A\nB"\r\n,D\r\n') == expected
    assert headed(b"Name,City,Note\nA,B,C\n") == [(2, {"Name": "A", "City": "B", "Note": "C"})]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"Name\nA\n", "line 1: the header lacks column 'City'"),
        (b"Name,City,New\nA,B,C\n", "line 1: the header has the unknown column 'New'"),
        (b"Name,City,Name\nA,B,C\n", "line 1: the header repeats column 'Name'"),
        (b"Name,City\nA\n", "line 2: 1 columns instead of 2"),
        (b"Name,City\nA,B,C\n", "line 2: 3 columns instead of 2"),
        (b'Name,City\nA,"B\n', "line 2: unexpected end"),
        (b"Name,City\nA,B", "line 2: the last line has no end"),
        (b'Name,City\n"A"x,B\n', "line 2: "),
        (b"Name,City\nA,\xff\n", "line 2: a byte that is not UTF-8"),
        ("Name,City\nA,B\n".encode("utf-16"), "UTF-16"),
        (b"<!doctype html><html></html>", "HTML or XML"),
        (b'{"results": []}', "JSON"),
        (b"Name,City\nA,\x00\n", "line 2: a NUL byte"),
        (b"Name,City\n" + b"x" * 5_000_000, "longer than any row"),
    ],
)
def test_what_is_wrong_in_a_headed_file_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        headed(body)


def test_a_file_closed_by_a_mark_must_have_it_unless_it_was_saved_again() -> None:
    assert plain(b"1,a,b\r\n2,c,d\r\n\x1a") == [["1", "a", "b"], ["2", "c", "d"]]
    assert plain(b"1,a,b\n2,c,d\n\x1a") == plain(b"1,a,b\n2,c,d\n") == plain(b"1,a,b\r\n2,c,d\r\n\x1a\r\n")
    for body, reason in (
        (b"1,a,b\r\n2,c,d\r\n", "0x1A byte is missing"),
        (b"1,a,b\n2,c,d", "no end"),
        (b"1,a,b\n\x1a\n2,c,d\n", "after the mark"),
        (b"1,a,b\r\n2,c\r\n\x1a", "line 2: 2 columns instead of 3"),
        (b"1,a,\xc3\xbc\r\n\x1a", "line 1: a byte that is not ASCII"),
        (b"\x1a", "is empty"),
    ):
        with pytest.raises(SourceChanged, match=reason):
            plain(body)


def test_a_quote_that_is_never_closed_is_named_where_it_opens() -> None:
    body = b'Name,City\n"A,B\n' + b"C,D\n" * 3_000 + b'"E",F\n'
    with pytest.raises(SourceChanged, match="line"):
        headed(body)


def test_a_header_is_recognised_in_any_order_and_nothing_else_is() -> None:
    assert has_header(b"City,Name\nA,B", HEADED)
    assert has_header(b'\xef\xbb\xbf"Name","City","Note"\r\n', HEADED)
    assert not has_header(b"City\nA", HEADED)
    assert not has_header(b"City,Name,New\nA", HEADED)
    assert not has_header(b"", HEADED)
    assert not has_header(b"\xff\xfe\x00", HEADED)


def test_a_filled_cell_that_nobody_read_is_named() -> None:
    leftover("list.csv", 2, {"Note": ""})
    with pytest.raises(SourceChanged, match="line 2: nobody reads the column Note"):
        leftover("list.csv", 2, {"Note": "x"})


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_what_is_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([("Name", "City"), *rows])
    body = buffer.getvalue().encode()
    assert [(row["Name"], row["City"]) for _, row in headed(body)] == [(a.strip(), b.strip()) for a, b in rows]


@given(st.binary(max_size=200))
def test_only_source_changed_escapes(body: bytes) -> None:
    for read in (headed, plain):
        try:
            read(body)
        except SourceChanged:
            continue


def test_countries_are_known_by_name_as_lists_write_them_and_by_code() -> None:
    names = (
        "Korea, North",
        "Virgin Islands, U.S.",
        "The Gambia",
        "Iran (Islamic Republic of)",
        "Region: Gaza",
        "Türkiye",
        "Viet  Nam",
    )
    assert [country_code(n) for n in names] == ["KP", "VI", "GM", "IR", "PS", "TR", "VN"]
    assert (country_of("CN"), country_of("China"), country_of("cn"), country_of("QQ")) == ("CN", "CN", None, None)
    assert country_code("undetermined") is None
    assert all(len(code) == 2 and code.isupper() for code in CODES.values())
