"""A text of the submission, folded and cut into sentences once for everything that reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from app.core.places.names import Mention, PlaceIndex
from app.core.reference import Reference
from app.core.submission import SUPPLIER, Submission

from .phrases import Folded, fold_text, without_apostrophes
from .sentences import sentence_ends

READ = 200_000
"""Characters of a text that are read for origins and places of work."""


class Sentence(NamedTuple):
    """One sentence of a bare text and the places it names."""

    start: int
    end: int
    text: str
    places: tuple[Mention, ...]


@dataclass(frozen=True)
class Said:
    """A text: about whom, where it stands in the submission, and of which day it is."""

    subject: str
    pointer: str
    text: str
    index: PlaceIndex = field(repr=False, compare=False)
    on: date | None = None

    @property
    def of_a_good(self) -> bool:
        """Whether it is the description of a good, which is read with the good itself."""
        return self.pointer.startswith("/goods/")

    @cached_property
    def folded(self) -> Folded:
        return fold_text(self.text)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where the sentences of the folded text end, its own end last."""
        return sentence_ends(self.folded.text)

    @cached_property
    def bare(self) -> Folded:
        """The folded text as place names are compared in: without apostrophes, and no more than ``READ`` characters of it."""
        return without_apostrophes(self.folded if len(self.text) <= READ else fold_text(self.text[:READ]))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the bare text."""
        text = self.bare.text
        ends = self.ends if text is self.folded.text else sentence_ends(text)
        spans = zip((0, *ends), ends, strict=False)
        return tuple(Sentence(start, end, part := text[start:end], self.index.find(part)) for start, end in spans)


def texts(submission: Submission, reference: Reference) -> tuple[Said, ...]:
    """Everything that is said about a party or of a good it makes."""
    index = reference.place_index
    return (
        *(
            Said(s.about or SUPPLIER, f"/statements/{n}/text", s.text, index, s.date)
            for n, s in enumerate(submission.statements)
        ),
        *(
            Said(p.ref, f"{p.pointer}/description", p.party.description, index)
            for p in submission.parties()
            if p.party.description
        ),
        *(
            Said(placed.good.made_by or SUPPLIER, f"{placed.pointer}/description", placed.good.description, index)
            for placed in submission.walk_goods()
        ),
    )
