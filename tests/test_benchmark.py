"""The benchmark measures what it says: halves that share no party, held-out names that are out, counts that are right."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from random import Random

import pytest

from bench.labelled import build
from bench.metrics import Answer, at_default, recall_row, score_at
from bench.mistakes import MISTAKES
from bench.plain import key
from bench.population import Population
from bench.query import Labelled, Query, Size, split_of
from bench.reachable import reachable
from tests.support import ROOT, SHARED

DATA = SHARED / "data"
absent = pytest.mark.skipif(
    not (DATA / "ofac").exists(), reason="the list files lie beside the checkout and are not here"
)
SMALL = Size(per_kind=20, unlisted=100, hard=20, han_companies=40)


@cache
def drawn(split: str) -> Labelled:
    return build(DATA, split=split, size=SMALL)


@absent
@pytest.mark.parametrize("split", ["dev", "test"])
def test_a_half_asks_for_its_own_parties_and_unlisted_names_only(split: str) -> None:
    made = drawn(split)
    assert {split_of(q.party) for q in made.found} == {split}
    assert {split_of(q.name) for q in made.unlisted} == {split}
    assert len({q.kind for q in made.found}) >= 25


@absent
def test_the_same_seed_draws_the_same_set() -> None:
    again = build(DATA, split="dev", size=SMALL)
    assert (again.found, again.unlisted, again.hard) == (drawn("dev").found, drawn("dev").unlisted, drawn("dev").hard)


@absent
def test_other_spellings_are_not_in_the_index_and_exact_ones_are() -> None:
    made = drawn("test")
    names = {p.id: {key(a.name) for a in p.aliases} for p in made.parties}
    outside = ("acronym", "alias_held_out", "alias_added_later", "authority_latin", "cyrillic_person", "han_company")
    for query in made.found:
        if query.kind in outside:
            assert key(query.name) not in names[query.party], query
        if query.kind == "exact":
            assert key(query.name) in names[query.party], query


@absent
def test_unlisted_names_equal_no_name_of_the_list() -> None:
    made = drawn("dev")
    listed = {key(a.name) for p in made.parties for a in p.aliases}
    assert not [q.name for q in made.unlisted if key(q.name) in listed]


@pytest.mark.parametrize("kind", sorted(MISTAKES))
def test_every_error_gives_the_same_text_for_the_same_seed_and_changes_what_it_says(kind: str) -> None:
    name, person = ("AL-HUSAYN, Muhammad Sergey Mikhaylov", True)
    if kind in ("legal_form", "erp_trunc35"):
        name, person = ("SEVERNYI GRANIT TRADING AND INVESTMENT COMPANY LIMITED", False)
    made = [MISTAKES[kind](name, Random(5), person) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0] is not None
    assert (made[0] == name) == (kind == "exact")


def test_a_translation_and_a_nickname_are_not_reachable_and_spellings_are() -> None:
    assert reachable("Tchaikovsky Pyotr", ["CHAIKOVSKY, Pyotr Ilyich"], person=True)
    assert reachable("عمر خیام", ["KHAYYAM, Omar"], person=True)
    assert reachable("苏州扬泰精密机械有限公司", ["Suzhou Yangtai Precision Machinery Co., Ltd."], person=False)
    assert not reachable("Tiger", ["MBEMBA, Desire Kalonji"], person=True)
    assert not reachable("Объединённая Судостроительная Корпорация", ["UNITED SHIPBUILDING CORPORATION"], person=False)


def test_recall_counts_scores_over_the_one_that_few_unlisted_names_exceed() -> None:
    unlisted = [Answer(Query("u", f"n{n}"), n / 100, at_default=n >= 99) for n in range(100)]
    one = score_at(unlisted, 0.01)
    assert sum(a.best > one for a in unlisted) == 1
    assert score_at(unlisted, 0.0) == 0.99
    found = [
        Answer(Query("k", "a", "p"), 1.0, 1.0, 1, at_default=True),
        Answer(Query("k", "b", "p"), 0.99, 0.5, 2),
        Answer(Query("k", "c", "p"), 0.98),
        Answer(Query("k", "d", "p"), 0.98, 0.98, 1, at_default=True),
    ]
    row = recall_row(found, one, 0.985)
    assert (row["n"], row["recall@1%"], row["recall@0.1%"], row["r@1"], row["r@10"]) == (4, 25, 25, 50, 75)
    assert at_default(found, unlisted)["precision"] == pytest.approx(2 / 3)
    assert at_default(found, unlisted)["recall"] == 0.5


@absent
def test_the_population_is_as_large_as_asked_and_the_same_for_a_seed() -> None:
    one = [[a.name for a in p.aliases] for p in Population(DATA, 3).parties(500)]
    assert sum(map(len, one)) == 500
    assert one == [[a.name for a in p.aliases] for p in Population(DATA, 3).parties(500)]


def test_without_list_data_it_says_so_and_measures_the_reference(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    command = [
        sys.executable,
        "-m",
        "bench",
        "accuracy",
        "--data",
        str(tmp_path),
        "--per-kind",
        "5",
        "--json",
        str(figures),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    assert "built-in reference parties only" in done.stdout + done.stderr
    accuracy = json.loads(figures.read_text(encoding="utf-8"))["figures"]["accuracy"]
    assert accuracy["kinds"]["exact"]["r@1"] == 100
    again = subprocess.run(
        [*command, "--compare", str(figures)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert "against figures.json" in again.stdout
