"""OFAC's non-SDN lists (NS-CMIC, SSI, NS-PLC …) in one: the legacy CSV set, ``consolidated.xml`` and the advanced XML."""

from __future__ import annotations

from datetime import timedelta

from app.core.source import Source
from app.core.values import Citation

from .ofac_advanced import advanced_xml
from .ofac_csv import CsvSet, legacy_csv
from .ofac_party import OfacList
from .ofac_xml import sdn_xml

DOWNLOADS = "https://www.treasury.gov/ofac/downloads/"
CONSOLIDATED = OfacList(
    id="us_ofac_consolidated",
    citation=Citation(
        title="OFAC, Consolidated Sanctions List (non-SDN)",
        url="https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
    ),
    extends_to="LISTED_TEXT_ONLY",
    blocking=False,
)
FILES = CsvSet("cons_prim.csv", "cons_add.csv", "cons_alt.csv", "cons_comments.csv")

us_ofac_consolidated = Source(
    id=CONSOLIDATED.id,
    title="OFAC non-SDN consolidated list",
    publisher="U.S. Department of the Treasury, Office of Foreign Assets Control",
    url=CONSOLIDATED.citation.url,
    formats=(
        legacy_csv(CONSOLIDATED, FILES, folder=f"{DOWNLOADS}consolidated/"),
        sdn_xml(CONSOLIDATED, "consolidated.xml", f"{DOWNLOADS}consolidated/consolidated.xml"),
        advanced_xml(CONSOLIDATED, "cons_advanced.xml", f"{DOWNLOADS}sanctions/1.0/cons_advanced.xml"),
    ),
    hosts=("sanctionslistservice.ofac.treas.gov",),
    programme="NS",
    cadence="any day, several times a month",
    every=timedelta(hours=12),
    licence="U.S. government work, public domain",
    freshness=timedelta(hours=24),
    expect=range(100, 20_000),
    binds=frozenset({"us_person", "us_investor", "global_policy"}),
)
"""Few of these lists block; what each forbids is its programme's."""
