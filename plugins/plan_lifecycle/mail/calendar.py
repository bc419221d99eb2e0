"""The ``.ics`` that puts due dates into an officer's calendar: an all-day event on each last day allowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class DueEvent:
    """One last day allowed. The same ``uid`` replaces an earlier event when a date moves."""

    uid: str
    summary: str
    last_day: date
    description: str = ""


def due_event(*, uid: str, summary: str, last_day: date, stamp: datetime, description: str = "") -> bytes:
    """The calendar of one event (see ``due_calendar``)."""
    return due_calendar([DueEvent(uid, summary, last_day, description)], stamp=stamp)


def due_calendar(events: Iterable[DueEvent], *, stamp: datetime) -> bytes:
    """An iCalendar file (RFC 5545); ``stamp`` is aware.

    An event takes no time from the officer (transparent) and rings at the start of the day before.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//plan-lifecycle//thoi han//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for each in events:
        event = Event()
        event.add("uid", each.uid)
        event.add("dtstamp", stamp)
        event.add("summary", each.summary)
        event.add("dtstart", each.last_day)
        event.add("dtend", each.last_day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        if each.description:
            event.add("description", each.description)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", each.summary)
        alarm.add("trigger", timedelta(days=-1))
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
