"""The grammar of the UFLPA Entity List's entries."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import SourceChanged
from app.sources.listed_names import slug, split_names
from app.sources.uflpa_names import NAMED, SUBSIDIARIES, TEXT_ONLY, WIDEST, NamedEntry, read_entry
from tests.support import SHARED

PARTIAL = SHARED / "data" / "uflpa" / "uflpa_entries_partial.csv"


def names(entry: NamedEntry) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return entry.entity.name, entry.entity.aliases, entry.entity.former


@pytest.mark.parametrize(
    ("cell", "name", "aliases", "former"),
    [
        ("Exemplar Group Co., Ltd.", "Exemplar Group Co., Ltd.", (), ()),
        ("Exemplar (Shanshan) Co., Ltd", "Exemplar (Shanshan) Co., Ltd", (), ()),
        ("No. 4 Exemplar Centre (VSETC)", "No. 4 Exemplar Centre (VSETC)", (), ()),
        ("Exemplar Park Co., Ltd., Xinye Branch", "Exemplar Park Co., Ltd., Xinye Branch", (), ()),
        ("Exemplar Cotton and Linen Co., Ltd.", "Exemplar Cotton and Linen Co., Ltd.", (), ()),
        ("Exemplar’s Herbs Co. Ltd.", "Exemplar’s Herbs Co. Ltd.", (), ()),
        ("Exemplar\xa0Wool  Co., Ltd. ", "Exemplar Wool Co., Ltd.", (), ()),
        ("Ex Co. (and one alias: Ex TEDA)", "Ex Co.", ("Ex TEDA",), ()),
        ("Ex Co. (including one alias: Ey (Shanshan) Co.)", "Ex Co.", ("Ey (Shanshan) Co.",), ()),
        ("Ex Co. (including two aliases: Ey Works and Ez Yarn)", "Ex Co.", ("Ey Works", "Ez Yarn"), ()),
        ("Ex Co. (and two aliases: Ey; and Ez)", "Ex Co.", ("Ey", "Ez"), ()),
        ("Ex Co. (including three aliases: Ey; Ez; and Ea)", "Ex Co.", ("Ey", "Ez", "Ea"), ()),
        ("Ex (also known as Ey Co., Ltd.; Ez; and Ea Co., Ltd.)", "Ex", ("Ey Co., Ltd.", "Ez", "Ea Co., Ltd."), ()),
        ("Ex (also known as Ey; Ez)", "Ex", ("Ey", "Ez"), ()),
        ("Ex (also known as Ey, Ez, and Ea)", "Ex", ("Ey", "Ez", "Ea"), ()),
        ("Ex (also known as Cotton and Linen Company)", "Ex", ("Cotton and Linen Company",), ()),
        (
            "Ex (also known as Ey Holdings Limited and Ez Enterprises)",
            "Ex",
            ("Ey Holdings Limited", "Ez Enterprises"),
            (),
        ),
        ("Ex (formerly known as 841 Warehouse)", "Ex", (), ("841 Warehouse",)),
        ("Ex (previously known as Ey)", "Ex", (), ("Ey",)),
        (
            "Ex (also known as Ey; and Ez, and formerly known as Ea; and Eb Co., Ltd.)",
            "Ex",
            ("Ey", "Ez"),
            ("Ea", "Eb Co., Ltd."),
        ),
        ("Ex (also known as Ey; and formerly known as Ea)", "Ex", ("Ey",), ("Ea",)),
        (
            "Ex (also known as Ey; formerly known as Ea (International) Limited)",
            "Ex",
            ("Ey",),
            ("Ea (International) Limited",),
        ),
        ("Ex (formerly known as Ea and also known as Ey)", "Ex", ("Ey",), ("Ea",)),
        ("Ex (also known as Ey) (formerly known as Ea)", "Ex", ("Ey",), ("Ea",)),
        ("Ex (a/k/a Ey)", "Ex", ("Ey",), ()),
    ],
)
def test_a_name_with_its_other_names(cell: str, name: str, aliases: tuple[str, ...], former: tuple[str, ...]) -> None:
    entry = read_entry(cell)
    assert names(entry) == (name, aliases, former)
    assert (entry.extends_to, entry.subsidiaries) == (TEXT_ONLY, ())


@pytest.mark.parametrize(
    ("cell", "reach"),
    [
        ("Ex Co., Ltd. and subsidiaries", SUBSIDIARIES),
        ("Ex Co., Ltd., and Subsidiaries", SUBSIDIARIES),
        ("Ex Co. Ltd. and its subsidiaries", SUBSIDIARIES),
        ("Ex and its subsidiaries and joint ventures", SUBSIDIARIES),
        ("Ex (Shanshan) Co., Ltd (including one alias: Ey) and subsidiaries", SUBSIDIARIES),
        ("Ex Corps and its subordinate and affiliated entities", WIDEST),
        ("Ex Corps (including three aliases: XC; Ex; and Bt) and its subordinate and affiliated entities", WIDEST),
        ("Ex Corps and its subordinates", WIDEST),
        ("Ex Corps and its subsidiaries and affiliates", WIDEST),
    ],
)
def test_the_words_for_a_class_are_no_name(cell: str, reach: str) -> None:
    entry = read_entry(cell)
    assert entry.extends_to == reach
    assert "subsid" not in entry.entity.name
    assert "subord" not in entry.entity.name


@pytest.mark.parametrize(
    ("cell", "subsidiaries"),
    [
        ("Ex and its subsidiary Ey Yanqi Co. Ltd.", ["Ey Yanqi Co. Ltd."]),
        (
            "Ex Corporation and its three Zhuhai-based subsidiaries, which include Ea Co. Ltd., Eb G&G Co., Ltd., and Ec Co., Ltd.",
            ["Ea Co. Ltd.", "Eb G&G Co., Ltd.", "Ec Co., Ltd."],
        ),
        ("Ex and two of its subsidiaries: Ea Co., Ltd. and Eb", ["Ea Co., Ltd.", "Eb"]),
        ("Ex and three of its subsidiaries: Ea; Eb (also known as Ez; and Ew); and Ec", ["Ea", "Eb", "Ec"]),
        (
            "Ex Limited and its two subsidiaries from China, Ea (Nantong) Co. Limited and Eb (HK) Limited.",
            ["Ea (Nantong) Co. Limited", "Eb (HK) Limited"],
        ),
    ],
)
def test_named_subsidiaries_are_entities_of_their_own(cell: str, subsidiaries: list[str]) -> None:
    entry = read_entry(cell)
    assert entry.extends_to == NAMED
    assert [s.name for s in entry.subsidiaries] == subsidiaries


def test_a_subsidiary_keeps_its_own_other_names() -> None:
    entry = read_entry("Ex and its subsidiary Eb Co., Ltd. (also known as Ez; and formerly known as Ew)")
    (subsidiary,) = entry.subsidiaries
    assert (subsidiary.name, subsidiary.aliases, subsidiary.former) == ("Eb Co., Ltd.", ("Ez",), ("Ew",))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "without a name"),
        ("841", "without letters"),
        ("Ex (also known as Ey;", "opened and not closed"),
        ("Ex also known as Ey)", "closed that was not opened"),
        ("Ex (also known as )", "new pattern"),
        ("Ex (also known as Ey) of Shanghai", "words after the other names"),
        ("Ex also known as Ey", "new pattern"),
        ("Ex; Ey", "new pattern"),
        ("Ex and its eight Zhuhai-based subsidiaries", "says 8 subsidiaries and names 0"),
        ("Ex and its three subsidiaries, which include Ea Co., Ltd. and Eb", "says 3 subsidiaries and names 2"),
        ("Ex and its subordinate and affiliated entities in Hami", "words after the class"),
        ("Ex Co. (including two aliases: Ey Works)", "does not show where the second begins"),
    ],
)
def test_an_entry_that_follows_no_pattern_is_refused(cell: str, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read_entry(cell)


def test_the_key_of_a_name_is_its_letters_and_digits() -> None:
    assert slug("Ex Co., Ltd.") == slug("EX CO. LTD") == slug("Ex Co.,Ltd.") == "ex-co-ltd"
    assert slug("Yuan’an Co.") == slug("Yuan'an Co.") == "yuanan-co"
    assert slug("A & B") == slug("A and B")
    assert slug("新疆有色") == "新疆有色"
    assert slug("Ex Group") != slug("Ex")


def test_names_are_parted_at_semicolons_before_commas() -> None:
    assert split_names("Agriculture, Industry, and Trade Co., Ltd.; and Other") == [
        "Agriculture, Industry, and Trade Co., Ltd.",
        "Other",
    ]


@given(st.text(max_size=120))
def test_only_source_changed_escapes(cell: str) -> None:
    try:
        entry = read_entry(cell)
    except SourceChanged:
        return
    assert entry.entity.name


@given(
    st.text(
        "()abAB ;,.:andits subsidiaries which include also formerly known as two three aliases Co., Ltd.", max_size=160
    )
)
def test_only_source_changed_escapes_from_words_of_the_grammar(cell: str) -> None:
    try:
        read_entry(cell)
    except SourceChanged:
        return


@pytest.mark.skipif(not PARTIAL.exists(), reason="the published lists lie beside the checkout and are not here")
def test_every_verbatim_cell_of_the_list_is_read_and_every_cut_one_refused() -> None:
    with PARTIAL.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    verbatim = [row["name_of_entity_cell"] for row in rows if row["status"].startswith("verbatim")]
    assert len(verbatim) == 41
    read = [read_entry(cell) for cell in verbatim]
    assert [e.entity.name for e in read] == [
        cell.split(" (also")[0].split(" (formerly")[0].split(" (and")[0] for cell in verbatim
    ]
    announced = sum(cell.count("known as") + cell.count("alias") for cell in verbatim)
    semicolons = sum(cell.count(";") - cell.count("; and formerly") for cell in verbatim)
    assert sum(len(e.entity.aliases) + len(e.entity.former) for e in read) == announced + semicolons
    for row in rows:
        if row["status"].startswith("TRUNCATED"):
            with pytest.raises(SourceChanged, match="cut"):
                read_entry(row["name_of_entity_cell"])
