"""A service as a process on a database of its own, asked over HTTP: what loading a list costs, and whether it keeps answering meanwhile."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]


class Service:
    """A running service with its address and its process."""

    def __init__(self, folder: Path, *, migrate: bool = True) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = {
            **os.environ,
            "KAREZ_DATABASE_URL": f"sqlite:///{folder / 'karez.db'}",
            "KAREZ_PORT": str(port),
            "KAREZ_MAX_DOCUMENT_BYTES": str(4 << 30),
            "KAREZ_MAX_UNPACKED_BYTES": str(8 << 30),
        }
        if migrate:
            subprocess.run(
                [sys.executable, "-m", "app", "migrate"], cwd=ROOT, env=environment, check=True, capture_output=True
            )
        with (folder / "service.log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=7_200)
        self.port = port

    def wait(self, seconds: float = 300) -> None:
        """Until the service is ready."""
        for _ in range(int(seconds * 10)):
            try:
                if self.client.get("/health/ready").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise TimeoutError("the service did not become ready")

    def put(self, list_id: str, body: Path, *, published: str) -> float:
        """Hand a document over; seconds until it is loaded."""
        started = time.perf_counter()
        with body.open("rb") as file:
            answer = self.client.put(
                f"/v1/lists/{list_id}/document",
                params={"published": published},
                content=iter(lambda: file.read(1 << 20), b""),
                headers={"Content-Type": "application/octet-stream"},
            )
        if answer.status_code not in (200, 201):
            raise RuntimeError(f"{list_id} was not loaded: {answer.status_code} {answer.text[:400]}")
        return time.perf_counter() - started

    def hit(self, name: str, kind: str = "unknown", lists: Sequence[str] = ()) -> bool:
        """Whether a name is found, on the given lists where some are."""
        asked: dict[str, Any] = {"queries": [{"name": name, "kind": kind}]}
        answer = self.client.post("/v1/screenings", json=asked | ({"lists": list(lists)} if lists else {}))
        answer.raise_for_status()
        return bool(answer.json()["results"][0]["hits"])

    def memory(self) -> dict[str, float]:
        """Megabytes now and at most, where the system tells."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return {}
        found = dict(re.findall(r"^(VmHWM|VmRSS):\s+(\d+) kB", status.read_text(), re.M))
        return {"resident, MB": int(found["VmRSS"]) / 1e3, "resident at most, MB": int(found["VmHWM"]) / 1e3}

    def stop(self) -> None:
        self.client.close()
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def restarted(self, name: str, lists: Sequence[str] = ()) -> tuple[Service, float]:
        """The service stopped and started again on its database, and the seconds until a name is found: its list comes from SQL."""
        self.stop()
        started = time.perf_counter()
        again = Service(self.folder, migrate=False)
        again.wait(600)
        while not again.hit(name, lists=lists):
            time.sleep(0.02)
        return again, time.perf_counter() - started


@contextmanager
def running() -> Iterator[tuple[Service, Path]]:
    """A service and its folder, both gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="karez-bench-") as name:
        service = Service(Path(name))
        try:
            service.wait()
            yield service, Path(name)
        finally:
            service.stop()


class Heartbeat(threading.Thread):
    """Screens a name every tenth of a second and keeps the slowest answer: does the service go on while a list loads?"""

    def __init__(self, service: Service) -> None:
        super().__init__(daemon=True)
        self.address = f"http://127.0.0.1:{service.port}"
        self.times: list[float] = []
        self.failed = 0
        self.over = threading.Event()

    def run(self) -> None:
        with httpx.Client(base_url=self.address, timeout=120) as client:
            while not self.over.wait(0.1):
                started = time.perf_counter()
                answer = client.post("/v1/screenings", json={"queries": [{"name": "Huo Liujun", "kind": "person"}]})
                self.times.append(time.perf_counter() - started)
                self.failed += answer.status_code != 200 or not answer.json()["results"][0]["hits"]

    def figures(self) -> dict[str, Any]:
        self.over.set()
        self.join(120)
        return {
            "screenings meanwhile": len(self.times),
            "of these failed": self.failed,
            "slowest screening meanwhile, s": max(self.times, default=0.0),
        }


def as_json(answer: httpx.Response) -> Any:
    answer.raise_for_status()
    return json.loads(answer.text)
