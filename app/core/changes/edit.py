"""One edit of a submission: what would be otherwise, the change itself, and which readings stand after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from app.core.case import Case
from app.core.factor import Family
from app.core.hit import Hit, Strength
from app.core.places.readings import PlaceReadings, read_party
from app.core.submission import Submission
from app.core.texts.origin_said import OriginClaim
from app.core.texts.readings import Mention, TextReadings
from app.core.texts.site_said import SiteClaim

FAMILIES: frozenset[str] = frozenset(get_args(Family))
"""Every family of factors: what an edit looks at again unless it says otherwise."""

UNTOUCHED = ("said", "parties", "names", "goods", "listings", "kin_listings", "roles", "ownership", "stakes")
"""Readings in which evidence has no part."""

SAID_ONLY = ("said", "parties", "goods", "roles", "chain", "steps", "relief")
"""Readings in which hits have no part."""

Change = Callable[[Submission], Submission]


@dataclass(frozen=True)
class Edit:
    """What would be otherwise, in words, and the change itself; ``better`` is False for a fact that would make it worse.

    ``replaced`` are refs of parties that another stands in for, ``moved`` refs of those whose sites are elsewhere, ``blanked`` pointers of texts that are gone, ``dropped`` and
    ``confirmed`` ids of hits that the named fact would settle; ``again`` the factors, by name or family, that may find something else.
    ``adds_evidence``: nothing of the submission is otherwise but its evidence; ``settles_hits``: nothing is otherwise but which hits stand.
    """

    says: str
    apply: Change = lambda submission: submission
    replaced: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()
    blanked: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    better: bool = True
    again: frozenset[str] = FAMILIES
    adds_evidence: bool = False
    settles_hits: bool = False

    def followed_by(self, other: Edit) -> Edit:
        """Both edits, one after the other."""
        first, second = self.apply, other.apply
        return Edit(
            f"{self.says}; and {other.says}",
            lambda submission: second(first(submission)),
            replaced=self.replaced | other.replaced,
            moved=self.moved | other.moved,
            blanked=self.blanked | other.blanked,
            dropped=self.dropped | other.dropped,
            again=self.again | other.again,
            adds_evidence=self.adds_evidence and other.adds_evidence,
            settles_hits=self.settles_hits and other.settles_hits,
        )

    def hits(self, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """The hits of the edited submission."""
        kept = (h for h in hits if h.subject not in self.replaced and h.id not in self.dropped)
        return tuple(
            h.model_copy(update={"strength": Strength.CONFIRMED}) if h.id in self.confirmed else h for h in kept
        )

    def keep_readings(self, before: Case, after: Case) -> None:
        """Hand over what was read of the parties and texts that the edit leaves alone; the same as reading it again."""
        places = before.places
        if changed := self.replaced | self.moved:
            parties = [p for p in after.submission.parties() if p.ref in changed]
            places = PlaceReadings({**places.parties, **{p.ref: read_party(p, before.reference) for p in parties}})
        after.__dict__["memo"] = before.memo
        after.__dict__["places"] = places
        after.__dict__["texts"] = TextReadings(tuple(m for m in before.texts.mentions if self._stands(m)))
        after.__dict__["origin_claims"] = tuple(c for c in before.origin_claims if self._stands(c))
        after.__dict__["site_claims"] = tuple(c for c in before.site_claims if self._stands(c))

        untouched = UNTOUCHED if self.adds_evidence else SAID_ONLY if self.settles_hits else ()
        for name in untouched:
            if name in before.__dict__:
                after.__dict__[name] = before.__dict__[name]

    def looks_again(self, factor: str, family: str) -> bool:
        """Whether a factor may find something else after the edit."""
        return family in self.again or factor in self.again

    def _stands(self, said: Mention | OriginClaim | SiteClaim) -> bool:
        """Whether a reading of a text is one of the edited submission too."""
        return said.pointer not in self.blanked and said.subject not in self.replaced
