"""Note the newest business day worked, and the typed days that were admitted.

What a store has written so far says how far it has come; a day that lay ahead of the clock is not believed.
"""

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from plan_lifecycle.domain.clock import LOCAL

revision = "0015"
down_revision = "0014"

_DATED = {"letter": "queued_at", "audit": "at", "plan": "registered_at", "submission": "reviewed_at"}


def upgrade() -> None:
    worked = op.create_table(
        "worked",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("newest", sa.Date(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_worked_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worked")),
    )
    op.create_table(
        "typed_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run", sa.String(length=512), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typed_day")),
        sa.UniqueConstraint("run", name=op.f("uq_typed_day_run")),
    )
    if newest := _newest(op.get_bind()):
        op.bulk_insert(worked, [{"id": 1, "newest": newest}])


def _newest(connection: sa.Connection) -> date | None:
    """The day of the newest row of whatever verbs write; None in an empty store."""
    found: list[Any] = []
    for name, column in _DATED.items():
        moment = sa.column(column, sa.DateTime)
        found.append(
            connection.execute(sa.select(sa.func.max(moment)).select_from(sa.table(name, moment))).scalar_one()
        )
    moments = [moment.replace(tzinfo=UTC) for moment in found if moment is not None]
    return min(max(moments), datetime.now(UTC)).astimezone(LOCAL).date() if moments else None
