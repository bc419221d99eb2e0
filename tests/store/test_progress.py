"""What is kept of a plan's tasks and targets: notes in order, the newest up to a moment, reports while they count."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update
from tests.factories import BINH_AN, arrival, day, fill, make_office, owe, plan_row, report_file
from tests.fakes import FakeChannel

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.plan_target import TargetMark
from plan_lifecycle.domain.plan_task import Said, TaskReport
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.store import progress as rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.progress import SaidOfTask
from plan_lifecycle.store.tables import submission

DONE = TaskReport(Said.DONE, "Trần Thị Bình", date(2023, 6, 10), "", date(2023, 6, 1), "12/KH-UBND")
LATER = day("2023-06-20")


def test_the_same_note_twice_is_one_and_a_later_one_stands_above_it(store: Store) -> None:
    fill(store)
    plan_id = plan_row(store)
    with store.write() as connection:
        assert rows.mark_task(connection, plan_id, "task-1", DONE, day("2023-06-10"))
        assert not rows.mark_task(connection, plan_id, "task-1", DONE, day("2023-06-11"))
        taken_back = TaskReport(Said.OPEN, "Trần Thị Bình", date(2023, 6, 12), note="Nhầm")
        assert rows.mark_task(connection, plan_id, "task-1", taken_back, day("2023-06-12"))
        assert rows.mark_task(connection, plan_id, "task-1", DONE, day("2023-06-12"))
    with store.read() as connection:
        assert rows.task_marks(connection, plan_id, day("2023-06-11"))["task-1"] == DONE
        newest = rows.task_marks(connection, plan_id, LATER)["task-1"]
    assert (newest.said, newest.paper, newest.done_on) == (Said.DONE, "12/KH-UBND", date(2023, 6, 1))


def test_what_was_settled_of_a_target_is_that_of_the_moment(store: Store) -> None:
    fill(store)
    plan_id = plan_row(store)
    first = TargetMark(("news_items",), "Trần Thị Bình", date(2023, 6, 10), "Thống nhất")
    second = TargetMark((), "Trần Thị Bình", date(2023, 6, 12), "Theo báo cáo", 97.5, "45/BC-UBND")
    with store.write() as connection:
        assert rows.mark_target(connection, plan_id, "t", first, day("2023-06-10"))
        assert not rows.mark_target(connection, plan_id, "t", first, day("2023-06-10"))
        assert rows.mark_target(connection, plan_id, "t", second, day("2023-06-12"))
    with store.read() as connection:
        assert rows.target_marks(connection, plan_id, day("2023-06-11")) == {"t": first}
        assert rows.target_marks(connection, plan_id, LATER) == {"t": second}


def test_a_report_says_of_tasks_what_its_accepted_submission_said(store: Store) -> None:
    """A paper that is withdrawn leaves nothing of it behind."""
    fill(store)
    plan_id = plan_row(store)
    owe(store, BINH_AN, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    sent = arrival(report_file(BINH_AN), BINH_AN, "report", "2023-H1", "2023-06-10", key="x", file_name="bao-cao.xlsx")
    assert collect(make_office(store), [FakeChannel([sent])], day("2023-06-10")).accepted == 1
    said = SaidOfTask("task-1", Said.DONE, date(2023, 6, 1), "12/KH-UBND", "xong")
    with store.write() as connection:
        rows.add_reports(connection, 1, [said, said])
    with store.read() as connection:
        assert rows.of_submissions(connection, [1]) == {1: [said]}
        assert rows.reported(connection, [plan_id], str.upper, day("2023-06-09")) == {}
        (found,) = rows.reported(connection, [plan_id], str.upper, LATER)["task-1"]
    assert (found.said, found.by, found.unit_id, found.done_on) == (
        Said.DONE, BINH_AN.id.upper(), BINH_AN.id, date(2023, 6, 1),
    )  # fmt: skip
    with store.write() as connection:
        connection.execute(update(submission).values(state="returned"))
    with store.read() as connection:
        assert rows.reported(connection, [plan_id], str.upper, LATER) == {}
