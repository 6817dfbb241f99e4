"""The Consolidated Screening List and the Denied Persons List: every row to its own list, and nothing lost on the way."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.party import AliasKind, Party, PartyKind
from app.core.source import Source
from app.errors import SourceChanged
from app.sources.csl_rows import COLUMNS
from app.sources.us_bis_dpl import LAYOUT, us_bis_dpl
from app.sources.us_csl import us_csl
from tests.support import SHARED, read_list

DATA = SHARED / "data"
absent = pytest.mark.skipif(not DATA.exists(), reason="the published lists lie beside the checkout and are not here")
EL, DPL = (
    "Entity List (EL) - Bureau of Industry and Security",
    "Denied Persons List (DPL) - Bureau of Industry and Security",
)
MEU = "Military End User (MEU) List - Bureau of Industry and Security"
ISN = "Nonproliferation Sanctions (ISN) - State Department"
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
SSI = "Sectoral Sanctions Identifications List (SSI) - Treasury Department"
CMIC = "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department"


def row(**cells: str) -> dict[str, str]:
    return {column: cells.get(column, "") for column in COLUMNS} | {"_id": "hash"}


ROWS = [
    row(source=EL, name="Exemplar Research Institute (CETC 99)", addresses="1 Hezuo Road, Exampleville, China; and 2 Changsheng Street, Exampleville, CN",
        alt_names="ERI; Exemplar Institute; and CETC 99", start_date="2018-08-01", federal_register_notice="83 FR 1; 87 FR 2",
        license_requirement="For all items.", license_policy="Presumption of denial."),
    row(source=EL, name="Exemplar Research Institute (CETC 99)", addresses="3 Other Road, Hong Kong, HK", start_date="2018-08-01", federal_register_notice="88 FR 3",
        license_requirement="For all items.", license_policy="Presumption of denial."),
    row(source=EL, name="Address 01", addresses="Room 1, Exemplar Centre, Hong Kong, HK", start_date="2024-06-12"),
    row(source=MEU, name="China?s Exemplar Universit?t", addresses="Xian, CN", start_date="2020-12-23"),
    row(source=ISN, programs="INKSNA", name="Exemplar Import Company; and any successor, sub-unit, or subsidiary thereof", start_date="2023-07-19"),
    row(source=DPL, name="EXEMPLAR, JOHN", addresses="12 Elm Street, LOS ANGELES, CA; 13 Elm Street, BERLIN, DE; 14 Elm, TEHRAN, IR", start_date="2016-01-02",
        end_date="2026-10-13", standard_order="Y", remarks="FR NOTICE ADDED"),
    row(source=SDN, entity_number="501", type="Individual", programs="GLOMAG; UHRPA", name="EXEMPLAR, Anna", dates_of_birth="1964-01-05; 1964",
        nationalities="CN", citizenships="KP", places_of_birth="Exampletown", title="Minister", remarks="(Linked To: EXEMPLAR WORKS)",
        ids="Passport, P123, CN; Gender, Female; Secondary sanctions risk:, Some Regulations, sections 1 and 2"),
    row(source=SSI, entity_number="502", type="Entity", programs="UKRAINE-EO13662", name="EXEMPLAR BANK", ids="RU, 113, Registration ID; 0644, Government Gazette Number"),
    row(source=SDN, entity_number="502", type="Entity", programs="RUSSIA-EO14024", name="EXEMPLAR BANK"),
    row(source=CMIC, entity_number="503", type="Entity", programs="CMIC-EO13959", name="EXEMPLAR OPTICS",
        ids="Effective Date (CMIC), 14 Feb 2022; Listing Date (CMIC), 16 Dec 2021"),
    row(source=SDN, entity_number="504", type="Vessel", programs="SDGT", name="EXEMPLAR STAR", vessel_flag="Iran", call_sign="XX01", vessel_owner="EXEMPLAR BANK",
        vessel_type="Tanker", ids="IMO 9116412, Vessel Registration Identification"),
]  # fmt: skip


def as_csv(rows: Sequence[dict[str, str]], columns: Sequence[str] = ("_id", *COLUMNS)) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def as_json(rows: Sequence[dict[str, str]]) -> bytes:
    def parts(cell: str) -> list[str]:
        return [part.removeprefix("and ") for part in cell.split("; ") if part]

    results: list[dict[str, Any]] = []
    for cells in rows:
        made: dict[str, Any] = {key: cell or None for key, cell in cells.items() if key != "_id"}
        for key in ("programs", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth"):
            made[key] = parts(cells[key])
        made["addresses"] = []
        for text in parts(cells["addresses"]):
            street, _, last = text.rpartition(", ")
            known = last in ("CN", "HK", "IR") or last == "China"
            made["addresses"].append(
                {"address": street if known else text, "city": None, "country": last if known else None}
            )
        made["ids"] = []
        for text in parts(cells["ids"]):
            pieces = text.split(", ")
            if pieces[-1] in ("Registration ID", "Government Gazette Number", "Vessel Registration Identification"):
                pieces.reverse()
            made["ids"].append(dict(zip(("type", "number", "country"), [pieces[0], *pieces[1:3]], strict=False)))
        made["id"] = cells["_id"]
        results.append(made)
    return json.dumps({"total": len(results), "results": results}).encode()


def read(body: bytes, source: Source = us_csl) -> dict[str, Party]:
    return {party.id: party for party in read_list(source, body)}


def named(parties: dict[str, Party], name: str) -> Party:
    return next(p for p in parties.values() if p.name == name)


def test_every_row_goes_to_its_own_list_and_programme() -> None:
    parties = read(as_csv(ROWS))
    assert len(parties) == 9  # two rows of the institute, two of the bank
    listed = {(p.name, d.list, d.programme, d.instrument) for p in parties.values() for d in p.designations}
    assert {(n, x) for n, x, _, _ in listed} == {
        ("Exemplar Research Institute (CETC 99)", "us_bis_entity_list"),
        ("Address 01: Room 1, Exemplar Centre, Hong Kong, HK", "us_bis_entity_list"),
        ("China?s Exemplar Universit?t", "us_bis_meu"),
        ("Exemplar Import Company", "us_isn"),
        ("EXEMPLAR, JOHN", "us_bis_dpl"),
        ("EXEMPLAR, Anna", "us_ofac_sdn"),
        ("EXEMPLAR BANK", "us_ofac_consolidated"),
        ("EXEMPLAR BANK", "us_ofac_sdn"),
        ("EXEMPLAR OPTICS", "us_ofac_consolidated"),
        ("EXEMPLAR STAR", "us_ofac_sdn"),
    }
    assert {x for _, x, _, _ in listed} <= set(us_csl.lists)
    anna = parties["us_csl:501"]
    assert {d.programme for d in anna.designations} == {"GLOMAG", "UHRPA"}
    assert ("ofac", "501") in {(i.scheme, i.value) for i in anna.identifiers}
    assert (anna.birth_dates, anna.nationalities, anna.gender) == (("1964-01-05", "1964"), ("CN", "KP"), "female")
    assert [r.to_name for r in anna.relationships] == ["EXEMPLAR WORKS"]


def test_rows_of_one_listing_are_one_party_with_every_address() -> None:
    institute = named(read(as_csv(ROWS)), "Exemplar Research Institute (CETC 99)")
    assert [a.name for a in institute.aliases[1:]] == ["ERI", "Exemplar Institute", "CETC 99"]
    assert [(a.text, a.country) for a in institute.addresses] == [
        ("1 Hezuo Road, Exampleville", "China"),
        ("2 Changsheng Street, Exampleville", "CN"),
        ("3 Other Road, Hong Kong", "HK"),
    ]
    (act,) = institute.designations
    assert (act.listed_on, act.reference, act.extends_to) == (
        date(2018, 8, 1),
        "83 FR 1; 87 FR 2; 88 FR 3",
        "BIS50_DATED",
    )
    assert institute.countries == ("CN", "HK")


def test_broken_rows_are_mended_and_say_so() -> None:
    parties = read(as_csv(ROWS))
    broken = named(parties, "China?s Exemplar Universit?t")
    assert "China's Exemplar Universit t" in {a.name for a in broken.aliases}
    assert "could not write" in broken.remarks
    place = next(p for p in parties.values() if p.name.startswith("Address 01"))
    assert (place.kind, "an address, not a party" in place.remarks) == (PartyKind.UNKNOWN, True)
    assert named(parties, "Exemplar Import Company").designations[0].extends_to == "AND_SUBSIDIARIES"


def test_dates_numbers_and_countries_are_read_as_printed_then_and_now() -> None:
    parties = read(as_csv(ROWS))
    john, bank, optics, star = named(parties, "EXEMPLAR, JOHN"), *(parties[f"us_csl:{n}"] for n in (502, 503, 504))
    assert (john.designations[0].ended_on, john.countries) == (
        date(2026, 10, 14),
        ("IR",),
    )  # CA and DE are states as well
    assert {(i.scheme, i.value, i.country) for i in bank.identifiers} == {
        ("ofac", "502", None),
        ("registration", "113", "RU"),
        ("gazette", "0644", None),
    }
    assert (optics.designations[0].listed_on, optics.designations[0].extends_to) == (
        date(2022, 2, 14),
        "EXACT_LISTED_NAME",
    )
    assert {("imo", "9116412"), ("call_sign", "XX01")} <= {(i.scheme, i.value) for i in star.identifiers}
    assert (star.countries, [r.to_name for r in star.relationships]) == (("IR",), ["EXEMPLAR BANK"])


def test_csv_of_28_and_29_columns_in_any_order_and_json_say_the_same() -> None:
    parties = read(as_csv(ROWS))
    assert read(as_csv(ROWS, COLUMNS)) == parties
    assert read(as_csv(ROWS, sorted(("_id", *COLUMNS)))) == parties
    assert read(as_json(ROWS)) == parties


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (as_csv(ROWS, [c for c in COLUMNS if c != "addresses"]), "lacks column 'addresses'"),
        (as_csv(ROWS, [*COLUMNS, "new"]), "unknown column 'new'"),
        (as_csv(ROWS)[:-120], r"consolidated\.csv line \d+"),
        (as_csv(ROWS).replace(b"Exemplar Institute", b"Exemplar Institut\xe9"), "a byte that is not UTF-8"),
        (as_csv(ROWS).decode().encode("utf-16"), "another kind|UTF-16"),
        (as_csv(ROWS).replace(b"(EL)", b"(QQ)", 1), "line 2: unknown source"),
        (as_csv(ROWS).replace(b"Individual", b"Robot"), "unknown type"),
        (as_csv(ROWS).replace(b",501,", b",5x1,"), "entity_number is not a number"),
        (as_csv(ROWS).replace(b",501,", b",,"), "without its number"),
        (as_csv(ROWS).replace(b"2018-08-01", b"1 Aug"), "line 2 start_date: not a date"),
        (as_csv([row(source=EL, name="?")]), "without a name"),
        (as_csv([]), "no party in it"),
        (as_json(ROWS)[:-50], "broken or cut"),
        (as_json(ROWS).replace(b'"total": 11', b'"total": 12'), "says 12 results and holds 11"),
        (as_json(ROWS).replace(b'"vessel_type"', b'"ship_type"'), "unknown member 'ship_type'"),
        (as_json(ROWS).replace(b'"alt_names": []', b'"alt_names": "x"', 1), "alt_names is no list"),
        (as_json(ROWS).replace(b'"results"', b'"rows"'), "no list of results"),
        (b'{"results": [1]}', "not an object"),
        (b'{"results": ' + b"[" * 100_000, "broken or cut"),
        (b"<!doctype html><html></html>", "HTML page"),
    ],
)  # fmt: skip
def test_what_is_not_the_screening_list_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(body)


@given(st.binary(max_size=30), st.integers(0, 6_000), st.integers(0, 60), st.booleans())
@settings(deadline=None, max_examples=150)
def test_no_damage_breaks_the_readers_of_the_screening_list(noise: bytes, place: int, lost: int, which: bool) -> None:
    made = as_json(ROWS) if which else as_csv(ROWS)
    place %= len(made)
    try:
        parties = read(made[:place] + noise + made[place + lost :])
    except SourceChanged:
        return
    assert all(number.startswith("us_csl:") for number in parties)


@absent
@pytest.mark.parametrize("name", ["consolidated_excerpt_2025-06.csv", "csl_excerpt_2019-12.csv"])
def test_the_published_excerpts_load_with_every_row(name: str) -> None:
    body = (DATA / "csl" / name).read_bytes()
    rows = list(csv.DictReader(io.StringIO(body.decode(), newline="")))
    parties = read(body)
    keys = {r["entity_number"] or (r["source"], r["name"].strip().lower(), r["start_date"]) for r in rows}
    assert len(parties) == len(keys)
    by_number = {r["entity_number"]: r for r in rows if r["entity_number"]}
    for number, cells in by_number.items():
        party = parties[f"us_csl:{number}"]
        assert {d.programme for d in party.designations} == set(cells["programs"].split("; "))
        assert {a.name for a in party.aliases} == {
            cells["name"].strip(),
            *(a for a in cells["alt_names"].split("; ") if a),
        }
    printed = {
        (r["entity_number"] or r["name"].strip(), a.removeprefix("and "))
        for r in rows
        for a in r["addresses"].split("; ")
        if a
    }
    assert sum(len(p.addresses) for p in parties.values()) == len(printed)
    assert not [i for p in parties.values() for i in p.identifiers if i.scheme == "other"]


HEAD = "\t".join(f'"{column}"' for column in LAYOUT.columns)


def dpl(*rows: Sequence[str]) -> bytes:
    return "\n".join([HEAD, *("\t".join(f'"{cell}"' for cell in cells) for cells in rows), ""]).encode()


ONE = (
    "JOHN EXEMPLAR A/K/A JON EX",
    "1 Elm",
    "RENO",
    "NV",
    "",
    "89501",
    "06/19/2003",
    "06/29/2056",
    "Y",
    "2007-01-31",
    "FR NOTICE ADDED",
    "68 F.R. 1",
)
TWO = (
    ONE[0],
    "2 Elm",
    "TEHRAN",
    "",
    "IR",
    "",
    "06/19/2003",
    "06/29/2056",
    "y",
    "2008-01-31",
    "ADDRESS ADDED",
    "68 F.R. 1; 70 F.R. 2",
)
OLD = ("EXEMPLAR WERKE", "", "", "", "", "", "09/10/1981", "", "N", "2000-03-27", "", "46 F.R. 1")


def test_rows_of_one_order_are_one_denied_person() -> None:
    parties = read(dpl(ONE, TWO, OLD), us_bis_dpl)
    john, works = parties.values()
    assert [(a.name, a.kind) for a in john.aliases] == [
        (ONE[0], AliasKind.PRIMARY),
        ("JOHN EXEMPLAR", AliasKind.STRONG),
        ("JON EX", AliasKind.STRONG),
    ]
    assert [(a.text, a.country) for a in john.addresses] == [("1 Elm", ""), ("2 Elm", "IR")]
    (act,) = john.designations
    assert (act.listed_on, act.ended_on, act.basis) == (date(2003, 6, 19), date(2056, 6, 30), "standard denial order")
    assert act.reference == "68 F.R. 1; 68 F.R. 1; 70 F.R. 2"
    assert (works.addresses, works.designations[0].ended_on) == ((), None)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (dpl(ONE).replace(b'"City"', b'"Town"'), "lacks column 'City'"),
        (dpl((*ONE, "more")), "line 2: 13 columns instead of 12"),
        (dpl(("", *ONE[1:])), "line 2: a row without a name"),
        (dpl((*ONE[:6], "", *ONE[7:])), "line 2: an order without its effective date"),
        (dpl((*ONE[:6], "2003", *ONE[7:])), "line 2: not a date"),
        (dpl((*ONE[:8], "M", *ONE[9:])), "line 2: unknown Standard_Order"),
        (dpl(ONE)[:-30], "line 2"),
        (dpl(), "no denied person"),
        (as_csv(ROWS), "us_bis_dpl is read from"),
        (b"<html></html>", "HTML page"),
    ],
)
def test_what_is_not_the_denied_persons_list_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(body, us_bis_dpl)


@given(st.binary(max_size=30), st.integers(0, 600), st.integers(0, 30))
@settings(deadline=None)
def test_no_damage_breaks_the_reader_of_the_denied_persons_list(noise: bytes, place: int, lost: int) -> None:
    made = dpl(ONE, TWO, OLD)
    place %= len(made)
    try:
        read(made[:place] + noise + made[place + lost :], us_bis_dpl)
    except SourceChanged:
        return


@absent
def test_the_published_denied_persons_list_loads_whole() -> None:
    body = (DATA / "bis" / "dpl_2021-07.txt").read_bytes()
    rows = list(csv.DictReader(io.StringIO(body.decode(), newline=""), delimiter="\t"))
    parties = read(body, us_bis_dpl)
    assert len(rows) == 581
    assert (
        len(parties) == len({(" ".join(r["Name"].split()), r["Effective_Date"]) for r in rows}) - 1
    )  # AL NASER and AL-NASER
    placed = {
        (
            r["Name"].replace("-", " ").split()[0],
            r["Effective_Date"],
            *(r[c] for c in ("Street_Address", "City", "State", "Country", "Postal_Code")),
        )
        for r in rows
        if any(r[c] for c in ("Street_Address", "City", "State", "Country", "Postal_Code"))
    }
    assert sum(len(p.addresses) for p in parties.values()) >= len(placed)
    assert sum(len(p.designations) for p in parties.values()) >= len(parties)
    assert {p.name for p in parties.values()} <= {" ".join(r["Name"].split()) for r in rows}
