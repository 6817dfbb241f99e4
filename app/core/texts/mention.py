"""A signal found in a text, and how much it weighs after its context, its denial and whom it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.reference_rows import Signal

NO_CONTEXT_NEEDED = frozenset({"GOV-04", "GOV-05", "DOC-01"})
"""Signals about answers, not about the region."""


@dataclass(frozen=True)
class Mention:
    """A signal in a text: where, in whose text, and whether it counts against the subject; ``offset`` is the original's.

    ``reported`` says that the sentence speaks of others, ``unchecked`` that no speaker has checked the phrase yet (risk.md 7);
    ``said_on`` is the day of the statement.
    """

    signal: Signal
    pointer: str
    subject: str
    text: str
    offset: int
    snippet: str
    context: str
    denied: bool
    quoted: bool
    reported: bool = False
    unchecked: bool = False
    specific: bool = False
    said_on: date | None = None

    @property
    def counts(self) -> bool:
        return not self.denied and not self.quoted

    @property
    def waits(self) -> bool:
        """Whether the words, of a high weight and in the region's context, wait for a speaker before they may weigh."""
        return self.unchecked and self.signal.weight == "high" and self.context == "yes"

    @property
    def level(self) -> str:
        """The signal's weight after the context rule: the region in the sentence keeps it, in the document halves it.

        Without the region a word that is ordinary elsewhere is low; what is said of others is medium at most.
        """
        if self.unchecked:
            return "low"
        weights = ["low", "med", "high"]
        base = weights.index(self.signal.weight)
        drop = 0 if self.context == "yes" else 1 if self.context == "half" or self.specific else 2
        if self.signal.id in NO_CONTEXT_NEEDED:
            drop = 0
        return weights[min(1 if self.reported else 2, max(0, base - drop))]
