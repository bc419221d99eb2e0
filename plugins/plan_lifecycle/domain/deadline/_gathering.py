"""Which expressions belong to one duty: "báo cáo 6 tháng trước ngày 16/6, tổng kết năm trước ngày 15/12" are two.

An expression joins the clause before it, or opens the next one. The order in a clause is free: officials write
"hằng tháng, trước ngày 20" as often as "trước ngày 20 hằng tháng".
"""

from __future__ import annotations

from collections.abc import Sequence

from plan_lifecycle.domain.deadline._adjoining import join_date
from plan_lifecycle.domain.deadline._clause import DAYS, Clause, are_generic, is_label
from plan_lifecycle.domain.deadline._expressions import Dated, Every, Expression, Item, Mark, Sign, Since
from plan_lifecycle.domain.deadline._points import Grain, Point, points_of


def gather(items: Sequence[Item]) -> list[Clause]:
    """Sort the items into clauses."""
    clauses: list[Clause] = []
    marks: set[Mark] = set()
    for item in _bound_through(_how_often_then_when(items)):
        if isinstance(item, Mark):
            if item is Mark.CLOSE and Mark.OPEN in marks:
                marks.remove(Mark.OPEN)  # "30/6 (đợt 1), 30/11": what the bracket holds is over
            marks.add(item)
            continue
        if not clauses or _parted(clauses[-1], item, marks) or not _joins(clauses[-1], item, marks):
            clauses.append(Clause())
            _joins(clauses[-1], item, set())
        marks = set()
    return clauses


def _how_often_then_when(items: Sequence[Item]) -> list[Item]:
    """Take the semicolon of "hằng quý**;** trước ngày 15 tháng cuối quý" for a comma: how often, and then when.

    Only where nothing but the recurrence stands before it: "kiểm tra hằng quý; báo cáo trước …" are two duties.
    """
    if Mark.SEMICOLON not in items:
        return [*items]
    at = items.index(Mark.SEMICOLON)
    often = [item for item in items[:at] if item not in (Sign.PERIODIC, Mark.COMMA, Mark.AND)]
    when = [item for item in items[at + 1 :] if item is not Mark.WORDS]
    months = {month for item in often for month in _months_ended(item)}
    told = months and all(map(_months_ended, often)) and months <= _months_told(when)
    return [*items[:at], Mark.COMMA, *items[at + 1 :]] if told else [*items]


def _months_ended(item: Item) -> set[int]:
    """The last months of the periods of a recurrence that names no day: "hằng quý", "6 tháng, năm"."""
    if isinstance(item, Every) and not (item.unclear or item.place or item.later):
        return {*item.months}
    if isinstance(item, Dated) and is_label(item) and are_generic(item.elements):
        return {point.last for point in points_of(item.elements) if point.last}
    return set()


def _months_told(items: Sequence[Item]) -> set[int]:
    """The months in which the first days of these lie: "trước 15/6 và 15/12", "trước ngày 15 tháng cuối quý"."""
    first = items[0] if items else None
    if not isinstance(first, Dated) or not first.bounds:
        return set()
    points = points_of(first.elements)
    if _are_full_days(first):
        return {point.first for point in points if point.first}
    bare = all(point.grain is Grain.DAY and point.first is None for point in points)
    place = items[1] if bare and len(items) > 1 else None
    return {*place.months} if isinstance(place, Every) and place.place else set()


def _bound_through(items: Sequence[Item]) -> list[Item]:
    """Carry a bound through a list of days: "**trước** ngày 10/3 (quý I), 10/6 (quý II)" means before both."""
    carried: list[Item] = []
    head: Dated | None = None
    between: list[Item] = []
    for at, item in enumerate(items):
        if not isinstance(item, Dated) or is_label(item):
            between.append(item)
        elif head and _goes_on_from(item, between, items[at + 1 : at + 4]):
            item = item._replace(bounds=head.bounds, hour=head.hour)
            between = []
        else:
            head = item if item.bounds and _are_full_days(item) else None
            between = []
        carried.append(item)
    return carried


def _goes_on_from(item: Dated, between: Sequence[Item], following: Sequence[Item]) -> bool:
    """Whether days without a bound stand in one list with those before: beside them are only marks and periods."""
    if item.bounds or item.hour or not _are_full_days(item):
        return False
    if not all(isinstance(one, Mark | Dated) for one in between):
        return False
    between = _outside_brackets(between)
    listed = bool({Mark.COMMA, Mark.SEMICOLON, Mark.AND} & {one for one in between if isinstance(one, Mark)})
    labelled = any(isinstance(one, Dated) for one in between)
    told = any(isinstance(one, Dated) for one in following) or Mark.WORDS not in following[:1]
    return listed and told and (labelled or Mark.WORDS not in between)


