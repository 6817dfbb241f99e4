"""Editions, assessments, replays and keys on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.core.submission import Submission
from app.errors import BadRequest, Conflict, EditionRefused, Forbidden, NotFound, SourceChanged, Unauthorised
from app.services import assess as assessing
from app.services import keys, parties, refresh
from app.services.catalogue import Catalogue
from app.services.coverage import freshness
from app.settings import Settings
from app.sources import by_id
from app.store import refusals, versions
from app.store.database import Database
from app.store.tables import api_keys, assessments, editions, idempotency_keys, party_versions, reference_rows
from tests.fixtures_ofac import ADD, SDN, WHOLE, archive, document, sdn

SETTINGS = Settings()
BUREAU = {
    "profiles": ["us_person"],
    "as_of": "2026-11-23",
    "supplier": {"name": "Xinjiang Public Security Bureau", "kind": "government_body", "country": "CN"},
}
LIST = "us_ofac_sdn"


def read(document: Mapping[str, object]) -> Submission:
    return Submission.model_validate_json(json.dumps(document))


async def count(database: Database, table: object) -> int:
    async with database.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())  # type: ignore[arg-type]


async def test_the_builtin_editions_are_loaded_once(database: Database, catalogue: Catalogue) -> None:
    before = (
        await count(database, editions),
        await count(database, reference_rows),
        await count(database, party_versions),
    )
    await catalogue.install_builtin()
    assert (
        await count(database, editions),
        await count(database, reference_rows),
        await count(database, party_versions),
    ) == before
    loaded = await catalogue.current()
    assert len(loaded.engine.reference.places) == 228
    assert loaded.engine.reference.edition == loaded.editions["karez_reference"].id


async def test_a_list_is_loaded_whole_and_its_records_meet_the_reference(
    database: Database, catalogue: Catalogue
) -> None:
    loading = await refresh.load_document(database, LIST, WHOLE, settings=SETTINGS)
    assert loading.new
    assert loading.edition.parties == 6
    loaded = await catalogue.follow()
    linked = loaded.engine.watchlist.get("karez:xpsb")
    assert linked is not None
    assert linked.id == "us_ofac_sdn:29159"
    glomag = next(d for d in linked.designations if d.list == LIST)
    assert str(glomag.listed_on) == "2020-07-09"
    shown = await parties.get(database, "us_ofac_sdn:29159")
    assert shown["name"] == "XINJIANG PUBLIC SECURITY BUREAU"


async def test_the_same_content_makes_no_new_edition(database: Database, catalogue: Catalogue) -> None:
    first = await refresh.load_document(database, LIST, WHOLE, settings=SETTINGS)
    again = await refresh.load_document(database, LIST, WHOLE, settings=SETTINGS)
    assert not again.new
    assert again.edition.id == first.edition.id


async def test_an_edition_stores_differences_and_the_one_before_stays_readable(
    database: Database, catalogue: Catalogue
) -> None:
    body = document(sdn(1, "ALPHA EXEMPLAR"), sdn(2, "BETA EXEMPLAR"), sdn(3, "GAMMA EXEMPLAR"))
    first = (await refresh.load_document(database, LIST, body, settings=SETTINGS)).edition
    changed = document(sdn(1, "ALPHA EXEMPLAR"), sdn(2, "BETA EXEMPLAR", remarks="DOB 1970."), sdn(4, "DELTA EXEMPLAR"))
    second = (await refresh.load_document(database, LIST, changed, settings=SETTINGS)).edition
    assert (second.sequence, second.added, second.removed, second.changed) == (2, 1, 1, 1)
    async with database.read() as connection:
        old = [v.party_id for v in await versions.history(connection, LIST, first.place)]
        new = [v.party_id for v in await versions.history(connection, LIST, second.place)]
        held = await versions.held_digests(connection, LIST, second.place, new)
    assert old == ["us_ofac_sdn:1", "us_ofac_sdn:2", "us_ofac_sdn:3"]
    assert new == ["us_ofac_sdn:1", "us_ofac_sdn:2", "us_ofac_sdn:2", "us_ofac_sdn:3", "us_ofac_sdn:4"]
    assert sorted(held) == ["us_ofac_sdn:1", "us_ofac_sdn:2", "us_ofac_sdn:4"]
    assert (await parties.get(database, "us_ofac_sdn:3"))["name"] == "GAMMA EXEMPLAR"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (SDN[:400], "0x1A"),
        (b"<html><body>Service unavailable</body></html>", "HTML page"),
        (b"", "empty"),
        (SDN.replace(b"29160", b"29159"), "twice"),
        (archive(add=ADD), "needs sdn.csv"),
    ],
)
async def test_a_refused_document_changes_nothing_and_says_why(
    database: Database, catalogue: Catalogue, body: bytes, reason: str
) -> None:
    await refresh.load_document(database, LIST, WHOLE, settings=SETTINGS)
    before = await count(database, editions), await count(database, party_versions)
    with pytest.raises(SourceChanged, match=reason):
        await refresh.load_document(database, LIST, body, settings=SETTINGS)
    assert (await count(database, editions), await count(database, party_versions)) == before
    async with database.read() as connection:
        assert reason in (await refusals.newest(connection))[LIST].reason


async def test_an_edition_that_shrank_by_more_than_half_waits_for_a_person(
    database: Database, catalogue: Catalogue
) -> None:
    await refresh.load_document(database, LIST, WHOLE, settings=SETTINGS)
    small = document(sdn(29159, "XINJIANG PUBLIC SECURITY BUREAU"))
    with pytest.raises(EditionRefused, match="1 parties where the edition before had 6"):
        await refresh.load_document(database, LIST, small, settings=SETTINGS)
    assert (await refresh.load_document(database, LIST, small, settings=SETTINGS, accept=True)).new


async def test_an_assessment_replays_identically_after_other_editions(database: Database, catalogue: Catalogue) -> None:
    answer = await assessing.assess(database, catalogue, read(BUREAU), owner="test")
    assert json.loads(answer.document)["rating"] == "prohibited"
    await refresh.load_document(database, LIST, WHOLE, settings=SETTINGS)
    await catalogue.follow()
    later = await assessing.assess(database, catalogue, read(BUREAU), owner="test")
    assert json.loads(later.document)["hits"] != json.loads(answer.document)["hits"]
    for made in (answer, later):
        replayed = await assessing.replay(database, catalogue, made.id)
        assert replayed["identical"], replayed["differences"]


async def test_a_tampered_record_does_not_replay_as_identical(database: Database, catalogue: Catalogue) -> None:
    answer = await assessing.assess(database, catalogue, read(BUREAU), owner="test")
    record = json.loads(answer.document)
    record["rating"] = "low"
    async with database.write() as connection:
        await connection.execute(assessments.update().values(document=json.dumps(record)))
    replayed = await assessing.replay(database, catalogue, answer.id)
    assert not replayed["identical"]
    assert replayed["differences"][0] == {"pointer": "/rating", "stored": "low", "replayed": "prohibited"}


async def test_concurrent_retries_with_one_key_make_one_assessment(database: Database, catalogue: Catalogue) -> None:
    await catalogue.current()
    answers = await asyncio.gather(
        *(assessing.assess(database, catalogue, read(BUREAU), owner="test", key="order-1") for _ in range(12))
    )
    assert len({a.id for a in answers}) == 1
    assert len({a.document for a in answers}) == 1
    assert await count(database, assessments) == 1
    assert await count(database, idempotency_keys) == 1
    with pytest.raises(Conflict):
        await assessing.assess(
            database, catalogue, read({**BUREAU, "client_reference": "other"}), owner="test", key="order-1"
        )
    other = await assessing.assess(database, catalogue, read(BUREAU), owner="somebody else", key="order-1")
    assert other.id != answers[0].id


async def test_concurrent_first_submissions_are_all_kept(database: Database, catalogue: Catalogue) -> None:
    await catalogue.current()
    answers = await asyncio.gather(
        *(assessing.assess(database, catalogue, read(BUREAU), owner="test") for _ in range(8))
    )
    assert len({a.id for a in answers}) == 8
    assert await count(database, assessments) == 8


async def test_pages_go_through_every_assessment_once_newest_first(database: Database, catalogue: Catalogue) -> None:
    made = [
        (await assessing.assess(database, catalogue, read({**BUREAU, "client_reference": f"r{n}"}), owner="t")).id
        for n in range(5)
    ]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        rows, cursor = await assessing.page(database, cursor=cursor, limit=2)
        seen += [json.loads(r)["id"] for r in rows]
        if cursor is None:
            break
    assert seen == made[::-1]
    only, _ = await assessing.page(database, client_reference="r3")
    assert [json.loads(r)["id"] for r in only] == [made[3]]
    with pytest.raises(BadRequest):
        await assessing.page(database, cursor="bm9uc2Vuc2U")


async def test_as_of_may_lie_ten_years_ahead_and_no_more(database: Database, catalogue: Catalogue) -> None:
    near = (datetime.now(UTC) + timedelta(days=3_000)).date().isoformat()
    assert (await assessing.assess(database, catalogue, read({**BUREAU, "as_of": near}), owner="t")).new
    with pytest.raises(BadRequest, match="ten years"):
        await assessing.assess(database, catalogue, read({**BUREAU, "as_of": "2060-01-01"}), owner="t")


async def test_a_key_is_kept_as_a_digest_and_opens_its_scopes_only(database: Database) -> None:
    text, key = await keys.create(database, "erp", ("assess",))
    async with database.read() as connection:
        rows = (await connection.execute(select(api_keys))).mappings().all()
    assert text not in str(rows)
    caller = await keys.verify(database, text)
    caller.need("assess")
    with pytest.raises(Forbidden):
        caller.need("admin")
    for wrong in (None, "", text[:-1], text + "x", "karez_", "' OR 1=1--"):
        with pytest.raises(Unauthorised):
            await keys.verify(database, wrong)
    await keys.revoke(database, key.id)
    with pytest.raises(Unauthorised):
        await keys.verify(database, text)
    with pytest.raises(NotFound):
        await keys.revoke(database, "nobody")


async def test_another_process_takes_up_a_new_edition(database: Database, catalogue: Catalogue) -> None:
    other = Catalogue(database)
    assert LIST not in (await other.current()).editions
    await refresh.load_document(database, LIST, WHOLE, settings=SETTINGS)
    for _ in range(100):
        if LIST in (await other.current()).editions:
            break
        await asyncio.sleep(0.1)
    assert LIST in (await other.current()).editions
    await other.close()


async def test_an_edition_is_as_old_as_it_says(database: Database, catalogue: Catalogue) -> None:
    source = by_id(LIST)
    assert source is not None
    moment = datetime.now(UTC)
    undated = (await refresh.load_document(database, LIST, WHOLE, settings=SETTINGS)).edition
    assert freshness(source, undated, moment) == (
        False,
        "handed over without a publication date, so its age is unknown",
    )
    today = (await refresh.load_document(database, LIST, WHOLE, settings=SETTINGS, published=moment.date())).edition
    assert freshness(source, today, moment)[0]
    assert not freshness(source, today, moment + timedelta(days=3))[0]
    with pytest.raises(BadRequest):
        await refresh.load_document(
            database, LIST, WHOLE, settings=SETTINGS, published=(moment + timedelta(days=2)).date()
        )


async def test_a_list_without_a_reader_is_a_conflict_and_an_unknown_one_is_not_found(database: Database) -> None:
    with pytest.raises(Conflict):
        await refresh.load_document(database, "us_1260h", b"x", settings=SETTINGS)
    with pytest.raises(NotFound):
        await refresh.load_document(database, "nope", b"x", settings=SETTINGS)
