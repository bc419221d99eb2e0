"""The ladder: each rung on its working day, once; the newest after an outage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.calendar import calendar_with
from plan_lifecycle.domain.obligation import Basis, Item, Obligation, ObligationState
from plan_lifecycle.domain.reminder import (
    AFTER,
    BEFORE,
    LAST,
    QUOTA,
    Aim,
    Rung,
    aim_of,
    choose_rung,
    climbs_towards,
    first_rung_on,
    ladder_days,
    ladder_for,
    letter_kind,
    repeated,
)
from plan_lifecycle.domain.unit import Standing

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


def test_a_rung_is_repeated_in_working_days_after_it_went_out() -> None:
    ladder = tuple(repeated(Rung("T+3", 3, AFTER), every=5, at_most=3))
    days = ladder_days(ladder, date(2022, 12, 30), CALENDAR)  # T+3 is rest (02/01/2023), moved to Tuesday 03/01
    assert [each.rung.name for each in days] == ["T+3", "T+3.1", "T+3.2", "T+3.3"]
    assert [each.day for each in days] == [date(2023, 1, 3), date(2023, 1, 10), date(2023, 1, 17), date(2023, 1, 31)]


def test_the_overdue_rungs_do_fire_one_after_the_other() -> None:
    ladder = tuple(repeated(Rung("T+3", 3, AFTER), every=5, at_most=3))
    days = ladder_days(ladder, DUE, CALENDAR)
    recorded: set[str] = set()
    sent = []
    for offset in range(60):
        choice = choose_rung(days, recorded, DUE + timedelta(days=offset))
        if choice.send:
            recorded.add(choice.send.rung.name)
            sent.append(choice.send.rung.name)
    assert sent == ["T+3", "T+3.1", "T+3.2", "T+3.3"]


def test_who_is_only_requested_gets_one_courtesy_reminder_and_no_escalation() -> None:
    ladder = (Rung("T-7", -7, BEFORE), Rung("T-1", -1, LAST, courtesy=True), Rung("T+3", 3, AFTER, escalates=True))
    (rung,) = ladder_for(ladder, Standing.REQUESTED)
    assert (rung.name, rung.escalates) == ("T-1", False)
    assert ladder_for(ladder[::2], Standing.REQUESTED)[0].name == "T-7"
    assert ladder_for((), Standing.REQUESTED) == ()


def test_after_an_extension_the_ladder_is_climbed_anew() -> None:
    extended = ladder_for(LADDER, mark="@10/3")
    days = ladder_days(extended, date(2023, 3, 10), CALENDAR)
    assert [each.rung.name for each in days] == ["T-7@10/3", "T-1@10/3", "T+3@10/3"]
    choice = choose_rung(days, {"T-7", "T-1", "T+3"}, date(2023, 3, 9))
    assert choice.send is not None
    assert choice.send.rung.name == "T-1@10/3"


def test_a_rung_caught_up_after_the_last_day_is_worded_as_overdue() -> None:
    assert letter_kind(LADDER[1], DUE, date(2023, 3, 2)) == AFTER
    assert letter_kind(LADDER[1], DUE, date(2023, 2, 27)) == LAST
    assert letter_kind(LADDER[0], DUE, date(2023, 2, 24)) == BEFORE


@given(st.dates(date(2021, 1, 1), date(2029, 12, 1)), st.integers(0, 5), st.integers(0, 5))
def test_no_rung_falls_on_a_rest_day_or_a_quiet_day(due: date, before: int, after: int) -> None:
    calendar = calendar_with(quiet_before=before, quiet_after=after)
    for each in ladder_days(tuple(repeated(Rung("T+3", 3, AFTER), 5, 3)), due, calendar):
        assert calendar.is_working(each.day)
        assert calendar.sends_on(each.day)


@given(
    st.dates(date(2021, 1, 1), date(2029, 12, 1)), st.lists(st.integers(-40, 0), min_size=2, max_size=5, unique=True)
)
def test_rungs_keep_their_order_wherever_rest_days_move_them(due: date, offsets: list[int]) -> None:
    ladder = [Rung(f"T{offset}", offset, BEFORE) for offset in sorted(offsets)]
    days = ladder_days(ladder, due, calendar_with(quiet_before=2, quiet_after=2))
    assert [each.rung.days for each in days] == sorted(offsets)


def owed(**changed: object) -> Obligation:
    made = Obligation(1, "bb-binh-an", "bb", Item.SUB_PLAN, "2023", "", "", Basis.ISSUE, DUE)
    return replace(made, **changed)  # type: ignore[arg-type]


MARCH_3, MARCH_10 = date(2023, 3, 3), date(2023, 3, 10)
RETURNED = {"state": ObligationState.RETURNED, "resend_by": MARCH_3}


@pytest.mark.parametrize(
    ("changed", "aim"),
    [
        ({}, Aim(DUE)),
        ({"due_on": None}, None),
        ({"due_on": MARCH_10, "extended_from": DUE}, Aim(MARCH_10, "@10/3")),
        (RETURNED, Aim(MARCH_3, "#3/3", again=True)),
        (RETURNED | {"due_on": None}, Aim(MARCH_3, "#3/3", again=True)),
        (RETURNED | {"due_on": MARCH_10, "extended_from": DUE}, Aim(MARCH_10, "@10/3")),
        (RETURNED | {"due_on": MARCH_10}, Aim(MARCH_3, "#3/3", again=True)),
        (RETURNED | {"state": ObligationState.RECEIVED}, Aim(DUE)),
        (RETURNED | {"item": Item.QUOTA}, Aim(DUE)),
    ],
)
def test_what_was_returned_is_reminded_of_by_the_day_it_is_awaited_again(
    changed: dict[str, object], aim: Aim | None
) -> None:
    assert aim_of(owed(**changed), resending=True) == aim


def test_without_a_ladder_for_it_what_was_returned_keeps_its_first_last_day() -> None:
    assert aim_of(owed(**RETURNED), resending=False) == Aim(DUE)


@pytest.mark.parametrize(
    ("name", "aim", "expected"),
    [
        ("T-1", Aim(DUE), True),
        ("T+3.1", Aim(DUE), True),
        ("T-1@10/3", Aim(DUE), False),
        ("T-1", Aim(MARCH_10, "@10/3"), False),
        ("T+3.1@10/3", Aim(MARCH_10, "@10/3"), True),
        ("T-1#3/3", Aim(MARCH_3, "#3/3", again=True), True),
        ("T-1@3/3", Aim(MARCH_3, "#3/3", again=True), False),
    ],
)
def test_a_rung_belongs_to_the_last_day_that_it_climbs_to(name: str, aim: Aim, expected: bool) -> None:
    assert climbs_towards(name, aim) is expected


def test_a_quota_is_told_in_its_own_words_whatever_the_day() -> None:
    rung = Rung("T-5", -5, QUOTA)
    assert {letter_kind(rung, DUE, day) for day in (date(2023, 2, 20), DUE, MARCH_3)} == {QUOTA}
