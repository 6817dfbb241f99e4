"""Real processes, killed at the worst moment: the edition before goes on answering, and another process finishes the work."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import Engine, NullPool, create_engine, text

from app.core.submission import SubmittedParty
from app.services.catalogue import Catalogue
from app.services.clock import today
from app.store.database import Database, sync_url
from tests.fixtures_ofac import SDN, document, sdn
from tests.support import ROOT

LIST = "us_ofac_sdn"
OLD = document(*(sdn(n, f"EXEMPLAR NUMBER {n} TRADING") for n in range(1, 5_001)))
NEW = document(*(sdn(n, f"EXEMPLAR NUMBER {n} HOLDINGS") for n in range(2, 6_001)))


@pytest.fixture
def environment(database_url: str) -> dict[str, str]:
    """The environment of processes on a migrated database, on each of the two in turn."""
    made = {k: v for k, v in os.environ.items() if not k.startswith("KAREZ_")}
    return made | {"KAREZ_DATABASE_URL": database_url, "KAREZ_LEASE_SECONDS": "1.5", "PYTHONPATH": str(ROOT)}


def load(environment: dict[str, str], path: Path, published: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "app", "refresh", LIST, "--file", str(path), "--published", published]
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finish(process: subprocess.Popen[str]) -> str:
    """What a process printed, once it ended well."""
    printed, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return printed.replace("\n", " ")


def ask(environment: dict[str, str], statement: str) -> int:
    with _engine(environment["KAREZ_DATABASE_URL"]).connect() as connection:
        return int(connection.execute(text(statement)).scalar_one())


@cache
def _engine(url: str) -> Engine:
    return create_engine(sync_url(url), poolclass=NullPool)


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[str], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.002)


async def found(environment: dict[str, str], name: str) -> bool:
    database = Database(environment["KAREZ_DATABASE_URL"])
    catalogue = Catalogue(database)
    try:
        await catalogue.install_builtin()
        watchlist = (await catalogue.current()).engine.watchlist
        hits = watchlist.screen(SubmittedParty(name=name), subject="q", as_of=today(), limit=50)
        return any(
            h.party.name.lower() == name.lower() and not all(d.ended_on for d in p.designations)
            for h in hits
            if (p := watchlist.get(h.party.id)) is not None
        )
    finally:
        await catalogue.close()
        await database.close()


MOMENTS = {
    "while reading": "SELECT count(*) FROM staged_parties",
    "before storing": "SELECT count(*) FROM list_states WHERE loading_place IS NOT NULL",
    "while storing": "SELECT count(*) FROM party_versions WHERE from_place NOT IN (SELECT place FROM editions)",
    "while indexing": "SELECT count(*) FROM pack_parts WHERE edition NOT IN (SELECT id FROM editions)",
}


@pytest.mark.parametrize(
    ("database_url", "moment"),
    [
        *(pytest.param("sqlite", moment, id=f"sqlite {name}") for name, moment in MOMENTS.items()),
        *(pytest.param("postgresql", MOMENTS[n], id=f"postgresql {n}") for n in ("while storing", "while indexing")),
    ],
    indirect=["database_url"],
)
def test_a_load_that_is_killed_leaves_the_edition_before_and_the_next_one_cleans_up(
    environment: dict[str, str], tmp_path: Path, moment: str
) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_bytes(OLD)
    new.write_bytes(NEW)
    assert finish(load(environment, old, "2019-01-01"))
    process = load(environment, new, "2019-02-01")
    wait_for(lambda: ask(environment, moment) > 0, process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert ask(environment, f"SELECT count(*) FROM editions WHERE source = '{LIST}'") == 1
    assert asyncio.run(found(environment, "Exemplar Number 77 Trading"))
    assert not asyncio.run(found(environment, "Exemplar Number 77 Holdings"))
    assert "5999 parties" in finish(load(environment, new, "2019-02-01"))
    for leftover in (
        "SELECT count(*) FROM staged_parties",
        "SELECT count(*) FROM list_states WHERE loading_place IS NOT NULL OR owner IS NOT NULL",
        "SELECT count(*) FROM party_versions WHERE from_place NOT IN (SELECT place FROM editions)",
        "SELECT count(*) FROM party_versions WHERE until_place NOT IN (SELECT place FROM editions)",
        "SELECT count(*) FROM party_lists WHERE version_id NOT IN (SELECT id FROM party_versions)",
        "SELECT count(*) FROM pack_parts WHERE edition NOT IN (SELECT id FROM editions)",
    ):
        assert ask(environment, leftover) == 0, leftover
    assert asyncio.run(found(environment, "Exemplar Number 77 Holdings"))
    assert not asyncio.run(found(environment, "Exemplar Number 1 Trading"))


class Publisher(ThreadingHTTPServer):
    """A publisher that counts its visitors; the first one of ``slow`` waits."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.visits: list[float] = []
        self.at_once = self.most_at_once = 0
        self.slow = 0.0
        self.body = SDN
        self.lock = threading.Lock()


