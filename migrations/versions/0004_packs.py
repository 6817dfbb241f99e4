"""parties of an edition held ready for the index

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PARTY_ID = sa.String(length=1000).with_variant(sa.String(length=1000, collation="C"), "postgresql")


def _key() -> tuple[sa.Column, ...]:
    return (
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("edition", sa.String(length=120), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("analysis", sa.String(length=64), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "packs",
        *_key(),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "edition", "depth", "analysis", name=op.f("pk_packs")),
    )
    op.create_table(
        "pack_parts",
        *_key(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", PARTY_ID, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source", "edition", "depth", "analysis", "number", name=op.f("pk_pack_parts")),
    )


def downgrade() -> None:
    """What is dropped is made again from the parties when it is needed."""
    op.drop_table("pack_parts")
    op.drop_table("packs")
