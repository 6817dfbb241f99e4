"""The explanation around a rating: axes, confidence, a summary in plain sentences, and what would change it (computed)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from .assessment import Axes, AxisLevel, ProfileRating, WouldChange
from .factor import Basis, Finding, Gap
from .hit import Hit, Strength
from .policy import INSTRUMENT as POLICY
from .rating import Rating, worst
from .rulebook import Consequence
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

_CRITICAL_LISTS = frozenset({"listed_party", "listed_owner", "listed_upstream", "listed_controller"})
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
            if finding.factor in _CRITICAL_LISTS and finding.fact("list") == "us_uflpa":
                labour = 4
        elif finding.family in _LABOUR_FAMILIES:
            labour = max(labour, _labour_level(finding))
        elif finding.family in _TECHNOLOGY_FAMILIES:
            technology = max(technology, 3 if finding.fact("fires") == "yes" else 1)
    return Axes(sanctions_lists=LEVELS[lists], forced_labour=LEVELS[labour], rights_technology=LEVELS[technology])


def _list_level(finding: Finding) -> int:
    if finding.factor in _CRITICAL_LISTS:
        return 4
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
    """Two or three plain sentences: the rating and what it means, the fact that decides, and what to do or ask next."""
    rating = worst(r.rating for r in ratings)
    profiles = ", ".join(r.profile for r in ratings if r.rating is rating)
    reason = next(
        (reason for r in ratings if r.rating is rating for reason in r.reasons if reason.rating is rating), None
    )
    means = OWN_MEANS if reason is not None and reason.instrument == POLICY else MEANS[rating]
    sentences = [f"{submission.supplier.name}: {rating} for {profiles}, that is, {means}."]
    if reason is not None:
        decisive = next((f for f in findings if f.id in reason.findings), None)
        sentences.append(decisive.says if decisive is not None else f"{reason.effect}.")
        if reason.next_step:
            sentences.append(f"Next: {reason.next_step}")
    elif gaps:
        sentences.append(f"Open: {gaps[0].says}")
    return " ".join((*sentences, NOT_ADVICE))


def would_change(
    ratings: tuple[ProfileRating, ...],
    consequences: tuple[Consequence, ...],
    rate: Callable[[Profile, tuple[Finding, ...]], Rating],
    findings: tuple[Finding, ...],
) -> tuple[WouldChange, ...]:
    """For each ground of a profile's rating: take its findings away, rate again, and say what the ratings then are.

    Nothing here is boilerplate: a line appears only when rating again without those findings gives another rating.
    """
    words = {(c.rule, c.effect): c.settled_by for c in consequences if c.settled_by}
    grounds: dict[str, frozenset[str]] = {}
    for profile_rating in ratings:
        for reason in profile_rating.reasons:
            word = words.get((reason.rule, reason.effect))
            if word and reason.rating is profile_rating.rating and reason.findings:
                grounds[word] = grounds.get(word, frozenset()) | frozenset(reason.findings)
    every = frozenset(i for ids in grounds.values() for i in ids)
    if len(grounds) > 1:
        grounds[" and ".join(grounds)] = every
    made: list[WouldChange] = []
    for word, gone in grounds.items():
        kept = tuple(f for f in findings if f.id not in gone)
        then = {str(r.profile): new for r in ratings if (new := rate(r.profile, kept)) is not r.rating}
        if then:
            made.append(WouldChange.model_validate({"if": word, "then": then}))
    return tuple(made)
