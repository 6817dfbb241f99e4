"""The lists, in reporting order: those that are read from their publisher, then those held as curated rows."""

from __future__ import annotations

from app.core.source import Source
from app.sources.curated import CURATED
from app.sources.us_ofac_consolidated import us_ofac_consolidated
from app.sources.us_ofac_sdn import us_ofac_sdn

SOURCES: tuple[Source, ...] = (us_ofac_sdn, us_ofac_consolidated, *CURATED)


def by_id(list_id: str) -> Source | None:
    """The list with this id, or None."""
    return next((source for source in SOURCES if source.id == list_id), None)
