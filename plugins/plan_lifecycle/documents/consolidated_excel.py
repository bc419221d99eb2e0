"""The consolidated report as a workbook: totals, every unit's figures as numbers, who is missing or late.

Texts are written as strings, whatever they begin with: a unit's "=HYPERLINK(…)" stays a text.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from plan_lifecycle.domain.indicator import Indicator, Total, Value
from plan_lifecycle.domain.report import Contribution, Standing
from plan_lifecycle.domain.writing import short_date, write_value

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed creation date: same inputs, same bytes


def write_consolidated_excel(
    title: str,
    indicators: Sequence[Indicator],
    totals: Sequence[Total],
    contributions: Sequence[Contribution],
    standing: Standing,
) -> bytes:
    """The workbook as bytes: sheets "Tổng hợp", "Từng đơn vị" (units × indicators) and "Tình hình gửi"."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _EPOCH})
    look = {
        "title": book.add_format({"bold": True, "font_name": "Times New Roman", "font_size": 14}),
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "font_name": "Times New Roman"}
        ),
        "cell": book.add_format({"border": 1, "text_wrap": True, "font_name": "Times New Roman"}),
        "number": book.add_format({"border": 1, "num_format": "#,##0.##", "font_name": "Times New Roman"}),
    }
    _totals(book.add_worksheet("Tổng hợp"), look, title, indicators, totals, standing)
    _matrix(book.add_worksheet("Từng đơn vị"), look, indicators, totals, contributions)
    _standing(book.add_worksheet("Tình hình gửi"), look, contributions)
    book.close()
    return stream.getvalue()


def _totals(
    sheet: Any,
    look: dict[str, Any],
    title: str,
    indicators: Sequence[Indicator],
    totals: Sequence[Total],
    standing: Standing,
) -> None:
    sheet.write_string(0, 0, title, look["title"])
    sheet.write_string(1, 0, f"Đã nhận báo cáo của {standing.received}/{standing.expected} cơ quan, đơn vị")
    _header(sheet, 3, look, ("Mã", "Chỉ tiêu", "Đơn vị tính", "Tổng số", "Số đơn vị có số liệu"))
    for row, (indicator, total) in enumerate(zip(indicators, totals, strict=True), start=4):
        sheet.write_string(row, 0, indicator.code, look["cell"])
        sheet.write_string(row, 1, indicator.name, look["cell"])
        sheet.write_string(row, 2, indicator.unit_of_measure, look["cell"])
        _value(sheet, row, 3, total.value, indicator, look)
        sheet.write_number(row, 4, total.reporters, look["number"])
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 4, 16)
    sheet.freeze_panes(4, 0)


def _matrix(
    sheet: Any,
    look: dict[str, Any],
    indicators: Sequence[Indicator],
    totals: Sequence[Total],
    contributions: Sequence[Contribution],
) -> None:
    _header(sheet, 0, look, ("Mã đơn vị", "Cơ quan, đơn vị", *(each.name for each in indicators)))
    for row, contribution in enumerate(contributions, start=1):
        values = {figure.indicator: figure.value for figure in contribution.figures}
        sheet.write_string(row, 0, contribution.unit_id, look["cell"])
        sheet.write_string(row, 1, contribution.unit_name, look["cell"])
        for column, indicator in enumerate(indicators, start=2):
            _value(sheet, row, column, values.get(indicator.code), indicator, look)
    last = len(contributions) + 1
    sheet.write_string(last, 1, "Cộng", look["head"])
    for column, (indicator, total) in enumerate(zip(indicators, totals, strict=True), start=2):
        _value(sheet, last, column, total.value, indicator, look)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 2 + len(indicators), 14)
    sheet.freeze_panes(1, 2)


def _standing(sheet: Any, look: dict[str, Any], contributions: Sequence[Contribution]) -> None:
    heads = ("Mã đơn vị", "Cơ quan, đơn vị", "Thời hạn", "Ngày nhận", "Số ngày chậm", "Số, ký hiệu", "Tình hình")
    _header(sheet, 0, look, heads)
    for row, each in enumerate(contributions, start=1):
        state = "Chưa nhận được" if not each.counts else "Chậm" if each.days_late else "Đúng thời hạn"
        received = short_date(each.received_at.date()) if each.counts and each.received_at else ""
        texts = (each.unit_id, each.unit_name, short_date(each.due_on) if each.due_on else "", received)
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, look["cell"])
        sheet.write_number(row, 4, each.days_late, look["number"])
        sheet.write_string(row, 5, each.document or "", look["cell"])
        sheet.write_string(row, 6, state, look["cell"])
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 6, 16)
    sheet.freeze_panes(1, 2)


def _header(sheet: Any, row: int, look: dict[str, Any], names: Sequence[str]) -> None:
    for column, name in enumerate(names):
        sheet.write_string(row, column, name, look["head"])


def _value(
    sheet: Any,
    row: int,
    column: int,
    value: Value | tuple[Value, ...] | None,
    indicator: Indicator,
    look: dict[str, Any],
) -> None:
    if value is None:
        sheet.write_blank(row, column, None, look["cell"])
    elif isinstance(value, tuple):
        sheet.write_string(row, column, "; ".join(write_value(each, indicator) for each in value), look["cell"])
    elif isinstance(value, bool | str | date):
        sheet.write_string(row, column, write_value(value, indicator), look["cell"])
    else:
        sheet.write_number(row, column, value, look["number"])
