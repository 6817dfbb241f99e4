"""The Department of State's public designations under section 7031(c): entry bans, held as curated rows of the reference edition."""

from __future__ import annotations

from datetime import timedelta

from app.core.source import Source

us_7031c = Source(
    id="us_7031c",
    title="Section 7031(c) public designations",
    publisher="U.S. Department of State",
    url="https://www.state.gov/anti-kleptocracy-and-human-rights-visa-restrictions/",
    programme="7031(c)",
    cadence="with each announcement",
    every=timedelta(days=7),
    licence="U.S. government work, public domain",
    freshness=timedelta(days=7),
    binds=frozenset({"global_policy"}),
)
"""Information on persons: an entry ban has no effect on goods."""
