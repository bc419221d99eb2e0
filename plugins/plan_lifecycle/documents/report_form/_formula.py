"""What a plain formula gives: sums, differences, products, quotients and per cents of cells of the same workbook.

A program that makes workbooks without Excel stores formulas without values, or with 0 for each. Nothing else is worked
out, and nothing is looked for outside the file: any other formula has to be computed by the unit's own program.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterable
from datetime import date

from plan_lifecycle.documents.report_form._sheet import Mark, Place, Sheet, column_number
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.writing import half_up

_AREA = regex(
    r"(?<![\w.'!])(?:(?:'(?P<quoted>[^'\[\]]+)'|(?P<name>\w[\w.]*))!)?"
    r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>[1-9]\d{0,6})(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>[1-9]\d{0,6}))?"
    r"(?![\w(!])"
)
_HUNDREDTH = regex(r"(?<=[\w)\]])\s*%")
_PLAIN = regex(r"[A-Z0-9_\s+\-*/().,\[\]]+")
_PERCENT = regex(r"(-?\d+(?:,\d+)?)%")
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_LONGEST = 500
_DEEPEST = 40
_MOST_CELLS = 20_000
_ALIKE = 1e-6


class _NotPlainError(Exception):
    """A formula that is not worked out here."""


_Numbers = list[float | None]
"""The cells of an area; None is an empty one, or a text."""


class Book:
    """The sheets of a workbook by name, and what their formulas give."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._sheets = {sheet.name.lower(): sheet for sheet in sheets}
        self._known: dict[tuple[str, Place], float] = {}
        self._open: set[tuple[str, Place]] = set()
        self._cells = 0

    def value(self, sheet: Sheet, place: Place) -> float | None:
        """What the formula of a cell gives; None where it is not plain, or depends on one that is not."""
        try:
            return self._computed(sheet, place)
        except (_NotPlainError, SyntaxError, ArithmeticError, ValueError, IndexError, RecursionError, MemoryError):
            return None

    def otherwise(self, sheet: Sheet, place: Place) -> float | None:
        """What a cell's formula gives where that is another number than is stored with it."""
        stored = _number(sheet, place) if place in sheet.formulas else None
        computed = self.value(sheet, place) if stored is not None else None
        if computed is None or stored is None or abs(computed - stored) <= _ALIKE * max(1.0, abs(computed)):
            return None
        return computed

    def _computed(self, sheet: Sheet, place: Place) -> float:
        key, text = (sheet.name, place), sheet.formulas.get(place, "")
        if key in self._known:
            return self._known[key]
        if not text or len(text) > _LONGEST or key in self._open or len(self._open) >= _DEEPEST:
            raise _NotPlainError
        areas: list[_Numbers] = []
        self._open.add(key)
        try:
            for match in _AREA.finditer(text):
                areas.append(self._area(sheet, match))
        finally:
            self._open.discard(key)
        numbers = iter(range(len(areas)))
        plain = _HUNDREDTH.sub("/100", _AREA.sub(lambda _match: f" _[{next(numbers)}] ", text.removeprefix("=")))
        if not _PLAIN.fullmatch(plain):
            raise _NotPlainError
        self._known[key] = _one(_worked_out(ast.parse(plain.strip(), mode="eval").body, areas))
        return self._known[key]

    def _area(self, sheet: Sheet, match: re.Match[str]) -> _Numbers:
        name = match["quoted"] or match["name"]
        of = self._sheets.get(name.lower()) if name else sheet
        if of is None:
            raise _NotPlainError
        left, top = column_number(match["left"]), int(match["top"]) - 1
        right = column_number(match["right"]) if match["right"] else left
        bottom = int(match["bottom"]) - 1 if match["bottom"] else top
        self._cells += (abs(right - left) + 1) * (abs(bottom - top) + 1)
        if self._cells > _MOST_CELLS:
            raise _NotPlainError
        rows, columns = range(min(top, bottom), max(top, bottom) + 1), range(min(left, right), max(left, right) + 1)
        found = [self._cell(of, (row, column)) for row in rows for column in columns]
        if len(found) == 1 and found[0] is None and of.text(top, left):
            raise _NotPlainError  # one text is not as good as nothing, as it is in a sum
        return found

    def _cell(self, sheet: Sheet, place: Place) -> float | None:
        if sheet.mark(*place) is Mark.ERROR or isinstance(sheet.cell(*place), bool | date):
            raise _NotPlainError
        stored = _number(sheet, place)
        return self._computed(sheet, place) if stored is None and place in sheet.formulas else stored


def _worked_out(node: ast.expr, areas: list[_Numbers]) -> float | _Numbers:
    match node:
        case ast.Constant(value=bool() | str() | bytes()):
            raise _NotPlainError
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Subscript(value=ast.Name(id="_"), slice=ast.Constant(value=int() as index)):
            return areas[index]
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
            number = _one(_worked_out(operand, areas))
            return -number if isinstance(sign, ast.USub) else number
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_one(_worked_out(left, areas)), _one(_worked_out(right, areas)))
        case ast.Call(func=ast.Name(id="SUM"), args=args, keywords=[]):
            parts = (_worked_out(each, areas) for each in args)
            return sum(number or 0 for part in parts for number in (part if isinstance(part, list) else [part]))
        case ast.Call(func=ast.Name(id="ROUND"), args=[what, places], keywords=[]):
            return _rounded(_one(_worked_out(what, areas)), int(_one(_worked_out(places, areas))))
    raise _NotPlainError


def _rounded(number: float, places: int) -> float:
    if abs(places) > 15:
        raise _NotPlainError
    return half_up(number, places)


def _one(value: float | _Numbers) -> float:
    """A single number; an empty cell is 0."""
    if isinstance(value, list):
        if len(value) != 1:
            raise _NotPlainError
        return value[0] or 0.0
    return value


def _number(sheet: Sheet, place: Place) -> float | None:
    """A cell's number as it is stored: what is shown as a per cent is read as text ("50%") and stored as 0.5."""
    cell = sheet.cell(*place)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    percent = _PERCENT.fullmatch(cell) if isinstance(cell, str) and place in sheet.percents else None
    return float(percent[1].replace(",", ".")) / 100 if percent else None
