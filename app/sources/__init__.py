"""The lists, in reporting order: those that are read from their publisher, then those held as curated rows, then what
a buyer hands over."""

from __future__ import annotations

from app.core.source import Source
from app.sources.au_dfat import au_dfat
from app.sources.ca_sema import ca_sema
from app.sources.ch_seco import ch_seco
from app.sources.curated import CURATED
from app.sources.eu_fsf import eu_fsf
from app.sources.ftm import ftm
from app.sources.own import own
from app.sources.uk_sanctions_list import uk_sanctions_list
from app.sources.un_sc import un_sc
from app.sources.us_bis_dpl import us_bis_dpl
from app.sources.us_cbp_wro import us_cbp_wro
from app.sources.us_csl import us_csl
from app.sources.us_ofac_consolidated import us_ofac_consolidated
from app.sources.us_ofac_sdn import us_ofac_sdn
from app.sources.us_uflpa import us_uflpa

SOURCES: tuple[Source, ...] = (
    us_ofac_sdn,
    us_ofac_consolidated,
    us_csl,
    us_bis_dpl,
    us_uflpa,
    us_cbp_wro,
    eu_fsf,
    uk_sanctions_list,
    ca_sema,
    un_sc,
    au_dfat,
    ch_seco,
    *CURATED,
    ftm,
    own,
)


def by_id(list_id: str) -> Source | None:
    """The list with this id, or None."""
    return next((source for source in SOURCES if source.id == list_id), None)


def list_ids() -> tuple[str, ...]:
    """Every list that may be asked for: the sources' own ids, and those that a source carries besides."""
    return tuple(dict.fromkeys([*(s.id for s in SOURCES), *(name for s in SOURCES for name in s.lists)]))


def carriers(list_id: str) -> tuple[Source, ...]:
    """The sources with a reader that bring a list."""
    return tuple(s for s in SOURCES if s.readable and (s.id == list_id or list_id in s.lists))
