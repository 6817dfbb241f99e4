"""A person undoes a link between two records, with a reason, and takes it back; a replay uses what stood then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from app.__main__ import cli
from app.core.listed.packed import document_of, pack
from app.core.screening.watchlist import Watchlist
from app.core.submission import Submission
from app.errors import BadRequest, Conflict, NotFound
from app.services import assess as assessing
from app.services import refresh
from app.services import separations as separating
from app.services.catalogue import Catalogue
from app.services.keys import Caller
from app.settings import Settings
from app.store import migrate
from app.store.database import Database, sync_url
from tests.fixtures_ofac import WHOLE
from tests.test_linking import record
from tests.test_migrations import tables

OURS, THEIRS = "karez:xpsb", "us_ofac_sdn:29159"
DESK = Caller("key", frozenset({"admin"}), "desk")
BODY = {"records": [OURS, THEIRS], "reason": "the number was copied from another entry"}


async def load(database: Database) -> None:
    await refresh.load_document(database, "us_ofac_sdn", WHOLE, settings=Settings())


def test_records_kept_apart_are_two_parties_whoever_links_them() -> None:
    """The third record, which is linked with both, joins the first of them; the other stays alone."""
    number: dict[str, Any] = {"numbers": [("ofac", "7", None)]}
    records = [
        record("one:1", "Alpha", **number),
        record("two:1", "Beta", **number),
        record("three:1", "Gamma", **number),
    ]
    packs = [pack([(r, document_of(r))]) for r in records]
    together = Watchlist.of_packs(packs)
    assert len(together.entries) == 1
    apart = Watchlist.of_packs(packs, [("one:1", "two:1"), ("one:1", "nobody:1")])
    assert [{p.id, *p.records} for p in apart.entries] == [{"one:1", "three:1"}, {"two:1"}]
    other = Watchlist.of_packs(packs, [("three:1", "two:1"), ("one:1", "three:1"), ("two:1", "one:1")])
    assert [p.id for p in other.entries] == ["one:1", "two:1", "three:1"]


async def test_a_link_is_undone_and_restored(database: Database, catalogue: Catalogue) -> None:
    await load(database)
    party = (await catalogue.follow()).engine.watchlist.get(OURS)
    assert party is not None
    assert party.id == THEIRS
    made = await separating.separate(database, (OURS, THEIRS), "why", caller=DESK)
    watchlist = (await catalogue.follow()).engine.watchlist
    ours, theirs = watchlist.get(OURS), watchlist.get(THEIRS)
    assert ours is not None and theirs is not None  # noqa: PT018
    assert (ours.id, theirs.id) == (OURS, THEIRS)
    assert OURS not in theirs.records
    with pytest.raises(Conflict, match="already"):
        await separating.separate(database, (THEIRS, OURS), "again", caller=DESK)
    done = await separating.withdraw(database, made["id"], "a mistake of ours", caller=DESK)
    assert (done["stands"], done["made_by"], done["withdrawn_reason"]) == (False, "desk", "a mistake of ours")
    again = (await catalogue.follow()).engine.watchlist.get(OURS)
    assert again == party
    with pytest.raises(Conflict, match="already"):
        await separating.withdraw(database, made["id"], "twice", caller=DESK)
    second = await separating.separate(database, (OURS, THEIRS), "after all", caller=DESK)
    items, more = await separating.page(database, cursor=None, limit=1)
    assert [s["id"] for s in items] == [second["id"]]
    items, more = await separating.page(database, cursor=more, limit=1)
    assert ([s["id"] for s in items], more) == ([made["id"]], None)


async def test_a_replay_uses_the_separations_that_stood_then(database: Database, catalogue: Catalogue) -> None:
    await load(database)
    await catalogue.follow()
    submission = Submission.model_validate({"supplier": {"name": "Xinjiang Public Security Bureau"}})
    before = await assessing.assess(database, catalogue, submission, owner="test")
    await separating.separate(database, (OURS, THEIRS), "why", caller=DESK)
    await catalogue.follow()
    after = await assessing.assess(database, catalogue, submission, owner="test")
    assert len(json.loads(after.document)["hits"]) > len(json.loads(before.document)["hits"])
    for record_id in (before.id, after.id):
        assert (await assessing.replay(database, catalogue, record_id))["identical"] is True


async def test_what_cannot_be_kept_apart_is_refused(database: Database, catalogue: Catalogue) -> None:
    for records, reason, error in (
        ((OURS, OURS), "why", BadRequest),
        ((OURS, "nobody:1"), "why", NotFound),
        ((OURS, "karez:xpcc"), "  ", BadRequest),
    ):
        with pytest.raises(error):
            await separating.separate(database, records, reason, caller=DESK)
    with pytest.raises(NotFound):
        await separating.withdraw(database, "nothing", "why", caller=DESK)


async def test_over_the_api(api: httpx.AsyncClient) -> None:
    assert (await api.put("/v1/lists/us_ofac_sdn/document", content=WHOLE)).status_code == 201
    made = await api.post("/v1/separations", json=BODY)
    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"/v1/separations/{made.json()['id']}"
    assert (await api.get(f"/v1/parties/{OURS}")).json()["id"] == OURS
    assert (await api.post("/v1/separations", json=BODY)).status_code == 409
    assert (await api.post("/v1/separations", json={**BODY, "records": [OURS]})).status_code == 422
    assert (await api.post("/v1/separations", json={**BODY, "more": 1})).status_code == 422
    assert (await api.get("/v1/separations")).json()["items"][0]["reason"] == BODY["reason"]
    where = f"/v1/separations/{made.json()['id']}/withdraw"
    assert (await api.post(where, json={"reason": "checked"})).json()["stands"] is False
    assert (await api.post(where, json={"reason": "checked"})).status_code == 409
    assert (await api.get(f"/v1/parties/{OURS}")).json()["id"] == THEIRS
    assert (await api.get("/v1/separations", params={"cursor": "x"})).status_code == 422


def test_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAREZ_DATABASE_URL", f"sqlite:///{tmp_path / 'karez.db'}")
    monkeypatch.setenv("COLUMNS", "250")
    runner = CliRunner()
    assert runner.invoke(cli, ["migrate"]).exit_code == 0
    added = runner.invoke(cli, ["separations", "add", OURS, "karez:xpcc", "--reason", "two bodies"])
    assert added.exit_code == 0, added.output
    assert "Kept apart: karez:xpcc and karez:xpsb" in added.output
    listed = runner.invoke(cli, ["separations", "list"]).output
    assert "two bodies" in listed
    ident = next(word for word in listed.replace("│", " ").split() if word.count("-") == 4)
    assert "may be linked again" in runner.invoke(cli, ["separations", "withdraw", ident, "--reason", "no"]).output
    assert "withdrawn" in runner.invoke(cli, ["separations", "list"]).output
    assert runner.invoke(cli, ["separations", "add", OURS, "nobody:1", "--reason", "x"]).exit_code == 1


async def test_they_go_down_and_up_with_data_in_place(database_url: str) -> None:
    database = Database(database_url)
    catalogue = Catalogue(database)
    await catalogue.install_builtin()
    await load(database)
    await separating.separate(database, (OURS, THEIRS), "why", caller=DESK)
    await catalogue.close()
    await database.close()
    migrate.downgrade(database_url, "0003")
    assert not {"packs", "pack_parts", "separations"} & tables(database_url)
    migrate.upgrade(database_url)
    migrate.check(database_url)
    database = Database(database_url)
    catalogue = Catalogue(database)
    party = (await catalogue.current()).engine.watchlist.get(OURS)
    assert party is not None
    assert party.id == THEIRS, "what was kept ready is made again from the versions"
    await catalogue.close()
    await database.close()
    assert str(sync_url(database_url))
