"""Near misses: names that look like a listed one and are somebody else's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from app.core.party import Party, PartyKind

from .lists import Record
from .plain import PARTICLES, core, core_key, key, script, words
from .suppliers import Company

TITLES = frozenset(
    ["sayyid", "seyyed", "sayed", "sheikh", "shaykh", "hajji", "mullah", "maulawi", "mawlawi", "general"]
)
"""Words before a name that are none of its parts."""


def near_people(parties: Sequence[Party], known: set[str], random: Random) -> Iterator[tuple[str, str]]:
    """A listed person's family name with another's given name of the same country, on no list under any spelling."""
    by_country: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for party in parties:
        if party.kind is PartyKind.PERSON and party.nationalities:
            family, comma, given = party.name.partition(", ")
            if comma and len(given.split()) == len(family.split()) == 1:
                by_country[party.nationalities[0]].append((family, given))
    pairs = [(c, n) for c, names in sorted(by_country.items()) if len(names) >= 8 for n in range(len(names))]
    random.shuffle(pairs)
    for country, n in pairs:
        family, given = by_country[country][n]
        other = random.choice(by_country[country])[1]
        if Indel.normalized_similarity(given.lower(), other.lower()) < 0.5 and key(f"{family} {other}") not in known:
            yield f"{other} {family.title()}", f"{family}, {given}"


def changed_parts(
    parties: Sequence[Party], listed: Sequence[Party], known: set[str], random: Random
) -> Iterator[tuple[str, str]]:
    """A listed person's name of four words or more with its first, a middle or its last part that of another of the same country.

    Two people of one name but for the father's, the grandfather's or the family's are two people. Left out are names that have all the words
    of a listed name, or only such words: there a part is missing, and none contradicts.
    """
    by_country: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for party in parties:
        if party.kind is PartyKind.PERSON and party.nationalities:
            family, comma, given = party.name.partition(", ")
            parts = tuple(w for w in words(f"{given} {family}") if w not in PARTICLES)
            if comma and len(parts) >= 4:
                by_country[party.nationalities[0]].append((parts, party.name))
    held = {frozenset(words(a.name)) - PARTICLES for p in listed if p.kind is PartyKind.PERSON for a in p.aliases}
    pairs = [(c, n) for c, names in sorted(by_country.items()) if len(names) >= 8 for n in range(len(names))]
    random.shuffle(pairs)
    for country, n in pairs * 4:
        parts, name = by_country[country][n]
        other, _ = random.choice(by_country[country])
        at = random.randrange(len(parts))
        place = {0: 0, len(parts) - 1: len(other) - 1}.get(at, random.randrange(1, len(other) - 1))
        old, new = parts[at], other[place]
        made = [*parts[:at], new, *parts[at + 1 :]]
        telling = min(len(old), len(new)) >= 4 and new not in parts and new not in TITLES
        if telling and Indel.normalized_similarity(old, new) < 0.5 and key(" ".join(made)) not in known:
            some = frozenset(made)
            if not any(len(h) > 1 and (h <= some or some <= h) for h in held):
                yield " ".join(made).title(), name


def near_companies(parties: Sequence[Party], known: set[str], random: Random) -> Iterator[tuple[str, str]]:
    """A listed company's name of two or three telling words with the rarest replaced by another company's."""
    names = [p.name for p in parties if p.kind is PartyKind.ORGANIZATION and len(core(p.name)) in (2, 3)]
    frequent = Counter(w for n in names for w in set(core(n)))
    random.shuffle(names)
    for name, other in pairwise(names):
        rare, strange = (min(core(n), key=lambda w: (frequent[w], -len(w), w)) for n in (name, other))
        parts = [strange if w == rare else w for w in words(name)]
        made = " ".join(parts).title()
        if rare != strange and Indel.normalized_similarity(rare, strange) < 0.5 and core_key(made) not in known:
            yield made, name


def neighbours(parties: Sequence[Party], pool: Sequence[Company], random: Random) -> Iterator[tuple[str, str]]:
    """The real unlisted companies whose names are nearest to a listed one without their telling words."""
    names = [p.name for p in parties if p.kind is PartyKind.ORGANIZATION and len(core(p.name)) >= 2]
    some = random.sample(pool, min(4_000, len(pool)))
    listed = [core_key(n) for n in names]
    scores = process.cdist([core_key(c.name) for c in some], listed, scorer=fuzz.ratio, score_cutoff=60, workers=1)
    nearest = scores.argmax(axis=1)
    best = scores[range(len(some)), nearest]
    for n in sorted(range(len(some)), key=lambda n: (-best[n], some[n].name)):
        yield some[n].name, names[nearest[n]]


def of_other_lists(found: Sequence[Record], parties: Sequence[Party], random: Random) -> Iterator[tuple[str, str]]:
    """Real people of other authorities' lists who are not on this one: every listed person with a name 60 % alike was born other years."""
    born = [
        (" ".join(sorted(words(a.name))), {int(b[:4]) for b in p.birth_dates}, a.name)
        for p in parties
        if p.kind is PartyKind.PERSON
        for a in p.aliases
    ]
    some = [r for r in found if r.person and any(len(b) == 10 for b in r.births)]
    some = random.sample(some, min(500, len(some)))
    written = [next((n for n in r.names if script(n) == "latin" and len(words(n)) >= 2), "") for r in some]
    listed = [b[0] for b in born]
    scores = process.cdist([key(n) for n in written], listed, scorer=fuzz.ratio, score_cutoff=60, workers=1)
    for row, record, name in zip(scores, some, written, strict=True):
        years = [int(b[:4]) for b in record.births]
        alike = [n for n in row.nonzero()[0] if row[n] >= 60]
        other = all(born[n][1] and all(abs(y - b) > 3 for y in years for b in born[n][1]) for n in alike)
        if name and alike and other:
            yield name, born[row.argmax()][2]


def acronyms(pool: Sequence[Company], known: set[str], random: Random) -> Iterator[tuple[str, str]]:
    """Initials of unlisted companies that are nobody's listed name."""
    chosen = list(pool)
    random.shuffle(chosen)
    for company in chosen:
        made = "".join(w[0] for w in core(company.name)).upper()
        if 3 <= len(made) <= 6 and made.isalpha() and made.lower() not in known:
            yield made, company.name
