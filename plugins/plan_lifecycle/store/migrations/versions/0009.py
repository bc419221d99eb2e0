"""Keep the wording of plans, so that a neighbour's file is not read again for every comparison."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "wording",
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("runs", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("blob", name=op.f("pk_wording")),
    )
