"""The UFLPA Entity List: read from the page and from notices, and refused where it is not the whole list."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.party import AliasKind, Party
from app.errors import SourceChanged
from app.sources.us_uflpa import us_uflpa
from tests.support import SHARED, read_list, streams

TRIMMED = SHARED / "data" / "uflpa" / "dhs_uflpa_page_trimmed.html"

FIRST, SECOND, FIFTH = (
    f'<p class="text-align-center"><strong>A list of entities</strong><br><a href="#">Section 2(d)(2)(B)({clause})</a></p>'
    for clause in ("i", "ii", "v")
)


def table(*rows: tuple[str, str], name: str = "Name of Entity", when: str = "Effective Date") -> str:
    body = "".join(f"<tr><td>{cell}</td><td>{day}</td></tr>\n" for cell, day in rows)
    return f"<table><thead><tr><th>{name}</th><th>{when}</th></tr></thead><tbody>{body}</tbody></table>"


CORPS = "Exemplar Corps (including two aliases: XC; and Exemplar Bt) and its subordinate and affiliated entities"
PAGE = (
    "<!DOCTYPE html>\n<html lang='en'><head><title>UFLPA Entity List</title><script>var x = '<div>';</script></head><body><main><h1>List</h1>"
    + FIRST
    + table(
        (
            "Exemplar&nbsp;Silicon (Shanshan) Co., Ltd (including one alias: Ex Si Co.)\n and subsidiaries ",
            "June 21, 2022",
        ),
        (CORPS, "June 21, 2022"),
    )
    + SECOND
    + table(
        (CORPS, "June 21, 2022"),
        (
            "Exemplar Print Corporation and its two Zhuhai-based subsidiaries, which include Ex Ink Co. Ltd., and Ex Toner Co., Ltd.",
            "June 12, 2023",
        ),
        name="Entity Name",
    )
    + FIFTH
    + table(
        (CORPS.replace("Exemplar Corps", "EXEMPLAR CORPS"), "January 15, 2025"),
        ("Yuan’an <br>Yarn Co. Ltd.", "1/15/2025"),
    )
    + "</main></body></html>\n"
).encode()


def read(*bodies: bytes) -> dict[str, Party]:
    return {party.id: party for party in read_list(us_uflpa, *bodies)}


def test_one_entity_on_several_clauses_is_one_party_with_its_widest_words() -> None:
    parties = read(PAGE)
    assert len(parties) == 6
    corps = parties["us_uflpa:exemplar-corps"]
    (designation,) = corps.designations
    assert designation.clauses == ("i", "ii", "v")
    assert designation.listed_on == date(2022, 6, 21)
    assert designation.extends_to == "SUBORDINATE_AND_AFFILIATED"
    assert designation.reference.split("; ") == [
        "section 2(d)(2)(B)(i) since 2022-06-21",
        "section 2(d)(2)(B)(ii) since 2022-06-21",
        "section 2(d)(2)(B)(v) since 2025-01-15",
    ]
    assert [a.name for a in corps.aliases] == ["Exemplar Corps", "XC", "Exemplar Bt", "EXEMPLAR CORPS"]


def test_named_subsidiaries_are_counted_as_the_department_counts_them() -> None:
    parties = read(PAGE)
    ink = parties["us_uflpa:ex-ink-co-ltd"]
    assert [(r.kind, r.to) for r in ink.relationships] == [("subsidiary_of", "us_uflpa:exemplar-print-corporation")]
    assert ink.designations[0].extends_to == "LISTED_TEXT_ONLY"
    assert parties["us_uflpa:exemplar-print-corporation"].designations[0].extends_to == "NAMED_SUBSIDIARIES"
    assert parties["us_uflpa:exemplar-silicon-shanshan-co-ltd"].designations[0].extends_to == "AND_SUBSIDIARIES"
    yarn = parties["us_uflpa:yuanan-yarn-co-ltd"]
    assert (yarn.name, yarn.designations[0].listed_on) == ("Yuan’an Yarn Co. Ltd.", date(2025, 1, 15))


def test_without_headings_the_clauses_are_not_guessed() -> None:
    parties = read(
        f"<html><body>{table(('Ex Co.', 'June 21, 2022'))}{table(('Ey Co.', 'May 17, 2024'))}</body></html>".encode()
    )
    assert [p.designations[0].clauses for p in parties.values()] == [(), ()]


def test_columns_in_another_order_say_the_same() -> None:
    swapped = "<html><body><table><tr><th>Effective Date</th><th>Name of Entity</th></tr><tr><td>June 21, 2022</td><td>Ex Co.</td></tr></table></body></html>"
    assert read(swapped.encode()) == read(f"<html><body>{table(('Ex Co.', 'June 21, 2022'))}</body></html>".encode())


def _page(inside: str) -> bytes:
    return f"<html><body>{inside}</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (_page("<h1>Service unavailable</h1>"), "no table in it"),
        (PAGE[: len(PAGE) // 2], "not closed, so the page was cut"),
        (PAGE.replace(b"</html>", b""), "<html> is not closed"),
        (PAGE.decode().encode("utf-16"), "text or data of another kind|UTF-8|not closed"),
        (PAGE.replace(b"Yuan", b"\xe9uan"), "not UTF-8"),
        (PAGE.replace("’".encode(), "â\x80\x99".encode()), "decoded wrongly"),
        (PAGE.replace(b"<th>Effective Date</th>", b"<th>Since</th>"), "table 1 has no column"),
        (
            PAGE.replace(b"<th>Effective Date</th>", b"<th>Effective Date</th><th>Notes</th>"),
            "a row of 2 cells in a table of 3 columns",
        ),
        (
            _page(
                "<table><tr><th>Name of Entity</th><th>Effective Date</th><th>Notes</th></tr><tr><td>Ex</td><td>June 21, 2022</td><td>n</td></tr></table>"
            ),
            "unknown column 'Notes'",
        ),
        (_page(table(("Ex", "soon"))), "table 1 row 1: not a date"),
        (_page(table(("Ex", ""))), "table 1 row 1: an entity without an effective date"),
        (_page(table(("Ex (also known as Ey;", "June 21, 2022"))), "table 1 row 1: a parenthesis is opened"),
        (_page(table()), "no entity in it"),
        (
            _page(FIRST + table(("Ex", "June 21, 2022")) + table(("Ey", "June 21, 2022"))),
            "table 2 stands under no clause",
        ),
        (b'36,"EXEMPLAR",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a', "is read from"),
        (b'<?xml version="1.0"?><sdnList></sdnList>', "is read from"),
    ],
)
def test_what_is_not_the_whole_page_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(body)


NOTICE = """[Federal Register Volume 88, Number 147 (Wednesday, August 2, 2023)]
[Notices]
[Pages 50902-50905]
From the Federal Register Online via the Government Publishing Office [www.gpo.gov]
[FR Doc No: 2023-99999]

