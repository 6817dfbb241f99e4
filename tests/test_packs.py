"""Editions held ready for the index: made when a list is loaded, read by every process, made anew only where something differs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import delete, func, select, update

from app.core.listed.packed_bytes import from_bytes, to_bytes
from app.core.screening.readings import ROOT, ROOTS, imported, version
from app.core.submission import SubmittedParty
from app.services import packs, refresh
from app.services.catalogue import Catalogue
from app.settings import Settings
from app.store import catalogue as store
from app.store import packs as packs_store
from app.store.catalogue import Edition
from app.store.database import Database
from app.store.packs import PackKey
from app.store.tables import pack_parts, party_versions
from app.store.tables import packs as heads
from tests.fixtures_ofac import document, sdn

LIST = "us_ofac_sdn"
SETTINGS = Settings()
GREEK = ("ALPHA", "BETA", "GAMMA", "DELTA", "EPSILON", "ZETA", "ETA", "THETA", "IOTA", "KAPPA")


def body(*names: str, changed: str = "", without: str = "") -> bytes:
    """A list of exemplar companies, one of them with a new alias."""
    return document(
        *(
            sdn(n, f"{name} EXEMPLAR", remarks=f"a.k.a. '{name} NOVA WORKS'." if name == changed else "-0- ")
            for n, name in enumerate(names, start=1)
            if name != without
        )
    )


async def load(database: Database, document_: bytes, day: str) -> Edition:
    loading = await refresh.load_document(
        database, LIST, document_, settings=SETTINGS, published=date.fromisoformat(day), accept="test"
    )
    return loading.edition


async def held(database: Database) -> list[tuple[PackKey, int]]:
    """What is kept of the list, with the number of parts."""
    async with database.read() as connection:
        rows = (await connection.execute(select(heads).where(heads.c.source == LIST))).all()
    return [(PackKey(*row[:4]), row.parts) for row in rows]


async def stored(database: Database, key: PackKey) -> list[bytes]:
    async with database.read() as connection:
        parts = select(pack_parts.c.data).where(pack_parts.c.edition == key.edition, pack_parts.c.depth == key.depth)
        return [bytes(row.data) for row in await connection.execute(parts.order_by(pack_parts.c.number))]


def names(parts: Sequence[bytes]) -> list[str]:
    return [p.party(n).name for data in parts for p in [from_bytes(data)] for n in range(len(p))]


def found(catalogue_engine: Catalogue, name: str, day: str = "2026-11-01") -> list[str]:
    assert catalogue_engine._current is not None
    watchlist = catalogue_engine._current.engine.watchlist
    hits = watchlist.screen(SubmittedParty(name=name), subject="s", as_of=date.fromisoformat(day), threshold=0.1)
    return [h.party.id for h in hits if h.features[0].score == 1.0]


async def test_another_process_answers_from_what_the_loading_one_has_made(
    database: Database, catalogue: Catalogue
) -> None:
    """Not even the documents of the versions are read: here they are destroyed."""
    await load(database, body(*GREEK), "2024-01-01")
    async with database.write() as connection:
        await connection.execute(update(party_versions).where(party_versions.c.source == LIST).values(document="{}"))
    await catalogue.current()
    assert found(catalogue, "Delta Exemplar") == ["us_ofac_sdn:4"]


async def test_only_parts_with_differences_are_made_anew(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "PART", 3)
    first = await load(database, body(*GREEK), "2024-01-01")
    ((before, count),) = await held(database)
    assert (before.edition, before.depth, count) == (first.id, 1, 4)
    old = await stored(database, before)
    second = await load(database, body(*GREEK, "LAMBDA", changed="BETA", without="THETA"), "2024-02-01")
    ((after, count),) = await held(database)
    assert (after.edition, after.depth) == (second.id, 2)
    new = await stored(database, after)
    whole = [to_bytes(p) for p in await packs.from_versions(database, second)]
    assert sorted(names(new)) == sorted(names(whole)) == sorted(f"{n} EXEMPLAR" for n in (*GREEK, "LAMBDA"))
    differ = {"BETA EXEMPLAR", "THETA EXEMPLAR", "LAMBDA EXEMPLAR"}
    kept = [part for part in old if not differ & set(names([part]))]
    assert len(kept) == 2
    assert all(part in new for part in kept)
    await catalogue.current()
    assert found(catalogue, "Beta Nova Works") == ["us_ofac_sdn:2"]
    assert found(catalogue, "Theta Exemplar") == ["us_ofac_sdn:8"]


async def test_an_edition_that_comes_late_and_lies_earlier_is_known_at_once(
    database: Database, catalogue: Catalogue
) -> None:
    """It is not the current one; but it tells of a party that the list dropped since."""
    await load(database, body(*GREEK, without="ETA"), "2024-02-01")
    await catalogue.current()
    assert found(catalogue, "Eta Exemplar") == []
    await load(database, body(*GREEK), "2024-01-01")
    await catalogue.follow()
    assert found(catalogue, "Eta Exemplar") == ["us_ofac_sdn:7"]
    ((key, _),) = await held(database)
    assert key.depth == 2
    async with database.read() as connection:
        latest = (await store.current_editions(connection))[LIST]
    assert latest.id == key.edition
    assert names(await stored(database, key)) == names(
        [to_bytes(p) for p in await packs.from_versions(database, latest)]
    )


async def test_what_is_missing_or_was_never_finished_is_made_again(database: Database, catalogue: Catalogue) -> None:
    edition = await load(database, body(*GREEK), "2024-01-01")
    ((key, _),) = await held(database)
    async with database.write() as connection:
        await connection.execute(delete(pack_parts))
    assert await packs.read(database, key) is None
    await catalogue.current()
    assert found(catalogue, "Delta Exemplar") == ["us_ofac_sdn:4"]
    assert await packs.read(database, key) is not None
    unfinished = PackKey(LIST, "us_ofac_sdn@9-dead", 9, key.analysis)
    async with database.write() as connection:
        await packs_store.add(connection, unfinished, packs_store.Part(0, "", b"x"))
        await packs_store.add(
            connection, key.__class__(LIST, edition.id, 7, key.analysis), packs_store.Part(0, "", b"y")
        )
    await load(database, body(*GREEK), "2024-01-02")
    async with database.read() as connection:
        rows = (await connection.execute(select(func.count()).select_from(pack_parts))).scalar_one()
    assert rows == 1


async def test_parts_of_another_version_of_the_code_are_not_used(database: Database, catalogue: Catalogue) -> None:
    await load(database, body(*GREEK), "2024-01-01")
    async with database.write() as connection:
        for table in (heads, pack_parts):
            await connection.execute(update(table).values(analysis="of an older version"))
        await connection.execute(update(pack_parts).values(data=b"not ours"))
    await catalogue.current()
    assert found(catalogue, "Delta Exemplar") == ["us_ofac_sdn:4"]
    assert {key.analysis for key, _ in await held(database)} == {"of an older version", version()}


def test_the_version_covers_every_file_that_packs_are_made_with() -> None:
    asked = "import sys, app.core.listed.packed_bytes, app.core.history; print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('app.core.')))"
    loaded = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=True, capture_output=True, text=True)
    files = {name for name in loaded.stdout.split() if not name.endswith("__init__.py")}
    assert files <= {str(path) for path in imported([ROOT / name for name in ROOTS])}
