"""Lists that have no reader yet: the reference edition holds curated rows of them, never the whole list."""

from __future__ import annotations

from datetime import timedelta

from app.core.source import Source

_DAY, _THREE, _WEEK = timedelta(hours=24), timedelta(hours=72), timedelta(days=7)
_US = ("us_person", "us_importer", "us_exporter", "us_investor", "us_federal_contractor", "us_dod_supplier")

_TABLE: tuple[tuple[str, str, str, str, timedelta, tuple[str, ...]], ...] = (
    ("us_bis_entity_list", "BIS Entity List", "U.S. Department of Commerce, BIS", "https://www.ecfr.gov/current/title-15/subtitle-B/chapter-VII/subchapter-C/part-744", _THREE, ("us_exporter",)),
    ("us_1260h", "Section 1260H Chinese military companies", "U.S. Department of Defense", "https://www.federalregister.gov/documents/2025/01/07/2025-00070/notice-of-availability-of-designation-of-chinese-military-companies", _WEEK, ("us_dod_supplier",)),
    ("us_section_889", "Section 889 covered makers", "U.S. Congress", "https://www.acquisition.gov/far/52.204-25", _WEEK, ("us_federal_contractor", "us_dod_supplier")),
    ("us_fcc_covered_list", "FCC Covered List", "U.S. Federal Communications Commission", "https://www.fcc.gov/supplychain/coveredlist", _WEEK, ("us_importer",)),
    ("us_7031c", "Section 7031(c) public designations", "U.S. Department of State", "https://www.state.gov/anti-kleptocracy-and-human-rights-visa-restrictions/", _WEEK, ()),
)  # fmt: skip

CURATED: tuple[Source, ...] = tuple(
    Source(
        id=id_,
        title=title,
        publisher=publisher,
        url=url,
        freshness=freshness,
        binds=frozenset({*binds, "global_policy"}),
    )
    for id_, title, publisher, url, freshness, binds in _TABLE
)
