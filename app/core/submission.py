"""What a caller tells us about a purchase: the supplier, its relations, the goods and what was said about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints, model_validator

from .values import CountryCode, Day, Line, PartialDay, Prose, Value

SUPPLIER = "supplier"
MAX_GOODS = 5_000
MAX_DEPTH = 40


class Profile(StrEnum):
    """Who is asking: the law that binds depends on it (several may apply at once)."""

    US_PERSON = "us_person"
    US_IMPORTER = "us_importer"
    US_EXPORTER = "us_exporter"
    US_INVESTOR = "us_investor"
    US_FEDERAL_CONTRACTOR = "us_federal_contractor"
    US_DOD_SUPPLIER = "us_dod_supplier"
    EU_OPERATOR = "eu_operator"
    UK_PERSON = "uk_person"
    CA_PERSON = "ca_person"
    CA_IMPORTER = "ca_importer"
    MX_IMPORTER = "mx_importer"
    GLOBAL_POLICY = "global_policy"


class Activity(StrEnum):
    BUY_GOODS = "buy_goods"
    BUY_SERVICES = "buy_services"
    SUPPLY_ITEMS = "supply_items"
    INVEST = "invest"
    PAY = "pay"


class RelationKind(StrEnum):
    OWNER = "owner"
    BENEFICIAL_OWNER = "beneficial_owner"
    CONTROLLER = "controller"
    PARENT = "parent"
    SUBSIDIARY = "subsidiary"
    BRANCH = "branch"
    AFFILIATE = "affiliate"
    DIRECTOR = "director"
    OFFICER = "officer"
    LEGAL_REPRESENTATIVE = "legal_representative"
    SIGNATORY = "signatory"
    UPSTREAM_SUPPLIER = "upstream_supplier"
    SUBCONTRACTOR = "subcontractor"
    LABOUR_PROVIDER = "labour_provider"
    CUSTOMER = "customer"
    FAMILY = "family"


class EvidenceKind(StrEnum):
    ORIGIN_TRACING = "origin_tracing"
    CBP_APPLICABILITY_RELEASE = "cbp_applicability_release"
    CBP_EXCEPTION = "cbp_exception"
    LICENCE = "licence"
    OWNERSHIP_REGISTER = "ownership_register"
    ISOTOPE_TEST = "isotope_test"
    DNA_TEST = "dna_test"
    SOCIAL_AUDIT = "social_audit"
    CERTIFICATE = "certificate"
    SELF_DECLARATION = "self_declaration"


SubmittedKind = Literal["organization", "person", "government_body", "vessel", "unknown"]
SiteUse = Literal["production", "registered_office", "warehouse", "sales_office", "unknown"]
IdentifierScheme = Literal[
    "uscc", "lei", "duns", "registration", "tax", "national_id", "passport", "imo", "stock_code", "os_id", "other"
]
Ref = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Percent = Annotated[float, Field(ge=0, le=100, strict=True, allow_inf_nan=False)]


class SubmittedIdentifier(Value):
    scheme: IdentifierScheme
    value: Line
    country: CountryCode | None = None


class Site(Value):
    """A place of the party: free text in any script, with the parts and coordinates where known."""

    use: SiteUse = "unknown"
    address: Annotated[str, StringConstraints(max_length=2_000)] | None = None
    city: Line | None = None
    region: Line | None = None
    postal_code: Line | None = None
    country: CountryCode | None = None
    latitude: Annotated[float, Field(ge=-90, le=90, strict=True, allow_inf_nan=False)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, strict=True, allow_inf_nan=False)] | None = None


class Relation(Value):
    """``this party is <kind> of <of>``; an absent percent is unknown, which is not zero."""

    kind: RelationKind
    of: Ref = SUPPLIER
    percent: Percent | None = None
    from_: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None
    source: Line | None = None

    @model_validator(mode="after")
    def _says_enough(self) -> Relation:
        """``of`` may be left out for the supplier, but a bare ``{"kind": "owner"}`` says neither of whom nor how much."""
        if self.kind in (RelationKind.OWNER, RelationKind.BENEFICIAL_OWNER) and not self.model_fields_set - {"kind"}:
            raise ValueError("say of whom (of), or which share (percent)")
        return self


class SubmittedParty(Value):
    name: Line
    other_names: Annotated[tuple[Line, ...], Field(max_length=100)] = ()
    kind: SubmittedKind = "organization"
    country: CountryCode | None = None
    identifiers: Annotated[tuple[SubmittedIdentifier, ...], Field(max_length=200)] = ()
    birth_date: PartialDay | None = None
    sites: Annotated[tuple[Site, ...], Field(max_length=500)] = ()
    phones: Annotated[tuple[Line, ...], Field(max_length=100)] = ()
    emails: Annotated[tuple[Line, ...], Field(max_length=100)] = ()
    websites: Annotated[tuple[Line, ...], Field(max_length=100)] = ()
    description: Prose | None = None
    relations: Annotated[tuple[Relation, ...], Field(max_length=5_000)] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.other_names)


class RelatedParty(SubmittedParty):
    ref: Ref
    tier: Annotated[int, Field(ge=0, le=1_000, strict=True)] | None = None


class Good(Value):
    """A good that is bought, or an input of one: both have the same fields, origin included."""

    description: Line
    hs_code: Annotated[str, StringConstraints(max_length=40)] | None = None
    origin_country: CountryCode | None = None
    origin_region: Line | None = None
    made_by: Ref | None = None
    inputs: Annotated[tuple[Good, ...], Field(max_length=500)] = ()


class Statement(Value):
    """Text somebody published or told us, and about whom."""

    about: Ref = SUPPLIER
    text: Prose
    language: Annotated[str, StringConstraints(max_length=35)] | None = None
    source: Annotated[str, StringConstraints(max_length=2_000)] | None = None
    date: Day | None = None


class SubmittedEvidence(Value):
    kind: EvidenceKind
    covers: Annotated[tuple[Line, ...], Field(max_length=1_000)] = ()
    issued_by: Line | None = None
    date: Day | None = None
    valid_until: Day | None = None
    place: Line | None = None


class PlacedGood(NamedTuple):
    """A good or input where it stands: ``pointer`` is its JSON Pointer, ``parent`` the pointer of what it goes into."""

    pointer: str
    good: Good
    depth: int
    parent: str | None


class PlacedParty(NamedTuple):
    """A party where it stands: ``ref`` is ``supplier`` or its own ref, ``pointer`` its JSON Pointer."""

    ref: str
    pointer: str
    party: SubmittedParty


class Submission(Value):
    client_reference: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    profiles: Annotated[tuple[Profile, ...], Field(min_length=1, max_length=50)] = (
        Profile.US_PERSON,
        Profile.US_IMPORTER,
    )
    activities: Annotated[tuple[Activity, ...], Field(min_length=1, max_length=20)] = (Activity.BUY_GOODS,)
    as_of: Day | None = None
    supplier: SubmittedParty
    related_parties: Annotated[tuple[RelatedParty, ...], Field(max_length=5_000)] = ()
    goods: Annotated[tuple[Good, ...], Field(max_length=MAX_GOODS)] = ()
    statements: Annotated[tuple[Statement, ...], Field(max_length=1_000)] = ()
    evidence: Annotated[tuple[SubmittedEvidence, ...], Field(max_length=1_000)] = ()

    @model_validator(mode="after")
    def _refs_stand(self) -> Submission:
        """Refs are unique, ``supplier`` is reserved, and nothing points at nobody."""
        problems: list[tuple[str, str]] = []
        refs = {SUPPLIER}
        for n, related in enumerate(self.related_parties):
            if related.ref in refs:
                problems.append((f"/related_parties/{n}/ref", "this ref is reserved or used twice"))
            refs.add(related.ref)
        for placed_party in self.parties():
            for n, relation in enumerate(placed_party.party.relations):
                if relation.of not in refs:
                    problems.append((f"{placed_party.pointer}/relations/{n}/of", "no party has this ref"))
        for count, placed in enumerate(self.walk_goods()):
            if count >= MAX_GOODS or placed.depth > MAX_DEPTH:
                problems.append((placed.pointer, f"at most {MAX_GOODS} goods and inputs, {MAX_DEPTH} levels deep"))
                break
            if placed.good.made_by is not None and placed.good.made_by not in refs:
                problems.append((f"{placed.pointer}/made_by", "no party has this ref"))
        for n, statement in enumerate(self.statements):
            if statement.about not in refs:
                problems.append((f"/statements/{n}/about", "no party has this ref"))
        if problems:
            raise BrokenReferences(tuple(problems))
        return self

    @property
    def buys(self) -> bool:
        """Whether the goods named come from the supplier; they do not where items are only supplied to it."""
        return Activity.BUY_GOODS in self.activities or Activity.SUPPLY_ITEMS not in self.activities

    def digest(self) -> str:
        """``sha256:`` of the canonical JSON: what was said, whatever the spacing and the order of members."""
        document = self.model_dump(mode="json", by_alias=True, exclude_unset=True)
        canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"

    def parties(self) -> Iterator[PlacedParty]:
        """The supplier first, then every related party, each with its ref and JSON Pointer."""
        yield PlacedParty(SUPPLIER, "/supplier", self.supplier)
        for n, related in enumerate(self.related_parties):
            yield PlacedParty(related.ref, f"/related_parties/{n}", related)

    def walk_goods(self) -> Iterator[PlacedGood]:
        """Every good and every input below it, outermost first, in the order given."""
        stack = [PlacedGood(f"/goods/{n}", good, 0, None) for n, good in enumerate(self.goods)][::-1]
        while stack:
            placed = stack.pop()
            yield placed
            stack.extend(
                PlacedGood(f"{placed.pointer}/inputs/{n}", good, placed.depth + 1, placed.pointer)
                for n, good in reversed(list(enumerate(placed.good.inputs)))
            )


class BrokenReferences(ValueError):
    """Refs that are missing or used twice, each with its JSON Pointer."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__("; ".join(f"{pointer}: {detail}" for pointer, detail in problems[:3]))
        self.problems = problems
