"""The one business clock: every arrival, letter, lateness and expiry is dated by the moment that a verb is given.

A verb takes ``now``, an aware moment; only the edges make one, from the run's ``as_of`` or from the wall clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from plan_lifecycle.domain.errors import InputError, PlanLifecycleError
from plan_lifecycle.domain.writing import count_text, short_date

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
OPENING = time(8, 0)
APART = timedelta(minutes=5)
"""How far the clocks of two machines may be apart: more decides whether a paper is late."""
LEAP = timedelta(days=14)
"""How long nothing may have run before a person has to say which day it is: longer than any holidays."""


class ClockError(PlanLifecycleError):
    """The machine's clock cannot be trusted, so nothing was done."""


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


def one_clock(ours: datetime, databases: datetime) -> None:
    """Hold the machine's clock against the database's. Raises ClockError where they are more than APART from another.

    Which of the two is wrong nobody can tell from here: a clock some days ahead would write to everybody as late.
    """
    if (apart := abs(ours - databases)) > APART:
        vi = (
            f"Đồng hồ máy và đồng hồ cơ sở dữ liệu lệch nhau {count_text(int(apart.total_seconds()))} giây; chưa thực "
            "hiện gì. Đề nghị người quản trị chỉnh lại giờ (bật NTP) trên các máy."
        )
        raise ClockError(f"found this machine's clock {apart} from the database's, expected at most {APART}", vi=vi)


def no_leap(today: date, seen: date | None, typed: date | None) -> None:
    """Hold the clock's ``today`` against the newest day that a run found it at (None: nothing has run yet).

    Raises ClockError where it leapt by more than LEAP, until somebody types today's date as the business day: either
    nothing ran for so long, or the clock is wrong, and then everybody would be written to as late.
    """
    if seen is None or today - seen <= LEAP or typed == today:
        return
    vi = (
        f"Đồng hồ máy chỉ ngày {short_date(today)}, lần chạy gần nhất là ngày {short_date(seen)} (cách nhau "
        f"{count_text((today - seen).days)} ngày); chưa thực hiện gì. Nếu đồng hồ đúng, đề nghị chạy một lần với ngày "
        f"nghiệp vụ {short_date(today)}; nếu sai, đề nghị người quản trị chỉnh lại giờ của máy."
    )
    expected = f"at most {LEAP.days} days between them, or {today} typed as the business day by somebody who knows it"
    raise ClockError(
        f"found this machine's clock at {today}, the newest run before at {seen}; expected {expected}", vi=vi
    )


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
