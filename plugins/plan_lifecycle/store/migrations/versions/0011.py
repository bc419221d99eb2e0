"""Keep whether a figure is an estimate as what it is, and take our words for it out of the evidence.

Until now the software wrote "ước thực hiện; " before a unit's evidence and found it there again. What a unit wrote in
any other way ("Ước, theo số 5") is its own and stays; of both it is now kept that the figure is an estimate.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

OURS = "ước thực hiện"
_SAYS_SO = re.compile(r"[\s\u00ad\u200b\u200c\u200d\u2060\ufeff]*ước\b")
_ROWS_AT_ONCE = 5_000


def upgrade() -> None:
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("estimate", sa.Boolean(), server_default=sa.false(), nullable=False))
    connection = op.get_bind()
    changing = (
        sa.update(_figure)
        .where(_figure.c.submission_id == sa.bindparam("of"), _figure.c.indicator == sa.bindparam("about"))
        .values(estimate=True, evidence=sa.bindparam("left"))
    )
    for rows in _batches(connection):
        if changed := [
            {"of": row.submission_id, "about": row.indicator, "left": _without_our_words(row.evidence)}
            for row in rows
            if _says_estimate(row.evidence)
        ]:
            connection.execute(changing, changed)


_figure = sa.table(
    "figure",
    sa.column("submission_id", sa.Integer),
    sa.column("indicator", sa.String),
    sa.column("evidence", sa.Text),
    sa.column("estimate", sa.Boolean),
)


def _batches(connection: sa.Connection) -> Iterator[Sequence[Any]]:
    """All figures with evidence, some thousand at a time in the order of their key."""
    key = sa.tuple_(_figure.c.submission_id, _figure.c.indicator)
    query = sa.select(_figure.c.submission_id, _figure.c.indicator, _figure.c.evidence)
    query = query.where(_figure.c.evidence.is_not(None)).order_by(*key).limit(_ROWS_AT_ONCE)
    rows = connection.execute(query).all()
    while rows:
        yield rows
        last = rows[-1]
        rows = connection.execute(query.where(key > (last.submission_id, last.indicator))).all()


def _says_estimate(evidence: str) -> bool:
    return _SAYS_SO.match(unicodedata.normalize("NFC", evidence).lower()) is not None


def _without_our_words(evidence: str) -> str | None:
    """The evidence before the software put its words there; where it may have been otherwise, as it stands."""
    if evidence == OURS:
        return None
    rest = evidence.removeprefix(f"{OURS}; ")
    return evidence if not rest or _says_estimate(rest) else rest
