"""The charts of a report in its workbook: each beside its numbers, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plan_lifecycle.documents.charts._drawing import draw, write_numbers
from plan_lifecycle.domain.chart import Chart, ChartForm

SHEET = "Biểu đồ"
_LOOK = {"font_name": "Times New Roman", "valign": "vcenter"}
_ROWS = 17
"""As many rows as a chart is high, with one to spare."""
_HEIGHT, _BAR = 320, 24


def write_charts(book: Any, charts: Sequence[Chart]) -> None:
    """A sheet of them, behind all others."""
    sheet = book.add_worksheet(SHEET)
    title, plain = book.add_format({**_LOOK, "bold": True, "font_size": 14}), book.add_format(_LOOK)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 4, 14)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    row = 0
    for chart in charts:
        sheet.write_string(row, 0, chart.title, title)
        write_numbers(sheet, chart, row + 1, plain)
        bars = len(chart.categories) if chart.form is ChartForm.STACKED else 0
        height = max(_HEIGHT, bars * _BAR)
        drawn = draw(book, SHEET, chart, row + 1)
        place = {"description": chart.alternative, "x_scale": 1.5, "y_scale": height / 288}
        sheet.insert_chart(row + 1, len(chart.series) + 2, drawn, place)
        row += max(len(chart.categories) + 3, _ROWS * height // _HEIGHT)
