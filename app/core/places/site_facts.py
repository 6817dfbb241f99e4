"""The place facts of one site: what its names, postcode, coordinates and country say for and against Xinjiang."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.core.finding import Evidence
from app.core.names import pinyin
from app.core.reference import Reference
from app.core.submission import PlacedParty, Site

from .codes import Inside, is_region_postcode, postcodes_in
from .elsewhere import Other, country_in
from .facts import DIVISIONS, POSTCODES, Fact, Kind, PartyFacts
from .names import Mention, as_written, normal
from .words import CHINA_WORDS, HAN_TEXT, NAMESAKES

REGION_CODES = frozenset({"XJ", "CN-XJ", "CN-65", "65", "650000", "CHN-XJ"})
"""The region as a code in a form's region field (ISO 3166-2:CN, GB/T 2260)."""

REGION = "650000"
SHOWN = 10


@dataclass(frozen=True)
class SiteFacts:
    """The facts for and against one site, and the country it is in as far as anything says."""

    country: str | None
    said_for: list[Fact] = field(default_factory=list)
    against: list[Fact] = field(default_factory=list)


def read_site_facts(placed: PlacedParty, n: int, reference: Reference, party: PartyFacts) -> SiteFacts:
    """Everything one site says for and against Xinjiang."""
    site = placed.party.sites[n]
    words = _Words(f"{placed.pointer}/sites/{n}", site, reference)
    country = words.country(placed.party.country)
    facts = SiteFacts(country)
    _postcode(words, country, facts)
    _coordinates(words, country, facts)
    _names(words, country, facts, placed)
    bare = all(f.kind is Kind.LATIN_NAME and f.place == REGION for f in facts.said_for)
    if facts.said_for and bare and party.namesake is not None and not facts.against:
        facts.against.append(party.namesake)
    if facts.said_for and not facts.against and not any(f.strong for f in facts.said_for):
        facts.against.extend(_own_namesake(words, party, reference)[:1])
    if any(f.kind is not Kind.COORDINATES or not f.border for f in facts.said_for) and _may_agree(facts):
        facts.said_for.extend(f for f in party.support if f.kind not in {x.kind for x in facts.said_for})
    return facts


def _own_namesake(words: _Words, party: PartyFacts, reference: Reference) -> list[Fact]:
    """Registration codes of the very place outside the region that the weak names also are (Yiwu, 330782: 义乌市 in Zhejiang)."""
    said = {m.text.replace(" ", "") for found in words.mentions.values() for m in found}
    return [
        f
        for f in party.out
        if f.kind is Kind.CODE
        and (named := reference.elsewhere.names.get(f.place)) is not None
        and said & {core := named[0].rstrip("市县区"), "".join(pinyin(core))}
    ]


def _may_agree(facts: SiteFacts) -> bool:
    """A party's code and phone side with a site unless its own words place it elsewhere."""
    return all(f.kind in (Kind.COORDINATES, Kind.POSTCODE) for f in facts.against)


class _Words:
    """The words of a site, member by member, with the places they name."""

    def __init__(self, pointer: str, site: Site, reference: Reference) -> None:
        self.pointer, self.site = pointer, site
        self.reference = reference
        self.members = {name: value for name in ("address", "city", "region") if (value := getattr(site, name))}
        self.mentions: dict[str, tuple[Mention, ...]] = {}
        self.others: dict[str, tuple[Other, ...]] = {}
        for name, value in self.members.items():
            found = reference.place_index.mentions(value)
            self.mentions[name] = tuple(m for m in found if not m.street and not m.product)
            self.others[name] = reference.elsewhere.find(normal(value))
        self.text = normal(" ".join(self.members.values()))
        self._agree()

    def _agree(self) -> None:
        """A name that is weak alone stands where its parent is named beside it: Yiwu County, Hami (risk.md 0, weak aliases)."""
        named = {m.place.code: m.place.parent for found in self.mentions.values() for m in found}
        sure = {code for code, parent in named.items() if parent in named and parent != REGION}
        sure |= {named[code] for code in sure}
        self.mentions = {
            name: tuple(replace(m, strong=m.strong or m.place.code in sure) for m in found)
            for name, found in self.mentions.items()
        }

    @property
    def strong(self) -> list[Mention]:
        return [m for found in self.mentions.values() for m in found if m.strong]

    def country(self, of_party: str | None) -> str | None:
        """The site's country: stated, else named in its words, else China where they name the region, else the party's."""
        if self.site.country is not None:
            return self.site.country
        named = country_in(self.text)
        if named is None and any(m.place.level == "region" for m in self.strong):
            return "CN"
        return named or of_party

    def parents_elsewhere(self) -> list[tuple[str, Other]]:
        """The places outside the region that are the parent of the address, each with its member.

        A stated city or region decides. In an address the larger place stands first in Chinese and last in English, and a park
        named after the city that pays for it places nothing.
        """
        stated = [(name, o) for name in ("region", "city") for o in self.others.get(name, ())]
        if stated:
            inside = any(m.strong for name in ("region", "city") for m in self.mentions.get(name, ()))
            return [] if inside and not self.others.get("region") else stated
        if any(m.strong for name in ("region", "city") for m in self.mentions.get(name, ())):
            return []
        others = self.others.get("address", ())
        own = [m for m in self.mentions.get("address", ()) if m.strong]
        if own:
            others = tuple(o for o in others if not o.park and not _within(o, own, self.text))
        return [("address", o) for o in others]


def _within(other: Other, own: list[Mention], text: str) -> bool:
    """Whether the address makes the region the parent of the other place: by its order, or in one name."""
    if any(m.start <= other.start and other.end <= m.end for m in own):
        return True
    if other.han:
        before = [m for m in own if m.han and m.end <= other.start]
        return any("驻" not in text[m.end : other.start] for m in before)
    return any(not m.han and m.start >= other.end for m in own)


