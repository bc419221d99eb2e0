"""Keep corrected drafts, what a signed paper says otherwise, and where paragraphs of a report were put."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column("report_issue", sa.Column("paper_findings", sa.JSON(), nullable=True))
    op.create_table(
        "report_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("given_by", sa.String(length=128), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=128), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_correction_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_correction")),
    )
    _unique_while_in_force("report_correction", ["report_id"])
    op.create_table(
        "paragraph_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("profile", sa.String(length=64), nullable=False),
        sa.Column("statement", sa.String(length=32), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=128), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=128), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_paragraph_ruling_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph_ruling")),
    )
    _unique_while_in_force("paragraph_ruling", ["unit_id", "period", "profile", "statement"])


def _unique_while_in_force(table: str, columns: list[str]) -> None:
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        f"uq_{table}_in_force", table, columns, unique=True, sqlite_where=standing, postgresql_where=standing
    )
