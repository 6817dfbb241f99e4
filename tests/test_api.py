"""The HTTP contract: every endpoint, its shapes, and how it refuses."""

from __future__ import annotations

import gzip
import json
from contextlib import AsyncExitStack
from typing import Any

import httpx
import jsonschema_rs
import pytest

from app.api.examples import CARTONS, SHIRTS, SUBMISSIONS
from app.api.fields import FIELDS
from app.services import keys
from app.settings import Settings
from app.store.database import Database
from tests.conftest import client_of
from tests.fixtures_ofac import SDN, WHOLE, document, sdn

BUREAU = {
    "profiles": ["us_person"],
    "as_of": "2026-11-23",
    "supplier": {"name": "Xinjiang Public Security Bureau", "kind": "government_body"},
}
ANSWER = {
    "id", "created_at", "client_reference", "as_of", "rating", "ratings", "axes", "score", "confidence", "summary", "findings", "hits", "gaps",
    "would_change", "flags", "coverage", "basis",
}  # fmt: skip


def assert_problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    made: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail"} <= set(made)
    assert made["status"] == status
    if status == 422:
        assert made["errors"]
        assert all(set(e) == {"pointer", "detail"} for e in made["errors"])
    return made


async def test_an_assessment_has_exactly_the_shape_of_the_contract(api: httpx.AsyncClient) -> None:
    answer = await api.post("/v1/assessments", json=SHIRTS)
    assert answer.status_code == 201
    made = answer.json()
    assert set(made) == ANSWER
    assert answer.headers["location"] == f"/v1/assessments/{made['id']}"
    assert made["created_at"].endswith("Z")
    reason = made["ratings"][0]["reasons"][0]
    assert set(reason) == {"rule", "rating", "instrument", "effect", "findings", "citation", "rebuttable", "next_step"}
    finding = made["findings"][0]
    assert set(finding) == {"id", "factor", "family", "title", "subject", "basis", "points", "says", "evidence"}
    assert set(finding["evidence"][0]) == {"pointer", "submitted", "matched", "says", "citation"}
    assert made["rating"] == "presumptively_barred"
    assert made["would_change"]
    assert set(made["would_change"][0]) == {"if", "then"}
    assert {"list", "edition", "published", "fetched_at", "parties", "fresh"} <= set(made["coverage"][0])
    assert (await api.get(answer.headers["location"])).json() == made
    replayed = (await api.post(f"/v1/assessments/{made['id']}/replay")).json()
    assert replayed["identical"] is True


async def test_a_service_without_official_lists_never_says_low(api: httpx.AsyncClient) -> None:
    made = (await api.post("/v1/assessments", json=CARTONS)).json()
    assert made["rating"] == "elevated"
    assert {reason["rule"] for r in made["ratings"] for reason in r["reasons"]} == {"R20"}


async def test_every_example_of_the_docs_page_is_accepted(api: httpx.AsyncClient) -> None:
    for example in SUBMISSIONS.values():
        assert (await api.post("/v1/assessments", json=example["value"])).status_code == 201


async def test_pages_filter_and_continue(api: httpx.AsyncClient) -> None:
    for n in range(3):
        await api.post("/v1/assessments", json={**BUREAU, "client_reference": f"c{n}"})
    page = (await api.get("/v1/assessments", params={"limit": 2})).json()
    assert [r["client_reference"] for r in page["items"]] == ["c2", "c1"]
    rest = (await api.get("/v1/assessments", params={"limit": 2, "cursor": page["next_cursor"]})).json()
    assert [r["client_reference"] for r in rest["items"]] == ["c0"]
    assert rest["next_cursor"] is None
    assert len((await api.get("/v1/assessments", params={"rating": "low"})).json()["items"]) == 0
    assert len((await api.get("/v1/assessments", params={"since": "2020-01-01"})).json()["items"]) == 3


