"""The form in which a unit scores itself, as Excel, and reading it back; a table in Word with the same headings too.

A row is known by the name of its criterion and a column by its heading, wherever they stand. A file with one faulty
row is not taken at all, and every fault is told with its row and column.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import xlsxwriter

from plan_lifecycle.documents.consolidated_excel._sheet import Cell, Formula, Looks, Sheet
from plan_lifecycle.documents.read import Table, read_blocks
from plan_lifecycle.documents.report_form._workbook import read_sheets
from plan_lifecycle.domain.appraisal import (
    AMISS_WORDS,
    NOT_APPLICABLE,
    Amiss,
    Entry,
    ScoreSheet,
    Side,
    amiss,
    applies_not,
    read_points,
)
from plan_lifecycle.domain.criteria import Criterion, Scheme
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.text import nfc, normalise
from plan_lifecycle.domain.writing import first_down

HEADS = (
    "TT", "Tiêu chí", "Điểm tối đa", "Số được giao", "Số hoàn thành", "Điểm tự chấm", "Minh chứng", "Giải trình, lý do",
    "Nội dung đề nghị giải trình",
)  # fmt: skip
_WIDTHS = (5, 44, 9, 9, 9, 13, 36, 36, 36)
APPRAISAL = ("Điểm đề xuất", "Điểm thẩm định", "Lý do thẩm định")
"""What stands beside these in the form of whoever appraises."""
_APPRAISAL_WIDTHS = (13, 13, 36)
_COLUMNS = {
    "criterion": ("tiêu chí", "tiêu chí, tiêu chí thành phần", "nội dung", "nội dung tiêu chí", "tiêu chí thành phần"),
    "asked": ("số được giao", "được giao", "số nhiệm vụ được giao", "số đăng ký"),
    "done": ("số hoàn thành", "hoàn thành", "số nhiệm vụ hoàn thành", "đã hoàn thành"),
    "points": ("điểm tự chấm", "tự chấm", "đơn vị tự chấm", "điểm tự đánh giá", "tự đánh giá"),
    "evidence": ("minh chứng", "tài liệu kiểm chứng", "tài liệu minh chứng", "văn bản minh chứng"),
    "reason": ("giải trình, lý do", "giải trình", "lý do", "ghi chú"),
}
_APPRAISAL_COLUMNS = {
    "criterion": _COLUMNS["criterion"],
    "points": ("điểm thẩm định", "thẩm định", "điểm đánh giá"),
    "reason": ("lý do thẩm định", "ý kiến thẩm định", "lý do"),
}
_MEANINGS = {
    side: {normalise(heading): column for column, headings in columns.items() for heading in headings}
    for side, columns in ((Side.SELF, _COLUMNS), (Side.APPRAISED, _APPRAISAL_COLUMNS))
}
_TITLE = re.compile(r"<dc:title>Bảng tự chấm điểm năm (20\d\d)</dc:title>")
_LONGEST_PROPERTIES = 65_536
_UNIT, _YEAR = "Cơ quan, đơn vị:", "Năm:"
_SUMS = frozenset(map(normalise, ("Cộng", "Tổng", "Tổng cộng", "Tổng điểm")))
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed creation date: same inputs, same bytes
_FIELD = {
    Amiss.NO_REASON: HEADS[7],
    Amiss.NO_DIFFERENCE: HEADS[7],
    Amiss.DONE_BEYOND: HEADS[4],
    Amiss.NOT_COUNTED: HEADS[3],
}


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that was read: what the unit says by the code of each criterion, whose it says it is, and for which
    year; empty and None where it does not say."""

    claims: Mapping[str, Entry]
    unit: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: Mapping[str, object]


