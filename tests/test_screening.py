"""Screening finds the listed party under its names and leaves namesakes alone, and explains what it compared."""

from __future__ import annotations

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
from tests.support import builtin_engine

DAY = date(2026, 11, 23)
CITED = Citation(title="a list", url="https://example.org/list")


def screen(name: str, kind: str = "organization", day: date = DAY, **members: Any) -> tuple[Hit, ...]:
    party = SubmittedParty.model_validate({"name": name, "kind": kind, **members})
    return builtin_engine().watchlist.screen(party, subject="s", as_of=day)


def listed(name: str, number: int = 1, **members: Any) -> Party:
    made = Designation(instrument="I", list="l", programme="P", listed_on=date(2020, 1, 1), citation=CITED)
    return Party(
        id=f"l:{number}",
        source="l",
        aliases=(Alias(name=name, kind=AliasKind.PRIMARY),),
        designations=(made,),
        **members,
    )


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("Xinjiang Public Security Bureau", "government_body", "karez:xpsb"),
        ("新疆维吾尔自治区公安厅", "organization", "karez:xpsb"),
        ("Public Security Department of XUAR", "unknown", "karez:xpsb"),
        ("新疆生产建设兵团公安局", "organization", "karez:xpcc-psb"),
        ("XPCC Eighth Division", "organization", "karez:xpcc"),
        ("Xinjiang Zhongtai Group Company Limited", "organization", "karez:zhongtai-group"),
        ("Erkin Tuniyaz", "person", "karez:erken-tuniyaz"),
        ("Shohret ZAKIR", "person", "karez:shohrat-zakir"),
        ("陈全国", "person", "karez:chen-quanguo"),
    ],
)
def test_a_listed_name_is_confirmed_and_only_it(name: str, kind: str, wanted: str) -> None:
    hits = screen(name, kind)
    assert [(h.party.id, h.strength) for h in hits] == [(wanted, Strength.CONFIRMED)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Chen Lihua", "person"), ("Zhang Wei", "person"), ("Ma Xingrui", "person"), ("Jinchuan Group Co., Ltd.", "organization"),
        ("Xinjiang Production", "organization"), ("Aksu Yangli Spinning Co., Ltd.", "organization"), ("Camel Shoes Co., Ltd.", "organization"),
        ("Xinjiang County Yangli Drum Co., Ltd.", "organization"), ("Public Security Equipment Co., Ltd.", "organization"),
        ("黑龙江生产建设兵团", "organization"),
    ],
)  # fmt: skip
def test_a_shared_word_or_surname_is_no_hit(name: str, kind: str) -> None:
    assert screen(name, kind) == ()


def test_a_listed_person_sent_with_the_default_kind_is_found_and_not_confirmed() -> None:
    (hit,) = screen("Huo Liujun")
    assert (hit.party.id, hit.strength) == ("karez:huo-liujun", Strength.PROBABLE)
    assert not hit.contradicted


def test_a_typing_error_is_probable_and_never_confirmed() -> None:
    (hit,) = screen("Hangzhou Hikvison Digital Technology Co., Ltd.")
    assert hit.party.id == "karez:hikvision"
    assert hit.strength is Strength.PROBABLE


def test_a_common_name_needs_a_second_fact_and_a_conflict_is_shown() -> None:
    (alone,) = screen("Wang Mingshan", "person")
    (with_birth,) = screen("Wang Mingshan", "person", birth_date="1964-01")
    (namesake,) = screen("Wang Mingshan", "person", birth_date="1986")
    assert [h.strength for h in (alone, with_birth, namesake)] == [
        Strength.PROBABLE,
        Strength.CONFIRMED,
        Strength.POSSIBLE,
    ]
    assert namesake.contradicted


def test_a_company_named_after_the_corps_is_not_the_corps() -> None:
    (hit,) = screen("新疆生产建设兵团第八师天业集团有限公司")
    assert hit.party.id == "karez:xpcc"
    assert hit.strength is not Strength.CONFIRMED


def test_a_listing_that_no_edition_confirmed_is_at_most_probable() -> None:
    (hit,) = screen("Lop County Meixin Hair Products Co., Ltd.")
    assert hit.strength is Strength.PROBABLE


def test_nobody_is_listed_before_the_first_listing() -> None:
    assert screen("Xinjiang Public Security Bureau", "government_body", date(2019, 10, 8)) == ()
    assert screen("Xinjiang Public Security Bureau", "government_body", date(2019, 10, 9)) != ()


def test_equal_identifiers_confirm_and_conflicting_ones_speak_against() -> None:
    watchlist = Watchlist.of(
        [listed("Exemplar Chemical Industry", identifiers=(Identifier(scheme="uscc", value="91110000600037341L"),))]
    )

    def one(name: str, code: str) -> Hit:
        query = SubmittedParty.model_validate({"name": name, "identifiers": [{"scheme": "uscc", "value": code}]})
        (hit,) = watchlist.screen(query, subject="s", as_of=DAY)
        return hit

    assert one("Another Name Entirely", "9111 0000 6000 37341L").strength is Strength.CONFIRMED
    conflict = one("Exemplar Chemical Industry", "91650000731825217N")
    assert conflict.strength is Strength.POSSIBLE
    assert conflict.contradicted


def test_records_with_one_ofac_number_are_one_party() -> None:
    number = (Identifier(scheme="ofac", value="77"),)
    curated = listed("Exemplar Bureau", identifiers=number).model_copy(
        update={"id": "karez:x", "source": "karez_reference"}
    )
    official = listed("EXEMPLAR BUREAU", 77, identifiers=number)
    watchlist = Watchlist.of([curated, official])
    assert [p.id for p in watchlist.entries] == ["l:77"]
    party = watchlist.get("karez:x")
    assert party is not None
    assert party.records == ("karez:x",)


def test_adversarial_names_stay_bounded() -> None:
    for name in ("Wang " * 190, "a" * 1_000, "Xinjiang Production Construction " * 30, "co ltd " * 140):
        screen(name.strip(), "unknown")


BIRTHS = st.sampled_from(["1952", "1952-01", "1986", "1955-11", "1901"])
PEOPLE = st.sampled_from(["Huo Liujun", "Wang Mingshan", "Chen Quanguo", "Huo Liujn", "Zhu Hailun"])


@given(PEOPLE, BIRTHS, st.sampled_from(["CN", "US", None]))
@settings(deadline=None)
def test_contributions_add_up_and_attributes_move_the_score_one_way(name: str, birth: str, country: str | None) -> None:
    watchlist = builtin_engine().watchlist
    plain = SubmittedParty(name=name, kind="person")
    for party in (p for p in watchlist.entries if p.kind is PartyKind.PERSON):
        base = watchlist.explain(plain, party, subject="s", as_of=DAY)
        more = watchlist.explain(
            plain.model_copy(update={"birth_date": birth, "country": country}), party, subject="s", as_of=DAY
        )
        for hit in (base, more):
            assert abs(sum(f.contribution for f in hit.features) - hit.score) <= 0.001
        signs = [f.contribution for f in more.features if f.name in ("birth_date", "country")]
        if signs and all(s >= 0 for s in signs):
            assert more.score >= base.score
        if signs and all(s <= 0 for s in signs):
            assert more.score <= base.score
