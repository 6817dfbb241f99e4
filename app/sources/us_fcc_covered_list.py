"""The Federal Communications Commission's Covered List of equipment and services: curated rows of the reference edition."""

from __future__ import annotations

from datetime import timedelta

from app.core.source import Source

us_fcc_covered_list = Source(
    id="us_fcc_covered_list",
    title="FCC Covered List",
    publisher="U.S. Federal Communications Commission",
    url="https://www.fcc.gov/supplychain/coveredlist",
    programme="FCC",
    cadence="irregular; entries describe equipment and services, not companies alone",
    every=timedelta(days=7),
    licence="U.S. government work, public domain",
    freshness=timedelta(days=7),
    binds=frozenset({"us_importer", "global_policy"}),
)
"""Equipment on it gets no authorisation, so it cannot be imported or sold."""
