"""Parties as they are stored: canonical JSON and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice

from app.core.party import Party
from app.store.versions import PartyRecord


def record_of(party: Party) -> PartyRecord:
    """A party ready to be stored; equal parties give equal digests, whatever edition they come from."""
    plain = party.model_dump(mode="json", exclude_defaults=True)
    document = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return PartyRecord(party.id, hashlib.sha256(document.encode()).hexdigest(), document)


def records_of(parties: Iterable[Party]) -> list[PartyRecord]:
    """One record per party."""
    return [record_of(party) for party in parties]


def in_chunks(parties: Iterable[Party], size: int) -> Iterator[list[Party]]:
    """The parties in lists of at most ``size``, taken from the iterator as they are asked for."""
    left = iter(parties)
    while chunk := list(islice(left, size)):
        yield chunk
