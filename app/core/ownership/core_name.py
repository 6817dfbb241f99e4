"""A company's name without its legal form, as the reference's bodies and listed companies are known by."""

from __future__ import annotations

from app.core.names import fold
from app.core.screening.legal_forms import LEGAL

TELLING = 8
"""Letters from which a name without its legal form tells a company; shorter names must agree in full."""


def core_name(name: str) -> str:
    """A company's name without its legal form, where what is left still tells it."""
    folded = fold(name)
    joined = "".join(t for t in folded.split() if t not in LEGAL)
    return joined if len(joined) >= TELLING else folded
