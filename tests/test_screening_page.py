"""The page on screening: its table of reliability was measured with the weights in use, and says what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.core.screening import evidence, weights
from app.core.screening.score import PROBABLE_FROM
from bench import page

TEXT = (Path(__file__).parents[1] / "docs" / "screening.md").read_text(encoding="utf-8")


def test_the_table_is_of_the_weights_in_use() -> None:
    assert f"weights `{page.digest()}`" in TEXT, "measure again: ./run bench accuracy --page docs/screening.md"


def test_in_every_band_from_the_threshold_up_most_best_hits_are_right() -> None:
    rows = [(float(low), int(right)) for low, right in re.findall(r"^\| (0\.\d\d) to .*\| (\d+) % \|$", TEXT, re.M)]
    assert len(rows) >= 10
    assert all(right >= 60 for low, right in rows if low >= 0.7)
    assert all(right <= 60 for low, right in rows if low < 0.4)


@pytest.mark.parametrize(
    "said",
    [
        f"at most {weights.FUZZY_MOST}; equal names {weights.EXACT}",
        f"equal +{evidence.IDENTIFIER_AGREES:g}; different {evidence.IDENTIFIER_CONFLICTS}",
        f"day +{evidence.BIRTH_DAY_AGREES:g}, month +{evidence.BIRTH_MONTH_AGREES}, year +{evidence.BIRTH_YEAR_AGREES}",
        f"conflict {evidence.BIRTH_CONFLICTS:g}",
        f"agrees +{evidence.COUNTRY_AGREES}, differs {evidence.COUNTRY_DIFFERS:g}",
        f"+{evidence.CITY_AGREES}; never confirms",
        f"conflict {evidence.KIND_CONFLICTS}; {evidence.KIND_UNSAID}",
        f"a score of {PROBABLE_FROM} or more",
    ],
)
def test_the_page_says_the_numbers_of_the_code(said: str) -> None:
    assert said in TEXT


def test_a_table_is_written_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    figures = {
        "all": {"n": 2},
        "unlisted names": 3,
        "index": {"source": "a list under /somewhere", "parties": 5},
        "reliability": [{"from": 0.9, "to": 0.95, "n": 2, "mean score": 0.93, "right, %": 50.0}],
    }
    file = tmp_path / "page.md"
    file.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n", encoding="utf-8")
    page.written(file, figures, "test")
    made = file.read_text(encoding="utf-8")
    assert made.startswith("before\n")
    assert made.endswith(f"{page.END}\nafter\n")
    assert "| 0.90 to 0.95 | 2 | 0.93 | 50 % |" in made
    assert "old" not in made
    file.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        page.written(file, figures, "test")
