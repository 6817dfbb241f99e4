"""The whole engine: screen the parties, find the factors, weigh the findings, explain the rating. A pure function of values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .assessment import Assessment, BasisOf, Coverage, ProfileRating, Reason
from .explain import axes, confidence, summary, would_change
from .factor import Case, Factor, Finding
from .gaps import read_gaps
from .hit import Hit
from .kin import read_kin
from .party import Party
from .policy import Policy
from .policy_reasons import FLOOR_FACTOR, OwnRules, floor_findings
from .rating import Rating, worst
from .reference import Reference
from .relief import relieved
from .rulebook import Consequence, Rulebook, weigh
from .score import with_points
from .submission import Profile, Submission
from .watchlist import Watchlist

ENGINE = "1"
"""The engine's own version: raised when the same inputs may give another record."""

STALE_RULE = "R20"
CONFLICT_FLAG = "conflict_of_law"
NO_POLICY = "none"

Screened = tuple[tuple[Hit, ...], dict[str, Party]]
"""Hits in order, and the listed parties behind them by id."""


@dataclass(frozen=True)
class Engine:
    """Everything a rating depends on, besides the submission and the day."""

    watchlist: Watchlist
    reference: Reference
    factors: tuple[Factor, ...]
    rulebook: Rulebook
    coverage: tuple[Coverage, ...] = ()
    policy: Policy | None = None
    """The buyer's own policy; None for the law alone."""

    def warmed(self) -> Engine:
        """The same engine with its lookups built, so that the first request is as fast as the next."""
        _ = (
            self.reference.place_index,
            self.reference.elsewhere,
            self.reference.border,
            self.reference.signal_index,
            self.reference.tariff,
        )
        return self

    def assess(self, submission: Submission, as_of: date) -> Assessment:
        """Rate a submission as of a day: the same inputs give the same record, byte for byte."""
        return self.rate(submission, as_of, self.screen(submission, as_of))

    def rate(self, submission: Submission, as_of: date, screened: Screened) -> Assessment:
        """Rate a submission whose parties are screened already: what ``screen`` gave for the same submission and day."""
        hits, listed = screened
        digest = submission.digest()
        policy = self.policy
        if policy is not None:
            submission = policy.asked(submission)
        case = Case(
            submission=submission,
            as_of=as_of,
            hits=hits,
            listed=listed,
            reference=self.reference,
            ownership_rules=self.rulebook.ownership_on(as_of),
            evidence_rules=self.rulebook.evidence_on(as_of),
            kin=read_kin(submission, hits, listed, self.reference, self.watchlist.get),
        )
        bases = {FLOOR_FACTOR: 0.0} | {f.name: f.base for f in self.factors}
        found = tuple(relieved(case, self.find(case)))
        consequences = self.rulebook.on(as_of)
        own = None
        if policy is not None:
            bases |= policy.document.weights
            found += tuple(floor_findings(policy, case))
            own = OwnRules.of(policy, consequences)
        findings, score = with_points(found, bases)
        ratings = tuple(
            self._rate(profile, submission, consequences, findings, own)
            for profile in dict.fromkeys(submission.profiles)
        )
        gaps = read_gaps(case)
        rating = worst(r.rating for r in ratings)
        return Assessment(
            as_of=as_of,
            client_reference=submission.client_reference,
            rating=rating,
            ratings=ratings,
            axes=axes(findings),
            score=score,
            confidence=confidence(submission, ratings, findings, hits),
            summary=summary(submission, ratings, findings, gaps),
            findings=findings,
            hits=hits,
            gaps=gaps,
            would_change=would_change(
                ratings,
                consequences if own is None else consequences + own.consequences,
                lambda profile, kept: self._rate(profile, submission, consequences, kept, own).rating,
                findings,
            ),
            flags=tuple(sorted({f.fact("flag") for f in findings} - {""})),
            coverage=self.coverage,
            basis=BasisOf(
                engine=ENGINE,
                rulebook=f"sha256:{self.rulebook.digest}",
                reference=self.reference.edition,
                submission=digest,
                policy=policy.edition if policy is not None else NO_POLICY,
            ),
        )

    def screen(self, submission: Submission, as_of: date) -> Screened:
        """The hits of every submitted party, numbered in order, and the listed parties behind them by id."""
        hits: list[Hit] = []
        listed: dict[str, Party] = {}
        for ref, _, party in submission.parties():
            for hit in self.watchlist.screen(party, subject=ref, as_of=as_of):
                found = self.watchlist.get(hit.party.id)
                if found is None:
                    raise KeyError(hit.party.id)
                listed[hit.party.id] = found
                hits.append(hit.model_copy(update={"id": f"h{len(hits) + 1}"}))
        return tuple(hits), listed

    def find(self, case: Case) -> tuple[Finding, ...]:
        """What every factor finds, in the order of the table of contents."""
        return tuple(
            finding.model_copy(update={"factor": factor.name, "family": factor.family, "title": factor.title})
            for factor in self.factors
            for finding in factor.find(case)
        )

    def _rate(
        self,
        profile: Profile,
        submission: Submission,
        consequences: tuple[Consequence, ...],
        findings: tuple[Finding, ...],
        own: OwnRules | None,
    ) -> ProfileRating:
        """The worst consequence decides; a list that is missing or stale never lets a rating be low (R20).

        The buyer's own rules come on top: they add reasons and take none away.
        """
        activities = frozenset(submission.activities)
        reasons = tuple(reason for _, reason in weigh(consequences, profile, activities, findings))
        rating = worst(r.rating for r in reasons)
        stale = tuple(c for c in self.coverage if not c.fresh)
        if rating is Rating.LOW and stale:
            reasons += tuple(self._stale(c, stale) for c in consequences if c.rule == STALE_RULE)
            rating = worst(r.rating for r in reasons)
        if own is not None:
            reasons += own.reasons(reasons, profile, activities, findings)
            if stale:
                reasons += tuple(self._stale(c, stale) for c in own.of_rule(STALE_RULE, profile, activities))
            reasons = tuple(sorted(reasons, key=lambda r: -r.rating.severity))
            rating = worst(r.rating for r in reasons)
        return ProfileRating(profile=profile, rating=rating, reasons=reasons)

    def _stale(self, consequence: Consequence, stale: tuple[Coverage, ...]) -> Reason:
        lists = "; ".join(f"{c.list}: {c.says or 'older than its limit'}" for c in stale)
        return Reason(
            rule=consequence.rule,
            rating=consequence.rating,
            instrument=consequence.instrument,
            effect=f"{consequence.effect} ({lists})",
            findings=(),
            citation=consequence.citation,
            rebuttable=consequence.rebuttable,
            next_step=consequence.next_step,
        )
