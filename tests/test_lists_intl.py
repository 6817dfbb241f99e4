"""The lists outside the US, from small documents in their publishers' formats: what each reader takes out of a record."""

from __future__ import annotations

import io
from contextlib import ExitStack
from datetime import date

import pytest

from app.core.listed.linking import linked
from app.core.party import AliasKind, Designation, Party, PartyKind
from app.core.source import Source
from app.errors import SourceChanged
from app.sources import SOURCES, by_id
from app.sources.au_dfat import au_dfat
from app.sources.ca_sema import ca_sema
from app.sources.ch_seco import ch_seco
from app.sources.eu_fsf import eu_fsf
from app.sources.eu_fsf_columns import COLUMNS_1_1
from app.sources.recognise import recognise
from app.sources.uk_csv import _UKSL as UK_COLUMNS
from app.sources.uk_sanctions_list import uk_sanctions_list
from app.sources.un_sc import un_sc
from app.sources.unpack import unpack
from tests import fixtures_lists as small
from tests.support import read_list


def read(source: Source, document: bytes) -> dict[str, Party]:
    return {p.id.split(":", 1)[1]: p for p in read_list(source, document)}


def kinds(party: Party) -> dict[str, AliasKind]:
    return {a.name: a.kind for a in party.aliases}


def numbers(party: Party) -> set[tuple[str, str]]:
    return {(i.scheme, i.value) for i in party.identifiers}


def only(party: Party) -> Designation:
    (designation,) = party.designations
    return designation


@pytest.mark.parametrize("list_id", ["eu_fsf", "uk_sanctions_list", "ca_sema", "un_sc", "au_dfat", "ch_seco"])
def test_a_list_says_as_data_who_publishes_it_where_how_often_and_for_whom(list_id: str) -> None:
    source = by_id(list_id)
    assert source in SOURCES
    assert source is not None
    assert source.fetched is not None
    assert source.fetched.documents[0].url.startswith("https://")
    assert source.licence
    assert source.cadence
    assert source.expect.start > 500
    assert "global_policy" in source.binds


@pytest.mark.parametrize(
    ("source", "document", "day"),
    [
        (un_sc, small.UN, date(2026, 11, 1)),
        (eu_fsf, small.EU, date(2026, 11, 3)),
        (eu_fsf, small.EU_CSV, date(2026, 11, 3)),
        (eu_fsf, small.EU_OLD, date(2018, 7, 4)),
        (uk_sanctions_list, small.UK_XML, date(2026, 11, 3)),
        (uk_sanctions_list, small.CONLIST_2018, date(2018, 4, 13)),
        (ch_seco, small.CH, date(2026, 11, 2)),
    ],
)
def test_a_document_that_states_its_day_is_as_old_as_it_says(source: Source, document: bytes, day: date) -> None:
    with ExitStack() as stack:
        form, documents = recognise(source, unpack([("", io.BytesIO(document))], stack))
        assert form.published is not None
        assert form.published(documents) == day


def test_un_grades_of_aliases_scripts_and_shapes_of_dates() -> None:
    parties = read(un_sc, small.UN)
    person = parties["KPi.901"]
    assert kinds(person) == {
        "EXEMPLAR ONE TEST": AliasKind.PRIMARY,
        "엑셈플러": AliasKind.STRONG,
        "Exemplar Eins": AliasKind.STRONG,
        "Exemplar Un": AliasKind.STRONG,
        "Eins": AliasKind.WEAK,
        "Old Exemplar": AliasKind.FORMER,
    }
    assert person.birth_dates == ("1962", "1960-04-02", "1955", "1956", "1957")
    assert person.nationalities == ("KP",)
    assert person.gender == "male"
    assert numbers(person) == {("un_reference", "KPi.901"), ("passport", "X0000001")}
    assert len(person.addresses) == 1
    assert only(person).programme == "UN-DPRK"
    company = parties["IRe.901"]
    assert kinds(company)["Exemplar Imports"] is AliasKind.FORMER
    assert company.countries == ("IR",)
    assert only(company).listed_on == date(2010, 6, 9)


