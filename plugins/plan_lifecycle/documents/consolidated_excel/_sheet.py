"""A sheet that is written row by row, in the looks of a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from plan_lifecycle.documents.row_height import LINE, row_height
from plan_lifecycle.domain.indicator import Indicator, Value
from plan_lifecycle.domain.writing import write_value

_FONT = {"font_name": "Times New Roman", "valign": "vcenter"}
_HEAD_LINES, _MOST_HEAD_LINES = 3, 8
_PRINTED = 70
"""Per cent of its size in which a table too wide for a page is printed."""
_LONGEST_LITERAL = 200
_LONGEST_TEXT = 32_000
"""A cell takes 32,767 signs; what is longer would be left out without a word."""
_MOST_LINKS = 65_000
"""A sheet takes 65,530 links; the text of one beyond them would be left out without a word."""
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a program for sheets takes for a formula where somebody edits the cell, or carries it over as plain text."""


class Formula(NamedTuple):
    """A formula with the value that it gives."""

    text: str
    value: float


class Link(NamedTuple):
    """A text that leads to a cell of the same workbook ("'Từng đơn vị'!C7"); an empty ``to`` leads nowhere."""

    text: str
    to: str


Cell = str | float | Formula | Link | None


class Looks:
    """The formats of a workbook, made once for all its sheets."""

    def __init__(self, book: Any) -> None:
        bordered = {**_FONT, "border": 1}
        self.title = book.add_format({**_FONT, "bold": True, "font_size": 14})
        self.plain = book.add_format(_FONT)
        heading = {**bordered, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#EDEDED"}
        self.head, self.head_link = book.add_format(heading), book.add_format({**heading, "underline": 1})
        self.text = {bold: book.add_format({**bordered, "text_wrap": True, "bold": bold}) for bold in (False, True)}
        self.quoted = book.add_format({**bordered, "text_wrap": True, "quote_prefix": True})
        self.link = book.add_format({**bordered, "text_wrap": True, "font_color": "#0563C1", "underline": 1})
        numbers = ("#,##0.##", "#,##0")
        self.number = {
            (whole, bold): book.add_format({**bordered, "num_format": numbers[whole], "bold": bold})
            for whole in (False, True)
            for bold in (False, True)
        }


class Sheet:
    """A worksheet. Rows come from top to bottom: what was written is gone from memory."""

    def __init__(self, sheet: Any, looks: Looks) -> None:
        self._sheet, self._looks, self._row = sheet, looks, 0
        self._widths: tuple[float, ...] = ()
        self._head, self._links = 0, 0
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&C&10Trang &P/&N")
        sheet.fit_to_pages(1, 0)

    def say(self, text: str, *, title: bool = False, hidden: str | None = None) -> None:
        """A line above or under a table; beside what is ``hidden`` in the first column where that is given."""
        if hidden is not None:
            self._sheet.write_string(self._row, 0, hidden)
        self._sheet.write_string(self._row, hidden is not None, text, self._looks.title if title else self._looks.plain)
        self._row += 1

    def hide_column(self, column: int) -> None:
        """Codes are for reading back, not for people; columns count from 0."""
        self._sheet.set_column(column, column, None, None, {"hidden": True})

    def print_in_its_size(self, fixed: int) -> None:
        """A table too wide for a page runs over several, each with its first ``fixed`` columns."""
        self._sheet.set_print_scale(_PRINTED)
        self._sheet.repeat_columns(0, fixed - 1)
        self._sheet.print_across()

    def head(self, names: Sequence[str | Link], widths: Sequence[float], *, fixed: int) -> None:
        """The headings of a table; they and the first ``fixed`` columns stay in sight, on paper too."""
        self._widths, self._head = tuple(widths), self._row
        texts = [
            (name.text if isinstance(name, Link) else name, width) for name, width in zip(names, widths, strict=True)
        ]
        height = max(row_height(texts) or 0, _HEAD_LINES * LINE)
        self._sheet.set_row(self._row, min(height, _MOST_HEAD_LINES * LINE))
        for column, (name, width) in enumerate(zip(names, widths, strict=True)):
            if isinstance(name, Link):
                self._link(column, name, self._looks.head_link, self._looks.head)
            else:
                self._sheet.write_string(self._row, column, name, self._looks.head)
            self._sheet.set_column(column, column, width)
        self._sheet.repeat_rows(self._row)
        self._row += 1
        self._sheet.freeze_panes(self._row, fixed)

    def filter(self) -> None:
        """Let people filter and sort the rows that were written since the headings."""
        self._sheet.autofilter(self._head, 0, max(self._row - 1, self._head), len(self._widths) - 1)

    def row(self, cells: Sequence[Cell], *, bold: bool = False) -> None:
        """One row; numbers as numbers."""
        if height := row_height(_texts(cells, self._widths)):
            self._sheet.set_row(self._row, height)
        for column, value in enumerate(cells):
            self._write(column, value, bold=bold)
        self._row += 1

    def skip(self) -> None:
        """An empty row."""
        self._row += 1

    def _write(self, column: int, value: Cell, *, bold: bool) -> None:
        looks = self._looks
        if value is None:
            self._sheet.write_blank(self._row, column, None, looks.text[bold])
        elif isinstance(value, str):
            quoted = value.startswith(_ACTIVE) and not bold
            self._sheet.write_string(self._row, column, _cut(value), looks.quoted if quoted else looks.text[bold])
        elif isinstance(value, Formula):
            look = looks.number[float(value.value).is_integer(), bold]
            self._sheet.write_formula(self._row, column, value.text, look, value.value)
        elif isinstance(value, Link):
            self._link(column, value, looks.link, looks.text[False])
        else:
            self._sheet.write_number(self._row, column, value, looks.number[float(value).is_integer(), bold])

    def _wrap(self, column: int, text: str, look: Any) -> None:
        """Have the text of a link take several lines: LibreOffice breaks a formula's text, and none of a link."""
        self._sheet.write_formula(self._row, column, _as_formula(text), look, text)

    def _link(self, column: int, link: Link, look: Any, otherwise: Any) -> None:
        if link.to and self._links < _MOST_LINKS:
            self._links += 1
            self._sheet.write_url(self._row, column, f"internal:{link.to}", look, _cut(link.text))
            if row_height([(link.text, self._widths[column])]):
                self._wrap(column, _cut(link.text), look)
        else:
            self._sheet.write_string(self._row, column, _cut(link.text), otherwise)


def _as_formula(text: str) -> str:
    """A text as a formula that gives it; a formula's text has at most 255 signs."""
    pieces = [text[start : start + _LONGEST_LITERAL] for start in range(0, len(text), _LONGEST_LITERAL)]
    return "=" + "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def shown(value: Value | tuple[Value, ...] | None, indicator: Indicator) -> str | float | None:
    """A value as a cell holds it: a number or a code as a number, a day, yes and no in words."""
    if isinstance(value, tuple):
        return "; ".join(write_value(one, indicator) for one in value)
    if isinstance(value, bool | str | date):
        return write_value(value, indicator)
    return value


def _texts(cells: Iterable[Cell], widths: Sequence[float]) -> Iterable[tuple[str, float]]:
    for value, width in zip(cells, widths, strict=False):
        if isinstance(value, str):
            yield value, width
        elif isinstance(value, Link):
            yield value.text, width


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"