-----------------------------------------------------------------------

DEPARTMENT OF HOMELAND SECURITY

Notice Regarding the Uyghur Forced Labor Prevention Act Entity
List

SUMMARY: The updated UFLPA Entity List is also published as an appendix to this notice.
This update adds one entity to the section 2(d)(2)(B)(ii) list:

    <bullet> Exemplar Battery Group Co., Ltd. (also known as Ex
Battery)

[[Page 50903]]

Appendix 1

    This notice supersedes the notice of June 12, 2023.

UFLPA Section 2(d)(2)(B)(i) A List of Entities in Xinjiang That Mine,
Produce, or Manufacture Wholly or in Part Any Goods With Forced Labor

Exemplar Silicon (Shanshan) Co., Ltd (including one alias: Ex Si
    Co.) and subsidiaries
Exemplar Corps (including two aliases: XC; and Exemplar Bt) and its
subordinate and affiliated entities

UFLPA Section 2(d)(2)(B)(ii) A List of Entities Working With the
Government of Xinjiang

Exemplar Battery Group Co., Ltd. (also known as Ex Battery)
[[Page 50904]]
Exemplar Corps and its subordinate and affiliated entities

UFLPA Section 2(d)(2)(B)(iv) A List of Entities That Exported Products

    Entities identified in sections (i) and (ii) above may serve as both
manufacturers and exporters.

