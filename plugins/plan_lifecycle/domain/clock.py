"""The one business clock: every arrival, letter, lateness and expiry is dated by the moment that a verb is given.

A verb takes ``now``, an aware moment; only the edges make one, from the run's ``as_of`` or from the wall clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.writing import short_date

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
        vi = f"Ngày nghiệp vụ {short_date(typed)} sau ngày hôm nay ({short_date(today)}); đề nghị kiểm tra lại."
        raise InputError(f"a day not after today, {today}", field=field, found=typed, vi=vi)
    return as_of


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A business day that somebody typed: for which verb (``what``), and ``again`` where an old day is meant.

    ``run`` names the run of a DAG, whose tasks and retries are one typing; None for a command. ``field`` and ``flag``
    are what the two are called where they were typed, ``flag_words`` the same for users.
    """

    day: date
    by: str
    what: str
    again: bool
    run: str | None
    field: str
    flag: str
    flag_words: str


def not_before(typed: TypedDay, newest: date | None) -> None:
    """Hold a typed day against the newest one worked (None: there was none yet).

    Raises InputError where it lies before that and nobody said that an old day is meant: one mistyped month would date
    letters and receipts before what is there already.
    """
    if newest is None or typed.day >= newest or typed.again:
        return
    vi = (
        f"Ngày nghiệp vụ {short_date(typed.day)} trước ngày làm việc gần nhất ({short_date(newest)}); nếu đúng là cần "
        f"chạy lại ngày cũ, đề nghị {typed.flag_words}."
    )
    expected = f"a day not before the newest one worked, {newest}, or {typed.flag} where an old day is meant"
    raise InputError(expected, field=typed.field, found=typed.day, vi=vi)


def opening_of(day: date) -> datetime:
    """The moment at which offices open on ``day``: what a bare day counts as."""
    return datetime.combine(day, OPENING, LOCAL)


def end_of(day: date) -> datetime:
    """The moment at which ``day`` is over: what is of that day lies before it."""
    return datetime.combine(day + timedelta(days=1), time(), LOCAL)


def read_as_of(text: str | None) -> date | datetime | None:
    """Read ``2023-02-20`` or ``2023-02-20T14:05``; empty gives None. Raises ValueError."""
    text = (text or "").strip()
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
