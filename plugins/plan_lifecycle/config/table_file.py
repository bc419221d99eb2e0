"""Reading a coordinator's table, CSV or Excel, into validated rows; every problem names file, line and field.

Excel in Vietnam saves CSV with semicolons, some people with tabs, and exports in UTF-16: all are read. A line that
begins with "#" is a remark. In a workbook the first sheet counts, and titles may stand above the header.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError, ValidationInfo, field_validator

from plan_lifecycle.config._raw_lines import RawLine, raw_lines_of, read_raw_lines
from plan_lifecycle.config._table_header import Columns, header_of
from plan_lifecycle.config.yaml_file import Strict
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit_list import Place

_EXCEL_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}

RowModel = TypeVar("RowModel", bound=BaseModel)


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


@dataclass(frozen=True, slots=True)
class Faulty:
    """A line that does not fit: where it stands, what its cells say by field, as far as that can be told, and what is
    wrong with it. ``loose`` are all cells of a line that could not be taken apart, wherever they belong; a ``hanging``
    one is wrong only because another is."""

    place: Place
    cells: Mapping[str, str]
    problems: tuple[InputError, ...]
    loose: tuple[str, ...] = ()
    hanging: bool = False


@dataclass(frozen=True, slots=True)
class Lines(Generic[RowModel]):
    """The rows of a table that fit their model, with their places, and the lines that do not."""

    rows: list[tuple[RowModel, Place]]
    faulty: list[Faulty]


class Table(NamedTuple):
    """A table that came as bytes: what it is called, and its lines as they stand in it."""

    path: Path
    lines: list[RawLine]


def read_table(data: bytes, name: str) -> Table:
    """Take the bytes of a table apart. Raises InputError where they are none."""
    path = Path(name)
    return Table(path, raw_lines_of(data, path))


def read_lines(source: Path | Table, columns: Columns, model: type[RowModel]) -> Lines[RowModel]:
    """The lines of a table as models; empty cells are left to the model's defaults.

    Raises InputError for a file that is missing, no table or lacks a column. A line that does not fit is handed out.
    """
    path, raw = source if isinstance(source, Table) else (source, read_raw_lines(source))
    header_line, fields, headings = header_of(path, raw, columns)
    lines: Lines[RowModel] = Lines([], [])
    for line, cells, problem in raw:
        if line <= header_line or not any(cells) or cells[0].startswith("#"):
            continue
        place = Place(path, line)
        values = {field: cell for field, cell in zip(fields, cells, strict=False) if field and cell}
        if problem is None and any(cells[len(fields) :]):
            problem = _too_many(place, len(cells), len(fields))
        problem = problem or _failed(place, values, headings)
        problems: tuple[InputError, ...] = ()
        try:
            row = model.model_validate(values)
        except ValidationError as error:
            problems = tuple(_problems(error, place, values, headings, columns))
            if len(cells) > len(fields):  # a separator within a cell moved the rest on
                problem = problem or _too_many(place, len(cells), len(fields))
        if problem is not None:
            lines.faulty.append(Faulty(place, values, (problem,), tuple(cells)))
        elif problems:
            lines.faulty.append(Faulty(place, values, problems))
        else:
            lines.rows.append((row, place))
    return lines


def told(faulty: Sequence[Faulty]) -> list[InputError]:
    """What is wrong with the lines, in the order of the file; those that hang on others come after them."""
    in_order = sorted(faulty, key=lambda one: (one.hanging, one.place.line or 0))
    return [problem for each in in_order for problem in each.problems]


def faults_of(
    rows: Sequence[tuple[RowModel, Place]], problems: Sequence[InputError], *, hanging: bool = False
) -> list[Faulty]:
    """The rows that have one of the problems, as lines that do not fit."""
    by_line: dict[int | None, list[InputError]] = {}
    for problem in problems:
        by_line.setdefault(problem.line, []).append(problem)
    return [
        Faulty(place, {name: str(value) for name, value in row if value}, tuple(by_line[place.line]), (), hanging)
        for row, place in rows
        if place.line in by_line
    ]


def _too_many(place: Place, found: int, columns: int) -> InputError:
    vi = f"Dòng {place.line}: có {found} ô, tiêu đề có {columns} cột; ô có dấu phẩy phải đặt trong ngoặc kép."
    expected = f"{columns} cells (quote a cell that holds the separator)"
    return InputError(expected, found=f"{found} cells", file=place.file, line=place.line, vi=vi)


def _failed(place: Place, values: Mapping[str, str], headings: Mapping[str, str]) -> InputError | None:
    """The problem of a cell whose formula failed, and left its error where a name or an address should be."""
    for field, value in values.items():
        if value in _EXCEL_ERRORS:
            where = f"tệp {Path(place.file or '').name}, dòng {place.line}, mục “{headings[field]}”"
            vi = f"Nội dung chưa đúng tại {where}: công thức báo lỗi {value}."
            expected = "a value, no formula that failed"
            return InputError(expected, file=place.file, line=place.line, field=headings[field], found=value, vi=vi)
    return None


def _problems(
    error: ValidationError, place: Place, cells: Mapping[str, str], headings: Mapping[str, str], columns: Columns
) -> Iterator[InputError]:
    for each in error.errors():
        field = str(each["loc"][0]) if each["loc"] else ""
        shown = headings.get(field, field) or None
        found = cells.get(field)
        expected = each["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        where = f"Nội dung chưa đúng tại tệp {Path(place.file or '').name}, dòng {place.line}, mục “{shown}”"
        value = "" if found is None else f" (giá trị “{str(found)[:120]}”)"
        needed = _needed(each["type"], each.get("ctx", {}), columns.words.get(field, ""))
        vi = f"{where}{value}: {needed}."
        yield InputError(expected, file=place.file, line=place.line, field=shown, found=found, vi=vi)


def _needed(kind: str, context: Mapping[str, Any], words: str) -> str:
    """What a cell needs, by the type of pydantic's error; ``words`` are the values of a field that has few."""
    if kind == "enum":
        return f"cần một trong các giá trị: {words or context['expected']}"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"cần số không nhỏ hơn {context['ge']}" if "ge" in context else f"cần số không lớn hơn {context['le']}"
    if kind == "string_too_long":
        return f"dài quá {context['max_length']} ký tự"
    return _NEEDED.get(kind.partition("_")[0], "đề nghị kiểm tra lại")


_NEEDED = {
    "missing": "chưa ghi, mục này là bắt buộc",
    "date": "cần ngày có thật, ví dụ 05/01/2023",
    "int": "cần số nguyên",
    "string": "chỉ dùng chữ thường không dấu, chữ số, dấu chấm, dấu gạch",
    "value": "ngày kết thúc phải từ ngày bắt đầu trở đi",
}
"""By the first word of a type: what a cell needs, where the field's own words in English are for operators."""
