"""Scoring a pair of parties: which words may align, what a second fact does, and what may never confirm."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from app.core.hit import Hit, Strength
from app.core.names import analyse
from app.core.party import Alias, AliasKind, Designation, Identifier, Party, PartyKind
from app.core.screening.score import equal_names
from app.core.screening.watchlist import Watchlist
from app.core.submission import SubmittedParty
from app.core.values import Citation
from tests.support import builtin_engine

DAY = date(2026, 11, 23)
CITED = Citation(title="a list", url="https://example.org/list")


def listed(*names: str | Alias, kind: PartyKind = PartyKind.ORGANIZATION, **members: Any) -> Party:
    aliases = tuple(n if isinstance(n, Alias) else Alias(name=n) for n in names)
    made = Designation(instrument="I", list="l", programme="P", listed_on=date(2020, 1, 1), citation=CITED)
    return Party(**{"id": "l:1", "source": "l", "kind": kind, "aliases": aliases, "designations": (made,), **members})


def compared(party: Party, name: str, *, day: date = DAY, **members: Any) -> Hit:
    submitted = SubmittedParty.model_validate({"name": name, "kind": str(party.kind), **members})
    watchlist = Watchlist.of([party])
    return watchlist.explain(submitted, watchlist.entries[0], subject="s", as_of=day)


def alike(one: str, other: str, *, person: bool = False) -> float:
    """The score of two names, nothing else known."""
    return compared(listed(other, kind=PartyKind.PERSON if person else PartyKind.ORGANIZATION), one).score


@pytest.mark.parametrize(
    ("one", "other", "person"),
    [
        ("Jinchuan Group Co., Ltd.", "Xinjiang Jinchuan Mining Industry Co., Ltd.", False),
        ("Aksu Yangli Textile Co., Ltd.", "Aksu Huafu Textile Co., Ltd.", False),
        ("Xinjiang Production", "Xinjiang Production and Construction Corps", False),
        ("Chen Lihua", "Chen Quanguo", True),
        ("Zhang Wei", "Zhang Hongbo", True),
        ("Liu Junhuo", "Huo Liujun", True),
        ("Mohammed Ali", "Mohammed Hassan", True),
    ],
)
def test_a_shared_word_keeps_far_below_the_threshold(one: str, other: str, person: bool) -> None:
    assert alike(one, other, person=person) < 0.7


@pytest.mark.parametrize(
    ("one", "other", "person"),
    [
        ("Xinjang Zhongtai Gruop Co., Ltd.", "Xinjiang Zhongtai Group Co., Ltd.", False),
        ("Ningbo Sunrize Garment Works", "Ningbo Sunrise Garment Works", False),
        ("Soltech Indpustries Company Ltd.", "SOLTECH INDUSTRIES COMPANY LTD.", False),
        ("Espinoza Rodriguez, Marqa de Jesus", "ESPINOZA RODRIGUEZ, Maria de Jesus", True),
    ],
)
def test_one_slip_of_the_pen_stays_near(one: str, other: str, person: bool) -> None:
    assert 0.7 <= alike(one, other, person=person) < alike(other, other, person=person)


@pytest.mark.parametrize(
    ("one", "other", "person"),
    [
        ("Public Security Bureau of Xinjiang", "Xinjiang Public Security Bureau", False),
        ("Public Security Department of XUAR", "Xinjiang Uyghur Autonomous Region Public Security Department", False),
        ("新疆公安厅", "新疆维吾尔自治区公安厅", False),
        ("新疆中泰（集團）有限責任公司", "新疆中泰集团有限公司", False),
        ("Liu Jun Huo", "HUO, Liujun", True),
        ("huoliujun", "Huo Liujun", True),
        ("欧阳海", "Ouyang Hai", True),
        ("Garcia Lopez Juan Carlos", "Juan Carlos GARCIA LOPEZ", True),
    ],
)
def test_order_spacing_script_and_the_regions_long_name_are_one_name(one: str, other: str, person: bool) -> None:
    assert equal_names(one, other, person=person)
    assert alike(one, other, person=person) >= 0.98


@pytest.mark.parametrize(
    "name",
    ["Erken Tuniyaz", "Erkin Tuniyaz", "TUNIYAZ, Erkin", "Aierken Tuniyazi", "艾尔肯·吐尼亚孜", "艾爾肯·吐尼亞孜", "Эркин Тунияз", "ئەركىن تۇنىياز"],
)  # fmt: skip
def test_an_uyghur_name_is_found_in_every_script(name: str) -> None:
    query = SubmittedParty(name=name, kind="person")
    (hit,) = builtin_engine().watchlist.screen(query, subject="s", as_of=DAY)
    assert (hit.party.id, hit.strength) == ("karez:erken-tuniyaz", Strength.CONFIRMED)


def test_a_family_name_and_given_name_swapped_at_the_wrong_place_is_someone_else() -> None:
    assert not analyse("Liu Junhuo", True).equals(analyse("Huo Liujun", True))


def test_equal_in_pinyin_is_not_equal_in_han() -> None:
    def strength(**members: Any) -> Strength:
        query = SubmittedParty.model_validate({"kind": "person", **members})
        (hit,) = builtin_engine().watchlist.screen(query, subject="s", as_of=DAY)
        return hit.strength

    assert strength(name="陈全国") is Strength.CONFIRMED
    assert strength(name="陈权国") is Strength.PROBABLE
    assert strength(name="Chen Quanguo", other_names=["陈权国"]) is Strength.PROBABLE
    assert strength(name="陈权国", birth_date="1955") is Strength.CONFIRMED


def test_two_words_of_a_person_on_an_official_list_need_a_second_fact() -> None:
    party = listed("ADLER, Exemplar", kind=PartyKind.PERSON, birth_dates=("1961-03-02",), roles=("Minister of Examples",),
                   identifiers=(Identifier(scheme="ofac", value="77"),))  # fmt: skip
    assert compared(party, "Exemplar Adler").strength is Strength.PROBABLE
    assert compared(party, "Exemplar Adler", birth_date="1961").strength is Strength.CONFIRMED
    assert compared(party, "Exemplar Adler", birth_date="1985").strength is Strength.POSSIBLE


def test_one_long_word_of_a_company_needs_its_country() -> None:
    party = listed("TIDEWATERS CO.", countries=("IR",))
    assert compared(party, "Tidewaters Inc").strength is Strength.PROBABLE
    assert compared(party, "Tidewaters Inc", country="IR").strength is Strength.CONFIRMED
    assert compared(party, "Tidewaters Inc", country="US").strength is Strength.PROBABLE


def test_another_country_takes_the_confirmation_and_yet_holds_the_case() -> None:
    party = listed("Exemplar Harbour Works", countries=("CN",))
    there, elsewhere = (compared(party, "Exemplar Harbour Works", country=c) for c in ("CN", "PT"))
    near = compared(party, "Exemplar Harbour Works", country="HK")
    assert (there.strength, near.strength, elsewhere.strength) == (
        Strength.CONFIRMED,
        Strength.CONFIRMED,
        Strength.PROBABLE,
    )
    query = SubmittedParty(name="Hangzhou Hikvison Digital Technology Co., Ltd.", country="PT")
    (hit,) = builtin_engine().watchlist.screen(query, subject="s", as_of=DAY)
    assert not hit.contradicted


@pytest.mark.parametrize(
    ("scheme", "theirs", "mine", "speaks"),
    [
        ("uscc", "91110000600037341L", "91650000731825217N", True),
        ("uscc", "91110000600037341L", "91650000731825218N", False),
        ("passport", "E12345678", "E87654321", False),
        ("registration", "650100050079480", "1234567", True),
    ],
)
def test_only_a_sound_number_that_does_not_change_speaks_against(
    scheme: str, theirs: str, mine: str, speaks: bool
) -> None:
    party = listed("Exemplar Harbour Works", identifiers=(Identifier(scheme=scheme, value=theirs, country="CN"),))
    made = compared(party, "Exemplar Harbour Works", identifiers=[{"scheme": scheme, "value": mine, "country": "CN"}])
    assert any(f.name == "identifier" and f.contribution < 0 for f in made.features) is speaks


def test_a_uscc_given_under_another_heading_is_read_and_words_are_no_numbers() -> None:
    party = listed("Exemplar", identifiers=(Identifier(scheme="uscc", value="91110000600037341L"),))
    code = {"scheme": "other", "value": "91110000600037341l"}
    assert compared(party, "Quite Another Name", identifiers=[code]).strength is Strength.CONFIRMED
    words = listed("Exemplar", identifiers=(Identifier(scheme="tax", value="UNKNOWN", country="CN"),))
    blank = {"scheme": "tax", "value": "unknown", "country": "CN"}
    assert compared(words, "Quite Another Name", identifiers=[blank]).features == ()


def test_an_alias_counts_only_in_its_time() -> None:
    party = listed(
        "Exemplar Mining Works", Alias(name="Oldname Mining Works", valid_to=date(2024, 11, 25)), countries=("CN",)
    )
    query = SubmittedParty(name="Oldname Mining Works")
    before, after = (compared(party, query.name, day=day).score for day in (date(2024, 11, 24), date(2024, 11, 25)))
    assert before >= 0.95
    assert after < 0.7


def test_a_weak_alias_alone_neither_confirms_nor_reaches_the_threshold() -> None:
    party = listed("Exemplar Harbour Works", Alias(name="Bluebird Docks", kind=AliasKind.WEAK))
    made = compared(party, "Bluebird Docks")
    assert made.strength is Strength.POSSIBLE
    assert made.score < 0.7


WORDS = st.lists(
    st.sampled_from(["Xinjiang", "Zhongtai", "Group", "Co., Ltd.", "Mining", "of", "Huafu", "棉业", "Zhongtia"]),
    min_size=1,
    max_size=6,
).map(" ".join)
BIRTHS = st.sampled_from([None, "1961", "1961-03", "1961-03-02", "1962", "1985-01-01"])
PEOPLE = st.sampled_from(["Adler Exemplar", "ADLER, Exemplar", "Adler Exempler", "Adler", "Exemplar Adler Noor"])
ADLER = listed("ADLER, Exemplar", kind=PartyKind.PERSON, birth_dates=("1961-03-02",), countries=("CN",))


@given(WORDS.filter(str.isascii))
@settings(deadline=None, max_examples=40)
def test_a_name_is_itself_and_no_other_scores_higher(one: str) -> None:
    watchlist = Watchlist.of([listed(one), listed(f"{one} Exemplar").model_copy(update={"id": "l:2"})])
    hits = watchlist.screen(SubmittedParty(name=one), subject="s", as_of=DAY, threshold=0.0)
    assert hits[0].party.id == "l:1"
    assert all(0 <= h.score <= hits[0].score <= 1 for h in hits)


@given(PEOPLE, BIRTHS, st.sampled_from([None, "CN", "HK", "PT"]))
@settings(deadline=None)
def test_contributions_add_up_and_a_birth_date_moves_the_score_one_way(
    name: str, birth: str | None, country: str | None
) -> None:
    plain = compared(ADLER, name, country=country)
    dated = compared(ADLER, name, country=country, birth_date=birth)
    for made in (plain, dated):
        assert sum(f.contribution for f in made.features) == pytest.approx(made.score, abs=0.001)
        assert 0 <= made.score <= 1
    if birth in ("1961", "1961-03", "1961-03-02"):
        assert dated.score >= plain.score
    if birth == "1985-01-01":
        assert dated.score <= plain.score
        assert dated.strength is Strength.POSSIBLE


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60), st.booleans())
@settings(deadline=None)
def test_no_two_texts_break_the_comparison(one: str, other: str, person: bool) -> None:
    try:
        score = alike(one.strip() or "x", other.strip() or "x", person=person)
    except ValidationError:
        return  # control characters are refused before any comparison
    assert 0 <= score <= 1


def test_every_feature_says_what_it_compared() -> None:
    query = SubmittedParty(name="Wang Mingshan", kind="person", birth_date="1964-01", country="CN")
    (hit,) = builtin_engine().watchlist.screen(query, subject="s", as_of=DAY)
    assert isinstance(hit, Hit)
    assert [f.name for f in hit.features] == ["name", "birth_date", "country"]
    assert all(f.submitted and f.listed and f.says for f in hit.features)
