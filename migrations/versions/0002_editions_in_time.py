"""editions in time: each has a day and a place in its source's history; staging, leases and refusals that can be accepted

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STEP = 1_000_000
PARTY_ID = sa.String(length=1000).with_variant(sa.String(length=1000, collation="C"), "postgresql")

editions = sa.table(
    "editions",
    sa.column("id", sa.String),
    sa.column("source", sa.String),
    sa.column("kind", sa.String),
    sa.column("sequence", sa.Integer),
    sa.column("published", sa.Date),
    sa.column("fetched_at", sa.DateTime(timezone=True)),
    sa.column("loaded_at", sa.DateTime(timezone=True)),
    sa.column("day", sa.Date),
    sa.column("place", sa.BigInteger),
    sa.column("seen_at", sa.DateTime(timezone=True)),
    sa.column("seen_published", sa.Date),
)
versions = sa.table(
    "party_versions",
    sa.column("source", sa.String),
    sa.column("from_sequence", sa.Integer),
    sa.column("until_sequence", sa.Integer),
    sa.column("from_place", sa.BigInteger),
    sa.column("until_place", sa.BigInteger),
)


def upgrade() -> None:
    with op.batch_alter_table("editions") as batch:
        batch.add_column(sa.Column("day", sa.Date(), nullable=True))
        batch.add_column(sa.Column("place", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("format", sa.String(length=80), nullable=False, server_default=""))
        batch.add_column(sa.Column("whole", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("accepted", sa.Text(), nullable=True))
        batch.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("seen_published", sa.Date(), nullable=True))
    with op.batch_alter_table("party_versions") as batch:
        batch.add_column(sa.Column("from_place", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("until_place", sa.BigInteger(), nullable=True))
    _place()
    if op.get_bind().dialect.name == "postgresql":
        op.execute('ALTER TABLE party_versions ALTER COLUMN party_id TYPE VARCHAR(1000) COLLATE "C"')
    with op.batch_alter_table("editions") as batch:
        batch.alter_column("day", existing_type=sa.Date(), nullable=False)
        batch.alter_column("place", existing_type=sa.BigInteger(), nullable=False)
        batch.alter_column("seen_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch.alter_column("format", existing_type=sa.String(length=80), server_default=None)
        batch.alter_column("whole", existing_type=sa.Integer(), server_default=None)
        batch.create_unique_constraint(batch.f("uq_editions_source_place"), ["source", "place"])
    with op.batch_alter_table("party_versions") as batch:
        batch.drop_index(batch.f("ix_party_versions_party_id_from_sequence"))
        batch.drop_index(batch.f("ix_party_versions_source_until_sequence"))
        batch.drop_constraint(batch.f("uq_party_versions_source_party_id_from_sequence"), type_="unique")
        batch.alter_column("from_place", existing_type=sa.BigInteger(), nullable=False)
        batch.drop_column("from_sequence")
        batch.drop_column("until_sequence")
        batch.create_unique_constraint(
            batch.f("uq_party_versions_source_party_id_from_place"), ["source", "party_id", "from_place"]
        )
        batch.create_index(batch.f("ix_party_versions_party_id_from_place"), ["party_id", "from_place"])
        batch.create_index(batch.f("ix_party_versions_source_from_place"), ["source", "from_place"])
        batch.create_index(batch.f("ix_party_versions_source_until_place"), ["source", "until_place"])
    with op.batch_alter_table("refusals") as batch:
        batch.add_column(sa.Column("load", sa.String(length=120), nullable=True))
        batch.add_column(sa.Column("guards", sa.Text(), nullable=True))
        batch.add_column(sa.Column("edition", sa.Text(), nullable=True))
        batch.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("settled", sa.Text(), nullable=True))
    op.create_table(
        "staged_parties",
        sa.Column("load", sa.String(length=120), nullable=False),
        sa.Column("party_id", PARTY_ID, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("load", "party_id", name=op.f("pk_staged_parties")),
    )
    op.create_table(
        "list_states",
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=True),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("loading_place", sa.BigInteger(), nullable=True),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=True),
        sa.Column("documents", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_list_states")),
    )


def _place() -> None:
    """Give every edition its day and place. The order of loading was the order in time until now, and stays so."""
    connection = op.get_bind()
    latest: dict[str, date] = {}
    for row in connection.execute(sa.select(editions).order_by(editions.c.source, editions.c.sequence)).all():
        fetched: datetime = row.fetched_at
        stated = row.published if row.kind == "list" else None
        day = max(stated or fetched.date(), latest.get(row.source, date.min))
        latest[row.source] = day
        place = day.toordinal() * STEP + row.sequence
        connection.execute(
            sa.update(editions)
            .where(editions.c.id == row.id)
            .values(day=day, place=place, seen_at=row.fetched_at, seen_published=row.published)
        )
        for old, new in (("from_sequence", "from_place"), ("until_sequence", "until_place")):
            connection.execute(
                sa.update(versions)
                .where(versions.c.source == row.source, versions.c[old] == row.sequence)
                .values({new: place})
            )


def downgrade() -> None:
    op.drop_table("list_states")
    op.drop_table("staged_parties")
    with op.batch_alter_table("refusals") as batch:
        for name in ("settled", "settled_at", "edition", "guards", "load"):
            batch.drop_column(name)
    with op.batch_alter_table("party_versions") as batch:
        batch.add_column(sa.Column("from_sequence", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("until_sequence", sa.Integer(), nullable=True))
    _sequence()
    if op.get_bind().dialect.name == "postgresql":
        op.execute('ALTER TABLE party_versions ALTER COLUMN party_id TYPE VARCHAR(1000) COLLATE "default"')
    with op.batch_alter_table("party_versions") as batch:
        batch.drop_index(batch.f("ix_party_versions_party_id_from_place"))
        batch.drop_index(batch.f("ix_party_versions_source_from_place"))
        batch.drop_index(batch.f("ix_party_versions_source_until_place"))
        batch.drop_constraint(batch.f("uq_party_versions_source_party_id_from_place"), type_="unique")
        batch.alter_column("from_sequence", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("from_place")
        batch.drop_column("until_place")
        batch.create_unique_constraint(
            batch.f("uq_party_versions_source_party_id_from_sequence"), ["source", "party_id", "from_sequence"]
        )
        batch.create_index(batch.f("ix_party_versions_party_id_from_sequence"), ["party_id", "from_sequence"])
        batch.create_index(batch.f("ix_party_versions_source_until_sequence"), ["source", "until_sequence"])
    with op.batch_alter_table("editions") as batch:
        batch.drop_constraint(batch.f("uq_editions_source_place"), type_="unique")
        for name in ("day", "place", "format", "whole", "accepted", "seen_at", "seen_published"):
            batch.drop_column(name)


def _sequence() -> None:
    """Number the editions of each source by their place in time: before this migration that was the order of loading.

    Versions of an edition that was never finished have no number and are dropped.
    """
    connection = op.get_bind()
    rows = connection.execute(sa.select(editions).order_by(editions.c.source, editions.c.place)).all()
    connection.execute(sa.update(editions).values(sequence=-editions.c.sequence))
    counted: dict[str, int] = {}
    for row in rows:
        number = counted[row.source] = counted.get(row.source, 0) + 1
        connection.execute(sa.update(editions).where(editions.c.id == row.id).values(sequence=number))
        for old, new in (("from_place", "from_sequence"), ("until_place", "until_sequence")):
            connection.execute(
                sa.update(versions)
                .where(versions.c.source == row.source, versions.c[old] == row.place)
                .values({new: number})
            )
    lists = sa.table("party_lists", sa.column("version_id", sa.Integer))
    keyed = sa.table("party_versions", sa.column("id", sa.Integer), sa.column("from_sequence", sa.Integer))
    orphans = sa.select(keyed.c.id).where(keyed.c.from_sequence.is_(None))
    connection.execute(sa.delete(lists).where(lists.c.version_id.in_(orphans)))
    connection.execute(sa.delete(keyed).where(keyed.c.from_sequence.is_(None)))
