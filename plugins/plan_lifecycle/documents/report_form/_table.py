"""Figures out of a grid of cells: the heading says which column is which, code or name says which row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from plan_lifecycle.documents.report_form._writing import REQUIRED_MARK
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.figure import Figure, read_note
from plan_lifecycle.domain.figure_text import Cell, is_blank, parse_value
from plan_lifecycle.domain.indicator import Indicator, IndicatorType
from plan_lifecycle.domain.text import nfc, normalise

Grid = Sequence[Sequence[Cell]]

_BEFORE = re.compile(r"kỳ trước|cùng kỳ|năm trước|tháng trước|quý trước|chênh lệch|so với|chỉ tiêu giao|kế hoạch")
_HEADINGS = (
    ("code", re.compile(r"mã(?: số| chỉ tiêu)?")),
    ("name", re.compile(r"(?:tên |nội dung )?(?:chỉ tiêu|tiêu chí|chỉ số)|nội dung(?: báo cáo| công việc)?")),
    ("evidence", re.compile(r"(?:tài liệu )?(?:minh chứng|kiểm chứng).*|ghi chú.*|đường dẫn.*")),
    ("value", re.compile(r"(?:số liệu|giá trị|kết quả|số lượng|thực hiện|đạt được)\b.*")),
)
_ORDINAL = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-z][.)]|[ivx]{1,5}\.)\s+")
_ESTIMATE = re.compile(r"\(?\bước(?: thực hiện| tính| đạt| khoảng)?\b\)?\s*:?\s*", re.IGNORECASE)
_HEADER_WITHIN = 60
_NEARLY = 92


@dataclass(frozen=True, slots=True)
class _Columns:
    header: int
    name: int | None
    code: int | None
    value: int
    evidence: int | None


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    name: str
    code: str
    value: Cell
    note: str


class TableReading(NamedTuple):
    """Figures and findings of one table; ``unread`` are the indicators that have something, but no figure."""

    figures: list[Figure]
    findings: list[str]
    unread: set[str]


def read_grid(grid: Grid, indicators: Sequence[Indicator]) -> TableReading | None:
    """What one table says; None where no row is a heading with figures."""
    columns = _columns(grid)
    if columns is None:
        return None
    finder, found, findings = _Finder(indicators), dict[str, list[Figure]](), list[str]()
    unread = set[str]()
    for row in _rows(grid, columns):
        indicator = finder.find(row, findings)
        if indicator is None or is_blank(row.value):
            continue
        try:
            figure = _figure(row, indicator)
        except InputError as error:
            findings.append(f"Hàng {row.number}: {error.for_user}")
            unread.add(indicator.code)
        else:
            found.setdefault(indicator.code, []).append(figure)
    figures = list(_once_each(found, finder, findings))
    return TableReading(figures, findings, unread | (found.keys() - {each.indicator for each in figures}))


def _columns(grid: Grid) -> _Columns | None:
    """The first row, alone or with the one below it, that has one column of values and one of names or codes."""
    for number, row in enumerate(islice(grid, _HEADER_WITHIN)):
        top = [_plain(cell) for cell in row]
        below = [_plain(cell) for cell in grid[number + 1]] if number + 1 < len(grid) else []
        both = [_field_of_two(*headings) for headings in zip(top, below, strict=False)]
        found = _settled(number, top, [_field(heading) for heading in top]) or _settled(number + 1, below, both)
        if found:
            return found
    return None


def _settled(header: int, headings: Sequence[str], fields: Sequence[str | None]) -> _Columns | None:
    """Two columns of values would have to be guessed between, unless one is headed just so."""
    values = [column for column, field in enumerate(fields) if field == "value"]
    if len(values) > 1:
        values = [column for column in values if headings[column] == "số liệu"]
    if len(values) != 1 or not {"name", "code"} & {*fields}:
        return None
    first = {field: column for column, field in reversed(list(enumerate(fields)))}
    return _Columns(header, first.get("name"), first.get("code"), values[0], first.get("evidence"))


def _field(heading: str) -> str | None:
    if len(heading) > 80 or _BEFORE.search(heading):
        return None
    return next((field for field, pattern in _HEADINGS if pattern.fullmatch(heading)), None)


def _field_of_two(top: str, below: str) -> str | None:
    """A heading above another: "Số liệu" over "Kỳ này", "Kỳ báo cáo" over "Số liệu", or one merged over both rows."""
    if top == below or not below:
        return _field(top)
    return None if _BEFORE.search(top) else _field(f"{top} {below}") or _field(below)


def _rows(grid: Grid, columns: _Columns) -> Iterator[_Row]:
    for number, cells in enumerate(grid[columns.header + 1 :], start=columns.header + 2):

        def cell(column: int | None, cells: Sequence[Cell] = cells) -> Cell:
            return cells[column] if column is not None and column < len(cells) else None

        name, code = _text(cell(columns.name)), _text(cell(columns.code))
        if name or code:
            yield _Row(number, name, code.lower(), cell(columns.value), _text(cell(columns.evidence)))


def _figure(row: _Row, indicator: Indicator) -> Figure:
    """The figure of a row; "ước" beside the number says as much as in the column for evidence."""
    value = row.value
    evidence, estimate = read_note(row.note)
    if isinstance(value, str) and indicator.type is not IndicatorType.TEXT:
        stripped = _ESTIMATE.sub("", nfc(value)).strip()
        value, estimate = stripped, estimate or stripped != nfc(value).strip()
    elif indicator.type is IndicatorType.RATIO and isinstance(value, float) and 0 < value <= 1:
        # Excel keeps a typed "85%" as 0.85 and does not say so in the value.
        shown = f"{value:g}".replace(".", ",")
        vi = (
            f"{indicator.name}: giá trị {shown}; đề nghị xác nhận là {shown}% hay {100 * value:g}% (ghi 85 nếu là 85%)."
        )
        raise InputError("a per cent such as 85", field=indicator.code, found=value, vi=vi)
    return Figure(indicator.code, parse_value(value, indicator), evidence, estimate)


class _Finder:
    """Which indicator a row is about: by code, else by name, else by a name that is nearly the same."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self.by_code = {indicator.code.lower(): indicator for indicator in indicators}
        self._by_name = {_name(indicator.name): indicator for indicator in indicators}

    def find(self, row: _Row, findings: list[str]) -> Indicator | None:
        coded, named = self.by_code.get(row.code), self._by_name.get(_name(row.name))
        if coded and named and coded is not named:
            both = f"mã “{row.code}” là của “{coded.name}”, tên là “{named.name}”"
            findings.append(f"Hàng {row.number}: {both}; đề nghị kiểm tra lại.")
            return None
        indicator = coded or named or self._nearly(row.name)
        if indicator is None and not is_blank(row.value):
            shown = row.name or row.code
            findings.append(f"Hàng {row.number}: “{shown[:120]}” không thuộc các chỉ tiêu của kỳ báo cáo này.")
        return indicator

    def _nearly(self, name: str) -> Indicator | None:
        from rapidfuzz import fuzz, process

        near = process.extract(_name(name)[:300], list(self._by_name), scorer=fuzz.ratio, score_cutoff=_NEARLY, limit=2)
        return self._by_name[near[0][0]] if len(near) == 1 else None


def _once_each(found: dict[str, list[Figure]], finder: _Finder, findings: list[str]) -> Iterator[Figure]:
    """One figure an indicator; where two rows differ, neither."""
    for code, figures in found.items():
        if len({figure.value for figure in figures}) == 1:
            yield figures[0]
        else:
            name = finder.by_code[code.lower()].name
            findings.append(f"“{name}” có {len(figures)} số liệu khác nhau; đề nghị giữ lại một số liệu.")


def _plain(cell: Cell) -> str:
    text = normalise(_text(cell))
    return re.sub(r"\s*\(.*\)$", "", text) if "(" in text[1:] else text


def _name(name: str) -> str:
    return _ORDINAL.sub("", normalise(name.replace(REQUIRED_MARK, ""))).rstrip(" .:;")


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else nfc(" ".join(str(cell).split()))
