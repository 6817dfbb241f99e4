"""From signals in text to findings: one per subject, with every mention as evidence."""

from __future__ import annotations

from collections.abc import Iterator

from .factor import Case, Evidence, Finding
from .texts import Mention

SHOWN = 20
WEIGHT = {"high": 1.0, "med": 0.4, "low": 0.1}
ORDER = ("low", "med", "high")


def signal_findings(case: Case, *signals: str) -> Iterator[Finding]:
    """One finding per subject whose texts carry any of ``signals``; denied and quoted mentions do not count.

    Facts: ``level`` (high, med, low after the context rule), ``context``, ``signals``, and ``fires``: one high mention in the
    region's context about the company itself, or two medium ones of different families.
    """
    for subject, mentions in case.texts.of(*signals).items():
        best = max(mentions, key=lambda m: ORDER.index(m.level))
        level = best.level
        together = level == "med" and len(case.texts.medium_families(subject)) >= 2
        shown = sorted(mentions, key=lambda m: -ORDER.index(m.level))[:SHOWN]
        words = ", ".join(dict.fromkeys(f"“{m.text}”" for m in shown[:8]))
        yield Finding(
            subject=subject,
            says=f"The text about {case.parties[subject].party.name} says {words} ({best.signal.title.lower()}).",
            evidence=tuple(evidence_of(m) for m in shown),
            facts=(
                ("level", level),
                ("context", best.context),
                ("signals", ",".join(dict.fromkeys(m.signal.id for m in shown))),
                ("fires", "yes" if level == "high" or together else "no"),
            ),
            weight=WEIGHT[level],
        )


def evidence_of(mention: Mention) -> Evidence:
    """The words with what stands around them, and what the reference says they mean."""
    return Evidence(
        pointer=mention.pointer,
        submitted=mention.snippet,
        matched=mention.text,
        says=f"{mention.signal.id} at character {mention.offset}: {mention.signal.title}",
        citation=mention.signal.citation,
    )
