"""Note what a file that waits for a person may be: reminders of that stop, and it is tried again when that is owed."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_WAITING = """
    INSERT INTO guess (arrival_id, unit_id, item, period)
    SELECT arrival.id, arrival.unit_id, '', '' FROM arrival
    WHERE arrival.state = 'unmatched' AND arrival.unit_id IN (SELECT unit.id FROM unit)
      AND arrival.key NOT LIKE '%/message'
"""
"""What waits already and whose it is known to be; messages without a file stop nothing."""


def upgrade() -> None:
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.add_column(sa.Column("doubt", sa.String(length=32), nullable=True))
    op.create_table(
        "guess",
        sa.Column("arrival_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrival.id"], name=op.f("fk_guess_arrival_id_arrival")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_guess_unit_id_unit")),
        sa.PrimaryKeyConstraint("arrival_id", "unit_id", "item", "period", name=op.f("pk_guess")),
    )
    op.execute(sa.text(_WAITING))
