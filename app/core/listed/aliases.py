"""The aliases of several records of one party."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.party import Alias, Party


def merged_aliases(parties: Iterable[Party]) -> tuple[Alias, ...]:
    """The aliases of several records of one party, each spelling once; where one record calls its name common, all are."""
    parties = tuple(parties)
    common = any(a.common for p in parties for a in p.aliases)
    made: dict[str, Alias] = {}
    for party in parties:
        for alias in party.aliases:
            made.setdefault(alias.name, alias.model_copy(update={"common": True}) if common else alias)
    return tuple(made.values())