def _outside_brackets(between: Sequence[Item]) -> list[Item]:
    """What stands between two days without the words of a whole bracket: "30/6 (đợt 1), 30/11"."""
    if Mark.OPEN not in between or Mark.CLOSE not in between:
        return [*between]
    opens, closes = between.index(Mark.OPEN), between.index(Mark.CLOSE)
    if closes < opens or any(isinstance(item, Dated) for item in between[opens:closes]):
        return [*between]
    return [*between[:opens], *between[closes + 1 :]]


def _are_full_days(dated: Dated) -> bool:
    """Whether single days with their months are named, and no span of days."""
    points = dated.elements
    return bool(points) and all(
        isinstance(point, Point) and point.grain is Grain.DAY and point.first is not None for point in points
    )


def _parted(clause: Clause, item: Expression, marks: set[Mark]) -> bool:
    """Whether a semicolon sets the item apart: all but "quý II; quý IV", which is a list."""
    if Mark.SEMICOLON not in marks or _gives_the_day(clause, item):
        return False
    listed = marks == {Mark.SEMICOLON} and isinstance(item, Dated) and is_label(item) and _is_bare_period(clause)
    if listed:
        marks.clear()
        marks.add(Mark.COMMA)
    return not listed


def _gives_the_day(clause: Clause, item: Expression) -> bool:
    """ "Hằng năm; trước ngày 15/11": how often, and then when."""
    if clause != Clause(every=clause.every) or not clause.every or not isinstance(item, Dated) or not item.bounds:
        return False
    if clause.every[-1].unclear or not item.elements:
        return False
    if clause.every[-1].months == (12,):
        return _are_full_days(item)
    points = points_of(item.elements)
    return clause.every[-1].pinned and all(point.grain is Grain.DAY and point.first is None for point in points)


def _joins(clause: Clause, item: Expression, marks: set[Mark]) -> bool:
    """Put ``item`` into ``clause`` where it belongs there, and say whether it did."""
    if isinstance(item, Dated):
        return join_date(clause, item, marks)
    if isinstance(item, Every):
        return _every_joins(clause, item)
    if isinstance(item, Sign):
        return _sign_joins(clause, item, marks)
    if clause.sign or clause.count or clause.since or clause.elements:
        return False
    if isinstance(item, Since):
        clause.since = item
        return True
    if clause.ongoing or clause.every:
        return False
    clause.count = item
    return True


def _sign_joins(clause: Clause, sign: Sign, marks: set[Mark]) -> bool:
    if sign is Sign.ONGOING:
        if not (clause.empty or clause.ongoing or (_is_bare_period(clause) and Mark.AND not in marks)):
            return False
        clause.ongoing = True
    elif sign is Sign.ONWARDS:
        clause.onwards = True
    elif sign is Sign.PERIODIC:
        if not (clause.empty or Mark.OPEN in marks):
            return False
        clause.periodic = True
    elif sign is Sign.UNTIL_EVENT and clause.since:
        clause.until_event = True
    elif sign is Sign.MANNER and not clause.empty and Mark.OR not in marks:
        return True
    elif not clause.empty or clause.periodic:
        return False
    else:
        clause.sign = sign
    return True


def _every_joins(clause: Clause, every: Every) -> bool:
    if clause.sign or clause.count or clause.ongoing or clause.since:
        return False
    if clause.elements and clause.every:
        if every.place and not any(known.place for known in clause.every):
            clause.every = [_placed(every, clause.every)]
            return True
        return not every.place and every in clause.every
    if clause.dated and every.months == (12,) and _are_full_days(clause.dated):
        days = points_of(clause.elements)
        if len({day.year for day in days if day.year}) == 1:  # "trước 15/11/2023 hằng năm"
            clause.dated = clause.dated._replace(elements=tuple(day._replace(year=None) for day in days))
    if clause.elements and not _recurs_with(points_of(clause.elements), every):
        return False
    clause.every.append(every)
    return True


def _placed(every: Every, known: Sequence[Every]) -> Every:
    """ "báo cáo quý trước ngày 05 của tháng sau": in the months that the recurrence before it names."""
    months = {month for one in known if one.unit == "month" and not one.unclear for month in one.months}
    if months and not every.unclear and (every.of_period or months <= set(every.months)):
        return every._replace(months=tuple(sorted(months)))
    return every


def _recurs_with(points: Sequence[Point], every: Every) -> bool:
    """Whether the points can be those of such a recurrence: days without month in months, the rest in years."""
    if every.unit == "week" and all(point.grain is Grain.WEEKDAY for point in points):
        return True
    if every.unit == "month" and all(point.grain is Grain.DAY and point.first is None for point in points):
        return True
    if all(point.grain not in DAYS | {Grain.WEEKDAY} for point in points):
        return True
    return every.months == (12,) and all(point.grain is not Grain.WEEKDAY and not point.year for point in points)


def _is_bare_period(clause: Clause) -> bool:
    return bool(clause.dated) and not clause.every and not clause.label and is_label(clause.dated or Dated())
