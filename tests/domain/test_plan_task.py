"""How far a plan's tasks are: by what units and the coordinator say, at a day."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.deadline import read_deadline
from plan_lifecycle.domain.plan import Activity
from plan_lifecycle.domain.plan_task import (
    PlanTask,
    Said,
    TaskReport,
    TaskState,
    newest_of_each,
    read_said,
    standing_of,
    tally,
    tasks_of,
)

DUE = date(2026, 3, 31)


def activity(content: str = "Ban hành kế hoạch", when: str = "Trước ngày 01/4/2026", **changed: str) -> Activity:
    given = {
        "lead": "Sở Tư pháp",
        "support": "",
        "product": "Kế hoạch",
        "budget": "",
        "section": "I",
        "monitor": "Sở Nội vụ",
    }
    deadline = read_deadline(when, year=2026, issued=date(2026, 1, 5)) if when else None
    return Activity("1", content, deadline=deadline, targets=(), source="Bảng 1, hàng 2", **(given | changed))


def task(when: str = "Trước ngày 01/4/2026") -> PlanTask:
    return tasks_of([activity(when=when)])[0]


def said(what: Said = Said.DONE, unit: str = "a", on: str | None = None, day: str = "2026-03-10") -> TaskReport:
    return TaskReport(what, unit.upper(), date.fromisoformat(day), unit, date.fromisoformat(on) if on else None)


def state(
    *reports: TaskReport, leads: str = "a", mark: TaskReport | None = None, today: str = "2026-06-15", when: str = ""
) -> TaskState:
    one = task(when or "Trước ngày 01/4/2026")
    return standing_of(one, leads.split(), reports, mark, date.fromisoformat(today)).state


def test_a_task_keeps_what_the_plan_says_of_it_and_who_watches_over_it() -> None:
    one = task()
    assert (one.due, one.lead, one.monitor, one.regular) == (DUE, "Sở Tư pháp", "Sở Nội vụ", False)


def test_two_rows_of_one_content_have_two_keys_and_a_new_reading_the_same() -> None:
    rows = [activity(), activity(product="Kế hoạch của đơn vị"), activity()]
    keys = [one.key for one in tasks_of(rows)]
    assert len(set(keys)) == 3
    assert [one.key for one in tasks_of(rows)] == keys
    moved = [activity(content="Khác"), *rows]
    assert [one.key for one in tasks_of(moved)][1:] == keys


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ((said(on="2026-03-31"),), TaskState.DONE),
        ((said(on="2026-04-13"),), TaskState.LATE),
        ((said(day="2026-03-10"),), TaskState.DONE),
        ((said(day="2026-06-10"),), TaskState.UNDATED),
        ((said(Said.DOING),), TaskState.OVERDUE),
        ((said(Said.NOT_STARTED),), TaskState.OVERDUE),
        ((), TaskState.SILENT),
    ],
)
def test_after_its_day_a_task_is_done_late_overdue_or_nobody_has_said(
    reports: tuple[TaskReport, ...], expected: TaskState
) -> None:
    """What nobody reported is not called overdue: it may well be done."""
    assert state(*reports) is expected


def test_how_many_days_late_counts_from_the_last_day() -> None:
    standing = standing_of(task(), ["a"], [said(on="2026-04-13")], None, date(2026, 6, 15))
    assert (standing.days_late, standing.done_on) == (13, date(2026, 4, 13))


def test_a_task_of_several_units_is_done_when_each_has_done_it() -> None:
    first, second = said(on="2026-03-01"), said(unit="b", on="2026-03-30")
    assert state(first, leads="a b") is TaskState.OVERDUE
    assert state(first, leads="a b", today="2026-03-31") is TaskState.UNDER_WAY
    assert state(first, second, leads="a b") is TaskState.DONE


def test_another_units_word_does_not_make_a_leads_task_done() -> None:
    assert state(said(unit="z", on="2026-03-01")) is TaskState.OVERDUE


def test_what_the_coordinator_notes_stands_above_what_units_say_until_it_is_taken_back() -> None:
    mark = TaskReport(Said.DOING, "Trần Thị Bình", date(2026, 6, 1))
    assert state(said(on="2026-03-01"), mark=mark) is TaskState.OVERDUE
    taken_back = TaskReport(Said.OPEN, "Trần Thị Bình", date(2026, 6, 2))
    assert state(said(on="2026-03-01"), mark=taken_back) is TaskState.DONE


@pytest.mark.parametrize("when", ["Thường xuyên trong năm", "Định kỳ hằng tháng", "Thường xuyên"])
def test_what_goes_on_all_year_is_regular_and_never_overdue(when: str) -> None:
    assert state(when=when) is TaskState.REGULAR
    assert state(when=when, today="2027-02-01") is TaskState.REGULAR
    assert state(said(), when=when, today="2026-12-20") is TaskState.DONE


@pytest.mark.parametrize("when", ["Theo hướng dẫn của Trung ương", "Khi có yêu cầu"])
def test_a_day_that_only_a_person_can_read_makes_nothing_late(when: str) -> None:
    assert state(when=when, today="2027-02-01") is TaskState.WAITING
    assert state(said(Said.DOING), when=when) is TaskState.UNDER_WAY


def test_before_its_day_a_task_waits() -> None:
    assert state(today="2026-03-31") is TaskState.WAITING


def test_a_tally_counts_late_ones_among_the_done() -> None:
    one, today = task(), date(2026, 6, 15)
    standings = [
        standing_of(one, ["a"], reports, None, today)
        for reports in ([said(on="2026-03-01")], [said(on="2026-05-01")], [said(Said.DOING)], [])
    ]
    counts = tally(standings)
    assert (counts.all, counts.done, counts.late, counts.overdue, counts.silent) == (4, 2, 1, 1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đã hoàn thành", Said.DONE),
        ("hoàn thành.", Said.DONE),
        ("ĐANG THỰC HIỆN", Said.DOING),
        ("Chưa thực hiện", Said.NOT_STARTED),
        ("đúng kế hoạch", None),
        ("", None),
        ("Bỏ ghi nhận", None),
    ],
)
def test_what_a_unit_writes_of_a_task_is_read_or_left(text: str, expected: Said | None) -> None:
    assert read_said(text) is expected


def test_the_last_word_of_each_unit_counts() -> None:
    early, late, other = said(Said.DOING), said(on="2026-03-20"), said(unit="b")
    assert newest_of_each({"x": [early, other, late]}) == {"x": (late, other)}
