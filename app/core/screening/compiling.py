"""Compile the matcher before anybody asks it something: when an image is made, or a test wants to time the second question only."""

from __future__ import annotations

from datetime import date

from app.core.party import Alias, AliasKind, Designation, Party
from app.core.submission import SubmittedParty
from app.core.values import Citation

from .watchlist import Watchlist


def everything() -> None:
    """Build a list of one party and ask it: every compiled function is used."""
    act = Designation(instrument="-", list="-", programme="-", citation=Citation(title="-", url="https://example.org/"))
    listed = Party(
        id="-",
        source="-",
        kind="organization",
        aliases=(Alias(name="Example Works", kind=AliasKind.PRIMARY),),
        designations=(act,),
    )
    Watchlist.of([listed]).screen(SubmittedParty(name="Example Works"), subject="-", as_of=date(2000, 1, 1))
