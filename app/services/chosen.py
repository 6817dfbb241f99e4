"""What an engine is made from: the edition of each source, what is known of its history, and the records that a person keeps apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from app.store import packs, separations
from app.store.catalogue import Edition

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chosen:
    """What an engine is made from: editions by source, how many editions of each source there are up to that one, and the records that a
    person keeps apart."""

    editions: Mapping[str, Edition]
    depths: Mapping[str, int]
    apart: Pairs

    @staticmethod
    async def of(
        connection: AsyncConnection, editions: Mapping[str, Edition], known_by: datetime | None = None
    ) -> Chosen:
        depths = await packs.depths(connection, {source: e.place for source, e in editions.items()})
        return Chosen(editions, depths, await separations.standing(connection, known_by=known_by))

    @property
    def ids(self) -> dict[str, str]:
        return {source: edition.id for source, edition in self.editions.items()}

    @property
    def key(self) -> str:
        """Equal for the same engine."""
        return json.dumps([self.ids, dict(self.depths), self.apart], sort_keys=True)

    @property
    def listed(self) -> list[Edition]:
        """The editions that name parties, in order of their sources."""
        return [e for _, e in sorted(self.editions.items()) if e.kind in ("list", "reference")]
