"""Reading figures back from a workbook or from the tables in a unit's own Word report."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from plan_lifecycle.documents.read import Block, NotAPlan, Paragraph, Table, read_blocks
from plan_lifecycle.documents.read import Cell as WordCell
from plan_lifecycle.documents.report_form._finder import Finder
from plan_lifecycle.documents.report_form._gather import gather, marks_of
from plan_lifecycle.documents.report_form._sheet import Mark, Place, Sheet
from plan_lifecycle.documents.report_form._workbook import every_sheet, read_sheets
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.figure import Figure, NotKnown
from plan_lifecycle.domain.figure_check import evidence_links
from plan_lifecycle.domain.figure_text import Cell
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.submission import Finding

_TITLE_LINES = 3


class NotAReportFormError(PlanLifecycleError):
    """The file holds no table of figures; ``for_user`` says what to do."""

    def __init__(self, why: str, vi: str) -> None:
        super().__init__(f"not a report form: {why}", vi=vi)


@dataclass(frozen=True, slots=True)
class ReportFormReading:
    """What was read. ``unit_id`` and ``period`` are those of our own form, None where the table came another way.

    ``findings`` each name sheet and cell; ``unread`` are the indicators whose cell cannot be read. ``links`` are those
    anywhere in the file that count: a list of what was published may stand on a sheet of its own. ``unknown`` are the
    indicators of which the unit says that it has no figure yet.
    """

    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    unit_id: str | None = None
    period: str | None = None
    unread: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    unknown: tuple[NotKnown, ...] = ()


def read_report_form(
    data: bytes, indicators: Sequence[Indicator], period: Period | None = None, form_rows: Collection[str] = ()
) -> ReportFormReading:
    """Read a filled-in form, ours or a table of the same kind, from .xlsx bytes. ``period`` is the one that is owed:
    sheets and columns of others are left out. ``form_rows`` are the names of all rows of the form: what it asks of
    other units is nothing strange.

    Raises NotAReportFormError where no sheet has such a table, BadDocument where the file is damaged or unsafe.
    """
    sheets = every_sheet(data)
    return _gathered(
        sheets, Finder(indicators, form_rows), period, _links(sheet for sheet in sheets if not sheet.hidden)
    )


def read_report_docx(
    data: bytes, indicators: Sequence[Indicator], period: Period | None = None, form_rows: Collection[str] = ()
) -> ReportFormReading:
    """Read the tables of figures in a Word report.

    Raises NotAReportFormError where there is none, BadDocument where the file is damaged or unsafe.
    """
    try:
        blocks = read_blocks(data)
    except NotAPlan as error:
        vi = "Tệp không đọc được như văn bản Word; đề nghị gửi biểu số liệu Excel (.xlsx) hoặc báo cáo Word (.docx)."
        raise NotAReportFormError(error.kind, vi) from error
    sheets = [_sheet(number, table, titles) for number, (table, titles) in enumerate(_tables(blocks), start=1)]
    return _gathered(sheets, Finder(indicators, form_rows), period, _links([*sheets, _paragraphs(blocks)]))


def read_marks(data: bytes) -> tuple[str, str] | None:
    """Unit and period that our own form says it is of, out of .xlsx bytes; None where it is no form of ours.

    Raises BadDocument where the file is damaged or unsafe.
    """
    marks = next((found for sheet in read_sheets(data) if (found := marks_of(sheet))), None)
    return (marks.unit_id, marks.period) if marks else None


def read_evidence_links(data: bytes, kind: str) -> frozenset[str]:
    """The distinct links that stand in an .xlsx or .docx as text: a list of what was published. None is opened.

    Raises BadDocument where the file is damaged or unsafe.
    """
    if kind == "xlsx":
        return _links(sheet for sheet in every_sheet(data) if not sheet.hidden)
    try:
        blocks = read_blocks(data)
    except NotAPlan:
        return frozenset()
    return _links([*(_sheet(1, table, ()) for table, _titles in _tables(blocks)), _paragraphs(blocks)])


def _gathered(
    sheets: Sequence[Sheet], finder: Finder, period: Period | None, links: frozenset[str]
) -> ReportFormReading:
    found = gather(sheets, finder, period)
    if found is None:
        vi = "Không tìm thấy bảng số liệu (có cột “Chỉ tiêu” và cột “Số liệu”); đề nghị dùng biểu số liệu đã gửi kèm."
        raise NotAReportFormError("no table with figures", vi)
    marks = next((each.marks for each in found.used if each.marks), None)
    return ReportFormReading(
        tuple(each.figure for each in found.figures),
        tuple(found.findings),
        marks.unit_id if marks else None,
        marks.period if marks else None,
        frozenset(found.unread),
        links,
        tuple(found.unknown.values()),
    )


def _paragraphs(blocks: Sequence[Block]) -> Sheet:
    """The paragraphs of a Word file, for the links in them."""
    return Sheet("", [[block.text for block in blocks if isinstance(block, Paragraph)]], in_word=True)


def _links(sheets: Iterable[Sheet]) -> frozenset[str]:
    return evidence_links(cell for sheet in sheets for cell in sheet.seen() if isinstance(cell, str))


def _tables(blocks: Iterable[Block]) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """The tables in reading order, those within cells too, each with the lines just above it."""
    above: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            yield block, tuple(above[-_TITLE_LINES:])
            above = []
            for cell in block.cells():
                yield from _tables(cell.blocks)
        elif block.text.strip():
            above.append(block.text)


def _sheet(number: int, table: Table, titles: tuple[str, ...]) -> Sheet:
    """A table of Word as a grid; what is struck out or hidden in a cell stands in it with a mark."""
    cells: list[list[Cell]] = []
    marks: dict[Place, Mark] = {}
    merged: dict[Place, Place] = {}
    first: dict[int, Place] = {}
    for at, row in enumerate(table.rows):
        cells.append([])
        for column, cell in enumerate(row):
            place = first.setdefault(id(cell), (at, column))
            if place != (at, column):
                merged[at, column] = place
            text = cell.text
            if mark := _mark(cell, text):
                marks[at, column] = mark
            cells[-1].append(text or cell.struck or cell.hidden)
    return Sheet(f"bảng {number}", cells, in_word=True, marks=marks, merged=merged, titles=titles)


def _mark(cell: WordCell, text: str) -> Mark | None:
    if text:
        return Mark.PARTLY_STRUCK if cell.struck else None
    return Mark.STRUCK if cell.struck else Mark.INVISIBLE if cell.hidden else None
