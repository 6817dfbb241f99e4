"""The makers that section 889 of the FY2019 defence act names, with their subsidiaries and affiliates: curated rows of the reference edition."""

from __future__ import annotations

from datetime import timedelta

from app.core.source import Source

us_section_889 = Source(
    id="us_section_889",
    title="Section 889 covered makers",
    publisher="U.S. Congress",
    url="https://www.acquisition.gov/far/52.204-25",
    programme="S889",
    cadence="a statute; it changes by law",
    every=timedelta(days=7),
    licence="U.S. government work, public domain",
    freshness=timedelta(days=7),
    binds=frozenset({"us_federal_contractor", "us_dod_supplier", "global_policy"}),
)
"""The ban binds federal buyers and whoever contracts with them."""
