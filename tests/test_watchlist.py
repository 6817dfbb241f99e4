"""The watchlist finds its parties quickly whatever it is asked, links records of one party, and keeps to the day and the lists."""

from __future__ import annotations

import itertools
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.hit import Hit, Strength
from app.core.party import Alias, AliasKind, Designation, Identifier, Party, PartyKind
from app.core.screening.watchlist import Watchlist
from app.core.submission import SubmittedParty
from app.core.values import Citation
from app.core.xpcc import Standing, standing
from tests.support import builtin_engine

DAY = date(2026, 11, 23)
CITED = Citation(title="a list", url="https://example.org/list")


def screen(name: str, day: date = DAY, **members: Any) -> tuple[Hit, ...]:
    query = SubmittedParty.model_validate({"name": name, **members})
    return builtin_engine().watchlist.screen(query, subject="s", as_of=day)


def act(on: date | None, list_id: str = "l", **members: Any) -> Designation:
    return Designation(
        **{"instrument": "I", "list": list_id, "programme": "P", "listed_on": on, "citation": CITED, **members}
    )


def party(key: str, *names: str, acts: tuple[Designation, ...] = (act(None),), **members: Any) -> Party:
    return Party(id=key, source=key.split(":", maxsplit=1)[0], aliases=tuple(Alias(name=n) for n in names), designations=acts, **members)  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "新疆生产建设兵团第8师",
        "新疆生产建设兵团第 8 师",
        "新疆兵团第八师",
        "新疆生产建设兵团农业建设第八师",
        "第八师石河子市",
        "新疆生产建设兵团（XPCC）",
        "The Xinjiang Production and Construction Corps",
        "Xinjiang Production & Construction Corps (XPCC)",
        "SASAC of the Eighth Division of XPCC",
    ],
)
def test_divisions_and_state_asset_bodies_of_the_corps_are_the_corps(name: str) -> None:
    (hit,) = screen(name)
    assert (hit.party.id, hit.strength) == ("karez:xpcc", Strength.CONFIRMED)


@pytest.mark.parametrize(
    "name",
    [
        "新疆生产建设兵团第八师一四三团",
        "新疆生产建设兵团供销社",
        "兵团第八师天业有限公司",
        "XPCC 143rd Regiment",
        "XPCC Exemplar Ltd",
    ],
)
def test_bodies_named_after_the_corps_are_shown_and_not_confirmed(name: str) -> None:
    (hit,) = screen(name)
    assert hit.party.id == "karez:xpcc"
    assert hit.strength is not Strength.CONFIRMED


@pytest.mark.parametrize(
    "name", ["第二师范大学", "第五师傅食品公司", "黑龙江生产建设兵团", "内蒙古生产建设兵团第八师", "第一师范学院"]
)
def test_other_corps_teachers_and_masters_are_not_the_corps(name: str) -> None:
    assert standing(name) is None
    assert screen(name) == ()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("新疆生产建设兵团公安局", "karez:xpcc-psb"),
        ("Xinjiang Production and Construction Corps Public Security Bureau", "karez:xpcc-psb"),
        ("Public Security Bureau of the Xinjiang Production and Construction Corps", "karez:xpcc-psb"),
        ("Public Security Bureau of Xinjiang", "karez:xpsb"),
        ("新疆公安厅", "karez:xpsb"),
    ],
)
def test_the_two_security_bureaus_and_the_corps_are_never_mixed(name: str, wanted: str) -> None:
    assert standing(name) is not Standing.ITSELF
    assert [h.party.id for h in screen(name, kind="government_body")] == [wanted]


def test_a_hit_names_the_lists_of_its_day() -> None:
    (before,) = screen("Xinjiang Public Security Bureau", date(2020, 7, 8))
    (after,) = screen("Xinjiang Public Security Bureau", date(2020, 7, 9))
    assert before.party.lists == ("us_bis_entity_list",)
    assert set(after.party.lists) == {"us_bis_entity_list", "us_ofac_sdn"}


def test_an_ended_listing_is_still_shown_and_a_later_one_not_yet() -> None:
    watchlist = Watchlist.of(
        [
            party("l:1", "Exemplar Harbour Works", acts=(act(date(2020, 1, 1), ended_on=date(2023, 1, 1)),)),
            party("l:2", "Exemplar Airport Works", acts=(act(date(2030, 1, 1)),)),
            party("l:3", "Unlisted Canal Works", acts=()),
        ]
    )
    for name, ids in (
        ("Exemplar Harbour Works", ["l:1"]),
        ("Exemplar Airport Works", []),
        ("Unlisted Canal Works", []),
    ):
        assert [h.party.id for h in watchlist.screen(SubmittedParty(name=name), subject="s", as_of=DAY)] == ids
    assert [p.id for p in watchlist.entries] == ["l:1", "l:2"]


