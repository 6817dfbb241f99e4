"""What the lists said on a day, through the API: every Xinjiang designation the day before and the day of, and editions in any order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.settings import Settings
from app.store import migrate
from tests.conftest import client_of
from tests.fixtures_ofac import document, sdn
from tests.support import SHARED

OFAC = SHARED / "data" / "ofac"
absent = pytest.mark.skipif(not OFAC.exists(), reason="the published lists lie beside the checkout and are not here")
LIST = "us_ofac_sdn"
DESIGNEES = {
    "Xinjiang Public Security Bureau": "2020-07-09",
    "Huo Liujun": "2020-07-09",
    "Wang Mingshan": "2020-07-09",
    "Zhu Hailun": "2020-07-09",
    "Chen Quanguo": "2020-07-09",
    "Xinjiang Production and Construction Corps": "2020-07-31",
    "Sun Jinlong": "2020-07-31",
    "Peng Jiarui": "2020-07-31",
    "Wang Junzheng": "2021-03-22",
    "Chen Mingguo": "2021-03-22",
    "Shohrat Zakir": "2021-12-10",
    "Erken Tuniyaz": "2021-12-10",
    "Gao Qi": "2023-12-08",
    "Hu Lianhe": "2023-12-08",
}
ABROAD = [
    (name, list_id, "2021-03-22")
    for name in ("Zhu Hailun", "Wang Junzheng", "Wang Mingshan", "Chen Mingguo")
    for list_id in ("eu_fsf", "uk_sanctions_list", "ca_sema")
]
ABROAD += [
    ("Xinjiang Production and Construction Corps Public Security Bureau", list_id, "2021-03-22")
    for list_id in ("eu_fsf", "uk_sanctions_list", "ca_sema")
]
ABROAD += [
    (name, "ca_sema", "2024-12-09")
    for name in ("Chen Quanguo", "Huo Liujun", "Peng Jiarui", "Shohrat Zakir", "Erken Tuniyaz", "Wu Yingjie")
]
BIRTHS = {"Gao Qi": "1970-08"}
"""A name that many people bear is one man only with his birth date."""


async def put(api: httpx.AsyncClient, body: bytes, published: str, status: int = 201, **more: Any) -> dict[str, Any]:
    sent = await api.put(f"/v1/lists/{LIST}/document", content=body, params={"published": published, **more})
    assert sent.status_code == status, sent.text
    made: dict[str, Any] = sent.json()
    return made


async def lists_of(api: httpx.AsyncClient, name: str, day: str) -> set[str]:
    """The lists that a confirmed or probable hit names on a day."""
    query = {
        "name": name,
        **({"kind": "person", "birth_date": BIRTHS[name]} if name in BIRTHS else {"kind": "unknown"}),
    }
    asked = {"queries": [query], "as_of": day, "limit": 20}
    answer = (await api.post("/v1/screenings", json=asked)).json()
    assert answer["coverage"]
    hits = answer["results"][0]["hits"]
    return {
        list_id for h in hits if h["strength"] != "possible" and h["score"] > 0.75 for list_id in h["party"]["lists"]
    }


def before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


@pytest.fixture(scope="module")
async def published(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """A service that holds OFAC's list of 8 January 2024."""
    url = f"sqlite:///{tmp_path_factory.mktemp('time') / 'karez.db'}"
    migrate.upgrade(url)
    async with AsyncExitStack() as stack:
        api = await client_of(stack, Settings(database_url=url))
        if OFAC.exists():
            await put(api, _zipped(OFAC / "sdn_csv_2024-01-08"), "2024-01-08")
        yield api


def _zipped(folder: Path) -> bytes:
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for path in folder.iterdir():
            made.writestr(path.name, path.read_bytes())
    return buffer.getvalue()


@absent
@pytest.mark.parametrize("name", DESIGNEES)
async def test_the_day_before_and_the_day_of_each_ofac_designation(published: httpx.AsyncClient, name: str) -> None:
    day = DESIGNEES[name]
    assert LIST not in await lists_of(published, name, before(day))
    assert LIST in await lists_of(published, name, day)
    supplier = {
        "name": name,
        **({"kind": "person", "birth_date": BIRTHS[name]} if name in BIRTHS else {"kind": "unknown"}),
    }
    for when, expected in ((before(day), False), (day, True)):
        asked = {"profiles": ["us_person"], "as_of": when, "supplier": supplier}
        answer = (await published.post("/v1/assessments", json=asked)).json()
        named = [h for h in answer["hits"] if LIST in h["party"]["lists"] and h["score"] > 0.75]
        assert bool(named) is expected
        assert (answer["rating"] == "prohibited") <= expected


