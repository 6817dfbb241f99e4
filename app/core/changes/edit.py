"""One edit of a submission: what would be otherwise, the change itself, and which readings stand after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

SUBMISSION, EVIDENCE, HITS = "submission", "evidence", "hits"
"""What an edit may touch, and what a reading looks at: everything submitted but evidence, the evidence, the hits."""

LOOKS_AT: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("said", "parties", "goods", "roles", "corps_companies"), frozenset({SUBMISSION})),
    **dict.fromkeys(("chain", "steps", "relief"), frozenset({SUBMISSION, EVIDENCE})),
    **dict.fromkeys(("names", "listings", "kin_listings", "ownership", "stakes"), frozenset({SUBMISSION, HITS})),
}
"""What each reading of a case looks at: an edit that touches none of it leaves the reading as it is."""

Change = Callable[[Submission], Submission]


@dataclass(frozen=True)
class Edit:
    """What would be otherwise, in words, and the change itself; ``better`` is False for a fact that would make it worse.

    ``replaced`` are refs of parties that another stands in for, ``moved`` refs of those whose sites are elsewhere, ``blanked`` pointers of texts that are gone, ``dropped`` and
    ``confirmed`` ids of hits that the named fact would settle; ``again`` the factors, by name or family, that may find something else.
    ``touches`` is what is otherwise.
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
    touches: frozenset[str] = frozenset({SUBMISSION, EVIDENCE, HITS})

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
            touches=self.touches | other.touches,
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

        for name, looks_at in LOOKS_AT.items():
            if name in before.__dict__ and self.touches.isdisjoint(looks_at):
                after.__dict__[name] = before.__dict__[name]

    def looks_again(self, factor: str, family: str) -> bool:
        """Whether a factor may find something else after the edit."""
        return family in self.again or factor in self.again

    def _stands(self, said: Mention | OriginClaim | SiteClaim) -> bool:
        """Whether a reading of a text is one of the edited submission too."""
        return said.pointer not in self.blanked and said.subject not in self.replaced
