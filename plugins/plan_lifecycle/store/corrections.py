"""Drafts that came back corrected: of each version one stands at most, in the place of its Word file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from plan_lifecycle.domain.correction import Correction, FigureChange, TextChange
from plan_lifecycle.store.engine import unless_known
from plan_lifecycle.store.tables import report_correction

_KEPT = tuple(Correction.__slots__)


def give(connection: Connection, new: Correction) -> int | None:
    """Keep a corrected draft; return its id. None where one stands already."""
    values: dict[str, Any] = {name: getattr(new, name) for name in _KEPT if name != "id"}
    values |= {name: [list(row) for row in values[name]] for name in ("figures", "texts")}
    values["notes"] = list(new.notes)
    adding = unless_known(connection, report_correction).values(values).returning(report_correction.c.id)
    return connection.execute(adding).scalar_one_or_none()


def take_back(connection: Connection, correction_id: int, *, at: datetime, by: str, reason: str) -> bool:
    """Let a corrected draft stand no longer; False where that was so already. The row stays."""
    standing = (report_correction.c.id == correction_id, report_correction.c.undone_at.is_(None))
    undoing = update(report_correction).where(*standing).values(undone_at=at, undone_by=by, undone_reason=reason)
    return connection.execute(undoing).rowcount == 1


def standing(connection: Connection, report_id: int) -> Correction | None:
    """The corrected draft of a version; None where the draft is as it was compiled."""
    query = select(*(report_correction.c[name] for name in _KEPT)).where(
        report_correction.c.report_id == report_id, report_correction.c.undone_at.is_(None)
    )
    row = connection.execute(query).first()
    return _correction(row) if row else None


def every(connection: Connection) -> dict[int, Correction]:
    """The corrected drafts that stand, by the id of the version."""
    query = select(*(report_correction.c[name] for name in _KEPT)).where(report_correction.c.undone_at.is_(None))
    found = (_correction(row) for row in connection.execute(query.order_by(report_correction.c.id)))
    return {one.report_id: one for one in found}


def _correction(row: Any) -> Correction:
    read = {
        "figures": tuple(FigureChange(*one) for one in row.figures),
        "texts": tuple(TextChange(*one) for one in row.texts),
        "notes": tuple(row.notes),
    }
    return Correction(**dict(row._mapping) | read)
