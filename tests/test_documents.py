"""What is wrong with a JSON document is said in words for somebody who knows JSON, with its place."""

from __future__ import annotations

import pytest

from app.core.submission import Submission
from app.errors import BadRequest
from app.services.documents import read


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        (b"", [("", "the body is empty")]),
        (b"{", [("", "not valid JSON at character 1")]),
        (b"{}", [("/supplier", "this member is required")]),
        (b'{"supplier": {"name": ""}}', [("/supplier/name", "must not be shorter than 1 characters")]),
        (b'{"supplier": {"name": 7}}', [("/supplier/name", "must be a text")]),
        (b'{"supplier": []}', [("/supplier", "must be an object")]),
        (
            b'{"supplier": {"name": "A", "country": "China"}}',
            [("/supplier/country", "must be two capital letters, an ISO 3166-1 country code")],
        ),
        (b'{"supplier": {"name": "A"}, "profiles": []}', [("/profiles", "at least 1 must be given")]),
        (b'{"supplier": {"name": "A", "sites": {}}}', [("/supplier/sites", "must be a list")]),
        (b'{"supplier": {"name": "A", "nmae": "B"}}', [("/supplier/nmae", "this member is not known here")]),
    ],
)
def test_each_error_has_its_place_and_plain_words(body: bytes, problems: list[tuple[str, str]]) -> None:
    with pytest.raises(BadRequest) as refused:
        read(Submission, body)
    assert list(refused.value.errors) == problems


def test_a_wrong_member_of_a_list_is_one_error_not_two() -> None:
    with pytest.raises(BadRequest) as refused:
        read(Submission, b'{"supplier": {"name": "A"}, "profiles": ["us_persn"]}')
    ((pointer, words),) = refused.value.errors
    assert pointer == "/profiles/0"
    assert words.startswith("must be 'us_person', 'us_importer'")
