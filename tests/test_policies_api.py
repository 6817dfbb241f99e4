"""Policies over HTTP: their shapes, who may do what, and how hostile documents are refused with nothing stored."""

from __future__ import annotations

import json
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest

from app.api.examples import POLICIES
from app.core.law.policy import PolicyDocument
from app.services import keys
from app.settings import Settings
from app.store.database import Database
from tests.conftest import client_of
from tests.test_api import assert_problem
from tests.test_policy import SHIRTS

STRICT = {"title": "Group policy", "ratings": [{"rule": "R16", "rating": "high"}]}
EDITION = {"id", "sequence", "status", "title", "digest", "equals", "created_at", "created_by", "activation", "policy"}


async def drafted(api: httpx.AsyncClient, document: Any = STRICT) -> dict[str, Any]:
    answer = await api.post("/v1/policies", json=document)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_the_whole_life_of_a_policy(api: httpx.AsyncClient) -> None:
    assert (await api.get("/v1/policies")).json() == {"items": [], "next_cursor": None, "in_force": None}
    answer = await api.post("/v1/policies", json=STRICT)
    made = answer.json()
    assert set(made) == EDITION
    assert (made["status"], made["policy"], made["activation"]) == ("draft", STRICT, None)
    assert answer.headers["location"] == f"/v1/policies/{made['id']}"
    assert (await api.get(answer.headers["location"])).json() == made
    before = (await api.post("/v1/assessments", json=SHIRTS)).json()
    simulated = (await api.post(f"/v1/policies/{made['id']}/simulate")).json()
    assert (simulated["examined"], simulated["changed"]) == (1, 1)
    assert simulated["items"][0]["assessment"] == before["id"]
    active = await api.post(f"/v1/policies/{made['id']}/activate", json={"reason": "the board"})
    assert active.status_code == 200
    assert active.json()["status"] == "in_force"
    assert set(active.json()["activation"]) == {"from", "reason", "activated_at", "activated_by"}
    after = (await api.post("/v1/assessments", json=SHIRTS)).json()
    assert after["basis"]["policy"] == made["id"]
    assert after["rating"] == "high"
    reason = after["ratings"][0]["reasons"][0]
    assert (reason["rule"], reason["instrument"]) == ("P01", "POLICY")
    assert (await api.get(reason["citation"]["url"])).json()["id"] == made["id"]
    assert (await api.post(f"/v1/assessments/{after['id']}/replay")).json()["identical"] is True
    back = await api.post(f"/v1/policies/{made['id']}/rollback", json={"reason": "too strict"})
    assert back.status_code == 201
    assert back.headers["location"] == f"/v1/policies/{back.json()['id']}"
    listed = (await api.get("/v1/policies")).json()
    assert listed["in_force"] == back.json()["id"]
    assert [i["status"] for i in listed["items"]] == ["in_force", "superseded"]
    for record in (before, after):
        assert (await api.post(f"/v1/assessments/{record['id']}/replay")).json()["identical"] is True


