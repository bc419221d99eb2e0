"""Keep the telephone numbers of the units' people."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("contact", sa.Column("phone", sa.String(length=128), nullable=True))
