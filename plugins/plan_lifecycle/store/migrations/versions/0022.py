"""Keep how far the tasks of plans are, what was settled of their targets, and indices that others published."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "task_report",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=64), nullable=False),
        sa.Column("said", sa.String(length=16), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("paper", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("said IN ('done', 'doing', 'not_started')", name=op.f("ck_task_report_said")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_task_report_submission_id")),
        sa.PrimaryKeyConstraint("submission_id", "task", name=op.f("pk_task_report")),
    )
    op.create_table(
        "task_mark",
        *_of_a_plan("task"),
        sa.Column("said", sa.String(length=16), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("paper", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        *_by("decided"),
        sa.CheckConstraint("said IN ('done', 'doing', 'not_started', 'open')", name=op.f("ck_task_mark_said")),
        *_keys("task"),
    )
    op.create_table(
        "target_mark",
        *_of_a_plan("target"),
        sa.Column("indicators", sa.JSON(), nullable=False),
        sa.Column("result", sa.Float(), nullable=True),
        sa.Column("paper", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        *_by("decided"),
        *_keys("target"),
    )
    _published_index()


def _of_a_plan(name: str) -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column(name, sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
    ]


def _by(done: str) -> list[sa.Column[Any]]:
    return [
        sa.Column(f"{done}_by", sa.String(length=128), nullable=False),
        sa.Column(f"{done}_at", sa.DateTime(), nullable=False),
    ]


def _keys(name: str) -> list[sa.Constraint]:
    table = f"{name}_mark"
    return [
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f(f"fk_{table}_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("plan_id", name, "number", name=op.f(f"uq_{table}_plan_id_{name}_number")),
    ]


def _published_index() -> None:
    op.create_table(
        "published_index",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("out_of", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=True),
        sa.Column("last_value", sa.Float(), nullable=True),
        sa.Column("last_rank", sa.Integer(), nullable=True),
        *_by("entered"),
        sa.CheckConstraint(
            "rank IS NULL OR (out_of IS NOT NULL AND rank BETWEEN 1 AND out_of)", name=op.f("ck_published_index_rank")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_published_index_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_index")),
        sa.UniqueConstraint(
            "unit_id", "code", "year", "number", name=op.f("uq_published_index_unit_id_code_year_number")
        ),
    )
