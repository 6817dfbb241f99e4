"""What a factor finds: a fact about one party with its evidence; and a gap, a fact that is missing."""

from __future__ import annotations

from enum import StrEnum

from .values import Citation, Value


class Basis(StrEnum):
    OBSERVED = "observed"
    INFERRED = "inferred"


class Evidence(Value):
    """What was seen and where: ``pointer`` is a JSON Pointer into the submission, or ``/v1/parties/{id}``."""

    pointer: str
    submitted: str = ""
    matched: str = ""
    says: str
    citation: Citation


class Finding(Value):
    """A factor found in a case, about ``subject`` (a ref), with its evidence.

    ``facts`` are what rules ask for (``instrument``, ``reach``, ``sector`` …), plain words only. ``weight`` (0 to 1) scales
    the factor's points; 0 makes the finding an explanation that orders nothing. ``id``, ``factor``, ``family``, ``title``
    and ``points`` are filled in by the engine.
    """

    id: str = ""
    factor: str = ""
    family: str = ""
    title: str = ""
    subject: str
    basis: Basis = Basis.OBSERVED
    points: float = 0.0
    says: str
    evidence: tuple[Evidence, ...]
    facts: tuple[tuple[str, str], ...] = ()
    weight: float = 1.0

    def fact(self, name: str) -> str:
        """The value of a fact, or an empty string."""
        return dict(self.facts).get(name, "")


class Gap(Value):
    """A fact that a rule needs and the submission omits; ``asks`` is the shortest question that closes it."""

    pointer: str
    says: str
    matters_to: tuple[str, ...]
