"""A party named in the submission is itself on a list."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.case import Case
from app.core.factor import factor
from app.core.finding import Evidence, Finding
from app.core.list_names import list_name
from app.core.names import fold
from app.core.ownership.core_name import core_name
from app.core.ownership.listing import Listing
from app.core.ownership.roles import Reach
from app.core.party import Designation
from app.core.values import Citation

CITES = (
    Citation(
        title="31 CFR 501.801-501.807, OFAC reporting and procedures",
        url="https://www.ecfr.gov/current/title-31/subtitle-B/chapter-V/part-501",
    ),
)
ENTRY_BAN = "NONE"
"""The ownership code of instruments that reach nobody but the person (entry bans, law.md 2.2)."""

ENTRY = frozenset({"entry_ban", "visa_ban", "travel_ban"})
"""Measures that keep a person out and do nothing else."""


def evidence_of(case: Case, listing: Listing) -> tuple[Evidence, ...]:
    """The submitted name against the listed one, and the list's own record."""
    submitted = case.parties[listing.subject]
    designation = listing.designation
    best = max(listing.hit.features, key=lambda f: f.contribution)
    entry = f"{listing.party.name} on {list_name(designation.list)} ({designation.programme}), {listing.since()}"
    return (
        Evidence(
            pointer=f"{submitted.pointer}/name",
            submitted=submitted.party.name,
            matched=best.listed,
            says=f"{best.says}; {listing.hit.strength} match, score {listing.hit.score:.2f}",
            citation=designation.citation,
        ),
        Evidence(
            pointer=listing.pointer,
            submitted=submitted.party.name,
            matched=listing.party.name,
            says=f"{entry}: {designation.basis}" if designation.basis else entry,
            citation=designation.citation,
        ),
    )


def facts_of(case: Case, listing: Listing, reach: Reach) -> tuple[tuple[str, str], ...]:
    """What rules may ask about a listing; ``exact`` says whether a submitted name is one the list gives, its legal form aside."""
    designation = listing.designation
    return (
        ("list", designation.list),
        ("instrument", designation.instrument),
        ("programme", designation.programme),
        ("extends_to", designation.extends_to),
        ("reach", reach.value),
        ("verification", designation.verification.value),
        ("exact", "yes" if _exact(case, listing) else "no"),
    )


def _exact(case: Case, listing: Listing) -> bool:
    placed = case.parties.get(listing.subject)
    if placed is None:
        return True
    names = placed.party.names[:20]
    if listing.designation.names:
        listed = {fold(name) for name in listing.designation.names}
        return any(fold(name) in listed for name in names)
    listed = {core_name(a.name) for a in listing.party.aliases}
    return any(core_name(name) in listed for name in names)


def carries_effect(designation: Designation) -> bool:
    """Whether the designation does more than bar a person's entry."""
    return designation.extends_to != ENTRY_BAN


def bars_entry(case: Case, designation: Designation) -> bool:
    """Whether the designation bars a person's entry, as its own clauses say or else its instrument."""
    instrument = case.reference.instruments.get(designation.instrument)
    said = designation.clauses or (instrument.measures if instrument is not None else ())
    return bool(ENTRY & set(said))


@factor(family="listing", base=60, cites=CITES)
def listed_party(case: Case) -> Iterator[Finding]:
    """A party named in the submission is itself on a list.

    One finding per party and list with a confirmed match and a confirmed designation in force on the day. A party further
    upstream on a list of a blocking regime is ``listed_upstream`` instead; one listed only by an entry ban, ``entry_ban_only``.
    """
    for listing in case.listings:
        designation = listing.designation
        if not (listing.confirmed and designation.in_force(case.as_of) and carries_effect(designation)):
            continue
        reach = case.roles.reach(listing.subject)
        rule = case.ownership_rules.get(designation.extends_to)
        if reach is Reach.UPSTREAM and rule is not None and rule.blocking:
            continue
        name = case.parties[listing.subject].party.name
        yield Finding(
            subject=listing.subject,
            says=f"{name} matches {listing.party.name}, listed on {list_name(designation.list)} {listing.since()}.",
            evidence=evidence_of(case, listing),
            facts=facts_of(case, listing, reach),
        )
