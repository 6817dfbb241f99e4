"""Migrations run up and down with data in place on both databases, and the tables in code are what they make."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from app.core.policy import PolicyDocument
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
    before = tables(database_url)
    migrate.downgrade(database_url, "0003")
    migrate.downgrade(database_url, "-1")
    assert before - tables(database_url) == {"policies", "policy_activations", "policy_requests"}
    migrate.upgrade(database_url)
    migrate.check(database_url)
    database = Database(database_url)
    assert await assessing.get(database, answer.id) == answer.document
    assert (await keeping.page(database))[0] == []
    await database.close()
