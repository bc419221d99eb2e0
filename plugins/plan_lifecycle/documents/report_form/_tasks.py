"""The sheet of a form that tells of the superior plan's tasks: one row a task, its key hidden.

Sở Tư pháp finds the tasks that it leads with their days, and says of each whether it is done, on which day and by which
paper. The same table may stand in a Word report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plan_lifecycle.documents.read import NotAPlan, Table, read_blocks
from plan_lifecycle.documents.report_form._workbook import every_sheet
from plan_lifecycle.documents.row_height import LINE, row_height
from plan_lifecycle.domain.figure_text import is_blank
from plan_lifecycle.domain.plan_task import SAID_WORDS, Said
from plan_lifecycle.domain.text import nfc, normalise
from plan_lifecycle.domain.writing import short_date

TASK_SHEET = "Nhiệm vụ của kế hoạch"
_HEADS = (
    "Mã nhiệm vụ", "Nhiệm vụ", "Thời gian theo kế hoạch", "Tình hình thực hiện", "Ngày hoàn thành",
    "Văn bản, sản phẩm", "Khó khăn, ghi chú",
)  # fmt: skip
_WIDTHS = (60, 24, 20, 14, 34, 40)
_KEY, _NAME, _TIME, _SAID, _DAY, _PAPER, _NOTE = range(7)
_HEADER_ROW = 2
_FIRST_FREE = 3
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True}
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class FormTask:
    """A task in a form: its key and words, its time as the plan says it, and what the unit says of it, as typed."""

    key: str
    name: str
    time: str = ""
    said: str = ""
    done_on: str = ""
    paper: str = ""
    note: str = ""


def write_tasks(book: Any, tasks: Sequence[FormTask]) -> None:
    """Add the sheet to a workbook."""
    sheet = book.add_worksheet(TASK_SHEET)
    plain = book.add_format({**_FONT, "text_wrap": False})
    head = book.add_format({**_FONT, "bold": True, "border": 1, "align": "center"})
    fixed = book.add_format({**_FONT, "border": 1, "bg_color": "#F2F2F2"})
    free = book.add_format({**_FONT, "border": 1, "locked": False, "num_format": "@"})
    title = book.add_format({**_FONT, "bold": True, "font_size": 14, "text_wrap": False})
    sheet.write_string(0, 1, "NHIỆM VỤ CỦA KẾ HOẠCH DO ĐƠN VỊ CHỦ TRÌ", title)
    sheet.write_string(1, 1, "Chọn tình hình thực hiện; đã hoàn thành thì ghi ngày và số, ký hiệu văn bản.", plain)
    for column, name in enumerate(_HEADS):
        sheet.write_string(_HEADER_ROW, column, name, head)
    for row, task in enumerate(tasks, start=_HEADER_ROW + 1):
        cells = (task.key, task.name, task.time, task.said, task.done_on, task.paper, task.note)
        sheet.set_row(row, max(row_height(tuple(zip(cells[1:], _WIDTHS, strict=True))) or 0, LINE))
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text[:_LONGEST], free if column >= _FIRST_FREE else fixed)
        answers = [words for said, words in SAID_WORDS.items() if said is not Said.OPEN]
        sheet.data_validation(row, _SAID, row, _SAID, {"validate": "list", "source": answers, "ignore_blank": True})
    sheet.set_column(0, 0, None, None, {"hidden": True})
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_HEADER_ROW + 1, 2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def read_form_tasks(data: bytes, kind: str) -> tuple[FormTask, ...]:
    """What a unit wrote of the plan's tasks, in a workbook ("xlsx") or a Word file ("docx"), as it stands there.

    Rows of which nothing is said are left out; a row whose key is lost has its words only. Raises BadDocument.
    """
    grids = _of_word(data) if kind == "docx" else (sheet.cells for sheet in every_sheet(data))
    return tuple(task for grid in grids for task in _of_grid(grid))


def _of_word(data: bytes) -> Iterator[Sequence[Sequence[object]]]:
    try:
        blocks = read_blocks(data)
    except NotAPlan:
        return
    for block in blocks:
        if isinstance(block, Table):
            yield [[cell.text for cell in row] for row in block.rows]


def _of_grid(grid: Sequence[Sequence[object]]) -> Iterator[FormTask]:
    wanted = [normalise(head) for head in _HEADS]
    heads = next(
        (
            (number, cells)
            for number, row in enumerate(grid[:20])
            if {wanted[_NAME], wanted[_SAID]} <= set(cells := [normalise(_text(cell)) for cell in row])
        ),
        None,
    )
    if heads is None:
        return
    number, cells = heads
    places = [cells.index(name) if name in cells else None for name in wanted]
    for row in grid[number + 1 :]:
        task = FormTask(*(_said(row[at]) if at is not None and at < len(row) else "" for at in places))
        if _says(task):
            yield task


def _says(task: FormTask) -> bool:
    return any((task.said, task.done_on, task.paper, task.note))


def _said(cell: object) -> str:
    """What a cell says; a dash, or the dots of a list in which nothing was chosen, say nothing."""
    text = _text(cell)
    return "" if is_blank(text) else text


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return short_date(cell)
    return " ".join(nfc(str(cell)).split()) if cell is not None else ""
