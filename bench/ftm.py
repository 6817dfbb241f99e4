"""FollowTheMoney entities for a load test: one JSON a line, made from real supplier names with a seed; nobody in it is listed anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from .population import Population

COUNTRIES = ("cn", "ru", "ir", "tr", "vn", "bd", "ae", "us", "de", "mx")
DAY = "2026-11-01T00:00:00"


def entities(data: Path, *, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """``count`` parties, each with one sanction: two of five are people with a birth date, one company in five has an owner."""
    population, random = Population(data, seed), Random(f"{seed}:ftm")
    for number in range(count):
        ident, person = f"made-{number}", random.random() < 0.4
        names = [population.person() if person else population.company()]
        if random.random() < 0.3:
            names.append(population.person() if person else population.company())
        properties: dict[str, list[str]] = {
            "name": names[:1],
            "topics": ["sanction"],
            "country": [random.choice(COUNTRIES)],
        }
        if len(names) > 1:
            properties["alias"] = names[1:]
        if person:
            properties["birthDate"] = [
                f"{random.randrange(1935, 2004)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
            ]
            properties["nationality"] = properties.pop("country")
        else:
            properties["registrationNumber"] = [f"{random.randrange(10**9, 10**10)}"]
        yield _entity(ident, "Person" if person else "Company", properties)
        yield _entity(f"{ident}-act", "Sanction", {"entity": [ident], "authority": ["A made authority"], "program": ["MADE"],
            "startDate": [f"20{random.randrange(10, 26)}-0{random.randrange(1, 10)}-15"]})  # fmt: skip
        if not person and number and random.random() < 0.2:
            owner = f"made-{random.randrange(number)}"
            yield _entity(
                f"{ident}-own",
                "Ownership",
                {"owner": [owner], "asset": [ident], "percentage": [str(random.randrange(1, 101))]},
            )


def _entity(ident: str, schema: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "id": ident, "caption": properties.get("name", [ident])[0], "schema": schema, "referents": [], "datasets": ["made"],
        "first_seen": DAY, "last_seen": DAY, "last_change": DAY, "target": schema in ("Person", "Company"), "properties": properties,
    }  # fmt: skip


def write(path: Path, data: Path, *, count: int, seed: int) -> tuple[int, list[str]]:
    """Write the file; the number of lines, and the names of a hundred parties spread over it, the last one among them."""
    lines, names, every = 0, [], max(1, count // 100)
    with path.open("w", encoding="utf-8") as file:
        for entity in entities(data, count=count, seed=seed):
            file.write(json.dumps(entity, ensure_ascii=False) + "\n")
            lines += 1
            number = entity["id"].removeprefix("made-")
            if number.isdigit() and (int(number) + 1) % every == 0:
                names.append(entity["caption"])
    return lines, names
