"""The law as dated YAML documents, one file per law: read from here into SQL, and from SQL into the engine.

Every ``.yaml`` file of this folder is a law; its ``order`` says where it stands in reports (law.id breaks ties).
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml


def load() -> tuple[dict[str, Any], ...]:
    """Every law as a document whose dates are dates, by ``order`` and id; ``Rulebook.of`` validates them."""
    texts = (f.read_text(encoding="utf-8") for f in files(__name__).iterdir() if f.name.endswith(".yaml"))
    documents: list[dict[str, Any]] = [yaml.safe_load(text) for text in texts]
    return tuple(sorted(documents, key=lambda d: (d.get("order", 500), d["id"])))