@absent
@pytest.mark.parametrize(("name", "list_id", "day"), ABROAD)
async def test_the_day_before_and_the_day_of_each_designation_elsewhere(
    published: httpx.AsyncClient, name: str, list_id: str, day: str
) -> None:
    assert list_id not in await lists_of(published, name, before(day))
    assert list_id in await lists_of(published, name, day)


async def test_the_delisting_of_16_november_2023(published: httpx.AsyncClient) -> None:
    name = "Ministry of Public Security's Institute of Forensic Science of China"
    asked = {"profiles": ["us_exporter"], "activities": ["supply_items"], "supplier": {"name": name, "country": "CN"}}
    ratings = {}
    for day in ("2023-11-15", "2023-11-16", "2023-11-17"):
        answer = (await published.post("/v1/assessments", json={**asked, "as_of": day})).json()
        ratings[day] = answer["rating"]
        assert ("former_listing" in {f["factor"] for f in answer["findings"]}) is (day != "2023-11-15")
    assert ratings["2023-11-15"] == "prohibited"
    assert ratings["2023-11-16"] != "prohibited" != ratings["2023-11-17"]


A = sdn(1, "ALPHA EXEMPLAR TRADING")
B = sdn(2, "BETA EXEMPLAR HOLDINGS", remarks="a.k.a. 'BETEX'.")
B2 = sdn(2, "BETA EXEMPLAR GROUP")
C = sdn(3, "GAMMA EXEMPLAR SHIPPING")
WINTER, SPRING, SUMMER = document(A, B), document(A, B, C), document(B2, C)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1), (0, 2, 1), (1, 2, 0)])
async def test_editions_take_their_place_in_time_whatever_the_order_of_loading(
    api: httpx.AsyncClient, order: tuple[int, ...]
) -> None:
    editions = [(WINTER, "2022-01-10"), (SPRING, "2022-04-10"), (SUMMER, "2022-07-10")]
    for at in order:
        await put(api, *editions[at])
    alpha, beta, gamma = "Alpha Exemplar Trading", "Beta Exemplar Holdings", "Gamma Exemplar Shipping"
    for day, known in (
        ("2022-01-10", {alpha, beta}),
        ("2022-04-09", {alpha, beta}),
        ("2022-04-10", {alpha, beta, gamma}),
        ("2022-07-09", {alpha, beta, gamma}),
    ):
        for name in (alpha, beta, gamma):
            assert (LIST in await lists_of(api, name, day)) is (name in known), (name, day)
    listed = (await api.get("/v1/lists")).json()["items"]
    assert next(x for x in listed if x["id"] == LIST)["published"] == "2022-07-10"
    shown = (await api.get(f"/v1/parties/{LIST}:1")).json()
    assert [d["ended_on"] for d in shown["designations"]] == ["2022-07-10"]
    assert not any(d["in_force"] for d in shown["designations"])
    assert shown["said"] == [{"record": f"{LIST}:1", "from": "2022-01-10", "until": "2022-07-10"}] or [
        s["from"] for s in shown["said"]
    ] == ["2022-01-10", "2022-04-10"]
    held = {
        x["id"] for x in (await api.get("/v1/parties", params={"list": LIST, "as_of": "2022-02-01"})).json()["items"]
    }
    assert {f"{LIST}:1", f"{LIST}:2"} <= held
    assert f"{LIST}:3" not in held
    assert (await api.get(f"/v1/parties/{LIST}:3", params={"as_of": "2022-02-01"})).status_code == 404
    assert (await api.get(f"/v1/parties/{LIST}:3", params={"as_of": "2022-05-01"})).status_code == 200


async def test_a_party_that_the_list_dropped_is_a_former_listing_and_its_old_names_stay_dated(
    api: httpx.AsyncClient,
) -> None:
    await put(api, SPRING, "2022-04-10")
    await put(api, SUMMER, "2022-07-10")
    asked = {"profiles": ["us_person"], "supplier": {"name": "Alpha Exemplar Trading"}, "as_of": "2022-08-01"}
    answer = (await api.post("/v1/assessments", json=asked)).json()
    assert "former_listing" in {f["factor"] for f in answer["findings"]}
    assert answer["rating"] != "prohibited"
    answer = (await api.post("/v1/assessments", json={**asked, "as_of": "2022-07-09"})).json()
    assert answer["rating"] == "prohibited"
    aliases = {a["name"]: a for a in (await api.get(f"/v1/parties/{LIST}:2")).json()["aliases"]}
    assert aliases["BETA EXEMPLAR GROUP"]["kind"] == "primary"
    assert aliases["BETA EXEMPLAR HOLDINGS"]["kind"] == "strong" or (
        aliases["BETA EXEMPLAR HOLDINGS"]["kind"],
        aliases["BETA EXEMPLAR HOLDINGS"]["valid_to"],
    ) == ("former", "2022-07-10")