[FR Doc. 2023-99999 Filed 8-1-23; 8:45 am]
BILLING CODE 9110-9M-P
"""


def test_a_notice_reprints_the_list_and_dates_what_it_adds() -> None:
    parties = read(NOTICE.encode())
    assert {number: (p.designations[0].clauses, p.designations[0].listed_on) for number, p in parties.items()} == {
        "us_uflpa:exemplar-silicon-shanshan-co-ltd": (("i",), None),
        "us_uflpa:exemplar-corps": (("i", "ii"), None),
        "us_uflpa:exemplar-battery-group-co-ltd": (("ii",), date(2023, 8, 2)),
    }
    assert all("2023-99999" in p.designations[0].reference for p in parties.values())
    battery = parties["us_uflpa:exemplar-battery-group-co-ltd"]
    assert [(a.name, a.kind) for a in battery.aliases][1] == ("Ex Battery", AliasKind.STRONG)
    assert set(parties) & set(read(PAGE)) == {"us_uflpa:exemplar-silicon-shanshan-co-ltd", "us_uflpa:exemplar-corps"}


def test_the_page_around_a_notice_changes_nothing() -> None:
    wrapped = NOTICE.replace("<bullet>", "&lt;bullet&gt;")
    page = f"<html><head><title>FR</title></head><body><pre>\n{NOTICE}</pre></body></html>"
    assert read(page.encode()) == read(NOTICE.encode())
    assert "us_uflpa:exemplar-battery-group-co-ltd" in read(f"<html><body><pre>{wrapped}</pre></body></html>".encode())


def test_the_record_beside_a_notice_gives_its_citation_and_must_be_its_own() -> None:
    record = {
        "document_number": "2023-99999",
        "publication_date": "2023-08-02",
        "citation": "88 FR 50902",
        "title": "Notice Regarding the Uyghur Forced Labor Prevention Act Entity List",
    }
    parties = read(NOTICE.encode(), json.dumps(record).encode())
    assert all("88 FR 50902" in p.designations[0].reference for p in parties.values())
    with pytest.raises(SourceChanged, match="the record is of document 2023-11111"):
        read(NOTICE.encode(), json.dumps({**record, "document_number": "2023-11111"}).encode())
    with pytest.raises(SourceChanged, match="record of another document"):
        read(NOTICE.encode(), json.dumps({**record, "title": "Tuna"}).encode())
    with pytest.raises(SourceChanged, match=r"needs notice\.txt"):
        read(json.dumps(record).encode())


def test_a_notice_says_when_it_was_published() -> None:
    form = us_uflpa.formats[1]
    assert form.published is not None
    assert form.published(streams({"notice.txt": NOTICE.encode()})) == date(2023, 8, 2)
    assert form.published(streams({"notice.txt": b"nothing"})) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda t: t.replace("Appendix 1", "Annex"), "does not reprint the list"),
        (lambda t: t[: t.index("UFLPA Section 2(d)(2)(B)(iv)")], "does not end as notices do"),
        (lambda t: t.replace("[FR Doc", "[Doc"), "without its number"),
        (lambda t: t.replace("(Wednesday, August 2, 2023)", ""), "without its number or its day"),
        (lambda t: t.replace("Labor\n\nExemplar Silicon", "Labor\nExemplar Silicon"), r"no entity under clause \(i\)"),
    ],
)
def test_what_is_not_a_whole_notice_is_refused(change: object, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(change(NOTICE).encode())  # type: ignore[operator]


@given(st.binary(max_size=30), st.integers(0, 3_000), st.integers(0, 60), st.booleans())
@settings(deadline=None, max_examples=200)
def test_no_damage_breaks_the_readers(noise: bytes, place: int, lost: int, which: bool) -> None:
    made = NOTICE.encode() if which else PAGE
    place %= len(made)
    try:
        parties = read(made[:place] + noise + made[place + lost :])
    except SourceChanged:
        return
    assert all(number.startswith("us_uflpa:") for number in parties)


@pytest.mark.skipif(not TRIMMED.exists(), reason="the published lists lie beside the checkout and are not here")
def test_the_published_excerpt_loads_whole() -> None:
    parties = read(TRIMMED.read_bytes())
    assert {p.name: (p.designations[0].listed_on, len(p.aliases)) for p in parties.values()} == {
        "Baoding LYSZD Trade and Business Co., Ltd.": (date(2022, 6, 21), 1),
        "Hetian Haolin Hair Accessories Co. Ltd.": (date(2022, 6, 21), 3),
        "Aksu Huafu Color Spinning Co., Ltd.": (date(2025, 1, 15), 5),
        "Camel Group Co., Ltd.": (date(2023, 8, 2), 1),
    }