async def test_pages_of_editions_continue(api: httpx.AsyncClient) -> None:
    for n in range(3):
        await drafted(api, {"title": f"policy {n}"})
    first = (await api.get("/v1/policies", params={"limit": 2})).json()
    rest = (await api.get("/v1/policies", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [i["title"] for i in first["items"] + rest["items"]] == ["policy 2", "policy 1", "policy 0"]
    assert rest["next_cursor"] is None


async def test_every_example_of_the_docs_page_is_a_policy(api: httpx.AsyncClient) -> None:
    for example in POLICIES.values():
        await drafted(api, example["value"])


async def test_an_idempotency_key_makes_one_draft(api: httpx.AsyncClient) -> None:
    header = {"Idempotency-Key": "policy-1"}
    first = await api.post("/v1/policies", json=STRICT, headers=header)
    again = await api.post("/v1/policies", json=STRICT, headers=header)
    assert (again.status_code, again.json()) == (201, first.json())
    assert_problem(await api.post("/v1/policies", json={"title": "other"}, headers=header), 409)
    assert_problem(await api.post("/v1/policies", json=STRICT, headers={"Idempotency-Key": "k" * 300}), 422)
    assert len((await api.get("/v1/policies")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("document", "pointer", "words"),
    [
        ({"title": "x", "ratings": [{"rule": "R05", "rating": "high"}]}, "/ratings/0/rating", "R05"),
        ({"title": "x", "ratings": [{"rule": "R99", "rating": "high"}]}, "/ratings/0/rule", "R99"),
        ({"title": "x", "ratings": [{"rule": "R16", "rating": "fine"}]}, "/ratings/0/rating", ""),
        ({"title": "x", "floors": [{"rating": "high"}]}, "/floors/0", "countries"),
        ({"title": "x", "floors": [{"rating": "high", "countries": ["china"]}]}, "/floors/0/countries/0", ""),
        ({"title": "x", "floors": [{"rating": "high", "sectors": ["magic"]}]}, "/floors/0/sectors/0", "cotton"),
        ({"title": "x", "floors": [{"rating": "high", "factors": ["conflict_of_law"]}]}, "/floors/0/factors/0", "R21"),
        ({"title": "x", "weights": {"nothing": 1}}, "/weights/nothing", ""),
        ({"title": "x", "weights": {"priority_good": "heavy"}}, "/weights/priority_good", ""),
        ({"title": "x", "colour": "red"}, "/colour", "not known"),
        ({"title": "x", "profiles": {"default": ["martian"]}}, "/profiles/default/0", ""),
        ({}, "/title", ""),
        ([], "", ""),
        ({"title": "x", "floors": [{"rating": "high", "countries": ["CN"]}] * 201}, "/floors", ""),
        ({"title": "x", "weights": {f"w{n}": 1 for n in range(201)}}, "/weights", ""),
    ],
)
async def test_a_policy_that_cannot_be_is_refused_where_it_is_wrong(
    api: httpx.AsyncClient, document: Any, pointer: str, words: str
) -> None:
    made = assert_problem(await api.post("/v1/policies", json=document), 422)
    assert any(e["pointer"] == pointer and words in e["detail"] for e in made["errors"]), made["errors"]
    assert (await api.get("/v1/policies")).json()["items"] == []


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"{", {}, 422),
        (b"", {}, 422),
        (b'{"title":"a","title":"b"}', {}, 422),
        (b'{"title":"a","weights":{"priority_good":NaN}}', {}, 422),
        (b'{"title":"a","weights":{"priority_good":1e999}}', {}, 422),
        (b'{"title":"a\\u0000"}', {}, 422),
        (b'{"title":"a\\ud800"}', {}, 422),
        (b'{"title":' + b"[" * 100_000, {}, 422),
        (json.dumps({"title": "x", "floors": [{"rating": "high", "sectors": ["magic"] * 90}] * 200}).encode(), {}, 422),
        (b'{"title":"' + b"x" * 300_000 + b'"}', {}, 413),
        (b"title: x", {"content-type": "application/yaml"}, 415),
    ],
)
async def test_a_hostile_document_is_refused_small_and_stores_nothing(
    api: httpx.AsyncClient, content: bytes, headers: dict[str, str], status: int
) -> None:
    answer = await api.post("/v1/policies", content=content, headers={"content-type": "application/json", **headers})
    assert_problem(answer, status)
    assert len(answer.content) < 100_000
    assert (await api.get("/v1/policies")).json()["items"] == []


