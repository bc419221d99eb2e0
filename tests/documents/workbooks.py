"""Workbooks as units make them, built for tests: rows of cells, and what was done to the sheet afterwards."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

from plan_lifecycle.config.indicators import read_indicators
from plan_lifecycle.documents.report_form import ReportFormReading, read_report_form
from plan_lifecycle.domain.indicator import of_year
from plan_lifecycle.domain.period import Period
from plan_lifecycle.settings import ROOT

INDICATORS = of_year(read_indicators(ROOT / "config/indicators.yaml"), 2023, 2)
H1 = Period.parse("2023-H1")
HEAD = ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú")
PLANNED, DONE = "Số nhiệm vụ theo kế hoạch", "Số nhiệm vụ đã hoàn thành"
SHARE = "Tỷ lệ hoàn thành kế hoạch"
NEWS, SOCIAL = "Số tin, bài đăng trên cổng (trang) thông tin điện tử", "Số tin, bài đăng trên mạng xã hội"
ONLINE = "Tổng số tin, bài đã đăng trên môi trường mạng"
GIVEN, SPENT = "Kinh phí được giao", "Kinh phí đã sử dụng"
CONFERENCES, LEAFLETS = "Số hội nghị, hội thảo", "Số tờ rơi, tờ gấp đã phát"
ISSUED_ON = "Ngày ban hành kế hoạch triển khai"

Row = Sequence[object]
Change = Callable[[Any, Any], object]
"""What is done to a sheet once it is written: it is given the sheet and the book."""


def book(*sheets: tuple[str, Sequence[Row]] | tuple[str, Sequence[Row], Change]) -> bytes:
    """A workbook; a cell is a value, a formula ("=B2+B3", stored without a value), or (value, its format)."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_urls": False}) as made:
        for name, rows, *change in sheets:
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    value, look = cell if isinstance(cell, tuple) else (cell, {})
                    _write(sheet, number, column, value, made.add_format(look) if look else None)
            for act in change:
                act(sheet, made)
    return stream.getvalue()


def _write(sheet: Any, row: int, column: int, value: object, look: Any) -> None:
    if isinstance(value, str) and value.startswith("="):
        sheet.write_formula(row, column, value, look, "")
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif value is not None:
        sheet.write(row, column, value, look)


def form(*pairs: tuple[str, object] | tuple[str, object, str], above: Sequence[str] = ()) -> list[Row]:
    """The rows of a form: titles, the usual heading, then a row for each (indicator, value, unit of measure)."""
    rows: list[Row] = [*((line,) for line in above), HEAD]
    for number, (name, value, *unit) in enumerate(pairs, start=1):
        rows.append((number, name, unit[0] if unit else "", value, ""))
    return rows


def read(data: bytes, period: Period | None = H1) -> ReportFormReading:
    """The workbook as it is read for a district's report of a period."""
    return read_report_form(data, INDICATORS, period)


def figures(reading: ReportFormReading) -> dict[str, object]:
    """Values by indicator."""
    return {figure.indicator: figure.value for figure in reading.figures}


def told(reading: ReportFormReading) -> list[tuple[str, str]]:
    """The findings: rule and grade, "blocks", "doubt" or "said"."""
    return [
        (finding.rule.value, "blocks" if finding.blocks else "doubt" if finding.doubt else "said")
        for finding in reading.findings
    ]
