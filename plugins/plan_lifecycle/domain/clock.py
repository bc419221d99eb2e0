"""The one business clock: every arrival, letter, lateness and expiry is dated by the moment that a verb is given.

A verb takes ``now``, an aware moment; only the edges make one, from the run's ``as_of`` or from the wall clock.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from plan_lifecycle.domain.errors import InputError

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
OPENING = time(8, 0)


def business_moment(as_of: date | datetime | None, *, otherwise: datetime) -> datetime:
    """The moment a verb works at: ``as_of`` (a bare day counts from 08:00 local time), else the aware ``otherwise``."""
    if as_of is None:
        return otherwise.astimezone(LOCAL)
    if not isinstance(as_of, datetime):
        return opening_of(as_of)
    return as_of.replace(tzinfo=LOCAL) if as_of.tzinfo is None else as_of.astimezone(LOCAL)


def not_ahead(as_of: date | datetime | None, *, wall: datetime, field: str) -> date | datetime | None:
    """A business day as somebody typed it, for what writes or sends. ``wall`` is the aware moment of the wall clock.

    Raises InputError where it lies after today: one mistyped year would write to everybody as late, and count every
    rung of the months between as passed over.
    """
    if as_of is None:
        return None
    typed, today = business_moment(as_of, otherwise=wall).date(), wall.astimezone(LOCAL).date()
    if typed > today:
        vi = f"Ngày nghiệp vụ {typed:%d/%m/%Y} sau ngày hôm nay ({today:%d/%m/%Y}); đề nghị kiểm tra lại ngày đã nhập."
        raise InputError(f"a day not after today, {today}", field=field, found=typed, vi=vi)
    return as_of


def opening_of(day: date) -> datetime:
    """The moment at which offices open on ``day``: what a bare day counts as."""
    return datetime.combine(day, OPENING, LOCAL)


def read_as_of(text: str | None) -> date | datetime | None:
    """Read ``2023-02-20`` or ``2023-02-20T14:05``; empty gives None. Raises ValueError."""
    text = (text or "").strip()
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