async def test_the_differences_of_two_editions_field_by_field(api: httpx.AsyncClient) -> None:
    one = await put(api, SPRING, "2022-04-10")
    two = await put(api, SUMMER, "2022-07-10")
    address = f"/v1/lists/{LIST}/editions/{one['id']}...{two['id']}"
    made = (await api.get(address)).json()
    assert (made["added"], made["removed"], made["changed"]) == (0, 1, 1)
    changes = {i["party"]: i for i in made["items"]}
    assert changes[f"{LIST}:1"]["change"] == "removed"
    beta = {f["field"]: f for f in changes[f"{LIST}:2"]["fields"]}
    assert [a["name"] for a in beta["aliases"]["added"]] == ["BETA EXEMPLAR GROUP"]
    assert {a["name"] for a in beta["aliases"]["removed"]} == {"BETA EXEMPLAR HOLDINGS", "BETEX"}
    back = (await api.get(f"/v1/lists/{LIST}/editions/2...1", params={"limit": 1})).json()
    assert (back["added"], back["removed"], back["changed"], len(back["items"])) == (1, 0, 1, 1)
    rest = (await api.get(f"/v1/lists/{LIST}/editions/2...1", params={"cursor": back["next_cursor"]})).json()
    assert [i["party"] for i in back["items"] + rest["items"]] == [f"{LIST}:1", f"{LIST}:2"]
    assert rest["next_cursor"] is None
    assert (await api.get(f"/v1/lists/{LIST}/editions/1...9")).status_code == 404
    assert (await api.get(f"/v1/lists/{LIST}/editions/{two['id']}")).json()["id"] == two["id"]


async def test_what_changed_since_a_day_of_the_lists(api: httpx.AsyncClient) -> None:
    await put(api, SPRING, "2022-04-10")
    await put(api, SUMMER, "2022-07-10")
    asked = {"list": LIST, "changed_since": "2022-07-01"}
    items = (await api.get("/v1/parties", params=asked)).json()["items"]
    mine = {i["id"]: i for i in items if i["source"] == LIST}
    assert set(mine) == {f"{LIST}:1", f"{LIST}:2"}
    assert mine[f"{LIST}:1"]["designations"][0]["ended_on"] == "2022-07-10"
    later = {"list": LIST, "changed_since": "2022-07-11"}
    assert not [i for i in (await api.get("/v1/parties", params=later)).json()["items"] if i["source"] == LIST]
    recorded = {"list": LIST, "changed_since": "2022-07-11T00:00:00Z"}
    assert [i for i in (await api.get("/v1/parties", params=recorded)).json()["items"] if i["source"] == LIST]


async def test_an_assessment_of_a_past_day_replays_identically_after_older_editions_came(
    api: httpx.AsyncClient,
) -> None:
    await put(api, SPRING, "2022-04-10")
    asked = {"profiles": ["us_person"], "supplier": {"name": "Alpha Exemplar Trading"}, "as_of": "2022-05-01"}
    made = (await api.post("/v1/assessments", json=asked)).json()
    await put(api, SUMMER, "2022-07-10")
    await put(api, document(A, B, sdn(9, "DELTA EXEMPLAR MINING")), "2022-03-01")
    replayed = (await api.post(f"/v1/assessments/{made['id']}/replay")).json()
    assert replayed["identical"], replayed["differences"]


async def test_a_day_before_the_first_edition_is_said_to_be_one(api: httpx.AsyncClient) -> None:
    await put(api, SPRING, "2022-04-10")
    asked = {"queries": [{"name": "Alpha Exemplar Trading"}], "as_of": "2021-01-01", "lists": [LIST]}
    (line,) = (await api.post("/v1/screenings", json=asked)).json()["coverage"]
    assert line["list"] == LIST
    assert not line["fresh"]
    assert "before the earliest edition" in line["says"]
