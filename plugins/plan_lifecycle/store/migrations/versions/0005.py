"""Versions of a plan: which earlier plan it amends, replaces or withdraws."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("relation", sa.String(length=16), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_plan_replaces_id"), "plan", ["replaces_id"], ["id"])
