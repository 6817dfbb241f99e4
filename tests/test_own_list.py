"""A buyer's own lists: any table, the mapping kept as data, and a positive row that lowers nothing."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import reference
from app.core.party import Party
from app.core.screening.watchlist import Watchlist
from app.errors import SourceChanged
from app.sources.own import own
from tests.fixtures_lists import packed, xlsx
from tests.support import builtin_engine, read_list, submission

TABLE = (
    b"Supplier name;List;Country;Alias;Date of birth;Reason;Added on;Until\n"
    b"Exemplar Trading Co.;blocked;China;ETC|Exemplar Trade;;bad papers;2025-01-02;\n"
    b"Gutes Beispiel GmbH;cleared;DE;;;audited;;\n"
    b"Anna Esempio;Deny;Italy;;1961-03;;;2026-01-01\n"
)


def read(*bodies: bytes) -> dict[str, Party]:
    return {p.name: p for p in read_list(own, *bodies)}


def test_a_table_in_the_buyers_own_words_is_read_with_the_built_in_mapping() -> None:
    parties = read(TABLE)
    bad, good, anna = parties.values()
    assert [a.name for a in bad.aliases] == ["Exemplar Trading Co.", "ETC", "Exemplar Trade"]
    assert (bad.countries, bad.designations[0].list, bad.designations[0].programme) == (("CN",), "own", "negative")
    assert (bad.designations[0].listed_on, bad.designations[0].basis) == (date(2025, 1, 2), "bad papers")
    assert (good.designations[0].programme, good.designations[0].extends_to) == ("positive", "INFORMATION")
    assert (anna.birth_dates, anna.designations[0].ended_on) == (("1961-03",), date(2026, 1, 1))


def test_a_row_keeps_its_key_when_rows_around_it_change_and_takes_its_own_id_where_it_has_one() -> None:
    lines = TABLE.splitlines(keepends=True)
    assert read(lines[0] + lines[2] + lines[1])["Exemplar Trading Co."].id == read(TABLE)["Exemplar Trading Co."].id
    assert read(b"id,name,list\n77,Exemplar,negative\n")["Exemplar"].id == "own:77"


def test_a_workbook_reads_as_the_text_does() -> None:
    rows = [[*line.split(";")] for line in TABLE.decode().splitlines()]
    assert read(xlsx(rows)) == read(TABLE)


def test_a_mapping_handed_over_with_the_list_names_columns_sides_and_what_is_ignored() -> None:
    table = b"Lieferant,Status,Umsatz\nExemplar AG,gesperrt,1\nBeispiel AG,frei,2\n"
    mapping = b"columns: {name: Lieferant, list: Status}\nvalues: {negative: [gesperrt], positive: [frei]}\nignore: [Umsatz]\n"
    with pytest.raises(SourceChanged, match="row 1: no field for the column 'Lieferant': name it in mapping"):
        read(table)
    parties = read(packed({"list.csv": table.decode(), "mapping.yaml": mapping.decode()}))
    assert [p.designations[0].programme for p in parties.values()] == ["negative", "positive"]
    assert parties == read(table, mapping)


def test_a_mapping_may_fix_the_side_of_the_whole_list() -> None:
    assert (
        read(b"name\nExemplar\n", b'{"fixed": {"list": "negative"}}')["Exemplar"].designations[0].programme
        == "negative"
    )


@pytest.mark.parametrize(
    ("bodies", "reason"),
    [
        ((b"name,list\nExemplar,maybe\n",), "row 2: neither negative nor positive"),
        ((b"name\nExemplar\n",), "row 2: no side said"),
        ((b"name,list\n,negative\n",), "row 2: a row without a name"),
        ((b"list\nnegative\n",), "lacks column 'name'"),
        ((b"name,name,list\na,b,negative\n",), "repeats column 'name'"),
        ((b"name,list,colour\nExemplar,negative,red\n",), "no field for the column 'colour'"),
        ((b"name,list,country\nExemplar,negative,Atlantis\n",), "row 2: the country is neither a name nor a code"),
        ((b"name,list,added on\nExemplar,negative,03/04/2026\n",), "added_on is written year first"),
        ((b"name,list,birth date\nExemplar,negative,long ago\n",), "the birth date cannot be read"),
        ((b"name,list,kind\nExemplar,negative,dragon\n",), "unknown kind"),
        (("name,list\nExämple,negative\n".encode("cp1252"),), "line 2: a byte that is not UTF-8; save it as UTF-8"),
        ((b"name,list\nExemplar,negative,1,2\n",), "a cell beyond the last column"),
        ((b'name,list\n"Exemplar,negative\n',), "unexpected end of data"),
        ((b"name,list\nExemplar,negative\n", b"columns: {name: &a [x]}\nfixed: {list: *a}\n"), "anchors and aliases"),
        ((b"name,list\nExemplar,negative\n", b"columns: {colour: x}\n"), "columns knows name"),
        ((b"name,list\nExemplar,negative\n", b"columns: [name]\n"), "columns knows name"),
        ((b"name,list\nExemplar,negative\n", b"columns: {name: {a: b}}\n"), "words or lists of words"),
        ((b"<html><body>login</body></html>",), "HTML page"),
        ((b'{"error": 1}',), "JSON of another kind"),
    ],
)
def test_what_cannot_be_read_is_refused_with_row_and_reason(bodies: tuple[bytes, ...], reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(*bodies)


@given(st.binary(max_size=200))
def test_only_a_refusal_escapes(noise: bytes) -> None:
    for body in (noise, b"name,list\n" + noise, TABLE[:60] + noise):
        try:
            found = read_list(own, body)
        except SourceChanged:
            found = ()
        assert all(p.source == "own" for p in found)


def test_a_positive_row_is_shown_with_the_hit_and_changes_no_rating() -> None:
    engine = builtin_engine()
    supplier = {"name": "Gutes Beispiel GmbH", "kind": "organization", "country": "DE"}
    asked = submission(supplier=supplier, profiles=["us_person", "global_policy"])
    day = date(2026, 11, 1)
    before = engine.assess(asked, day)
    with_own = type(engine)(
        watchlist=Watchlist.of([*reference.load_parties(), *read(TABLE).values()]),
        reference=engine.reference,
        factors=engine.factors,
        rulebook=engine.rulebook,
    )
    after = with_own.assess(asked, day)
    assert {r.profile: r.rating for r in after.ratings} == {r.profile: r.rating for r in before.ratings}
    assert [f.factor for f in after.findings] == [f.factor for f in before.findings]
    assert not before.hits
    assert [h.party.lists for h in after.hits] == [("own",)]


def test_a_zip_of_the_list_and_something_else_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("a.csv", TABLE)
        made.writestr("page.html", "<html><body>x</body></html>")
    with pytest.raises(SourceChanged, match="HTML page and does not belong"):
        read(buffer.getvalue())
