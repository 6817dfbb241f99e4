"""The law as dated YAML documents, one file per law: read from here into SQL, and from SQL into the engine."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

LAWS = (
    "ownership",
    "us_ofac",
    "eu_ghrsr",
    "uk_ghr",
    "ca_sema",
    "us_uflpa",
    "us_tariff_act_307",
    "us_bis_entity_list",
    "us_nscmic",
    "us_procurement",
    "us_7031c",
    "xinjiang_practices",
    "diligence",
)
"""The table of contents, in reporting order."""


def load() -> tuple[dict[str, Any], ...]:
    """Every law as a document whose dates are dates; ``Rulebook.of`` validates them."""
    return tuple(yaml.safe_load((files(__name__) / f"{law}.yaml").read_text(encoding="utf-8")) for law in LAWS)
