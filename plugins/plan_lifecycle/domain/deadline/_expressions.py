"""What the grammar finds in a phrase, before it is known which pieces belong together."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import NamedTuple

from plan_lifecycle.domain.deadline._points import Element, Point


class Bound(StrEnum):
    """How a phrase leads up to a date."""

    BEFORE = "before"
    LATEST = "latest"
    DURING = "during"
    DONE = "done"
    AT = "at"
    AFTER = "after"
    UNTIL = "until"
    EARLY = "early"
    LATE = "late"
    TENTATIVE = "tentative"
    THAT_IS = "that is"


class Mark(StrEnum):
    """What stands between two expressions."""

    COMMA = ","
    AND = "và"
    OR = "hoặc"
    SEMICOLON = ";"
    OPEN = "("
    CLOSE = ")"
    FOR = "đối với"
    WORDS = "…"


class Sign(StrEnum):
    """Expressions that say all by being there."""

    ONGOING = "ongoing"
    ONWARDS = "onwards"
    PERIODIC = "periodic"
    EVENT = "event"
    MANNER = "manner"
    BY_PLAN = "by plan"
    UNTIL_EVENT = "until event"
    UNDATABLE = "undatable"


class Dated(NamedTuple):
    """Points and spans under their bounds; no elements where only an hour is named."""

    bounds: frozenset[Bound] = frozenset()
    hour: time | None = None
    elements: tuple[Element, ...] = ()
    alternatives: bool = False


class Since(NamedTuple):
    """An open window; ``vague`` where it starts "từ đầu năm"."""

    start: Point
    vague: bool = False


class Every(NamedTuple):
    """A recurrence: each day, each week, or once in each of ``months`` (the last month of each period).

    ``later``: so many months after that ("tháng sau", "tháng đầu quý sau"). ``of_period``: the months are those of
    whatever period is reported on ("tháng cuối kỳ báo cáo").
    ``pinned``: a day of the month alone is enough to find the date. ``unclear``: how often, but not when.
    ``working``: the last *working* day. ``place``: it only says where in a period a day lies.
    """

    unit: str
    months: tuple[int, ...] = ()
    pinned: bool = False
    unclear: bool = False
    working: bool = False
    place: bool = False
    later: int = 0
    of_period: bool = False


class Count(NamedTuple):
    """A lapse of ``number`` units from ``anchor``.

    ``unit`` is ``day``, ``working day``, ``week``, ``month``, ``year`` or ``hour``; ``direction`` is -1 where it
    counts back from the anchor.
    """

    number: int
    unit: str
    direction: int
    anchor: str


Expression = Dated | Since | Every | Count | Sign
Item = Expression | Mark
