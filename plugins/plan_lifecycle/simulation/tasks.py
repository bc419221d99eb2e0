"""What simulated units say of the tasks that they lead, known beforehand: done in time, done late, or not done yet.

The way follows from the seed and the task, and which of its leads are behind from the seed, the task and the unit. Of a
task that is done every lead says so, once its day has come; of one that is not, some leads still work at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.documents.report_form import FormTask
from plan_lifecycle.domain.plan_task import SAID_WORDS, PlanTask, Said
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.progress import tasks_with_leads
from plan_lifecycle.simulation.case import Paper
from plan_lifecycle.simulation.drawing import draw

_BEHIND = 5
"""One of so many leads is behind where a task is late or open; one always is."""
_EARLIEST, _LATEST = 2, 25


class Doing(StrEnum):
    """How a task goes."""

    DONE = "done"
    LATE = "late"
    OPEN = "open"


class Led(NamedTuple):
    """A task with its leads in order."""

    task: PlanTask
    leads: tuple[str, ...]


def led_by_units(paper: Paper, tree: UnitTree) -> tuple[Led, ...]:
    """The tasks of a plan of which units are asked: those that do not go on all year."""
    plan = read_plan(paper.data, name=paper.name)
    found = tasks_with_leads(plan, tree, paper.issuer.id)
    return tuple(Led(task, tuple(sorted(leads))) for task, leads in found if not task.regular)


class Foreman:
    """Says of each task how far a unit is. ``shares`` are the ways out of 100."""

    def __init__(self, seed: int, shares: Sequence[tuple[Doing, int]]) -> None:
        self._seed, self._shares = seed, shares

    def rows(self, unit: Unit, tasks: Sequence[Led], day: date) -> Iterator[FormTask]:
        """What a unit writes of the tasks that it leads, on a day."""
        for led in tasks:
            if unit.id in led.leads:
                done_on = self.done_on(led, unit.id, day.year)
                yield _row(led.task, unit, done_on if done_on is not None and done_on <= day else None)

    def done_on(self, led: Led, unit_id: str, year: int) -> date | None:
        """The day on which a lead is done; None where it is not within the year."""
        drawn = draw(self._seed, unit_id, led.task.key, "day")
        due = led.task.due or date(year, 6, 1) + timedelta(days=drawn % 90)
        in_time = max(due - timedelta(days=_EARLIEST + drawn % _LATEST), date(year, 1, 5))
        way = self.way(led.task)
        if way is Doing.DONE or not self._behind(led, unit_id):
            return min(in_time, due)
        return due + timedelta(days=_EARLIEST + drawn % _LATEST) if way is Doing.LATE else None

    def way(self, task: PlanTask) -> Doing:
        """How a task goes."""
        drawn = draw(self._seed, task.key, "task") % 100
        for way, share in self._shares:
            if drawn < share:
                return way
            drawn -= share
        return Doing.DONE

    def _behind(self, led: Led, unit_id: str) -> bool:
        always = led.leads[draw(self._seed, led.task.key, "behind") % len(led.leads)]
        return unit_id == always or draw(self._seed, unit_id, led.task.key) % _BEHIND == 0


def _row(task: PlanTask, unit: Unit, done_on: date | None) -> FormTask:
    if done_on is None:
        note = "Đang chờ ý kiến của cơ quan phối hợp"
        return FormTask(task.key, task.name, task.phrase, SAID_WORDS[Said.DOING], note=note)
    paper = f"Văn bản số {draw(unit.id, task.key) % 400 + 20}"
    return FormTask(task.key, task.name, task.phrase, SAID_WORDS[Said.DONE], short_date(done_on), paper)


def task_grid(rows: Sequence[FormTask]) -> list[Mapping[str, str]]:
    """The same as a table that a unit puts into its Word report, by the heads of the form."""
    return [
        {
            "Nhiệm vụ": row.name,
            "Tình hình thực hiện": row.said,
            "Ngày hoàn thành": row.done_on,
            "Văn bản, sản phẩm": row.paper,
        }
        for row in rows
    ]
