"""How far the tasks of a plan are: done, done late, overdue, under way, regular, each at a day and by whom it was said.

Tỉnh Lâm Đồng's plan of 2026 sets 52 tasks. Sở Tư pháp reports that its paper was issued on 12/02/2026; what the
coordinator notes herself stands above what units report. A task of all communes is done when each of them has done it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plan_lifecycle.domain.deadline import Deadline, DeadlineKind
from plan_lifecycle.domain.decision import point_key
from plan_lifecycle.domain.plan import Activity
from plan_lifecycle.domain.text import nfc, normalise

_LASTING = frozenset({DeadlineKind.ONGOING, DeadlineKind.RECURRING})


class Said(StrEnum):
    """What somebody says of a task; ``OPEN`` takes a coordinator's earlier note back."""

    DONE = "done"
    DOING = "doing"
    NOT_STARTED = "not_started"
    OPEN = "open"


class TaskState(StrEnum):
    """How far a task is on a day. ``UNDATED``: done, but nobody says on which day, so it may have been late;
    ``REGULAR``: it goes on all year; ``WAITING``: not due yet and nobody says anything of it; ``SILENT``: its day has
    passed and nobody has said anything of it, so that it may be done or not."""

    DONE = "done"
    LATE = "done_late"
    UNDATED = "done_undated"
    OVERDUE = "overdue"
    SILENT = "silent"
    UNDER_WAY = "under_way"
    WAITING = "waiting"
    REGULAR = "regular"


DONE_STATES = frozenset({TaskState.DONE, TaskState.LATE, TaskState.UNDATED})
SAID_WORDS = {
    Said.DONE: "Đã hoàn thành",
    Said.DOING: "Đang thực hiện",
    Said.NOT_STARTED: "Chưa thực hiện",
    Said.OPEN: "Bỏ ghi nhận",
}
STATE_WORDS = {
    TaskState.DONE: "Hoàn thành",
    TaskState.LATE: "Hoàn thành, chậm",
    TaskState.UNDATED: "Hoàn thành, chưa rõ ngày",
    TaskState.OVERDUE: "Quá hạn, chưa hoàn thành",
    TaskState.SILENT: "Đã đến hạn, chưa có báo cáo kết quả",
    TaskState.UNDER_WAY: "Đang thực hiện",
    TaskState.WAITING: "Chưa đến hạn",
    TaskState.REGULAR: "Thường xuyên",
}
_BY_WORDS = {normalise(words): said for said, words in SAID_WORDS.items() if said is not Said.OPEN}
_SHORT = {
    "hoàn thành": Said.DONE,
    "đã xong": Said.DONE,
    "xong": Said.DONE,
    "đang triển khai": Said.DOING,
    "chưa triển khai": Said.NOT_STARTED,
    "chưa hoàn thành": Said.DOING,
}


@dataclass(frozen=True, slots=True)
class PlanTask:
    """A row of a plan's table of tasks. ``key`` outlives a new reading of the plan; ``due`` is its last day, None where
    the plan names none or only a person can read it; ``regular`` goes on or comes again through the year."""

    key: str
    number: str
    section: str
    content: str
    product: str
    phrase: str
    due: date | None
    regular: bool
    lead: str
    support: str
    monitor: str
    source: str

    @property
    def name(self) -> str:
        """What people call it: its content, and its product where the content alone is that of several rows."""
        return self.content or self.product


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What was said of a task: by a unit in a report (``unit_id``), or by a coordinator (``unit_id`` empty).

    ``day`` is when it was said, ``done_on`` when the task was done, ``paper`` what shows it.
    """

    said: Said
    by: str
    day: date
    unit_id: str = ""
    done_on: date | None = None
    paper: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """A task with its state. ``leads`` are the ids of the units that lead it; ``done`` counts those that say it is
    done. ``mark`` is the coordinator's note, where it decides; ``reports`` are what units said."""

    task: PlanTask
    state: TaskState
    done_on: date | None
    days_late: int
    leads: tuple[str, ...]
    done: int
    reports: tuple[TaskReport, ...] = ()
    mark: TaskReport | None = None


@dataclass(frozen=True, slots=True)
class TaskTally:
    """How many tasks are how far. ``done`` holds ``late`` and ``undated``."""

    all: int
    done: int
    late: int
    undated: int
    overdue: int
    silent: int
    under_way: int
    waiting: int
    regular: int


def tasks_of(activities: Iterable[Activity]) -> tuple[PlanTask, ...]:
    """The tasks of a plan with their keys; two rows that read the same are told apart by their order."""
    times: Counter[str] = Counter()
    found = []
    for activity in activities:
        about = "|".join((activity.section, activity.product, activity.lead))
        key = point_key("task", activity.content, about)
        times[key] += 1
        found.append(_task(activity, key if times[key] == 1 else f"{key}-{times[key]}"))
    return tuple(found)


