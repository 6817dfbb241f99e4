"""Folding, keys and the standing of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.names import analyse, fold
from app.core.screening.common_names import is_common_name
from app.core.xpcc import Standing, standing


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=2_000), st.booleans())
def test_no_text_breaks_the_analysis(text: str, person: bool) -> None:
    analyse(text, person)


@pytest.mark.parametrize(
    ("one", "other", "person"),
    [
        ("HUO, Liujun", "Liujun Huo", True),
        ("HUO, Liujun", "Huo Liu Jun", True),
        ("王明山", "Wang Mingshan", True),
        ("Xinjiang Zhongtai (Group) Co., Ltd.", "XINJIANG ZHONGTAI GROUP CO LTD", False),
        ("新疆中泰(集团)有限责任公司", "新疆中泰（集團）有限公司", False),
        ("Ürümqi Exemplar Co., Ltd.", "Urumqi Exemplar Company Limited", False),
        ("Exemplar S.A.", "EXEMPLAR SA", False),
        ("Exemplar & Sons Ltd", "Exemplar and Sons Limited", False),
        ("Синьцзян Экземпляр", "Sintszyan Ekzemplyar", False),
    ],
)
def test_equal_names_share_a_key(one: str, other: str, person: bool) -> None:
    assert analyse(one, person).keys & analyse(other, person).keys


@pytest.mark.parametrize(
    ("one", "other", "person"),
    [
        ("Chen Quanguo", "Chen Lihua", True),
        ("Jinchuan Group", "Xinjiang Jinchuan Mining", False),
        ("Xinjiang Zhongtai Chemical Co., Ltd.", "Xinjiang Zhongtai Group Co., Ltd.", False),
        ("新疆生产建设兵团", "新疆生产建设兵团公安局", False),
    ],
)
def test_different_names_do_not(one: str, other: str, person: bool) -> None:
    assert not analyse(one, person).keys & analyse(other, person).keys


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("新疆生产建设兵团", Standing.ITSELF),
        ("新疆生产建设兵团第六师国有资产监督管理委员会", Standing.ITSELF),
        ("新疆生產建設兵團第八師", Standing.ITSELF),
        ("农八师", Standing.ITSELF),
        ("XPCC Eighth Division", Standing.ITSELF),
        ("Eighth Division of the Xinjiang Production and Construction Corps", Standing.ITSELF),
        ("第八师国有资本运营有限公司", Standing.ITSELF),
        ("XPCC 8th Division State-owned Capital Operation Co., Ltd.", Standing.ITSELF),
        ("Eighth Agricultural Division", Standing.ITSELF),
        ("Agricultural Division", None),
        ("新疆生产建设兵团第八师天业集团有限公司", Standing.NAMED_AFTER),
        ("Xinjiang Production and Construction Corps Exemplar Co., Ltd.", Standing.NAMED_AFTER),
        ("新疆生产建设兵团公安局", None),
        ("第一师范学院", None),
        ("Sixth Division", None),
        ("黑龙江生产建设兵团", None),
        ("Xinjiang Production", None),
    ],
)
def test_the_corps_its_bodies_and_companies_named_after_it(name: str, wanted: Standing | None) -> None:
    assert standing(name) is wanted


@pytest.mark.parametrize(
    ("name", "common"),
    [("Zhang Wei", True), ("WANG, Jie", True), ("Huo Liujun", False), ("Erken Tuniyaz", False), ("Li Guoqiang", False)],
)
def test_names_of_thousands_are_common(name: str, common: bool) -> None:
    assert is_common_name(analyse(name, True)) is common
