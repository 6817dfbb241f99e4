"""What a party's sites, codes, contacts and name say about Xinjiang: strength, evidence for, evidence against, and who won.

Strength (risk.md 8): two independent kinds of fact agree: confirmed; one strong fact: probable; one weak: possible. Where facts
contradict, two agreeing kinds beat one, then the more exact kind wins: coordinates or postcode, registration code, Chinese name,
phone, English name. An address that plainly names the region and loses to a number stays possible: a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.core.finding import Evidence
from app.core.reference import Reference
from app.core.submission import PlacedParty, Site, Submission
from app.core.texts.origin_text import OriginReading, read_origin_text

from .codes import CORPS_CITIES
from .facts import CODES, DIVISIONS, PHONES, POSTCODES, Fact, Kind, read_party_facts
from .names import as_written
from .namesake import of_xinjiang_county
from .site_facts import SiteFacts, read_site_facts
from .strength import PlaceStrength
from .words import NAMESAKES

__all__ = [
    "CODES",
    "DIVISIONS",
    "PHONES",
    "POSTCODES",
    "OriginReading",
    "PartyPlaces",
    "PlaceReading",
    "PlaceReadings",
    "PlaceStrength",
    "read_origin_text",
    "read_party",
    "read_places",
]

WORKING = ("production", "unknown")
"""Uses of a site where something may be made."""


@dataclass(frozen=True)
class PlaceReading:
    """What one site, code or contact says: ``strength`` None means it is not Xinjiang, or nothing says it is.

    ``located`` is false for a site whose words name no place at all ("Building 6"): it says nothing of where the party works.
    """

    subject: str
    pointer: str
    use: str
    strength: PlaceStrength | None
    evidence: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    places: tuple[str, ...] = ()
    xpcc: bool = False
    corps: Evidence | None = None
    """What says that it is territory or a body of the XPCC."""
    abroad: bool = False
    located: bool = True
    won: str = ""
    lost: str = ""


@dataclass(frozen=True)
class PartyPlaces:
    sites: tuple[PlaceReading, ...] = ()
    registration: tuple[PlaceReading, ...] = ()
    contacts: tuple[PlaceReading, ...] = ()
    names: tuple[PlaceReading, ...] = ()
    namesake: bool = False
    """Whether the party is at home in Xinjiang County, Shanxi."""


@dataclass(frozen=True)
class PlaceReadings:
    """The readings of every party, by ref."""

    parties: Mapping[str, PartyPlaces] = field(default_factory=dict)

    def sites(self, ref: str) -> tuple[PlaceReading, ...]:
        return self.parties[ref].sites

    def registration(self, ref: str) -> tuple[PlaceReading, ...]:
        return self.parties[ref].registration

    def contacts(self, ref: str) -> tuple[PlaceReading, ...]:
        return self.parties[ref].contacts

    def names(self, ref: str) -> tuple[PlaceReading, ...]:
        return self.parties[ref].names

    def made_in_xinjiang(self, ref: str, origin: str | None = None) -> PlaceReading | None:
        """The best reading of a site where the party makes things; its registered place where no other site is named.

        A registered place says nothing of goods whose stated ``origin`` is another country.
        """
        working = [r for r in self.sites(ref) if r.use in WORKING and r.located]
        if working:
            return _best(working)
        registered = _best(
            [r for r in (*self.sites(ref), *self.registration(ref)) if r.use in ("registered_office", "code")]
        )
        if registered is None or origin not in (None, "CN"):
            return None
        if registered.strength is not PlaceStrength.CONFIRMED:
            return registered
        return replace(registered, strength=PlaceStrength.PROBABLE)

    def elsewhere(self, ref: str) -> bool:
        """Whether a production site of the party lies demonstrably outside the region."""
        return any(
            r.use == "production" and r.strength is None and (bool(r.against) or r.abroad) for r in self.sites(ref)
        )


def _best(readings: Iterable[PlaceReading]) -> PlaceReading | None:
    """The strongest reading that says Xinjiang, the first of equals."""
    found = tuple(readings)
    return next((r for s in PlaceStrength for r in found if r.strength is s), None)


def read_places(submission: Submission, reference: Reference) -> PlaceReadings:
    """Read every party once."""
    return PlaceReadings({p.ref: read_party(p, reference) for p in submission.parties()})


def read_party(placed: PlacedParty, reference: Reference) -> PartyPlaces:
    """What the sites, codes, contacts and names of one party say."""
    facts = read_party_facts(placed, reference)
    sites: list[PlaceReading] = []
    for n, site in enumerate(placed.party.sites):
        found = read_site_facts(placed, n, reference, facts)
        pointer = f"{placed.pointer}/sites/{n}"
        reading = weigh(found.said_for, found.against)
        sites.append(
            replace(
                reading,
                subject=placed.ref,
                pointer=f"{pointer}/address" if site.address else pointer,
                use=site.use,
                abroad=found.country not in (None, "CN"),
                located=_located(site, found),
            )
        )
    namesake = of_xinjiang_county(placed.party)
    somewhere = any(s.strength is not None for s in sites) or bool(facts.codes)
    outside = tuple(f.evidence for f in facts.out) or (tuple(e for s in sites for e in s.against) if namesake else ())
    return PartyPlaces(
        sites=tuple(sites),
        registration=tuple(
            replace(weigh([f, *facts.phones], []), subject=placed.ref, pointer=f.evidence.pointer, use="code")
            for f in facts.codes
        ),
        contacts=tuple(
            replace(weigh([f], []), subject=placed.ref, pointer=f.evidence.pointer, use="phone") for f in facts.phones
        ),
        names=_names(placed, reference, () if somewhere else outside),
        namesake=namesake,
    )


_UNIT = re.compile(
    r"[省市县區区镇乡村州旗]|\b(county|city|province|town|township|district|village|prefecture|region|shi|xian|sheng)\b",
    re.IGNORECASE,
)


def _located(site: Site, facts: SiteFacts) -> bool:
    """Whether anything of a site says where it is."""
    if facts.said_for or facts.against or facts.country not in (None, "CN"):
        return True
    if any((site.city, site.region, site.postal_code, site.latitude is not None)):
        return True
    return _UNIT.search(site.address or "") is not None or (site.address or "").count(",") >= 2


def weigh(said_for: Sequence[Fact], against: Sequence[Fact]) -> PlaceReading:
    """Weigh the facts: agreement of independent kinds confirms, and a contradiction is shown with the fact that won."""
    strength: PlaceStrength | None = None
    won = lost = ""
    if said_for and against:
        theirs = min(against, key=lambda f: f.kind.rank)
        mine = min((f for f in said_for if f.strong), key=lambda f: f.kind.rank, default=None)
        if mine is not None and _wins(mine, theirs, said_for, against):
            won, lost = mine.evidence.says, theirs.evidence.says
            strength = PlaceStrength.PROBABLE
        else:
            best = min(said_for, key=lambda f: f.kind.rank)
            won, lost = theirs.evidence.says, best.evidence.says
            strength = PlaceStrength.POSSIBLE if _stays_open(said_for, against) else None
    elif said_for:
        strength = _strength(said_for)
    codes = tuple(dict.fromkeys(f.place for f in said_for if f.place))
    return PlaceReading(
        subject="",
        pointer="",
        use="",
        strength=strength,
        evidence=tuple(f.evidence for f in said_for),
        against=tuple(f.evidence for f in against),
        places=codes,
        xpcc=any(c.startswith((CORPS_CITIES, "XPCC")) for c in codes),
        corps=next((f.evidence for f in said_for if f.place.startswith((CORPS_CITIES, "XPCC"))), None),
        won=won,
        lost=lost,
    )


def _stays_open(said_for: Sequence[Fact], against: Sequence[Fact]) -> bool:
    """Whether an address that plainly names the region stays a question against a number that lies elsewhere.

    A Chinese name, or two places in another script (Korla, Xinjiang), is no namesake; a wrong postcode, pin or country is common.
    """
    numbers = (Kind.COORDINATES, Kind.POSTCODE)
    if any(f.kind not in numbers and (f.kind is not Kind.COUNTRY or f.place in NAMESAKES) for f in against):
        return False
    strong = [f for f in said_for if f.strong and f.kind in (Kind.HAN_NAME, Kind.LATIN_NAME)]
    return any(f.kind is Kind.HAN_NAME for f in strong) or len({f.place for f in strong}) >= 2


def _strength(facts: Sequence[Fact]) -> PlaceStrength:
    decided = [f for f in facts if not f.border]
    kinds = {f.kind.independent for f in decided}
    if len(kinds) >= 2:
        return PlaceStrength.CONFIRMED
    return PlaceStrength.PROBABLE if any(f.strong for f in decided) else PlaceStrength.POSSIBLE


def _wins(mine: Fact, theirs: Fact, said_for: Sequence[Fact], against: Sequence[Fact]) -> bool:
    """Two agreeing kinds beat one; else the more exact kind wins, and of equals the one that places the site elsewhere."""
    ours = {f.kind.independent for f in said_for if not f.border}
    others = {f.kind.independent for f in against}
    if len(ours) >= 2 and len(ours) > len(others):
        return True
    if len(others) >= 2 and len(others) > len(ours):
        return False
    if mine.kind.rank == theirs.kind.rank:
        return mine.kind is Kind.COORDINATES and theirs.kind is Kind.POSTCODE
    return mine.kind.rank < theirs.kind.rank


def _names(placed: PlacedParty, reference: Reference, outside: tuple[Evidence, ...]) -> tuple[PlaceReading, ...]:
    """Places in the names of organisations; what places the party elsewhere explains the name away. Never in a person's name."""
    if placed.party.kind == "person":
        return ()
    readings: list[PlaceReading] = []
    for n, text in enumerate(placed.party.names[:50]):
        pointer = f"{placed.pointer}/name" if n == 0 else f"{placed.pointer}/other_names/{n - 1}"
        usable = (m for m in reference.place_index.mentions(text) if m.strong and not m.street and not m.product)
        mention = next((m for m in usable if m.han or placed.party.country in (None, "CN")), None)
        if mention is None:
            continue
        matched = as_written(text, mention.start, mention.end)
        evidence = Evidence(
            pointer=pointer,
            submitted=text,
            matched=matched,
            says=f"the name contains {matched} ({mention.place.name_en})",
            citation=mention.place.citation,
        )
        readings.append(
            PlaceReading(
                subject=placed.ref,
                pointer=pointer,
                use="name",
                strength=None if outside else PlaceStrength.POSSIBLE,
                evidence=(evidence,),
                against=outside,
                places=(mention.place.code,),
                xpcc=mention.place.code.startswith((CORPS_CITIES, "XPCC")),
                won=outside[0].says if outside else "",
                lost=evidence.says if outside else "",
            )
        )
    return tuple(readings)
