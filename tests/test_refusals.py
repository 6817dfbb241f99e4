"""Guards refuse what cannot be a whole edition; a person looks at it and accepts it with a reason; coverage never hides any of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from app.services.coverage import REFERENCE, Standing, line
from app.services.guards import failed, required_on
from app.sources import by_id
from app.store.catalogue import Edition
from app.store.staging import Differences
from tests.fixtures_ofac import SDN, WHOLE, document, sdn

LIST = "us_ofac_sdn"
SMALL = document(sdn(29159, "XINJIANG PUBLIC SECURITY BUREAU"))
TODAY = datetime.now(UTC).date()


async def put(api: httpx.AsyncClient, body: bytes, **parameters: Any) -> httpx.Response:
    return await api.put(f"/v1/lists/{LIST}/document", content=body, params=parameters)


async def coverage(api: httpx.AsyncClient, *lists: str) -> list[dict[str, Any]]:
    asked = {"queries": [{"name": "Exemplar Shipping"}], "lists": list(lists)}
    made: list[dict[str, Any]] = (await api.post("/v1/screenings", json=asked)).json()["coverage"]
    return made


async def test_a_refused_edition_is_kept_with_its_differences_and_accepted_with_a_reason(
    api: httpx.AsyncClient,
) -> None:
    await put(api, WHOLE)
    sent = await put(api, SMALL)
    assert sent.status_code == 422
    assert "1 parties where the edition before had 6" in sent.json()["detail"]
    (kept,) = (await api.get(f"/v1/lists/{LIST}/refusals")).json()["items"]
    assert kept["id"] in sent.json()["detail"]
    assert (kept["guards"], kept["acceptable"], kept["edition"]["removed"]) == (["shrink"], True, 5)
    address = f"/v1/lists/{LIST}/refusals/{kept['id']}"
    shown = (await api.get(address, params={"limit": 3})).json()
    rest = (await api.get(address, params={"cursor": shown["next_cursor"]})).json()
    changes = {i["party"]: i["change"] for i in shown["items"] + rest["items"]}
    assert changes == {
        f"{LIST}:29159": "changed",
        **{f"{LIST}:{n}": "removed" for n in (29160, 29220, 29299, 39417, 90001)},
    }
    assert (await api.get("/v1/parties/us_ofac_sdn:29160")).json()["designations"][0]["in_force"]
    for body in ({}, {"reason": ""}, {"reason": "x", "more": 1}):
        assert (await api.post(f"{address}/accept", json=body)).status_code == 422
    made = await api.post(f"{address}/accept", json={"reason": "the notice of 1 July says so"})
    assert made.status_code == 201, made.text
    assert made.json()["accepted"] == "the notice of 1 July says so"
    assert made.json()["removed"] == 5
    assert not (await api.get("/v1/parties/us_ofac_sdn:29160")).json()["designations"][0]["in_force"]
    again = await api.post(f"{address}/accept", json={"reason": "once more"})
    assert again.status_code == 409
    (settled,) = (await api.get(f"/v1/lists/{LIST}/refusals")).json()["items"]
    assert settled["settled"].startswith("accepted as us_ofac_sdn@2")
    assert not settled["acceptable"]


async def test_what_cannot_be_read_cannot_be_accepted(api: httpx.AsyncClient) -> None:
    await put(api, SDN[:-5])
    (kept,) = (await api.get(f"/v1/lists/{LIST}/refusals")).json()["items"]
    assert (kept["guards"], kept["acceptable"]) == ([], False)
    address = f"/v1/lists/{LIST}/refusals/{kept['id']}"
    assert (await api.post(f"{address}/accept", json={"reason": "please"})).status_code == 409
    assert (await api.post(f"/v1/lists/{LIST}/refusals/nope/accept", json={"reason": "x"})).status_code == 404
    assert (await api.get(f"/v1/lists/{LIST}/refusals/nope")).status_code == 404
    assert (await api.get("/v1/lists/nope/refusals")).status_code == 404


async def test_only_the_newest_refused_editions_are_kept(api: httpx.AsyncClient) -> None:
    await put(api, WHOLE)
    for n in range(5):
        assert (await put(api, document(sdn(n + 1, f"EXEMPLAR {n} TRADING")))).status_code == 422
    kept = (await api.get(f"/v1/lists/{LIST}/refusals")).json()["items"]
    assert [k["acceptable"] for k in kept] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("found", "days", "guards"),
    [
        (Differences(1000, 0, 0, 1000), 1, []),
        (Differences(400, 0, 600, 0), 1, ["shrink"]),
        (Differences(1000, 300, 300, 0), 1, ["churn"]),
        (Differences(1000, 300, 300, 0), 120, []),
        (Differences(4000, 3000, 0, 0), 1, ["churn"]),
        (Differences(100_000, 99_000, 0, 0), 1, ["size", "churn"]),
    ],
)
def test_guards_look_at_size_and_churn(found: Differences, days: int, guards: list[str]) -> None:
    source = by_id(LIST)
    assert source is not None
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    before = Edition("a", LIST, "list", 1, date(2024, 1, 1), 1, "", "", None, True, moment, moment, moment, 1000)
    made = failed(source, date(2024, 1, 1) + timedelta(days=days), found, before, ())
    assert [g.name for g in made] == guards


def test_a_party_must_be_on_the_list_from_the_day_it_was_listed_on() -> None:
    source = by_id(LIST)
    assert source is not None
    assert required_on(source, date(2020, 7, 8)) == ()
    assert set(required_on(source, date(2020, 7, 9))) == {f"{LIST}:{n}" for n in (29159, 29160, 29162, 29219, 29220)}
    assert len(required_on(source, date(2023, 12, 8))) == 14


async def test_a_whole_edition_without_a_required_party_is_refused_and_an_excerpt_is_never_fresh(
    api: httpx.AsyncClient,
) -> None:
    rows = [sdn(100_000 + n, f"EXEMPLAR NUMBER {n}") for n in range(4_100)]
    sent = await put(api, document(*rows), published=TODAY.isoformat())
    assert sent.status_code == 422
    assert "us_ofac_sdn:29159" in sent.json()["detail"]
    assert (await put(api, document(*rows), published="2019-05-01")).status_code == 201
    assert (await put(api, WHOLE, published=TODAY.isoformat(), accept=True)).status_code == 201
    (line,) = await coverage(api, LIST)
    assert not line["fresh"]
    assert "an excerpt: 6 parties" in line["says"]


async def test_a_list_that_is_missing_refused_or_old_says_so_in_every_answer(api: httpx.AsyncClient) -> None:
    (line,) = await coverage(api, "uk_sanctions_list")
    assert not line["fresh"]
    assert line["says"] == "not loaded"
    await put(api, b"<html>Service unavailable</html>")
    (line,) = await coverage(api, LIST)
    assert "not loaded; a document was refused" in line["says"]
    ready = await api.get("/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    reasons = {r["list"]: r["reason"] for r in ready.json()["reasons"]}
    assert "an HTML page" in reasons[LIST]
    await put(api, WHOLE, published=TODAY.isoformat())
    (line,) = await coverage(api, LIST)
    assert "refused" not in line["says"]
    await put(api, SDN[:400])
    (line,) = await coverage(api, LIST)
    assert not line["fresh"]
    assert "a document was refused" in line["says"]
    answer = (await api.post("/v1/assessments", json={"supplier": {"name": "Exemplar"}})).json()
    assert {"list": LIST, "fresh": False}.items() <= next(c for c in answer["coverage"] if c["list"] == LIST).items()
    assert answer["rating"] != "low"
    assert (await put(api, WHOLE, published=TODAY.isoformat())).json()["new"] is False
    (line,) = await coverage(api, LIST)
    assert "refused" not in line["says"]
    everything = (await api.post("/v1/screenings", json={"queries": [{"name": "X"}]})).json()["coverage"]
    assert {"karez_reference", LIST, "uk_sanctions_list", "eu_fsf", "ca_sema"} <= {c["list"] for c in everything}


def _edition(source: str, parties: int, *, whole: bool, day: date) -> Edition:
    moment = datetime(2025, 6, 15, tzinfo=UTC)
    return Edition(
        id=f"{source}@1", source=source, kind="list", sequence=1, day=day, place=1, digest="", document_digest="",
        published=day, handed_over=True, fetched_at=moment, loaded_at=moment, seen_at=moment, parties=parties, whole=whole,
    )  # fmt: skip


def test_a_later_excerpt_that_carries_a_list_does_not_answer_for_its_whole_edition() -> None:
    """A few rows of the Consolidated Screening List say less about OFAC's list than OFAC's own whole file."""
    editions = {
        LIST: _edition(LIST, 15_000, whole=True, day=date(2024, 7, 2)),
        "us_csl": _edition("us_csl", 13, whole=False, day=date(2025, 6, 15)),
        REFERENCE: _edition(REFERENCE, 183, whole=True, day=date(2026, 11, 23)),
    }
    standing = Standing(editions=editions, curated={}, counts={"us_csl": {LIST: 1}})
    made = line(standing, LIST, datetime(2026, 11, 24, tzinfo=UTC))
    assert (made.edition, made.parties, made.fresh) == (f"{LIST}@1", 15_000, False)
