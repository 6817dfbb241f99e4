"""The steps of the goods that are in Xinjiang: a maker's site, a stated origin, or what a maker says of its material."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.finding import Evidence
from app.core.places.readings import PlaceReading
from app.core.places.strength import PlaceStrength
from app.core.submission import SUPPLIER
from app.core.texts.origin_said import MATERIALS, OriginClaim
from app.core.values import Citation

from .chain import Link, Tree, made_there, read_origin

if TYPE_CHECKING:
    from app.core.case import Case

WHOLLY = Citation(
    title="Public Law 117-78, section 3(a) (wholly or in part)",
    url="https://www.congress.gov/117/plaws/publ78/PLAW-117publ78.pdf",
)
_NAMED = frozenset(sector for _, sectors in MATERIALS for sector in sectors)
FIRM = (PlaceStrength.CONFIRMED, PlaceStrength.PROBABLE)


@dataclass(frozen=True)
class Step:
    """A good or input with what places it in the region; ``said`` where only a text about its maker does."""

    tree: Tree
    link: Link
    strength: PlaceStrength
    made: PlaceReading | None
    origin: PlaceReading | None
    said: tuple[OriginClaim, ...] = ()

    @property
    def maker(self) -> str:
        return self.link.maker or SUPPLIER

    @property
    def where(self) -> str:
        """What places it there, in words."""
        reading = next((r for r in (self.origin, self.made) if r is not None and r.evidence), None)
        if reading is None:
            return f"the text says “{self.said[0].snippet}”"
        return " and ".join(dict.fromkeys(e.says for e in reading.evidence[:2]))

    @property
    def firm(self) -> bool:
        """Whether it is confirmed or probable."""
        return self.strength in FIRM


def read_steps(case: Case) -> tuple[Step, ...]:
    """Every step in the region, good by good: by place and stated origin, and by the words about the makers."""
    found: list[Step] = []
    for tree in case.chain.trees:
        for link in tree.links:
            made, origin = made_there(case, link), read_origin(case, link, WHOLLY)
            strength = _stronger(made, origin)
            if strength is not None:
                found.append(Step(tree, link, strength, made, origin))
        found.extend(_said(case, tree))
    return tuple(found)


def _stronger(*readings: PlaceReading | None) -> PlaceStrength | None:
    strengths = {r.strength for r in readings if r is not None}
    return next((s for s in PlaceStrength if s in strengths), None)


def _said(case: Case, tree: Tree) -> list[Step]:
    """What is said of a maker's material, at the lowest of its goods that may be made of it; the strongest claims first.

    Words about another material of a maker whose goods are of such a sector too are only possible: the maker buys in the region.
    """
    found: list[Step] = []
    makers = {link.maker or SUPPLIER for link in tree.links}
    for maker in sorted(makers, key=lambda ref: (ref != SUPPLIER, ref)):
        claims = [c for c in case.origin_claims if c.subject == maker]
        own = [link for link in tree.links if (link.maker or SUPPLIER) == maker]
        for link in reversed(own):
            sector = link.sector
            fitting = tuple(c for c in claims if c.fits(sector, link.pointer))
            if fitting:
                ordered = tuple(sorted(fitting, key=lambda c: list(PlaceStrength).index(c.strength)))
                found.append(Step(tree, link, ordered[0].strength, None, None, ordered))
                break
        else:
            other = next((x for x in own if x.sector in _NAMED), None)
            of_materials = tuple(c for c in claims if not c.goods)
            if of_materials and other is not None:
                found.append(Step(tree, other, PlaceStrength.POSSIBLE, None, None, of_materials))
    return found


def evidence_of_claim(claim: OriginClaim) -> Evidence:
    """The words with what stands around them."""
    return Evidence(
        pointer=claim.pointer,
        submitted=claim.snippet,
        matched=claim.matched,
        says=f"the text names it as the origin at character {claim.offset}: “{claim.matched}”",
        citation=WHOLLY,
    )
