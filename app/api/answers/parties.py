"""Listed parties, and the separations that keep two records apart."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from app.core.party import Alias, Identifier, ListedAddress, PartyKind, Relationship, Verification
from app.core.values import Citation

from .shape import Answer, Page


class ListedDesignation(Answer):
    """The act that puts a party on a list under an instrument."""

    instrument: str = Field(description="the instrument, as `GET /v1/instruments` names it")
    list: str = Field(description="the list's id")
    programme: str = Field(description="the programme, as the list prints it")
    listed_on: date | None = Field(description="the day the effect begins; null where the list does not say")
    ended_on: date | None = Field(description="the first day without effect; null where it lasts")
    extends_to: str = Field(description="whom the entry's own words reach besides, as a code")
    clauses: tuple[str, ...] = Field(description="the clauses it is listed under")
    reference: str = Field(description="the list's own number of the entry")
    basis: str = Field(description="why it is listed, in the list's words")
    names: tuple[str, ...] = Field(description="the names this act itself lists, where it reaches no others")
    family_entry_ban: bool = Field(description="whether the family may not enter either")
    confirmed: bool = Field(
        description="false for a row that no official edition has confirmed: its hits stay `probable`"
    )
    verification: Verification = Field(description="V: official text seen; V2: secondary source seen; K: unchecked")
    citation: Citation = Field(description="where it is published")
    in_force: bool = Field(description="whether it has effect on `as_of`; without that, whether it has not ended")


class Record(Answer):
    """A record of a list that is this party, and why it is taken for it."""

    id: str = Field(description="the record's id, as `POST /v1/separations` takes it")
    source: str = Field(description="the list it is from, or `karez_reference`")
    reason: str = Field(description="what links it: a number, or a name with a date")


class ListedParty(Answer):
    """A listed party as its own list says it."""

    id: str = Field(description="the party's id: its list and the list's own key")
    name: str = Field(description="its primary name")
    lists: tuple[str, ...] = Field(description="ids of the lists that name it, former ones too")
    source: str = Field(description="the list the record is from")
    kind: PartyKind = Field(description="what it is")
    aliases: tuple[Alias, ...] = Field(description="every name the list gives it")
    identifiers: tuple[Identifier, ...] = Field(description="numbers that somebody issued for it")
    birth_dates: tuple[str, ...] = Field(description="of a person: YYYY, YYYY-MM or YYYY-MM-DD, each that is given")
    birth_places: tuple[str, ...] = Field(description="of a person, as printed")
    gender: str = Field(description="of a person, as printed; empty where not given")
    countries: tuple[str, ...] = Field(description="countries it is tied to, ISO 3166-1 alpha-2")
    nationalities: tuple[str, ...] = Field(description="of a person, ISO 3166-1 alpha-2")
    addresses: tuple[ListedAddress, ...] = Field(description="addresses as printed")
    roles: tuple[str, ...] = Field(description="offices and functions, as printed")
    designations: tuple[ListedDesignation, ...] = Field(description="the acts that list it, those that ended too")
    relationships: tuple[Relationship, ...] = Field(description="how it stands to other parties")
    remarks: str = Field(description="what else the list prints")
    records: tuple[Record, ...] = Field(description="of one party of several records: every record, its own first")


class Said(Answer):
    """A stretch of time in which a list said the same of a record."""

    record: str = Field(description="the record's id")
    from_: date = Field(alias="from", description="the day of the first edition that said so")
    until: date | None = Field(description="the day of the first edition that no longer did; null where it still does")


class LinkedParty(ListedParty):
    """A listed party as screening sees it: the records of all lists that are this party, as one."""

    said: tuple[Said, ...] = Field(description="when its lists said what they say, at most the last 100 stretches")


class Parties(Page):
    """Listed parties, each as its own list says it."""

    items: tuple[ListedParty, ...] = Field(description="in order of their ids")


class Separation(Answer):
    """Two records that a person says are two parties."""

    id: str = Field(description="the separation's id")
    records: tuple[str, str] = Field(description="the ids of the two records")
    reason: str = Field(description="why they are kept apart")
    made_at: datetime = Field(description="since when")
    made_by: str = Field(description="name of the key that asked for it")
    stands: bool = Field(description="false once it was withdrawn")
    withdrawn_at: datetime | None = Field(description="when it was withdrawn; null while it stands")
    withdrawn_by: str | None = Field(description="name of the key that withdrew it")
    withdrawn_reason: str | None = Field(description="why it was withdrawn")


class Separations(Page):
    """Separations, withdrawn ones too."""

    items: tuple[Separation, ...] = Field(description="newest first")
