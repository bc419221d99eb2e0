"""Where coordinators put paragraphs of a report: of each statement one decision stands at most."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

from plan_lifecycle.domain.placing import Placing
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.store.engine import unless_known
from plan_lifecycle.store.tables import paragraph_ruling

_KEY = ("unit_id", "period", "profile")
_KEPT = tuple(name for name in Placing.__slots__ if name not in ("key", "id"))


def put(connection: Connection, new: Placing) -> int | None:
    """Keep a decision; return its id. None where one stands about this statement already."""
    values: dict[str, Any] = {name: getattr(new, name) for name in _KEPT} | dict(zip(_KEY, new.key, strict=True))
    adding = unless_known(connection, paragraph_ruling).values(values).returning(paragraph_ruling.c.id)
    return connection.execute(adding).scalar_one_or_none()


def take_back(connection: Connection, placing_id: int, *, at: datetime, by: str, reason: str) -> bool:
    """Let a decision stand no longer; False where that was so already. The row stays."""
    standing = (paragraph_ruling.c.id == placing_id, paragraph_ruling.c.undone_at.is_(None))
    undoing = update(paragraph_ruling).where(*standing).values(undone_at=at, undone_by=by, undone_reason=reason)
    return connection.execute(undoing).rowcount == 1


def standing(connection: Connection, key: ReportKey) -> dict[str, Placing]:
    """The decisions about a report that stand, by statement, in the order in which they were made."""
    return _read(connection, *_of(key), paragraph_ruling.c.undone_at.is_(None)).get(key, {})


def among(connection: Connection, key: ReportKey, ids: Collection[int]) -> dict[str, Placing]:
    """Those of these decisions about a report, by statement, whether they stand or not."""
    return _read(connection, *_of(key), paragraph_ruling.c.id.in_(ids)).get(key, {})


def every(connection: Connection) -> dict[ReportKey, dict[str, Placing]]:
    """The decisions that stand, by report and statement."""
    return _read(connection, paragraph_ruling.c.undone_at.is_(None))


def _of(key: ReportKey) -> list[ColumnElement[bool]]:
    return [paragraph_ruling.c[name] == value for name, value in zip(_KEY, key, strict=True)]


def _read(connection: Connection, *which: ColumnElement[bool]) -> dict[ReportKey, dict[str, Placing]]:
    shown = (paragraph_ruling.c[name] for name in ("id", *_KEY, *_KEPT))
    query = select(*shown).where(*which).order_by(paragraph_ruling.c.id)
    found: dict[ReportKey, dict[str, Placing]] = {}
    for row in connection.execute(query):
        of = ReportKey(row.unit_id, row.period, row.profile)
        kept = {name: getattr(row, name) for name in _KEPT}
        found.setdefault(of, {})[row.statement] = Placing(of, **kept, id=row.id)
    return found