class Visit(BaseHTTPRequestHandler):
    server: Publisher

    def do_GET(self) -> None:
        server = self.server
        with server.lock:
            server.visits.append(time.monotonic())
            server.at_once += 1
            server.most_at_once = max(server.most_at_once, server.at_once)
            wait, server.slow = server.slow, 0.0
        try:
            time.sleep(wait)
            self.send_response(200)
            self.send_header("Content-Length", str(len(server.body)))
            self.end_headers()
            self.wfile.write(server.body)
        except OSError:
            pass
        finally:
            with server.lock:
                server.at_once -= 1

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    made = Publisher()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def replica(environment: dict[str, str], publisher: Publisher, every: float) -> subprocess.Popen[str]:
    """A process that runs the schedule for one list, which our publisher gives out."""
    code = f"""
import asyncio
from dataclasses import replace
from datetime import timedelta
import app.sources
from app.core.source import Document, Format
from app.services import refresh, schedule
from app.settings import Settings
from app.sources.us_ofac_sdn import us_ofac_sdn as real
from app.store.database import Database

document = Document("sdn.csv", lambda head: True, url="http://127.0.0.1:{publisher.server_port}/sdn.csv")
form = Format("csv", (document,), real.formats[0].parse)
source = replace(real, formats=(form,), must_name=(), expect=range(1, 100), every=timedelta(seconds={every}))
for module in (app.sources, refresh, schedule):
    module.SOURCES = (source,)

async def main():
    settings = Settings()
    await schedule.run(Database(settings.database_url), settings, tick=0.2)

asyncio.run(main())
"""
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def stop(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        process.kill()
        process.wait(10)
        if process.stderr is not None:
            process.stderr.close()


def test_of_two_replicas_one_refreshes_each_time_and_the_other_takes_over_when_it_dies(
    environment: dict[str, str], publisher: Publisher
) -> None:
    publisher.slow = 30.0
    first = replica(environment, publisher, every=3.0)
    second = third = None
    try:
        wait_for(lambda: len(publisher.visits) == 1, first)
        second = replica(environment, publisher, every=3.0)
        time.sleep(3.0)
        assert len(publisher.visits) == 1, "the list is leased to the first, which is still waiting for its publisher"
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        died = time.monotonic()
        editions = f"SELECT count(*) FROM editions WHERE source = '{LIST}'"
        wait_for(lambda: ask(environment, editions) == 1, second, 30)
        assert publisher.visits[1] - died < 15
        third = replica(environment, publisher, every=3.0)
        seen = len(publisher.visits)
        began = time.monotonic()
        wait_for(lambda: len(publisher.visits) >= seen + 3, second, 60)
        gaps = [b - a for a, b in zip(publisher.visits[seen:], publisher.visits[seen + 1 :], strict=False)]
        assert all(gap > 2.5 for gap in gaps), "two replicas fetch no more often than one"
        assert time.monotonic() - began > 5
        assert publisher.most_at_once <= 2, "the one that was killed, and the one that took over"
        assert ask(environment, editions) == 1
    finally:
        stop(*(p for p in (first, second, third) if p is not None))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_offline_service_starts_from_a_folder_of_files(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    (folder / LIST / "2019-02-01").mkdir(parents=True)
    (folder / LIST / "2019-02-01" / "sdn.csv").write_bytes(NEW)
    (folder / f"{LIST}@2019-01-01.csv").write_bytes(OLD)
    (folder / "readme.txt").write_text("not a list")
    done = subprocess.run(
        [sys.executable, "-m", "app", "refresh", "--all", "--folder", str(folder)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "5999 parties" in done.stdout
    days = f"SELECT count(DISTINCT day) FROM editions WHERE source = '{LIST}' AND day IN ('2019-01-01', '2019-02-01')"
    assert ask(environment, days) == 2
