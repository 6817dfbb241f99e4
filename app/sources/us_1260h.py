"""The Department of Defense's list under section 1260H: a PDF and a notice, held as curated rows of the reference edition."""

from __future__ import annotations

from datetime import timedelta

from app.core.source import Source

us_1260h = Source(
    id="us_1260h",
    title="Section 1260H Chinese military companies",
    publisher="U.S. Department of Defense",
    url="https://www.federalregister.gov/documents/2025/01/07/2025-00070/notice-of-availability-of-designation-of-chinese-military-companies",
    programme="1260H",
    cadence="about once a year; removals in between stand in the Federal Register alone",
    every=timedelta(days=7),
    licence="U.S. government work, public domain",
    freshness=timedelta(days=7),
    binds=frozenset({"us_dod_supplier", "global_policy"}),
)
"""The procurement bans bind the department and its suppliers."""
