"""The case: everything a factor may look at; its readings are made once, on first use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.core.ownership.kin import CompanyLink, Kin

from .hit import Hit
from .party import Party
from .reference import Reference
from .submission import PlacedGood, PlacedParty, Submission

if TYPE_CHECKING:
    from app.core.corps_companies import CorpsCompany
    from app.core.finding import Evidence
    from app.core.goods.chain import Chain
    from app.core.goods.steps import Step
    from app.core.law.relief import EvidenceRule, Offered
    from app.core.ownership.graph import Ownership, OwnershipRule
    from app.core.ownership.listing import Listing, Owned
    from app.core.ownership.roles import Roles
    from app.core.places.readings import PlaceReadings
    from app.core.texts.origin_said import OriginClaim
    from app.core.texts.readings import TextReadings
    from app.core.texts.said import Said
    from app.core.texts.site_said import SiteClaim


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
        from app.core.ownership.listing import read_listings

        return read_listings(self)

    @cached_property
    def kin_listings(self) -> tuple[Listing, ...]:
        """The listings of parents and subsidiaries that only lists and the reference name."""
        from app.core.ownership.listing import read_kin_listings

        return read_kin_listings(self)

    @cached_property
    def roles(self) -> Roles:
        """How each party stands to the supplier: dealt with, owner, upstream …"""
        from app.core.ownership.roles import read_roles

        return read_roles(self.submission, self.as_of)

    @cached_property
    def ownership(self) -> Ownership:
        """Who holds what of whom, submitted and listed edges together."""
        from app.core.ownership.graph import read_ownership

        return read_ownership(self)

    @cached_property
    def stakes(self) -> tuple[Owned, ...]:
        """Every submitted company in which listed parties hold or control anything, by rule and list."""
        from app.core.ownership.listing import read_stakes

        return read_stakes(self)

    @cached_property
    def relief(self) -> tuple[Offered, ...]:
        """The offered evidence that some law heeds, with what is wrong with it."""
        from app.core.law.relief import read_relief

        return read_relief(self)

    @cached_property
    def places(self) -> PlaceReadings:
        """What each party's sites, codes and contacts say about Xinjiang."""
        from app.core.places.readings import read_places

        return read_places(self.submission, self.reference)

    @cached_property
    def chain(self) -> Chain:
        """The goods with their tariff rows, tiers and silent inputs."""
        from app.core.goods.chain import read_chain

        return read_chain(self)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every text, folded and cut into sentences once."""
        from app.core.texts.said import texts

        return texts(self.submission, self.reference)

    @cached_property
    def texts(self) -> TextReadings:
        """The signals in descriptions and statements."""
        from app.core.texts.readings import read_texts

        return read_texts(self.submission, self.reference, self.said, self.places)

    @cached_property
    def origin_claims(self) -> tuple[OriginClaim, ...]:
        """What the texts about the parties say of where materials come from."""
        from app.core.texts.origin_said import read_origin_claims

        return read_origin_claims(self.submission, self.reference, self.said)

    @cached_property
    def site_claims(self) -> tuple[SiteClaim, ...]:
        """The places of work in the region that texts say the parties have."""
        from app.core.texts.site_said import read_site_claims

        return read_site_claims(self.submission, self.reference, self.said)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The goods and inputs that are in the region, and why."""
        from app.core.goods.steps import read_steps

        return read_steps(self)

    @cached_property
    def corps_companies(self) -> Mapping[str, tuple[CorpsCompany, Evidence]]:
        """The parties that the reference names as traded companies of a division of the Corps, with what tells it."""
        from app.core.corps_companies import corps_companies_of

        return corps_companies_of(self)
