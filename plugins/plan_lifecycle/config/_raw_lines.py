"""The lines of a coordinator's file as they stand in it, CSV or Excel, with the cells of each.

A line of a CSV file that cannot be taken apart spoils itself alone: the next one is read as if it were not there.
"""

from __future__ import annotations

import csv
import functools
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from plan_lifecycle.domain.errors import InputError, unreadable
from plan_lifecycle.domain.text import nfc

_MAX_SIZE = 20 << 20
_HEAD = 1 << 14
_MAX_CELLS = 2_000_000
_MAX_LINES = 50_000
_LINES_OF_A_RECORD = 100
"""Lines over which a cell in quotes may go; a quote that is not closed reaches no further."""
_DIMENSION = re.compile(r'<dimension [^>]*ref="[A-Z]+\d+:([A-Z]{1,3})(\d{1,7})"')

_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*\w:id="([^"]+)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_TARGET = re.compile(rb'\bTarget="([^"]+)"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*(?<!/))>(.*?)</(?:\w+:)?c>', re.DOTALL)
_AT = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")


class RawLine(NamedTuple):
    """A line by its number (the first is 1) and its cells; ``problem`` is why they may not be what was meant."""

    line: int
    cells: list[str]
    problem: InputError | None = None


def read_raw_lines(path: Path) -> list[RawLine]:
    """Every line of the file. Raises InputError where it is missing, too large, or no table at all."""
    try:
        data = path.read_bytes() if path.stat().st_size <= _MAX_SIZE else None
    except OSError as error:
        raise unreadable(path, error) from error
    if data is None:
        raise InputError(f"a table of at most {_MAX_SIZE >> 20} MB", file=path)
    return raw_lines_of(data, path)


def raw_lines_of(data: bytes, path: Path) -> list[RawLine]:
    """Every line of a file that was read; ``path`` is what it is called. Raises InputError as ``read_raw_lines``."""
    excel = data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    lines = list(_excel_rows(path, data) if excel else _csv_rows(path, data))
    if len(lines) > _MAX_LINES:
        vi = f"Tệp {path.name} có {len(lines)} dòng; đề nghị tách thành các tệp không quá {_MAX_LINES} dòng."
        raise InputError(f"a table of at most {_MAX_LINES} lines", file=path, found=len(lines), vi=vi)
    return lines


def _csv_rows(path: Path, data: bytes) -> Iterator[RawLine]:
    lines = io.StringIO(_decoded(path, data), newline="").readlines()
    separator = next((max(",;\t", key=line.count) for line in lines if line.strip() and not line.startswith("#")), ",")
    start = 0
    while start < len(lines):
        line, text = start + 1, lines[start]
        start += 1
        if text.startswith("#"):
            yield RawLine(line, ["#"])
            continue
        reader = csv.reader(lines[line - 1 : line - 1 + _LINES_OF_A_RECORD], delimiter=separator, strict=True)
        try:
            cells, problem = next(reader), None
            start = line - 1 + reader.line_num
        except csv.Error as error:
            vi = f"Nội dung chưa đúng tại tệp {path.name}, dòng {line}: dấu ngoặc kép chưa đủ cặp."
            cells = text.split(separator)
            problem = InputError("well-formed CSV", file=path, line=line, found=str(error), vi=vi)
        if any("\udc80" <= sign <= "\udcff" for cell in cells for sign in cell):
            vi = f"Dòng {line}: tệp không theo bảng mã UTF-8; đề nghị lưu lại dạng CSV UTF-8."
            problem = InputError("UTF-8 text", file=path, line=line, vi=vi)
        yield RawLine(line, [_cell_text(cell) for cell in cells], problem)


def _decoded(path: Path, data: bytes) -> str:
    """The text; bytes that are no UTF-8 stay marked in it, so that they spoil their own line only."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-8-sig", "surrogateescape")
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise InputError("UTF-16 text", file=path, found=error.reason) from error


def _excel_rows(path: Path, data: bytes) -> Iterator[RawLine]:
    from python_calamine import CalamineError, CalamineWorkbook

    _bound(path, data)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise InputError("an Excel workbook", file=path, found=str(error)) from error
    _fill_down(rows, sheet.merged_cell_ranges or [])
    failed = _failed_formulas(data)
    for line, cells in enumerate(rows, start=1):
        texts = [_cell_text(cell) for cell in cells]
        for column, value in failed.get(line, {}).items():
            texts[column : column + 1] = [value]
        yield RawLine(line, texts)


def _fill_down(rows: list[list[Any]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Say in every line what a cell says that goes over several: a unit written once beside its three people."""
    for (top, left), (bottom, _) in merged:
        for line in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[line]) and rows[line][left] == "":
                rows[line][left] = rows[top][left]


def _failed_formulas(data: bytes) -> dict[int, dict[int, str]]:
    """What formulas of the first sheet came to where they failed ("#N/A"), by line and column; calamine tells nothing
    of them. An old .xls has none that can be told."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sheet = package.read(_first_sheet(package))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, KeyError):
        return {}
    found: dict[int, dict[int, str]] = {}
    for cell in _ERROR_CELL.finditer(sheet):
        at, value = _AT.search(cell[1]), _VALUE.search(cell[2])
        if at and value:
            column = _column_number(at[1].decode()) - 1
            found.setdefault(int(at[2]), {})[column] = value[1].decode("utf-8", "replace")
    return found


def _first_sheet(package: zipfile.ZipFile) -> str:
    """The part that holds the sheet which is shown first. Raises KeyError."""
    sheet = _SHEET.search(package.read("xl/workbook.xml"))
    for part in _RELATION.finditer(package.read("xl/_rels/workbook.xml.rels")):
        target = _TARGET.search(part[0])
        if sheet and target and b'Id="' + sheet[1] + b'"' in part[0]:
            return f"xl/{target[1].decode()}" if not target[1].startswith(b"/") else target[1].decode()[1:]
    raise KeyError("a first sheet")


def _bound(path: Path, data: bytes) -> None:
    """Refuse a stray cell far out: calamine would ask for the whole rectangle up to it, and end the process."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
            heads = [package.open(name).read(_HEAD).decode("utf-8", "replace") for name in sheets]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError):
        return  # an old .xls, or damaged: calamine says so
    for match in filter(None, map(_DIMENSION.search, heads)):
        if _column_number(match[1]) * int(match[2]) > _MAX_CELLS:
            vi = f"Bảng tính có ô ở quá xa ({match[1]}{match[2]}); đề nghị xóa ô đó rồi lưu lại."
            raise InputError("a sheet without stray cells far out", file=path, found=match[1] + match[2], vi=vi)


def _column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    return functools.reduce(lambda number, letter: 26 * number + ord(letter) - 64, letters, 0)


def _cell_text(cell: object) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return nfc(str(cell).encode("utf-8", "surrogateescape").decode("utf-8", "replace")).strip()
