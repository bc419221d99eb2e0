"""Keep the trace beside a compiled report."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("report", sa.Column("trace_blob", sa.String(length=64), nullable=True))
