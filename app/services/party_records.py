"""Parties as they are stored: canonical JSON, its digest, and the lists they stand on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from app.core.party import Party
from app.store.catalogue import PartyRecord


def records_of(parties: Iterable[Party]) -> list[PartyRecord]:
    """One record per party; equal parties give equal digests, whatever edition they come from."""
    made = []
    for party in parties:
        document = json.dumps(
            party.model_dump(mode="json", exclude_defaults=True),
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        digest = hashlib.sha256(document.encode()).hexdigest()
        programmes = frozenset((d.list, d.programme) for d in party.designations)
        made.append(PartyRecord(party.id, digest, document, programmes))
    return made
