"""The lists as published, read whole: parties, names, addresses and designations counted again here, straight from the files."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from xml.etree import ElementTree

import pytest
import python_calamine

from app import reference
from app.core.engine import Engine
from app.core.listed.linking import linked
from app.core.party import Party
from app.core.screening.watchlist import Watchlist
from app.core.source import Source
from app.sources.au_dfat import au_dfat
from app.sources.ca_sema import ca_sema
from app.sources.ch_seco import ch_seco
from app.sources.eu_fsf import eu_fsf
from app.sources.uk_sanctions_list import uk_sanctions_list
from app.sources.un_sc import un_sc
from tests.support import SHARED, builtin_engine, read_list, submission

DATA = SHARED / "data"
pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason="the published lists lie beside the checkout and are not here"
)


@cache
def raw(name: str) -> bytes:
    body = (DATA / name).read_bytes()
    return gzip.decompress(body) if name.endswith(".gz") else body


@cache
def whole(source: Source, name: str) -> dict[str, Party]:
    return {p.id.split(":", 1)[1]: p for p in read_list(source, raw(name))}


def clean(text: str | None) -> str:
    return " ".join((text or "").split())


def names_of(party: Party) -> set[str]:
    return {a.name for a in party.aliases}


@pytest.mark.parametrize(
    ("name", "people", "entities"),
    [("un/UN_consolidated_2026-02-27.xml.gz", 730, 273), ("un/UN_consolidated_2024-11-30.xml.gz", 686, 193)],
)
def test_un_every_record_name_address_and_date(name: str, people: int, entities: int) -> None:
    tree = ElementTree.fromstring(raw(name))
    records = [*tree.iter("INDIVIDUAL"), *tree.iter("ENTITY")]
    parties = whole(un_sc, name)
    assert len(parties) == len(records) == people + entities
    for record in records:
        party = parties[clean(record.findtext("REFERENCE_NUMBER"))]
        said = {clean(" ".join(clean(record.findtext(f"{n}_NAME")) for n in ("FIRST", "SECOND", "THIRD", "FOURTH")))}
        for alias in record.iter(f"{record.tag}_ALIAS"):
            said |= {
                clean(a).strip(" ,") for a in re.split(r";|(?:^|\s)\(?[a-z]\)\s", clean(alias.findtext("ALIAS_NAME")))
            } - {""}
        assert said <= names_of(party)
        scripts = {clean(s) for s in re.split(";", clean(record.findtext("NAME_ORIGINAL_SCRIPT")))} - {""}
        noted = {
            a
            for a in names_of(party) - said - scripts
            if any(a in clean(n.findtext("NOTE")) for n in record.iter(f"{record.tag}_ALIAS"))
        }
        assert names_of(party) == said | scripts | noted
        assert len(party.addresses) == sum(any(clean(c.text) for c in a) for a in record.iter(f"{record.tag}_ADDRESS"))
        (designation,) = party.designations
        assert str(designation.listed_on) == clean(record.findtext("LISTED_ON"))[:10]
        exact = {clean(d.text) for d in record.iterfind("INDIVIDUAL_DATE_OF_BIRTH/DATE")} - {""}
        assert exact <= set(party.birth_dates)


def test_canada_every_record_and_the_ten_about_xinjiang() -> None:
    name = "ca/sema-lmes_2025-03-20.xml.gz"
    records = list(ElementTree.fromstring(raw(name)))
    parties = whole(ca_sema, name)
    assert len(parties) == len(records) == 4_759
    assert sum(len(p.designations) for p in parties.values()) == 4_759
    for record, party in zip(records, parties.values(), strict=True):
        primary = clean(record.findtext("EntityOrShip")) or ", ".join(
            filter(None, (clean(record.findtext("LastName")), clean(record.findtext("GivenName"))))
        )
        assert party.name == primary
        assert str(party.designations[0].listed_on) == clean(record.findtext("DateOfListing"))
        letters = set(re.sub(r"\W", "", clean(record.findtext("Aliases"))))
        assert letters >= set(re.sub(r"\W", "", "".join(names_of(party) - {primary})))
        imo = clean(record.findtext("ShipIMONumber"))
        assert [i.value for i in party.identifiers] == ([imo] if imo else [])
    without = sum(not clean(r.findtext("Schedule")) for r in records)
    assert sum(i.count(":") == 1 for i in parties) == without == 329
    listed = {
        i: str(p.designations[0].listed_on) for i, p in parties.items() if p.designations[0].instrument == "CA_SEMA_PRC"
    }
    assert len(listed) == 13
    assert set(ca_sema.must_name) <= {p.id for p in parties.values()}
    assert [listed[f"china:part-1:{n}"] for n in (1, 2, 3, 4, 5, 6, 7, 8, 11)] == ["2021-03-21"] * 4 + [
        "2024-12-09"
    ] * 5
    bureau = parties["china:part-2:1"]
    assert bureau.name == "Xinjiang Production and Construction Corps Public Security Bureau"


def test_australia_every_row_is_a_name_of_its_reference() -> None:
    name = "au/regulation8_consolidated_2024-11.xlsx"
    rows = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw(name)))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)[1:]
    )
    said: dict[str, set[str]] = defaultdict(set)
    committees: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        reference = str(int(row[0])) if isinstance(row[0], float) else re.match(r"\d+", str(row[0]).strip())[0]  # type: ignore[index]
        said[reference].add(clean(str(row[1])))
        committees[reference].add(clean(str(row[10])))
    parties = whole(au_dfat, name)
    assert len(rows) == 9_553
    assert set(parties) == set(said)
    assert len(parties) == 3_062
    assert all(names_of(parties[r]) == said[r] for r in said)
    assert all({d.programme for d in parties[r].designations} == committees[r] for r in said)
    born = [p for p in parties.values() if p.birth_dates]
    assert len(born) > 1_900


def test_uk_summary_every_row_and_the_xinjiang_entries() -> None:
    name = "uk/FCDO_SL_2025-08-11.ods"
    content = zipfile.ZipFile(io.BytesIO(raw(name))).read("content.xml").decode("utf-8-sig")
    rows = [
        [
            clean(re.sub(r"<[^>]+>", "", c))
            for c in re.findall(r"<table:table-cell[^>/]*>(.*?)</table:table-cell>", r, re.S)
        ]
        for r in re.findall(r"<table:table-row.*?</table:table-row>", content, re.S)
    ]
    ids = [r[0] for r in rows if r and re.fullmatch(r"[A-Z]{3}\d{4}", r[0])]
    parties = whole(uk_sanctions_list, name)
    assert len(parties) == len(ids) == 5_302
    assert list(parties) == ids
    xinjiang = {n: parties[f"GHR00{n}"] for n in range(75, 80)}
    assert [p.name for p in xinjiang.values()] == [
        "CHEN MINGGUO",
        "WANG MINGSHAN",
        "WANG JUNZHENG",
        "ZHU HAILUN",
        "Xinjiang Production and Construction Corps Public Security Bureau",
    ]
    assert {str(d.listed_on) for p in xinjiang.values() for d in p.designations} == {"2021-03-22"}
    assert {d.instrument for p in xinjiang.values() for d in p.designations} == {"UK_GHR_2020"}
    assert set(uk_sanctions_list.must_name) == {p.id for p in xinjiang.values()}
    assert sum(p.name == i for i, p in parties.items()) == 2


@pytest.mark.parametrize(
    ("name", "encoding", "groups"),
    [("uk/ConList_2018-04-13.csv.gz", "cp1252", 2_106), ("uk/ConList_excerpt_2020-04-27.csv", "utf-8", 6)],
)
def test_uk_history_every_group_name_and_address(name: str, encoding: str, groups: int) -> None:
    table = csv.DictReader(io.StringIO(raw(name).decode(encoding).split("\n", 1)[1]))
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table:
        rows[row["Group ID"]].append(row)
    found = {
        next(i.value for i in p.identifiers if i.scheme == "ofsi_group"): p
        for p in whole(uk_sanctions_list, name).values()
    }
    assert set(found) == set(rows)
    assert len(found) == groups
    for group, party in found.items():
        said = {
            clean(" ".join((r["Name 1"], r["Name 2"], r["Name 3"], r["Name 4"], r["Name 5"], r["Name 6"])))
            for r in rows[group]
        }
        said |= {clean(r.get("Name Non-Latin Script")) for r in rows[group]} - {""}
        assert names_of(party) == said
        places = {
            (*tuple(clean(r[f"Address {n}"]) for n in range(1, 7)), clean(r["Post/Zip Code"]), clean(r["Country"]))
            for r in rows[group]
        }
        assert len(party.addresses) == sum(any(p) for p in places)
        years = {r["DOB"][-4:] for r in rows[group] if r["DOB"]}
        assert {d[:4] for d in party.birth_dates} == years
        assert {d.programme for d in party.designations} in (
            {clean(r["Regime"]) for r in rows[group]},
            {next(iter(re.findall("^[A-Z]+", party.id.split(":")[1])), "")},
        )


def test_eu_excerpts_every_entity_name_and_address() -> None:
    space = "{http://eu.europa.ec/fpi/fsd/export}"
    entities = list(ElementTree.fromstring(raw("eu/fsf_xml_1_1_excerpt_2020-04-15.xml")))
    parties = whole(eu_fsf, "eu/fsf_xml_1_1_excerpt_2020-04-15.xml")
    by_key = {
        k: list(g)
        for k, g in groupby(
            sorted(entities, key=lambda e: e.attrib["euReferenceNumber"]), key=lambda e: e.attrib["euReferenceNumber"]
        )
    }
    assert len(entities) == 7
    assert set(parties) == set(by_key)
    for key, group in by_key.items():
        assert names_of(parties[key]) == {
            clean(a.attrib["wholeName"]) for e in group for a in e.iter(f"{space}nameAlias")
        }
        assert len(parties[key].addresses) == sum(
            1
            for e in group
            for a in e.iter(f"{space}address")
            if any(a.get(k) for k in ("city", "street", "place", "region"))
        )
        assert len(parties[key].designations) == len(
            {r.attrib["programme"] for e in group for r in e.iter(f"{space}regulation")}
        )


def test_eu_damaged_csv_reads_whole_what_the_spreadsheet_left() -> None:
    name = "eu/fsf_csv_1_0_excerpt_2018-07-04.csv"
    lines = [line.rstrip("\t").replace("\t", ",") for (line,) in csv.reader(io.StringIO(raw(name).decode("cp1252")))]
    rows = list(csv.reader(lines, delimiter=";"))[1:]
    parties = whole(eu_fsf, name)
    said: dict[str, set[str]] = defaultdict(set)
    addresses: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in rows:
        said[row[58]] |= {clean(row[17])} - {""} if "??" not in row[17] else set()
        addresses[row[58]] |= {tuple(row[28:33])} if row[22] else set()
    assert len(rows) == 999
    assert len(parties) == len(said) == 93
    assert all(names_of(parties[key]) == said[key] for key in said)
    assert sum(len(p.addresses) for p in parties.values()) == sum(map(len, addresses.values()))


def test_the_schema_example_of_switzerland_loads() -> None:
    parties = whole(ch_seco, "ch/seco_schema_example.xml")
    assert {i: p.name for i, p in parties.items()} == {"64398": "Test B", "64403": "Test C", "64393": "Test A"}
    assert [d.extends_to for p in parties.values() for d in p.designations] == ["", "NONE", ""]


@cache
def engine() -> Engine:
    """The built-in engine with the UK and Canadian lists as published."""
    records = [
        *whole(uk_sanctions_list, "uk/FCDO_SL_2025-08-11.ods").values(),
        *whole(ca_sema, "ca/sema-lmes_2025-03-20.xml.gz").values(),
    ]
    parties, _ = linked([*records, *reference.load_parties()])
    built_in = builtin_engine()
    return Engine(
        watchlist=Watchlist.of(parties),
        reference=built_in.reference,
        factors=built_in.factors,
        rulebook=built_in.rulebook,
    )


@pytest.mark.parametrize(
    ("name", "list_id", "key", "profile", "day"),
    [
        ("Zhu Hailun", "uk_sanctions_list", "GHR0078", "uk_person", date(2021, 3, 22)),
        ("Wang Junzheng", "uk_sanctions_list", "GHR0077", "uk_person", date(2021, 3, 22)),
        ("Wang Mingshan", "uk_sanctions_list", "GHR0076", "uk_person", date(2021, 3, 22)),
        ("Chen Mingguo", "uk_sanctions_list", "GHR0075", "uk_person", date(2021, 3, 22)),
        ("Zhu Hailun", "ca_sema", "china:part-1:1", "ca_person", date(2021, 3, 21)),
        ("Chen Quanguo", "ca_sema", "china:part-1:5", "ca_person", date(2024, 12, 9)),
        ("Erken Tuniyaz", "ca_sema", "china:part-1:6", "ca_person", date(2024, 12, 9)),
        ("Shohrat Zakir", "ca_sema", "china:part-1:7", "ca_person", date(2024, 12, 9)),
        ("Peng Jiarui", "ca_sema", "china:part-1:8", "ca_person", date(2024, 12, 9)),
        ("Huo Liujun", "ca_sema", "china:part-1:11", "ca_person", date(2024, 12, 9)),
        (
            "Xinjiang Production and Construction Corps Public Security Bureau",
            "uk_sanctions_list",
            "GHR0079",
            "uk_person",
            date(2021, 3, 22),
        ),
        (
            "Xinjiang Production and Construction Corps Public Security Bureau",
            "ca_sema",
            "china:part-2:1",
            "ca_person",
            date(2021, 3, 21),
        ),
    ],
)
def test_a_designee_is_forbidden_from_the_day_the_list_says_and_not_the_day_before(
    name: str, list_id: str, key: str, profile: str, day: date
) -> None:
    curated = next(
        p for p in reference.load_parties() if any(i.scheme == list_id and i.value == key for i in p.identifiers)
    )
    person = curated.kind.value == "person"
    supplier: dict[str, object] = {"name": name, "kind": "person" if person else "organization", "country": "CN"}
    if curated.birth_dates:
        supplier["birth_date"] = curated.birth_dates[0]
    supplier["other_names"] = [a.name for a in curated.aliases if not a.name.isascii()]
    asked = submission(supplier=supplier, profiles=[profile])
    rated = [engine().assess(asked, when).ratings[0].rating.value for when in (day - timedelta(days=1), day)]
    assert rated[1] == "prohibited"
    assert rated[0] != "prohibited"
    party = next(e for e in engine().watchlist.entries if e.id == f"{list_id}:{key}" or f"{list_id}:{key}" in e.records)
    assert curated.id in party.records
