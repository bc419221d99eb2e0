"""Note which version of the readers failed at an arrival, so that the next one tries it again."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.add_column(sa.Column("failed_in", sa.String(length=16), nullable=True))
