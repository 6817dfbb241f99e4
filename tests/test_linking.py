"""Records of several lists are one party where a number, a date or a list says so, each link with its reason; namesakes stay apart."""

from __future__ import annotations

import time
from typing import Any

import pytest

from app.core.listed.linking import linked
from app.core.party import CURATED, Alias, AliasKind, Designation, Identifier, Party, PartyKind
from app.core.values import Citation
from app.reference import load_parties
from app.sources.us_ofac_sdn import us_ofac_sdn
from tests.support import SHARED, read_list

CITE = Citation(title="x", url="https://example.org/")


def record(party_id: str, name: str, list_id: str | None = None, **more: Any) -> Party:
    source = party_id.split(":", maxsplit=1)[0] if not party_id.startswith("karez:") else CURATED
    aliases = more.pop("aliases", (Alias(name=name, kind=AliasKind.PRIMARY),))
    identifiers = tuple(Identifier(scheme=s, value=v, country=c) for s, v, c in more.pop("numbers", ()))
    designation = Designation(
        instrument="X", list=list_id or source, programme="P", citation=CITE, ended_on=more.pop("ended_on", None)
    )
    return Party(
        id=party_id,
        source=source,
        kind=more.pop("kind", PartyKind.ORGANIZATION),
        aliases=aliases,
        identifiers=identifiers,
        designations=(designation,),
        **more,
    )


def groups(*records: Party) -> list[set[str]]:
    merged, _ = linked(records)
    return [{p.id, *p.records} for p in merged]


PERSON: dict[str, Any] = {"kind": PartyKind.PERSON}


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ({"numbers": [("ofac", "7", None)]}, {"numbers": [("ofac", "7", None)]}, "OFAC number"),
        (
            {"numbers": [("uscc", "91650100MA00000001", "CN")]},
            {"numbers": [("uscc", "91650100ma00000001", None)]},
            "USCC",
        ),
        (
            {"numbers": [("lei", "5493001KJTIIGC8Y1R12", None)]},
            {"numbers": [("lei", "5493001KJTIIGC8Y1R12", None)]},
            "LEI",
        ),
        ({"numbers": [("passport", "E12345678", "CN")]}, {"numbers": [("passport", "E 12345678", "CN")]}, "passport"),
        (
            {"numbers": [("un_reference", "QDi.001", None)]},
            {"numbers": [("un_reference", "QDi.001", None)]},
            "UN reference",
        ),
    ],
)
def test_a_number_that_is_given_once_links(a: dict[str, Any], b: dict[str, Any], reason: str) -> None:
    merged, ids = linked([record("one:1", "Alpha Mills", **a), record("two:1", "Beta Works", **b)])
    (party,) = merged
    assert ids == {"one:1": "one:1", "two:1": "one:1"}
    assert party.records == ("two:1",)
    assert all(reason in link.reason for link in party.links)
    assert set(party.lists) == {"one", "two"}
    assert {a.name for a in party.aliases} == {"Alpha Mills", "Beta Works"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"numbers": [("passport", "E12345678", "CN")]}, {"numbers": [("passport", "E12345678", "KZ")]}),
        ({"numbers": [("registration", "12", "CN")]}, {"numbers": [("registration", "12", "CN")]}),
        ({"numbers": [("tax", "UNKNOWN", "CN")]}, {"numbers": [("tax", "UNKNOWN", "CN")]}),
        ({"numbers": [("passport", "E12345678", "CN")], **PERSON, "birth_dates": ("1960",)},
         {"numbers": [("passport", "E12345678", "CN")], **PERSON, "birth_dates": ("1971-02",)}),
        ({"numbers": [("imo", "9187629", None)], "kind": PartyKind.VESSEL}, {"numbers": [("imo", "9187629", None)], **PERSON}),
    ],
)  # fmt: skip
def test_a_number_that_says_nothing_or_is_contradicted_does_not_link(a: dict[str, Any], b: dict[str, Any]) -> None:
    assert len(groups(record("one:1", "Alpha Mills", **a), record("two:1", "Beta Works", **b))) == 2


def test_the_same_full_name_needs_a_country_or_a_birth_date() -> None:
    alpha = record("one:1", "Hotan Alpha Textile Co., Ltd.", countries=("CN",))
    assert len(groups(alpha, record("two:1", "HOTAN ALPHA TEXTILE CO LTD", countries=("CN",)))) == 1
    assert len(groups(alpha, record("two:1", "Hotan Alpha Textile Co., Ltd.", countries=("KZ",)))) == 2
    assert len(groups(alpha, record("two:1", "Hotan Alpha Textile Co., Ltd."))) == 2
    assert len(groups(alpha, record("two:1", "Hotan Beta Textile Co., Ltd.", countries=("CN",)))) == 2
    wang = record("one:2", "WANG, Mingshan", countries=("CN",), birth_dates=("1964-01",), **PERSON)
    assert len(groups(wang, record("two:2", "Mingshan Wang", birth_dates=("1964",), **PERSON))) == 1
    assert len(groups(wang, record("two:2", "Wang Mingshan", birth_dates=("1970",), countries=("CN",), **PERSON))) == 2
    assert len(groups(wang, record("two:2", "Wang Mingshan", countries=("CN",), **PERSON))) == 2


