"""From signals in text to findings: one per subject, with every mention as evidence."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.finding import Evidence, Finding
from app.core.ownership.roles import Reach

from .readings import LABOUR_FAMILIES, Mention, fires_with_another

SHOWN = 20
FAR = frozenset({Reach.CUSTOMER, Reach.FAMILY, Reach.FORMER})
"""Whoever makes nothing for the purchase: what is said of their workers is shown and asked about, and decides nothing."""

WEIGHT = {"high": 1.0, "med": 0.4, "low": 0.1}
ORDER = ("low", "med", "high")
CONTEXTS = ("no", "half", "yes")


def signal_findings(case: Case, *signals: str) -> Iterator[Finding]:
    """One finding per subject whose texts carry any of ``signals``; denied and quoted mentions do not count.

    Facts: ``level`` (high, med, low after the context rule), ``context``, ``signals``, and ``fires``: one high mention in the
    region's context about a company of the purchase, or a medium one together with a medium one of another family. Low words without
    the region are shown and have no points.
    """
    for subject, mentions in case.texts.of(*signals).items():
        shown = sorted(mentions, key=lambda m: (-ORDER.index(m.level), -CONTEXTS.index(m.context)))[:SHOWN]
        best = shown[0]
        together = any(
            case.texts.medium_families(subject) - {m.signal.family} for m in mentions if fires_with_another(m)
        )
        far = best.signal.family in LABOUR_FAMILIES and case.roles.reach(subject) in FAR
        words = ", ".join(dict.fromkeys(f"“{m.text}”" for m in shown[:8]))
        yield Finding(
            subject=subject,
            says=f"The text about {case.parties[subject].party.name} says {words} ({best.signal.title}).",
            evidence=tuple(evidence_of(m) for m in shown),
            facts=(
                ("level", best.level),
                ("context", best.context),
                ("signals", ",".join(dict.fromkeys(m.signal.id for m in shown))),
                ("waits", "yes" if any(m.waits for m in mentions) and not far else "no"),
                ("fires", "yes" if (best.level == "high" or together) and not far else "no"),
            ),
            weight=WEIGHT[best.level] if best.level != "low" or best.context != "no" else 0.0,
        )


def evidence_of(mention: Mention) -> Evidence:
    """The words with what stands around them, and what the reference says they mean."""
    said = ", said of others or of the past" if mention.reported else ""
    on = f", of {mention.said_on}" if mention.said_on is not None else ""
    return Evidence(
        pointer=mention.pointer,
        submitted=mention.snippet,
        matched=mention.text,
        says=f"{mention.signal.id} at character {mention.offset}: {mention.signal.title}{on}{said}",
        citation=mention.signal.citation,
    )
