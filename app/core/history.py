"""What a list said about a party up to a day: its record then, with what the list had dropped before, dated and kept.

The list's dates (when an edition said so) and the law's dates (when the effect began and ended) stay apart: a list's day becomes a
designation's end only where the list dropped it and no law states another end; it never becomes a beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .party import Alias, AliasKind, Designation, Party


@dataclass(frozen=True)
class Said:
    """One version of a party, and the days on which its list said so: from ``since`` (included) until ``until`` (excluded).

    ``until`` is None while the latest edition in question still says so. ``partial`` marks a version from an edition some documents of
    which were missing: what it does not say, the list may still have said.
    """

    since: date
    until: date | None
    party: Party
    partial: bool = False


def as_said(history: Sequence[Said]) -> Party:
    """The party after its versions, in order of time and not empty.

    Names and designations that the list dropped stay, dated by the edition that dropped them; a party that it dropped whole keeps its
    last record with every designation ended.
    """
    last = history[-1]
    if len(history) == 1 and last.until is None:
        return last.party
    party = last.party
    aliases = [*party.aliases, *_former_names(history)]
    designations = [
        *(d if last.until is None else _ended(d, last.until) for d in party.designations),
        *_dropped_designations(history),
    ]
    return party.model_copy(update={"aliases": tuple(aliases), "designations": tuple(designations)})


def _former_names(history: Sequence[Said]) -> Iterator[Alias]:
    """Names of earlier versions that the last one does not have, each until the first edition without it."""
    seen = {_key(a.name) for a in history[-1].party.aliases}
    for n in range(len(history) - 2, -1, -1):
        dropped = min(_day(history[n]), history[n + 1].since)
        for alias in history[n].party.aliases:
            if _key(alias.name) in seen:
                continue
            seen.add(_key(alias.name))
            if history[n + 1].partial:
                yield (
                    alias
                    if alias.kind is not AliasKind.PRIMARY
                    else alias.model_copy(update={"kind": AliasKind.STRONG})
                )
                continue
            kind = AliasKind.WEAK if alias.kind is AliasKind.WEAK else AliasKind.FORMER
            until = min(alias.valid_to, dropped) if alias.valid_to is not None else dropped
            yield alias.model_copy(update={"kind": kind, "valid_to": until})


def _dropped_designations(history: Sequence[Said]) -> Iterator[Designation]:
    """Designations of earlier versions that the last one does not have, ended on the day the list dropped them."""
    kept = history[-1].party.designations
    seen = {(d.list, d.programme) for d in kept} | {(d.list, d.instrument) for d in kept}
    for n in range(len(history) - 2, -1, -1):
        for designation in history[n].party.designations:
            keys = {(designation.list, designation.programme), (designation.list, designation.instrument)}
            if keys & seen:
                continue
            seen |= keys
            yield _ended(designation, min(_day(history[n]), history[n + 1].since))


def _day(said: Said) -> date:
    return said.until if said.until is not None else date.max


def _ended(designation: Designation, day: date) -> Designation:
    """Ended on ``day`` unless the law states an earlier end; nothing ends before it began."""
    if designation.ended_on is not None and designation.ended_on <= day:
        return designation
    begun = designation.listed_on
    return designation.model_copy(update={"ended_on": max(day, begun) if begun is not None else day})


def _key(name: str) -> str:
    """A name without its punctuation and case: another way of writing it down is no other name."""
    return "".join(ch for ch in name.casefold() if ch.isalnum()) or name
