"""Writing the form as a workbook: only the columns for figures and evidence can be changed.

Texts are written as strings, whatever they begin with, so a name such as "=HYPERLINK(…)" stays a text.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from plan_lifecycle.documents.report_form._allowed import options_of, rule_of
from plan_lifecycle.documents.report_form._parts import Part, parts_of
from plan_lifecycle.documents.report_form._tasks import FormTask, write_tasks
from plan_lifecycle.documents.report_form._texts import TextRow, write_texts
from plan_lifecycle.documents.row_height import LINE, row_height
from plan_lifecycle.domain.earlier import Earlier
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.profile import Form
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import NOT_YET, YES, answer_text, short_date

MARK = "plan-lifecycle report form 1"
COMPILED = "plan-lifecycle compiled report 1"
"""What the hidden first cell says: a form, or the totals of a compiled report; unit and period stand below it."""
REQUIRED_MARK = " (*)"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed creation date: same inputs, same bytes
_HEADER_ROW = 7
_NAME_WIDTH, _SHORT_WIDTH, _NOTED_WIDTH, _EVIDENCE_WIDTH, _AIM_WIDTH = 52, 14, 34, 40, 30
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_NUMBER_FORMATS = {
    IndicatorType.COUNT: "#,##0",
    IndicatorType.RANK: "0",
    IndicatorType.RATIO: "0.##",
    IndicatorType.SCORE: "#,##0.##",
    IndicatorType.MONEY: "#,##0.###",
    IndicatorType.DATE: "dd/mm/yyyy",
    IndicatorType.TEXT: "@",
    IndicatorType.BOOLEAN: "@",
    IndicatorType.CODE: "0",
}


def write_report_form(
    indicators: Sequence[Indicator],
    unit: Unit,
    period: Period,
    previous: Earlier | None = None,
    *,
    values: Mapping[str, Value] | None = None,
    evidence: Mapping[str, str] | None = None,
    texts: Sequence[TextRow] = (),
    tasks: Sequence[FormTask] = (),
    targets: Mapping[str, str] | None = None,
    forms: Sequence[Form] = (),
) -> bytes:
    """The form of a unit for a period as .xlsx; the same inputs give the same bytes.

    ``previous`` gives the figures of the period before, for a column beside the one to fill in;
    ``values`` and ``evidence`` those that are known already, for the unit to check. ``texts`` are the headings about
    which it writes, on a sheet of their own, and ``tasks`` those of the superior plan that it leads. ``targets`` are
    what the plan sets for an indicator, told beside its field. ``forms`` are those of the profile: where the unit
    reports in several of them, each has a sheet.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"Biểu số liệu {period.label}", "created": _CREATED})
    known = _Known(previous, values or {}, evidence or {}, targets or {})
    formats = _Formats(book)
    for part in parts_of(indicators, forms):
        sheet = book.add_worksheet(part.sheet, _Sheet)
        _head(book, sheet, part.title, unit, period)
        _table(sheet, formats, part, known)
    if texts:
        write_texts(book, texts)
    if tasks:
        write_tasks(book, tasks)
    book.close()
    return stream.getvalue()


class _Sheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose formulas are written as they are: half the time of a form went by in looking through each of them
    for the names of 150 functions of newer Excels, and the checks of a form use none."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("=")


class _Known(NamedTuple):
    """What stands in a form that nobody filled in yet."""

    previous: Earlier | None
    values: Mapping[str, Value]
    evidence: Mapping[str, str]
    targets: Mapping[str, str]


class _Formats:
    """The looks of the cells, made once a workbook."""

    def __init__(self, book: Any) -> None:
        fixed = {**_FONT, "border": 1, "text_wrap": True, "bg_color": "#F2F2F2"}
        self.head = book.add_format({**_FONT, "bold": True, "border": 1, "align": "center", "text_wrap": True})
        self.fixed = book.add_format(fixed)
        self.aside = book.add_format({**_FONT, "italic": True, "text_wrap": True})
        self.right = book.add_format({**fixed, "align": "right"})
        self.free = {
            kind: book.add_format({**_FONT, "border": 1, "text_wrap": True, "locked": False, "num_format": number})
            for kind, number in _NUMBER_FORMATS.items()
        }


def _table(sheet: Any, formats: _Formats, part: Part, known: _Known) -> None:
    """The table of one sheet: a row an indicator, what is known in it."""
    previous = known.previous
    headings = ["Mã", "STT", "Chỉ tiêu", "Đơn vị tính", *([_before_head(previous)] if previous else [])]
    headings += ["Số liệu", "Minh chứng"]
    sheet.set_row(_HEADER_ROW, 2 * LINE)
    for column, heading in enumerate(headings):
        sheet.write_string(_HEADER_ROW, column, heading, formats.head)
    rows = _Rows(formats, sheet, len(headings))
    for ordinal, indicator in enumerate(part.indicators, start=1):
        code = indicator.code
        rows.write(ordinal, indicator, previous, known.values.get(code), known.evidence.get(code, ""))
        if code in known.targets:
            rows.aim(ordinal, known.targets[code])
    aimed = any(indicator.code in known.targets for indicator in part.indicators)
    _layout(sheet, len(headings), len(part.indicators), _before_width(previous), aimed=aimed)


