"""Let the letters about one thing that is owed be held back."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    with op.batch_alter_table("suspension", schema=None) as batch_op:
        batch_op.add_column(sa.Column("obligation_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_suspension_obligation_id"), "obligation", ["obligation_id"], ["id"])