def write_score_form(sheet_of: ScoreSheet, unit: str, year: int, side: Side = Side.SELF) -> bytes:
    """The form of one unit with what it has said so far and what it is asked to explain; for whoever appraises with
    columns for that."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"Bảng tự chấm điểm năm {year}", "created": _EPOCH})
    page = book.add_worksheet("Tự chấm điểm")
    sheet = Sheet(page, Looks(book))
    sheet.say(f"BẢNG TỰ CHẤM ĐIỂM NĂM {year}", title=True)
    for line in (sheet_of.scheme.name, f"{_UNIT} {unit}", f"{_YEAR} {year}"):
        sheet.say(line)
    sheet.say(f"Tiêu chí không áp dụng cho đơn vị: ghi “{NOT_APPLICABLE}” ở cột Điểm tự chấm và nêu lý do.")
    more = side is Side.APPRAISED
    sheet.head((*HEADS, *APPRAISAL) if more else HEADS, (*_WIDTHS, *_APPRAISAL_WIDTHS) if more else _WIDTHS, fixed=2)
    for row, cells, criterion in _rows(sheet_of, first=6):
        beside = _appraisal(sheet_of, criterion) if more and criterion else []
        sheet.row([*cells, *beside], bold=criterion is None)
        if criterion is not None:
            page.data_validation(row, 5, row, 5, _bounds(criterion, row))
    book.close()
    return stream.getvalue()


def _appraisal(sheet: ScoreSheet, criterion: Criterion) -> list[Cell]:
    proposal, ruling = sheet.proposals.get(criterion.code), sheet.rulings.get(criterion.code)
    points: Cell = None
    if ruling is not None:
        points = float(ruling.points) if ruling.points is not None else NOT_APPLICABLE
    return [float(proposal.points) if proposal else None, points, ruling.reason if ruling else None]


def _bounds(criterion: Criterion, row: int) -> dict[str, object]:
    return {
        "validate": "custom",
        "value": f'=OR(F{row + 1}="{NOT_APPLICABLE}",AND(ISNUMBER(F{row + 1}),F{row + 1}>=0,F{row + 1}<=C{row + 1}))',
        "error_title": "Điểm tự chấm",
        "error_message": f"Từ 0 đến {criterion.maximum} điểm, hoặc “{NOT_APPLICABLE}”.",
    }


def _rows(sheet: ScoreSheet, first: int) -> Iterator[tuple[int, list[Cell], Criterion | None]]:
    row = first
    for number, part in enumerate(sheet.scheme.parts, start=1):
        yield row, [str(number), part.name, float(part.maximum), *[None] * 6], None
        row += 1
        for index, criterion in enumerate(part.criteria, start=1):
            yield row, _criterion_row(sheet, criterion, f"{number}.{index}"), criterion
            row += 1
    points = sheet.points(Side.SELF) or Decimal(0)
    total = f"=SUM(F{first + 1}:F{row})"
    yield (
        row,
        [None, "Tổng cộng", float(sheet.scheme.maximum), None, None, Formula(total, float(points)), *[None] * 3],
        None,
    )


def _criterion_row(sheet: ScoreSheet, criterion: Criterion, number: str) -> list[Cell]:
    claim, question = sheet.claims.get(criterion.code), sheet.questions.get(criterion.code)
    name: list[Cell] = [number, criterion.name, float(criterion.maximum)]
    if claim is None:
        return [*name, *[None] * 5, question.reason if question else None]
    points = NOT_APPLICABLE if not claim.applies else None if claim.points is None else float(claim.points)
    return [*name, claim.asked, claim.done, points, claim.evidence, claim.reason, question.reason if question else None]


def year_of_score_form(data: bytes) -> int | None:
    """The year of a form of ours, by the title that programs keep in its properties; None of any other file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open("docProps/core.xml") as properties:
            found = _TITLE.search(nfc(properties.read(_LONGEST_PROPERTIES).decode("utf-8", "replace")))
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, zlib.error):
        return None
    return int(found[1]) if found else None


def read_score_form(data: bytes, scheme: Scheme, name: str, side: Side = Side.SELF) -> ReadForm:
    """What a unit says in its form, .xlsx or .docx, or what stands there of its appraisal; ``name`` is the file's.

    A row without points and without numbers says nothing. Raises InputError with file, row and column for all that
    cannot be taken; BadDocument.
    """
    for grid in _grids(data):
        found = next(((at, columns) for at, row in enumerate(grid) if (columns := _columns(row, side))), None)
        if found is not None:
            at, columns = found
            lines = [
                _Line(number, {column: row[index] for column, index in columns.items() if index < len(row)})
                for number, row in enumerate(grid[at + 1 :], start=at + 2)
            ]
            return ReadForm(_claims(lines, scheme, name, side), *_whose(grid[:at]))
    points = APPRAISAL[1] if side is Side.APPRAISED else HEADS[5]
    wanted = f"a heading row with Tiêu chí and {points}"
    vi = f"Tệp {name} chưa có bảng gồm các cột Tiêu chí, {points}."
    raise InputError(wanted, file=name, found="no such row", vi=vi)


