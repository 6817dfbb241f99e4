"""The goods of a purchase as a chain: what each is, who makes it, what it needs, and which tiers nobody has traced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.finding import Evidence
from app.core.law.relief import traces
from app.core.places.names import normal
from app.core.places.readings import WORKING, PlaceReading, read_origin_text
from app.core.places.strength import PlaceStrength
from app.core.places.words import HAN_TEXT
from app.core.reference_rows import ReferenceGood
from app.core.submission import SUPPLIER, EvidenceKind, Good, PlacedGood
from app.core.values import Citation

from .tariff import COTTON_CODES, FIBRE_SECTORS, Code, is_other_fibre, read_code

if TYPE_CHECKING:
    from app.core.case import Case

CHINA = frozenset({"CN", "HK", "MO"})
REGION = "650000"
GROWN = frozenset({"jujube", "walnut", "raisin", "pear"})
"""Fruits that are sold as they grew: a stated region of origin answers where."""

VAGUE = re.compile(
    r"(?:(?:the )?(?:people's republic of |p\.?r\.? ?)?china|prc|mainland(?: china)?|(?:north|west|northwest|north-west|inland|domestic)(?:ern)?(?: china)?"
    r"|asia|far east|un(?:known|specified|disclosed)|not (?:known|stated|disclosed|applicable|available)|n/?a|tbd|tbc|various|mixed|several"
    r"|multiple|other|blend(?:ed)?|confidential|none|-+|\?+"
    r"|中国|中国大陆|国产|国内|内地|西北|西北地区|北方|不详|不明|未知|保密|多地|混合|无|其他|待定)",
    re.IGNORECASE,
)
"""A region of origin that says nothing of the region that is asked."""

RAW = re.compile(r"0[1-8]|1[0-2]|2[56]|5101|520[12]")
"""What grew, was caught or dug up (chapters 1 to 8, 10 to 12, 25, 26, raw wool and cotton): a stated country other than China answers where."""

TRACING = frozenset({EvidenceKind.ORIGIN_TRACING, EvidenceKind.CBP_APPLICABILITY_RELEASE})
"""Evidence that can trace a tier (law.md 8.5); certificates and declarations cannot."""


@dataclass(frozen=True)
class Link:
    """One good or input: its code and row, its maker, whether its tier is traced, and the silent inputs it needs.

    ``why`` names what is missing: ``no_inputs``, ``unknown_maker``, ``no_origin``, ``silent_step``; empty when the tier is
    traced. ``countries`` are all that the link touches: its stated origin and every place where its maker works.
    """

    placed: PlacedGood
    code: Code | None
    row: ReferenceGood | None
    inferred: bool
    maker: str | None
    country: str | None
    covered: bool
    silent: tuple[str, ...]
    why: str = ""
    countries: frozenset[str] = frozenset()
    other_fibre: bool = False
    """A garment whose description names a fibre that is not cotton: of the apparel sector, and not made from its material."""

    @property
    def sector(self) -> str:
        """The sector whose material the good may be made of; empty where it is unknown or made of something else."""
        return "" if self.row is None or self.other_fibre else self.row.sector

    @property
    def pointer(self) -> str:
        return self.placed.pointer

    @property
    def shown(self) -> str:
        """Pointer of the member that tells what the good is."""
        return f"{self.pointer}/{'hs_code' if self.placed.good.hs_code else 'description'}"


@dataclass(frozen=True)
class Tree:
    """A top-level good with everything below it."""

    root: Link
    links: tuple[Link, ...]
    priority: ReferenceGood | None
    china_linked: str

    @property
    def untraced(self) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.why)


@dataclass(frozen=True)
class Chain:
    """Every top-level good as a tree, and every link by its pointer."""

    trees: tuple[Tree, ...]
    links: Mapping[str, Link]


def read_chain(case: Case) -> Chain:
    """Read every good and input of the submission once."""
    traced, upstream = _traced_pointers(case), _upstream_countries(case)
    links = {placed.pointer: _link(case, placed, traced) for placed in case.goods}
    below: dict[str, list[Link]] = {}
    for pointer, link in links.items():
        root = "/".join(pointer.split("/", 3)[:3])
        below.setdefault(root, []).append(link)
    trees = tuple(_tree(case, links[root], tuple(found), upstream) for root, found in below.items())
    return Chain(trees, links)


def made_there(case: Case, link: Link) -> PlaceReading | None:
    """The place in Xinjiang where the link's maker makes it, as far as the maker's sites and registration say."""
    if link.maker is None:
        return None
    return case.places.made_in_xinjiang(link.maker, link.placed.good.origin_country)


def read_origin(case: Case, link: Link, citation: Citation) -> PlaceReading | None:
    """A Xinjiang origin that the good itself names, in its origin region or its description; denials do not count."""
    good = link.placed.good
    for member, text in (("origin_region", good.origin_region), ("description", good.description)):
        if not text:
            continue
        key = ("origin", member, text, good.origin_country or "", link.country or "")
        if key not in case.memo:
            described = member == "description"
            case.memo[key] = read_origin_text(
                text, good.origin_country, case.reference, described=described, maker=link.country
            )
        found = case.memo[key]
        namesake = link.maker is not None and case.places.parties[link.maker].namesake
        if namesake and found.place == REGION and not HAN_TEXT.search(found.matched):
            continue
        if member == "description" and found.strength is PlaceStrength.POSSIBLE and _grew_elsewhere(case, good):
            continue
        if found.strength is not None:
            evidence = Evidence(
                pointer=f"{link.pointer}/{member}",
                submitted=text,
                matched=found.matched,
                says=f"the text names {found.matched}, which may be a variety or where it comes from"
                if found.strength is PlaceStrength.POSSIBLE
                else f"the text names {found.matched} as the origin",
                citation=citation,
            )
            return PlaceReading(link.maker or SUPPLIER, evidence.pointer, "origin", found.strength, (evidence,))
    return None


def _grew_elsewhere(case: Case, good: Good) -> bool:
    """Whether the stated region of origin is a place of China outside the region, which answers what a variety's name asks."""
    return good.origin_region is not None and bool(case.reference.elsewhere.find(normal(good.origin_region)))


