"""Scoring one submitted party against one listed party: a visible table of features whose contributions add up to the score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .alignment import TELLING, name_similarity, token_weight
from .common_names import is_common_name
from .hit import Feature, Strength
from .identifiers import identifier_key, well_formed
from .names import Name, analyse
from .party import CURATED, Alias, AliasKind, Party, PartyKind
from .submission import SubmittedIdentifier, SubmittedParty
from .xpcc import Standing

NAME_FULL = 0.95
WEAK_FULL = 0.60
IDENTIFIER_FULL = 0.99
BIRTH_AGREES = 0.20
BIRTH_CONFLICTS = -0.22
COUNTRY_AGREES = 0.03
COUNTRY_DIFFERS = -0.05
IDENTIFIER_CONFLICTS = -0.25
CHINA = frozenset({"CN", "HK", "MO"})
"""Country codes that lists and registers use for one another."""

CEILING = 0.99
PROBABLE_FROM = 0.85
"""Score from which a match that is not confirmed is probable."""

YEARS_APART = 2
"""Birth years further apart than this speak against a match; lists give approximate years."""


@dataclass(frozen=True)
class Names:
    """A party's names analysed once: those of a listed party carry their alias."""

    names: tuple[tuple[Name, Alias], ...]


def is_person(kind: PartyKind | str) -> bool:
    return str(kind) == PartyKind.PERSON


def compatible(submitted: str, listed: PartyKind) -> bool:
    """Whether two kinds can be one party: people only with people, vessels only with vessels, unknown with any."""
    if submitted == "unknown" or listed is PartyKind.UNKNOWN:
        return True
    alone = {PartyKind.PERSON, PartyKind.VESSEL, PartyKind.AIRCRAFT}
    return submitted == listed if listed in alone or submitted in alone else True


@dataclass(frozen=True)
class Comparison:
    """A pair of parties compared: the features, their sum, and the strength that follows from stated conditions."""

    features: tuple[Feature, ...]
    score: float
    strength: Strength


def compare(
    submitted: SubmittedParty,
    listed: Party,
    names: Names,
    *,
    as_of: date,
    corps: tuple[str, Standing] | None = None,
    queries: tuple[str, ...] | None = None,
) -> Comparison:
    """Score a pair, by all submitted names or by those of ``queries``.

    ``corps`` says that a submitted name is the XPCC itself or named after it (see ``xpcc``).
    """
    person = is_person(listed.kind) or is_person(submitted.kind)
    table = _Table()
    best = _best_name(submitted.names if queries is None else queries, names, as_of, person=person)
    exact = False
    if corps is not None:
        text, standing = corps
        exact = standing is Standing.ITSELF
        said = (
            "is a division or state-asset body of it, which is the Corps itself"
            if exact
            else "is named after it; who owns it is open"
        )
        table.add("name", text, listed.name, 1.0 if exact else 0.9, NAME_FULL if exact else 0.8, f"'{text}' {said}")
    elif best is not None:
        similarity, query, _, alias = best
        exact = similarity == 1.0
        shared = person and is_common_name(query)
        full = WEAK_FULL if alias.kind is AliasKind.WEAK or shared else NAME_FULL
        how = ("equals" if exact else f"is {similarity:.0%} like") + (", as many people's names do," if shared else "")
        table.add(
            "name",
            query.text,
            alias.name,
            similarity,
            full * similarity**2,
            f"'{query.text}' {how} the {alias.kind} name '{alias.name}'",
        )
    agrees = _identifiers(table, submitted, listed)
    birth = _birth_date(table, submitted, listed)
    _country(table, submitted, listed)
    distinctive = corps is not None or (
        best is not None and _distinctive(best, listed, names, birth=birth, submitted=submitted)
    )
    return Comparison(
        tuple(table.features),
        round(table.total, 4),
        _strength(table, exact=exact, distinctive=distinctive, identifier=agrees, listed=listed),
    )


