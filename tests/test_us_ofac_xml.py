"""OFAC's lists in their three formats: the same party is the same in each, and what is not the list is refused."""

from __future__ import annotations

import gzip
import xml.etree.ElementTree as ET
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.party import AliasKind, Party
from app.core.source import Source
from app.errors import SourceChanged
from app.sources.us_ofac_consolidated import us_ofac_consolidated
from app.sources.us_ofac_sdn import us_ofac_sdn
from tests import fixtures_ofac_xml as small
from tests.fixtures_ofac import document, sdn
from tests.support import SHARED, read_list, streams

OFAC = SHARED / "data" / "ofac"
absent = pytest.mark.skipif(not OFAC.exists(), reason="the published lists lie beside the checkout and are not here")
Said = dict[str, object]


def body(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def folder(name: str) -> list[bytes]:
    return [body(path) for path in sorted((OFAC / name).iterdir())]


def read(source: Source, *bodies: bytes) -> dict[str, Party]:
    return {party.id: party for party in read_list(source, *bodies)}


@cache
def consolidated_xml(day: str) -> dict[str, Party]:
    return read(us_ofac_consolidated, body(OFAC / "consolidated_xml" / f"consolidated_{day}.xml"))


def said(party: Party) -> Said:
    """What the three formats must agree on: names by kind, numbers, births, countries, programmes."""
    return {
        "kind": party.kind,
        "names": {(a.name.casefold(), a.kind) for a in party.aliases if a.name.isascii()},
        "numbers": set(party.identifiers),
        "births": party.birth_dates,
        "places": party.birth_places,
        "gender": party.gender,
        "countries": set(party.countries),
        "nationalities": party.nationalities,
        "programmes": {d.programme for d in party.designations},
        "links": {r.to for r in party.relationships},
    }


def test_the_same_parties_are_the_same_in_all_three_formats() -> None:
    made = [
        read(us_ofac_sdn, *small.CSV.values()),
        read(us_ofac_sdn, small.sdn_xml()),
        read(us_ofac_sdn, small.sdn_xml(small.OLD)),
        read(us_ofac_sdn, small.advanced()),
    ]
    assert [set(m) for m in made] == [{"us_ofac_sdn:501", "us_ofac_sdn:502", "us_ofac_sdn:503"}] * 4
    for number in made[0]:
        assert [said(m[number]) for m in made[1:]] == [said(made[0][number])] * 3


def test_the_advanced_format_adds_own_scripts_dates_and_links_and_drops_what_leads_nowhere() -> None:
    parties = read(us_ofac_sdn, small.advanced())
    anna, works = parties["us_ofac_sdn:501"], parties["us_ofac_sdn:502"]
    assert {a.name for a in anna.aliases if not a.name.isascii()} == {"例安娜"}
    assert [d.listed_on for d in anna.designations] == [date(2020, 7, 9)] * 2
    assert [(r.kind, r.to, r.role) for r in anna.relationships] == [
        ("linked_to", "us_ofac_sdn:502", "Owned or Controlled By")
    ]
    assert "FORGED" not in {i.value for i in anna.identifiers}
    assert [(a.text, a.city, a.country) for a in works.addresses] == [("1 Example Street", "Urumqi", "China")]
    unstated = read(us_ofac_sdn, small.advanced(entries=small._entry(777, "SDGT")))
    assert {d.programme for p in unstated.values() for d in p.designations} == {"NOT-STATED"}


def test_each_format_says_when_it_was_published() -> None:
    for index, made in ((1, small.sdn_xml()), (2, small.advanced())):
        form = us_ofac_sdn.formats[index]
        assert form.published is not None
        assert form.published(streams({form.documents[0].name: made})) == date(2024, 7, 2)
        assert form.published(streams({form.documents[0].name: b"<Publish_Date>99/99/2024</Publish_Date>"})) is None


def test_a_number_of_a_kind_not_known_yet_is_kept_with_its_label() -> None:
    made = small.sdn_xml().replace(b"<idType>Passport</idType>", b"<idType>Moon Base Pass</idType>")
    numbers = read(us_ofac_sdn, made)["us_ofac_sdn:501"].identifiers
    assert ("other", "Moon Base Pass P123") in {(i.scheme, i.value) for i in numbers}


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (small.sdn_xml()[:-30], r"sdn\.xml: line \d+: the XML is broken or cut"),
        (small.sdn_xml("http://example.org/other"), "another list or another format"),
        (small.sdn_xml(entries=""), "no sdnEntry"),
        (small.sdn_xml().replace(b"<uid>501</uid>", b""), "without a number"),
        (small.sdn_xml().replace(b"<uid>501</uid>", b"<uid>502</uid>"), "502 stands twice"),
        (small.sdn_xml().replace(b"Individual", b"Robot"), "unknown sdnType"),
        (small.sdn_xml().replace(b"<category>weak", b"<category>soft"), "unknown type or category"),
        (small.sdn_xml().replace(b"<program>GLOMAG</program>", b"", 2), "without programme|unexpected"),
        (
            small.sdn_xml().replace(b"<idNumber>P123", b"<idNew>x</idNew><idNumber>P123"),
            "unknown element <idNew> in <id>",
        ),
        (
            small.sdn_xml().replace(b"<sdnEntry>", b'<sdnEntry colour="red">', 1),
            "unknown attribute colour of <sdnEntry>",
        ),
        (
            b'<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY x "y">]>' + small.sdn_xml()[38:],
            "document type or entities",
        ),
        (small.sdn_xml().replace(b"GLOMAG", b"NS-PLC").replace(b"UHRPA", b"NS-PLC"), "OFAC's other list"),
        (small.sdn_xml().decode().encode("utf-16"), "sdn.xml|another kind|cannot be decoded"),
        (small.advanced()[:-200], r"sdn_advanced\.xml: line \d+: the XML is broken or cut"),
        (small.advanced(parties=""), "no party in it"),
        (small.advanced(entries=small.OTHER_ENTRIES), "OFAC's other list"),
        (
            small.advanced().replace(b'PartySubTypeID="4"', b'PartySubTypeID="44"'),
            "does not say what PartySubType 44 is",
        ),
        (
            small.advanced().replace(b'NamePartTypeID="1521"', b'NamePartTypeID="1"'),
            "does not say what NamePartType 1 is",
        ),
        (
            small.advanced().replace(b'NamePartGroup ID="2"', b'NamePartGroup ID="88"'),
            "part of a name that is not described",
        ),
        (small.advanced().replace(b"<Comment /><Profile", b"<New /><Profile", 1), "unknown element <New>"),
        (small.advanced().replace(b"<Month>7</Month><Day>9", b"<Month>17</Month><Day>9", 1), "not a date"),
        (small.advanced().replace(b'FixedRef="502"><Comment', b'FixedRef="501"><Comment'), "stands twice"),
        (b"<!doctype html><html><body>Service unavailable</body></html>", "HTML page"),
        (b"", "empty"),
    ],
)
def test_what_is_wrong_with_an_xml_document_is_named(made: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(us_ofac_sdn, made)


def test_the_dates_of_ns_cmic_are_those_its_entries_print() -> None:
    row = sdn(
        601,
        "EXEMPLAR OPTICS CO., LTD.",
        programme="CMIC-EO13959",
        remarks="Effective Date (CMIC) 14 Feb 2022; Purchase/Sales For Divestment Date (CMIC) 16 Dec 2022; Listing Date (CMIC) 16 Dec 2021.",
    )
    (party,) = read_list(us_ofac_consolidated, document(row))
    (designation,) = party.designations
    assert designation.listed_on == date(2022, 2, 14)
    assert designation.reference == "OFAC uid 601; listed 2021-12-16"
    assert (designation.instrument, designation.extends_to) == ("US_NSCMIC_EO13959", "EXACT_LISTED_NAME")
    assert party.roles == ()


def test_the_two_lists_of_ofac_do_not_pass_for_each_other() -> None:
    with pytest.raises(SourceChanged, match=r"sdn\.csv: 1 of 1 entries have no programme of us_ofac_sdn"):
        read(us_ofac_sdn, document(sdn(1, "EXEMPLAR", programme="NS-PLC")))
    with pytest.raises(SourceChanged, match=r"cons_prim\.csv: 1 of 1 entries"):
        read(us_ofac_consolidated, document(sdn(1, "EXEMPLAR", programme="SDGT")))


@given(st.binary(max_size=40), st.integers(0, 4_000), st.integers(0, 60), st.booleans())
@settings(deadline=None, max_examples=150)
def test_no_damage_breaks_the_xml_readers(noise: bytes, place: int, lost: int, which: bool) -> None:
    made = small.advanced() if which else small.sdn_xml()
    place %= len(made)
    try:
        parties = read(us_ofac_sdn, made[:place] + noise + made[place + lost :])
    except SourceChanged:
        return
    assert all(number.startswith("us_ofac_sdn:") for number in parties)


@absent
@pytest.mark.parametrize("day", ["2025-03-28", "2026-01-08"])
def test_every_entry_name_address_and_programme_of_the_published_xml_is_read(day: str) -> None:
    parties = consolidated_xml(day)
    root = ET.parse(OFAC / "consolidated_xml" / f"consolidated_{day}.xml").getroot()
    space = root.tag.partition("}")[0] + "}"

    def count(tag: str) -> int:
        return sum(1 for _ in root.iter(space + tag))

    assert len(parties) == count("sdnEntry") == int(root.findtext(f".//{space}Record_Count") or 0)
    names = 0
    for entry in root.iter(space + "sdnEntry"):
        uid = f"us_ofac_consolidated:{entry.findtext(space + 'uid')}"
        printed = {
            ", ".join(t for t in (a.findtext(space + "lastName"), a.findtext(space + "firstName")) if t)
            for a in (entry, *entry.iter(space + "aka"))
        }
        assert printed == {a.name for a in parties[uid].aliases}
        names += len(printed)
    assert names == sum(len(p.aliases) for p in parties.values())
    empty = sum(1 for a in root.iter(space + "address") if {c.tag for c in a} == {space + "uid"})
    assert sum(len(p.addresses) for p in parties.values()) == count("address") - empty
    assert sum(len(p.designations) for p in parties.values()) == count("program")


@absent
def test_the_published_csv_and_xml_say_the_same_of_every_party() -> None:
    """The CSV set of 2025-12-19 and the XML of 2026-01-08 hold the same 442 entries; OFAC's CSV writes one name's quotes otherwise."""
    made = read(us_ofac_consolidated, *folder("consolidated_csv_2025-12-19"))
    other = consolidated_xml("2026-01-08")
    assert set(made) == set(other)
    differing = [number for number in made if said(made[number]) != said(other[number])]
    assert differing == ["us_ofac_consolidated:22391"]
    cmic = [d for p in made.values() for d in p.designations if d.instrument == "US_NSCMIC_EO13959"]
    assert len(cmic) == 68
    assert all(d.listed_on is not None and d.listed_on >= date(2021, 8, 2) for d in cmic)


@absent
def test_the_published_advanced_excerpt_says_what_the_csv_of_the_time_says() -> None:
    made = read(us_ofac_sdn, body(OFAC / "sdn_advanced_excerpt_2024-02-23.xml"))
    legacy = read(us_ofac_sdn, *folder("sdn_csv_2024-01-08"))
    assert len(made) == 37
    common = [number for number in made if number in legacy]
    assert len(common) == 36
    for number in common:
        ours, theirs = said(made[number]), said(legacy[number])
        for key in ("kind", "names", "births", "places", "gender"):
            assert ours[key] == theirs[key], (number, key)
    native = [a for p in made.values() for a in p.aliases if not a.name.isascii()]
    assert len(native) == 24
    assert all(a.kind is AliasKind.STRONG for a in native)


@absent
def test_the_published_excerpt_in_the_old_namespace_loads() -> None:
    parties = read(us_ofac_sdn, body(OFAC / "sdn_xml_excerpt_2020-04-22.xml"))
    assert len(parties) == 8
    assert parties["us_ofac_sdn:10689"].birth_dates == ("1950-06-05",)
