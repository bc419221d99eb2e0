"""The business moment comes from the day that was asked for, else from the wall clock, always in local time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from plan_lifecycle.domain.clock import LOCAL, business_moment, opening_of, read_as_of

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