def test_only_the_wanted_lists_are_searched() -> None:
    watchlist = builtin_engine().watchlist
    query = SubmittedParty(name="Xinjiang Public Security Bureau")

    def found(*lists: str) -> int:
        return len(watchlist.screen(query, subject="s", as_of=DAY, lists=frozenset(lists)))

    assert (found("us_ofac_sdn"), found("ca_sema"), found("karez_reference"), found()) == (1, 0, 1, 0)


def test_the_official_record_names_the_party_and_the_reference_gives_its_date() -> None:
    number = (Identifier(scheme="ofac", value="77"),)
    ours = party("karez:x", "Exemplar Bureau", "示例局", acts=(act(date(2020, 7, 9)), act(date(2019, 10, 9), "b")), identifiers=number,
                 birth_dates=("1961",)).model_copy(update={"source": "karez_reference"})  # fmt: skip
    theirs = party("l:77", "EXEMPLAR BUREAU", identifiers=number, birth_dates=("1961-03",))
    for records in ((ours, theirs), (theirs, ours)):
        watchlist = Watchlist.of(records)
        (made,) = watchlist.entries
        assert made.id == "l:77"
        assert watchlist.get("karez:x") is watchlist.get("l:77") is made
        assert {(d.list, d.listed_on) for d in made.designations} == {
            ("l", date(2020, 7, 9)),
            ("b", date(2019, 10, 9)),
        }
        assert {a.name for a in made.aliases} == {"EXEMPLAR BUREAU", "Exemplar Bureau", "示例局"}
        assert set(made.birth_dates) == {"1961", "1961-03"}
    assert Watchlist.of([ours]).get("nobody") is None


def test_a_listing_no_edition_confirmed_is_probable_until_another_record_confirms_it() -> None:
    number = (Identifier(scheme="ofac", value="77"),)
    ours = party(
        "karez:x", "Exemplar Harbour Works", acts=(act(date(2020, 1, 1), confirmed=False),), identifiers=number
    )
    ours = ours.model_copy(update={"source": "karez_reference"})
    theirs = party("l:77", "EXEMPLAR HARBOUR WORKS", identifiers=number)
    query = SubmittedParty(name="Exemplar Harbour Works")
    for records, strength in (([ours], Strength.PROBABLE), ([ours, theirs], Strength.CONFIRMED)):
        (hit,) = Watchlist.of(records).screen(query, subject="s", as_of=DAY)
        assert hit.strength is strength


def test_another_kind_of_party_is_shown_behind_and_never_confirmed() -> None:
    watchlist = Watchlist.of(
        [
            party("l:1", "Exemplar Adler Noor", kind=PartyKind.PERSON),
            party("l:2", "Exemplar Adler Noor", kind=PartyKind.VESSEL),
            party("l:3", "Exemplar Adler Noor", kind=PartyKind.GOVERNMENT_BODY),
        ]
    )
    for kind, first in (("person", "l:1"), ("vessel", "l:2"), ("organization", "l:3")):
        query = SubmittedParty.model_validate({"name": "Exemplar Adler Noor", "kind": kind})
        hits = watchlist.screen(query, subject="s", as_of=DAY)
        assert hits[0].party.id == first
        assert all(h.score < hits[0].score and h.strength is not Strength.CONFIRMED for h in hits[1:])
        assert all([f.name for f in h.features] == ["name", "kind"] for h in hits[1:])
    unknown = watchlist.screen(SubmittedParty(name="Exemplar Adler Noor", kind="unknown"), subject="s", as_of=DAY)
    assert {h.party.id for h in unknown} == {"l:1", "l:2", "l:3"}


def test_attributes_alone_are_no_hit_however_low_the_threshold() -> None:
    query = SubmittedParty(name="Sunrise Garment Works", country="CN", birth_date="1955")
    hits = builtin_engine().watchlist.screen(query, subject="s", as_of=DAY, threshold=0.0, limit=100)
    assert all(any(f.name in ("name", "identifier") for f in h.features) for h in hits)


