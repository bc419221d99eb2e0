"""A report on its way to whoever signs it."""

from __future__ import annotations

from datetime import date

from tests.factories import day

from plan_lifecycle.domain.release import Hold


def test_a_hold_lasts_to_the_end_of_its_last_day() -> None:
    hold = Hold("bb", "2023-H1", day("2023-06-19"), "Trần Thị Lan", "Chờ số liệu", date(2023, 6, 21))
    assert [hold.holds(date(2023, 6, number)) for number in (20, 21, 22)] == [True, True, False]


def test_a_hold_without_a_last_day_lasts() -> None:
    assert Hold("bb", "2023-H1", day("2023-06-19"), "Trần Thị Lan", "Chờ số liệu").holds(date(2030, 1, 1))
