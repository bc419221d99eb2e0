"""The part that a chart is in a Word file, with the workbook that holds its numbers."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import NamedTuple

import xlsxwriter

from plan_lifecycle.documents.charts._drawing import draw, write_numbers
from plan_lifecycle.domain.chart import Chart

_SHEET = "Số liệu"
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed creation date: same inputs, same bytes
_DRAWN = "xl/charts/chart1.xml"
_SAID = (
    ('<c:lang val="en-US"/>', '<c:lang val="vi-VN"/><c:roundedCorners val="0"/>'),
    ('<c:grouping val="stacked"/>', '<c:grouping val="stacked"/><c:varyColors val="0"/>'),
    ('<c:grouping val="clustered"/>', '<c:grouping val="clustered"/><c:varyColors val="0"/>'),
    (
        '<c:showVal val="1"/>',
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>',
    ),
    ("</c:scaling><c:axPos", '</c:scaling><c:delete val="0"/><c:axPos'),
    ('<c:legendPos val="b"/><c:layout/>', '<c:legendPos val="b"/><c:layout/><c:overlay val="0"/>'),
    ("</c:tx><c:layout/>", '</c:tx><c:layout/><c:overlay val="0"/>'),
    ('lang="en-US"', 'lang="vi-VN"'),
)
"""What Office 2007 took for granted, and XlsxWriter leaves unsaid with it, later readers take otherwise: say it."""
_AFTER = b"<c:printSettings>"
_NUMBERS = "rId1"


class WordChart(NamedTuple):
    """The chart part and its workbook, as bytes; ``numbers`` is the relation by which the part leads to it."""

    part: bytes
    workbook: bytes
    numbers: str = _NUMBERS


def chart_part(chart: Chart) -> bytes:
    """A chart as a part of a Word file that has no workbook. Same chart, same bytes."""
    with zipfile.ZipFile(io.BytesIO(_workbook(chart, drawn=True))) as archive:
        drawn = archive.read(_DRAWN).decode()
    for unsaid, said in _SAID:
        drawn = drawn.replace(unsaid, said)
    return drawn.encode()


def word_chart(chart: Chart) -> WordChart:
    """A chart for a Word file, led to a workbook of its own. Same chart, same bytes."""
    source = f'<c:externalData r:id="{_NUMBERS}"><c:autoUpdate val="0"/></c:externalData>'.encode()
    return WordChart(chart_part(chart).replace(_AFTER, source + _AFTER), _workbook(chart, drawn=False))


def _workbook(chart: Chart, *, drawn: bool) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": chart.title, "created": _EPOCH})
    sheet = book.add_worksheet(_SHEET)
    write_numbers(sheet, chart)
    sheet.set_column(0, 0, 40)
    if drawn:
        sheet.insert_chart(0, len(chart.series) + 2, draw(book, _SHEET, chart))
    book.close()
    return stream.getvalue()