def priority_on(case: Case, row: ReferenceGood | None) -> bool:
    """Whether the row's sector is a high-priority sector on the day."""
    return row is not None and row.priority_since is not None and row.priority_since <= case.as_of


def material_sector(case: Case, link: Link) -> str:
    """The sector of the raw material a link goes back to (a shirt: cotton), or its own; empty where its good is unknown."""
    if link.row is None or link.other_fibre:
        return ""
    walk = case.reference.tariff.walk(link.row)
    return walk[-1].sector if walk else link.row.sector


def _tree(case: Case, root: Link, links: tuple[Link, ...], upstream: frozenset[str]) -> Tree:
    priority = next((link.row for link in links if priority_on(case, link.row)), None)
    countries = {country for link in links for country in link.countries}
    if any(link.why for link in links):  # who supplies a silent tier is not stated: anyone upstream may
        countries |= upstream
    if countries & CHINA:
        linked = "yes"
    else:
        linked = "unknown" if any(link.why and link.country is None for link in links) else "no"
    return Tree(root, links, priority, linked)


def _link(case: Case, placed: PlacedGood, traced: frozenset[str]) -> Link:
    good = placed.good
    code = read_code(good.hs_code)
    tariff = case.reference.tariff
    row = tariff.row(code.digits, good.description) if code is not None and code.digits else None
    inferred = False
    if row is None:
        row, inferred = tariff.fallback(code, good.description), True
    of_cotton = code is not None and code.digits[:6] in COTTON_CODES
    other_fibre = row is not None and row.sector in FIBRE_SECTORS and not of_cotton and is_other_fibre(good.description)
    if other_fibre and row is not None and row.sector != "apparel":
        row, other_fibre = None, False
    maker = good.made_by or (SUPPLIER if placed.depth == 0 and case.submission.buys else None)
    covered = _covered(traced, placed.pointer)
    country = good.origin_country or _country_of(case, maker)
    silent = _silent(case, placed, row) if row is not None and not covered and not other_fibre else ()
    if silent and row is not None and placed.depth > 0 and RAW.match(row.hs_code) and maker is not None:
        silent = (
            () if _placed(case, placed, maker) else silent
        )  # where it grew is known; what it was sown from is not asked
    why = _why(case, placed, row, maker=maker, covered=covered, silent=silent)
    countries = frozenset(c for c in (good.origin_country, *_countries_of(case, maker)) if c is not None)
    return Link(placed, code, row, inferred, maker, country, covered, silent, why, countries, other_fibre)


