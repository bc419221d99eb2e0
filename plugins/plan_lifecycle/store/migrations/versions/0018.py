"""Note with which key a row of the trail is sealed; those that are there were sealed without one and stay as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("audit", sa.Column("key", sa.String(length=8), nullable=True))
