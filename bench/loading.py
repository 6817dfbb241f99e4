"""Loading: an OFAC edition after another through the service, their difference, and a million entities in bounded memory."""

from __future__ import annotations

import statistics
import time
import zipfile
from pathlib import Path
from typing import Any

from .ftm import write
from .ofac import documents
from .service import Heartbeat, Service, as_json, running

OFAC = "us_ofac_sdn"
OLD, NEW = "2024-01-08", "2024-07-02"


def refresh(data: Path) -> dict[str, Any]:
    """Seconds to load the first edition, the second, to see their difference, and until a newly listed party is found."""
    first, second = data / "ofac" / f"sdn_csv_{OLD}", data / "ofac" / f"sdn_csv_{NEW}"
    if not (first / "sdn.csv.gz").exists() or not (second / "sdn.csv.gz").exists():
        return {"left out": f"no OFAC editions under {data}"}
    with running() as (service, folder):
        figures: dict[str, Any] = {"parties of the first": _rows(first), "parties of the second": _rows(second)}
        for what, source, day in (("first edition", first, OLD), ("second edition", second, NEW)):
            body = folder / f"{day}.zip"
            with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in documents(source).items():
                    archive.writestr(name, content)
            beat = Heartbeat(service)
            beat.start()
            figures[f"{what}: load, s"] = service.put(OFAC, body, published=day)
            started = time.perf_counter()
            name = _until_found(service, documents(source)["sdn.csv"])
            figures[f"{what}: searchable after, s"] = time.perf_counter() - started
            figures |= {f"{what}: {k}": v for k, v in beat.figures().items()}
        figures |= _difference(service)
        figures |= service.memory()
        again, seconds = service.restarted(name)
        again.stop()
        return figures | {"started again, its list from SQL: searchable after, s": seconds}


def _rows(folder: Path) -> int:
    return sum(line[:1].isdigit() for line in documents(folder)["sdn.csv"].split(b"\r\n"))


def _until_found(service: Service, sdn: bytes) -> str:
    """Ask for the last party of the file until it is found: a newer edition's numbers are its new parties."""
    last = [line for line in sdn.decode("ascii").split("\r\n") if line[:1].isdigit()][-1]
    name = last.split(",", 1)[1].split('"')[1]
    for _ in range(600):
        if service.hit(name):
            return name
        time.sleep(0.05)
    raise TimeoutError(f"{name} was loaded and is not found")


def _difference(service: Service) -> dict[str, Any]:
    found = as_json(service.client.get(f"/v1/lists/{OFAC}/editions"))
    editions = found if isinstance(found, list) else found.get("editions") or found.get("items")
    ids = [e["id"] if "id" in e else e["edition"] for e in editions]
    started = time.perf_counter()
    answer = service.client.get(f"/v1/lists/{OFAC}/editions/{ids[-1]}...{ids[0]}")
    if answer.status_code == 404:
        return {"difference": "the service does not show it"}
    counts = as_json(answer)
    made: dict[str, Any] = {"difference, s": time.perf_counter() - started}
    for name in ("added", "removed", "changed"):
        value = counts.get(name)
        made[name] = len(value) if isinstance(value, list) else value
    return made


def many(data: Path, *, count: int, seed: int) -> dict[str, Any]:
    """``count`` generated FollowTheMoney parties handed to a running service: seconds, memory, and its answers meanwhile."""
    with running() as (service, folder):
        path = folder / "entities.ftm.json"
        started = time.perf_counter()
        lines, names = write(path, data, count=count, seed=seed)
        figures: dict[str, Any] = {"parties": count, "lines": lines}
        figures["made in, s"] = time.perf_counter() - started
        figures["file, MB"] = path.stat().st_size / 1e6
        before = service.memory()
        beat = Heartbeat(service)
        beat.start()
        figures["load, s"] = service.put("ftm", path, published="2026-11-01")
        started = time.perf_counter()
        while not service.hit(names[-1], lists=["ftm"]):
            time.sleep(0.2)
        figures["searchable after, s"] = time.perf_counter() - started
        figures |= beat.figures()
        times = []
        for name in names:
            started = time.perf_counter()
            found = service.hit(name, lists=["ftm"])
            times.append(time.perf_counter() - started)
            figures["of a hundred of them found"] = figures.get("of a hundred of them found", 0) + found
        figures["one of them asked over HTTP, median ms"] = 1000 * statistics.median(times)
        figures |= {f"before, {k}": v for k, v in before.items()} | service.memory()
        again, seconds = service.restarted(names[-1], lists=["ftm"])
        figures |= {f"started again, {k}": v for k, v in again.memory().items()}
        again.stop()
        return figures | {"started again: searchable after, s": seconds}
