"""Reading a coordinator's table, CSV or Excel, into validated rows; every problem names file, line and field.

Excel in Vietnam saves CSV with semicolons, some people with tabs, and exports in UTF-16: all are read. A line that
begins with "#" is a remark. In a workbook the first sheet counts, and titles may stand above the header.
"""

from __future__ import annotations

import csv
import functools
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError, ValidationInfo, field_validator

from plan_lifecycle.config.yaml_file import Strict
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.text import nfc, normalise
from plan_lifecycle.domain.unit_list import Place

_REMARKS = {"", "stt", "tt", "ghi chú", "note", "notes"}
_MAX_SIZE = 20 << 20
_HEADER_WITHIN = 20
_HEAD = 1 << 14
_MAX_CELLS = 2_000_000
_DIMENSION = re.compile(r'<dimension [^>]*ref="[A-Z]+\d+:([A-Z]{1,3})(\d{1,7})"')

RowModel = TypeVar("RowModel", bound=BaseModel)


class Columns(NamedTuple):
    """The fields of a table, the headings that each may have besides its own name, and which ones must be there."""

    headings: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]

    def field(self, heading: str) -> str | None:
        """The field that a heading stands for; None for a remark. Raises KeyError for an unknown heading."""
        text = normalise(heading).replace("_", " ")
        if text in _REMARKS:
            return None
        for field, others in self.headings.items():
            if text == field.replace("_", " ") or text in map(normalise, others):
                return field
        raise KeyError(heading)


def flexible_date(value: Any) -> Any:
    """``05/01/2023`` as Vietnamese write it; anything else is left to the model."""
    parts = value.split("/") if isinstance(value, str) else []
    return "-".join((parts[2], parts[1].zfill(2), parts[0].zfill(2))) if len(parts) == 3 else value


Day = Annotated[date | None, BeforeValidator(flexible_date)]


class Lasting(Strict):
    """A row that counts from a day to a day, both inclusive; empty is open."""

    valid_from: Day = None
    valid_to: Day = None

    @field_validator("valid_to")
    @classmethod
    def _in_order(cls, last: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("valid_from")
        if last and first and last < first:
            raise ValueError(f"a day on or after {first}")
        return last


def read_table_file(path: Path, columns: Columns, model: type[RowModel]) -> list[tuple[RowModel, Place]]:
    """The rows of a table as models, with their places; empty cells are left to the model's defaults.

    Raises InputError for a file that is missing, no table or lacks a column, and for every row that does not fit.
    """
    raw = _raw_rows(path)
    header_line, fields, headings = _header(path, raw, columns)
    rows: list[tuple[RowModel, Place]] = []
    problems: list[InputError] = []
    for line, cells in raw:
        if line <= header_line or not any(cells) or cells[0].startswith("#"):
            continue
        if any(cells[len(fields) :]):
            vi = (
                f"Dòng {line}: có {len(cells)} ô, tiêu đề có {len(fields)} cột; ô có dấu phẩy phải đặt trong ngoặc kép."
            )
            expected = f"{len(fields)} cells (quote a cell that holds the separator)"
            problems.append(InputError(expected, found=f"{len(cells)} cells", file=path, line=line, vi=vi))
            continue
        values = {field: cell for field, cell in zip(fields, cells, strict=False) if field and cell}
        try:
            rows.append((model.model_validate(values), Place(path, line)))
        except ValidationError as error:
            problems += _problems(error, path, line, headings)
    raise_all(problems)
    return rows


def _header(
    path: Path, raw: Sequence[tuple[int, list[str]]], columns: Columns
) -> tuple[int, list[str | None], dict[str, str]]:
    """The header's line, its fields, and each field's heading as written: the first line that has all it must."""
    errors: list[InputError] = []
    for line, cells in raw[:_HEADER_WITHIN]:
        while cells and not cells[-1]:
            cells = cells[:-1]
        if not cells or cells[0].startswith("#"):
            continue
        try:
            fields = [columns.field(cell) for cell in cells]
        except KeyError as error:
            known = ", ".join(columns.headings)
            vi = f"Dòng {line}: không có cột “{error.args[0]}”; các cột: {known}."
            errors.append(InputError(f"columns {known}", found=error.args[0], file=path, line=line, vi=vi))
            continue
        missing = [field for field in columns.required if field not in fields]
        twice = [field for field in fields if field and fields.count(field) > 1]
        if not missing and not twice:
            return line, fields, {field: cell for field, cell in zip(fields, cells, strict=True) if field}
        what = f"a column '{missing[0]}' in the header" if missing else f"one column '{twice[0]}'"
        vi = f"Dòng {line}: thiếu cột “{missing[0]}”." if missing else f"Dòng {line}: cột “{twice[0]}” có hai lần."
        errors.append(InputError(what, found=", ".join(cells), file=path, line=line, vi=vi))
    raise errors[0] if errors else InputError("a table with a header", found="nothing", file=path)


def _problems(error: ValidationError, path: Path, line: int, headings: Mapping[str, str]) -> Iterator[InputError]:
    for each in error.errors():
        field = str(each["loc"][0]) if each["loc"] else None
        shown = headings.get(field, field) if field else None
        found = None if each["type"] == "missing" else each["input"]
        expected = each["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        yield InputError(expected, file=path, line=line, field=shown, found=found)


def _raw_rows(path: Path) -> list[tuple[int, list[str]]]:
    try:
        data = path.read_bytes() if path.stat().st_size <= _MAX_SIZE else None
    except OSError as error:
        raise InputError("a readable file", file=path, found=error.strerror) from error
    if data is None:
        raise InputError(f"a table of at most {_MAX_SIZE >> 20} MB", file=path)
    return list(_excel_rows(path, data) if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") else _csv_rows(path, data))


def _csv_rows(path: Path, data: bytes) -> Iterator[tuple[int, list[str]]]:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        vi = f"Dòng {line}: tệp không theo bảng mã UTF-8; đề nghị lưu lại dạng CSV UTF-8."
        raise InputError("UTF-8 text", file=path, line=line, found=error.reason, vi=vi) from error
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    separator = max(",;\t", key=lines[0].count) if lines else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [nfc(cell).strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError("well-formed CSV", file=path, line=line, found=str(error)) from error


def _excel_rows(path: Path, data: bytes) -> Iterator[tuple[int, list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _bound(path, data)
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise InputError("an Excel workbook", file=path, found=str(error)) from error
    return ((line, [_cell_text(cell) for cell in cells]) for line, cells in enumerate(rows, start=1))


def _bound(path: Path, data: bytes) -> None:
    """Refuse a stray cell far out: calamine would ask for the whole rectangle up to it, and end the process."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
            heads = [package.open(name).read(_HEAD).decode("utf-8", "replace") for name in sheets]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError):
        return  # an old .xls, or damaged: calamine says so
    for match in filter(None, map(_DIMENSION.search, heads)):
        columns = functools.reduce(lambda number, letter: 26 * number + ord(letter) - 64, match[1], 0)
        if columns * int(match[2]) > _MAX_CELLS:
            vi = f"Bảng tính có ô ở quá xa ({match[1]}{match[2]}); đề nghị xóa ô đó rồi lưu lại."
            raise InputError("a sheet without stray cells far out", file=path, found=match[1] + match[2], vi=vi)


def _cell_text(cell: object) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return nfc(str(cell)).strip()
