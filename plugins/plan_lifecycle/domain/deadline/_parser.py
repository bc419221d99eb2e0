"""From text in normal form to the expressions in it, in order, with the marks that stand between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from plan_lifecycle.domain.deadline import _lexicon as lexicon
from plan_lifecycle.domain.deadline._expressions import Bound, Dated, Every, Item, Mark, Sign, Since
from plan_lifecycle.domain.deadline._points import Point, Span, grained
from plan_lifecycle.domain.regex import regex

_BOUNDS = {
    "BEFORE": Bound.BEFORE,
    "LATEST": Bound.LATEST,
    "DURING": Bound.DURING,
    "DONE": Bound.DONE,
    "AT": Bound.AT,
    "AFTER": Bound.AFTER,
    "EARLY": Bound.EARLY,
    "LATE": Bound.LATE,
    "TENTATIVE": Bound.TENTATIVE,
    "THAT_IS": Bound.THAT_IS,
}
_POINTS: dict[str, Callable[[str], Point]] = {
    "DATE": lexicon.date_point,
    "DAY": lexicon.day_point,
    "MONTH": lexicon.month_point,
    "MONTH_YEAR": lexicon.bare_month_point,
    "QUARTER": lexicon.quarter_point,
    "PART": lexicon.part_point,
    "GENERIC": lexicon.generic_point,
    "YEAR": lexicon.year_point,
    "FEAST": lexicon.feast_point,
    "WEEKDAY": lexicon.weekday_point,
    "NUMBER": lexicon.number_point,
    "ROMAN": lexicon.roman_point,
}
_MARKS = {
    "COMMA": Mark.COMMA,
    "AND": Mark.AND,
    "OR": Mark.OR,
    "SEMICOLON": Mark.SEMICOLON,
    "OPEN": Mark.OPEN,
    "CLOSE": Mark.CLOSE,
    "FOR": Mark.FOR,
} | dict.fromkeys(["DASH", "DIGITS", "CITATION", "WORD", "SIGN", "FROM_NOW"], Mark.WORDS)
_SIGNS = {name: Sign[name] for name in ("ONGOING", "ONWARDS", "PERIODIC", "EVENT", "UNTIL_EVENT", "UNDATABLE")}
_BY_PLAN = regex(r"yêu cầu|đề nghị|chỉ đạo|kế hoạch|tiến độ|lộ trình|lịch|chương trình|phát sinh")


def parse(text: str) -> list[Item]:
    """The items of ``text``, which is in normal form. Total: the grammar takes any text."""
    return _grammar().parse(text)  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _grammar() -> Any:
    from lark import Lark, Transformer

    build = type("Build", (Transformer,), {})()
    for name, make in (_terminals() | _rules()).items():
        setattr(build, name, make)
    source = Path(__file__).with_name("deadline.lark").read_text(encoding="utf-8")
    return Lark(source, parser="lalr", lexer="basic", transformer=build, maybe_placeholders=False)


def _terminals() -> dict[str, Callable[[str], object]]:
    """What each terminal becomes."""
    made: dict[str, Callable[[str], object]] = dict(_POINTS)
    for constants in (_BOUNDS, _MARKS, _SIGNS):
        made |= {name: _always(value) for name, value in constants.items()}
    return made | {
        "HOUR": lambda token: lexicon.hour(token) or Mark.WORDS,
        "FROM": lambda token: Bound.EARLY if "đầu" in token.removeprefix("bắt đầu") else Mark.WORDS,
        "TO": _until,
        "EVERY": lexicon.every,
        "UNPLACED": _always(Every("month", unclear=True, place=True)),
        "COUNT": lambda token: lexicon.count(token) or Mark.WORDS,
        "LAPSE": lambda token: lexicon.count(token) or Mark.WORDS,
        "MANNER": lambda token: Sign.BY_PLAN if _BY_PLAN.search(token) else Sign.MANNER,
    }


def _always(value: object) -> Callable[[str], object]:
    return lambda _: value


def _rules() -> dict[str, Callable[[list[Any]], object]]:
    return {
        "start": _start,
        "dated": lambda parts: _with_trailing(_dated(parts[0], parts[1]), parts[2:]),
        "bare": lambda parts: _with_trailing(_dated(Dated(), parts[0]), parts[1:]),
        "loose": lambda parts: parts[0],
        "head": _head,
        "since": _since,
        "from_number": lambda parts: _dated(Dated(), [_span(parts)]),
        "since_now": lambda parts: _dated(Dated(), [_span([None, *parts[1:]])]),
        "days": _elements,
        "periods": _elements,
        "weekdays": _elements,
        "elements": _elements,
        "span": _span,
        "alone": lambda parts: parts[0],
        "item": lambda _: Mark.WORDS,
    }


def _start(parts: list[Any]) -> list[Item]:
    items: list[Item | Point | Bound] = []
    for part in parts:
        items.extend(part if isinstance(part, list) else [part])
    return _settled(items)


def _settled(items: Sequence[Item | Point | Bound]) -> list[Item]:
    """A bound or a number that led up to no date is only a word, but it blurs the recurrence that it stands before."""
    settled: list[Item] = []
    blurred = False
    for item in items:
        empty = isinstance(item, Dated) and not item.elements and item.hour is None
        if isinstance(item, Every) and blurred:
            item = item._replace(unclear=True)
        blurred = isinstance(item, Dated) and empty and bool(item.bounds & {Bound.EARLY, Bound.BEFORE})
        settled.append(Mark.WORDS if empty or isinstance(item, Point | Bound) else item)
    return settled


def _head(parts: list[Any]) -> Dated:
    bounds: set[Bound] = set()
    hour: time | None = None
    for part in parts:
        if isinstance(part, time):
            hour = part
        elif isinstance(part, Bound):
            bounds.add(part)
        elif isinstance(part, frozenset):
            bounds |= part
    return Dated(frozenset(bounds), hour)


def _dated(head: Dated, elements: list[Any]) -> Dated:
    points = [element for element in elements if not isinstance(element, Mark)]
    hour = next((point.hour for point in points if isinstance(point, Span) and point.hour), head.hour)
    return Dated(head.bounds, hour, grained(points), Mark.OR in elements)


def _with_trailing(dated: Dated, marks: list[Item]) -> list[Item]:
    return [dated, *marks]


def _elements(parts: list[Any]) -> list[Any]:
    return [*parts[0], *parts[1:]] if isinstance(parts[0], list) else parts


def _since(parts: list[Any]) -> Item:
    """ "từ X": a window without end, unless an end follows or the hours of one day were meant."""
    if isinstance(parts[1], time):
        head = Dated(hour=parts[1])
        return _dated(head, [parts[2]])
    element = _span(parts[1:]) if len(parts) > 2 else parts[1]
    return _dated(Dated(), [element]) if isinstance(element, Span) else Since(element, parts[0] is Bound.EARLY)


def _span(parts: list[Any]) -> Span:
    strict = isinstance(parts[1], frozenset) and Bound.BEFORE in parts[1]
    return Span(parts[0], parts[-1], strict, parts[2] if isinstance(parts[2], time) else None)


def _until(text: str) -> frozenset[Bound]:
    extra = {Bound.BEFORE} if "trước" in text else {Bound.EARLY} if "đầu" in text or "giữa" in text else set()
    return frozenset({Bound.UNTIL, *extra})
