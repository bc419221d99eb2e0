"""What simulated units say of the plan's tasks follows from the seed: done in time, done late, or open."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG

from plan_lifecycle.documents.report_form import read_form_tasks
from plan_lifecycle.domain.plan_task import PlanTask
from plan_lifecycle.simulation.papers import with_table
from plan_lifecycle.simulation.tasks import Doing, Foreman, Led, task_grid

DUE = date(2026, 6, 30)
LEADS = tuple(sorted(unit.id for unit in (BINH_AN, HOA_THANG, CHO_LAU)))


def led(number: int, due: date | None = DUE) -> Led:
    task = PlanTask(f"k{number}", str(number), "I", f"Việc {number}", "", "", due, False, "", "", "", "")
    return Led(task, LEADS)


def days(way: Doing, number: int) -> list[date | None]:
    foreman = Foreman(2023, [(way, 100)])
    return [foreman.done_on(led(number), unit_id, 2026) for unit_id in LEADS]


@pytest.mark.parametrize("number", range(20))
def test_every_task_of_a_way_is_that_way_whatever_units_lead_it(number: int) -> None:
    done = [day for day in days(Doing.DONE, number) if day is not None]
    late = [day for day in days(Doing.LATE, number) if day is not None]
    assert (len(done), max(done) <= DUE) == (3, True)
    assert (len(late), max(late) > DUE) == (3, True)
    assert None in days(Doing.OPEN, number)


def test_a_unit_tells_of_its_own_tasks_and_of_none_as_done_before_its_day() -> None:
    foreman = Foreman(2023, [(Doing.DONE, 100)])
    tasks = [led(1), Led(led(2).task, ("other",))]
    early, later = ([*foreman.rows(BINH_AN, tasks, day)] for day in (date(2026, 1, 10), DUE))
    assert [(row.key, row.said, row.done_on != "") for row in early] == [("k1", "Đang thực hiện", False)]
    assert [(row.key, row.said, row.done_on != "") for row in later] == [("k1", "Đã hoàn thành", True)]
    assert [*foreman.rows(BINH_AN, tasks, DUE)] == later


def test_the_table_of_a_word_report_is_read_as_the_sheet_of_the_form() -> None:
    made = io.BytesIO()
    docx.Document().save(made)
    rows = [*Foreman(2023, [(Doing.DONE, 100)]).rows(BINH_AN, [led(1)], DUE)]
    read = read_form_tasks(with_table(made.getvalue(), task_grid(rows)), "docx")
    assert [(row.name, row.said, row.done_on, row.paper) for row in read] == [
        (row.name, row.said, row.done_on, row.paper) for row in rows
    ]
