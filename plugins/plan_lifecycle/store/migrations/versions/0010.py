"""Keep what the gate saw in a file, so that no other process looks into it again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("gate", sa.String(length=16), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("blob", "gate", name=op.f("pk_look")),
    )
