"""Indices that others published; a later entry of the same index and year stands above an earlier one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.published_index import PublishedIndex
from plan_lifecycle.store.progress import append_numbered
from plan_lifecycle.store.tables import published_index

_KEY = ("unit_id", "code", "year")
_VALUES = ("value", "rank", "out_of", "published_on", "publisher", "last_value", "last_rank")


def enter(connection: Connection, result: PublishedIndex, at: datetime) -> bool:
    """Keep a result; False where the same stands there already. ``entered_by`` and ``at`` say by whom and when."""
    values: dict[str, Any] = {name: getattr(result, name) for name in _VALUES}
    values |= {"paper": result.paper or None, "entered_by": result.entered_by, "entered_at": at}
    key = {name: getattr(result, name) for name in _KEY}
    return append_numbered(connection, published_index, key, values, same=(*_VALUES, "paper"))


def entered(
    connection: Connection, unit_id: str, until: datetime, last_year: int | None = None
) -> list[PublishedIndex]:
    """What is known of a unit up to a moment: by index, the newest year first; no year after ``last_year``.

    An entry with neither value nor rank takes the earlier one back.
    """
    query = select(published_index).where(published_index.c.unit_id == unit_id, published_index.c.entered_at <= until)
    if last_year is not None:
        query = query.where(published_index.c.year <= last_year)
    newest = {(row.code, row.year): row for row in connection.execute(query.order_by(published_index.c.number))}
    ordered = sorted(newest.items(), key=lambda known: (known[0][0], -known[0][1]))
    return [_result(row) for _, row in ordered if row.value is not None or row.rank is not None]


def _result(row: Any) -> PublishedIndex:
    given = {name: getattr(row, name) for name in (*_KEY, *_VALUES, "entered_by")}
    return PublishedIndex(**given, paper=row.paper or "", entered_on=row.entered_at.astimezone(LOCAL).date())