def _task(activity: Activity, key: str) -> PlanTask:
    deadline = activity.deadline
    return PlanTask(
        key=key,
        number=activity.ordinal,
        section=activity.section,
        content=activity.content,
        product=activity.product,
        phrase=deadline.phrase if deadline else "",
        due=_last_day(deadline),
        regular=_is_regular(deadline),
        lead=activity.lead,
        support=activity.support,
        monitor=activity.monitor,
        source=activity.source,
    )


def _last_day(deadline: Deadline | None) -> date | None:
    return max(deadline.due) if deadline and deadline.due and not deadline.needs_decision else None


def _is_regular(deadline: Deadline | None) -> bool:
    """ "Thường xuyên", "Hằng tháng"; a compound where every part that names a day is of that kind."""
    if deadline is None:
        return False
    dated = [part for part in deadline.parts if part.due]
    return deadline.kind in _LASTING or (bool(dated) and all(part.kind in _LASTING for part in dated))


def standing_of(
    task: PlanTask, leads: Collection[str], reports: Sequence[TaskReport], mark: TaskReport | None, today: date
) -> TaskStanding:
    """How far a task is at the end of ``today``.

    ``reports`` are the newest of each unit. A coordinator's ``mark`` decides unless it was taken back; else the task is
    done when every lead says so, and under way when one says anything.
    """
    of_leads = [report for report in reports if not leads or report.unit_id in leads]
    done = [report for report in of_leads if report.said is Said.DONE]
    decides = mark if mark and mark.said is not Said.OPEN else None
    if decides is not None:
        finished = [decides] if decides.said is Said.DONE else []
        begun, known = decides.said is Said.DOING, True
    else:
        finished = done if leads and len({report.unit_id for report in done}) == len(leads) else []
        begun, known = any(report.said in (Said.DONE, Said.DOING) for report in reports), bool(reports)
    state, done_on, late = _state(task, finished, begun=begun, known=known, today=today)
    return TaskStanding(task, state, done_on, late, tuple(sorted(leads)), len(done), tuple(reports), decides)


def _state(
    task: PlanTask, finished: Sequence[TaskReport], *, begun: bool, known: bool, today: date
) -> tuple[TaskState, date | None, int]:
    if finished:
        return _finished(task, finished)
    if task.regular:
        return TaskState.REGULAR, None, 0
    if task.due is not None and task.due < today:
        return (TaskState.OVERDUE if known else TaskState.SILENT), None, (today - task.due).days
    return (TaskState.UNDER_WAY if begun else TaskState.WAITING), None, 0


def _finished(task: PlanTask, finished: Sequence[TaskReport]) -> tuple[TaskState, date | None, int]:
    """In time where the last of the days is; a day that nobody names is at the latest the one on which it was said."""
    days = [report.done_on for report in finished if report.done_on]
    last = max(days) if len(days) == len(finished) else None
    if task.due is None:
        return TaskState.DONE, last, 0
    latest = max(days, default=None)
    if latest is not None and latest > task.due:
        return TaskState.LATE, latest, (latest - task.due).days
    if all((report.done_on or report.day) <= task.due for report in finished):
        return TaskState.DONE, last, 0
    return TaskState.UNDATED, None, 0


def tally(standings: Iterable[TaskStanding]) -> TaskTally:
    """Count the tasks by their states."""
    counts = Counter(standing.state for standing in standings)
    return TaskTally(
        all=counts.total(),
        done=sum(counts[state] for state in DONE_STATES),
        late=counts[TaskState.LATE],
        undated=counts[TaskState.UNDATED],
        overdue=counts[TaskState.OVERDUE],
        silent=counts[TaskState.SILENT],
        under_way=counts[TaskState.UNDER_WAY],
        waiting=counts[TaskState.WAITING],
        regular=counts[TaskState.REGULAR],
    )


def read_said(text: str) -> Said | None:
    """What a unit writes of a task: "Đã hoàn thành", "đang thực hiện"; None for anything else."""
    words = normalise(nfc(text)).strip(" .;,")
    return _BY_WORDS.get(words) or _SHORT.get(words)


def newest_of_each(reports: Mapping[str, Sequence[TaskReport]]) -> dict[str, tuple[TaskReport, ...]]:
    """Of what units said of each task, in order of time, the last of each unit."""
    return {key: tuple({report.unit_id: report for report in said}.values()) for key, said in reports.items()}
