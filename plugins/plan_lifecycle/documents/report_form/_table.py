"""Figures out of one table: each with its place, and with all that is left out or has to be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from plan_lifecycle.documents.report_form._computed import computed
from plan_lifecycle.documents.report_form._finder import Conflict, Finder, Several
from plan_lifecycle.documents.report_form._formula import Book
from plan_lifecycle.documents.report_form._headings import Columns
from plan_lifecycle.documents.report_form._rows import Row, read_rows
from plan_lifecycle.documents.report_form._sheet import Mark, Place, Sheet, column_letters, shown
from plan_lifecycle.documents.report_form._values import Doubtful, Written, read_figure
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.figure import Figure, NotKnown, read_note
from plan_lifecycle.domain.figure_check import TO_LOOK_AT
from plan_lifecycle.domain.figure_text import Cell, is_blank, not_known, parse_value, read_decimal
from plan_lifecycle.domain.indicator import NUMERIC, OVER_UNITS, Indicator, IndicatorType, Value
from plan_lifecycle.domain.measure import money_named
from plan_lifecycle.domain.submission import Finding, Rule
from plan_lifecycle.domain.writing import count_text, first_up, write_value


@dataclass(frozen=True, slots=True)
class Found:
    """A figure with the cell that it stands in; ``fits`` as of its row."""

    figure: Figure
    sheet: Sheet
    place: Place
    fits: bool | None = None

    @property
    def at(self) -> str:
        """Where it stands, for people."""
        return self.sheet.at(*self.place)


@dataclass(slots=True)
class TableReading:
    """What one table says. ``unread`` are the indicators that have something, but no figure; ``strange`` the rows with
    figures that are about none; ``left_out`` what is hidden or struck out, by why; ``seen`` all indicators named."""

    sheet: Sheet
    columns: Columns
    book: Book
    figures: list[Found] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    unknown: dict[str, NotKnown] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    strange: list[Row] = field(default_factory=list)
    left_out: dict[Mark, list[tuple[Row, Indicator]]] = field(default_factory=lambda: defaultdict(list))


def read_table(sheet: Sheet, columns: Columns, finder: Finder, book: Book) -> TableReading:
    """Read the rows of a table; where its column of figures is not known, only which indicators it has."""
    reading = TableReading(sheet, columns, book)
    measure = _measure_of(sheet, columns)
    shared: dict[Place, str] = {}
    rows = list(read_rows(sheet, columns, finder))
    for row in rows:
        _read_row(reading, row, measure, shared)
    reading.findings += [*_parts_above_whole(reading, rows), *_summed_otherwise(reading), *_unseen(reading, rows)]
    if columns.guessed and reading.figures:
        reading.findings.append(_guessed(reading))
    return reading


def _measure_of(sheet: Sheet, columns: Columns) -> str:
    """The unit of money for the whole table: in the heading of figures, or in a line above it."""
    above = range(columns.heading - 1, max(columns.heading - 4, -1), -1)
    lines = [text for row in above for column in range(len(sheet.cells[row])) if (text := sheet.text(row, column))]
    return next(filter(None, map(money_named, (columns.title, *lines, *reversed(sheet.titles)))), None) or ""


def _read_row(reading: TableReading, row: Row, measure: str, shared: dict[Place, str]) -> None:
    sheet, columns = reading.sheet, reading.columns
    if isinstance(row.found, Conflict | Several):
        if not is_blank(sheet.cell(row.number, columns.value)):
            reading.findings.append(_unclear(sheet, row, row.found))
        return
    indicator = row.found
    if indicator is not None:
        reading.seen.add(indicator.code)
    value, mark = sheet.cell(row.number, columns.value), sheet.mark(row.number, columns.value)
    title = row.column is not None and sheet.origin(row.number, columns.value) == sheet.origin(row.number, row.column)
    if columns.value is None or title:
        return
    if indicator is not None and (open_ := _not_known(sheet, columns, row, indicator)) is not None:
        reading.unknown[indicator.code] = open_
        return
    if is_blank(value) and mark is not Mark.NO_VALUE:
        return
    if indicator is not None and sheet.text(row.number, columns.unit) == OVER_UNITS:
        reading.unread.add(indicator.code)  # a share of units in a compiled report: not what this unit answers
        return
    if indicator is None:
        if row.part_of is None and row.number not in sheet.hidden_rows and not row.of_form:
            reading.strange.append(row)
        return
    gone = _gone(sheet, columns, row)
    if gone is not None:
        reading.left_out[gone].append((row, indicator))
        return
    origin = sheet.origin(row.number, columns.value)
    if shared.setdefault(origin, indicator.code) != indicator.code:
        reading.findings.append(_shared(sheet, origin, indicator))
        reading.unread |= {indicator.code, shared[origin]}
        reading.figures = [found for found in reading.figures if found.figure.indicator != shared[origin]]
        return
    _read_value(reading, row, indicator, measure, origin)


def _not_known(sheet: Sheet, columns: Columns, row: Row, indicator: Indicator) -> NotKnown | None:
    """What a row says where there is no figure yet; what is hidden or struck out says nothing."""
    if _gone(sheet, columns, row) is not None:
        return None
    note, _estimate = read_note(_note(sheet, columns, row))
    return not_known(sheet.cell(row.number, columns.value), note, indicator)


def _note(sheet: Sheet, columns: Columns, row: Row) -> str:
    """What stands beside the figure and is not struck out."""
    struck = sheet.mark(row.number, columns.evidence) is Mark.STRUCK
    return "" if struck else sheet.text(row.number, columns.evidence)


def _gone(sheet: Sheet, columns: Columns, row: Row) -> Mark | None:
    """Why a row's figure does not count: it cannot be seen, or it or its name is struck out."""
    marks = sheet.mark(row.number, columns.value), sheet.mark(row.number, row.column)
    if Mark.STRUCK in marks:
        return Mark.STRUCK
    unseen = row.number in sheet.hidden_rows or columns.value in sheet.hidden_columns or Mark.INVISIBLE in marks
    return Mark.INVISIBLE if unseen else None


