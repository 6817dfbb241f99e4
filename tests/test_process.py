"""The service as a process: it starts, answers hostile requests in good order, keeps its promises, and stops gracefully."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.examples import SHIRTS
from tests.support import ROOT, SHARED

TOOLS = SHARED / "tools"
absent = pytest.mark.skipif(not TOOLS.exists(), reason="the shared tools lie beside the checkout and are not here")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def karez(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class Served:
    """A running service: its address and its process."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = log
        with log.open("w") as sink:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app", "serve"],
                cwd=ROOT,
                env={**environment, "KAREZ_PORT": str(self.port)},
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + 120  # the first start on a machine compiles the matcher
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/health/ready", timeout=2) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                assert self.process.poll() is None, log.read_text()
                time.sleep(0.1)
        raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    path = tmp_path_factory.mktemp("served")
    made = {k: v for k, v in os.environ.items() if not k.startswith("KAREZ_")}
    made |= {"KAREZ_DATABASE_URL": f"sqlite:///{path / 'karez.db'}", "PYTHONWARNINGS": "default"}
    done = karez(made, "migrate")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def served(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(environment, tmp_path_factory.mktemp("log") / "log.txt")
    yield made
    if made.process.poll() is None:
        os.killpg(made.process.pid, signal.SIGKILL)
    made.process.wait(10)


@absent
def test_the_worked_submissions_pass_against_the_live_service(served: Served) -> None:
    done = subprocess.run(
        [sys.executable, str(TOOLS / "run_cases.py"), "--base-url", served.address, "--min-passed", "1", "--max-breaches", "0"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@absent
def test_hostile_requests_are_refused_in_good_order(served: Served) -> None:
    done = subprocess.run(
        [sys.executable, str(TOOLS / "bad_inputs.py"), "--base-url", served.address, "--quiet"],
        capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_log_names_nobody(served: Served) -> None:
    body = json.dumps({"supplier": {"name": "Confidential Specimen Trading"}}).encode()
    request = urllib.request.Request(f"{served.address}/v1/assessments", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        made = json.loads(answer.read())
    time.sleep(0.2)
    text = served.log.read_text()
    assert "Confidential" not in text.split("Try:")[-1]
    assert made["id"] not in text
    assert '"route": "/v1/assessments"' in text


def test_it_greets_with_the_docs_page_and_one_request(served: Served) -> None:
    text = served.log.read_text()
    assert f"{served.address}/docs" in text
    assert "curl -s" in text


def test_what_the_matcher_compiles_is_compiled_before_the_service_is_ready(
    environment: dict[str, str], tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    made = Served({**environment, "NUMBA_CACHE_DIR": str(cache)}, tmp_path / "log.txt")
    try:
        ready = {p.name for p in cache.rglob("*") if p.is_file()}
        body = json.dumps(SHIRTS).encode()
        for path, sent in (("assessments", body), ("screenings", b'{"queries": [{"name": "Huo Liujun"}]}')):
            request = urllib.request.Request(f"{made.address}/v1/{path}", sent, {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=60) as answer:
                assert answer.status in (200, 201)
        assert ready
        assert {p.name for p in cache.rglob("*") if p.is_file()} == ready
    finally:
        made.process.terminate()
        made.process.wait(20)


def test_an_address_in_use_is_one_line_before_anything_is_said(served: Served, environment: dict[str, str]) -> None:
    refused = karez({**environment, "KAREZ_PORT": str(served.port)}, "serve")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"karez: cannot listen on 127.0.0.1:{served.port} (")
    assert len(refused.stderr.splitlines()) == 1


def test_sigterm_stops_it_gracefully(environment: dict[str, str], tmp_path: Path) -> None:
    made = Served(environment, tmp_path / "log.txt")
    made.process.send_signal(signal.SIGTERM)
    assert made.process.wait(20) in (0, -signal.SIGTERM)


def test_off_loopback_it_refuses_to_start_until_a_key_exists(tmp_path: Path, environment: dict[str, str]) -> None:
    outside = {
        **environment,
        "KAREZ_DATABASE_URL": f"sqlite:///{tmp_path / 'k.db'}",
        "KAREZ_HOST": "0.0.0.0",
        "KAREZ_PORT": str(free_port()),
    }
    assert karez(outside, "migrate").returncode == 0
    refused = karez(outside, "serve")
    assert refused.returncode == 2
    assert "karez keys create" in refused.stderr
    made = karez(outside, "keys", "create", "erp")
    assert made.returncode == 0
    key = made.stdout.strip()
    assert key.startswith("karez_")
    serving = Served(outside, tmp_path / "log.txt")
    try:
        request = urllib.request.Request(f"{serving.address}/v1/lists", headers={"X-API-Key": key})
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200
    finally:
        serving.process.terminate()
        serving.process.wait(20)


def test_serving_a_database_that_is_not_migrated_says_what_to_do(tmp_path: Path, environment: dict[str, str]) -> None:
    done = karez({**environment, "KAREZ_DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"}, "serve")
    assert done.returncode == 2
    assert "karez migrate" in done.stderr