class _Table:
    """Features in order; each contribution is what the running total, kept between 0 and the ceiling, really moved."""

    def __init__(self) -> None:
        self.features: list[Feature] = []
        self.total = 0.0

    def add(self, name: str, submitted: str, listed: str, score: float, contribution: float, says: str) -> None:
        before, self.total = self.total, round(min(max(self.total + contribution, 0.0), CEILING), 4)
        moved = round(self.total - before, 4)
        self.features.append(
            Feature(name=name, submitted=submitted, listed=listed, score=round(score, 4), contribution=moved, says=says)
        )

    @property
    def contradicted(self) -> bool:
        return any(f.contribution < 0 and f.name != "country" for f in self.features)

    @property
    def differs(self) -> bool:
        """Whether the countries differ: too little to speak against a match, too much to confirm one by name alone."""
        return any(f.contribution < 0 and f.name == "country" for f in self.features)

    @property
    def agrees(self) -> bool:
        """Whether a birth date agrees."""
        return any(f.name == "birth_date" and f.score == 1.0 for f in self.features)


Best = tuple[float, Name, Name, Alias]


def _best_name(texts: Iterable[str], names: Names, as_of: date, *, person: bool) -> Best | None:
    best: Best | None = None
    for text in texts:
        query = analyse(text, person)
        for name, alias in names.names:
            if not alias.valid_on(as_of):
                continue
            similarity = name_similarity(query, name, person=person)
            weight = similarity * (0.7 if alias.kind is AliasKind.WEAK else 1.0)
            if similarity > 0 and (best is None or weight > best[0] * (0.7 if best[3].kind is AliasKind.WEAK else 1.0)):
                best = (similarity, query, name, alias)
    return best


def _identifiers(table: _Table, submitted: SubmittedParty, listed: Party) -> bool:
    """Equal strong identifiers confirm; different ones of one scheme and country speak against."""
    theirs = {k: i for i in listed.identifiers if (k := identifier_key(i.scheme, i.value, i.country))}
    schemes = {scheme for scheme, _ in theirs}
    conflict = None
    for mine in submitted.identifiers:
        key = identifier_key(mine.scheme, mine.value, mine.country)
        if key is None:
            continue
        if key in theirs:
            table.add(
                "identifier",
                mine.value,
                theirs[key].value,
                1.0,
                IDENTIFIER_FULL,
                f"the {mine.scheme} numbers are equal",
            )
            return True
        if key[0] in schemes and _must_agree(mine, key[0]):
            conflict = mine, next(i for k, i in theirs.items() if k[0] == key[0])
    if conflict is not None:
        mine, other = conflict
        table.add("identifier", mine.value, other.value, 0.0, IDENTIFIER_CONFLICTS, f"the {mine.scheme} numbers differ")
    return False


def _must_agree(mine: SubmittedIdentifier, scheme: str) -> bool:
    """Whether a different number speaks against a match: not of a passport, which changes, nor when misspelled or of an unknown country."""
    return (
        mine.scheme != "passport"
        and not scheme.endswith(":")
        and well_formed(scheme.split(":", maxsplit=1)[0], mine.value)
    )


def _birth_date(table: _Table, submitted: SubmittedParty, listed: Party) -> bool | None:
    """True when a birth date agrees as far as both are known, False when every one conflicts, None when nothing is known."""
    if submitted.birth_date is None or not listed.birth_dates:
        return None
    mine = submitted.birth_date
    agreeing = next((d for d in listed.birth_dates if mine.startswith(d) or d.startswith(mine)), None)
    if agreeing is not None:
        table.add("birth_date", mine, agreeing, 1.0, BIRTH_AGREES, "the birth dates agree as far as both are known")
        return True
    nearest = min(listed.birth_dates, key=lambda d: abs(int(d[:4]) - int(mine[:4])))
    apart = abs(int(nearest[:4]) - int(mine[:4]))
    if 0 < apart <= YEARS_APART:
        table.add(
            "birth_date", mine, nearest, 0.5, 0.0, f"the birth years are {apart} apart, within the lists' own margin"
        )
        return None
    table.add("birth_date", mine, nearest, 0.0, BIRTH_CONFLICTS, "the birth dates conflict")
    return False


