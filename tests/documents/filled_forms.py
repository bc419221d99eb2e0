"""Xã Bình An's form, and tables of its own with the same figures."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import xlsxwriter
from python_calamine import CalamineWorkbook

from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.unit import Unit, UnitKind

BINH_AN = Unit("vn3-23014", "xã Bình An", UnitKind.COMMUNE, 3)
H1 = Period.parse("2023-H1")
ISSUED = Indicator("plan_issued", "Đã ban hành kế hoạch", "", IndicatorType.BOOLEAN, RollUp.SHARE, (3,), required=True)
ISSUED_ON = Indicator("plan_date", "Ngày ban hành kế hoạch", "", IndicatorType.DATE, RollUp.NONE, (3,))
NEWS = Indicator(
    "news", "Số tin, bài trên trang thông tin", "tin, bài", IndicatorType.COUNT, RollUp.SUM, (3,), required=True
)
DONE = Indicator("done", "Tỷ lệ hoàn thành kế hoạch", "%", IndicatorType.RATIO, RollUp.MEAN, (3,), maximum=100)
SPENT = Indicator("spent", "Kinh phí đã sử dụng", "triệu đồng", IndicatorType.MONEY, RollUp.SUM, (3,))
MODELS = Indicator("models", "Mô hình, sáng kiến hay", "", IndicatorType.TEXT, RollUp.LIST, (3,))
ALL = (ISSUED, ISSUED_ON, NEWS, DONE, SPENT, MODELS)
VALUES = {
    "plan_issued": True,
    "plan_date": date(2023, 2, 20),
    "news": 1250,
    "done": 85.5,
    "spent": 12.5,
    "models": "=1+1",
}
HEADING = ("STT", "Mã", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Minh chứng")


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook of one sheet, as a unit may send it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def word(*tables: list[tuple[str, ...]]) -> bytes:
    """A Word report with these tables."""
    document = docx.Document()
    document.add_paragraph("BÁO CÁO")
    for rows in tables:
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def grid(data: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