def _names(words: _Words, country: str | None, facts: SiteFacts, placed: PlacedParty) -> None:
    abroad = country is not None and country != "CN"
    if (words.site.region or "").strip().upper() in REGION_CODES and not abroad:
        facts.said_for.append(_region_code(words))
    mentions = [(name, m) for name, found in words.mentions.items() for m in found if m.strong or not abroad]
    parents = words.parents_elsewhere()
    if parents and len({m.place.code for m in words.strong}) < 2 and not (_in_region(facts) and mentions):
        name, other = parents[0]
        facts.against.append(
            Fact(
                Kind.HAN_NAME if other.han else Kind.LATIN_NAME,
                True,
                Evidence(
                    pointer=f"{words.pointer}/{name}",
                    submitted=words.members[name],
                    matched=as_written(words.members[name], other.start, other.end),
                    says=f"the address names {other.text}, which is outside Xinjiang",
                    citation=DIVISIONS,
                ),
            )
        )
        mentions = [(n, m) for n, m in mentions if m.strong]
    facts.said_for.extend(_mention_fact(words, name, m) for name, m in mentions[:SHOWN])
    if abroad and (mentions or any(words.mentions.values())):
        if country in NAMESAKES or placed.party.country != "CN" or not mentions:
            facts.against.append(_country_fact(words, country or "", placed))
        else:  # machine translation makes countries of Chinese villages (Montenegro, Toksun County)
            facts.said_for[:] = [replace(f, strong=f.kind is not Kind.LATIN_NAME) for f in facts.said_for]


def _in_region(facts: SiteFacts) -> bool:
    return any(f.kind is Kind.POSTCODE for f in facts.said_for)


def _region_code(words: _Words) -> Fact:
    stated = words.site.region or ""
    return Fact(
        Kind.LATIN_NAME,
        True,
        Evidence(
            pointer=f"{words.pointer}/region",
            submitted=stated,
            matched=stated,
            says=f"the region is stated as {stated}, the code of Xinjiang",
            citation=DIVISIONS,
        ),
        REGION,
    )


def _mention_fact(words: _Words, name: str, mention: Mention) -> Fact:
    value = words.members[name]
    matched = as_written(value, mention.start, mention.end)
    return Fact(
        Kind.HAN_NAME if mention.han else Kind.LATIN_NAME,
        mention.strong,
        Evidence(
            pointer=f"{words.pointer}/{name}",
            submitted=value,
            matched=matched,
            says=f"the text names {matched} ({mention.place.name_en}, {mention.place.name_zh})",
            citation=mention.place.citation,
        ),
        mention.place.code,
    )


def _country_fact(words: _Words, country: str, placed: PlacedParty) -> Fact:
    if words.site.country is not None:
        pointer, submitted = f"{words.pointer}/country", words.site.country
    elif country_in(words.text) == country:
        pointer, submitted = f"{words.pointer}/{next(iter(words.members))}", next(iter(words.members.values()))
    else:
        pointer, submitted = f"{placed.pointer}/country", country
    return Fact(
        Kind.COUNTRY,
        True,
        Evidence(
            pointer=pointer,
            submitted=submitted,
            matched=country,
            says=f"the site is stated to be in {country}"
            + (", where places of the same name lie" if country in NAMESAKES else ""),
            citation=DIVISIONS,
        ),
        country,
    )


def _postcode(words: _Words, country: str | None, facts: SiteFacts) -> None:
    """The stated postcode and the one in the words: where they differ over the region, both are shown."""
    text = " ".join(words.members.values())
    chinese = country == "CN" or (
        country is None and (HAN_TEXT.search(text) is not None or CHINA_WORDS.search(words.text) is not None)
    )
    if not chinese:
        return
    stated = words.site.postal_code
    found = [("postal_code", stated or "", code) for code in postcodes_in(stated or "", stated=True)[:1]]
    found += [(name, value, code) for name, value in words.members.items() for code in postcodes_in(value)[:1]]
    seen: set[bool] = set()
    for where, submitted, code in found:
        inside = is_region_postcode(code)
        if inside in seen:
            continue
        seen.add(inside)
        (facts.said_for if inside else facts.against).append(
            Fact(
                Kind.POSTCODE,
                True,
                Evidence(
                    pointer=f"{words.pointer}/{where}",
                    submitted=submitted,
                    matched=code,
                    says=f"postcode {code} is {'in' if inside else 'outside'} Xinjiang",
                    citation=POSTCODES,
                ),
            )
        )


def _coordinates(words: _Words, country: str | None, facts: SiteFacts) -> None:
    site, outline = words.site, words.reference.outline
    if site.latitude is None or site.longitude is None or outline is None:
        return
    located = words.reference.border.locate(site.latitude, site.longitude)
    near = located is not None and located.inside is Inside.NEAR
    if located is None or (near and country not in (None, "CN")):
        return
    says = {Inside.YES: "inside", Inside.NO: "outside", Inside.NEAR: "within 0.15 degree of the border of"}
    swapped = " once latitude and longitude, which stand swapped, are exchanged" if located.swapped else ""
    fact = Fact(
        Kind.COORDINATES,
        located.inside is Inside.YES,
        Evidence(
            pointer=f"{words.pointer}/latitude",
            submitted=f"{site.latitude}, {site.longitude}",
            matched=f"{site.latitude}, {site.longitude}",
            says=f"the coordinates lie {says[located.inside]} Xinjiang{swapped}",
            citation=outline.citation,
        ),
        border=near,
    )
    (facts.against if located.inside is Inside.NO else facts.said_for).append(fact)