async def test_refusals_are_problems(api: httpx.AsyncClient) -> None:
    made = (await drafted(api))["id"]
    for method, path, body, status in (
        ("GET", "/v1/policies/nope", None, 404),
        ("GET", "/v1/policies/x%00y", None, 404),
        ("GET", "/v1/policies?foo=1", None, 422),
        ("GET", "/v1/policies?cursor=nonsense", None, 422),
        ("GET", "/v1/policies?limit=0", None, 422),
        ("DELETE", f"/v1/policies/{made}", None, 405),
        ("PUT", f"/v1/policies/{made}", {}, 405),
        ("POST", "/v1/policies/nope/simulate", {}, 404),
        ("POST", "/v1/policies/nope/activate", {"reason": "r"}, 404),
        ("POST", "/v1/policies/nope/rollback", {"reason": "r"}, 404),
        ("POST", f"/v1/policies/{made}/activate", {}, 422),
        ("POST", f"/v1/policies/{made}/activate", {"reason": ""}, 422),
        ("POST", f"/v1/policies/{made}/activate", {"reason": "r", "from": "tomorrow"}, 422),
        ("POST", f"/v1/policies/{made}/activate", {"reason": "r", "from": "2020-01-01"}, 422),
        ("POST", f"/v1/policies/{made}/activate", {"reason": "r", "who": "me"}, 422),
        ("POST", f"/v1/policies/{made}/rollback", {"reason": "r"}, 409),
        ("POST", f"/v1/policies/{made}/simulate", {"limit": 501}, 422),
        ("POST", f"/v1/policies/{made}/simulate", {"limit": True}, 422),
        ("POST", f"/v1/policies/{made}/simulate", {"cursor": "nonsense"}, 422),
        ("POST", f"/v1/policies/{made}/simulate", {"since": "yesterday"}, 422),
        ("POST", f"/v1/policies/{made}/simulate", {"policy": "x"}, 422),
    ):
        assert_problem(await api.request(method, path, json=body), status)
    assert [i["status"] for i in (await api.get("/v1/policies")).json()["items"]] == ["draft"]


async def test_reading_rating_and_writing_need_their_scopes_and_the_key_is_named(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    made = {scope: (await keys.create(database, f"{scope} desk", (scope,)))[0] for scope in keys.SCOPES}
    await database.close()
    async with AsyncExitStack() as stack:
        api = await client_of(stack, Settings(database_url=sqlite_url, require_keys=True))

        async def send(scope: str, method: str, path: str, body: Any = None) -> httpx.Response:
            return await api.request(method, path, json=body, headers={"X-API-Key": made[scope]})

        assert_problem(await api.get("/v1/policies"), 401)
        assert_problem(await send("assess", "POST", "/v1/policies", STRICT), 403)
        assert_problem(await send("read", "POST", "/v1/policies", STRICT), 403)
        policy = (await send("admin", "POST", "/v1/policies", STRICT)).json()
        assert policy["created_by"] == "admin desk"
        path = f"/v1/policies/{policy['id']}"
        assert (await send("read", "GET", "/v1/policies")).status_code == 200
        assert (await send("read", "GET", path)).status_code == 200
        assert_problem(await send("read", "POST", f"{path}/simulate", {}), 403)
        assert (await send("assess", "POST", f"{path}/simulate", {})).status_code == 200
        for verb in ("activate", "rollback"):
            assert_problem(await send("assess", "POST", f"{path}/{verb}", {"reason": "r"}), 403)
        active = (await send("admin", "POST", f"{path}/activate", {"reason": "r"})).json()
        assert active["activation"]["activated_by"] == "admin desk"


async def test_the_openapi_document_describes_policies(api: httpx.AsyncClient) -> None:
    document = (await api.get("/openapi.json")).json()
    found = {(m, p) for p, operations in document["paths"].items() for m in operations}
    assert {
        ("get", "/v1/policies"), ("post", "/v1/policies"), ("get", "/v1/policies/{policy_id}"),
        ("post", "/v1/policies/{policy_id}/simulate"), ("post", "/v1/policies/{policy_id}/activate"),
        ("post", "/v1/policies/{policy_id}/rollback"),
    } <= found  # fmt: skip
    body = document["paths"]["/v1/policies"]["post"]["requestBody"]["content"]["application/json"]
    for example in body["examples"].values():
        PolicyDocument.model_validate_json(json.dumps(example["value"]))
