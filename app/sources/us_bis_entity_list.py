"""BIS's Entity List (supplement no. 4 to 15 CFR part 744): curated rows of the reference edition; the whole list comes with the Consolidated Screening List."""

from __future__ import annotations

from datetime import timedelta

from app.core.source import Source

us_bis_entity_list = Source(
    id="us_bis_entity_list",
    title="BIS Entity List",
    publisher="U.S. Department of Commerce, Bureau of Industry and Security",
    url="https://www.ecfr.gov/current/title-15/subtitle-B/chapter-VII/subchapter-C/part-744",
    programme="EL",
    cadence="with each rule in the Federal Register",
    every=timedelta(days=1),
    licence="U.S. government work, public domain",
    freshness=timedelta(days=3),
    binds=frozenset({"us_exporter", "global_policy"}),
)
"""Whoever moves items subject to the EAR needs it. A fresh edition of ``us_csl`` answers for it."""