def _before_width(previous: Earlier | None) -> int:
    """Wider where figures come with a note on whose they are."""
    return _NOTED_WIDTH if previous and previous.notes else _SHORT_WIDTH


def _before_head(previous: Earlier) -> str:
    return f"Kỳ trước ({previous.label})"


def _head(book: Any, sheet: Any, name: str, unit: Unit, period: Period) -> None:
    """Titles above the table; the hidden first column says what the form is, whose and of which period."""
    title = book.add_format({**_FONT, "bold": True, "font_size": 14})
    plain = book.add_format(_FONT)
    days = f"số liệu từ ngày {short_date(period.data_from)} đến hết ngày {short_date(period.data_to)}"
    lines = (
        (MARK, name, title),
        (unit.id, f"Đơn vị báo cáo: {unit.agency}", plain),
        (period.code, f"Kỳ báo cáo: {period.label} ({days})", plain),
        ("", "Đề nghị chỉ ghi vào cột “Số liệu” và cột “Minh chứng”; chưa phát sinh thì ghi 0.", plain),
        (
            "",
            "Chưa có số liệu: ghi “chưa có số liệu” (hoặc dấu -) và ghi lý do ở cột “Minh chứng”; không ghi 0.",
            plain,
        ),
        ("", "Số liệu ước thực hiện: ghi chữ “ước” ở cột “Minh chứng”. (*): chỉ tiêu phải có số liệu.", plain),
    )
    for row, (hidden, shown, look) in enumerate(lines):
        sheet.write_string(row, 0, hidden)
        sheet.write_string(row, 1, shown, look)


class _Rows:
    """Writes one row an indicator."""

    def __init__(self, formats: _Formats, sheet: Any, width: int) -> None:
        self._formats, self._sheet, self._width = formats, sheet, width

    def write(
        self,
        ordinal: int,
        indicator: Indicator,
        previous: Earlier | None,
        value: Value | None,
        evidence: str,
    ) -> None:
        """Write the row; ``ordinal`` counts from 1."""
        sheet, row, value_column = self._sheet, _HEADER_ROW + ordinal, self._width - 2
        name = indicator.name + (REQUIRED_MARK if indicator.required else "")
        before = previous.told(indicator) if previous else ""
        texts = (
            (name, _NAME_WIDTH),
            (indicator.measured, _SHORT_WIDTH),
            (before, _before_width(previous)),
            (evidence, _EVIDENCE_WIDTH),
        )
        sheet.set_row(row, row_height(texts))
        for column, text in enumerate((indicator.code, str(ordinal), name, indicator.measured)):
            sheet.write_string(row, column, text, self._formats.fixed)
        if previous:
            sheet.write_string(row, 4, before, self._formats.right)
        self._write_value(row, value_column, _as_shown(value, indicator), self._formats.free[indicator.type])
        self._write_value(row, value_column + 1, evidence or None, self._formats.free[IndicatorType.TEXT])
        if rule := rule_of(indicator, xl_rowcol_to_cell(row, value_column)):
            sheet.data_validation(row, value_column, row, value_column, rule)

    def aim(self, ordinal: int, target: str) -> None:
        """Tell the plan's target at the end of the row, beside what is to be filled in."""
        row = _HEADER_ROW + ordinal
        self._sheet.write_string(row, self._width, f"Mục tiêu của kế hoạch: {target}", self._formats.aside)

    def _write_value(self, row: int, column: int, value: Value | None, look: Any) -> None:
        match value:
            case None:
                self._sheet.write_blank(row, column, None, look)
            case bool():
                self._sheet.write_string(row, column, YES if value else NOT_YET, look)
            case date():
                self._sheet.write_datetime(row, column, value, look)
            case str():
                self._sheet.write_string(row, column, value, look)
            case _:
                self._sheet.write_number(row, column, value, look)


def _as_shown(value: Value | None, indicator: Indicator) -> Value | None:
    """A value as its cell holds it: of a code the words of its list, of a share of 1 % or less one with its sign, for
    a bare number there may be one of hundred times as much."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if indicator.type is IndicatorType.CODE:
        options = {number: words for (number, _), words in zip(indicator.options, options_of(indicator), strict=False)}
        return options.get(int(value), value)
    return answer_text(value, indicator) if indicator.type is IndicatorType.RATIO and 0 < value <= 1 else value


def _layout(sheet: Any, width: int, rows: int, before: int, *, aimed: bool) -> None:
    """Columns as wide as what stands in them; what is printed has the plan's targets with it, where there are some."""
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(1, 1, 6)
    sheet.set_column(2, 2, _NAME_WIDTH)
    sheet.set_column(3, 3, _SHORT_WIDTH)
    sheet.set_column(4, width - 2, before)
    sheet.set_column(width - 2, width - 2, _SHORT_WIDTH)
    sheet.set_column(width - 1, width - 1, _EVIDENCE_WIDTH)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    if aimed:
        sheet.set_column(width, width, _AIM_WIDTH)
    sheet.print_area(0, 1, _HEADER_ROW + rows, width if aimed else width - 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
