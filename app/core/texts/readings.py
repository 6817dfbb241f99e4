"""What statements and descriptions say: signals with their context, their denials, and whether the text speaks of the subject.

Words are reported, nobody is accused. A word that is ordinary elsewhere weighs only with the region in the same sentence; a company's
policy that quotes what it forbids, or a denial, raises nothing (risk.md 7).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from app.core.places.readings import PlaceReadings, read_places
from app.core.reference import Reference
from app.core.submission import Submission

from .context import lies_there
from .mention import Mention
from .reading import Reader, read_text
from .said import Said, texts
from .subjects import PartyNames

__all__ = ["Mention", "TextReadings", "fires_with_another", "read_texts"]

LABOUR_FAMILIES = frozenset({"labour_transfer", "detention", "pairing_aid", "state_control"})
"""Families of which two medium signals fire R13 together (risk.md 8)."""

STANCE = frozenset({"GOV-04", "GOV-05"})


@dataclass(frozen=True)
class TextReadings:
    mentions: tuple[Mention, ...] = ()

    @cached_property
    def counted(self) -> dict[str, tuple[Mention, ...]]:
        """The mentions that count, by signal."""
        found: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            if mention.counts:
                found.setdefault(mention.signal.id, []).append(mention)
        return {signal: tuple(m) for signal, m in found.items()}

    def of(self, *signals: str) -> dict[str, tuple[Mention, ...]]:
        """The mentions of some signals that count, by subject."""
        found: dict[str, list[Mention]] = {}
        for signal in signals:
            for mention in self.counted.get(signal, ()):
                found.setdefault(mention.subject, []).append(mention)
        return {ref: tuple(m) for ref, m in found.items()}

    @cached_property
    def denials(self) -> tuple[Mention, ...]:
        """What the texts deny: statements to check, neither risk nor proof."""
        return tuple(m for m in self.mentions if m.denied)

    @cached_property
    def _medium(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for m in self.mentions:
            if m.counts and fires_with_another(m):
                found.setdefault(m.subject, set()).add(m.signal.family)
        return {ref: frozenset(f) for ref, f in found.items()}

    def medium_families(self, subject: str) -> frozenset[str]:
        """Labour families with a medium mention in the region's context: two of them fire together (risk.md 8)."""
        return self._medium.get(subject, frozenset())


def fires_with_another(mention: Mention) -> bool:
    """Whether a medium signal of another family in the region's context would fire R13 together with this one."""
    return (
        mention.signal.weight == "med"
        and mention.level == "med"
        and mention.context == "yes"
        and not mention.reported
        and mention.signal.family in LABOUR_FAMILIES
        and mention.signal.id not in STANCE
    )


def read_texts(
    submission: Submission,
    reference: Reference,
    said: tuple[Said, ...] | None = None,
    places: PlaceReadings | None = None,
) -> TextReadings:
    """Read every statement, every party's description and every good's description once."""
    placed = tuple(submission.parties())
    reader = Reader({p.ref: p.party for p in placed}, PartyNames.of(placed), reference)
    found = [m for one in (texts(submission, reference) if said is None else said) for m in read_text(one, reader)]
    if any(m.context == "no" for m in found):
        places = read_places(submission, reference) if places is None else places
        there = {ref for ref in {m.subject for m in found} if lies_there(places, ref)}
        found = [replace(m, context="half") if m.context == "no" and m.subject in there else m for m in found]
    return TextReadings(tuple(found))
