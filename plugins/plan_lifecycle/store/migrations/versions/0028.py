"""Keep what units say of a paper that they sent elsewhere, and the time that they ask for."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    table, where = "unit_statement", sa.text("state = 'waiting'")
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=128), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("stated_by", sa.String(length=260), nullable=False),
        sa.Column("stated_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.String(length=128), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('sent', 'more_time')", name=op.f(f"ck_{table}_kind")),
        sa.CheckConstraint("state IN ('waiting', 'replaced', 'done', 'declined')", name=op.f(f"ck_{table}_state")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f(f"fk_{table}_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(
        f"ix_{table}_waiting", table, ["obligation_id", "kind"], unique=True, sqlite_where=where, postgresql_where=where
    )
    op.create_index(f"ix_{table}_obligation_id", table, ["obligation_id"])
