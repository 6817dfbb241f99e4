"""Lists, their editions, what changed between two, and what was refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from app.core.submission import Profile

from .shape import Answer, Page, Whole, absent


class LastRefusal(Answer):
    """The refusal of a list that came last."""

    id: str = Field(description="`GET /v1/lists/{list_id}/refusals/{id}` shows it with its differences")
    at: datetime = Field(description="when it was refused")
    reason: str = Field(description="why")


class Loading(Answer):
    """How far the loading of a list is, while it lasts."""

    step: str = Field(description="what is being done")
    done: int = Field(description="parties done in this step")
    total: int | None = Field(description="parties of this step; null where not known yet")
    at: datetime = Field(description="when this was noted")


class ListState(Answer):
    """A list as it stands: what it is, which edition answers, how old that is, and whether it is fresh enough to clear anybody."""

    id: str = Field(description="the list's id, as `lists` of a screening and `coverage` name it")
    title: str = Field(description="the list's name")
    publisher: str = absent("who publishes it; absent for the reference edition and for lists that others carry")
    url: str = absent("the publisher's page")
    cadence: str = absent("how often it is published")
    licence: str = absent("under which terms it may be used")
    freshness_limit_hours: float = absent("hours after which an edition is stale")
    documents: tuple[str, ...] = absent("the files it is published as, for `name` of a document handed over")
    formats: tuple[str, ...] = absent("the formats that are read; a document is known by its content")
    carries: tuple[str, ...] = absent("ids of the lists whose parties it brings, its own included")
    carried_by: tuple[str, ...] = absent("ids of the lists that bring its parties, where it has no document of its own")
    binds: tuple[Profile, ...] = absent("profiles whose ratings need this list")
    readable: bool = Field(description="whether a document of it can be loaded")
    edition: str = Field(description="id of the edition that answers; `none` where nothing is loaded")
    published: date | None = Field(description="the day the edition was published; null where not known")
    fetched_at: datetime | None = Field(description="when it was last fetched or handed over")
    parties: int = Field(description="parties of the list in that edition")
    fresh: bool = Field(description="whether it may clear anybody: young enough, whole, and no refusal since")
    says: str = Field(description="its age and everything that keeps it from being fresh, in words")
    last_refusal: LastRefusal = absent("what was refused last; absent where nothing was")
    loading: Loading = absent("how far a loading is that goes on now")
    next_due: datetime = absent("when it is fetched again, where the service fetches by itself")


class Lists(Whole):
    """Every list."""

    items: tuple[ListState, ...] = Field(description="in the order of reports, the reference edition first")


class Edition(Answer):
    """One edition of a list: what was loaded, when, and how it differs from the one before it in time."""

    id: str = Field(description="LIST@SEQUENCE-DIGEST")
    list: str = Field(description="the list's id")
    sequence: int = Field(description="1 for the first that was loaded")
    digest: str = Field(description="SHA-256 of the parties read")
    document_digest: str = Field(description="SHA-256 of the document as sent")
    day: date = Field(description="the day it speaks for: as published, else as fetched")
    format: str = Field(description="the format it was read as, and which documents were missing")
    whole: bool = Field(description="whether it is the whole list; an excerpt is never fresh")
    accepted: str | None = Field(description="why a person accepted it against the guards; null where none spoke")
    seen_at: datetime = Field(description="when the publisher last showed this same edition")
    published: date | None = Field(description="the day of publication; null where not known")
    handed_over: bool = Field(description="by hand, rather than fetched from the publisher")
    fetched_at: datetime = Field(description="when its document was fetched or handed over")
    loaded_at: datetime = Field(description="when it began to answer")
    parties: int = Field(description="parties in it")
    added: int = Field(description="parties that the edition before had not")
    removed: int = Field(description="parties that only the edition before had")
    changed: int = Field(description="parties of both that say something else")


class LoadedEdition(Edition):
    """The edition that a document gave."""

    new: bool = Field(description="false where the same edition was there already")
    current: bool = Field(description="whether it answers now; an edition older than the current one does not")


class Editions(Page):
    """Editions of a list."""

    items: tuple[Edition, ...] = Field(description="latest in time first")


class ChangedField(Answer):
    """One field in which two records of a party differ: of a list of values what came and went, else the value before and after."""

    field: str = Field(description="the field's name, as in a party")
    added: tuple[Any, ...] = absent("values that only the later record has")
    removed: tuple[Any, ...] = absent("values that only the earlier record has")
    order: Literal[True] = absent("there and true where the values are the same in another order")
    before: Any = absent("the value of the earlier record; null where it had none")
    after: Any = absent("the value of the later record; null where it has none")


class ChangedParty(Answer):
    """One party that was added, removed or changed."""

    party: str = Field(description="its id")
    name: str = Field(description="its primary name")
    change: Literal["added", "removed", "changed"] = Field(description="what became of it")
    lists: tuple[str, ...] = Field(description="ids of the lists that name it")
    fields: tuple[ChangedField, ...] = absent("of a changed party: each field that differs")
    programmes: tuple[str, ...] = absent("of one added or removed: the programmes it is or was listed under")


class Differences(Page):
    """What changed from one edition to another."""

    from_: Edition = Field(alias="from", description="the edition named first")
    to: Edition = Field(description="the edition named second")
    added: int = Field(description="parties that only `to` has")
    removed: int = Field(description="parties that only `from` has")
    changed: int = Field(description="parties of both that say something else")
    items: tuple[ChangedParty, ...] = Field(description="the parties, in order of their ids")


class RefusedEdition(Answer):
    """The edition that a refused document would have been."""

    day: date = Field(description="the day it would speak for")
    published: date | None = Field(description="the day of publication; null where not known")
    handed_over: bool = Field(description="by hand, rather than fetched from the publisher")
    fetched_at: datetime = Field(description="when its document was fetched or handed over")
    format: str = Field(description="the format it was read as")
    parties: int = Field(description="parties in it")
    added: int = Field(description="parties it would add")
    removed: int = Field(description="parties it would remove")
    changed: int = Field(description="parties it would change")


class Refusal(Answer):
    """A document or an edition that was refused, and what became of it."""

    id: str = Field(description="the refusal's id")
    list: str = Field(description="the list's id")
    at: datetime = Field(description="when it was refused")
    reason: str = Field(description="why: the file, the line and what is wrong, or the guard in words")
    document_digest: str = Field(description="SHA-256 of the document as sent")
    guards: tuple[str, ...] = Field(
        description="guards that spoke against it: `size`, `shrink`, `churn`, `required`; none where it could not be read"
    )
    acceptable: bool = Field(description="whether a person may still accept it")
    settled_at: datetime | None = Field(description="when it was accepted or overtaken; null while it stands")
    settled: str | None = Field(description="what became of it, in words; null while it stands")
    edition: RefusedEdition = absent("what was read; absent where it could not be read")


class Refusals(Page):
    """Refusals of a list."""

    items: tuple[Refusal, ...] = Field(description="newest first")


class RefusalDifferences(Refusal, Page):
    """One refusal with what the refused edition would change."""

    items: tuple[ChangedParty, ...] = Field(
        description="the parties, in order of their ids; none where it was not read"
    )