def test_canada_names_the_regulation_and_never_the_country_of_the_party() -> None:
    parties = read(ca_sema, small.CA)
    assert list(parties) == [
        "china:part-1:1",
        "china:part-2:1",
        "russia:1-part-1:2",
        "russia:1-1:3",
        "venezuela:4",
        "jvcfoa:5",
    ]
    assert all(not p.countries for p in parties.values())
    assert parties["china:part-1:1"].birth_dates == ("1987-01-24",)
    assert [only(p).instrument for p in parties.values()] == ["CA_SEMA_PRC"] * 2 + ["CA_SEMA"] * 3 + ["CA_JVCFOA"]
    assert only(parties["china:part-2:1"]).listed_on == date(2021, 3, 21)
    person = parties["russia:1-part-1:2"]
    assert kinds(person) == {
        "ESEMPIO, Anna": AliasKind.PRIMARY,
        "Анна Эземпио": AliasKind.STRONG,
        "Anna Ezempio": AliasKind.STRONG,
        "Anya": AliasKind.WEAK,
    }
    assert person.birth_dates == ("1963", "1964")
    ship = parties["russia:1-1:3"]
    assert (ship.kind, ship.birth_dates, numbers(ship)) == (PartyKind.VESSEL, (), {("imo", "9000001")})
    assert set(kinds(parties["venezuela:4"])) == {"Exemplar, S.A.; b", "Ejemplar, S.A.", "EXSA"}


def test_canada_reads_the_same_from_the_element_names_before_and_since_august_2026() -> None:
    assert read_list(ca_sema, small.bilingual(small.CA)) == read_list(ca_sema, small.CA)


def test_canada_a_number_used_twice_is_two_parties_and_a_record_printed_twice_is_one() -> None:
    record = small.CA[small.CA.index(b"\t<record>") : small.CA.index(b"</record>") + 9]
    again = small.CA.replace(b"</data-set>", record + record.replace(b"Erste", b"Zweite") + b"</data-set>")
    assert [i for i in read(ca_sema, again) if i.startswith("china:part-1")] == [
        "china:part-1:1",
        "china:part-1:1:exempel-zweite",
    ]


def test_eu_entry_listed_by_the_earliest_act_it_cites() -> None:
    parties = read(eu_fsf, small.EU)
    bureau = parties["EU.9001.1"]
    assert kinds(bureau) == {
        "Exemplar Public Security Bureau": AliasKind.PRIMARY,
        "新例子公安局": AliasKind.STRONG,
        "EPSB": AliasKind.WEAK,
    }
    assert (only(bureau).instrument, only(bureau).programme, only(bureau).listed_on) == (
        "EU_GHRSR",
        "EU-HR",
        date(2021, 3, 22),
    )
    assert only(bureau).extends_to == "EU50_OR_CONTROL"
    assert only(bureau).citation.url == "https://eur-lex.europa.eu/eli/y"
    assert numbers(bureau) == {
        ("eu_reference", "EU.9001.1"),
        ("registration", "91650000000000001X"),
        ("phone", "+86 1"),
    }
    assert bureau.countries == ("CN",)
    person = parties["EU.9002.1"]
    assert (only(person).instrument, only(person).listed_on) == ("EU_FSF", date(2009, 7, 16))
    assert person.birth_dates == ("1965-12-12", "1955", "1956", "1957")
    assert numbers(person) == {("eu_reference", "EU.9002.1"), ("un_reference", "KPi.901")}
    assert "A false document: F000" in person.remarks


def test_eu_csv_and_xml_give_a_party_one_id_and_one_name() -> None:
    from_csv, from_xml = read(eu_fsf, small.EU_CSV)["EU.9001.1"], read(eu_fsf, small.EU)["EU.9001.1"]
    assert from_csv.name == from_xml.name
    assert from_csv.designations[0].listed_on == from_xml.designations[0].listed_on
    assert from_csv.addresses[0].text == "106 Example Road; gate 2"
    assert numbers(from_csv) <= numbers(from_xml)


def test_eu_csv_columns_may_stand_in_any_order() -> None:
    shuffled = small.table(COLUMNS_1_1[::-1], small.EU_CSV_ROWS, delimiter=";")
    assert read_list(eu_fsf, shuffled) == read_list(eu_fsf, small.EU_CSV)


def test_eu_csv_1_0_reads_the_same_after_a_spreadsheet_saved_it() -> None:
    bare, saved = read_list(eu_fsf, small.EU_OLD), read_list(eu_fsf, small.as_spreadsheet_saved(small.EU_OLD))
    assert bare == saved
    (party,) = bare
    assert kinds(party) == {"Erste Exempel": AliasKind.PRIMARY}
    assert party.roles == ("Governor; Karbala",)
    assert party.birth_dates == ("1955-05-04",)
    assert party.birth_places == ("Mosul, north", "Tikrit")
    assert numbers(party) == {("eu_reference", "EU.901.1"), ("passport", "A0001"), ("phone", "1, 2"), ("fax", "3")}
    assert party.nationalities == ("IQ",)


