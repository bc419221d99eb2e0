"""A clause: the expressions of one duty, each in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from plan_lifecycle.domain.deadline._expressions import Count, Dated, Every, Sign, Since
from plan_lifecycle.domain.deadline._points import Element, Grain, Point, points_of

DAYS = frozenset({Grain.DAY, Grain.FEAST})
"""The grains that are one day."""


@dataclass(slots=True)
class Clause:
    """The expressions of one duty, each in its place.

    ``label`` is the period that is reported on ("**6 tháng** (trước ngày 16/6)"), ``restated`` what a bracket says
    the date is, ``weekday`` one named beside its date.
    """

    dated: Dated | None = None
    label: tuple[Element, ...] = ()
    restated: Dated | None = None
    weekday: Point | None = None
    every: list[Every] = field(default_factory=list)
    since: Since | None = None
    count: Count | None = None
    sign: Sign | None = None
    ongoing: bool = False
    onwards: bool = False
    periodic: bool = False
    until_event: bool = False

    @property
    def elements(self) -> tuple[Element, ...]:
        """The points and spans named so far."""
        return self.dated.elements if self.dated else ()

    @property
    def empty(self) -> bool:
        """Whether nothing has been said but, perhaps, *định kỳ*."""
        return self == Clause(periodic=self.periodic)


def has_days(dated: Dated) -> bool:
    """Whether single days are named, and nothing else."""
    return bool(dated.elements) and all(point.grain in DAYS for point in points_of(dated.elements))


def is_label(dated: Dated) -> bool:
    """Whether periods are named with no bound and no hour."""
    periods = all(point.grain not in DAYS | {Grain.WEEKDAY} for point in points_of(dated.elements))
    return bool(dated.elements) and periods and not dated.bounds and dated.hour is None


def are_generic(elements: Sequence[Element]) -> bool:
    """Whether all are reporting periods of any year: "6 tháng, năm"."""
    return all(point.generic for point in points_of(elements))
