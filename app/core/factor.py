"""The contract of a factor: a case goes in, findings with evidence come out; facts only, no law."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from .hit import Hit
from .kin import CompanyLink, Kin
from .party import Party
from .reference import Reference
from .submission import PlacedGood, PlacedParty, Submission
from .values import Citation, Value

if TYPE_CHECKING:
    from .chain import Chain
    from .listing import Listing, Owned
    from .origin_said import OriginClaim
    from .ownership import Ownership, OwnershipRule
    from .places import PlaceReadings
    from .relief import EvidenceRule, Offered
    from .roles import Roles
    from .site_said import SiteClaim
    from .texts import TextReadings
    from .xinjiang_steps import Step


class Basis(StrEnum):
    OBSERVED = "observed"
    INFERRED = "inferred"


class Evidence(Value):
    """What was seen and where: ``pointer`` is a JSON Pointer into the submission, or ``/v1/parties/{id}``."""

    pointer: str
    submitted: str = ""
    matched: str = ""
    says: str
    citation: Citation


class Finding(Value):
    """A factor found in a case, about ``subject`` (a ref), with its evidence.

    ``facts`` are what rules ask for (``instrument``, ``reach``, ``sector`` …), plain words only. ``weight`` (0 to 1) scales
    the factor's points; 0 makes the finding an explanation that orders nothing. ``id``, ``factor``, ``family``, ``title``
    and ``points`` are filled in by the engine.
    """

    id: str = ""
    factor: str = ""
    family: str = ""
    title: str = ""
    subject: str
    basis: Basis = Basis.OBSERVED
    points: float = 0.0
    says: str
    evidence: tuple[Evidence, ...]
    facts: tuple[tuple[str, str], ...] = ()
    weight: float = 1.0

    def fact(self, name: str) -> str:
        """The value of a fact, or an empty string."""
        return dict(self.facts).get(name, "")


class Gap(Value):
    """A fact that a rule needs and the submission omits; ``asks`` is the shortest question that closes it."""

    pointer: str
    says: str
    matters_to: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """Everything a factor may look at. The readings are made once, on first use, from the submission and the reference."""

    submission: Submission
    as_of: date
    hits: tuple[Hit, ...]
    listed: Mapping[str, Party]
    reference: Reference
    ownership_rules: Mapping[str, OwnershipRule] = field(default_factory=dict)
    """The ownership rules in force on ``as_of``, by the code a designation's ``extends_to`` names."""
    evidence_rules: tuple[EvidenceRule, ...] = ()
    """The kinds of evidence that a law in force on ``as_of`` heeds."""
    kin: Kin = field(default_factory=Kin)
    """Listed parties' own parents and subsidiaries, where they touch a submitted party."""

    @cached_property
    def memo(self) -> dict[tuple[str, ...], Any]:
        """Readings of single texts, by what was read: the same text reads the same."""
        return {}

    @cached_property
    def parties(self) -> Mapping[str, PlacedParty]:
        """Every submitted party by its ref."""
        return {p.ref: p for p in self.submission.parties()}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of every node of the ownership graph: submitted parties by ref, others as their list prints them."""
        return {**self.kin.names, **{ref: placed.party.name for ref, placed in self.parties.items()}}

    @property
    def company_links(self) -> tuple[CompanyLink, ...]:
        """Parents and subsidiaries as lists and the reference state them."""
        return self.kin.links

    def nodes_of(self, party_id: str) -> tuple[str, ...]:
        """The nodes of the ownership graph that are a listed party."""
        return self.kin.nodes(party_id)

    @cached_property
    def goods(self) -> tuple[PlacedGood, ...]:
        """Every good and input, outermost first."""
        return tuple(self.submission.walk_goods())

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """Every designation behind the hits that had begun by the day."""
        from .listing import read_listings

        return read_listings(self)

    @cached_property
    def kin_listings(self) -> tuple[Listing, ...]:
        """The listings of parents and subsidiaries that only lists and the reference name."""
        from .listing import read_kin_listings

        return read_kin_listings(self)

    @cached_property
    def roles(self) -> Roles:
        """How each party stands to the supplier: dealt with, owner, upstream …"""
        from .roles import read_roles

        return read_roles(self.submission, self.as_of)

    @cached_property
    def ownership(self) -> Ownership:
        """Who holds what of whom, submitted and listed edges together."""
        from .ownership import read_ownership

        return read_ownership(self)

    @cached_property
    def stakes(self) -> tuple[Owned, ...]:
        """Every submitted company in which listed parties hold or control anything, by rule and list."""
        from .listing import read_stakes

        return read_stakes(self)

    @cached_property
    def relief(self) -> tuple[Offered, ...]:
        """The offered evidence that some law heeds, with what is wrong with it."""
        from .relief import read_relief

        return read_relief(self)

    @cached_property
    def places(self) -> PlaceReadings:
        """What each party's sites, codes and contacts say about Xinjiang."""
        from .places import read_places

        return read_places(self.submission, self.reference)

    @cached_property
    def chain(self) -> Chain:
        """The goods with their tariff rows, tiers and silent inputs."""
        from .chain import read_chain

        return read_chain(self)

    @cached_property
    def texts(self) -> TextReadings:
        """The signals in descriptions and statements."""
        from .texts import read_texts

        return read_texts(self.submission, self.reference)

    @cached_property
    def origin_claims(self) -> tuple[OriginClaim, ...]:
        """What the texts about the parties say of where materials come from."""
        from .origin_said import read_origin_claims

        return read_origin_claims(self.submission, self.reference)

    @cached_property
    def site_claims(self) -> tuple[SiteClaim, ...]:
        """The places of work in the region that texts say the parties have."""
        from .site_said import read_site_claims

        return read_site_claims(self.submission, self.reference)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The goods and inputs that are in the region, and why."""
        from .xinjiang_steps import read_steps

        return read_steps(self)


Family = Literal["listing", "place", "goods", "labour", "technology", "construction", "state", "diligence"]
Find = Callable[[Case], Iterator[Finding]]


@dataclass(frozen=True)
class Factor:
    """A registered factor: its name is its function's name, its title the first line of its docstring."""

    name: str
    family: Family
    base: float
    """Points (0 to 100) of one finding of weight 1 before scaling; orders cases inside a rating, never decides one."""
    title: str
    description: str
    cites: tuple[Citation, ...]
    find: Find = field(repr=False)


def factor(*, family: Family, base: float, cites: tuple[Citation, ...]) -> Callable[[Find], Factor]:
    """Make a factor of a function from a case to findings; the docstring is published."""

    def register(find: Find) -> Factor:
        doc = inspect.getdoc(find) or ""
        name = getattr(find, "__name__", "")
        return Factor(
            name=name, family=family, base=base, title=doc.split("\n")[0], description=doc, cites=cites, find=find
        )

    return register
