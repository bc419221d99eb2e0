"""Working days follow the rule, and each year's notice overrules it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.calendar import calendar_with

CALENDAR = calendar_with(
    days_off=[date(2026, 1, 2), date(2026, 8, 31)], extra_working=[date(2026, 1, 10), date(2026, 8, 22)]
)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2023, 2, 28), True),
        (date(2023, 3, 4), False),  # a Saturday
        (date(2023, 1, 23), False),  # Tết
        (date(2023, 5, 1), False),
        (date(2023, 5, 3), False),  # 30/4 fell on a Sunday, 29/4 was Hùng Kings' day on a Saturday
        (date(2026, 1, 2), False),  # by the notice
        (date(2026, 1, 10), True),  # a Saturday worked by the notice
        (date(2026, 8, 31), False),
        (date(2026, 8, 22), True),
    ],
)
def test_a_day_is_worked_or_not(day: date, worked: bool) -> None:
    assert CALENDAR.is_working(day) is worked


def test_a_letter_for_a_weekend_goes_out_on_the_friday_before() -> None:
    assert CALENDAR.letter_day(date(2023, 3, 5), latest=date(2023, 3, 31)) == date(2023, 3, 3)


def test_a_letter_within_tet_goes_out_after_it_while_that_is_in_time() -> None:
    assert CALENDAR.rest_around(date(2023, 1, 24)) >= 4
    assert CALENDAR.letter_day(date(2023, 1, 24), latest=date(2023, 1, 31)) == date(2023, 1, 27)


def test_a_letter_within_tet_goes_out_before_it_when_after_is_too_late() -> None:
    assert CALENDAR.letter_day(date(2023, 1, 24), latest=date(2023, 1, 25)) == date(2023, 1, 19)


@pytest.mark.parametrize(
    ("days_off", "rest", "goes_out"),
    [
        ([6], 3, 3),  # Saturday 4 to Monday 6: no long rest, the Friday before
        ([3, 6], 4, 7),  # Friday 3 to Monday 6: long, the Tuesday after
    ],
)
def test_a_rest_counts_as_long_from_its_fourth_day(days_off: list[int], rest: int, goes_out: int) -> None:
    calendar = calendar_with(days_off=[date(2023, 3, day) for day in days_off])
    assert calendar.rest_around(date(2023, 3, 5)) == rest
    assert calendar.letter_day(date(2023, 3, 5), latest=date(2023, 3, 31)) == date(2023, 3, goes_out)


@pytest.mark.parametrize(("latest", "goes_out"), [(8, 7), (7, 7), (6, 2)])
def test_after_a_long_rest_is_in_time_on_the_last_day_itself(latest: int, goes_out: int) -> None:
    calendar = calendar_with(days_off=[date(2023, 3, 3), date(2023, 3, 6)])
    assert calendar.letter_day(date(2023, 3, 4), latest=date(2023, 3, latest)) == date(2023, 3, goes_out)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 1)), st.integers(-15, 15))
def test_shifting_by_working_days_lands_on_one_and_counts_them(day: date, count: int) -> None:
    landed = CALENDAR.shift(day, count)
    if count:
        assert CALENDAR.is_working(landed)
        lower, upper = sorted((day, landed))
        days = [date.fromordinal(n) for n in range(lower.toordinal(), upper.toordinal() + 1) if n != day.toordinal()]
        assert sum(map(CALENDAR.is_working, days)) == abs(count)


def test_letters_keep_away_from_tet_by_the_quiet_days() -> None:
    quiet = calendar_with(quiet_before=2, quiet_after=1)
    off = [date(2023, 1, day) for day in range(15, 32) if not quiet.sends_on(date(2023, 1, day))]
    assert [day.day for day in off] == [15, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29]
    assert quiet.is_working(date(2023, 1, 18))


def test_a_letter_for_a_quiet_day_moves_as_out_of_a_long_rest() -> None:
    quiet = calendar_with(quiet_before=2, quiet_after=1)
    assert quiet.letter_day(date(2023, 1, 18), latest=date(2023, 2, 28)) == date(2023, 1, 30)
    assert quiet.letter_day(date(2023, 1, 18), latest=date(2023, 1, 27)) == date(2023, 1, 17)
