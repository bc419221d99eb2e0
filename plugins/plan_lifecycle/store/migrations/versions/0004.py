"""Keep what the units' portal needs."""

import sqlalchemy as sa
from alembic import op

import plan_lifecycle.store.tables

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "link_generation",
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", plan_lifecycle.store.tables._base.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_link_generation")),
    )
    op.create_table(
        "contact_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("stated_by", sa.String(length=260), nullable=False),
        sa.Column("requested_at", plan_lifecycle.store.tables._base.Moment(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.String(length=128), nullable=True),
        sa.Column("decided_at", plan_lifecycle.store.tables._base.Moment(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'confirmed', 'declined')", name=op.f("ck_contact_request_state")),
        sa.ForeignKeyConstraint(["replaces"], ["contact.id"], name=op.f("fk_contact_request_replaces")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_contact_request_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_request")),
    )
    with op.batch_alter_table("contact_request", schema=None) as batch_op:
        batch_op.create_index("ix_contact_request_unit_id_state", ["unit_id", "state"], unique=False)

    op.create_table(
        "form_draft",
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", plan_lifecycle.store.tables._base.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_form_draft_obligation_id")),
        sa.PrimaryKeyConstraint("obligation_id", name=op.f("pk_form_draft")),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("arrival_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("post", sa.String(length=128), nullable=False),
        sa.Column("uploaded_at", plan_lifecycle.store.tables._base.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrival.id"], name=op.f("fk_upload_arrival_id")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_upload_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index("ix_upload_arrival_id", ["arrival_id"], unique=False)
        batch_op.create_index("ix_upload_obligation_id", ["obligation_id"], unique=False)
