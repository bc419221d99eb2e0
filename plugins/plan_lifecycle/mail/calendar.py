"""The ``.ics`` that puts a due date into an officer's calendar: one all-day event on the last day allowed."""

from __future__ import annotations

from datetime import date, datetime, timedelta


def due_event(*, uid: str, summary: str, last_day: date, stamp: datetime, description: str = "") -> bytes:
    """An iCalendar file (RFC 5545). ``stamp`` is aware; the same ``uid`` replaces an earlier event when a date moves.

    It takes no time from the officer (transparent) and rings at the start of the day before.
    """
    from icalendar import Alarm, Calendar, Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("summary", summary)
    event.add("dtstart", last_day)
    event.add("dtend", last_day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if description:
        event.add("description", description)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-1))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//plan-lifecycle//thoi han//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
