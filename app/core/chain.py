"""The goods of a purchase as a chain: what each is, who makes it, what it needs, and which tiers nobody has traced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .reference import ReferenceGood
from .submission import SUPPLIER, EvidenceKind, PlacedGood
from .tariff import OTHER_FIBRE, Code, read_code

if TYPE_CHECKING:
    from .factor import Case

CHINA = frozenset({"CN", "HK", "MO"})
TRACING = frozenset({EvidenceKind.ORIGIN_TRACING, EvidenceKind.CBP_APPLICABILITY_RELEASE})
"""Evidence that can trace a tier (law.md 8.5); certificates and declarations cannot."""


@dataclass(frozen=True)
class Link:
    """One good or input: its code and row, its maker, whether its tier is traced, and the silent inputs it needs.

    ``why`` names what is missing: ``no_inputs``, ``unknown_maker``, ``silent_step``; empty when the tier is traced.
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
    links = {placed.pointer: _link(case, placed) for placed in case.goods}
    below: dict[str, list[Link]] = {}
    for pointer, link in links.items():
        root = "/".join(pointer.split("/", 3)[:3])
        below.setdefault(root, []).append(link)
    trees = tuple(_tree(case, links[root], tuple(found)) for root, found in below.items())
    return Chain(trees, links)


def priority_on(case: Case, row: ReferenceGood | None) -> bool:
    """Whether the row's sector is a high-priority sector on the day."""
    return row is not None and row.priority_since is not None and row.priority_since <= case.as_of


def _tree(case: Case, root: Link, links: tuple[Link, ...]) -> Tree:
    priority = next((link.row for link in links if priority_on(case, link.row)), None)
    countries = {link.country for link in links}
    if countries & CHINA:
        linked = "yes"
    else:
        linked = "unknown" if any(link.why and link.country is None for link in links) else "no"
    return Tree(root, links, priority, linked)


def _link(case: Case, placed: PlacedGood) -> Link:
    good = placed.good
    code = read_code(good.hs_code)
    tariff = case.reference.tariff
    row = tariff.row(code.digits, good.description) if code is not None and code.digits else None
    inferred = False
    if row is None and code is None:
        row, inferred = tariff.by_words(good.description), True
    if row is not None and row.sector in ("cotton", "apparel", "textiles") and OTHER_FIBRE.search(good.description):
        row = None if "cotton" not in good.description.lower() and "棉" not in good.description else row
    maker = good.made_by or (SUPPLIER if placed.depth == 0 else None)
    covered = _covered(case, placed.pointer)
    country = good.origin_country or _country_of(case, maker)
    given = [read_code(i.hs_code) for i in good.inputs]
    words = [tariff.by_words(i.description) for i in good.inputs]
    silent: tuple[str, ...] = ()
    if row is not None and not covered:
        silent = tuple(
            wanted
            for wanted in tariff.needs(row)
            if not any(c and c.digits and tariff.matches(wanted, c.digits) for c in given)
            and not any(w is not None and w.hs_code.startswith(wanted[:4]) for w in words)
        )
    why = _why(case, placed, row, maker=maker, covered=covered, silent=silent)
    return Link(placed, code, row, inferred, maker, country, covered, silent, why)


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
    if placed.depth > 0 and maker is None:
        return "unknown_maker"
    needs = case.reference.tariff.needs(row)
    if needs and not placed.good.inputs:
        return "no_inputs"
    return "silent_step" if needs and len(silent) == len(needs) else ""


def _country_of(case: Case, ref: str | None) -> str | None:
    """Where a maker is: its production site's country, else its own."""
    if ref is None:
        return None
    party = case.parties[ref].party
    working = next((s.country for s in party.sites if s.use in ("production", "unknown") and s.country), None)
    return working or party.country


def _covered(case: Case, pointer: str) -> bool:
    """Whether tracing evidence valid on the day names this good or something above it."""
    for evidence in case.submission.evidence:
        if evidence.kind not in TRACING:
            continue
        begun = evidence.date is None or evidence.date <= case.as_of
        valid = evidence.valid_until is None or case.as_of <= evidence.valid_until
        if begun and valid and any(pointer == c or pointer.startswith(f"{c}/") for c in evidence.covers):
            return True
    return False