def _grids(data: bytes) -> Iterator[list[list[object]]]:
    """The tables of a file; lines above the tables of a Word file stand in their first rows."""
    from plan_lifecycle.documents.gate import look

    if look(data).kind != "docx":
        for sheet in read_sheets(data):
            if not sheet.hidden:
                yield [list(row) for row in sheet.cells]
        return
    above: list[list[object]] = []
    for block in read_blocks(data):
        if isinstance(block, Table):
            yield [*above, *(list[object](cell.text for cell in row) for row in block.rows)]
        else:
            above.append([block.text])


def _columns(row: Sequence[object], side: Side) -> dict[str, int]:
    """The columns by what they hold; nothing where it is no heading row."""
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        meaning = _MEANINGS[side].get(" ".join(normalise(_text(cell)).split()))
        if meaning is not None:
            found.setdefault(meaning, index)
    return found if {"criterion", "points"} <= found.keys() else {}


def _whose(rows: Sequence[Sequence[object]]) -> tuple[str, int | None]:
    unit, year = "", None
    for text in (_text(cell) for row in rows for cell in row):
        if text.startswith(_UNIT):
            unit = text.removeprefix(_UNIT).strip()
        elif text.startswith(_YEAR) and text.removeprefix(_YEAR).strip().isdecimal():
            year = int(text.removeprefix(_YEAR))
    return unit, year


def _claims(lines: Sequence[_Line], scheme: Scheme, name: str, side: Side) -> dict[str, Entry]:
    by_name = {normalise(criterion.name): criterion for criterion in scheme.criteria()}
    headings = _SUMS | {normalise(part.name) for part in scheme.parts}
    claims: dict[str, Entry] = {}
    errors: list[InputError] = []
    for line in lines:
        text = _text(line.cells.get("criterion"))
        criterion = by_name.get(normalise(text))
        if normalise(text) in headings or not any(_text(line.cells.get(one)) for one in ("points", "asked", "done")):
            continue
        if criterion is None:
            errors.append(
                _error(name, line, HEADS[1], "the name of a criterion", text, "tiêu chí không có trong bộ tiêu chí")
            )
        elif criterion.code in claims:
            errors.append(_error(name, line, HEADS[1], "each criterion once", text, "tiêu chí ghi hai lần"))
        else:
            claims[criterion.code] = _entry(line, criterion, name, side, errors)
    raise_all(errors)
    if not claims:
        vi = f"Tệp {name} chưa ghi {first_down(APPRAISAL[1] if side is Side.APPRAISED else HEADS[5])} nào."
        raise InputError("points for at least one criterion", file=name, field=HEADS[5], found="nothing", vi=vi)
    return claims


def _entry(line: _Line, criterion: Criterion, name: str, side: Side, errors: list[InputError]) -> Entry:
    """What a row says; what cannot be read goes to ``errors``."""
    given = _text(line.cells.get("points"))
    applies = not applies_not(given)
    points = None
    before = len(errors)
    if applies and given:
        try:
            points = read_points(given)
        except ValueError:
            errors.append(_error(name, line, HEADS[5], "a number such as 2,5", given, "điểm không phải là số"))
    asked, done = (_whole(line, key, head, name, errors) for key, head in (("asked", HEADS[3]), ("done", HEADS[4])))
    evidence, reason = (_text(line.cells.get(key)) for key in ("evidence", "reason"))
    entry = Entry(points, applies, evidence, reason, asked, done, file=name, place=str(line.number))
    if len(errors) == before:
        points_field = APPRAISAL[1] if side is Side.APPRAISED else HEADS[5]
        for fault in amiss(criterion, entry, side):
            expected = f"points from 0 to {criterion.maximum}, with what goes with them"
            errors.append(_error(name, line, _FIELD.get(fault, points_field), expected, given, AMISS_WORDS[fault]))
    return entry


def _whole(line: _Line, key: str, head: str, name: str, errors: list[InputError]) -> int | None:
    text = _text(line.cells.get(key))
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 8):
        errors.append(_error(name, line, head, "a whole number", text, "không phải là số nguyên"))
        return None
    return int(text)


def _error(name: str, line: _Line, field: str, expected: str, found: str, why: str) -> InputError:
    vi = f"Tệp {name}, dòng {line.number}, cột “{field}”: {why} (“{found[:80]}”)."
    return InputError(expected, file=name, line=line.number, field=field, found=found, vi=vi)


def _text(cell: object) -> str:
    """A cell as text on one line; a number as it is written, without a trailing zero."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)).normalize():f}"
    return " ".join(nfc(str(cell)).split())
