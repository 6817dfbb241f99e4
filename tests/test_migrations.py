"""Migrations run up and down with data in place on both databases, and the tables in code are what they make."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from app.core.law.policy import PolicyDocument
from app.core.submission import Submission
from app.services import assess as assessing
from app.services import policies as keeping
from app.services.catalogue import Catalogue
from app.services.keys import Caller
from app.store import migrate
from app.store.database import Database, sync_url


def tables(url: str) -> set[str]:
    engine = create_engine(sync_url(url))
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


async def test_up_down_and_up_again_with_data_in_place(database_url: str) -> None:
    database = Database(database_url)
    catalogue = Catalogue(database)
    await catalogue.install_builtin()
    submission = Submission.model_validate({"supplier": {"name": "Yangli Paper"}})
    await assessing.assess(database, catalogue, submission, owner="test", key="k")
    await catalogue.close()
    await database.close()
    assert migrate.is_current(database_url)
    migrate.downgrade(database_url, "base")
    assert tables(database_url) <= {"alembic_version"}
    assert not migrate.is_current(database_url)
    migrate.upgrade(database_url)
    migrate.upgrade(database_url)
    assert migrate.is_current(database_url)


def test_the_schema_is_what_the_tables_in_code_say(database_url: str) -> None:
    migrate.check(database_url)


@pytest.mark.parametrize("url", ["mysql://localhost/x", "oracle://localhost/x"])
def test_another_database_is_refused_by_name(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:/// or postgresql://"):
        sync_url(url)


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a' / 'b' / 'karez.db'}"
    migrate.upgrade(url)
    assert migrate.is_current(url)


async def test_policies_go_down_and_up_and_leave_assessments_where_they_are(database_url: str) -> None:
    database = Database(database_url)
    catalogue = Catalogue(database)
    await catalogue.install_builtin()
    caller = Caller("key", frozenset({"admin"}), "desk")
    document = PolicyDocument.model_validate({"title": "t", "floors": [{"rating": "high", "countries": ["CN"]}]})
    made = await keeping.draft(database, catalogue, document, caller=caller, key="k")
    await keeping.activate(database, catalogue, made["id"], reason="r", from_day=None, caller=caller, key="l")
    await keeping.roll_back(database, catalogue, made["id"], reason="r", to=None, caller=caller)
    submission = Submission.model_validate({"supplier": {"name": "Yangli Paper"}})
    answer = await assessing.assess(database, catalogue, submission, owner="test")
    await catalogue.close()
    await database.close()
    migrate.downgrade(database_url, "0003")
    before = tables(database_url)
    migrate.downgrade(database_url, "-1")
    assert before - tables(database_url) == {"policies", "policy_activations", "policy_requests"}
    migrate.upgrade(database_url)
    migrate.check(database_url)
    database = Database(database_url)
    assert await assessing.get(database, answer.id) == answer.document
    assert (await keeping.page(database))[0] == []
    await database.close()


def test_editions_of_the_first_schema_get_their_place_in_time_and_give_it_back(database_url: str) -> None:
    """Two editions of a list, the second published before the first: the order of loading was the order in time, and stays so."""
    migrate.downgrade(database_url, "0001")
    engine = create_engine(sync_url(database_url))
    moments = {1: "2024-03-01 10:00:00", 2: "2024-03-02 10:00:00"}
    with engine.begin() as connection:
        for n, published in ((1, "2024-02-10"), (2, "2024-01-10")):
            connection.execute(
                text(
                    "INSERT INTO editions (id, source, kind, sequence, digest, document_digest, published, handed_over,"
                    " fetched_at, loaded_at, parties, added, removed, changed)"
                    " VALUES (:id, 'l', 'list', :n, 'd', 'd', :published, 1, :at, :at, 1, 0, 0, 0)"
                ),
                {"id": f"l@{n}", "n": n, "published": published, "at": moments[n]},
            )
        for key, since, until in ((1, 1, 2), (2, 2, None)):
            connection.execute(
                text(
                    "INSERT INTO party_versions (id, source, party_id, from_sequence, until_sequence, recorded_at, digest,"
                    " document) VALUES (:id, 'l', 'l:1', :since, :until, :at, 'd', '{}')"
                ),
                {"id": key, "since": since, "until": until, "at": moments[since]},
            )
            connection.execute(text("INSERT INTO party_lists VALUES (:id, 'l', 'P')"), {"id": key})
    migrate.upgrade(database_url)
    migrate.check(database_url)
    with engine.begin() as connection:
        places: dict[str, int] = dict(
            connection.execute(text("SELECT id, place FROM editions WHERE source = 'l'")).all()
        )
        spans = connection.execute(text("SELECT from_place, until_place FROM party_versions ORDER BY id")).all()
        assert places["l@1"] < places["l@2"]
        assert [tuple(s) for s in spans] == [(places["l@1"], places["l@2"]), (places["l@2"], None)]
    migrate.downgrade(database_url, "0001")
    with engine.begin() as connection:
        spans = connection.execute(text("SELECT from_sequence, until_sequence FROM party_versions ORDER BY id")).all()
        assert [tuple(s) for s in spans] == [(1, 2), (2, None)]
        assert connection.execute(text("SELECT count(*) FROM party_lists")).scalar_one() == 2
    engine.dispose()
    migrate.upgrade(database_url)
