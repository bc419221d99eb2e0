"""Reading figures back from a workbook or from the table in a unit's own Word report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from plan_lifecycle.documents.read import Block, NotAPlan, Paragraph, Table, read_blocks
from plan_lifecycle.documents.report_form._table import Grid, read_grid
from plan_lifecycle.documents.report_form._workbook import read_sheets
from plan_lifecycle.documents.report_form._writing import MARK
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.figure_check import evidence_links
from plan_lifecycle.domain.indicator import Indicator


class NotAReportFormError(PlanLifecycleError):
    """The file holds no table of figures; ``for_user`` says what to do."""

    def __init__(self, why: str, vi: str) -> None:
        super().__init__(f"not a report form: {why}", vi=vi)


@dataclass(frozen=True, slots=True)
class ReportFormReading:
    """What was read. ``unit_id`` and ``period`` are those of our own form, None where the table came another way.

    ``findings`` are sentences for the unit, each naming the row; ``unread`` the indicators whose cell cannot be read.
    ``links`` are those anywhere in the file: a list of what was published may stand on a sheet of its own.
    """

    figures: tuple[Figure, ...]
    findings: tuple[str, ...]
    unit_id: str | None = None
    period: str | None = None
    unread: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()


def read_report_form(data: bytes, indicators: Sequence[Indicator]) -> ReportFormReading:
    """Read a filled-in form, ours or a table of the same kind, from .xlsx bytes.

    Raises NotAReportFormError where no sheet has such a table, BadDocument where the file is damaged or unsafe.
    """
    grids = list(read_sheets(data))
    reading = _fullest_table(grids, indicators)
    unit_id, period = next((marks for grid in grids if (marks := _marks(grid))), (None, None))
    return replace(reading, unit_id=unit_id, period=period, links=_links(grids))


def read_report_docx(data: bytes, indicators: Sequence[Indicator]) -> ReportFormReading:
    """Read the table of figures in a Word report.

    Raises NotAReportFormError where there is none, BadDocument where the file is damaged or unsafe.
    """
    try:
        blocks = read_blocks(data)
    except NotAPlan as error:
        vi = "Tệp không đọc được như văn bản Word; đề nghị gửi biểu số liệu Excel (.xlsx) hoặc báo cáo Word (.docx)."
        raise NotAReportFormError(error.kind, vi) from error
    grids = [_grid(table) for table in _tables(blocks)]
    return replace(_fullest_table(grids, indicators), links=_links(_texts(blocks)))


def read_evidence_links(data: bytes, kind: str) -> frozenset[str]:
    """The distinct links that stand in an .xlsx or .docx as text: a list of what was published. None is opened.

    Raises BadDocument where the file is damaged or unsafe.
    """
    if kind == "xlsx":
        return _links(read_sheets(data))
    try:
        return _links(_texts(read_blocks(data)))
    except NotAPlan:
        return frozenset()


def _texts(blocks: Sequence[Block]) -> list[Grid]:
    """All text of a Word file, as grids."""
    return [*map(_grid, _tables(blocks)), [[block.text for block in blocks if isinstance(block, Paragraph)]]]


def _fullest_table(grids: Iterable[Grid], indicators: Sequence[Indicator]) -> ReportFormReading:
    """The table with the most figures: a report has other tables too, some with like headings."""
    read = [found for grid in grids if (found := read_grid(grid, indicators)) is not None]
    if not read:
        vi = "Không tìm thấy bảng số liệu (có cột “Chỉ tiêu” và cột “Số liệu”); đề nghị dùng biểu số liệu đã gửi kèm."
        raise NotAReportFormError("no table with figures", vi)
    best = max(read, key=lambda each: len(each.figures))
    return ReportFormReading(tuple(best.figures), tuple(best.findings), unread=frozenset(best.unread))


def _links(grids: Iterable[Grid]) -> frozenset[str]:
    return evidence_links(cell for grid in grids for row in grid for cell in row if isinstance(cell, str))


def _marks(grid: Grid) -> tuple[str, str] | None:
    """Unit and period out of the hidden column of our own form."""
    for number, row in enumerate(grid[:10]):
        if row and row[0] == MARK and len(grid) > number + 2:
            return str(grid[number + 1][0]), str(grid[number + 2][0])
    return None


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for cell in block.cells():
                yield from _tables(cell.blocks)


def _grid(table: Table) -> Grid:
    return [[cell.text for cell in row] for row in table.rows]
