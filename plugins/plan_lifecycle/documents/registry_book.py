"""The registry's book of incoming papers as an Excel sheet: số, ngày, cơ quan, trích yếu, ngày đến, in any order.

Every province exports it with other headings and title rows above. The heading row is the first that names at least
three of the columns, among them the agency and the abstract; "Số đến" is the book's own number and not the paper's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from plan_lifecycle.documents.report_form._workbook import read_sheets
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.text import nfc, normalise

MAX_ROWS = 100_000
_HEADING_WITHIN = 30
_EPOCH = date(1899, 12, 30)
_DATE = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})(?:\D.*)?", re.DOTALL)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_BRACKETS = re.compile(r"\([^)]{0,200}\)")
_COLUMNS = {
    "number": (
        "số", "số ký hiệu", "số và ký hiệu", "số kh", "số văn bản", "số hiệu", "số ký hiệu văn bản", "số hiệu văn bản",
        "ký hiệu", "số vb", "số kí hiệu", "số và ký hiệu văn bản",
    ),
    "issued": (
        "ngày", "ngày ban hành", "ngày văn bản", "ngày tháng", "ngày vb", "ngày tháng văn bản", "ngày ký",
        "ngày tháng năm", "ngày tháng năm văn bản", "ngày phát hành", "ngày tháng ban hành",
    ),
    "agency": (
        "cơ quan", "cơ quan ban hành", "tác giả", "nơi gửi", "đơn vị gửi", "đơn vị", "cơ quan gửi", "nơi ban hành",
        "đơn vị ban hành", "cơ quan ban hành văn bản", "tác giả văn bản", "cơ quan tổ chức ban hành", "nơi gửi văn bản",
    ),
    "abstract": (
        "trích yếu", "trích yếu nội dung", "nội dung", "tên loại và trích yếu nội dung văn bản", "nội dung trích yếu",
        "tên loại và trích yếu nội dung", "trích yếu văn bản", "trích yếu nội dung văn bản", "nội dung văn bản",
        "tên loại và trích yếu",
    ),
    "received": ("ngày đến", "ngày nhận", "ngày tiếp nhận", "ngày nhận văn bản", "ngày văn bản đến", "ngày vào sổ"),
}  # fmt: skip
_MEANING = {normalise(heading): column for column, headings in _COLUMNS.items() for heading in headings}


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """One line of the book; ``line`` is its row in the sheet, from 1. A date that cannot be read is in ``problems``."""

    line: int
    number: str
    issued_on: date | None
    agency: str
    abstract: str
    received_on: date | None
    problems: tuple[str, ...] = ()


def read_registry(data: bytes, *, name: str = "") -> list[RegistryRow]:
    """The lines of the first sheet that has the headings. Raises InputError where there is none, BadDocument."""
    for sheet in read_sheets(data, max_rows=MAX_ROWS):
        rows = sheet.cells
        found = _heading(rows)
        if found is not None:
            at, columns = found
            return list(_rows(rows[at + 1 :], columns, at + 2))
    wanted = "headings: số, ký hiệu; ngày; cơ quan; trích yếu; ngày đến"
    vi = "Tệp chưa có dòng tiêu đề gồm: số, ký hiệu; ngày; cơ quan; trích yếu; ngày đến."
    raise InputError(wanted, file=name or None, found="no such row", vi=vi)


PASTED = ("agency", "number", "issued", "received", "abstract")
"""The columns of lines that are pasted without headings, in this order; the last ones may be left out."""
_BETWEEN = re.compile(r"[\t;|]")
MAX_PASTED = 5_000


def read_pasted(text: str) -> list[RegistryRow]:
    """Lines as people paste them from a sheet or type them, columns apart by tabs, semicolons or bars.

    Without a row of headings they are agency, number, date, day of receipt, abstract. Raises InputError for too many.
    """
    lines = text.splitlines()
    if len(lines) > MAX_PASTED:
        vi = f"Mỗi lần ghi nhận tối đa {MAX_PASTED} dòng."
        raise InputError(f"at most {MAX_PASTED} lines", field="dong", found=len(lines), vi=vi)
    rows = [[cell.strip() for cell in _BETWEEN.split(line)] for line in lines]
    found = _heading(rows, wanted={"agency", "number"})
    at, columns = found or (-1, {name: index for index, name in enumerate(PASTED)})
    return list(_rows(rows[at + 1 :], columns, at + 2))


def pasted_again(rows: Sequence[RegistryRow]) -> str:
    """The lines of a sheet as they would be pasted, with the headings that say which column is which."""
    heads = ("Cơ quan", "Số, ký hiệu", "Ngày văn bản", "Ngày đến", "Trích yếu")
    cells = ((row.agency, row.number, row.issued_on, row.received_on, row.abstract) for row in rows)
    lines = [[_cell(cell) for cell in line] for line in cells]
    return "\n".join("\t".join(line) for line in [list(heads), *lines])


def _cell(value: str | date | None) -> str:
    shown = f"{value.day:02}/{value.month:02}/{value.year}" if isinstance(value, date) else value or ""
    return " ".join(_BETWEEN.sub(" ", shown).split())


def _heading(
    rows: Sequence[Sequence[Any]], wanted: Collection[str] = ("agency", "abstract")
) -> tuple[int, dict[str, int]] | None:
    for at, row in enumerate(rows[:_HEADING_WITHIN]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(row):
            column = _meaning(cell)
            if column is not None:
                columns.setdefault(column, index)
        if len(columns) >= 3 and columns.keys() >= set(wanted):
            return at, columns
    return None


def _meaning(cell: object) -> str | None:
    if not isinstance(cell, str):
        return None
    text = _BRACKETS.sub(" ", normalise(cell))
    return _MEANING.get(" ".join(re.sub(r"[^\w\s]", " ", text).split()))


def _rows(rows: Sequence[Sequence[Any]], columns: dict[str, int], first: int) -> Iterator[RegistryRow]:
    for line, row in enumerate(rows, start=first):
        cells = {name: row[index] if index < len(row) else "" for name, index in columns.items()}
        if not _text(cells["agency"]) and not _text(cells.get("abstract", "")):
            continue
        problems: list[str] = []
        yield RegistryRow(
            line,
            _text(cells.get("number", "")),
            _date(cells.get("issued", ""), "ngày văn bản", problems),
            _text(cells["agency"]),
            _text(cells.get("abstract", "")),
            _date(cells.get("received", ""), "ngày đến", problems),
            tuple(problems),
        )


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(nfc(str(cell)).split())


def _date(cell: object, named: str, problems: list[str]) -> date | None:
    """A date from a date cell, a serial number or text as officials write it; day before month."""
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    with suppress(ValueError):
        if isinstance(cell, int | float) and not isinstance(cell, bool) and 20_000 < cell < 80_000:
            return _EPOCH + timedelta(days=int(cell))
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DATE.fullmatch(text.lower()):
            return date(int(match[3]), int(match[2]), int(match[1]))
    if text:
        problems.append(f"{named} chưa đọc được: “{text[:40]}”")
    return None
