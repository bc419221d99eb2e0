"""The sheet of a form that is filled in with words: one row a heading of the report, its code hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from plan_lifecycle.documents.report_form._workbook import every_sheet
from plan_lifecycle.documents.row_height import LINE, row_height
from plan_lifecycle.domain.passage import OTHER, Passage
from plan_lifecycle.domain.text import nfc, normalise

SHEET = "Nội dung báo cáo"
SECTION_HEAD = "Mã đề mục"
WHOSE_HEAD = "Cơ quan, đơn vị"
"""Of a compiled workbook of ours: the column that says which unit wrote a paragraph."""
_HEADS = (SECTION_HEAD, "Đề mục", "Nội dung")
_WIDTHS = (48, 110)
_HEADER_ROW = 2
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True}
_LONGEST = 32_000


class TextRow(NamedTuple):
    """A heading about which a unit writes, with what it has written: ``heading`` is "III.1. Mặt tích cực"."""

    section: str
    heading: str
    text: str = ""


def write_texts(book: Any, rows: Sequence[TextRow]) -> None:
    """Add the sheet to a workbook."""
    sheet = book.add_worksheet(SHEET)
    title = book.add_format({**_FONT, "bold": True, "font_size": 14, "text_wrap": False})
    plain = book.add_format({**_FONT, "text_wrap": False})
    head = book.add_format({**_FONT, "bold": True, "border": 1, "align": "center"})
    fixed = book.add_format({**_FONT, "border": 1, "bg_color": "#F2F2F2"})
    free = book.add_format({**_FONT, "border": 1, "locked": False, "num_format": "@"})
    sheet.write_string(0, 1, "NỘI DUNG BÁO CÁO", title)
    sheet.write_string(1, 1, "Đề nghị chỉ ghi vào cột “Nội dung”; không có nội dung thì để trống.", plain)
    for column, name in enumerate(_HEADS):
        sheet.write_string(_HEADER_ROW, column, name, head)
    for number, row in enumerate(rows, start=_HEADER_ROW + 1):
        sheet.set_row(number, max(row_height(((row.heading, _WIDTHS[0]), (row.text, _WIDTHS[1]))) or 0, 2 * LINE))
        sheet.write_string(number, 0, row.section, fixed)
        sheet.write_string(number, 1, row.heading, fixed)
        sheet.write_string(number, 2, row.text[:_LONGEST], free)
    sheet.set_column(0, 0, None, None, {"hidden": True})
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def read_form_texts(data: bytes) -> tuple[Passage, ...]:
    """Read what was written into a form's sheet of words, line by line; nothing where it has none. Raises BadDocument.

    A row whose code is lost belongs to no section, and keeps its heading. In a compiled workbook of ours each line says
    whose it is.
    """
    return tuple(passage for sheet in every_sheet(data) for passage in _of_sheet(sheet.cells))


def _of_sheet(grid: Sequence[Sequence[object]]) -> Iterator[Passage]:
    wanted = [normalise(head) for head in _HEADS]
    texts = [[normalise(str(cell)) if cell is not None else "" for cell in row] for row in grid[:20]]
    header = next((number for number, row in enumerate(texts) if wanted[2] in row and wanted[1] in row), None)
    if header is None:
        return
    heading_at, text_at = texts[header].index(wanted[1]), texts[header].index(wanted[2])
    code_at, whose_at = (
        texts[header].index(head) if head in texts[header] else None for head in (wanted[0], normalise(WHOSE_HEAD))
    )
    for number, row in enumerate(grid[header + 1 :], start=header + 2):
        section = _text(row, code_at) if code_at is not None else OTHER
        whose = f"{_text(row, whose_at)}: " if whose_at is not None else ""
        for line in _text(row, text_at).splitlines():
            if line.strip():
                yield Passage(section, whose + " ".join(line.split()), _text(row, heading_at), number)


def _text(row: Sequence[object], column: int) -> str:
    cell = row[column] if column < len(row) else None
    return nfc(str(cell)).strip() if cell is not None else ""
