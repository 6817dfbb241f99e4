"""first schema

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_keys_digest")),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("handed_over", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parties", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("source", "sequence", name=op.f("uq_editions_source_sequence")),
    )
    op.create_table(
        "party_versions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("party_id", sa.String(length=1000), nullable=False),
        sa.Column("from_sequence", sa.Integer(), nullable=False),
        sa.Column("until_sequence", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_versions")),
        sa.UniqueConstraint(
            "source", "party_id", "from_sequence", name=op.f("uq_party_versions_source_party_id_from_sequence")
        ),
    )
    with op.batch_alter_table("party_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_party_versions_party_id_from_sequence"), ["party_id", "from_sequence"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_party_versions_source_until_sequence"), ["source", "until_sequence"], unique=False
        )

    op.create_table(
        "refusals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusals")),
    )
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refusals_source_at"), ["source", "at"], unique=False)

    op.create_table(
        "submissions",
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_submissions")),
    )
    op.create_table(
        "assessments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_reference", sa.String(length=200), nullable=True),
        sa.Column("rating", sa.String(length=40), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("submission", sa.String(length=80), nullable=False),
        sa.Column("editions", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.digest"], name=op.f("fk_assessments_submission_submissions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessments_client_reference"), ["client_reference"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessments_created_at_id"), ["created_at", "id"], unique=False)

    op.create_table(
        "party_lists",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(length=80), nullable=False),
        sa.Column("programme", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["party_versions.id"], name=op.f("fk_party_lists_version_id_party_versions")
        ),
        sa.PrimaryKeyConstraint("version_id", "list", "programme", name=op.f("pk_party_lists")),
    )
    with op.batch_alter_table("party_lists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_lists_list_programme"), ["list", "programme"], unique=False)

    op.create_table(
        "reference_rows",
        sa.Column("edition_id", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_reference_rows_edition_id_editions")),
        sa.PrimaryKeyConstraint("edition_id", "position", name=op.f("pk_reference_rows")),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("submission", sa.String(length=80), nullable=False),
        sa.Column("assessment_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_idempotency_keys_assessment_id_assessments")
        ),
        sa.PrimaryKeyConstraint("owner", "key_digest", name=op.f("pk_idempotency_keys")),
    )


def downgrade() -> None:
    op.drop_table("idempotency_keys")
    op.drop_table("reference_rows")
    with op.batch_alter_table("party_lists", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_lists_list_programme"))

    op.drop_table("party_lists")
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessments_created_at_id"))
        batch_op.drop_index(batch_op.f("ix_assessments_client_reference"))

    op.drop_table("assessments")
    op.drop_table("submissions")
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refusals_source_at"))

    op.drop_table("refusals")
    with op.batch_alter_table("party_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_versions_source_until_sequence"))
        batch_op.drop_index(batch_op.f("ix_party_versions_party_id_from_sequence"))

    op.drop_table("party_versions")
    op.drop_table("editions")
    op.drop_table("api_keys")
