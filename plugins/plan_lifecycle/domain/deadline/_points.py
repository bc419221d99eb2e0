"""Points on the calendar as a phrase gives them, often without a year, and the days that they stand for."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple


class Grain(StrEnum):
    """How fine a point is."""

    DAY = "day"
    WEEKDAY = "weekday"
    MONTH = "month"
    QUARTER = "quarter"
    PART = "part"
    YEAR = "year"
    FEAST = "feast"


class Point(NamedTuple):
    """A day, a period of whole months ``first``–``last``, a weekday (0 is Monday) or a feast; None where unsaid.

    ``years_on`` is 1 for "năm sau"; ``bare`` marks a number that takes its grain from its neighbour ("quý I, **II**");
    ``generic`` a reporting period that comes every year ("báo cáo 6 tháng");
    ``spelled`` a day whose month is a word away ("ngày 15 tháng 3, **6**").
    """

    grain: Grain
    day: int | None = None
    first: int | None = None
    last: int | None = None
    year: int | None = None
    years_on: int = 0
    weekday: int | None = None
    name: str = ""
    bare: bool = False
    generic: bool = False
    spelled: bool = False


class Span(NamedTuple):
    """From one point to another, both included, unless ``strict`` leaves out the last ("đến trước ngày").

    Without ``start`` it begins with the plan ("từ nay đến"); ``hour`` is that of its last day.
    """

    start: Point | None
    end: Point
    strict: bool = False
    hour: time | None = None


Element = Point | Span


class NoDateError(Exception):
    """No date can be made of a point; the text says why, in Vietnamese. It never leaves this package."""


def days_of(point: Point, year: int) -> tuple[date, date]:
    """First and last day of ``point`` in the context ``year``. Raises NoDateError."""
    actual = (point.year or year) + point.years_on
    if point.grain is Grain.FEAST:
        from plan_lifecycle.domain.deadline._feasts import day_of_feast

        day = day_of_feast(point.name, actual, stated=point.year is not None)
        return day, day
    if point.grain is Grain.DAY:
        day = _day(point, actual)
        return day, day
    if point.first is None or point.last is None or not 1 <= point.first <= point.last <= 12:
        number = (point.last or 0) // 3 if point.grain is Grain.QUARTER else point.first
        raise NoDateError(f"Không có {'quý' if point.grain is Grain.QUARTER else 'tháng'} {number} trong năm.")
    return date(actual, point.first, 1), end_of_month(actual, point.last)


def _day(point: Point, year: int) -> date:
    if point.day is None or point.first is None:
        raise NoDateError(f"Ngày {point.day} không nêu tháng.")
    try:
        return date(year, point.first, point.day)
    except ValueError:
        raise NoDateError(f"Không có ngày {point.day:02}/{point.first:02}/{year} trong lịch.") from None


def end_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def grained(elements: Sequence[Element]) -> tuple[Element, ...]:
    """Give each bare number the grain of its neighbour: "quý I, **II**", "từ **08** đến 10/12", "tháng 3, **6**"."""
    points = points_of(elements)
    if len(points) < 2:
        return tuple(elements)
    if points[0].bare:
        points[0] = _take_grain(points[0], points[1])
    for at in range(1, len(points)):
        points[at] = _take_grain(points[at], points[at - 1])
    return _refilled(elements, points)


def completed(elements: Sequence[Element]) -> tuple[Element, ...]:
    """Pass years and months between neighbours: what the later one says holds for the earlier, then the other way."""
    points = points_of(elements)
    if len(points) < 2:
        return tuple(elements)
    for at in range(len(points) - 2, -1, -1):
        points[at] = _inherit(points[at], points[at + 1])
    for at in range(1, len(points)):
        points[at] = _inherit(points[at], points[at - 1])
    return _refilled(elements, points)


def in_year(elements: Sequence[Element], year: int | None) -> tuple[Element, ...]:
    """The elements with ``year`` put where they name none."""
    if year is None:
        return tuple(elements)
    return _refilled(elements, [point if point.year else point._replace(year=year) for point in points_of(elements)])


def points_of(elements: Sequence[Element]) -> list[Point]:
    """Every point, the ends of spans included."""
    points: list[Point] = []
    for element in elements:
        if isinstance(element, Point):
            points.append(element)
        else:
            points.extend((element.start, element.end) if element.start else (element.end,))
    return points


def _refilled(elements: Sequence[Element], points: Sequence[Point]) -> tuple[Element, ...]:
    """The same elements made of other points, in the order of ``points_of``."""
    rest = iter(points)
    return tuple(_refill(element, rest) for element in elements)


def _refill(element: Element, points: Iterator[Point]) -> Element:
    if not isinstance(element, Span):
        return next(points)
    start = next(points) if element.start else None
    return element._replace(start=start, end=next(points))


def _take_grain(point: Point, neighbour: Point) -> Point:
    """What "II", "12" or "2/2025" means beside a quarter, a month or a day."""
    number = point.first
    if not point.bare or number is None:
        return point
    if neighbour.grain is Grain.QUARTER:
        return point._replace(grain=Grain.QUARTER, first=3 * number - 2, last=3 * number, bare=False)
    if neighbour.grain is not Grain.DAY:
        return point._replace(grain=Grain.MONTH, bare=False)
    if neighbour.spelled or point.year:
        return point._replace(grain=Grain.DAY, day=neighbour.day, bare=False, spelled=True)
    return Point(Grain.DAY, day=number)


def _inherit(point: Point, neighbour: Point) -> Point:
    if point.year is None and neighbour.year is not None and not point.years_on and not neighbour.years_on:
        point = point._replace(year=neighbour.year)
    if point.grain is Grain.DAY and point.first is None and neighbour.first == neighbour.last:
        point = point._replace(first=neighbour.first, last=neighbour.first)
    return point
