"""What people decided about plans' open points; kept under the plan's own number, so a new reading finds it again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from plan_lifecycle.domain.plan import Decision
from plan_lifecycle.store.engine import insert_new
from plan_lifecycle.store.tables import decision


def decisions_of(connection: Connection, plan_key: str) -> dict[str, Decision]:
    """What was decided about one plan, by point."""
    rows = connection.execute(select(decision).where(decision.c.plan_key == plan_key).order_by(decision.c.id))
    return {row.point: _decision(row) for row in rows}


def save_decision(connection: Connection, plan_key: str, new: Decision, at: datetime) -> None:
    """Keep a decision; one about the same point takes the place of the earlier."""
    values: dict[str, Any] = {
        "due": [day.isoformat() for day in new.due] or None,
        "units": list(new.units) or None,
        "decided_by": new.decided_by,
        "reason": new.reason,
        "decided_at": at,
    }
    same = {"plan_key": plan_key, "point": new.point}
    if not insert_new(connection, decision, [same | values]):
        known = (decision.c.plan_key == plan_key, decision.c.point == new.point)
        connection.execute(update(decision).where(*known).values(values))


def _decision(row: Any) -> Decision:
    return Decision(
        point=row.point,
        due=tuple(map(date.fromisoformat, row.due or ())),
        units=tuple(row.units or ()),
        decided_by=row.decided_by,
        reason=row.reason,
        decided_on=row.decided_at.date(),
    )
