"""The ``.ics`` that puts due dates into an officer's calendar: an all-day event on each last day allowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75


@dataclass(frozen=True, slots=True)
class DueEvent:
    """One last day allowed. The same ``uid`` replaces an earlier event when a date moves."""

    uid: str
    summary: str
    last_day: date
    description: str = ""


def due_calendar(events: Iterable[DueEvent], *, stamp: datetime) -> bytes:
    """An iCalendar file (RFC 5545); ``stamp`` is aware.

    An event takes no time from the officer (transparent) and rings at the start of the day before. It is written here:
    the library takes longer for it than the whole rest of a letter takes.
    """
    lines = ["BEGIN:VCALENDAR", "PRODID:-//plan-lifecycle//thoi han//VI", "VERSION:2.0", "METHOD:PUBLISH"]
    for due_event in events:
        lines += _event(due_event, stamp.astimezone(UTC))
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(event: DueEvent, stamp: datetime) -> list[str]:
    summary, description = _escaped(event.summary), _escaped(event.description)
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(event.uid)}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{summary}",
        f"DTSTART;VALUE=DATE:{event.last_day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.last_day + timedelta(days=1):%Y%m%d}",
        "TRANSP:TRANSPARENT",
        *([f"DESCRIPTION:{description}"] if description else []),
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{summary}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """TEXT of RFC 5545, 3.3.11; other control characters are not allowed in it."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return "".join(sign for sign in text if sign >= " " and sign != "\x7f")


def _folded(line: str) -> bytes:
    """Lines of at most 75 octets, never cut inside a character (RFC 5545, 3.1)."""
    data, parts = line.encode(), []
    while len(data) > _LONGEST:
        cut = _LONGEST
        while data[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(data[:cut])
        data = b" " + data[cut:]
    return b"\r\n".join([*parts, data]) + b"\r\n"
