"""A submitted and a listed party compared: the best pair of names and every other fact, as features whose contributions add up to the score."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, log

from app.core.hit import Feature, Strength
from app.core.names import Name, analyse
from app.core.party import Alias, AliasKind, Party, PartyKind
from app.core.submission import SubmittedParty
from app.core.xpcc import Standing

from .common_names import is_common_name
from .evidence import Fact
from .legal_forms import TELLING, token_weight
from .weights import COMMON, COMMON_EQUAL, EXACT, WEAK_MOST, pressed

PROBABLE_FROM = 0.85
"""Score from which a match that is not confirmed is probable."""

MOST = 6.5
"""Log-odds of the surest match."""

SHOWN_FLOOR = 1.0
"""Log-odds (0.73) that a near-exact name keeps against one fact that contradicts it: it is shown, as contradicted."""

NOTHING = -20.0
"""Log-odds of names that share nothing: a score of 0."""

CORPS_ITSELF, CORPS_NAMED = 4.4, 1.9


@dataclass(frozen=True)
class NamePair:
    """The best pair of names of two parties: the submitted text, the listed alias, and its log-odds before other facts."""

    text: str
    alias: Alias
    value: float
    equal: bool
    near: bool
    likeness: float
    says: str
    kindred: bool = False
    """Whether the names are of two bodies of one state or house, which share its country and city anyway."""


@dataclass(frozen=True)
class Comparison:
    """A pair of parties compared: the features, and their sum."""

    features: tuple[Feature, ...]
    score: float


def named_value(raw: float, kind: AliasKind, *, equal: bool, common: bool, nobody: bool, bits: float) -> float:
    """Log-odds of a pair of names: equal ones by rule, others by what was learnt; weak ones, and ``common`` ones that are not equal or
    point at ``nobody`` (hundreds of thousands bear it, or the other's family name stands first), below the threshold."""
    value = EXACT + min(bits, 60.0) / 150.0 if equal else pressed(raw)
    if common:
        value = min(value, (COMMON_EQUAL if equal and not nobody else COMMON) + 0.01 * value)
    if kind is AliasKind.WEAK:
        return min(value, WEAK_MOST - 0.2 + 0.2 * value / EXACT)
    if kind is AliasKind.FORMER and not equal:
        return value - 0.1
    return value


def total(pair: NamePair | None, known: tuple[Fact, ...]) -> float:
    """The log-odds of name and facts together; a near-exact name contradicted once is still shown."""
    value = NOTHING if pair is None else pair.value
    agrees = any(f.name == "identifier" and f.value > 0 for f in known)
    if agrees:
        value = max(value, 0.0)
    kindred = pair is not None and pair.kindred
    added = value + sum(f.value for f in known if not (kindred and f.value > 0 and f.name in ("country", "address")))
    if pair is not None and pair.near and not agrees and pair.alias.kind is not AliasKind.WEAK:
        against = [f for f in known if f.value < 0 and f.name != "address"]
        if (
            len(against) == 1
            and against[0].name in ("birth_date", "identifier")
            and against[0].shown
            and added < SHOWN_FLOOR <= value
        ):
            added = SHOWN_FLOOR + 0.02 * (added - SHOWN_FLOOR)
    return max(min(added, MOST), NOTHING)


def probability(value: float) -> float:
    return 0.0 if value <= NOTHING else round(1.0 / (1.0 + exp(-value)), 6)


def least_value(threshold: float) -> float:
    """Log-odds that a score of ``threshold`` or more needs: a hair less, as scores are rounded."""
    least = min(threshold, 1.0) - 1e-6
    return log(least / (1.0 - least)) - 1e-6 if least > 0.0 else -inf


def score_of(pair: NamePair | None, known: tuple[Fact, ...]) -> float:
    return probability(total(pair, known))


def compared(pair: NamePair | None, known: tuple[Fact, ...]) -> Comparison:
    """The comparison with its features: each contribution is what the score moves when its fact joins those before it."""
    features: list[Feature] = []
    before = 0.0
    taken: tuple[Fact, ...] = ()
    if pair is not None:
        after = score_of(pair, ())
        features.append(_feature("name", pair.text, pair.alias.name, pair.likeness, after - before, pair.says))
        before = after
    for fact in known:
        taken = (*taken, fact)
        after = score_of(pair, taken)
        features.append(_feature(fact.name, fact.submitted, fact.listed, fact.score, after - before, fact.says))
        before = after
    return Comparison(tuple(features), before)


def corps_pair(corps: tuple[str, Standing], listed: Party) -> NamePair:
    """The Corps by its divisions and state-asset bodies, and by companies named after it."""
    text, standing = corps
    itself = standing is Standing.ITSELF
    says = (
        "is a division or state-asset body of it, which is the Corps itself"
        if itself
        else "is named after it; who owns it is open"
    )
    alias = next((a for a in listed.aliases if a.kind is AliasKind.PRIMARY), listed.aliases[0])
    value = CORPS_ITSELF if itself else CORPS_NAMED
    return NamePair(text, alias, value, itself, itself, 1.0 if itself else 0.9, f"'{text}' {says}")


def _feature(name: str, submitted: str, listed: str, score: float, contribution: float, says: str) -> Feature:
    return Feature(
        name=name,
        submitted=submitted,
        listed=listed,
        score=round(score, 4),
        contribution=round(contribution, 6),
        says=says,
    )


def strength(
    submitted: SubmittedParty,
    listed: Party,
    pair: NamePair | None,
    known: tuple[Fact, ...],
    score: float,
    corps: tuple[str, Standing] | None,
) -> Strength:
    """``confirmed``: an identifier agrees, or a distinctive name is equal with nothing against it; contradicted is ``possible``."""
    by_name = {f.name: f for f in known}
    birth, country, number, kind = (by_name.get(n) for n in ("birth_date", "country", "identifier", "kind"))
    unconfirmed = bool(listed.designations) and not any(d.confirmed for d in listed.designations)
    if any(f is not None and f.score == 0.0 and f.value < 0 for f in (birth, number)):
        return Strength.POSSIBLE
    agrees = birth is not None and birth.score == 1.0
    differs = country is not None and country.value < 0
    alone = pair is not None and corps is None and number is None and not agrees
    if alone and pair is not None and (_few_of_many(pair, listed) or _of_thousands(pair, submitted, listed)):
        return Strength.POSSIBLE
    distinctive = corps is not None or (
        pair is not None and _distinctive(pair, listed, birth=agrees, submitted=submitted)
    )
    if number is not None or (
        pair is not None and pair.equal and distinctive and kind is None and (not differs or agrees)
    ):
        return Strength.PROBABLE if unconfirmed else Strength.CONFIRMED
    return Strength.PROBABLE if score >= PROBABLE_FROM else Strength.POSSIBLE


def _of_thousands(pair: NamePair, submitted: SubmittedParty, listed: Party) -> bool:
    """Whether thousands of people bear the submitted name, and neither Han characters nor the reference's own choice of names say more."""
    person = listed.kind is PartyKind.PERSON and not listed.curated
    return person and is_common_name(analyse(pair.text, True)) and _han_agrees(submitted, listed) is not True


def _few_of_many(pair: NamePair, listed: Party) -> bool:
    """Whether two words stand against a person's name of four or more: half of it is shared by many people."""
    if listed.kind is not PartyKind.PERSON or pair.equal:
        return False
    return len(analyse(pair.text, True).tokens) <= 2 and len(analyse(pair.alias.name, True).tokens) >= 4


def _distinctive(pair: NamePair, listed: Party, *, birth: bool, submitted: SubmittedParty) -> bool:
    """Whether this name, equal, tells one party from all others with nothing but the name to go by."""
    person = listed.kind is PartyKind.PERSON
    query, name = analyse(pair.text, person), analyse(pair.alias.name, person)
    if pair.alias.kind is AliasKind.WEAK:
        return birth
    if person:
        if birth:
            return True
        han = _han_agrees(submitted, listed)
        told = _official_of_reference(listed) or han is True or len(query.tokens) >= 4
        return not pair.alias.common and not (is_common_name(query) and han is not True) and han is not False and told
    full = min(([t for t in n.tokens if token_weight(t) >= TELLING] for n in (query, name)), key=len)
    if name.han and name.han == query.han:
        return len(name.han) >= 4
    if len(full) >= 2:
        return True
    agreed = submitted.country is not None and submitted.country in listed.countries
    return bool(full) and (agreed or (listed.curated and len("".join(full)) >= 8))


def _official_of_reference(listed: Party) -> bool:
    """Whether the reference names this person with an OFAC number and offices: names checked one by one, the common ones marked."""
    return listed.curated and bool(listed.roles) and any(i.scheme == "ofac" for i in listed.identifiers)


def _han_agrees(submitted: SubmittedParty, listed: Party) -> bool | None:
    """Whether a person's Han names agree; None where one side has none. Equal in pinyin is not equal."""
    mine = {han for text in submitted.names if (han := analyse(text, True).han)}
    theirs = {han for alias in listed.aliases if (han := analyse(alias.name, True).han)}
    return bool(mine & theirs) if mine and theirs else None


def equal_names(text: str, alias: str, *, person: bool) -> bool:
    """Whether two texts are one name by rule: order, case, spacing, accents and legal form apart (see ``names.Name``)."""
    return _equal(analyse(text, person), analyse(alias, person))


def _equal(one: Name, other: Name) -> bool:
    return one.equals(other)
