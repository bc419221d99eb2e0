"""The ``.ics`` of due days is what a calendar program reads back, whatever the texts hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from plan_lifecycle.mail.calendar import DueEvent, due_calendar

STAMP = datetime(2026, 6, 9, 0, 30, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200)


def read(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_an_all_day_event_that_takes_no_time_and_rings_the_day_before() -> None:
    (event,) = read(due_calendar([DueEvent("o-1@x.vn", "Hạn gửi: Báo cáo", date(2026, 6, 16))], stamp=STAMP))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 6, 16), date(2026, 6, 17))
    assert (event["TRANSP"], event["DTSTAMP"].dt) == ("TRANSPARENT", STAMP)
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-1)


@given(st.lists(st.tuples(TEXT, TEXT, st.dates(date(2000, 1, 1), date(2100, 1, 1))), min_size=1, max_size=3))
def test_every_text_comes_back_as_it_was(given_: list[tuple[str, str, date]]) -> None:
    events = [DueEvent(f"{i}@x.vn", summary, day, words) for i, (summary, words, day) in enumerate(given_)]
    data = due_calendar(events, stamp=STAMP)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = read(data)
    assert [(str(each["SUMMARY"]), str(each["DESCRIPTION"]), each["DTSTART"].dt) for each in found] == given_


def test_a_line_break_stays_in_its_text() -> None:
    (event,) = read(due_calendar([DueEvent("1@x.vn", "Một\nhai; ba, bốn\\", date(2026, 6, 16))], stamp=STAMP))
    assert str(event["SUMMARY"]) == "Một\nhai; ba, bốn\\"
