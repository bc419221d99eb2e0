"""The cells of a workbook that came from outside, as few as a form can have.

calamine lays a rectangle around all cells of a sheet: two cells far apart make it ask for more memory than there is,
which ends the process. Here a sheet is read sparsely and bounded, and a number shown as a per cent or a date is told
by its format, as the unit saw it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from lxml import etree

from plan_lifecycle.documents.package import Package, open_package
from plan_lifecycle.domain.figure_text import Cell

# A form has some 40 rows and 7 columns; a report with remarks above and beside it stays well within these.
MAX_ROWS = 5_000
MAX_COLUMNS = 200
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_BUILT_IN_DATES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_BUILT_IN_PERCENTS = {9, 10}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LAST_DAY = 2_958_465


class _Style(NamedTuple):
    is_date: bool = False
    is_percent: bool = False


class _Book(NamedTuple):
    strings: list[str]
    styles: list[_Style]
    epoch: date


def read_sheets(data: bytes, *, max_rows: int = MAX_ROWS) -> Iterator[list[list[Cell]]]:
    """The cells of each worksheet in order, from its first row and column; what lies beyond the bounds is left out.

    A per cent comes as text ("85,5%"), a date as a date, an error as its text. Raises BadDocument.
    """
    package = open_package(data)
    workbook = package.xml(package.main)
    parts = {one.id: one for one in package.relationships(package.main) if not one.external}
    by_type = {one.type: one.target for one in parts.values()}
    properties = next(_named(workbook, "workbookPr"), None)
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    book = _Book(_strings(package, by_type), _styles(package, by_type), _EPOCHS[from_1904])
    for sheet in _named(workbook, "sheet"):
        part = parts.get(next((str(v) for k, v in sheet.items() if str(k).endswith("}id")), ""))
        if part is not None and part.type == "worksheet" and part.target in package:
            yield _grid(package.xml(part.target), book, max_rows)


def _grid(root: etree._Element, book: _Book, max_rows: int) -> list[list[Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    row = column = 0
    for element in root.iter("{*}row", "{*}c"):
        if _local(element) == "row":
            number = element.get("r", "")
            row, column = int(number) if number.isdecimal() and len(number) < 8 else row + 1, 0
            continue
        column += 1
        if match := _REFERENCE.fullmatch(element.get("r", "")):
            column, row = _column(match[1]), int(match[2])
        if column <= MAX_COLUMNS and row <= max_rows and (value := _cell(element, book)) is not None:
            rows.setdefault(row, {})[column] = value
    width = max((max(cells) for cells in rows.values()), default=0)
    return [
        [rows.get(row, {}).get(column) for column in range(1, width + 1)] for row in range(1, max(rows, default=0) + 1)
    ]


def _cell(element: etree._Element, book: _Book) -> Cell:
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return _text(element) or None
    raw = next((each.text for each in element if _local(each) == "v"), None)
    if not raw:
        return None
    if kind == "s":
        return book.strings[int(raw)] if raw.isdecimal() and int(raw) < len(book.strings) else None
    if kind == "b":
        return raw.strip() == "1"
    if kind != "n":
        return raw
    return _number(raw, _style(element, book), book.epoch)


def _number(raw: str, style: _Style, epoch: date) -> Cell:
    try:
        number = float(raw)
    except ValueError:
        return raw
    if style.is_percent:
        return f"{100 * number:.10g}%".replace(".", ",")
    if style.is_date and 0 < number < _LAST_DAY - 1500:
        return epoch + timedelta(days=int(number))
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _style(element: etree._Element, book: _Book) -> _Style:
    index = element.get("s", "0")
    return book.styles[int(index)] if index.isdecimal() and int(index) < len(book.styles) else _Style()


def _strings(package: Package, by_type: dict[str, str]) -> list[str]:
    part = by_type.get("sharedStrings")
    return [_text(item) for item in _named(package.xml(part), "si")] if part and part in package else []


def _styles(package: Package, by_type: dict[str, str]) -> list[_Style]:
    part = by_type.get("styles")
    if not part or part not in package:
        return []
    root = package.xml(part)
    codes = {element.get("numFmtId", ""): element.get("formatCode", "") for element in _named(root, "numFmt")}
    formats = next(_named(root, "cellXfs"), None)
    return [] if formats is None else [_meaning(xf.get("numFmtId", "0"), codes) for xf in _named(formats, "xf")]


def _meaning(number: str, codes: dict[str, str]) -> _Style:
    if number in codes:
        code = _LITERAL.sub("", codes[number]).lower()
        return _Style("d" in code or "yy" in code, "%" in code)
    built_in = int(number) if number.isdecimal() else 0
    return _Style(built_in in _BUILT_IN_DATES, built_in in _BUILT_IN_PERCENTS)


def _text(element: etree._Element) -> str:
    """The text of all runs, without the reading aids of East Asian text."""
    return "".join(each.text or "" for each in _named(element, "t") if _local(each.getparent()) != "rPh")


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iter(f"{{*}}{name}")


def _local(element: etree._Element | None) -> str:
    return "" if element is None else str(element.tag).rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