def _silent(case: Case, placed: PlacedGood, row: ReferenceGood) -> tuple[str, ...]:
    """Codes of the good's own material when no named input is one of them; empty as soon as one is."""
    tariff = case.reference.tariff
    if row.sector in GROWN and placed.good.origin_region and not VAGUE.fullmatch(placed.good.origin_region.strip()):
        return ()
    wanted = tariff.main_needs(row)
    for given in placed.good.inputs:
        code = read_code(given.hs_code)
        if code is not None and code.digits:
            if any(tariff.matches(w, code.digits) for w in wanted):
                return ()
            found = tariff.row(code.digits, given.description)
        else:
            found = tariff.by_words(given.description)
            if found is not None and any(found.hs_code.startswith(w[:4]) for w in wanted):
                return ()
        if found is not None and tariff.is_material_of(row, found):
            return ()
    return wanted


def _why(
    case: Case,
    placed: PlacedGood,
    row: ReferenceGood | None,
    *,
    maker: str | None,
    covered: bool,
    silent: tuple[str, ...],
) -> str:
    """What keeps a tier from being traced: an input nobody made, or a good that needs inputs and names none."""
    if covered or row is None or row.priority_since is None:
        if covered or placed.depth == 0 or maker is not None or placed.good.origin_country is not None:
            return ""
        return "unknown_maker" if row is not None else ""
    if placed.depth > 0 and RAW.match(row.hs_code) and placed.good.origin_country not in (None, *CHINA):
        return ""
    if placed.depth > 0 and maker is None:
        return "unknown_maker"
    if placed.depth > 0 and maker is not None and not _placed(case, placed, maker):
        return "no_origin"
    if (
        placed.depth == 0
        and maker is not None
        and not case.reference.tariff.needs(row)
        and not _placed(case, placed, maker)
    ):
        return "no_origin"
    if silent and not placed.good.inputs:
        return "no_inputs"
    return "silent_step" if silent else ""


def _placed(case: Case, placed: PlacedGood, maker: str) -> bool:
    """Whether the good states where it comes from, or its maker where it works.

    China is no answer: the region is what is asked. There the region of origin must be stated, or a site of the maker that says where
    it is; a trader's office says nothing of where cotton grew.
    """
    good, party = placed.good, case.parties[maker].party
    vague = good.origin_region is not None and VAGUE.fullmatch(good.origin_region.strip()) is not None
    if good.origin_region and not vague:
        return True
    country = good.origin_country or _country_of(case, maker)
    if country is not None and country not in CHINA:
        return True
    if (
        vague and not good.inputs
    ):  # what grew or was dug up somewhere in the north-west did not come from the maker's yard
        return False
    return any(r.use in WORKING and r.located for r in case.places.sites(maker)) and (
        country is not None or bool(party.sites)
    )


def _country_of(case: Case, ref: str | None) -> str | None:
    """Where a maker is: its production site's country, else its own."""
    if ref is None:
        return None
    party = case.parties[ref].party
    working = next((s.country for s in party.sites if s.use in ("production", "unknown") and s.country), None)
    return working or party.country


def _countries_of(case: Case, ref: str | None) -> tuple[str | None, ...]:
    """Everywhere a maker is: its country and the country of each site where something may be made."""
    if ref is None:
        return ()
    party = case.parties[ref].party
    return (party.country, *(s.country for s in party.sites if s.use in ("production", "unknown")))


def _traced_pointers(case: Case) -> frozenset[str]:
    """Pointers that tracing evidence valid on the day covers."""
    return frozenset(
        pointer
        for evidence in case.submission.evidence
        if evidence.kind in TRACING and traces(case, evidence)
        for pointer in evidence.covers
    )


def _covered(traced: frozenset[str], pointer: str) -> bool:
    """Whether the good itself or something above it is covered."""
    steps = pointer.split("/")
    return any("/".join(steps[:n]) in traced for n in range(2, len(steps) + 1))


def _upstream_countries(case: Case) -> frozenset[str]:
    """Countries of the parties further up that make none of the named goods."""
    named = (case.parties[ref].party for ref in case.roles.upstream - case.roles.makers)
    return frozenset(c for party in named for c in (party.country, *(s.country for s in party.sites)) if c is not None)
