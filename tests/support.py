"""What several tests need: the engine made from the built-in reference edition, and submissions written short."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import IO, Any

import pytest
import yaml

from app import reference, rules
from app.core.engine import Engine
from app.core.law.rulebook import Rulebook
from app.core.party import Party
from app.core.reference import Reference
from app.core.screening.watchlist import Watchlist
from app.core.source import Source
from app.core.submission import Submission
from app.factors import FACTORS
from app.sources.recognise import recognise
from app.sources.unpack import unpack

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@cache
def builtin_engine() -> Engine:
    """The engine on the built-in reference edition alone, without any published list."""
    return Engine(
        watchlist=Watchlist.of(reference.load_parties()),
        reference=Reference.of(reference.EDITION, reference.load_rows()),
        factors=FACTORS,
        rulebook=Rulebook.of(rules.load()),
    )


def submission(**members: Any) -> Submission:
    """A submission from plain members, read as the service reads it."""
    return Submission.model_validate_json(json.dumps(members, default=str))


def yaml_cases(name: str) -> list[dict[str, Any]]:
    """The cases of ``tests/cases/<name>.yaml``."""
    cases: list[dict[str, Any]] = yaml.safe_load(
        (ROOT / "tests" / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
    )
    return cases


def streams(documents: Mapping[str, bytes]) -> dict[str, IO[bytes]]:
    """Documents as a parser gets them."""
    return {name: io.BytesIO(body) for name, body in documents.items()}


def read_list(source: Source, *bodies: bytes, name: str = "") -> tuple[Party, ...]:
    """What a source reads from files as they are handed over: unpacked, recognised by their content, and parsed."""
    with ExitStack() as stack:
        form, documents = recognise(source, unpack([(name, io.BytesIO(body)) for body in bodies], stack))
        return tuple(form.parse(documents))


def only_sources(monkeypatch: pytest.MonkeyPatch, chosen: Source | str) -> Source:
    """Let the service know this source alone (one of ours by its id, or one made for the test)."""
    import app.sources
    from app.services import catalogue, refresh, schedule

    source = chosen if isinstance(chosen, Source) else app.sources.by_id(chosen)
    assert source is not None
    for module in (app.sources, catalogue, refresh, schedule):
        monkeypatch.setattr(module, "SOURCES", (source,))
    return source
