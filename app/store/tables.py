"""Every table on one page: portable between SQLite and PostgreSQL, append-only where it keeps the record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
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


editions = Table(
    "editions",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("source", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("document_digest", String(64), nullable=False),
    Column("published", Date),
    Column("handed_over", Integer, nullable=False, default=0),
    Column("fetched_at", Moment, nullable=False),
    Column("loaded_at", Moment, nullable=False),
    Column("parties", Integer, nullable=False),
    Column("added", Integer, nullable=False, default=0),
    Column("removed", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    UniqueConstraint("source", "sequence"),
)
"""One state of a source: a list, the reference, or the rulebook. Never changed."""

refusals = Table(
    "refusals",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("source", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("document_digest", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Index(None, "source", "at"),
)
"""Documents that were refused, and why."""

party_versions = Table(
    "party_versions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(80), nullable=False),
    Column("party_id", String(1000), nullable=False),
    Column("from_sequence", Integer, nullable=False),
    Column("until_sequence", Integer),
    Column("recorded_at", Moment, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("document", Text, nullable=False),
    Index(None, "party_id", "from_sequence"),
    Index(None, "source", "until_sequence"),
    UniqueConstraint("source", "party_id", "from_sequence"),
)
"""A party as its source's editions ``from_sequence`` (included) to ``until_sequence`` (excluded) said it."""

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
