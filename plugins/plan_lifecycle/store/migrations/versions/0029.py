"""Tell reports of two kinds of one period apart: a unit may owe one on the reform and one on communication."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

_KINDS = (
    ("thi-dua", re.compile("thi đua", re.IGNORECASE)),
    ("tuyen-truyen", re.compile("tuyên truyền", re.IGNORECASE)),
    ("cchc", re.compile("cải cách hành chính|cchc", re.IGNORECASE)),
)
_DEFAULT = "tuyen-truyen"


def _profile() -> sa.Column[str]:
    return sa.Column("profile", sa.String(length=64), server_default="", nullable=False)


def upgrade() -> None:
    with op.batch_alter_table("report_hold", schema=None) as batch_op:
        batch_op.add_column(_profile())
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(_profile())
        batch_op.drop_constraint(batch_op.f("uq_report_unit_id_period_version"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_report_unit_id_period_profile_version"), ["unit_id", "period", "profile", "version"]
        )
    in_force = sa.text("lifted_at IS NULL")
    op.drop_index("uq_report_hold_in_force", table_name="report_hold")
    op.create_index(
        "uq_report_hold_in_force",
        "report_hold",
        ["unit_id", "period", "profile"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
    _name_kinds(op.get_bind())


def _name_kinds(connection: sa.Connection) -> None:
    """Of which kind each report is, as shipped profiles tell it by the plan; the first of several gave its outline."""
    query = """
        SELECT DISTINCT report.unit_id, report.period, plan.abstract FROM report
        JOIN report_source ON report_source.report_id = report.id
        JOIN obligation ON obligation.id = report_source.obligation_id
        JOIN plan ON plan.id = obligation.plan_id
    """
    kinds: dict[tuple[str, str], set[str]] = {}
    for unit_id, period, abstract in connection.execute(sa.text(query)):
        kinds.setdefault((unit_id, period), set()).add(_kind(abstract or ""))
    for (unit_id, period), found in kinds.items():
        of = {"kind": "cchc" if "cchc" in found else min(found), "unit": unit_id, "period": period}
        for table in ("report", "report_hold"):
            set_kind = f"UPDATE {table} SET profile = :kind WHERE unit_id = :unit AND period = :period"  # noqa: S608  the tables are named above
            connection.execute(sa.text(set_kind), of)


def _kind(abstract: str) -> str:
    found = [(match.start(), code) for code, pattern in _KINDS if (match := pattern.search(abstract))]
    return min(found, default=(0, _DEFAULT))[1]