def _read_value(reading: TableReading, row: Row, indicator: Indicator, measure: str, origin: Place) -> None:
    sheet, columns = reading.sheet, reading.columns
    at, mark = sheet.at(*origin), sheet.mark(*origin)
    cell, told = computed(reading.book, sheet, origin, indicator)
    reading.findings += told
    if any(finding.blocks for finding in told):
        reading.unread.add(indicator.code)
        return
    note = _note(sheet, columns, row)
    unit = sheet.text(row.number, columns.unit)
    if indicator.type is IndicatorType.MONEY:
        unit = money_named(row.name) or unit or measure
    written = Written(cell, note, unit, columns.estimated)
    try:
        figure, turned = read_figure(written, indicator)
    except InputError as error:
        rule = error.rule if isinstance(error, Doubtful) else Rule.REPORT_VALUE
        reading.findings.append(Finding(rule, f"{first_up(at)}: {error.for_user}", about=indicator.code))
        reading.unread.add(indicator.code)
        return
    reading.figures.append(Found(figure, sheet, origin, row.fits))
    if turned:
        text = f"{first_up(at)}: “{indicator.name}” ghi {turned}."
        reading.findings.append(Finding(Rule.REPORT_MEASURE, text, blocks=False, about=indicator.code))
    if mark is Mark.PARTLY_STRUCK:
        said = f"“{indicator.name}” có phần gạch ngang, được tính là {write_value(figure.value, indicator)}"
        text = f"{TO_LOOK_AT}{at}: {said}; đề nghị kiểm tra lại."
        reading.findings.append(Finding(Rule.REPORT_STRUCK, text, blocks=False, doubt=True, about=indicator.code))


def _unclear(sheet: Sheet, row: Row, found: Conflict | Several) -> Finding:
    at = first_up(sheet.at(row.number))
    if isinstance(found, Several):
        text = f"{at}: “{row.name}” là tên của {count_text(len(found.indicators))} chỉ tiêu"
        text = f"{text}; đề nghị ghi số thứ tự như biểu mẫu hoặc mã chỉ tiêu."
        return Finding(Rule.REPORT_VALUE, text, about=sheet.at(row.number))
    both = f"mã “{row.code.lower()}” là của “{found.coded.name}”, tên là “{found.named.name}”"
    return Finding(Rule.REPORT_VALUE, f"{at}: {both}; đề nghị kiểm tra lại.", about=found.coded.code)


def _shared(sheet: Sheet, origin: Place, indicator: Indicator) -> Finding:
    text = f"{first_up(sheet.at(*origin))}: một ô gộp cho nhiều chỉ tiêu, trong đó có “{indicator.name}”"
    return Finding(Rule.REPORT_MERGED, f"{text}; đề nghị tách ô, ghi riêng từng số liệu.", about=indicator.code)


