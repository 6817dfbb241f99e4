"""Scoring one submitted party against one listed party: a visible table of features whose contributions add up to the score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import Indel

from .common_names import is_common_name
from .hit import Feature, Strength
from .identifiers import identifier_key
from .legal_forms import LEGAL, LINKS, STYLE
from .names import Name, analyse
from .party import Alias, AliasKind, Party, PartyKind
from .submission import SubmittedParty
from .xpcc import Standing

NAME_FULL = 0.95
WEAK_FULL = 0.60
IDENTIFIER_FULL = 0.99
BIRTH_AGREES = 0.20
BIRTH_CONFLICTS = -0.22
COUNTRY_AGREES = 0.03
COUNTRY_DIFFERS = -0.05
IDENTIFIER_CONFLICTS = -0.25
CEILING = 0.99
PROBABLE_FROM = 0.85
"""Score from which a match that is not confirmed is probable."""

TOKEN_ALIKE = 0.80
"""Similarity (Indel, 0 to 1) below which two tokens are different words."""

YEARS_APART = 2
"""Birth years further apart than this speak against a match; lists give approximate years."""

TOKEN_WEIGHT: Mapping[str, float] = dict.fromkeys(LEGAL, 0.05) | dict.fromkeys(LINKS, 0.05) | dict.fromkeys(STYLE, 0.35)
"""Weight of a token in a name; every word not in the table weighs 1, a place or trade word with many bearers less."""

PLACE_TOKENS = frozenset(
    [
        "xinjiang",
        "urumqi",
        "beijing",
        "shanghai",
        "shenzhen",
        "hangzhou",
        "zhejiang",
        "guangdong",
        "jiangsu",
        "hubei",
        "hebei",
    ]
)
PLACE_WEIGHT = 0.6


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


def token_weight(token: str) -> float:
    if token in PLACE_TOKENS:
        return PLACE_WEIGHT
    return TOKEN_WEIGHT.get(token, 1.0)


def name_similarity(query: Name, listed: Name, *, person: bool) -> float:
    """How alike two names are, 0 to 1; 1 exactly when they share a key.

    Otherwise the share (Dice) of token weight that aligns on both sides. Fewer than two aligned full words are no match at all,
    so no rating rests on a shared surname or a common word; a person's parts must all align on the shorter side.
    """
    if query.keys & listed.keys:
        return 1.0
    if not query.tokens or not listed.tokens:
        return 0.0
    left = {t: max(0.05, 1.0 if person else token_weight(t)) for t in query.tokens[:24]}
    right = {t: max(0.05, 1.0 if person else token_weight(t)) for t in listed.tokens[:24]}
    pairs = sorted(
        ((s, a, b) for a in left for b in right if (s := _alike(a, b)) >= TOKEN_ALIKE),
        key=lambda p: (-p[0], p[1], p[2]),
    )
    used: set[str] = set()
    taken: set[str] = set()
    matched = strong = 0.0
    for similarity, a, b in pairs:
        if a in used or b in taken:
            continue
        used.add(a)
        taken.add(b)
        matched += similarity * (left[a] + right[b])
        strong += left[a] >= 0.5
    if strong < 2 or (person and len(used) < min(len(left), len(right))):
        return 0.0
    return min(0.99, matched / (sum(left.values()) + sum(right.values())))


def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if min(len(a), len(b)) < 4:
        return 0.0
    return float(Indel.normalized_similarity(a, b, score_cutoff=TOKEN_ALIKE))


@dataclass(frozen=True)
class Comparison:
    """A pair of parties compared: the features, their sum, and the strength that follows from stated conditions."""

    features: tuple[Feature, ...]
    score: float
    strength: Strength


def compare(
    submitted: SubmittedParty, listed: Party, names: Names, *, as_of: date, corps: tuple[str, Standing] | None = None
) -> Comparison:
    """Score a pair. ``corps`` says that a submitted name is the XPCC itself or named after it (see ``xpcc``)."""
    person = is_person(listed.kind) or is_person(submitted.kind)
    table = _Table()
    best = _best_name(submitted, names, as_of, person=person)
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
        best is not None and _distinctive(best, listed, birth=birth, submitted=submitted)
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


Best = tuple[float, Name, Name, Alias]


def _best_name(submitted: SubmittedParty, names: Names, as_of: date, *, person: bool) -> Best | None:
    best: Best | None = None
    for text in submitted.names:
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
        if key[0] in schemes and not key[0].endswith(":"):
            conflict = mine, next(i for k, i in theirs.items() if k[0] == key[0])
    if conflict is not None:
        mine, other = conflict
        table.add("identifier", mine.value, other.value, 0.0, IDENTIFIER_CONFLICTS, f"the {mine.scheme} numbers differ")
    return False


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
    else:
        table.add("country", submitted.country, ", ".join(theirs[:5]), 0.0, COUNTRY_DIFFERS, "the countries differ")


def _distinctive(best: Best, listed: Party, *, birth: bool | None, submitted: SubmittedParty) -> bool:
    """Whether this name, equal, tells one party from all others with nothing but the name to go by."""
    _, query, name, alias = best
    if alias.kind is AliasKind.WEAK:
        return birth is True
    if is_person(listed.kind):
        if birth is True:
            return True
        curated = any(i.scheme == "ofac" for i in listed.identifiers) and bool(listed.roles)
        return not alias.common and (curated or bool(name.han and query.han))
    full = [t for t in name.tokens if token_weight(t) >= 0.5]
    if name.han and name.han == query.han:
        return len(name.han) >= 4
    if len(full) >= 2:
        return True
    agreed = submitted.country is not None and submitted.country in listed.countries
    return bool(full) and (agreed or len("".join(full)) >= 8)


def _strength(table: _Table, *, exact: bool, distinctive: bool, identifier: bool, listed: Party) -> Strength:
    unconfirmed = bool(listed.designations) and not any(d.confirmed for d in listed.designations)
    if table.contradicted:
        return Strength.POSSIBLE
    if identifier or (exact and distinctive):
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
