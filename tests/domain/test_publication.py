"""A month of news against its quota: met, short, or not to be said."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import (
    MonthVerdict,
    PublicationMonth,
    first_day,
    is_final,
    last_day,
    month_of,
    monthly_quotas,
    months_to_check,
)
from plan_lifecycle.domain.target import find_targets

FEBRUARY = Period.parse("2024-M02")
MET, SHORT, UNCHECKED = MonthVerdict.MET, MonthVerdict.SHORT, MonthVerdict.UNCHECKED


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(hour=6, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("quota", "count", "checked", "reached", "why", "verdict"),
    [
        (5, 5, "2023-05-20", "2023-05-20", None, MET),
        (5, 3, "2023-05-20", "2023-05-20", None, SHORT),
        (5, 3, "2023-05-20", "2023-05-19", "hết thời gian chờ", UNCHECKED),
        (5, 6, "2023-05-20", "2023-05-19", "hết thời gian chờ", MET),
        (5, None, "2023-05-20", None, "hết thời gian chờ", UNCHECKED),
        (None, 3, "2023-05-20", "2023-05-20", None, UNCHECKED),
        (5, 3, "2023-06-02", "2023-06-02", None, SHORT),
        (5, 3, "2023-06-02", "2023-06-01", "hết thời gian chờ", SHORT),
        (5, 3, "2023-06-02", "2023-05-31", "hết thời gian chờ", UNCHECKED),
        (5, 0, "2023-05-20", "2023-05-20", None, SHORT),
    ],
)
def test_unreachable_is_never_charged_to_the_unit(
    quota: int | None, count: int | None, checked: str, reached: str | None, why: str | None, verdict: MonthVerdict
) -> None:
    month = PublicationMonth("bb", "2023-M05", quota, count, 0, at(checked), at(reached) if reached else None, why)
    assert month.verdict is verdict


def test_a_month_is_the_calendars() -> None:
    assert month_of(date(2024, 2, 29)) == FEBRUARY
    assert (first_day(FEBRUARY), last_day(FEBRUARY)) == (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("today", "months"),
    [
        ("2023-03-20", ["2023-M03"]),
        ("2023-04-01", ["2023-M03"]),
        ("2023-04-02", ["2023-M03", "2023-M04"]),
        ("2023-04-05", ["2023-M03", "2023-M04"]),
        ("2023-04-06", ["2023-M04"]),
        ("2024-01-01", ["2023-M12"]),
        ("2024-01-03", ["2023-M12", "2024-M01"]),
    ],
)
def test_a_month_is_looked_at_again_until_it_is_final(today: str, months: list[str]) -> None:
    assert [each.code for each in months_to_check(date.fromisoformat(today), 5)] == months


def test_with_no_days_of_grace_the_month_is_still_counted_once_it_is_over() -> None:
    assert [each.code for each in months_to_check(date(2023, 4, 1), 1)] == ["2023-M03"]
    assert is_final(Period.parse("2023-M03"), date(2023, 4, 2), 1)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Mỗi xã đăng ít nhất 05 tin, bài/tháng trên trang thông tin điện tử.", [5]),
        ("Đăng tối thiểu 03 bài viết mỗi tháng.", [3]),
        ("Phát thanh ít nhất 02 lần/tháng; đăng ít nhất 04 tin bài/tháng.", [4]),
        ("Có ít nhất 20 tin, bài/năm.", []),
        ("Tỷ lệ hồ sơ trực tuyến đạt 80%/tháng.", []),
    ],
)
def test_a_plans_quota_of_news_is_told_from_its_other_targets(text: str, values: list[float]) -> None:
    assert [each.value for each in monthly_quotas(find_targets(text))] == values