def _parts_above_whole(reading: TableReading, rows: list[Row]) -> Iterator[Finding]:
    """Tell where the rows that "Trong đó" names are together more than the row that they are parts of."""
    by_place = {found.place[0]: found for found in reading.figures}
    by_number = {row.number: row for row in rows}
    parts: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.part_of is not None and row.told:
            parts[row.part_of].append(row)
    for whole, below in parts.items():
        total, indicator = by_place.get(whole), by_number[whole].found
        if total is None or not isinstance(indicator, Indicator) or isinstance(total.figure.value, str | bool):
            continue
        numbers = [number for row in below if (number := _number(reading, row, indicator)) is not None]
        if indicator.type in NUMERIC - {IndicatorType.RATIO, IndicatorType.RANK} and numbers:
            yield from _more(total, indicator, sum(numbers))


def _more(total: Found, indicator: Indicator, whole: float) -> Iterator[Finding]:
    value = total.figure.value
    if isinstance(value, int | float) and whole > value + 0.005:
        numbers = f"({write_value(int(whole) if whole == int(whole) else whole, indicator)})"
        text = f"các mục “Trong đó” cộng lại {numbers} lớn hơn “{indicator.name}” ({write_value(value, indicator)})"
        text = f"{TO_LOOK_AT}{total.at}: {text}; đề nghị kiểm tra lại."
        yield Finding(Rule.REPORT_WITHIN, text, blocks=False, doubt=True, about=indicator.code)


def _number(reading: TableReading, row: Row, indicator: Indicator) -> float | None:
    """The number of a part, in its whole's unit; None where it has none that counts."""
    if _gone(reading.sheet, reading.columns, row) is not None:
        return None
    cell = reading.sheet.cell(row.number, reading.columns.value)
    if is_blank(cell):
        return None
    try:
        value = parse_value(cell, indicator)
    except InputError:
        return None
    return float(Decimal(repr(value))) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _guessed(reading: TableReading) -> Finding:
    sheet, columns = reading.sheet, reading.columns
    text = f"{TO_LOOK_AT}{sheet.at(columns.heading, columns.value)}: cột “{columns.title}” được hiểu là cột số liệu"
    text = f"{text}; đề nghị xác nhận."
    return Finding(Rule.REPORT_COLUMN, text, blocks=False, doubt=True, about=sheet.at(columns.heading, columns.value))


def _summed_otherwise(reading: TableReading) -> Iterator[Finding]:
    """Tell where a period that begins with the year has other figures than the column that counts from there."""
    sheet, summed = reading.sheet, reading.columns.summed
    differ = []
    for found in reading.figures if summed is not None else ():
        value, also = found.figure.value, sheet.cell(found.place[0], summed)
        alike = is_blank(also) or isinstance(value, str | bool) or also == value or shown(also) == shown(value)
        if not alike and not _reads_as(also, value):
            differ.append(found.at)
    if differ:
        more = f" và {len(differ) - 1} ô khác" if len(differ) > 1 else ""
        taken = f"số liệu được lấy ở cột “{reading.columns.title}”"
        text = f"{TO_LOOK_AT}{differ[0]}{more} khác cột lũy kế bên cạnh, {taken}; đề nghị kiểm tra lại."
        yield Finding(Rule.REPORT_COLUMN, text, blocks=False, doubt=True, about=sheet.name)


def _reads_as(cell: Cell, value: Value) -> bool:
    number = read_decimal(cell.rstrip("% ")) if isinstance(cell, str) else None
    return number is not None and isinstance(value, int | float) and number == Decimal(repr(value))


def _unseen(reading: TableReading, rows: list[Row]) -> Iterator[Finding]:
    """Tell of hidden columns beside the figures that hold some, too."""
    sheet = reading.sheet
    for column in reading.columns.unseen:
        held = any(isinstance(row.found, Indicator) and not is_blank(sheet.cell(row.number, column)) for row in rows)
        if held and column != reading.columns.value:
            text = f"{first_up(sheet.where)}: cột {column_letters(column)} đang ẩn nên số liệu ở đó không được tính."
            yield Finding(Rule.REPORT_HIDDEN, text, blocks=False, about=sheet.at(reading.columns.heading, column))
