"""Migrations run up and down with data in place on both databases, and the tables in code are what they make."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from app.core.submission import Submission
from app.services import assess as assessing
from app.services.catalogue import Catalogue
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
