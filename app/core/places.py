"""What a party's sites, codes, contacts and name say about Xinjiang: strength, evidence for, evidence against, and who won.

Strength (risk.md 8): two independent kinds of fact agree: confirmed; one strong fact: probable; one weak: possible. Where facts
contradict, the more exact kind wins: coordinates or postcode, then registration code, Chinese name, phone, English name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from .factor import Evidence
from .identifiers import read_registration
from .place_codes import (
    AREA_CODES,
    CORPS_CITIES,
    DIVISION_PREFIX,
    Inside,
    area_code,
    is_region_postcode,
    postcode_in,
)
from .place_names import HAN_TEXT, Mention, named_elsewhere
from .reference import Reference
from .submission import PlacedParty, Site, Submission
from .values import Citation


class PlaceStrength(StrEnum):
    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Kind(StrEnum):
    """Kinds of place fact, the most exact first."""

    COORDINATES = "coordinates"
    POSTCODE = "postcode"
    CODE = "registration code"
    HAN_NAME = "Chinese name"
    PHONE = "phone"
    LATIN_NAME = "name"

    @property
    def rank(self) -> int:
        return list(Kind).index(self)

    @property
    def independent(self) -> str:
        """Names in two scripts are one kind."""
        return "name" if self in (Kind.HAN_NAME, Kind.LATIN_NAME) else str(self)


POSTCODES = Citation(
    title="China Post postcodes: 83xxxx and 84xxxx are Xinjiang's", url="https://www.chinapost.com.cn/"
)
PHONES = Citation(
    title="Numbering plan of China, fixed-line area codes (libphonenumber metadata)",
    url="https://github.com/google/libphonenumber",
)
CODES = Citation(title="GB 32100-2015 and GB/T 2260: the registry's division code", url="https://openstd.samr.gov.cn/")
DIVISIONS = Citation(title="GB/T 2260 division codes", url="https://www.mca.gov.cn/n156/n186/index.html")


@dataclass(frozen=True)
class Fact:
    """One place fact: its kind, whether it alone carries weight, and its evidence."""

    kind: Kind
    strong: bool
    evidence: Evidence
    place: str = ""


@dataclass(frozen=True)
class PlaceReading:
    """What one site, code or contact says: ``strength`` None means it is not Xinjiang, or nothing says it is."""

    subject: str
    pointer: str
    use: str
    strength: PlaceStrength | None
    evidence: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    places: tuple[str, ...] = ()
    xpcc: bool = False
    abroad: bool = False
    won: str = ""
    lost: str = ""


@dataclass(frozen=True)
class PartyPlaces:
    sites: tuple[PlaceReading, ...] = ()
    registration: tuple[PlaceReading, ...] = ()
    contacts: tuple[PlaceReading, ...] = ()
    names: tuple[PlaceReading, ...] = ()


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

    def made_in_xinjiang(self, ref: str) -> PlaceReading | None:
        """The best reading of a site where the party makes things; its registered place where no other site is named."""
        working = [r for r in self.sites(ref) if r.use in ("production", "unknown", "warehouse")]
        best = _best(tuple(r for r in working if r.use != "warehouse"))
        if best is not None or any(r.use != "warehouse" for r in working):
            return best
        registered = _best(
            tuple(r for r in (*self.sites(ref), *self.registration(ref)) if r.use in ("registered_office", "code"))
        )
        if registered is None or registered.strength is not PlaceStrength.CONFIRMED:
            return registered
        return replace(registered, strength=PlaceStrength.PROBABLE)

    def elsewhere(self, ref: str) -> bool:
        """Whether a production site of the party lies demonstrably outside the region."""
        return any(
            r.use == "production" and r.strength is None and (bool(r.against) or r.abroad) for r in self.sites(ref)
        )


def _best(readings: tuple[PlaceReading, ...]) -> PlaceReading | None:
    """The strongest reading that says Xinjiang, the first of equals."""
    return next((r for s in PlaceStrength for r in readings if r.strength is s), None)


def read_places(submission: Submission, reference: Reference) -> PlaceReadings:
    """Read every party once."""
    return PlaceReadings({p.ref: _party(p, reference) for p in submission.parties()})


def _party(placed: PlacedParty, reference: Reference) -> PartyPlaces:
    party = placed.party
    codes = tuple(
        (n, read)
        for n, identifier in enumerate(party.identifiers)
        if identifier.scheme in ("uscc", "registration", "other", "tax")
        and (read := read_registration(identifier.value))
    )
    code_facts = [
        Fact(
            Kind.CODE,
            True,
            Evidence(
                pointer=f"{placed.pointer}/identifiers/{n}/value",
                submitted=party.identifiers[n].value,
                matched=code.region,
                says=f"the {code.kind} carries division code {code.region}: registered in {_division(code.region, reference)}"
                + (", check digits valid" if code.valid else "")
                + (" after reading misread letters as digits" if code.repaired else ""),
                citation=CODES,
            ),
            code.region,
        )
        for n, code in codes
        if code.valid
    ]
    phone_facts = [
        Fact(
            Kind.PHONE,
            True,
            Evidence(
                pointer=f"{placed.pointer}/phones/{n}",
                submitted=phone,
                matched=f"0{area}",
                says=f"area code 0{area} is {'Xinjiang' if area in AREA_CODES else 'outside Xinjiang'}",
                citation=PHONES,
            ),
            area,
        )
        for n, phone in enumerate(party.phones[:50])
        if (area := area_code(phone))
    ]
    in_codes = [f for f in code_facts if f.place.startswith(DIVISION_PREFIX)]
    in_phones = [f for f in phone_facts if f.place in AREA_CODES]
    out = [f for f in code_facts if f not in in_codes] + [f for f in phone_facts if f not in in_phones]
    support = in_codes + in_phones
    sites = tuple(_site(placed, n, site, reference, support=support) for n, site in enumerate(party.sites))
    somewhere = any(s.strength is not None for s in sites)
    return PartyPlaces(
        sites=sites,
        registration=tuple(
            _reading(
                placed.ref,
                f.evidence.pointer,
                "code",
                [f, *(x for x in in_phones if x.kind is not f.kind)],
                [],
                primary=f,
            )
            for f in in_codes
        ),
        contacts=tuple(_reading(placed.ref, f.evidence.pointer, "phone", [f], []) for f in in_phones),
        names=_names(placed, reference, out=out, somewhere=somewhere or bool(in_codes)),
    )


def _division(code: str, reference: Reference) -> str:
    for place in reference.places:
        if place.code == code:
            return f"{place.name_en} ({place.name_zh})"
    if code.startswith(DIVISION_PREFIX):
        return "Xinjiang (an old or unlisted code)"
    return "another region than Xinjiang"


def _site(placed: PlacedParty, n: int, site: Site, reference: Reference, *, support: list[Fact]) -> PlaceReading:
    pointer = f"{placed.pointer}/sites/{n}"
    country = site.country or placed.party.country
    text = " ".join(part for part in (site.address, site.city, site.region) if part)
    for_, against = _name_facts(pointer, site, text, country, reference)
    _postcode_fact(pointer, site, text, country, for_, against)
    _coordinate_fact(pointer, site, reference, for_, against)
    if any(f.strong for f in for_) and not against:
        for_ = [*for_, *(f for f in support if f.kind not in {x.kind for x in for_})]
    shown = f"{pointer}/address" if site.address else pointer
    reading = _reading(placed.ref, shown, site.use, for_, against)
    return replace(reading, abroad=country is not None and country != "CN")


def _field_of(pointer: str, site: Site, mention: str) -> tuple[str, str]:
    """The member of the site that holds the words, and its text."""
    for name in ("address", "city", "region"):
        value = getattr(site, name)
        if value and mention.lower() in value.lower():
            return f"{pointer}/{name}", value
    for name in ("address", "city", "region"):
        if getattr(site, name):
            return f"{pointer}/{name}", getattr(site, name)
    return pointer, ""


def _name_facts(
    pointer: str, site: Site, text: str, country: str | None, reference: Reference
) -> tuple[list[Fact], list[Fact]]:
    if not text:
        return [], []
    mentions = reference.place_index.mentions(text)
    abroad = country is not None and country != "CN"
    usable = [m for m in mentions if not m.street and not m.product and (m.han or not abroad)]
    elsewhere = named_elsewhere(text)
    distinct = {m.place.code for m in usable if m.strong}
    against: list[Fact] = []
    if elsewhere and not (len(distinct) >= 2 or _region_postcode(site, text, country)):
        where, value = _field_of(pointer, site, elsewhere)
        against.append(
            Fact(
                Kind.HAN_NAME if HAN_TEXT.search(elsewhere) else Kind.LATIN_NAME,
                True,
                Evidence(
                    pointer=where,
                    submitted=value,
                    matched=elsewhere,
                    says=f"the address names {elsewhere}, which is outside Xinjiang",
                    citation=DIVISIONS,
                ),
            )
        )
        usable = [m for m in usable if m.strong and m.place.level == "region" and m.han]
    if abroad and not usable and site.country and mentions:
        where, value = _field_of(pointer, site, mentions[0].text)
        against.append(
            Fact(
                Kind.HAN_NAME,
                True,
                Evidence(
                    pointer=f"{pointer}/country",
                    submitted=site.country,
                    matched=mentions[0].text,
                    says=f"the site is in {site.country}, so '{mentions[0].text}' names a place there",
                    citation=DIVISIONS,
                ),
            )
        )
    return [_mention_fact(pointer, site, m) for m in usable[:10]], against


def _mention_fact(pointer: str, site: Site, mention: Mention) -> Fact:
    where, value = _field_of(pointer, site, mention.text)
    return Fact(
        Kind.HAN_NAME if mention.han else Kind.LATIN_NAME,
        mention.strong,
        Evidence(
            pointer=where,
            submitted=value,
            matched=mention.text,
            says=f"the text names {mention.text} ({mention.place.name_en}, {mention.place.name_zh})",
            citation=mention.place.citation,
        ),
        mention.place.code,
    )


def _chinese(text: str, country: str | None) -> bool:
    return country == "CN" or (country is None and (HAN_TEXT.search(text) is not None or "china" in text.lower()))


def _region_postcode(site: Site, text: str, country: str | None) -> bool:
    code = _postcode(site, text)
    return code is not None and _chinese(text, country) and is_region_postcode(code)


def _postcode(site: Site, text: str) -> str | None:
    if site.postal_code:
        return postcode_in(site.postal_code)
    return postcode_in(text)


def _postcode_fact(
    pointer: str, site: Site, text: str, country: str | None, for_: list[Fact], against: list[Fact]
) -> None:
    code = _postcode(site, text)
    if code is None or not _chinese(text, country):
        return
    where = f"{pointer}/postal_code" if site.postal_code else _field_of(pointer, site, code)[0]
    inside = is_region_postcode(code)
    fact = Fact(
        Kind.POSTCODE,
        True,
        Evidence(
            pointer=where,
            submitted=site.postal_code or code,
            matched=code,
            says=f"postcode {code} is {'in' if inside else 'outside'} Xinjiang",
            citation=POSTCODES,
        ),
    )
    (for_ if inside else against).append(fact)


def _coordinate_fact(pointer: str, site: Site, reference: Reference, for_: list[Fact], against: list[Fact]) -> None:
    if site.latitude is None or site.longitude is None or reference.outline is None:
        return
    located = reference.border.locate(site.latitude, site.longitude)
    if located is None:
        return
    words = {Inside.YES: "inside", Inside.NO: "outside", Inside.NEAR: "within 0.15 degree of the border of"}[
        located.inside
    ]
    swapped = " with latitude and longitude swapped" if located.swapped else ""
    fact = Fact(
        Kind.COORDINATES,
        located.inside is Inside.YES,
        Evidence(
            pointer=f"{pointer}/latitude",
            submitted=f"{site.latitude}, {site.longitude}",
            matched=words,
            says=f"the coordinates lie {words} Xinjiang{swapped}",
            citation=reference.outline.citation,
        ),
    )
    if located.inside is Inside.NO:
        against.append(fact)
    else:
        for_.append(fact)


def _reading(
    subject: str, pointer: str, use: str, for_: list[Fact], against: list[Fact], *, primary: Fact | None = None
) -> PlaceReading:
    """Weigh the facts: the most exact kind wins a contradiction, agreement of independent kinds confirms."""
    strength: PlaceStrength | None = None
    won = lost = ""
    weak_backed = any(f.strong for f in for_) or len({f.kind.independent for f in for_}) >= 2
    if for_ and against:
        mine = min((f for f in for_ if f.strong), key=lambda f: f.kind.rank, default=None)
        theirs = min(against, key=lambda f: f.kind.rank)
        if mine is not None and (mine.kind.rank, 1) < (theirs.kind.rank, 1):
            won, lost = mine.evidence.says, theirs.evidence.says
            strength = PlaceStrength.PROBABLE
        else:
            best = min(for_, key=lambda f: f.kind.rank)
            won, lost = theirs.evidence.says, best.evidence.says
    elif for_:
        kinds = {f.kind.independent for f in for_ if f.strong or weak_backed}
        if len(kinds) >= 2:
            strength = PlaceStrength.CONFIRMED
        elif any(f.strong for f in for_):
            strength = PlaceStrength.PROBABLE
        else:
            strength = PlaceStrength.POSSIBLE
    codes = tuple(dict.fromkeys(f.place for f in for_ if f.place))
    ordered = [primary, *(f for f in for_ if f is not primary)] if primary is not None else for_
    return PlaceReading(
        subject=subject,
        pointer=pointer,
        use=use,
        strength=strength,
        evidence=tuple(f.evidence for f in ordered),
        against=tuple(f.evidence for f in against),
        places=codes,
        xpcc=any(c.startswith((CORPS_CITIES, "XPCC")) for c in codes),
        won=won,
        lost=lost,
    )


def _names(placed: PlacedParty, reference: Reference, *, out: list[Fact], somewhere: bool) -> tuple[PlaceReading, ...]:
    """Places in the names of organisations; a valid code or phone elsewhere explains the name away. Never in a person's name."""
    if placed.party.kind == "person":
        return ()
    readings: list[PlaceReading] = []
    for n, text in enumerate(placed.party.names[:50]):
        pointer = f"{placed.pointer}/name" if n == 0 else f"{placed.pointer}/other_names/{n - 1}"
        for mention in reference.place_index.mentions(text)[:1]:
            if not mention.strong or mention.street or mention.product:
                continue
            if placed.party.country not in (None, "CN") and not mention.han:
                continue
            evidence = Evidence(
                pointer=pointer,
                submitted=text,
                matched=mention.text,
                says=f"the name contains {mention.text} ({mention.place.name_en})",
                citation=mention.place.citation,
            )
            explained = bool(out) and not somewhere
            readings.append(
                PlaceReading(
                    subject=placed.ref,
                    pointer=pointer,
                    use="name",
                    strength=None if explained else PlaceStrength.POSSIBLE,
                    evidence=(evidence,),
                    against=tuple(f.evidence for f in out) if explained else (),
                    places=(mention.place.code,),
                    xpcc=mention.place.code.startswith((CORPS_CITIES, "XPCC")),
                    won=out[0].evidence.says if explained else "",
                    lost=evidence.says if explained else "",
                )
            )
    return tuple(readings)