def _country(table: _Table, submitted: SubmittedParty, listed: Party) -> None:
    theirs = tuple(dict.fromkeys((*listed.countries, *listed.nationalities)))
    if submitted.country is None or not theirs:
        return
    if submitted.country in theirs:
        table.add("country", submitted.country, submitted.country, 1.0, COUNTRY_AGREES, "the countries agree")
    elif submitted.country in CHINA and not CHINA.isdisjoint(theirs):
        shown = ", ".join(theirs[:5])
        table.add("country", submitted.country, shown, 0.5, 0.0, "the countries neither agree nor differ")
    else:
        table.add("country", submitted.country, ", ".join(theirs[:5]), 0.0, COUNTRY_DIFFERS, "the countries differ")


def _distinctive(best: Best, listed: Party, names: Names, *, birth: bool | None, submitted: SubmittedParty) -> bool:
    """Whether this name, equal, tells one party from all others with nothing but the name to go by."""
    _, query, name, alias = best
    if alias.kind is AliasKind.WEAK:
        return birth is True
    if is_person(listed.kind):
        if birth is True:
            return True
        han = _han_agrees(submitted, names)
        return (
            not alias.common
            and han is not False
            and (_official_of_reference(listed) or han is True or len(query.tokens) >= 4)
        )
    full = min(([t for t in n.tokens if token_weight(t) >= TELLING] for n in (query, name)), key=len)
    if name.han and name.han == query.han:
        return len(name.han) >= 4
    if len(full) >= 2:
        return True
    agreed = submitted.country is not None and submitted.country in listed.countries
    return bool(full) and (agreed or (is_curated(listed) and len("".join(full)) >= 8))


def is_curated(listed: Party) -> bool:
    """Whether the reference has a record of the party: its names were chosen one by one."""
    return listed.source == CURATED or any(record.startswith("karez:") for record in listed.records)


def _official_of_reference(listed: Party) -> bool:
    """Whether the reference names this person with an OFAC number and offices: names checked one by one, the common ones marked."""
    return is_curated(listed) and bool(listed.roles) and any(i.scheme == "ofac" for i in listed.identifiers)


def _han_agrees(submitted: SubmittedParty, names: Names) -> bool | None:
    """Whether a person's Han names agree; None where one side has none. Equal in pinyin is not equal."""
    mine = {han for text in submitted.names if (han := analyse(text, True).han)}
    theirs = {name.han for name, _ in names.names if name.han}
    return bool(mine & theirs) if mine and theirs else None


def _strength(table: _Table, *, exact: bool, distinctive: bool, identifier: bool, listed: Party) -> Strength:
    unconfirmed = bool(listed.designations) and not any(d.confirmed for d in listed.designations)
    if table.contradicted:
        return Strength.POSSIBLE
    if identifier or (exact and distinctive and (not table.differs or table.agrees)):
        return Strength.PROBABLE if unconfirmed else Strength.CONFIRMED
    return Strength.PROBABLE if table.total >= PROBABLE_FROM else Strength.POSSIBLE


def names_of(party: Party) -> Names:
    """Analyse every alias of a listed party once."""
    person = is_person(party.kind)
    return Names(tuple((analyse(a.name, person), a) for a in party.aliases))


def merged_aliases(parties: Iterable[Party]) -> tuple[Alias, ...]:
    """The aliases of several records of one party, each spelling once; where one record calls its name common, all are."""
    parties = tuple(parties)
    common = any(a.common for p in parties for a in p.aliases)
    made: dict[str, Alias] = {}
    for party in parties:
        for alias in party.aliases:
            made.setdefault(alias.name, alias.model_copy(update={"common": True}) if common else alias)
    return tuple(made.values())
