"""Keep the newest day at which a run found the machine's clock, so that one that leaps ahead is seen."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "clock_seen",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_clock_seen_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_seen")),
    )
