"""Note which sessions of the portal were ended, so that a copy of their cookie opens nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "ended_session",
        sa.Column("seat", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seat", name=op.f("pk_ended_session")),
    )