def test_eu_csv_1_0_that_a_spreadsheet_changed_unevenly_is_refused() -> None:
    saved = small.as_spreadsheet_saved(small.EU_OLD)
    lines = saved.split(b"\n")
    lines[3] = lines[3].replace(b"\t\t", b"\t", 1)
    with pytest.raises(SourceChanged, match="line 4: 30 tabs instead of 31: what the spreadsheet did cannot be undone"):
        read_list(eu_fsf, b"\n".join(lines))


def test_uk_measures_decide_whether_ownership_is_followed() -> None:
    parties = read(uk_sanctions_list, small.UK_XML)
    person, ship, exchange = (parties[i] for i in ("GHR9001", "RUS9002", "AFG9003"))
    assert kinds(person) == {
        "ERSTE EXEMPEL": AliasKind.PRIMARY,
        "Erst EXEMPLAR": AliasKind.WEAK,
        "Erste EXEMPLE": AliasKind.STRONG,
        "例子一": AliasKind.STRONG,
    }
    assert (only(person).instrument, only(person).programme, only(person).listed_on) == (
        "UK_GHR_2020",
        "GHR",
        date(2021, 3, 22),
    )
    assert (only(person).extends_to, only(person).clauses) == ("UK50PLUS_OR_CONTROL", ("asset_freeze", "travel_ban"))
    assert person.birth_dates == ("1958", "1959-04-03")
    assert (person.gender, person.roles, person.nationalities) == ("male", ("Mr", "Director"), ("CN",))
    assert (only(ship).extends_to, only(ship).clauses, only(ship).instrument) == (
        "",
        ("shipping_sanctions",),
        "UK_SAMLA",
    )
    assert (ship.kind, ship.countries) == (PartyKind.VESSEL, ("GA",))
    assert ("imo", "9000001") in numbers(ship)
    assert [(r.kind, r.to_name) for r in ship.relationships] == [("vessel_owner", "Exemplar Shipping FZCO")]
    assert only(exchange).extends_to == "NONE"
    assert ("un_reference", "TAe.901") in numbers(exchange)
    assert {r.kind for r in exchange.relationships} == {"subsidiary_of", "parent_of"}


def test_uk_summary_sheet_has_the_same_ids_and_a_nameless_entry_stands_under_its_number() -> None:
    parties = read(uk_sanctions_list, small.UK_ODS)
    assert list(parties) == ["GHR9001", "RUS9002", "RUS9004"]
    assert only(parties["GHR9001"]).listed_on == date(2021, 3, 22)
    assert only(parties["GHR9001"]).clauses == ("asset_freeze", "travel_ban")
    assert parties["RUS9004"].name == "RUS9004"
    assert "prints no name" in parties["RUS9004"].remarks


def test_uk_csv_of_today_gathers_the_rows_of_an_entry() -> None:
    row = {
        "Unique ID": "GHR9001", "OFSI Group ID": "90001", "Name 6": "EXEMPEL", "Name 1": "ERSTE", "Name type": "Primary Name", "Regime Name": "Global Human Rights",
        "Designation Type": "Individual", "Designation source": "UK", "Sanctions Imposed": "Asset freeze|Travel Ban", "Date Designated": "22/03/2021",
        "Address Country": "China", "D.O.B": "dd/mm/1958",
    }  # fmt: skip
    columns = (*UK_COLUMNS, "Designation Type", "Hull identification number (HIN)")
    rows = [row, {**row, "Name 1": "Erst", "Name type": "Alias", "Name non-latin script": "例子一"}]
    document = small.table(columns, rows, title="Report Date: 08-Oct-2026\r\n")
    parties = read(uk_sanctions_list, document)
    assert list(parties) == ["GHR9001"]
    assert set(kinds(parties["GHR9001"])) == {"ERSTE EXEMPEL", "Erst EXEMPEL", "例子一"}
    assert parties["GHR9001"].countries == ("CN",)
    sheet = small.ods([["Report Date: 08-Oct-2026"], list(columns), *[[r.get(c, "") for c in columns] for r in rows]])
    assert read(uk_sanctions_list, sheet) == parties


def test_uk_history_joins_the_rows_of_a_group() -> None:
    parties = read(uk_sanctions_list, small.CONLIST_2018)
    person = parties["ofsi-7001"]
    assert set(kinds(person)) == {"Erste EXEMPEL", "Erst EXEMPEL"}
    assert person.birth_dates == ("1980", "1981")
    assert person.nationalities == ("IQ", "JO")
    assert {("passport", "A1"), ("passport", "B2"), ("un_reference", "TAi.901")} <= numbers(person)
    assert ("un_reference", "TAe.902") not in numbers(parties["ofsi-7003"])
    assert only(person).listed_on == date(2001, 1, 25)
    assert parties["ofsi-7002"].kind is PartyKind.ORGANIZATION


