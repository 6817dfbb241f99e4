"""The whole engine: screen the parties, find the factors, weigh the findings, explain the rating. A pure function of values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.changes.changes import edits_of
from app.core.changes.edit import HITS, Edit
from app.core.law.policy import Policy
from app.core.law.policy_reasons import FLOOR_FACTOR, OwnRules, floor_findings
from app.core.law.rating import Rating, worst
from app.core.law.relief import relieved
from app.core.law.rulebook import Consequence, InForce, Matched, Rulebook, match, rating_of, weigh
from app.core.ownership.kin import Kin, read_kin
from app.core.screening.watchlist import Watchlist

from .assessment import Assessment, BasisOf, Coverage, ProfileRating, Reason
from .case import Case
from .explain import axes, confidence, summary, would_change
from .factor import Factor
from .finding import Finding
from .gaps import read_gaps
from .hit import Hit
from .party import Party
from .reference import Reference
from .score import with_points
from .submission import Profile, Submission

ENGINE = "2"
"""The engine's own version: raised when the same inputs may give another record."""

STALE_RULE = "R20"
NO_POLICY = "none"
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
"""A name that ends in a full stop (Co., Ltd.) ends its sentence too."""

NEAR = timedelta(days=90)
"""How long before its renewal an instrument's reasons say so."""

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
        case = self._case(submission, as_of, hits, listed)
        law = self.rulebook.in_force(as_of)
        found = self.find(case)
        findings, score, ratings = self._weighed(case, law, found)
        gaps = read_gaps(case)
        return Assessment(
            as_of=as_of,
            client_reference=submission.client_reference,
            rating=worst(r.rating for r in ratings),
            ratings=ratings,
            axes=axes(findings),
            score=score,
            confidence=confidence(submission, ratings, findings, hits),
            summary=summary(submission, ratings, findings, gaps),
            findings=findings,
            hits=hits,
            gaps=gaps,
            would_change=would_change(
                ratings, edits_of(case, ratings, findings), lambda edit: self._edited(case, edit, law, found)
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

    def _case(
        self,
        submission: Submission,
        as_of: date,
        hits: tuple[Hit, ...],
        listed: dict[str, Party],
        kin: Kin | None = None,
    ) -> Case:
        law = self.rulebook.in_force(as_of)
        return Case(
            submission=submission,
            as_of=as_of,
            hits=hits,
            listed=listed,
            reference=self.reference,
            ownership_rules=law.ownership,
            evidence_rules=law.evidence,
            kin=kin if kin is not None else read_kin(submission, hits, listed, self.reference, self.watchlist.get),
        )

    def _weighed(
        self, case: Case, law: InForce, found: tuple[Finding, ...]
    ) -> tuple[tuple[Finding, ...], float, tuple[ProfileRating, ...]]:
        """The findings of a case with their points, the score, and the rating of each profile asked for."""
        bases = {FLOOR_FACTOR: 0.0} | {f.name: f.base for f in self.factors}
        found = tuple(relieved(case, found))
        own = None
        if self.policy is not None:
            bases |= self.policy.document.weights
            found += tuple(floor_findings(self.policy, case))
            own = OwnRules.of(self.policy, law.consequences)
        findings, score = with_points(found, bases)
        matched = match(law, findings)
        profiles = dict.fromkeys(case.submission.profiles)
        ratings = tuple(self._rate(p, case, law, matched, findings, own) for p in profiles)
        return findings, score, ratings

    def _edited(self, case: Case, edit: Edit, law: InForce, found: tuple[Finding, ...]) -> Mapping[Profile, Rating]:
        """The ratings after an edit; what it leaves untouched is neither read nor looked for again."""
        kin = case.kin if HITS not in edit.touches else None
        made = self._case(edit.apply(case.submission), case.as_of, edit.hits(case.hits), dict(case.listed), kin)
        edit.keep_readings(case, made)
        again = self.find(made, edit)
        kept = tuple(f for f in found if not edit.looks_again(f.factor, f.family) and f.subject not in edit.replaced)
        order = {factor.name: n for n, factor in enumerate(self.factors)}
        return self._ratings(made, law, tuple(sorted((*kept, *again), key=lambda f: order[f.factor])))

    def _ratings(self, case: Case, law: InForce, found: tuple[Finding, ...]) -> Mapping[Profile, Rating]:
        """The ratings that ``_weighed`` gives, without points and reasons where no policy asks for them."""
        if self.policy is not None:
            return {r.profile: r.rating for r in self._weighed(case, law, found)[2]}
        matched = match(law, relieved(case, found))
        activities = frozenset(case.submission.activities)
        ratings = {p: rating_of(matched, p, activities) for p in case.submission.profiles}
        stale = [c.rating for c in law.consequences if c.rule == STALE_RULE and any(not x.fresh for x in self.coverage)]
        return {p: worst(stale) if rating is Rating.LOW else rating for p, rating in ratings.items()}

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

    def find(self, case: Case, after: Edit | None = None) -> tuple[Finding, ...]:
        """What every factor finds, in the order of the table of contents; after an edit those that may find something else."""
        return tuple(
            finding.model_copy(
                update={
                    "factor": factor.name,
                    "family": factor.family,
                    "title": factor.title,
                    "says": TWO_STOPS.sub(".", finding.says),
                }
            )
            for factor in self.factors
            if after is None or after.looks_again(factor.name, factor.family)
            for finding in factor.find(case)
        )

    def _rate(
        self,
        profile: Profile,
        case: Case,
        law: InForce,
        matched: Matched,
        findings: tuple[Finding, ...],
        own: OwnRules | None,
    ) -> ProfileRating:
        """The worst consequence decides; a list that is missing or stale never lets a rating be low (R20).

        The buyer's own rules come on top: they add reasons and take none away.
        """
        activities = frozenset(case.submission.activities)
        reasons = tuple(reason for _, reason in weigh(matched, profile, activities))
        rating = worst(r.rating for r in reasons)
        stale = tuple(c for c in self.coverage if not c.fresh)
        if rating is Rating.LOW and stale:
            reasons += tuple(self._stale(c, stale) for c in law.consequences if c.rule == STALE_RULE)
            rating = worst(r.rating for r in reasons)
        if own is not None:
            reasons += own.reasons(reasons, profile, activities, findings)
            if stale:
                reasons += tuple(self._stale(c, stale) for c in own.of_rule(STALE_RULE, profile, activities))
            reasons = tuple(sorted(reasons, key=lambda r: -r.rating.severity))
            rating = worst(r.rating for r in reasons)
        reasons = tuple(self._renewal(reason, case.as_of) for reason in reasons)
        return ProfileRating(profile=profile, rating=rating, reasons=reasons)

    def _renewal(self, reason: Reason, day: date) -> Reason:
        """The reason with the day its instrument has to be renewed, once that day is near or past: then it must be confirmed."""
        instrument = self.reference.instruments.get(reason.instrument)
        if instrument is None or instrument.renewal_due is None or instrument.renewal_due - day > NEAR:
            return reason
        due, name = instrument.renewal_due, instrument.name
        told = f"{name}: renewal due on {due}." if day < due else f"{name}: a decision was due on {due}; confirm it."
        return reason.model_copy(update={"next_step": f"{reason.next_step} {told}"})

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
