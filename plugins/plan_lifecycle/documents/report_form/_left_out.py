"""What was not counted, in words: hidden and struck cells, rows about something else, columns that are not known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from plan_lifecycle.documents.report_form._finder import Finder
from plan_lifecycle.documents.report_form._rows import Row
from plan_lifecycle.documents.report_form._sheet import Mark, Sheet
from plan_lifecycle.documents.report_form._table import Found, TableReading
from plan_lifecycle.documents.report_form._workbook import MAX_ROWS
from plan_lifecycle.domain.figure_check import TO_LOOK_AT
from plan_lifecycle.domain.figure_text import is_blank
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.submission import Finding, Rule
from plan_lifecycle.domain.writing import first_up

_NAMED = 4
_RULES = {Mark.STRUCK: Rule.REPORT_STRUCK, Mark.INVISIBLE: Rule.REPORT_HIDDEN}
_WORDS = {Mark.STRUCK: "bị gạch ngang", Mark.INVISIBLE: "đang ẩn"}


def left_out(sheet: Sheet, tables: Sequence[TableReading]) -> Iterator[Finding]:
    """Tell which figures of a sheet do not count since they are hidden or struck out."""
    for mark, rule in _RULES.items():
        gone = [each for table in tables for each in table.left_out.get(mark, [])]
        if gone:
            cells = [
                f"“{indicator.name}” ({sheet.spot(*at)}: {sheet.text(*at)})" for at, indicator in _places(tables, mark)
            ]
            text = f"{TO_LOOK_AT}{sheet.where}: số liệu {_WORDS[mark]} không được tính: {_listed(cells)}"
            about = " ".join(indicator.code for _row, indicator in gone)
            yield Finding(rule, f"{text}; đề nghị xác nhận.", blocks=False, doubt=True, about=about)


def _places(tables: Sequence[TableReading], mark: Mark) -> Iterator[tuple[tuple[int, int], Indicator]]:
    for table in tables:
        for row, indicator in table.left_out.get(mark, []):
            yield (row.number, -1 if table.columns.value is None else table.columns.value), indicator


def hidden_sheet(sheet: Sheet, figures: Sequence[Found], *, sure: bool) -> Finding:
    """Tell of a hidden sheet that holds figures, too; ``sure``: it says itself that it is of another period."""
    text = f"{sheet.where} đang ẩn, có {len(figures)} số liệu không được tính"
    text = f"{first_up(text)}." if sure else f"{TO_LOOK_AT}{text}; đề nghị xác nhận."
    return Finding(Rule.REPORT_HIDDEN, text, blocks=False, doubt=not sure, about=sheet.name)


def cut_off(sheet: Sheet) -> Finding:
    """Tell that a sheet goes on below what was read of it."""
    count = f"{MAX_ROWS:,}".replace(",", ".")
    text = f"{TO_LOOK_AT}{sheet.where}: chỉ đọc {count} hàng đầu, các hàng sau chưa được đọc"
    text = f"{text}; đề nghị chỉ gửi biểu số liệu của kỳ này."
    return Finding(Rule.REPORT_SHEET, text, blocks=False, doubt=True, about=sheet.name)


def strange_rows(sheet: Sheet, tables: Sequence[TableReading]) -> Iterator[Finding]:
    """Tell of rows with figures that are about no indicator of the period."""
    rows = [row for table in tables if table.seen or len(tables) == 1 for row in table.strange]
    if len(rows) > _NAMED:
        text = f"{sheet.where}: {len(rows)} hàng không thuộc các chỉ tiêu của kỳ báo cáo này: {_listed(_names(rows))}"
        yield _strange(text, sheet.name)
        return
    for row in rows:
        name = (row.name or row.code)[:120]
        text = f"{sheet.at(row.number)}: “{name}” không thuộc các chỉ tiêu của kỳ báo cáo này"
        yield _strange(text, sheet.at(row.number))


def _strange(text: str, about: str) -> Finding:
    text = f"{TO_LOOK_AT}{text}; nếu là chỉ tiêu của biểu, đề nghị ghi đúng tên."
    return Finding(Rule.REPORT_ROW, text, blocks=False, doubt=True, about=about)


def _names(rows: Sequence[Row]) -> list[str]:
    return [f"“{(row.name or row.code)[:60]}” (hàng {row.number + 1})" for row in rows]


def columns_unknown(
    sheet: Sheet, tables: Sequence[TableReading], finder: Finder, known: Collection[str]
) -> list[tuple[Finding, set[str]]]:
    """Tell of indicators that a sheet names without it being known in which column their figure stands."""
    found = []
    for table in tables:
        missing = {code for code in table.seen if table.columns.value is None} - {*known}
        if missing:
            choices = ", ".join(f"“{choice}”" for choice in table.columns.choices)
            at = first_up(sheet.at(table.columns.heading))
            text = f"{at}: chưa rõ cột nào là số liệu của kỳ báo cáo này ({choices})"
            text = f"{text}; đề nghị ghi số liệu của kỳ này vào cột “Số liệu”."
            found.append((Finding(Rule.REPORT_COLUMN, text, about=sheet.at(table.columns.heading)), missing))
    lost = dict(_without_heading(sheet, tables, finder, known))
    if lost:
        cells = [f"“{indicator.name}” (hàng {row + 1})" for row, indicator in lost.values()]
        text = f"{first_up(sheet.where)}: chưa xác định được cột số liệu của {_listed(cells)}"
        text = f"{text}; đề nghị ghi dưới tiêu đề có cột “Chỉ tiêu” và cột “Số liệu”."
        found.append((Finding(Rule.REPORT_COLUMN, text, about=sheet.where), {*lost}))
    return found


def _without_heading(
    sheet: Sheet, tables: Sequence[TableReading], finder: Finder, known: Collection[str]
) -> Iterator[tuple[str, tuple[int, Indicator]]]:
    """The indicators named outside all tables, with something in a cell beside them."""
    read = {row for table in tables for row in range(table.columns.heading, table.columns.end)}
    for row in range(len(sheet.cells)):
        if row in read or row in sheet.hidden_rows or not any(map(_holds_figure, sheet.cells[row])):
            continue
        for column, cell in enumerate(sheet.cells[row]):
            indicator = finder.exactly(cell) if isinstance(cell, str) and len(cell) < 300 else None
            beside = sheet.cells[row][column + 1 :]
            if indicator and indicator.code not in known and any(map(_holds_figure, beside)):
                yield indicator.code, (row, indicator)


def _holds_figure(cell: object) -> bool:
    return isinstance(cell, int | float) or (
        isinstance(cell, str) and not is_blank(cell) and any(sign.isdigit() for sign in cell)
    )


def _listed(things: Sequence[str]) -> str:
    more = f" và {len(things) - _NAMED} mục khác" if len(things) > _NAMED else ""
    return ", ".join(things[:_NAMED]) + more
