"""The business moment comes from the day that was asked for, else from the wall clock, always in local time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from plan_lifecycle.domain.clock import (
    APART,
    LEAP,
    LOCAL,
    ClockError,
    TypedDay,
    business_moment,
    end_of,
    no_leap,
    not_ahead,
    not_before,
    one_clock,
    opening_of,
    read_as_of,
)
from plan_lifecycle.domain.errors import InputError

WALL = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("as_of", "moment"),
    [
        (None, datetime(2026, 11, 2, 8, 0, tzinfo=LOCAL)),
        (date(2023, 2, 20), datetime(2023, 2, 20, 8, 0, tzinfo=LOCAL)),
        (datetime(2023, 2, 20, 14, 5), datetime(2023, 2, 20, 14, 5, tzinfo=LOCAL)),  # noqa: DTZ001
        (datetime(2023, 2, 20, 20, 0, tzinfo=UTC), datetime(2023, 2, 21, 3, 0, tzinfo=LOCAL)),
    ],
)
def test_a_bare_day_counts_from_opening_and_a_moment_is_told_in_local_time(
    as_of: date | datetime | None, moment: datetime
) -> None:
    found = business_moment(as_of, otherwise=WALL)
    assert (found, found.utcoffset()) == (moment, timedelta(hours=7))


def test_offices_open_at_eight() -> None:
    assert opening_of(date(2023, 2, 20)).isoformat() == "2023-02-20T08:00:00+07:00"


@pytest.mark.parametrize("text", [None, "", "  "])
def test_nothing_asked_for_is_no_day(text: str | None) -> None:
    assert read_as_of(text) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (" 2023-02-20 ", date(2023, 2, 20)),
        ("2023-02-20T14:05", datetime(2023, 2, 20, 14, 5)),  # noqa: DTZ001
        ("2023-02-20T14:05+00:00", datetime(2023, 2, 20, 14, 5, tzinfo=timezone.utc)),  # noqa: UP017
    ],
)
def test_a_day_is_read_as_a_day_and_a_moment_as_a_moment(text: str, asked: date | datetime) -> None:
    found = read_as_of(text)
    assert (found, type(found)) == (asked, type(asked))


@pytest.mark.parametrize("text", ["20/02/2023", "2023-02-30", "hôm nay"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Invalid isoformat|day is out of range"):
        read_as_of(text)


@pytest.mark.parametrize("typed", [None, date(2023, 2, 20), date(2026, 11, 2), datetime(2026, 11, 2, 23, 59)])  # noqa: DTZ001
def test_a_typed_day_up_to_today_is_taken(typed: date | datetime | None) -> None:
    assert not_ahead(typed, wall=WALL, field="--as-of") == typed


@pytest.mark.parametrize("typed", [date(2026, 11, 3), date(2027, 2, 20), datetime(2026, 11, 2, 17, 0, tzinfo=UTC)])
def test_a_typed_day_after_today_is_refused_in_both_languages(typed: date | datetime) -> None:
    with pytest.raises(InputError, match="a day not after today, 2026-11-02") as told:
        not_ahead(typed, wall=WALL, field="--as-of")
    assert "sau ngày hôm nay (02/11/2026)" in told.value.for_user


def test_today_is_the_local_day_at_its_very_edge() -> None:
    """At 17:00 UTC it is tomorrow in Việt Nam."""
    assert not_ahead(date(2026, 11, 3), wall=datetime(2026, 11, 2, 17, 0, tzinfo=UTC), field="as_of")
    with pytest.raises(InputError):
        not_ahead(date(2026, 11, 3), wall=datetime(2026, 11, 2, 16, 59, tzinfo=UTC), field="as_of")


def typed(on: date, *, again: bool = False) -> TypedDay:
    return TypedDay(on, "an", "remind", again, None, "--as-of", "--again", "thêm --again")


def test_an_old_day_has_to_be_meant_and_both_days_and_the_flag_are_named() -> None:
    with pytest.raises(InputError) as refused:
        not_before(typed(date(2023, 1, 20)), date(2023, 2, 20))
    assert all(said in str(refused.value) for said in ("2023-01-20", "2023-02-20", "--as-of", "--again"))
    assert all(said in refused.value.for_user for said in ("20/01/2023", "20/02/2023", "thêm --again"))


@pytest.mark.parametrize(
    ("day", "newest"),
    [
        (typed(date(2023, 2, 20)), date(2023, 2, 20)),
        (typed(date(2023, 2, 21)), date(2023, 2, 20)),
        (typed(date(2023, 1, 20)), None),
        (typed(date(2023, 1, 20), again=True), date(2023, 2, 20)),
    ],
)
def test_the_newest_day_a_later_one_the_first_one_and_one_that_is_meant_are_taken(
    day: TypedDay, newest: date | None
) -> None:
    not_before(day, newest)


def test_a_day_is_over_at_local_midnight() -> None:
    assert end_of(date(2023, 12, 31)).isoformat() == "2024-01-01T00:00:00+07:00"


@pytest.mark.parametrize("ahead", [True, False])
def test_two_clocks_that_are_days_apart_are_refused_whichever_is_ahead(ahead: bool) -> None:
    other = WALL + (timedelta(days=3) if ahead else -timedelta(days=3))
    with pytest.raises(ClockError) as refused:
        one_clock(WALL, other)
    assert "259.200 giây" in refused.value.for_user
    one_clock(WALL, WALL + APART)


def test_a_clock_that_leaps_is_refused_until_somebody_types_its_day() -> None:
    seen, today = date(2026, 11, 2), date(2026, 11, 2) + LEAP + timedelta(days=1)
    for typed in (None, seen, today - timedelta(days=1)):
        with pytest.raises(ClockError) as refused:
            no_leap(today, seen, typed)
        assert all(day in refused.value.for_user for day in ("17/11/2026", "02/11/2026", "15 ngày"))
    no_leap(today, seen, today)


def test_a_clock_that_goes_on_stands_still_or_goes_back_is_no_leap_and_the_first_run_has_nothing_to_compare() -> None:
    seen = date(2026, 11, 2)
    for today in (seen + LEAP, seen, seen - timedelta(days=400)):
        no_leap(today, seen, None)
    no_leap(seen, None, None)
