"""A cell of figures that is a formula: its stored value, or what it gives where the file has none."""

from __future__ import annotations

from plan_lifecycle.documents.report_form._formula import Book
from plan_lifecycle.documents.report_form._sheet import Mark, Place, Sheet
from plan_lifecycle.domain.figure_text import Cell
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.submission import Finding, Rule
from plan_lifecycle.domain.writing import first_up

_SHOWN = 60
_SAVE = "đề nghị mở tệp bằng Excel, lưu lại rồi gửi."
_CHECK = "đề nghị kiểm tra lại."


def computed(book: Book, sheet: Sheet, place: Place, indicator: Indicator) -> tuple[Cell, tuple[Finding, ...]]:
    """What counts for a cell, and what is said of it; a finding that blocks leaves it without a value."""
    mark, cell, name = sheet.mark(*place), sheet.cell(*place), f"“{indicator.name}”"
    formula = sheet.formulas.get(place, "").removeprefix("=")
    shown = f" (={formula[:_SHOWN]}{'…' if len(formula) > _SHOWN else ''})" if formula else ""
    if mark is Mark.ERROR:
        return None, (_said(sheet, place, indicator, f"{name} là {cell}, công thức không tính được{shown}; {_CHECK}"),)
    if mark is not Mark.NO_VALUE:
        otherwise = _cell(book.otherwise(sheet, place), sheet, place)
        if otherwise is None:
            return cell, ()
        text = f"{name} lưu giá trị {_words(cell)}, công thức{shown} lại cho {_words(otherwise)}; {_SAVE}"
        return None, (_said(sheet, place, indicator, text),)
    value = _cell(book.value(sheet, place), sheet, place)
    if value is None:
        return None, (_said(sheet, place, indicator, f"{name} là công thức chưa có giá trị{shown}; {_SAVE}"),)
    text = f"{name} là công thức chưa có giá trị{shown}, được tính là {_words(value)}."
    return value, (_said(sheet, place, indicator, text, blocks=False),)


def _said(sheet: Sheet, place: Place, indicator: Indicator, text: str, *, blocks: bool = True) -> Finding:
    return Finding(Rule.REPORT_FORMULA, f"{first_up(sheet.at(*place))}: {text}", blocks, about=indicator.code)


def _cell(number: float | None, sheet: Sheet, place: Place) -> Cell:
    """A computed number as a cell holds it: a per cent as text, a whole number whole."""
    if number is None:
        return None
    if place in sheet.percents:
        return f"{100 * number:.10g}%".replace(".", ",")
    number = float(f"{number:.12g}")
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _words(cell: Cell) -> str:
    return f"{cell:.12g}".replace(".", ",") if isinstance(cell, float) else str(cell)