def test_weak_former_dated_and_common_names_do_not_link() -> None:
    whole = record("one:1", "Xinjiang Nonferrous Metal Group", countries=("CN",))
    for alias in (
        Alias(name="Xinjiang Nonferrous Metal Group", kind=AliasKind.WEAK),
        Alias(name="Xinjiang Nonferrous Metal Group", kind=AliasKind.FORMER),
        Alias(name="Xinjiang Nonferrous Metal Group", kind=AliasKind.STRONG, common=True),
        Alias.model_validate({"name": "Xinjiang Nonferrous Metal Group", "kind": "strong", "valid_to": "2024-11-25"}),
    ):
        other = record(
            "two:1", "-", aliases=(Alias(name="East Exemplar", kind=AliasKind.PRIMARY), alias), countries=("CN",)
        )
        assert len(groups(whole, other)) == 2


def test_what_one_list_keeps_apart_stays_apart() -> None:
    number = [("uscc", "91650100MA00000001", "CN")]
    assert len(groups(record("one:1", "Alpha", numbers=number), record("one:2", "Beta", numbers=number))) == 2
    through = record("two:1", "Alpha", numbers=number)
    assert len(groups(record("one:1", "Alpha", numbers=number), record("one:2", "Beta", numbers=number), through)) == 2
    many = (
        record("csl:1", "Alpha Mills Holding", "el", countries=("CN",)),
        record("csl:2", "Alpha Mills Holding", "meu", countries=("CN",)),
    )
    assert len(groups(*many)) == 1


def test_a_curated_row_meets_its_official_record_and_not_one_of_two_namesakes() -> None:
    ours = record("karez:zhu", "Zhu Hailun", "uk", **PERSON)
    theirs = record("uk:9", "ZHU Hailun", "uk", **PERSON)
    (party,) = linked([ours, theirs])[0]
    assert party.id == "uk:9"
    assert {link.record: link.reason for link in party.links} == dict.fromkeys(
        ("uk:9", "karez:zhu"), "the same name on the same list"
    )
    assert len(groups(ours, theirs, record("uk:10", "Zhu Hailun", "uk", **PERSON))) == 3


def test_once_the_list_dropped_a_party_the_curated_row_of_that_list_has_ended_too() -> None:
    ours = record("karez:a", "Alpha Mills Holding", "el", countries=("CN",))
    theirs = record("el:1", "Alpha Mills Holding", "el", countries=("CN",), ended_on="2024-05-01")
    (party,) = linked([ours, theirs])[0]
    assert [str(d.ended_on) for d in party.designations] == ["2024-05-01"]


def test_two_curated_rows_are_never_one_whatever_a_third_says() -> None:
    """The Public Security Bureau of the region, and that of the XPCC."""
    bureau, corps = (p for p in load_parties() if p.id in ("karez:xpsb", "karez:xpcc-psb"))
    bridge = Party(
        id="eu_fsf:1",
        source="eu_fsf",
        kind=PartyKind.ORGANIZATION,
        aliases=tuple(Alias(name=a.name) for p in (bureau, corps) for a in p.aliases if len(a.name) > 8),
        countries=("CN",),
        designations=(Designation(instrument="EU_GHRSR", list="eu_fsf", programme="HR", citation=CITE),),
    )
    made = groups(bureau, corps, bridge)
    assert not any({"karez:xpsb", "karez:xpcc-psb"} <= g for g in made)


@pytest.mark.skipif(not (SHARED / "data" / "ofac").exists(), reason="the published lists are not here")
def test_the_published_list_meets_the_reference_and_keeps_its_own_parties_apart() -> None:
    rows = read_list(us_ofac_sdn, *(p.read_bytes() for p in (SHARED / "data/ofac/sdn_csv_2024-01-08").iterdir()))
    ours = load_parties()
    started = time.process_time()
    merged, ids = linked([*rows, *ours])
    assert time.process_time() - started < 10
    assert len({ids[r.id] for r in rows}) == len(rows)
    assert len({ids[p.id] for p in ours}) == len(ours)
    numbered = [p for p in ours if any(i.scheme == "ofac" and f"us_ofac_sdn:{i.value}" in ids for i in p.identifiers)]
    assert len(numbered) >= 14
    assert all(ids[p.id].startswith("us_ofac_sdn:") for p in numbered)
    bridged = [p for p in merged if p.records and not any("OFAC number" in link.reason for link in p.links)]
    assert all(len(p.links) == 2 for p in bridged)


def test_time_grows_with_the_records() -> None:
    def seconds(n: int) -> float:
        records = [
            record(
                f"ftm:{i}",
                f"Exemplar {i} Holdings",
                "ftm",
                countries=("CN",),
                numbers=[("registration", f"R{i:07d}", "CN")],
            )
            for i in range(n)
        ]
        started = time.process_time()
        assert len(linked(records)[0]) == n
        return time.process_time() - started

    seconds(500)
    assert seconds(20_000) < 12 * max(seconds(4_000), 0.02)
