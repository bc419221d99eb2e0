"""One day in three places: what is shown beforehand, what is explained, and what the letter says, over a whole year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from tests.factories import BINH_AN, ROOT, day, fill, make_office, owe, plan_row
from tests.lifecycle.remind.reminded import letters, text_of

from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.calendar import WorkingCalendar, calendar_with
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.reminder import AFTER, BEFORE, LAST, Rung, ladder_days, repeated
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import explain, preview, remind
from plan_lifecycle.lifecycle.remind._explain import RungState
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter, reminder

SHIPPED = read_rules(ROOT / "config")
LADDER = (Rung("T-7", -7, BEFORE), Rung("T-1", -1, LAST), *repeated(Rung("T+3", 3, AFTER), 5, 3))
CALENDARS = {
    "the rule": calendar_with(),
    "quiet days around Tết": calendar_with(quiet_before=1, quiet_after=1),
    "days swapped in 2026": SHIPPED.calendar,
}


def every_day(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=count) for count in range((date(year + 1, 1, 1) - first).days))


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS.keys())
@pytest.mark.parametrize("year", [2023, 2025, 2026])
def test_a_rung_after_the_last_day_goes_out_on_its_day_or_the_next_on_which_letters_go(
    calendar: WorkingCalendar, year: int
) -> None:
    for last_day in every_day(year):
        steps = {step.rung.name: step.day for step in ladder_days(LADDER, last_day, calendar)}
        assert steps["T+3"] == calendar.sending_after(last_day + timedelta(days=3))
        for time in (1, 2, 3):
            assert steps[f"T+3.{time}"] == calendar.sending_after(calendar.shift(steps["T+3"], 5 * time))
        assert all(steps[name] <= last_day for name in ("T-7", "T-1"))


def communes(store: Store, number: int) -> list[Unit]:
    units = [Unit(f"bb-x{count}", f"xã Số {count}", UnitKind.COMMUNE, 3, "bb") for count in range(number)]
    fill(store)
    fill(store, tuple(units))
    return units


def in_ledger(store: Store) -> set[tuple[date, int, str]]:
    query = select(reminder.c.on_day, reminder.c.obligation_id, reminder.c.rung)
    with store.read() as connection:
        return {tuple(row) for row in connection.execute(query.where(reminder.c.letter_id.is_not(None)))}


def test_over_a_year_what_is_shown_is_what_is_sent_and_what_is_explained(store: Store) -> None:
    """Last days all over 2026: Tết, the bridge of 02/01, the swapped Saturdays 10/01 and 22/8, 31/8."""
    office = make_office(store, reminding=SHIPPED.reminding, calendar=SHIPPED.calendar)
    begin, end = date(2026, 1, 1), date(2026, 12, 31)
    last_days = [begin + timedelta(days=4 + 19 * count) for count in range(18)]
    units = communes(store, len(last_days))
    plan_id = plan_row(store)
    for unit, last_day in zip(units, last_days, strict=True):
        owe(store, unit, due=last_day.isoformat(), plan_id=plan_id, made="2025-12-31")
    shown = preview(office, begin, end, opening_of(begin))
    planned = {(each.day, item.obligation, item.rung): item.rule for each in shown.letters for item in each.reminders}
    assert {key: rule for key, rule in explained(office, begin, RungState.PLANNED).items() if key in planned} == planned
    for today in every_day(2026):
        remind(office, opening_of(today))
    assert in_ledger(store) == set(planned)
    waiting = explained(office, end, RungState.WAITING)
    assert waiting == planned


def explained(office: Office, today: date, state: RungState) -> dict[tuple[date | None, int, str], str]:
    """Day, obligation and rung of every rung in this state, with its rule."""
    found = {}
    for number in range(18):
        for owed in explain(office, f"bb-x{number}", opening_of(today)).obligations:
            found |= {(rung.day, owed.id, rung.rung): rung.rule for rung in owed.rungs if rung.state is state}
    return found


@pytest.mark.parametrize(
    ("due", "sent_on", "rule", "words"),
    [
        ("2023-02-28", "2023-02-27", "T-1: 01 ngày trước ngày cuối của thời hạn 28/02/2023", "còn 01 ngày"),
        (
            "2023-03-06",  # a Monday: the day before is a Sunday
            "2023-03-03",
            "T-1: 01 ngày trước ngày cuối của thời hạn 06/3/2023; gửi vào ngày làm việc 03/3/2023 "
            "(trước ngày cuối 03 ngày)",
            "còn 03 ngày",
        ),
        (
            "2023-03-01",  # its third day after is a Saturday
            "2023-03-06",
            "T+3: 03 ngày sau ngày cuối của thời hạn 01/3/2023; gửi vào ngày làm việc 06/3/2023 "
            "(sau ngày cuối 05 ngày)",
            "Đến hết ngày 05/3/2023",
        ),
    ],
)
def test_rule_day_and_letter_count_the_same_days(store: Store, due: str, sent_on: str, rule: str, words: str) -> None:
    fill(store)
    owe(store, due=due)
    office, now = make_office(store), day(sent_on)
    rung = rule.partition(":")[0]
    (owed,) = explain(office, BINH_AN.id, day("2023-02-10")).obligations
    assert [(each.day, each.rule) for each in owed.rungs if each.rung == rung] == [(now.date(), rule)]
    found = preview(office, now.date(), now.date(), day("2023-02-10"))
    assert [item.rule for each in found.letters for item in each.reminders] == [rule]
    for earlier in ("2023-02-21", "2023-02-22", "2023-02-27", "2023-02-28"):
        if earlier < sent_on:
            remind(office, day(earlier))
    remind(office, now)
    assert words in letters(store)[-1][2]


def test_a_morning_that_was_missed_is_explained_by_the_day_on_which_it_is_caught_up(store: Store) -> None:
    fill(store)
    owe(store)
    office = make_office(store)
    (owed,) = explain(office, BINH_AN.id, day("2023-03-02")).obligations
    assert [(rung.rung, rung.day, rung.state) for rung in owed.rungs] == [
        ("T-7", date(2023, 2, 21), RungState.NOT_SENT),
        ("T-1", date(2023, 3, 2), RungState.PLANNED),
        ("T+3", date(2023, 3, 3), RungState.PLANNED),
    ]
    shown = preview(office, date(2023, 3, 2), date(2023, 3, 3), day("2023-03-02"))
    rules = {rung.rule for rung in owed.rungs if rung.state is RungState.PLANNED}
    assert {item.rule for each in shown.letters for item in each.reminders} == rules


def test_under_another_calendar_each_stored_day_moves_and_no_letter_goes_before_the_day(store: Store) -> None:
    """A store of a former version holds the Friday before for a rung of a Sunday: nothing goes out on that Friday."""
    fill(store)
    owe(store, due="2023-03-02", next_rung_on=date(2023, 3, 3))  # T+3 is Sunday 05/3
    office = make_office(store)
    assert remind(office, day("2023-03-03")).letters == 1  # the caught-up T-1, worded as of today
    with store.read() as connection:
        (blob,) = connection.execute(select(letter.c.blob)).scalars()
    assert "Đến hết ngày 02/3/2023" in text_of(store.blobs.get(blob))
    assert remind(replace(office), day("2023-03-06")).letters == 1
