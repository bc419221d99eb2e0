"""Publications: every item seen, each unit's months, and what web servers said of their answers."""

import sqlalchemy as sa
from alembic import op

import plan_lifecycle.store.tables

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "fetched",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("at", plan_lifecycle.store.tables.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_fetched")),
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("first_seen_at", plan_lifecycle.store.tables.Moment(), nullable=False),
        sa.Column("last_seen_at", plan_lifecycle.store.tables.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_publication_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("unit_id", "identity", name=op.f("uq_publication_unit_id_identity")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index("ix_publication_unit_id_published_on", ["unit_id", "published_on"], unique=False)

    op.create_table(
        "publication_month",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("undated", sa.Integer(), nullable=False),
        sa.Column("checked_at", plan_lifecycle.store.tables.Moment(), nullable=False),
        sa.Column("reached_at", plan_lifecycle.store.tables.Moment(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("obligation_id", sa.Integer(), nullable=True),
        sa.Column("final_at", plan_lifecycle.store.tables.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_publication_month_obligation_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_publication_month_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "period", name=op.f("pk_publication_month")),
    )
    with op.batch_alter_table("publication_month", schema=None) as batch_op:
        batch_op.create_index("ix_publication_month_obligation_id", ["obligation_id"], unique=False)
        batch_op.create_index("ix_publication_month_period", ["period"], unique=False)
