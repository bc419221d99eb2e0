"""Let a unit propose telephone numbers beside the person and the address."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    with op.batch_alter_table("contact_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phone", sa.String(length=128), nullable=True))
