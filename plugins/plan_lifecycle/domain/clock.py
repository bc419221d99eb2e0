"""The one business clock: every arrival, letter, lateness and expiry is dated by the moment that a verb is given.

A verb takes ``now``, an aware moment; only the edges make one, from the run's ``as_of`` or from the wall clock.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
OPENING = time(8, 0)


def business_moment(as_of: date | datetime | None, *, otherwise: datetime) -> datetime:
    """The moment a verb works at: ``as_of`` (a bare day counts from 08:00 local time), else the aware ``otherwise``."""
    if as_of is None:
        return otherwise.astimezone(LOCAL)
    if not isinstance(as_of, datetime):
        return opening_of(as_of)
    return as_of.replace(tzinfo=LOCAL) if as_of.tzinfo is None else as_of.astimezone(LOCAL)


def opening_of(day: date) -> datetime:
    """The moment at which offices open on ``day``: what a bare day counts as."""
    return datetime.combine(day, OPENING, LOCAL)


def read_as_of(text: str | None) -> date | datetime | None:
    """Read ``2023-02-20`` or ``2023-02-20T14:05``; empty gives None. Raises ValueError."""
    text = (text or "").strip()
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
