"""Keep the mornings on which reminders were run to their end, so that one that was not can be told of."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "morning", sa.Column("day", sa.Date(), nullable=False), sa.PrimaryKeyConstraint("day", name="pk_morning")
    )
