"""The figures of submissions: rows in, rows out.

A value is kept as a number or as a text; what it means (a day, yes or no) its indicator says when it is read back. A
row with neither is of a figure that is not known yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from plan_lifecycle.domain.figure import Figure, NotKnown
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.store.engine import in_batches
from plan_lifecycle.store.tables import figure

_KNOWN = or_(figure.c.number.is_not(None), figure.c.text.is_not(None))


def add_figures(connection: Connection, submission_id: int, figures: Iterable[Figure | NotKnown]) -> None:
    """Insert the figures of a submission, one an indicator."""
    rows = [_row(each) | {"submission_id": submission_id} for each in figures]
    if rows:
        connection.execute(figure.insert(), rows)


def figures(
    connection: Connection, submission_ids: Sequence[int], indicators: Mapping[str, Indicator]
) -> dict[int, tuple[Figure, ...]]:
    """The figures of each of these submissions, in order of indicator; what is none of ``indicators`` is left out."""
    found: dict[int, list[Figure]] = defaultdict(list)
    query = select(figure).where(_KNOWN).order_by(figure.c.submission_id, figure.c.indicator)
    for ids in in_batches(submission_ids):
        for row in connection.execute(query.where(figure.c.submission_id.in_(ids))):
            if row.indicator in indicators:
                value = indicators[row.indicator].kept_value(row.number, row.text)
                found[row.submission_id].append(Figure(row.indicator, value, row.evidence or "", row.estimate))
    return {submission_id: tuple(found[submission_id]) for submission_id in submission_ids}


def unknown(connection: Connection, submission_ids: Sequence[int]) -> dict[int, tuple[NotKnown, ...]]:
    """Of which indicators each of these submissions says that there is no figure yet, in order of indicator."""
    found: dict[int, list[NotKnown]] = defaultdict(list)
    query = select(figure.c.submission_id, figure.c.indicator, figure.c.evidence).where(~_KNOWN)
    for ids in in_batches(submission_ids):
        rows = query.where(figure.c.submission_id.in_(ids)).order_by(figure.c.submission_id, figure.c.indicator)
        for row in connection.execute(rows):
            found[row.submission_id].append(NotKnown(row.indicator, row.evidence or ""))
    return {submission_id: tuple(found[submission_id]) for submission_id in submission_ids}


def _row(one: Figure | NotKnown) -> dict[str, Any]:
    if isinstance(one, NotKnown):
        return {
            "indicator": one.indicator, "number": None, "text": None, "evidence": one.note or None, "estimate": False
        }  # fmt: skip
    number = float(one.value) if isinstance(one.value, int | float) else None
    text = str(one.value) if number is None else None
    kept = {"number": number, "text": text, "evidence": one.evidence or None, "estimate": one.estimate}
    return {"indicator": one.indicator} | kept
