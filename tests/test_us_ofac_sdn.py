"""OFAC's legacy CSV set: read whole and exactly, or refused with file, line and reason."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.party import AliasKind, Party, PartyKind
from app.errors import SourceChanged
from app.sources.ofac_remarks import read_remarks
from app.sources.us_ofac_sdn import us_ofac_sdn
from tests.fixtures_ofac import ADD, ALT, COMMENTS, SDN, document, sdn
from tests.support import SHARED, streams

parse_streams = us_ofac_sdn.formats[0].parse
OFAC = SHARED / "data" / "ofac"
absent = pytest.mark.skipif(not OFAC.exists(), reason="the published lists lie beside the checkout and are not here")
SMALL = {"sdn.csv": SDN, "add.csv": ADD, "alt.csv": ALT, "sdn_comments.csv": COMMENTS}


@cache
def published(folder: str) -> Mapping[str, bytes]:
    made = {}
    for path in (OFAC / folder).iterdir():
        body = path.read_bytes()
        made[path.name.removesuffix(".gz")] = gzip.decompress(body) if path.suffix == ".gz" else body
    return made


def parse(documents: Mapping[str, bytes]) -> tuple[Party, ...]:
    return tuple(parse_streams(streams(documents)))


@cache
def whole() -> dict[str, Party]:
    return {p.id: p for p in parse(published("sdn_csv_2024-01-08"))}


def raw(name: str) -> list[list[str]]:
    text = published("sdn_csv_2024-01-08")[name].decode("ascii").rstrip("\x1a")
    return list(csv.reader(io.StringIO(text)))


@absent
def test_every_party_alias_and_address_of_the_published_set_is_read() -> None:
    parties = whole()
    assert len(parties) == len(raw("sdn.csv")) == 13_821
    rows = raw("alt.csv")
    assert len(rows) == 17_091
    for number, _, _, name, _ in rows:
        assert name in {a.name for a in parties[f"us_ofac_sdn:{number}"].aliases}
    addresses = [r for r in raw("add.csv") if any(cell.strip() != "-0-" for cell in r[2:5])]
    assert sum(len(p.addresses) for p in parties.values()) == len(addresses)
    programmes = sum(r[3].count("] [") + 1 for r in raw("sdn.csv"))
    assert sum(len(p.designations) for p in parties.values()) == programmes


@absent
def test_the_xinjiang_designees_carry_what_hides_in_their_remarks() -> None:
    ids = [
        "29159",
        "29160",
        "29162",
        "29219",
        "29220",
        "29299",
        "29300",
        "29319",
        "31492",
        "31493",
        "34079",
        "34119",
        "39417",
        "46884",
    ]
    assert all(f"us_ofac_sdn:{i}" in whole() for i in ids)
    huo, tuniyaz, gao = (whole()[f"us_ofac_sdn:{i}"] for i in ("29160", "34119", "39417"))
    assert (huo.kind, huo.birth_dates, huo.gender) == (PartyKind.PERSON, ("1952",), "male")
    assert (tuniyaz.birth_dates, tuniyaz.nationalities, tuniyaz.birth_places) == (
        ("1961-12",),
        ("CN",),
        ("Aksu, Xinjiang, China",),
    )
    assert [(r.kind, r.to) for r in tuniyaz.relationships] == [("linked_to", "us_ofac_sdn:29159")]
    assert [d.programme for d in gao.designations] == ["GLOMAG", "UHRPA"]


@absent
def test_overflowing_remarks_are_joined_and_weak_names_are_weak() -> None:
    bank = whole()["us_ofac_sdn:17018"]
    assert ("tax", "7707083893", "RU") in {(i.scheme, i.value, i.country) for i in bank.identifiers}
    parties = whole().values()
    assert sum(1 for p in parties for a in p.aliases if a.kind is AliasKind.WEAK) > 3_000
    assert sum(1 for p in parties for i in p.identifiers if i.scheme == "uscc") > 50


@absent
def test_another_edition_loads_alone_and_the_damaged_set_is_refused() -> None:
    assert len(parse(published("sdn_csv_2024-07-02"))) == 15_443
    with pytest.raises(SourceChanged, match=r"sdn\.csv line 7380: 1 columns instead of 12"):
        parse(published("sdn_csv_damaged_2019-01"))
    mixed = {
        "sdn.csv": published("sdn_csv_2024-07-02")["sdn.csv"],
        "add.csv": published("sdn_csv_2025-12-24")["add.csv"],
    }
    with pytest.raises(SourceChanged, match="different editions"):
        parse(mixed)


@absent
@pytest.mark.parametrize("folder", ["sdn_csv_2024-01-11", "sdn_csv_2024-07-02"])
def test_the_primary_file_alone_loads_with_every_row_in_it(folder: str) -> None:
    parties = parse(published(folder))
    rows = read_again(published(folder)["sdn.csv"])
    assert [f"us_ofac_sdn:{row[0]}" for row in rows] == [p.id for p in parties]
    assert sum(len(p.designations) for p in parties) == sum(r[3].count("] [") + 1 for r in rows)


def read_again(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode("ascii").rstrip("\x1a"))))


@absent
def test_a_set_saved_again_by_somebody_loads_whole_and_names_the_row_with_another_partys_number() -> None:
    """Plain line ends, few quotes, an address of nobody: all fine. Somebody typed 2677 over 34489 in the last row; both parties are kept."""
    files = dict(published("sdn_csv_resaved_2022-01-31"))
    parties = {p.id: p for p in parse(files)}
    assert len(parties) == len(read_again(files["sdn.csv"])) == 9_044
    hammer = parties["us_ofac_sdn:2677-hamer-and-nail-construction-limited"]
    assert "gives this row the number 2677 of another party" in hammer.remarks
    assert [i.scheme for i in hammer.identifiers] == ["registration"]
    assert (hammer.addresses, len(hammer.aliases)) == ((), 1)
    zomor = parties["us_ofac_sdn:2677"]
    assert (zomor.name, len(zomor.aliases)) == ("AL-ZOMOR, Abboud Abdul Latif Hassan", 6)
    for number, _, _, name, _ in read_again(files["alt.csv"]):
        assert name.strip() in {a.name for a in parties[f"us_ofac_sdn:{number}"].aliases}
    printed = [r for r in read_again(files["add.csv"]) if any(c.strip() != "-0-" for c in r[2:])]
    assert sum(len(p.addresses) for p in parties.values()) == len(printed) - 1


@absent
def test_two_numbers_typed_over_or_one_that_does_not_break_the_order_are_damage() -> None:
    files = dict(published("sdn_csv_resaved_2022-01-31"))
    for new, says in ((b"\n2676,HAMIDCO", "line 9044: number 2677"), (b"\n34487,HAMIDCO", "line 9043: number 34487")):
        broken = files | {"sdn.csv": files["sdn.csv"].replace(b"\n34488,HAMIDCO", new)}
        with pytest.raises(SourceChanged, match=rf"sdn\.csv {says} stands twice"):
            parse(broken)


def test_the_small_set_is_read_field_by_field() -> None:
    parties = {p.id.split(":")[1]: p for p in parse(SMALL)}
    shipping = parties["90001"]
    assert shipping.name == "EXEMPLAR SHIPPING CO., LTD."
    assert {(a.name, a.kind) for a in shipping.aliases[1:]} == {
        ("EXEMPLAR TRADING", AliasKind.FORMER),
        ("EXSHIP", AliasKind.WEAK),
    }
    assert {(i.scheme, i.value, i.country) for i in shipping.identifiers} == {
        ("ofac", "90001", None),
        ("tax", "1234567890", "PA"),
        ("uscc", "91110000600037341L", "CN"),
    }
    assert [r.to_name for r in shipping.relationships] == ["HUO, Liujun"]
    assert shipping.countries == ("PA",)
    assert parties["29160"].addresses == ()


def test_saved_again_with_plain_line_ends_it_still_loads() -> None:
    assert len(parse({"sdn.csv": SDN.replace(b"\r\n", b"\n")})) == 6


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("sdn.csv", lambda b: b[: len(b) // 2], "0x1A"),
        ("sdn.csv", lambda b: b[: len(b) // 2] + b"\x1a", "line"),
        ("sdn.csv", lambda b: b"<!doctype html><html></html>", "HTML"),
        ("sdn.csv", lambda b: b"", "empty"),
        ("sdn.csv", lambda b: b.replace(b"29160", b"29\x0060"), "NUL"),
        ("sdn.csv", lambda b: b.replace(b"HUO", "HÜO".encode()), "ASCII"),
        ("sdn.csv", lambda b: b.replace(b"29160,", b"HUO,"), "line 2: the first column is not a number"),
        ("sdn.csv", lambda b: b.replace(b'"individual"', b'"robot"'), "line 2: unknown type"),
        ("sdn.csv", lambda b: ADD, "line 1: 6 columns instead of 12"),
        ("sdn.csv", lambda b: b.replace(b"\r\n", b",x\r\n"), "13 columns"),
        ("alt.csv", lambda b: SDN, "12 columns instead of 5"),
        ("alt.csv", lambda b: b.replace(b"aka", b"xka"), "unknown alias type"),
        ("add.csv", lambda b: document('77777,1,"x","y","China",-0- '), "different editions"),
    ],
)
def test_what_is_wrong_is_named(name: str, change: object, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        parse({**SMALL, name: change(SMALL[name])})  # type: ignore[operator]


@given(st.binary(max_size=300), st.integers(0, len(SDN)))
@settings(deadline=None)
def test_no_damage_breaks_the_reader(noise: bytes, place: int) -> None:
    try:
        parties = parse({"sdn.csv": SDN[:place] + noise + SDN[place:]})
    except SourceChanged:
        return
    assert all(p.id.startswith("us_ofac_sdn:") for p in parties)


def test_dates_known_to_the_day_month_or_year() -> None:
    remarks = read_remarks(
        "DOB 15 Jan 1955; alt. DOB Jan 1964; alt. DOB circa 1951; alt. DOB 1970 to 1972; POB Aksu, China; Member of a board."
    )
    assert remarks.births == ["1955-01-15", "1964-01", "1951", "1970", "1972"]
    assert remarks.places == ["Aksu, China"]
    assert remarks.roles == ["Member of a board"]


def test_one_row_twice_is_one_party_and_one_number_for_two_is_refused() -> None:
    row = sdn(1, "EXEMPLAR ONE")
    assert len(parse({"sdn.csv": document(row, row)})) == 1
    with pytest.raises(SourceChanged, match="stands twice"):
        parse({"sdn.csv": document(row, sdn(1, "EXEMPLAR TWO"))})
