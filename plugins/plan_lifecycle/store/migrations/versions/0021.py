"""Keep by which runs of words a unit's paragraphs are found again, so that a copy is seen when it comes in."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "report_run",
        sa.Column("receiver_id", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("run", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["receiver_id"], ["unit.id"], name=op.f("fk_report_run_receiver_id_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_run_unit_id_unit")),
        sa.PrimaryKeyConstraint("receiver_id", "period", "run", "unit_id", name=op.f("pk_report_run")),
    )
