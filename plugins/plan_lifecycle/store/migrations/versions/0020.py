"""Note who was given a compiled report, who holds it back, and how it was issued.

Reports that are there went to their leaders on the day on which they were compiled.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_GIVEN = """
    INSERT INTO report_delivery (report_id, receiver, at)
    SELECT report.id, given.receiver, report.compiled_at
    FROM report, (SELECT 'coordinator' AS receiver UNION SELECT 'leader') AS given
"""


def upgrade() -> None:
    op.create_table(
        "report_delivery",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("receiver", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("receiver IN ('coordinator', 'leader')", name=op.f("ck_report_delivery_receiver")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_delivery_report_id")),
        sa.PrimaryKeyConstraint("report_id", "receiver", name=op.f("pk_report_delivery")),
    )
    op.create_table(
        "report_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("held_at", sa.DateTime(), nullable=False),
        sa.Column("held_by", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.Column("lifted_by", sa.String(length=128), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_hold_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_hold")),
    )
    _unique_while("report_hold", ["unit_id", "period"], "lifted_at IS NULL")
    op.create_table(
        "report_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("signer", sa.String(length=128), nullable=False),
        sa.Column("word_blob", sa.String(length=64), nullable=False),
        sa.Column("paper_blob", sa.String(length=64), nullable=True),
        sa.Column("paper_name", sa.Text(), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=128), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=128), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_issue_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_issue")),
    )
    _unique_while("report_issue", ["report_id"], "undone_at IS NULL")
    op.execute(sa.text(_GIVEN))


def _unique_while(table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(f"uq_{table}_in_force", table, columns, unique=True, sqlite_where=where, postgresql_where=where)
