"""Keep what reports say, and let a report be compiled again from what an earlier version was compiled from."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "report_text",
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("profile", sa.String(length=64), nullable=False),
        sa.Column("readers", sa.String(length=16), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("blob", "profile", "readers", name=op.f("pk_report_text")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_report_unit_id_period_inputs"), type_="unique")
