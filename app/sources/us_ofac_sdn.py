"""OFAC's Specially Designated Nationals list: the legacy CSV set, ``sdn.xml`` and the advanced XML."""

from __future__ import annotations

from datetime import timedelta

from app.core.source import Source
from app.core.values import Citation

from .ofac_advanced import advanced_xml
from .ofac_csv import CsvSet, legacy_csv
from .ofac_party import OfacList
from .ofac_xml import sdn_xml

DOWNLOADS = "https://www.treasury.gov/ofac/downloads/"
SDN = OfacList(
    id="us_ofac_sdn",
    citation=Citation(
        title="OFAC, Specially Designated Nationals and Blocked Persons List",
        url="https://sanctionslist.ofac.treas.gov/Home/SdnList",
    ),
    extends_to="OFAC50",
    blocking=True,
)
FILES = CsvSet("sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv")

XINJIANG = (
    *("29159", "29160", "29162", "29219", "29220", "29299", "29300"),
    *("29319", "31492", "31493", "34079", "34119", "39417", "46884"),
)
"""OFAC's numbers of the fourteen Xinjiang designees: a whole edition names each from its day of listing on."""

us_ofac_sdn = Source(
    id=SDN.id,
    title="OFAC Specially Designated Nationals list",
    publisher="U.S. Department of the Treasury, Office of Foreign Assets Control",
    url=SDN.citation.url,
    formats=(
        legacy_csv(SDN, FILES, folder=DOWNLOADS),
        sdn_xml(SDN, "sdn.xml", f"{DOWNLOADS}sdn.xml"),
        advanced_xml(SDN, "sdn_advanced.xml", f"{DOWNLOADS}sanctions/1.0/sdn_advanced.xml"),
    ),
    hosts=("sanctionslistservice.ofac.treas.gov",),
    programme="SDN",
    cadence="any day, several times a week",
    licence="U.S. government work, public domain",
    freshness=timedelta(hours=24),
    expect=range(4_000, 100_000),
    must_name=tuple(f"{SDN.id}:{number}" for number in XINJIANG),
    binds=frozenset(
        {
            "us_person",
            "us_importer",
            "us_exporter",
            "us_investor",
            "us_federal_contractor",
            "us_dod_supplier",
            "eu_operator",
            "uk_person",
            "ca_person",
            "ca_importer",
            "mx_importer",
            "global_policy",
        }
    ),
)
"""Everyone's list: who is blocked by the US matters to every profile (R01, R01b)."""
