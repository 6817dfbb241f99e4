"""Who is listed, under which names, by what act, and since when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from .values import Citation, CountryCode, Line, PartialDay, Value

CURATED = "karez_reference"
"""The source of the rows that this project keeps itself."""


class PartyKind(StrEnum):
    ORGANIZATION = "organization"
    PERSON = "person"
    GOVERNMENT_BODY = "government_body"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"


class AliasKind(StrEnum):
    PRIMARY = "primary"
    STRONG = "strong"
    WEAK = "weak"
    FORMER = "former"


class Alias(Value):
    """One name a list gives a party, from ``valid_from`` (included) until ``valid_to`` (excluded) where the list says so.

    ``common`` marks a name so frequent that it identifies nobody alone.
    """

    name: Line
    kind: AliasKind = AliasKind.STRONG
    common: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


class Identifier(Value):
    """A number somebody issued: the scheme names the issuer's system (``uscc``, ``lei``, ``ofac``, ``passport`` …)."""

    scheme: Line
    value: Line
    country: CountryCode | None = None


class ListedAddress(Value):
    """An address as a list prints it; every part may be missing."""

    text: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


class Verification(StrEnum):
    """How sure a reference row is: V official text seen, V2 secondary source seen, K expert knowledge, unchecked."""

    V = "V"
    V2 = "V2"
    K = "K"


class Designation(Value):
    """The act that puts a party on a list under an instrument.

    ``listed_on`` is the day the effect begins, None where the list does not say; ``ended_on`` is the first day without
    effect. ``extends_to`` is the class the entry's own words reach (law.md 6.4 codes such as ``AND_SUBSIDIARIES``).
    ``confirmed`` is False for a row no official edition has confirmed yet: its hits are at most ``probable``.
    """

    instrument: Line
    list: Line
    programme: Line
    listed_on: date | None = None
    ended_on: date | None = None
    extends_to: str = ""
    clauses: tuple[str, ...] = ()
    reference: str = ""
    basis: str = ""
    names: tuple[Line, ...] = ()
    """The names this act itself lists, where it reaches no others of the party's names."""
    family_entry_ban: bool = False
    confirmed: bool = True
    verification: Verification = Verification.V
    citation: Citation

    def in_force(self, day: date) -> bool:
        """Whether the designation has effect on ``day``; an unknown first day counts as always begun."""
        return (self.listed_on is None or self.listed_on <= day) and (self.ended_on is None or day < self.ended_on)


class Relationship(Value):
    """A dated edge between two listed or described parties, as a list or a citation states it."""

    kind: Line
    to: Line
    to_name: str = ""
    role: str = ""
    percent: float | None = None
    valid_from: str = ""
    valid_to: str = ""
    source: str = ""


class Link(Value):
    """A record that is part of a party: whose it is, and why it is taken for the same party."""

    record: Line
    source: Line
    reason: str


class Party(Value):
    """A listed party as one source describes it. ``id`` is ``<source>:<the source's own key>`` and never changes."""

    id: Line
    source: Line
    kind: PartyKind = PartyKind.UNKNOWN
    aliases: tuple[Alias, ...]
    identifiers: tuple[Identifier, ...] = ()
    birth_dates: tuple[PartialDay, ...] = ()
    birth_places: tuple[str, ...] = ()
    gender: str = ""
    countries: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    addresses: tuple[ListedAddress, ...] = ()
    roles: tuple[str, ...] = ()
    designations: tuple[Designation, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    remarks: str = ""
    records: tuple[str, ...] = ()
    """Ids of the other records merged into this one (see ``linking``)."""
    links: tuple[Link, ...] = ()
    """Every record of a merged party, its own first, with the reason."""

    @property
    def name(self) -> str:
        """The primary name."""
        return next((a.name for a in self.aliases if a.kind is AliasKind.PRIMARY), self.aliases[0].name)

    @property
    def curated(self) -> bool:
        """Whether the reference has a record of the party: its names were chosen one by one."""
        return self.source == CURATED or any(record.startswith("karez:") for record in self.records)

    @property
    def lists(self) -> tuple[str, ...]:
        """The ids of the lists that name the party, each once, in order of the designations."""
        return tuple(dict.fromkeys(d.list for d in self.designations))
