"""The ladder: each rung on its working day, once; the newest after an outage."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.calendar import calendar_with
from plan_lifecycle.domain.reminder import Rung, choose_rung, first_rung_on, ladder_days

CALENDAR = calendar_with()
LADDER = (
    Rung("T-7", -7, "reminder_before"),
    Rung("T-1", -1, "reminder_last"),
    Rung("T+3", 3, "reminder_after"),
)
DUE = date(2023, 2, 28)
DAYS = ladder_days(LADDER, DUE, CALENDAR)


def test_the_ladder_counts_from_the_last_day_allowed() -> None:
    assert [each.day for each in DAYS] == [date(2023, 2, 21), date(2023, 2, 27), date(2023, 3, 3)]


def test_after_a_missed_day_the_rung_is_still_sent() -> None:
    choice = choose_rung(DAYS, set(), date(2023, 2, 22))
    assert choice.send is not None
    assert choice.send.rung.name == "T-7"
    assert choice.next_on == date(2023, 2, 27)


def test_after_a_long_outage_only_the_newest_is_sent_and_the_others_are_on_record() -> None:
    choice = choose_rung(DAYS, set(), date(2023, 3, 10))
    assert choice.send is not None
    assert choice.send.rung.name == "T+3"
    assert [each.rung.name for each in choice.skipped] == ["T-7", "T-1"]
    assert choice.next_on is None


def test_a_rung_in_the_ledger_is_not_sent_again() -> None:
    assert choose_rung(DAYS, {"T-7"}, date(2023, 2, 22)).send is None


def test_an_older_rung_is_never_sent_after_a_newer_one() -> None:
    choice = choose_rung(DAYS, {"T-1"}, date(2023, 2, 27))
    assert choice.send is None
    assert [each.rung.name for each in choice.skipped] == ["T-7"]


def test_the_first_rung_comes_after_the_day_of_the_cascade_letter() -> None:
    assert first_rung_on(DAYS, date(2023, 2, 21)) == date(2023, 2, 27)
    assert first_rung_on(DAYS, date(2023, 3, 3)) is None


def test_a_rung_after_the_due_day_stays_after_it() -> None:
    friday = date(2023, 3, 3)
    (after,) = ladder_days([Rung("T+1", 1, "reminder_after")], friday, CALENDAR)
    assert after.day == date(2023, 3, 6)


@given(st.dates(date(2021, 1, 1), date(2029, 12, 1)), st.integers(-30, 30))
def test_every_rung_goes_out_on_a_working_day_and_on_its_own_side_of_the_due_day(due: date, offset: int) -> None:
    (each,) = ladder_days([Rung("T", offset, "reminder_before")], due, CALENDAR)
    assert CALENDAR.is_working(each.day)
    if due + timedelta(days=offset) > due:
        assert each.day > due
    else:
        assert each.day <= due
