"""The explanation around a rating: axes, confidence, a summary in plain sentences, and what would change it (computed)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from app.core.changes.edit import Edit
from app.core.law.policy import INSTRUMENT as POLICY
from app.core.law.rating import Rating, worst

from .assessment import Axes, AxisLevel, ProfileRating, WouldChange
from .finding import Basis, Finding, Gap
from .hit import Hit, Strength
from .submission import Profile, Submission

NOT_ADVICE = "This is not legal advice."
LEVELS: tuple[AxisLevel, ...] = ("none", "low", "medium", "high", "critical")
MEANS = {
    Rating.PROHIBITED: "a binding rule forbids it today",
    Rating.PRESUMPTIVELY_BARRED: "the law presumes the goods barred and leaves the proof to the importer",
    Rating.SEVERE: "not forbidden by name, but the facts come close to a prohibition or another regime's rule reaches them",
    Rating.HIGH: "strong indications, or a restriction of another kind, call for enhanced diligence",
    Rating.INSUFFICIENT_INFORMATION: "facts needed to decide are missing; treat as high until they are here",
    Rating.ELEVATED: "a sector, region or data risk calls for standard diligence and tracing",
    Rating.LOW: "nothing found on fresh lists; not a guarantee",
}
OWN_MEANS = "the buyer's own policy is stricter here than the law"

GROUNDS = 2
"""Most facts that the summary tells: the heaviest of each ground that decides, of different kinds."""

_CRITICAL_LISTS = frozenset({"listed_party", "listed_owner", "listed_upstream", "listed_controller"})
_FAR_LISTS = {"owner": 3, "director": 3, "affiliate": 2, "customer": 2, "family": 1, "former": 1}
"""A listing of somebody who neither sells nor makes: what it does to the purchase is said by other findings."""

_MEDIUM_LISTS = frozenset({"unresolved_ownership", "minority_listed_owner", "listed_officer", "listed_affiliate"})
_LABOUR_FAMILIES = frozenset({"place", "goods", "labour", "state"})
_TECHNOLOGY_FAMILIES = frozenset({"technology", "construction"})


def axes(findings: Iterable[Finding]) -> Axes:
    """Three axes beside the rating; each takes its worst finding and none is averaged."""
    lists = labour = technology = 0
    for finding in findings:
        if finding.weight <= 0:
            continue
        if finding.family == "listing":
            lists = max(lists, _list_level(finding))
            if finding.fact("list") == "us_uflpa":
                labour = max(labour, 4 if finding.fact("in_class") == "yes" else _list_level(finding))
        elif finding.family in _LABOUR_FAMILIES:
            labour = max(labour, _labour_level(finding))
        elif finding.family in _TECHNOLOGY_FAMILIES:
            technology = max(technology, 3 if finding.fact("fires") == "yes" else 1)
    return Axes(sanctions_lists=LEVELS[lists], forced_labour=LEVELS[labour], rights_technology=LEVELS[technology])


def _list_level(finding: Finding) -> int:
    if finding.factor in _CRITICAL_LISTS:
        return _FAR_LISTS.get(finding.fact("reach"), 4)
    if finding.factor in _MEDIUM_LISTS:
        return 3
    return 1 if finding.factor in ("former_listing", "entry_ban_only") or finding.fact("contradicted") == "yes" else 2


def _labour_level(finding: Finding) -> int:
    if finding.factor == "xinjiang_input" or finding.fact("makes_goods") == "yes":
        return {"confirmed": 4, "probable": 4}.get(finding.fact("strength"), 2)
    if finding.factor == "untraced_input" and finding.fact("priority") == "yes":
        return 2
    if finding.factor == "import_order_good" and finding.fact("superseded") != "yes":
        return 4
    if finding.family == "labour":
        return 3 if finding.fact("fires") == "yes" else 1
    return 1


def confidence(
    submission: Submission, ratings: Iterable[ProfileRating], findings: Iterable[Finding], hits: Iterable[Hit]
) -> Literal["high", "medium", "low"]:
    """How sure the identities and facts behind the rating are; it never moves the rating itself."""
    ratings = tuple(ratings)
    decisive = {i for r in ratings for reason in r.reasons if reason.rating is r.rating for i in reason.findings}
    used = tuple(f for f in findings if f.id in decisive)
    if any(r.rating is Rating.INSUFFICIENT_INFORMATION for r in ratings):
        return "low"
    if any(f.factor == "possible_listing" or f.fact("strength") == "possible" for f in used):
        return "low"
    if any(h.strength is not Strength.CONFIRMED and not h.contradicted for h in hits):
        return "medium"
    if used and all(f.basis is Basis.INFERRED or f.fact("strength") == "probable" for f in used):
        return "medium"
    return "medium" if submission.evidence else "high"


def summary(
    submission: Submission, ratings: tuple[ProfileRating, ...], findings: tuple[Finding, ...], gaps: tuple[Gap, ...]
) -> str:
    """A few plain sentences: the rating and what it means, the facts that decide, and what to do or ask next."""
    rating = worst(r.rating for r in ratings)
    profiles = ", ".join(r.profile.replace("_", " ") for r in ratings if r.rating is rating)
    deciding = [reason for r in ratings if r.rating is rating for reason in r.reasons if reason.rating is rating]
    reason = next(iter(deciding), None)
    means = OWN_MEANS if reason is not None and reason.instrument == POLICY else MEANS[rating]
    sentences = [f"{submission.supplier.name}: {rating.replace('_', ' ')} for {profiles}, that is, {means}."]
    if reason is not None:
        decisive = [next((f for f in findings if f.id in r.findings), None) for r in deciding]
        told = {f.factor: f.says for f in reversed(decisive) if f is not None}
        grounds = tuple(dict.fromkeys(told[f.factor] for f in decisive if f is not None))[:GROUNDS]
        sentences.extend(grounds or (f"{reason.effect}.",))
        if reason.next_step:
            sentences.append(f"Next: {reason.next_step}")
    elif gaps:
        sentences.append(f"Open: {gaps[0].says}")
    return " ".join((*sentences, NOT_ADVICE))


def would_change(
    ratings: tuple[ProfileRating, ...],
    edits: Iterable[Edit],
    rate: Callable[[Edit], Mapping[Profile, Rating]],
) -> tuple[WouldChange, ...]:
    """For each fact that could be otherwise: the submission is edited so, rated again, and the ratings that differ are told.

    Nothing here is boilerplate: a line appears only when rating the edited submission gives another rating. Edits that help are
    also tried together, where each alone leaves another ground standing.
    """
    before = {r.profile: r.rating for r in ratings}
    made: list[WouldChange] = []
    helpful: list[Edit] = []
    best = dict(before)
    for edit in edits:
        after = rate(edit)
        if edit.better:
            if any(after[p].severity > before[p].severity for p in before):
                continue
            helpful.append(edit)
            best = {p: min(best[p], after[p], key=lambda r: r.severity) for p in before}
        made.extend(_change(edit.says, before, after))
    if len(helpful) > 1:
        together = helpful[0]
        for edit in helpful[1:]:
            together = together.followed_by(edit)
        after = rate(together)
        better = any(after[p].severity < best[p].severity for p in before)
        if better and all(after[p].severity <= before[p].severity for p in before):
            made.extend(_change(together.says, before, after))
    return tuple(made)


def _change(says: str, before: Mapping[Profile, Rating], after: Mapping[Profile, Rating]) -> Iterator[WouldChange]:
    then = {str(profile): rating for profile, rating in after.items() if rating is not before[profile]}
    if then:
        yield WouldChange.model_validate({"if": says, "then": then})
