"""What facts beside the name add to a match or take from it, in log-odds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.core.identifiers import identifier_key, well_formed
from app.core.names import fold
from app.core.party import Party, PartyKind
from app.core.submission import SubmittedIdentifier, SubmittedParty

IDENTIFIER_AGREES = 7.0
IDENTIFIER_CONFLICTS = -2.6
BIRTH_DAY_AGREES, BIRTH_MONTH_AGREES, BIRTH_YEAR_AGREES = 3.0, 2.2, 1.5
BIRTH_NEAR = -0.4
BIRTH_CONFLICTS = -6.0
COUNTRY_AGREES = 0.5
COUNTRY_DIFFERS = -1.0
CITY_AGREES = 0.4
KIND_UNSAID = -0.6
"""A listed person, ship or aircraft, and a submitted kind that is the default and may have been left as it was."""
KIND_CONFLICTS = -4.5
"""People only with people, ships only with ships, when the caller said which."""
CHINA = frozenset({"CN", "HK", "MO"})
"""Country codes that lists and registers use for one another."""

YEARS_APART = 2
"""Birth years further apart than this speak against a match; lists give approximate years."""


@dataclass(frozen=True)
class Fact:
    """One fact compared: its name, both sides, how alike they are (0 to 1), its log-odds, and in words."""

    name: str
    submitted: str
    listed: str
    score: float
    value: float
    says: str
    shown: bool = True
    """Whether a near-exact name is shown in spite of it, when it is all that speaks against the match."""


def most_added(submitted: SubmittedParty) -> float:
    """The most log-odds that facts can add to a name, an equal identifier apart."""
    return (
        (BIRTH_DAY_AGREES if submitted.birth_date is not None else 0.0)
        + (COUNTRY_AGREES if submitted.country is not None else 0.0)
        + (CITY_AGREES if submitted.sites else 0.0)
    )


def facts(submitted: SubmittedParty, listed: Party) -> Iterator[Fact]:
    """Every fact known on both sides: kind, identifiers, birth date, country, city."""
    if submitted.identifiers and listed.identifiers and (fact := _identifiers(submitted, listed)):
        yield fact
    if submitted.birth_date is not None and listed.birth_dates:
        fact = _birth_date(submitted.birth_date, listed)
        # a caller who says the country too is met by a second fact, or by none: only the first speaks for showing a namesake
        spoken = submitted.country is None or bool(listed.countries or listed.nationalities)
        yield fact if spoken else replace(fact, shown=False)
    if submitted.country is not None and (fact := _country(submitted.country, listed)):
        yield fact
    if submitted.sites and listed.addresses and (fact := _city(submitted, listed)):
        yield fact
    if fact := _kind(submitted.kind, listed.kind):
        yield fact


def _identifiers(submitted: SubmittedParty, listed: Party) -> Fact | None:
    """Equal strong identifiers confirm; different ones of one scheme and country speak against."""
    theirs = {k: i for i in listed.identifiers if (k := identifier_key(i.scheme, i.value, i.country))}
    schemes = {scheme for scheme, _ in theirs}
    conflict = None
    for mine in submitted.identifiers:
        key = identifier_key(mine.scheme, mine.value, mine.country)
        if key is None:
            continue
        if key in theirs:
            return Fact(
                "identifier",
                mine.value,
                theirs[key].value,
                1.0,
                IDENTIFIER_AGREES,
                f"the {mine.scheme} numbers are equal",
            )
        if key[0] in schemes and _must_agree(mine, key[0]):
            conflict = mine, next(i for k, i in theirs.items() if k[0] == key[0])
    if conflict is None:
        return None
    mine, other = conflict
    return Fact("identifier", mine.value, other.value, 0.0, IDENTIFIER_CONFLICTS, f"the {mine.scheme} numbers differ")


def _must_agree(mine: SubmittedIdentifier, scheme: str) -> bool:
    """Whether a different number speaks against a match: not of a passport, which changes, nor when misspelled or of an unknown country."""
    return (
        mine.scheme != "passport"
        and not scheme.endswith(":")
        and well_formed(scheme.split(":", maxsplit=1)[0], mine.value)
    )


def _birth_date(mine: str, listed: Party) -> Fact:
    agreeing = [d for d in listed.birth_dates if mine.startswith(d) or d.startswith(mine)]
    if agreeing:
        best = max(agreeing, key=lambda d: min(len(d), len(mine)))
        known = min(len(best), len(mine))
        value = {4: BIRTH_YEAR_AGREES, 7: BIRTH_MONTH_AGREES}.get(known, BIRTH_DAY_AGREES)
        return Fact("birth_date", mine, best, 1.0, value, "the birth dates agree as far as both are known")
    nearest = min(listed.birth_dates, key=lambda d: (abs(int(d[:4]) - int(mine[:4])), d))
    apart = abs(int(nearest[:4]) - int(mine[:4]))
    if len(nearest) == len(mine) == 10 and (nearest[5:7], nearest[8:]) == (mine[8:], mine[5:7]) and apart == 0:
        return Fact(
            "birth_date", mine, nearest, 0.9, BIRTH_MONTH_AGREES, "the birth dates agree with day and month exchanged"
        )
    if apart <= YEARS_APART and (apart > 0 or "-01-01" in (nearest[4:], mine[4:])):
        return Fact(
            "birth_date",
            mine,
            nearest,
            0.5,
            BIRTH_NEAR,
            f"the birth years are {apart} apart, within the lists' own margin",
        )
    return Fact("birth_date", mine, nearest, 0.0, BIRTH_CONFLICTS, "the birth dates conflict")


def _country(mine: str, listed: Party) -> Fact | None:
    theirs = tuple(dict.fromkeys((*listed.countries, *listed.nationalities)))
    if not theirs:
        return None
    if mine in theirs:
        return Fact("country", mine, mine, 1.0, COUNTRY_AGREES, "the countries agree")
    shown = ", ".join(theirs[:5])
    if mine in CHINA and not CHINA.isdisjoint(theirs):
        return Fact("country", mine, shown, 0.5, 0.0, "the countries neither agree nor differ")
    return Fact("country", mine, shown, 0.0, COUNTRY_DIFFERS, "the countries differ")


def _city(submitted: SubmittedParty, listed: Party) -> Fact | None:
    """A city that both sides name; two parties of one city are many, so it adds little and never confirms."""
    theirs = {folded: a.city for a in listed.addresses if a.city and len(folded := fold(a.city)) >= 4}
    for site in submitted.sites:
        text = f" {fold(' '.join(p for p in (site.city, site.address) if p))} "
        for folded, city in theirs.items():
            if f" {folded} " in text:
                return Fact("address", site.city or site.address or "", city, 1.0, CITY_AGREES, f"both are in {city}")
    return None


def _kind(mine: str, theirs: PartyKind) -> Fact | None:
    """A kind that differs; an organisation is what a caller gets who says nothing, so it speaks softly."""
    bodies = (PartyKind.ORGANIZATION, PartyKind.GOVERNMENT_BODY)
    if (
        mine == "unknown"
        or theirs is PartyKind.UNKNOWN
        or mine == str(theirs)
        or (mine in map(str, bodies) and theirs in bodies)
    ):
        return None
    value = KIND_UNSAID if mine == "organization" else KIND_CONFLICTS
    return Fact("kind", mine, str(theirs), 0.0, value, f"submitted as {mine}, listed as {theirs}")