def test_explain_compares_whatever_the_score() -> None:
    watchlist = builtin_engine().watchlist
    listed = watchlist.get("karez:xpsb")
    assert listed is not None
    hit = watchlist.explain(SubmittedParty(name="Sunrise Garment Works"), listed, subject="s", as_of=DAY)
    assert (hit.score, hit.strength) == (0, Strength.POSSIBLE)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=300))
@settings(deadline=None, max_examples=60)
def test_no_name_breaks_the_search_and_asking_twice_is_the_same(name: str) -> None:
    query = SubmittedParty.model_construct(
        **{**SubmittedParty(name="x", kind="unknown").model_dump(), "name": name, "identifiers": ()}
    )
    watchlist = builtin_engine().watchlist
    assert watchlist.screen(query, subject="s", as_of=DAY) == watchlist.screen(query, subject="s", as_of=DAY)


def _crowd() -> Watchlist:
    """Four thousand parties whose names are all made of forty words."""
    words = [a + b for a, b in itertools.product(("ban", "kor", "mel", "sud", "tan"), ("dari", "gol", "hash", "lim", "nur", "pesh", "rav", "zen"))]  # fmt: skip
    return Watchlist.of(
        party(f"l:{n}", " ".join(words[(n * k + n // 40) % 40] for k in (1, 3, 7, 11))) for n in range(4_000)
    )


def test_hostile_queries_stay_bounded_and_decoys_do_not_hide_a_name() -> None:
    """A quadratic search needs minutes for this; the bound is loose because machines differ."""
    watchlist = _crowd()
    words = sorted(watchlist.index.vocabulary.words)
    decoys = tuple(" ".join(words[(n + k) % len(words)] for k in range(40)) for n in range(99))
    hidden = watchlist.entries[77].name
    started = time.perf_counter()
    hits = watchlist.screen(
        SubmittedParty(name="Exemplar", other_names=(*decoys, hidden)), subject="s", as_of=DAY, limit=4_000
    )
    assert time.perf_counter() - started < 5
    assert "l:77" in {h.party.id for h in hits}


def test_a_misspelled_rare_word_is_found_among_thousands() -> None:
    crowd = _crowd()
    watchlist = Watchlist.of([*crowd.entries, party("l:rare", "Quetzalcoatl Harbour Works Co., Ltd.")])
    for name in ("Quetzalcoatl Harbor Works", "Quetzalcoalt Harbour Works", "Qetzalcoatl Harbour Works Limited"):
        (hit,) = watchlist.screen(SubmittedParty(name=name), subject="s", as_of=DAY)
        assert hit.party.id == "l:rare"
        assert hit.strength is not Strength.CONFIRMED


def test_weak_aliases_are_indexed_and_explained() -> None:
    weak = Alias(name="Bluebird", kind=AliasKind.WEAK)
    made = party("l:1", "Exemplar Adler Noor", kind=PartyKind.PERSON, birth_dates=("1961-03-02",))
    watchlist = Watchlist.of([made.model_copy(update={"aliases": (*made.aliases, weak)})])
    query = SubmittedParty(name="Bluebird", kind="person", birth_date="1961")
    (hit,) = watchlist.screen(query, subject="s", as_of=DAY)
    assert "weak name" in hit.features[0].says


def test_a_batch_answers_as_each_query_alone() -> None:
    watchlist = builtin_engine().watchlist
    names = (
        "Xinjiang Public Security Bureau",
        "新疆公安厅",
        "Erkin Tuniyaz",
        "Yangli Paper",
        "XPCC Eighth Division",
        "Wang Mingshan",
    )
    queries = [SubmittedParty(name=n, kind="unknown", country="CN") for n in names]
    together = watchlist.screen_many(queries, as_of=DAY, threshold=0.0)
    assert together == [watchlist.screen(q, subject="query", as_of=DAY, threshold=0.0) for q in queries]


def test_a_person_is_no_ship_and_a_ship_no_company() -> None:
    watchlist = Watchlist.of([party("l:2", "Victoria Springfield", kind=PartyKind.VESSEL)])
    for kind, found in (("person", 0), ("vessel", 1), ("organization", 1), ("unknown", 1)):
        query = SubmittedParty.model_validate({"name": "VICTORIA SPRINGFIELD", "kind": kind})
        assert len(watchlist.screen(query, subject="s", as_of=DAY)) == found


def test_a_listed_official_with_a_common_name_is_shown() -> None:
    (hit,) = screen("Gao Qi", kind="person", country="CN")
    assert hit.party.id == "karez:gao-qi"
    assert hit.strength is not Strength.CONFIRMED