@dataclass(frozen=True)
class OriginReading:
    """A Xinjiang origin named in a text about goods; ``denied`` where the words deny it."""

    strength: PlaceStrength | None
    matched: str = ""
    place: str = ""
    denied: bool = False


_DENIED_LATIN = re.compile(
    r"\b(no|not|never|non|without|exclud\w*|free (of|from)|neither|nor|avoid\w*|outside|other than|ban\w*|prohibit\w*)\b(\W+\w+){0,6}\W*$"
)
_DENIED_HAN = re.compile(r"(不|未|无|非|没有|禁止|杜绝|拒绝|排除|除)[^，。；！？,.;!?]{0,6}$")
DENIAL_WINDOW = 60
"""Characters before a name in which a denial is looked for (about six words)."""


def denied_before(before: str) -> bool:
    """Whether the words just before a hit deny it."""
    window = before[-DENIAL_WINDOW:].lower()
    return _DENIED_LATIN.search(window) is not None or _DENIED_HAN.search(window) is not None


def read_origin_text(text: str, country: str | None, reference: Reference) -> OriginReading:
    """A Xinjiang place named as the origin of goods: strong names are probable, variety words and weak names possible."""
    best = OriginReading(None)
    normalised = text.lower()
    for mention in reference.place_index.mentions(text):
        if mention.street or (country not in (None, "CN") and not mention.han):
            continue
        if denied_before(normalised[: mention.start]):
            best = (
                best
                if best.strength is not None
                else OriginReading(None, mention.text, mention.place.code, denied=True)
            )
            continue
        strength = PlaceStrength.PROBABLE if mention.strong and not mention.product else PlaceStrength.POSSIBLE
        if best.strength is None or (strength is PlaceStrength.PROBABLE and best.strength is PlaceStrength.POSSIBLE):
            best = OriginReading(strength, mention.text, mention.place.code)
    return best
