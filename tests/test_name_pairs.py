"""The regression pairs of ``cases/names.yaml``: true spellings hit, other people's and companies' names do not, and each says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest

from app import reference
from app.core.hit import Hit
from app.core.party import Alias, AliasKind, Designation, Identifier, Party, PartyKind
from app.core.screening.watchlist import Watchlist
from app.core.submission import SubmittedParty
from app.core.values import Citation
from tests.support import yaml_cases

DAY = date(2026, 11, 23)
ORDER = ("possible", "probable", "confirmed")
GROUPS = yaml_cases("names")
ACT = Designation(instrument="I", list="l", programme="P", citation=Citation(title="l", url="https://example.org/l"))


def key(number: int) -> str:
    """The id of the party of a group."""
    return str(GROUPS[number].get("party", f"pairs:{number}"))


def made(number: int) -> Party:
    """The party that a group lists itself."""
    group = GROUPS[number]
    first, *rest = group["listed"]
    aliases = [Alias(name=first, kind=AliasKind.PRIMARY), *(Alias(name=n) for n in rest)]
    aliases += [Alias(name=n, kind=AliasKind.WEAK) for n in group.get("weak", ())]
    return Party(
        id=key(number),
        source="pairs",
        kind=PartyKind(group.get("kind", "organization")),
        aliases=tuple(aliases),
        birth_dates=tuple(group.get("births", ())),
        countries=tuple(group.get("countries", ())),
        identifiers=tuple(Identifier(**i) for i in group.get("identifiers", ())),
        designations=(ACT,),
    )


@cache
def watchlist() -> Watchlist:
    """The reference and every group's own party, all in one list as in life."""
    own = [made(n) for n, group in enumerate(GROUPS) if "listed" in group]
    return Watchlist.of([*reference.load_parties(), *own])


def submitted(group: Mapping[str, Any], case: str | Mapping[str, Any]) -> SubmittedParty:
    members = {"name": case} if isinstance(case, str) else case
    return SubmittedParty.model_validate({"kind": group.get("kind", "organization"), **members})


def hit_on(number: int, party: SubmittedParty) -> Hit | None:
    """The hit on the group's party at the default threshold."""
    hits = watchlist().screen(party, subject="q", as_of=DAY, limit=20)
    return next((h for h in hits if h.party.id == key(number)), None)


def pairs(which: str) -> Iterator[Any]:
    for number, group in enumerate(GROUPS):
        for case in group.get(which, ()):
            name = case if isinstance(case, str) else " ".join(str(v) for v in case.values())
            yield pytest.param(number, case, id=f"{name} {which} {key(number)}")


@pytest.mark.parametrize(("number", "case"), list(pairs("same")))
def test_a_spelling_of_the_party_is_found(number: int, case: str | Mapping[str, Any]) -> None:
    group = GROUPS[number]
    hit = hit_on(number, submitted(group, case))
    assert hit is not None, group["why"]
    assert ORDER.index(hit.strength) >= ORDER.index(group.get("strength", "possible")), group["why"]


@pytest.mark.parametrize(("number", "case"), list(pairs("other")))
def test_the_name_of_another_is_left_alone(number: int, case: str | Mapping[str, Any]) -> None:
    group = GROUPS[number]
    hit = hit_on(number, submitted(group, case))
    if "at_most" in group:
        assert hit is None or ORDER.index(hit.strength) <= ORDER.index(group["at_most"]), group["why"]
    else:
        assert hit is None, group["why"]


@pytest.mark.parametrize(("number", "case"), list(pairs("faint")))
def test_a_faint_spelling_still_comes_first(number: int, case: str) -> None:
    hits = watchlist().screen(submitted(GROUPS[number], case), subject="q", as_of=DAY, threshold=0.0, limit=1)
    assert [h.party.id for h in hits] == [key(number)], GROUPS[number]["why"]


def test_there_are_some_hundred_pairs_and_every_group_says_why() -> None:
    assert all(len(g["why"]) > 10 and ("party" in g) != ("listed" in g) for g in GROUPS)
    assert sum(len(g.get("same", ())) + len(g.get("other", ())) for g in GROUPS) >= 300
