"""Keep what a letter was before it was written again."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "letter_before",
        sa.Column("message_id", sa.String(length=255), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_before_letter_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_letter_before")),
    )
    with op.batch_alter_table("letter_before", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_before_letter_id"), ["letter_id"], unique=False)
