"""A consolidated report tells what changed within a year and holds what units say against what their sites show."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import MonthVerdict, PublicationMonth
from plan_lifecycle.domain.report import Change, Published, change, in_points
from plan_lifecycle.domain.roll_up import Total

PERIOD = Period.parse("2023-H1")
MET, SHORT, UNCHECKED = MonthVerdict.MET, MonthVerdict.SHORT, MonthVerdict.UNCHECKED


def indicator(kind: IndicatorType, roll_up: RollUp = RollUp.SUM) -> Indicator:
    return Indicator("x", "Số tin", "tin", kind, roll_up, (3,))


def total(value: Value | tuple[Value, ...] | None) -> Total:
    return Total("x", value, 1, False, ())


COUNT, RATIO = indicator(IndicatorType.COUNT), indicator(IndicatorType.RATIO, RollUp.MEAN)
SHARE = indicator(IndicatorType.BOOLEAN, RollUp.SHARE)
RANK, TEXT = indicator(IndicatorType.RANK, RollUp.MIN), indicator(IndicatorType.TEXT, RollUp.LIST)


@pytest.mark.parametrize(
    ("kind", "now", "then", "changed"),
    [
        (COUNT, 15, 10, Change(5, 50.0)),
        (COUNT, 5, 10, Change(-5, -50.0)),
        (COUNT, 5, -10, Change(15, 150.0)),
        (COUNT, 10, 10, Change(0, 0.0)),
        (COUNT, 5, 0, Change(5, None)),
        (RATIO, 85.0, 80.0, Change(5.0, None)),
        (SHARE, 50.0, 40.0, Change(10.0, None)),
        (RANK, 1, 3, None),
        (TEXT, ("a",), ("b",), None),
        (COUNT, None, 10, None),
        (COUNT, 10, None, None),
        (COUNT, True, 10, None),
        (COUNT, 10, False, None),
    ],
)
def test_a_number_changes_in_per_cent_and_a_share_in_points(
    kind: Indicator, now: Value | None, then: Value | None, changed: Change | None
) -> None:
    assert change(kind, total(now), total(then)) == changed


def test_without_a_year_before_there_is_no_change() -> None:
    assert change(COUNT, total(5), None) is None


def test_shares_and_ratios_differ_by_points() -> None:
    assert [in_points(kind) for kind in (COUNT, RATIO, SHARE, RANK)] == [False, True, True, False]


def month(period: str, count: int | None, as_of: date) -> PublicationMonth:
    seen = datetime(as_of.year, as_of.month, as_of.day, 6, tzinfo=LOCAL)
    return PublicationMonth("bb", period, 5, count, 0, seen, seen)


def published(as_of: date, reported: Value | None, **counts: int | None) -> Published:
    months = tuple(month(f"2023-{code}", count, as_of) for code, count in counts.items())
    return Published("bb", "xã Bình An", months, reported, as_of)


@pytest.mark.parametrize(
    ("as_of", "running", "short"), [("2023-05-20", 1, 0), ("2023-05-31", 1, 0), ("2023-06-01", 0, 1)]
)
def test_a_month_that_is_not_over_is_neither_met_nor_short(as_of: str, running: int, short: int) -> None:
    found = published(date.fromisoformat(as_of), None, M05=3)
    assert (len(found.running), len(found.of(SHORT)), len(found.of(MET))) == (running, short, 0)


def test_a_month_that_is_met_is_so_before_its_end() -> None:
    found = published(date(2023, 5, 20), None, M05=5)
    assert (found.running, len(found.of(MET))) == ((), 1)


def test_months_are_told_apart_by_what_can_be_said_of_them() -> None:
    found = published(date(2023, 6, 5), None, M02=5, M03=3, M04=None)
    assert [[one.period for one in found.of(verdict)] for verdict in (MET, SHORT, UNCHECKED)] == [
        ["2023-M02"], ["2023-M03"], ["2023-M04"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reported", "counts", "counted", "difference"),
    [
        (10, {"M02": 5, "M03": 3}, 8, 2),
        (5, {"M02": 5, "M03": 3}, 8, -3),
        (8, {"M02": 8, "M03": None}, 8, 0),
        (8, {"M02": 0}, 0, 8),
        (8, {"M02": None}, None, None),
        (None, {"M02": 5}, 5, None),
        ("nhiều", {"M02": 5}, 5, None),
    ],
)
def test_what_is_reported_is_held_against_what_was_counted(
    reported: Value | None, counts: dict[str, int | None], counted: int | None, difference: int | None
) -> None:
    found = published(date(2023, 6, 5), reported, **counts)
    assert (found.counted, found.difference) == (counted, difference)
