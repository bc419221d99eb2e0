"""Seal acts in an audit trail; several files to a submission, one paper to several obligations."""

import sqlalchemy as sa
from alembic import op

import plan_lifecycle.store.tables

revision = "0003"
down_revision = "0002"


FILES_SO_FAR = """
INSERT INTO submission_file (submission_id, arrival_id, blob, part)
SELECT submission.id, submission.arrival_id, submission.blob,
       CASE obligation.item WHEN 'sub_plan' THEN 'source' WHEN 'report' THEN 'figures' ELSE 'evidence' END
FROM submission JOIN obligation ON obligation.id = submission.obligation_id
"""


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", plan_lifecycle.store.tables.Moment(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_previous")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "submission_file",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("arrival_id", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrival.id"], name=op.f("fk_submission_file_arrival_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_submission_file_submission_id")),
        sa.PrimaryKeyConstraint("submission_id", "arrival_id", name=op.f("pk_submission_file")),
    )
    with op.batch_alter_table("submission_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_file_arrival_id"), ["arrival_id"], unique=False)

    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quarantined", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("resend_by", sa.Date(), nullable=True))

    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("after_report_id", sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_submission_arrival_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_submission_arrival_id"), ["arrival_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_submission_after_report_id"), "report", ["after_report_id"], ["id"])
    op.execute(FILES_SO_FAR)
