"""Whole dates as US publishers print them: ``June 21, 2022``, ``6/21/2022``, ``2022-06-21``."""

from __future__ import annotations

import re
from datetime import date

from app.errors import SourceChanged

from .partial_dates import MONTHS

_WORDS = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def us_day(text: str, where: str) -> date | None:
    """The day, None for an empty text; raises ``SourceChanged`` naming ``where`` for anything else."""
    plain = " ".join(text.replace("\xa0", " ").split())
    if not plain:
        return None
    try:
        if match := _WORDS.fullmatch(plain):
            return date(int(match[3]), MONTHS[match[1].lower()], int(match[2]))
        if match := _NUMBERS.fullmatch(plain):
            year = int(match[3])
            return date(year if year > 99 else 2000 + year if year < 70 else 1900 + year, int(match[1]), int(match[2]))
        if match := _ISO.fullmatch(plain):
            return date(int(match[1]), int(match[2]), int(match[3]))
    except (ValueError, KeyError):
        pass
    raise SourceChanged(f"{where}: not a date as this list writes them")
