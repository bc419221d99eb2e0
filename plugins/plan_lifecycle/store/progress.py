"""What units report and coordinators note of a plan's tasks, and what was settled of its targets.

A note is never changed: a later one with a higher number stands above it, so that a report of an earlier day finds what
was known then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, func, select

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.plan_target import TargetMark
from plan_lifecycle.domain.plan_task import Said, TaskReport
from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.tables import obligation, submission, target_mark, task_mark, task_report


class SaidOfTask(NamedTuple):
    """One row of a unit's report: a task's key with what the unit says of it."""

    task: str
    said: Said
    done_on: date | None = None
    paper: str = ""
    note: str = ""


def add_reports(connection: Connection, submission_id: int, said: Iterable[SaidOfTask]) -> None:
    """Keep what a submission says of tasks, each once."""
    rows = [row._asdict() | {"submission_id": submission_id, "said": row.said.value} for row in said]
    insert_new(connection, task_report, rows)


def reported(
    connection: Connection, plan_ids: Collection[int], names: Callable[[str], str], until: datetime
) -> dict[str, list[TaskReport]]:
    """What accepted reports under these plans say, by task, in order of time; what came in after ``until`` is not
    there. ``names`` gives a unit's name by its id."""
    query = (
        select(task_report, obligation.c.unit_id, submission.c.received_at, submission.c.reference)
        .join(submission, submission.c.id == task_report.c.submission_id)
        .join(obligation, obligation.c.id == submission.c.obligation_id)
        .where(obligation.c.plan_id.in_(plan_ids), submission.c.state == "accepted", submission.c.received_at <= until)
        .order_by(submission.c.received_at, submission.c.id, task_report.c.task)
    )
    found: dict[str, list[TaskReport]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.task].append(
            TaskReport(
                Said(row.said),
                names(row.unit_id),
                row.received_at.astimezone(LOCAL).date(),
                row.unit_id,
                row.done_on,
                row.paper or row.reference or "",
                row.note or "",
            )
        )
    return dict(found)


def of_submissions(connection: Connection, submission_ids: Sequence[int]) -> dict[int, list[SaidOfTask]]:
    """What each of these submissions says of tasks."""
    found: dict[int, list[SaidOfTask]] = defaultdict(list)
    query = select(task_report).order_by(task_report.c.submission_id, task_report.c.task)
    for ids in in_batches(submission_ids):
        for row in connection.execute(query.where(task_report.c.submission_id.in_(ids))):
            said = SaidOfTask(row.task, Said(row.said), row.done_on, row.paper or "", row.note or "")
            found[row.submission_id].append(said)
    return dict(found)


def mark_task(connection: Connection, plan_id: int, task: str, mark: TaskReport, at: datetime) -> bool:
    """Note what a coordinator says of a task; False where that is what stands already."""
    values = {
        "said": mark.said.value,
        "done_on": mark.done_on,
        "paper": mark.paper or None,
        "reason": mark.note or None,
        "decided_by": mark.by,
        "decided_at": at,
    }
    return _append(connection, task_mark, {"plan_id": plan_id, "task": task}, values)


def task_marks(connection: Connection, plan_id: int, until: datetime) -> dict[str, TaskReport]:
    """The coordinator's newest note of each task, up to a moment."""
    rows = _newest(connection, task_mark, (task_mark.c.plan_id == plan_id,), until)
    return {
        row.task: TaskReport(
            Said(row.said),
            row.decided_by,
            row.decided_at.astimezone(LOCAL).date(),
            "",
            row.done_on,
            row.paper or "",
            row.reason or "",
        )
        for row in rows
    }


def mark_target(connection: Connection, plan_id: int, target: str, mark: TargetMark, at: datetime) -> bool:
    """Note what was settled of a target; False where that is what stands already."""
    values = {
        "indicators": None if mark.indicators is None else list(mark.indicators),
        "result": mark.result,
        "paper": mark.paper or None,
        "reason": mark.reason,
        "decided_by": mark.by,
        "decided_at": at,
    }
    return _append(connection, target_mark, {"plan_id": plan_id, "target": target}, values)


def target_marks(connection: Connection, plan_id: int, until: datetime) -> dict[str, TargetMark]:
    """What was settled last of each target, up to a moment; nothing where that was taken back."""
    rows = _newest(connection, target_mark, (target_mark.c.plan_id == plan_id,), until)
    newest = {row.target: row for row in rows}
    return {
        row.target: TargetMark(
            tuple(row.indicators),
            row.decided_by,
            row.decided_at.astimezone(LOCAL).date(),
            row.reason,
            row.result,
            row.paper or "",
        )
        for row in newest.values()
        if row.indicators is not None
    }


def _newest(
    connection: Connection, table: Table, which: Sequence[ColumnElement[bool]], until: datetime
) -> Sequence[Any]:
    """Rows in the order of their numbers: read into a dictionary, the newest one stays."""
    return connection.execute(select(table).where(*which, table.c.decided_at <= until).order_by(table.c.number)).all()


def _append(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    return append_numbered(connection, table, key, values, same=[name for name in values if name != "decided_at"])


def append_numbered(
    connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any], *, same: Collection[str]
) -> bool:
    """Add a row with the next number of its ``key``; False where the newest one has the same values of ``same``.

    Two writers at one moment get two numbers: the database knows each number once.
    """
    of_key = [table.c[name] == value for name, value in key.items()]
    while True:
        newest = connection.execute(select(table).where(*of_key).order_by(table.c.number.desc()).limit(1)).first()
        if newest is not None and all(getattr(newest, name) == values[name] for name in same):
            return False
        number = connection.execute(select(func.coalesce(func.max(table.c.number), 0)).where(*of_key)).scalar_one() + 1
        if insert_new(connection, table, [{**key, **values, "number": number}]):
            return True
