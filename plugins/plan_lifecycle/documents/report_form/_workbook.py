"""The sheets of a workbook that came from outside, as few cells as a form can have.

calamine lays a rectangle around all cells of a sheet: two cells far apart make it ask for more memory than there is,
which ends the process. Here a sheet is streamed, sparse and bounded, and each cell is told as the unit saw it: a per
cent by its format, what is hidden or struck out with a mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from lxml import etree

from plan_lifecycle.documents.last_read import LastRead
from plan_lifecycle.documents.markup import watch
from plan_lifecycle.documents.package import Package, open_package
from plan_lifecycle.documents.report_form._sheet import Mark, Place, Sheet, column_number
from plan_lifecycle.documents.report_form._styles import (
    TEXT_TAGS,
    Look,
    Text,
    TextWatcher,
    is_on,
    read_looks,
    read_strings,
    tags,
)
from plan_lifecycle.domain.figure_text import Cell
from plan_lifecycle.domain.regex import regex

# A form has some 40 rows and 7 columns; a report with remarks above and beside it stays well within these.
MAX_ROWS = 3_000
MAX_COLUMNS = 200
# Of merged cells no more places are filled than a form has: a heading over all 16,384 columns is one of them.
_MAX_MERGED = 50_000
_REFERENCE = regex(r"([A-Z]{1,3})([1-9]\d{0,6})")
_RANGE = regex(r"([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})")
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LAST_DAY = 2_958_465
_MAX_FORMULA = 2_000
# Rows and columns that were drawn shut by hand: in points, and in letters.
_LEAST_HEIGHT, _LEAST_WIDTH = 1.5, 0.3
_MAX_FORMULAS = 20_000


class _Book(NamedTuple):
    strings: list[Text]
    looks: list[Look]
    epoch: date


def read_sheets(data: bytes, *, max_rows: int = MAX_ROWS) -> Iterator[Sheet]:
    """Each worksheet in order, from its first row and column; what lies beyond the bounds is left out, with a mark.

    A per cent comes as text ("85,5%"), a date as a date, an error as its text. Raises BadDocument.
    """
    package = open_package(data)
    workbook = package.xml(package.main)
    parts = {one.id: one for one in package.relationships(package.main) if not one.external}
    by_type = {one.type: one.target for one in parts.values()}
    properties = next(_named(workbook, "workbookPr"), None)
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    strings = read_strings(package, by_type.get("sharedStrings"))
    book = _Book(strings, read_looks(package, by_type.get("styles")), _EPOCHS[from_1904])
    for number, sheet in enumerate(_named(workbook, "sheet"), start=1):
        part = parts.get(next((str(v) for k, v in sheet.items() if str(k).endswith("}id")), ""))
        if part is not None and part.type == "worksheet" and part.target in package:
            hidden = sheet.get("state", "visible") not in ("visible", "")
            yield _sheet(package, part.target, book, max_rows, sheet.get("name") or f"Trang {number}", hidden)


def _all_sheets(data: bytes) -> tuple[Sheet, ...]:
    return tuple(read_sheets(data))


every_sheet = LastRead(_all_sheets)
"""All worksheets of ``read_sheets``, those of the last file without reading it again."""


def _sheet(package: Package, part: str, book: _Book, max_rows: int, name: str, hidden: bool) -> Sheet:
    found = _Cells(book, max_rows)
    watch(package.pieces(part), found)
    height = max((row for row, _column in found.values), default=-1) + 1
    width = max((column for _row, column in found.values), default=-1) + 1
    cells: list[list[Cell]] = [[None] * width for _row in range(height)]
    for (row, column), value in found.values.items():
        cells[row][column] = value
    return Sheet(
        name,
        cells,
        hidden=hidden,
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=frozenset(found.hidden_columns),
        marks=found.marks,
        merged=dict(_merged(found.ranges, height, width)),
        formulas=found.formulas,
        percents=frozenset(found.percents),
        cut=found.cut,
    )


def _merged(ranges: list[str], height: int, width: int) -> Iterator[tuple[Place, Place]]:
    places = 0
    for text in ranges:
        if not (match := _RANGE.fullmatch(text)):
            continue
        left, right = sorted((column_number(match[1]), column_number(match[3])))
        top, bottom = sorted((int(match[2]) - 1, int(match[4]) - 1))
        right, bottom = min(right, width - 1), min(bottom, height - 1)
        places += max(0, right - left + 1) * max(0, bottom - top + 1)
        if places > _MAX_MERGED:
            return
        for row in range(top, bottom + 1):
            covered = ((row, column) for column in range(left, right + 1) if (row, column) != (top, left))
            yield from ((place, (top, left)) for place in covered)


@dataclass(slots=True)
class _Open:
    """The cell whose elements stream past."""

    place: Place
    kind: str
    look: Look
    raw: str = ""
    formula: str | None = None


class _Cells(TextWatcher):
    """Watches a worksheet: its filled cells within the bounds, what is hidden, which cells are merged."""

    wanted = tags("col", "row", "c", "f", "v", "mergeCell", *TEXT_TAGS)

    def __init__(self, book: _Book, max_rows: int) -> None:
        super().__init__()
        self._book, self._max_rows = book, max_rows
        self.values: dict[Place, Cell] = {}
        self.marks: dict[Place, Mark] = {}
        self.formulas: dict[Place, str] = {}
        self.percents: set[Place] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.ranges: list[str] = []
        self.cut = self._beyond = False
        self._row, self._column = -1, -1
        self._open: _Open | None = None
        self._into = ""

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        """See an element open."""
        match name:
            case "c":
                self._begin_cell(attributes)
            case "row":
                number = attributes.get("r", "")
                self._row = int(number) - 1 if number.isdecimal() and len(number) < 8 else self._row + 1
                self._column = -1
                hidden = is_on(attributes, "hidden", otherwise=False) or _is_below(attributes.get("ht"), _LEAST_HEIGHT)
                if hidden and self._row < self._max_rows:
                    self.hidden_rows.add(self._row)
            case "f" | "v":
                self._into = name
                self.cut = self.cut or self._beyond
                if name == "f" and self._open:
                    self._open.formula = ""
            case "col":
                self._hide(attributes)
            case "mergeCell":
                if len(self.ranges) < _MAX_MERGED:
                    self.ranges.append(attributes.get("ref", ""))
            case _:
                super().enter(name, attributes)

    def leave(self, name: str) -> None:
        """See an element close."""
        if name in ("f", "v"):
            self._into = ""
        elif name == "c" and self._open:
            self._end_cell(self._open)
            self._open = None
        else:
            super().leave(name)

    def data(self, text: str) -> None:
        """See text."""
        if self._open is None:
            return
        if self._into == "v":
            self._open.raw += text
        elif self._into == "f":
            if len(self._open.formula or "") < _MAX_FORMULA:
                self._open.formula = (self._open.formula or "") + text
        else:
            super().data(text)

    def _hide(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        hidden = is_on(attributes, "hidden", otherwise=False) or _is_below(attributes.get("width"), _LEAST_WIDTH)
        if hidden and first.isdecimal() and last.isdecimal():
            self.hidden_columns.update(range(int(first[:6]) - 1, min(int(last[:6]), MAX_COLUMNS)))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if match := _REFERENCE.fullmatch(attributes.get("r", "")):
            self._column, self._row = column_number(match[1]), int(match[2]) - 1
        self._beyond = self._row >= self._max_rows and self._column < MAX_COLUMNS
        if self._column < MAX_COLUMNS and self._row < self._max_rows:
            index, looks = attributes.get("s", "0"), self._book.looks
            look = looks[int(index)] if index.isdecimal() and int(index[:9]) < len(looks) else Look()
            self._open = _Open((self._row, self._column), attributes.get("t", "n"), look)
            self.begin()

    def _end_cell(self, cell: _Open) -> None:
        value, struck = self._value(cell)
        place, look = cell.place, cell.look
        if cell.formula is not None and len(self.formulas) < _MAX_FORMULAS:
            self.formulas[place] = cell.formula
        if look.is_percent and cell.kind == "n":
            self.percents.add(place)
        if value is None and not struck:
            if cell.formula is not None and cell.kind != "str" and not look.struck:
                self.marks[place] = Mark.NO_VALUE
            return
        self.values[place] = value if value is not None else struck
        if look.struck or value is None:
            self.marks[place] = Mark.STRUCK
        elif look.invisible:
            self.marks[place] = Mark.INVISIBLE
        elif cell.kind == "e":
            self.marks[place] = Mark.ERROR
        elif struck.strip():
            self.marks[place] = Mark.PARTLY_STRUCK

    def _value(self, cell: _Open) -> tuple[Cell, str]:
        """What the cell holds, and what of its text is struck out."""
        if cell.kind == "inlineStr":
            return self._seen(self.taken())
        raw = cell.raw
        if not raw:
            return None, ""
        if cell.kind == "s":
            strings = self._book.strings
            number = int(raw) if raw.isdecimal() and len(raw) < 10 else -1
            return self._seen(strings[number]) if 0 <= number < len(strings) else (None, "")
        if cell.kind == "b":
            return raw.strip() == "1", ""
        return (raw if cell.kind != "n" else _number(raw, cell.look, self._book.epoch)), ""

    @staticmethod
    def _seen(text: Text) -> tuple[Cell, str]:
        """Text of which a part is struck out, without it; None where nothing else is there."""
        if text.struck.strip() and not text.kept.strip():
            return None, text.struck
        return text.kept or None, text.struck


def _is_below(size: str | None, least: float) -> bool:
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def _number(raw: str, look: Look, epoch: date) -> Cell:
    try:
        number = float(raw)
    except ValueError:
        return raw
    if look.is_percent:
        return f"{100 * number:.10g}%".replace(".", ",")
    if look.is_date and 0 < number < _LAST_DAY - 1500:
        return epoch + timedelta(days=int(number))
    # A workbook shows fifteen digits: what it computes to be 11.999999999999998 is 12.
    number = float(f"{number:.15g}")
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iter(f"{{*}}{name}")
