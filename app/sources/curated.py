"""Lists without a reader: the reference edition holds curated rows of them with their citations, never the whole list, and so never fresh."""

from __future__ import annotations

from app.core.source import Source

from .us_1260h import us_1260h
from .us_7031c import us_7031c
from .us_bis_entity_list import us_bis_entity_list
from .us_fcc_covered_list import us_fcc_covered_list
from .us_section_889 import us_section_889

CURATED: tuple[Source, ...] = (us_bis_entity_list, us_1260h, us_section_889, us_fcc_covered_list, us_7031c)