async def test_an_idempotency_key_gives_the_same_answer_and_refuses_another_body(api: httpx.AsyncClient) -> None:
    header = {"Idempotency-Key": "order-4711"}
    first = await api.post("/v1/assessments", json=BUREAU, headers=header)
    again = await api.post("/v1/assessments", json=BUREAU, headers=header)
    assert again.status_code == 201
    assert again.content == first.content
    assert_problem(await api.post("/v1/assessments", json=CARTONS, headers=header), 409)
    assert_problem(await api.post("/v1/assessments", json=BUREAU, headers={"Idempotency-Key": "k" * 300}), 422)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"supplier": {"name": "X", "colour": "red"}}, "/supplier/colour"),
        ({"supplier": {"name": ""}}, "/supplier/name"),
        ({"supplier": {"name": "X"}, "related_parties": [{"ref": "supplier", "name": "Y"}]}, "/related_parties/0/ref"),
        ({"supplier": {"name": "X"}, "goods": [{"description": "d", "made_by": "p9"}]}, "/goods/0/made_by"),
        ({"supplier": {"name": "X"}, "statements": [{"about": "p9", "text": "t"}]}, "/statements/0/about"),
        ({"supplier": {"name": "X"}, "as_of": 5}, "/as_of"),
        (
            {"supplier": {"name": "X", "relations": [{"kind": "owner", "percent": True}]}},
            "/supplier/relations/0/percent",
        ),
    ],
)
async def test_a_bad_member_is_named_by_its_pointer(api: httpx.AsyncClient, body: dict[str, Any], pointer: str) -> None:
    made = assert_problem(await api.post("/v1/assessments", json=body), 422)
    assert pointer in [e["pointer"] for e in made["errors"]]
    assert (await api.get("/v1/assessments")).json()["items"] == []


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"{", {}, 422),
        (b'{"supplier":{"name":"a"},"supplier":{"name":"b"}}', {}, 422),
        (b'{"supplier":{"name":"a","relations":[{"kind":"owner","percent":NaN}]}}', {}, 422),
        (b'{"supplier":{"name":"a\\ud800"}}', {}, 422),
        (b"x", {"content-type": "text/plain"}, 415),
        (gzip.compress(b'{"supplier":{"name":"a"}}', mtime=0), {"content-encoding": "gzip"}, 415),
        (b" " * (3 * 1024 * 1024), {}, 413),
    ],
)
async def test_a_body_that_is_no_good_json_is_refused(
    api: httpx.AsyncClient, content: bytes, headers: dict[str, str], status: int
) -> None:
    answer = await api.post("/v1/assessments", content=content, headers={"content-type": "application/json", **headers})
    assert_problem(answer, status)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/assessments/nope", 404),
        ("GET", "/v1/parties/nope", 404),
        ("GET", "/v1/nothing", 404),
        ("DELETE", "/v1/assessments", 405),
        ("POST", "/v1/parties", 405),
        ("GET", "/v1/assessments?foo=1", 422),
        ("GET", "/v1/assessments?limit=1&limit=2", 422),
        ("GET", "/v1/assessments?limit=0", 422),
        ("GET", "/v1/assessments?since=yesterday", 422),
        ("GET", "/v1/assessments?cursor=nonsense", 422),
        ("GET", "/v1/lists/nope/editions", 404),
        ("PUT", "/v1/lists/nope/document", 404),
        ("PUT", "/v1/lists/us_1260h/document", 409),
        ("GET", "/v1/parties?list=nope", 404),
    ],
)
async def test_refusals_are_problems(api: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    made = assert_problem(await api.request(method, path), status)
    assert "Traceback" not in json.dumps(made)


async def test_a_list_document_is_loaded_listed_screened_and_shown(api: httpx.AsyncClient) -> None:
    loaded = await api.put("/v1/lists/us_ofac_sdn/document", content=WHOLE)
    assert loaded.status_code == 201, loaded.text
    assert loaded.json()["parties"] == 6
    assert (await api.put("/v1/lists/us_ofac_sdn/document", content=WHOLE)).status_code == 200
    line = next(x for x in (await api.get("/v1/lists")).json()["items"] if x["id"] == "us_ofac_sdn")
    assert (line["parties"], line["fresh"]) == (6, False)
    assert [e["sequence"] for e in (await api.get("/v1/lists/us_ofac_sdn/editions")).json()["items"]] == [1]
    answer = await api.post(
        "/v1/screenings", json={"queries": [{"name": "Exemplar Shipping"}, {"name": ""}, {"name": "Yangli Paper"}]}
    )
    hit, error, nothing = answer.json()["results"]
    assert hit["hits"][0]["party"] == {
        "id": "us_ofac_sdn:90001",
        "name": "EXEMPLAR SHIPPING CO., LTD.",
        "lists": ["us_ofac_sdn"],
        "former_lists": [],
    }
    assert error["error"]["pointer"] == "/name"
    assert nothing["hits"] == []
    shown = (await api.get("/v1/parties/us_ofac_sdn:90001")).json()
    assert {"scheme": "uscc", "value": "91110000600037341L", "country": "CN"} in shown["identifiers"]
    assert {"EXSHIP", "EXEMPLAR TRADING"} <= {a["name"] for a in shown["aliases"]}
    huo = (await api.get("/v1/parties/us_ofac_sdn:29160")).json()
    assert huo == (await api.get("/v1/parties/karez:huo-liujun")).json()
    assert {d["list"]: d["listed_on"] for d in huo["designations"]} == {
        "us_ofac_sdn": "2020-07-09",
        "ca_sema": "2024-12-09",
    }
    assert not any(d["family_entry_ban"] for d in huo["designations"])
    before = (await api.get("/v1/parties/us_ofac_sdn:29160", params={"as_of": "2024-12-08"})).json()
    assert [d["list"] for d in before["designations"]] == ["us_ofac_sdn"]
    page = (await api.get("/v1/parties", params={"list": "us_ofac_sdn", "programme": "UHRPA"})).json()
    assert "us_ofac_sdn:39417" in [p["id"] for p in page["items"]]
    refused = assert_problem(await api.put("/v1/lists/us_ofac_sdn/document", content=SDN[:300]), 422)
    assert "0x1A" in refused["detail"]
    line = next(x for x in (await api.get("/v1/lists")).json()["items"] if x["id"] == "us_ofac_sdn")
    assert line["parties"] == 6
    assert "0x1A" in line["last_refusal"]["reason"]
    assert_problem(await api.put("/v1/lists/us_ofac_sdn/document", content=document(sdn(1, "X EXEMPLAR"))), 422)


async def test_a_document_may_be_gzipped_by_the_client(api: httpx.AsyncClient) -> None:
    for headers in ({}, {"content-encoding": "gzip"}):
        loaded = await api.put("/v1/lists/us_ofac_sdn/document", content=gzip.compress(SDN, mtime=0), headers=headers)
        assert loaded.json()["parties"] == 6
    bomb = gzip.compress(b" " * 300_000_000, 9)
    assert_problem(await api.put("/v1/lists/us_ofac_sdn/document", content=bomb), 422)


async def test_the_method_is_published_with_citations(api: httpx.AsyncClient) -> None:
    for path in ("/v1/factors", "/v1/rules", "/v1/instruments"):
        items = (await api.get(path)).json()["items"]
        assert items
    rules = (await api.get("/v1/rules", params={"as_of": "2022-06-20"})).json()["items"]
    assert not [r for r in rules if r["rule"] == "R05"]
    assert_problem(await api.get("/v1/rules", params={"as_of": "2022-06-31"}), 422)


async def test_health_says_degraded_and_why(api: httpx.AsyncClient) -> None:
    assert (await api.get("/health/live")).status_code == 200
    ready = await api.get("/health/ready")
    assert ready.status_code == 200
    assert ready.json()["status"] == "degraded"
    assert {"list": "us_ofac_sdn", "reason": "not loaded"} in ready.json()["reasons"]


async def test_metrics_count_requests_by_route_and_name_nobody(api: httpx.AsyncClient) -> None:
    await api.post("/v1/assessments", json=BUREAU)
    await api.get("/v1/assessments/secret-id-in-a-path")
    text = (await api.get("/metrics")).text
    assert 'karez_assessments_total{rating="prohibited"} 1.0' in text
    assert 'route="/v1/assessments/{assessment_id}"' in text
    assert "secret-id" not in text
    assert "Bureau" not in text


async def test_answers_carry_security_headers(api: httpx.AsyncClient) -> None:
    for path in ("/v1/lists", "/docs", "/v1/nothing"):
        headers = (await api.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-request-id"]


async def test_keys_open_what_their_scopes_say(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    made = {scope: (await keys.create(database, scope, (scope,)))[0] for scope in keys.SCOPES}
    await database.close()
    async with AsyncExitStack() as stack:
        api = await client_of(stack, Settings(database_url=sqlite_url, require_keys=True))
        assert_problem(await api.get("/v1/lists"), 401)
        assert_problem(await api.get("/v1/lists", headers={"X-API-Key": "karez_wrong"}), 401)
        assert (await api.get("/v1/lists", headers={"X-API-Key": made["read"]})).status_code == 200
        assert (await api.get("/v1/lists", headers={"Authorization": f"Bearer {made['read']}"})).status_code == 200
        assert_problem(await api.post("/v1/assessments", json=BUREAU, headers={"X-API-Key": made["read"]}), 403)
        assert (
            await api.post("/v1/assessments", json=BUREAU, headers={"X-API-Key": made["assess"]})
        ).status_code == 201
        assert_problem(
            await api.put("/v1/lists/us_ofac_sdn/document", content=WHOLE, headers={"X-API-Key": made["assess"]}), 403
        )
        loaded = await api.put("/v1/lists/us_ofac_sdn/document", content=WHOLE, headers={"X-API-Key": made["admin"]})
        assert loaded.status_code == 201
        for open_path in ("/health/live", "/health/ready", "/metrics", "/docs", "/openapi.json"):
            assert (await api.get(open_path)).status_code == 200


async def test_the_openapi_document_describes_every_endpoint_of_the_contract(api: httpx.AsyncClient) -> None:
    document = (await api.get("/openapi.json")).json()
    wanted = {
        ("post", "/v1/assessments"), ("get", "/v1/assessments"), ("get", "/v1/assessments/{assessment_id}"),
        ("post", "/v1/assessments/{assessment_id}/replay"), ("post", "/v1/screenings"), ("get", "/v1/parties"),
        ("get", "/v1/parties/{party_id}"), ("get", "/v1/lists"), ("get", "/v1/lists/{list_id}/editions"),
        ("post", "/v1/lists/{list_id}/refresh"), ("put", "/v1/lists/{list_id}/document"), ("get", "/v1/factors"), ("get", "/v1/rules"),
        ("get", "/v1/instruments"), ("get", "/health/live"), ("get", "/health/ready"), ("get", "/metrics"),
    }  # fmt: skip
    found = {(m, p) for p, operations in document["paths"].items() for m in operations}
    assert wanted <= found
    text = json.dumps(document)
    names = set(document["components"]["schemas"])
    for reference in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert reference in names
    assert "examples" in document["paths"]["/v1/assessments"]["post"]["requestBody"]["content"]["application/json"]


async def test_every_member_of_a_request_is_described(api: httpx.AsyncClient) -> None:
    schemas = (await api.get("/openapi.json")).json()["components"]["schemas"]
    for name, fields in FIELDS.items():
        properties = schemas[name]["properties"]
        assert set(fields) <= set(properties)
        assert [field for field, schema in properties.items() if not schema.get("description")] == []


async def test_answers_fit_the_schemas_that_the_document_gives_them(api: httpx.AsyncClient) -> None:
    document = (await api.get("/openapi.json")).json()
    assert (await api.post("/v1/assessments", json=SHIRTS)).status_code == 201
    made = (await api.get("/v1/assessments")).json()["items"][0]["id"]
    queries = [{"name": "Xinjiang Public Security Bureau"}, {"name": ""}]
    for method, path, template, body in (
        ("GET", "/v1/assessments", "/v1/assessments", None),
        ("GET", f"/v1/assessments/{made}", "/v1/assessments/{assessment_id}", None),
        ("POST", f"/v1/assessments/{made}/replay", "/v1/assessments/{assessment_id}/replay", None),
        ("POST", "/v1/screenings", "/v1/screenings", {"queries": queries}),
        ("GET", "/v1/assessments?since=yesterday", "/v1/assessments", None),
    ):
        answer = await api.request(method, path, json=body)
        responses = document["paths"][template][method.lower()]["responses"]
        (content,) = responses.get(str(answer.status_code), responses["default"])["content"].values()
        schema = {**content["schema"], "components": document["components"]}
        assert content["schema"] != {}
        jsonschema_rs.validator_for(schema).validate(answer.json())


async def test_the_bare_address_leads_to_the_docs_page_and_probes_may_use_head(api: httpx.AsyncClient) -> None:
    answer = await api.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (307, "docs")
    for path in ("/health/live", "/health/ready"):
        assert (await api.head(path)).status_code == 200


async def test_another_method_is_told_every_method_of_the_address(api: httpx.AsyncClient) -> None:
    for path, allowed in (
        ("/v1/assessments", "GET, POST"),
        ("/v1/policies", "GET, POST"),
        ("/v1/lists/us_ofac_sdn/document", "PUT"),
        ("/health/live", "GET, HEAD"),
    ):
        answer = await api.delete(path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)


async def test_a_refusal_is_titled_by_what_was_wrong(api: httpx.AsyncClient) -> None:
    wrong = {"queries": [{"name": "Yangli"}], "lists": ["nope"]}
    assert (await api.post("/v1/screenings", json=wrong)).json()["title"] == "The body is not valid"
    for query in ("since=yesterday", "limit=0", "colour=red", "cursor=x"):
        assert (await api.get(f"/v1/assessments?{query}")).json()["title"] == "A parameter is not valid"


async def test_a_party_that_did_not_hit_is_explained(api: httpx.AsyncClient) -> None:
    query = {"name": "Sunrise Garment Works", "country": "PT"}
    body = {"queries": [query, {"name": "Xinjiang Public Security Bureau"}], "explain": True, "party_id": "karez:xpsb"}
    far, near = (await api.post("/v1/screenings", json=body)).json()["results"]
    assert far["hits"] == []
    assert far["explained"]["hit"] is False
    assert far["explained"]["says"] == "no name and no identifier has anything in common with it"
    assert near["explained"]["hit"] is True
    assert near["explained"]["score"] == near["hits"][0]["score"]
    features = near["explained"]["features"]
    assert sum(f["contribution"] for f in features) == pytest.approx(near["explained"]["score"], abs=1e-5)


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"explain": True}, "/party_id"),
        ({"party_id": "karez:xpsb"}, "/explain"),
        ({"explain": True, "party_id": "nobody:1"}, "/party_id"),
    ],
)
async def test_an_explanation_needs_a_known_party(api: httpx.AsyncClient, more: dict[str, Any], pointer: str) -> None:
    answer = await api.post("/v1/screenings", json={"queries": [{"name": "Yangli Paper"}], **more})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_the_overview_names_every_list_that_readiness_names(api: httpx.AsyncClient) -> None:
    """A list that only another's document brings, such as the Military End-User List, has its line and says who carries it."""
    overview = {x["id"]: x for x in (await api.get("/v1/lists")).json()["items"]}
    assert {r["list"] for r in (await api.get("/health/ready")).json()["reasons"]} <= set(overview)
    assert overview["us_bis_meu"]["carried_by"] == ["us_csl"]
    assert overview["us_bis_meu"]["title"] == "the BIS Military End-User List"