def test_records_that_name_one_un_reference_are_one_party() -> None:
    records = [*read_list(un_sc, small.UN), *read_list(eu_fsf, small.EU), *read_list(uk_sanctions_list, small.UK_XML)]
    merged, ids = linked(records)
    assert ids["eu_fsf:EU.9002.1"] == "un_sc:KPi.901"
    assert len(merged) == len(records) - 1


def test_uk_history_of_2020_knows_the_id_that_the_remarks_name() -> None:
    person = read(uk_sanctions_list, small.CONLIST_2020)["AFG9001"]
    assert kinds(person)["Erst EXEMPEL"] is AliasKind.WEAK
    assert "مثال" in kinds(person)
    assert only(person).listed_on == date(2001, 1, 25)


def test_uk_history_in_windows_1252_reads_as_its_utf_8() -> None:
    western = small.CONLIST_2018.decode().encode("cp1252")
    assert western != small.CONLIST_2018
    assert read_list(uk_sanctions_list, western) == read_list(uk_sanctions_list, small.CONLIST_2018)


def test_australia_joins_the_rows_of_a_reference_and_reads_its_prose() -> None:
    parties = read(au_dfat, small.AU_XLSX)
    assert list(parties) == ["2", "1112"]
    person = parties["2"]
    assert kinds(person) == {
        "EXEMPLAR ONE": AliasKind.PRIMARY,
        "مثال": AliasKind.STRONG,
        "Old Exemplar": AliasKind.FORMER,
    }
    assert person.birth_dates == ("1955", "1956", "1957", "1960-03-12")
    assert (person.nationalities, person.addresses) == (("AF",), ())
    assert (only(person).listed_on, only(person).instrument) == (date(2001, 1, 25), "AU_UN_CHARTER")
    company = parties["1112"]
    assert [a.text for a in company.addresses] == ["Tehran, Iran", "1 Main Street, Damascus, Syria"]
    assert company.countries == ("IR", "SY")
    assert (only(company).instrument, only(company).listed_on) == ("AU_AUTONOMOUS", None)
    assert ("imo", "9000001") in numbers(company)


def test_australia_a_number_used_for_a_second_primary_name_is_a_second_party() -> None:
    again: list[list[str | float]] = [
        *small.AU_ROWS,
        [2.0, "SOMEBODY ELSE", "Entity", "Primary Name", "", "", "", "", "", "", "Autonomous (Iran)", "2024-01-12", ""],
    ]
    assert list(read(au_dfat, small.xlsx([small.AU_HEADER, *again]))) == ["2", "2-2", "1112"]


def test_australia_reads_the_columns_added_in_2025() -> None:
    header = [*small.AU_HEADER[:12], "Alias Strength", "IMO Number", "Travel Ban", "Targeted Financial Sanction"]
    rows: list[list[str | float]] = [
        [*row[:12], "Weak" if row[3] == "aka" else "", "", "TRUE", ""] for row in small.AU_ROWS
    ]
    parties = read(au_dfat, small.xlsx([header, *rows]))
    assert kinds(parties["1112"])["Exemplar Line"] is AliasKind.WEAK
    assert (only(parties["2"]).clauses, only(parties["2"]).extends_to) == (("travel_ban",), "NONE")


def test_switzerland_reads_a_targets_own_state_and_dates_the_delisted() -> None:
    parties = read(ch_seco, small.CH)
    person = parties["5142"]
    assert kinds(person) == {
        "Exempel Erste": AliasKind.PRIMARY,
        "Экземпель Эрсте": AliasKind.STRONG,
        "Ekzempel Erste": AliasKind.STRONG,
        "The Example": AliasKind.WEAK,
        "Anders Exempel": AliasKind.STRONG,
    }
    assert (person.roles, person.gender, person.birth_dates) == (("General",), "male", ("1980-03-23",))
    assert person.birth_places == ("Minsk, Minsk Region, BY",)
    assert (person.addresses[0].text, person.addresses[0].city) == ("c/o Example Club, 4 Example Street", "Minsk")
    assert (only(person).listed_on, only(person).ended_on, only(person).extends_to) == (date(2021, 8, 12), None, "")
    assert [(r.kind, r.to) for r in person.relationships] == [("related_to", "ch_seco:46130")]
    bank = parties["46130"]
    assert (only(bank).listed_on, only(bank).ended_on) == (date(2006, 5, 16), date(2016, 3, 1))
    assert only(bank).extends_to == "NONE"
    ship = parties["34461"]
    assert (ship.kind, numbers(ship)) == (PartyKind.VESSEL, {("seco", "34461"), ("imo", "9000001")})
