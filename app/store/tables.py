"""Every table on one page: portable between SQLite and PostgreSQL, append-only where it keeps the record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: refuses naive values, and reads back aware on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


PARTY_ID = String(1000).with_variant(String(1000, collation="C"), "postgresql")
"""Compared byte by byte on every database, so that pages and merges agree with Python's order."""

editions = Table(
    "editions",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("source", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("document_digest", String(64), nullable=False),
    Column("format", String(80), nullable=False, default=""),
    Column("published", Date),
    Column("handed_over", Integer, nullable=False, default=0),
    Column("whole", Integer, nullable=False, default=1),
    Column("accepted", Text),
    Column("fetched_at", Moment, nullable=False),
    Column("loaded_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("seen_published", Date),
    Column("parties", Integer, nullable=False),
    Column("added", Integer, nullable=False, default=0),
    Column("removed", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    UniqueConstraint("source", "sequence"),
    UniqueConstraint("source", "place"),
)
"""One state of a source: a list, the reference, or the rulebook. Only when it was last seen unchanged is ever updated.

``day`` is the day the list said so: its publication day where that is known, else the day it was fetched. ``place`` orders the
editions of a source in time: the day's number times a million, plus the sequence. ``sequence`` is the order of loading.
"""

refusals = Table(
    "refusals",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("source", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("document_digest", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("load", String(120)),
    Column("guards", Text),
    Column("edition", Text),
    Column("settled_at", Moment),
    Column("settled", Text),
    Index(None, "source", "at"),
)
"""Documents that were refused, and why. Where a guard refused an edition that was read whole, its parties stay in
``staged_parties`` under ``load``, so that a person may look at them and accept it."""

party_versions = Table(
    "party_versions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(80), nullable=False),
    Column("party_id", PARTY_ID, nullable=False),
    Column("from_place", BigInteger, nullable=False),
    Column("until_place", BigInteger),
    Column("recorded_at", Moment, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("document", Text, nullable=False),
    Index(None, "party_id", "from_place"),
    Index(None, "source", "from_place"),
    Index(None, "source", "until_place"),
    UniqueConstraint("source", "party_id", "from_place"),
)
"""A party as its source's editions from ``from_place`` (included) to ``until_place`` (excluded) said it.

An edition holds the versions that cover its place. A version of a place that no edition has is one still being written: nobody
sees it until the edition's row is there.
"""

staged_parties = Table(
    "staged_parties",
    metadata,
    Column("load", String(120), primary_key=True),
    Column("party_id", PARTY_ID, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("document", Text, nullable=False),
)
"""Parties that were read and are not part of an edition yet; the document is empty where the edition before says the same."""

list_states = Table(
    "list_states",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("owner", String(120)),
    Column("token", Integer, nullable=False, default=0),
    Column("expires_at", Moment),
    Column("loading_place", BigInteger),
    Column("next_due", Moment),
    Column("failures", Integer, nullable=False, default=0),
    Column("progress", Text),
    Column("documents", Text),
)
"""Who is loading a list (a lease with a fencing token), how far, when it is due again, and what its publisher last told us about
its documents (ETag and the like)."""

packs = Table(
    "packs",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("edition", String(120), primary_key=True),
    Column("depth", Integer, primary_key=True),
    Column("analysis", String(64), primary_key=True),
    Column("parts", Integer, nullable=False),
)
"""Which editions are held ready for the index, in how many parts; written once all parts are there."""

pack_parts = Table(
    "pack_parts",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("edition", String(120), primary_key=True),
    Column("depth", Integer, primary_key=True),
    Column("analysis", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("first", PARTY_ID, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""The parties of an edition ready for the index, from the id ``first`` on: made from ``party_versions`` and by the code whose digest is
``analysis``, so they may be deleted at any time. ``depth`` counts the source's editions up to this one: one that is loaded later and lies
earlier changes what is known of dropped parties."""

separations = Table(
    "separations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("one", PARTY_ID, nullable=False),
    Column("other", PARTY_ID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("withdrawn_at", Moment),
    Column("withdrawn_by", String(200)),
    Column("withdrawn_reason", Text),
    Index(None, "made_at", "id"),
)
"""Two records that a person says are two parties, whatever they share, and why; until the person's word is withdrawn."""

party_lists = Table(
    "party_lists",
    metadata,
    Column("version_id", Integer, ForeignKey("party_versions.id"), primary_key=True),
    Column("list", String(80), primary_key=True),
    Column("programme", String(200), primary_key=True),
    Index(None, "list", "programme"),
)
"""Which lists and programmes a version of a party stands on: for finding it."""

reference_rows = Table(
    "reference_rows",
    metadata,
    Column("edition_id", String(120), ForeignKey("editions.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("document", Text, nullable=False),
)
"""The rows of a reference edition, and the laws of a rulebook edition (kind ``law``)."""

submissions = Table(
    "submissions",
    metadata,
    Column("digest", String(80), primary_key=True),
    Column("document", Text, nullable=False),
)

assessments = Table(
    "assessments",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("client_reference", String(200)),
    Column("rating", String(40), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("submission", String(80), ForeignKey("submissions.digest"), nullable=False),
    Column("editions", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index(None, "created_at", "id"),
    Index(None, "client_reference"),
)
"""The record of a rating; ``document`` is the answer that was given, ``editions`` what it was made from."""

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("owner", String(80), primary_key=True),
    Column("key_digest", String(64), primary_key=True),
    Column("submission", String(80), nullable=False),
    Column("assessment_id", String(36), ForeignKey("assessments.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("scopes", String(100), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)
"""API keys: only the SHA-256 of a 256-bit random key is kept."""

policies = Table(
    "policies",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("sequence", Integer, nullable=False, unique=True),
    Column("title", String(200), nullable=False),
    Column("digest", String(80), nullable=False),
    Column("equals", String(120), ForeignKey("policies.id")),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("document", Text, nullable=False),
)
"""Editions of the buyer's own policy, drafts included; ``equals`` is the earlier edition that a rollback repeats. Never changed."""

policy_activations = Table(
    "policy_activations",
    metadata,
    Column("policy_id", String(120), ForeignKey("policies.id"), primary_key=True),
    Column("sequence", Integer, nullable=False, unique=True),
    Column("from_day", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("activated_at", Moment, nullable=False),
    Column("activated_by", String(200), nullable=False),
)
"""From which day an edition decides: once for each edition. On a day the latest ``from_day`` decides, then the latest made."""

policy_requests = Table(
    "policy_requests",
    metadata,
    Column("owner", String(80), primary_key=True),
    Column("key_digest", String(64), primary_key=True),
    Column("request", String(80), nullable=False),
    Column("answer", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)
"""Idempotency keys of changes to policies, each with the digest of its request and the answer that was given."""
