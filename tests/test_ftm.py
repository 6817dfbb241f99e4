"""FollowTheMoney data sets: who is in them, by what sanction, and what other entities say of them, whatever their order."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.party import Party, PartyKind
from app.errors import SourceChanged
from app.sources.ftm import ENTITIES, ftm, parse_entities
from tests.support import SHARED, read_list

OPENSANCTIONS = SHARED / "data" / "noncommercial" / "opensanctions"
absent = pytest.mark.skipif(not OPENSANCTIONS.exists(), reason="the data sets lie beside the checkout and are not here")

COMPANY = {"id": "NK-1", "schema": "Company", "caption": "Exemplar Cotton Co., Ltd.", "datasets": ["made"], "properties": {"name": ["Exemplar Cotton Co., Ltd."], "alias": ["例子棉业有限公司"], "weakAlias": ["ECC"], "previousName": ["Exemplar Mill"], "jurisdiction": ["cn"], "registrationNumber": ["91650000600037341L"], "topics": ["sanction", "corp.public"], "addressEntity": ["addr-1"], "religion": ["kept out"]}}  # fmt: skip
PERSON = {"id": "NK-2", "schema": "Person", "caption": "Erste Exempel", "datasets": ["made"], "properties": {"name": ["Erste Exempel"], "birthDate": ["1961-03"], "nationality": ["cn"], "topics": ["role.pep"], "ethnicity": ["kept out"], "gender": ["male"]}}  # fmt: skip
OTHERS: list[dict[str, Any]] = [
    {"id": "s-1", "schema": "Sanction", "properties": {"entity": ["NK-1"], "program": ["Human rights"], "programId": ["US-GLOMAG"], "authority": ["An Authority"], "startDate": ["2021-03-22"], "sourceUrl": ["https://authority.example/x"], "reason": ["invented"]}},
    {"id": "s-2", "schema": "Sanction", "properties": {"entity": ["NK-1"], "program": ["Older"], "startDate": ["2010"], "endDate": ["2015-06-30"]}},
    {"id": "o-1", "schema": "Ownership", "properties": {"owner": ["NK-2"], "asset": ["NK-1"], "percentage": ["51 %"], "startDate": ["2019-01-01"]}},
    {"id": "d-1", "schema": "Directorship", "properties": {"director": ["NK-2"], "organization": ["NK-1"], "role": ["chairman"]}},
    {"id": "f-1", "schema": "Family", "properties": {"person": ["NK-2"], "relative": ["NK-3"], "relationship": ["spouse"]}},
    {"id": "p-1", "schema": "Passport", "properties": {"holder": ["NK-2"], "number": ["E1"], "country": ["cn"]}},
    {"id": "post", "schema": "Position", "caption": "Mayor", "properties": {"name": ["Mayor of Exemplar"]}},
    {"id": "h-1", "schema": "Occupancy", "properties": {"holder": ["NK-2"], "post": ["post"]}},
    {"id": "addr-1", "schema": "Address", "properties": {"full": ["1 Example Road, Urumqi"]}},
    {"id": "x-1", "schema": "Article", "properties": {"title": ["not read"]}},
]  # fmt: skip


def document(entities: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in entities).encode()


def read(*entities: dict[str, Any]) -> dict[str, Party]:
    return {p.id: p for p in read_list(ftm, document(entities))}


def test_a_party_carries_what_other_entities_say_of_it() -> None:
    company = read(COMPANY, PERSON, *OTHERS)["ftm:NK-1"]
    assert {a.name: a.kind.value for a in company.aliases} == {
        "Exemplar Cotton Co., Ltd.": "primary",
        "例子棉业有限公司": "strong",
        "ECC": "weak",
        "Exemplar Mill": "former",
    }
    assert [(i.scheme, i.value) for i in company.identifiers] == [("uscc", "91650000600037341L")]
    assert [a.text for a in company.addresses] == ["1 Example Road, Urumqi"]
    first, older = sorted(company.designations, key=lambda d: d.programme == "Older")
    assert (first.programme, first.list, first.instrument, first.listed_on) == (
        "US-GLOMAG",
        "ftm",
        "FTM",
        date(2021, 3, 22),
    )
    assert first.citation.url == "https://authority.example/x"
    assert (older.listed_on, older.ended_on) == (date(2010, 1, 1), date(2015, 6, 30))
    edges = {(r.kind, r.to, r.to_name, r.percent, r.role, r.valid_from) for r in company.relationships}
    assert edges == {
        ("owned_by", "ftm:NK-2", "Erste Exempel", 51.0, "", "2019-01-01"),
        ("has_director", "ftm:NK-2", "Erste Exempel", None, "chairman", ""),
    }


def test_a_topic_that_is_no_listing_is_a_role_and_lists_nobody() -> None:
    person = read(COMPANY, PERSON, *OTHERS)["ftm:NK-2"]
    assert person.designations == ()
    assert set(person.roles) == {"Mayor of Exemplar", "topic: role.pep"}
    assert (person.kind, person.birth_dates, person.nationalities, person.gender) == (
        PartyKind.PERSON,
        ("1961-03",),
        ("CN",),
        "male",
    )
    assert [(i.scheme, i.value, i.country) for i in person.identifiers] == [("passport", "E1", "CN")]
    assert {r.kind for r in person.relationships} == {"owner_of", "director_of", "family"}


def test_faith_and_ethnicity_are_not_read() -> None:
    assert "kept out" not in "".join(p.model_dump_json() for p in read(COMPANY, PERSON).values())


def test_a_topic_alone_is_a_listing_of_unknown_programme() -> None:
    (designation,) = read(COMPANY)["ftm:NK-1"].designations
    assert (designation.programme, designation.listed_on) == ("sanction", None)


@given(st.permutations([COMPANY, PERSON, *OTHERS]))
def test_the_order_of_entities_says_nothing(entities: list[dict[str, Any]]) -> None:
    found = {p.id: p for p in parse_entities({ENTITIES: io.BytesIO(document(entities))})}
    known = read(COMPANY, PERSON, *OTHERS)
    assert set(found) == set(known)
    for key, party in found.items():
        assert set(party.designations) == set(known[key].designations)
        assert set(party.relationships) == set(known[key].relationships)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (document([COMPANY])[:-30], "line 1: no JSON, or cut in the middle"),
        (document([COMPANY, PERSON])[:-60], "line 2: no JSON, or cut in the middle"),
        (document([COMPANY, COMPANY]), "line 2: a second entity with this id"),
        (document([COMPANY, {"schema": "Person", "properties": {}}]), "line 2: no entity with an id"),
        (document([COMPANY]) + b"[]\n", "line 2: no entity with a schema"),
        (document([COMPANY, {"id": "", "schema": "Sanction", "properties": {}}]), "line 2: an id of no use"),
        (document([*OTHERS, {"id": "n", "schema": "Sanction", "properties": {"entity": [{"id": "q", "schema": "Person"}]}}]), "nested entities in entity"),
        (document(OTHERS), "holds no person, company, vessel or other party"),
    ],
)  # fmt: skip
def test_a_damaged_data_set_is_refused_with_its_line(body: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        list(parse_entities({ENTITIES: io.BytesIO(body)}))


@given(
    st.lists(
        st.one_of(st.binary(max_size=30), st.sampled_from(document([COMPANY, PERSON, *OTHERS]).split(b"\n"))),
        max_size=6,
    )
)
def test_only_a_refusal_escapes(lines: list[bytes]) -> None:
    try:
        found = list(parse_entities({ENTITIES: io.BytesIO(b"\n".join(lines))}))
    except SourceChanged as error:
        found = []
        assert str(error)  # noqa: PT017 - both ends are right
    assert all(p.source == "ftm" for p in found)


def test_memory_does_not_grow_with_the_number_of_entities() -> None:
    def peak(count: int) -> int:
        made = (
            {**COMPANY, "id": f"NK-{n}", "properties": {"name": [f"Exemplar {n} " * 5], "topics": ["sanction"]}}
            for n in range(count)
        )
        stream = io.BytesIO(document(made))
        tracemalloc.start()
        seen = sum(1 for _ in parse_entities({ENTITIES: stream}))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert seen == count
        return most

    small, large = peak(3_000), peak(15_000)
    assert large < 2 * small + 3_000_000


@absent
def test_the_published_entities_are_read_whole() -> None:
    body = gzip.decompress((OPENSANCTIONS / "sa_wiki_peps.entities.ftm.json.gz").read_bytes())
    rows = [json.loads(line) for line in body.splitlines()]
    parties = {p.id: p for p in read_list(ftm, body)}
    people = [r for r in rows if r["schema"] == "Person"]
    assert set(parties) == {f"ftm:{r['id']}" for r in people}
    assert len(people) == 607
    ends = Counter(r["properties"][end][0] for r in rows if r["schema"] == "Family" for end in ("person", "relative"))
    for row in people:
        party = parties[f"ftm:{row['id']}"]
        assert {" ".join(str(n).split()) for n in row["properties"].get("name", [])} <= {a.name for a in party.aliases}
        assert sum(r.kind == "family" for r in party.relationships) <= ends[row["id"]]
        assert not party.designations


@absent
def test_the_published_simple_table_and_senzing_records_are_read_whole() -> None:
    vessels = read_list(ftm, (OPENSANCTIONS / "ua_war_sanctions_vessels.targets.simple.csv").read_bytes())
    assert len(vessels) == 1_340
    assert {p.kind for p in vessels} == {PartyKind.VESSEL}
    assert all(d.programme for p in vessels for d in p.designations)
    people = read_list(ftm, (OPENSANCTIONS / "us_congress.senzing.json").read_bytes())
    assert len(people) == 1_319
    assert sum(bool(p.birth_dates) for p in people) > 1_200
