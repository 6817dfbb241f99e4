"""The published document: every answer has a model, words and a true example, and the judge of the other HTTP tests can say no."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema_rs
import pytest

from app.api.answers import assessments, lists, method, parties, policies, shape
from app.api.openapi import ANSWERS, BODIES
from tests.conftest import published
from tests.published import PROBLEM


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, found in published().document["paths"].items():
        for verb, operation in found.items():
            yield f"{verb} {path}", operation


def validator(schema: dict[str, Any]) -> Any:
    return jsonschema_rs.validator_for({**schema, "components": published().closed})


def test_every_success_has_a_schema_and_examples_that_fit_it() -> None:
    for name, operation in operations():
        successes = {status: r for status, r in operation["responses"].items() if status.startswith("2")}
        assert successes, name
        for status, response in successes.items():
            for kind, content in response["content"].items():
                assert content["schema"], f"{name} {status}"
                if kind == "application/json":
                    assert set(content["schema"]) <= {"$ref", "anyOf"}, f"{name} {status}"
                    assert content["examples"], f"{name} {status}"
                    for example in content["examples"].values():
                        validator(content["schema"]).validate(example["value"])


def test_every_operation_tells_its_problems_with_examples() -> None:
    for name, operation in operations():
        problems = {status: r for status, r in operation["responses"].items() if not status.startswith("2")}
        assert {"422", "default"} <= set(problems), name
        assert ({"401", "403"} <= set(problems)) == name.partition(" ")[2].startswith("/v1/"), name
        for status, response in problems.items():
            content = response["content"][PROBLEM]
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
            validator(content["schema"]).validate(content["example"])
            assert str(content["example"]["status"]) == status or status == "default"


def test_every_member_of_every_schema_is_told_in_words() -> None:
    for name, schema in published().document["components"]["schemas"].items():
        bare = [member for member, part in schema.get("properties", {}).items() if not part.get("description")]
        assert (name, bare) == (name, [])


def test_every_parameter_is_told_in_words() -> None:
    for name, operation in operations():
        bare = [p["name"] for p in operation.get("parameters", []) if not p.get("description")]
        assert (name, bare) == (name, [])


def test_no_two_models_share_a_name() -> None:
    made = {
        model
        for room in (assessments, lists, method, parties, policies, shape)
        for model in vars(room).values()
        if isinstance(model, type) and hasattr(model, "model_fields")
    } | {*ANSWERS, *BODIES}
    names = [model.__name__ for model in made]
    assert sorted(names) == sorted(set(names))


def test_every_kept_example_is_shown() -> None:
    shown = {
        example
        for _, operation in operations()
        for response in operation["responses"].values()
        for content in response["content"].values()
        for example in content.get("examples", {})
    }
    assert shown == {path.stem for path in shape.EXAMPLES.glob("*.json")}


def answered(verb: str, path: str, status: int, body: Any, kind: str = "application/json") -> httpx.Response:
    request = httpx.Request(verb, f"http://karez.test{path}")
    return httpx.Response(status, json=body, headers={"content-type": kind}, request=request)


def test_the_judge_refuses_what_the_document_does_not_tell() -> None:
    judge = published()
    judge.check(answered("GET", "/health/live", 200, {"status": "alive"}))
    for strange in ({"status": "alive", "more": 1}, {"status": "dead"}, {}):
        with pytest.raises(jsonschema_rs.ValidationError):
            judge.check(answered("GET", "/health/live", 200, strange))
    for answer in (
        answered("GET", "/health/live", 202, {"status": "alive"}),
        answered("GET", "/health/live", 500, {"status": "alive"}),
        answered("GET", "/v1/unheard-of", 200, {}),
        answered("DELETE", "/v1/lists", 200, {}),
        answered("GET", "/v1/lists", 200, [], "text/html"),
    ):
        with pytest.raises(AssertionError):
            judge.check(answer)
    with pytest.raises(jsonschema_rs.ValidationError):
        judge.check(answered("GET", "/v1/lists", 404, {"detail": "no"}, PROBLEM))


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/v1/parties/us_uflpa:a/b", "/v1/parties/{party_id}"),
        ("/v1/lists/eu_fsf/editions/1...2", "/v1/lists/{list_id}/editions/{edition}"),
        ("/v1/lists/eu_fsf/editions", "/v1/lists/{list_id}/editions"),
        ("/v1/other", None),
    ],
)
def test_the_judge_knows_which_address_an_answer_is_of(path: str, template: str | None) -> None:
    assert published().template(path) == template
