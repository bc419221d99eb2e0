"""The consolidated report as a workbook: totals as formulas over every unit's figures, each with the way to its paper.

Every number is a number and every total a formula that carries its value, so that readers which compute nothing see it
too. Texts are written as strings, whatever they begin with: a unit's "=HYPERLINK(…)" stays a text. Rows are written as
they come, so a country takes as little memory as a district.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

import xlsxwriter

from plan_lifecycle.documents.charts import write_charts
from plan_lifecycle.documents.consolidated_excel._issued import without_draft_mark
from plan_lifecycle.documents.consolidated_excel._matrix import write_matrix
from plan_lifecycle.documents.consolidated_excel._places import (
    CHANGE_SHEET,
    EVIDENCE,
    LAST_YEAR,
    MATRIX,
    PAPERS,
    TEXT_SHEET,
    TOTALS,
    Places,
)
from plan_lifecycle.documents.consolidated_excel._plain_cells import PlainCells
from plan_lifecycle.documents.consolidated_excel._progress import write_indices, write_targets, write_tasks
from plan_lifecycle.documents.consolidated_excel._sheet import Looks, Sheet
from plan_lifecycle.documents.consolidated_excel._texts import write_left_out, write_texts
from plan_lifecycle.documents.consolidated_excel._totals import write_totals
from plan_lifecycle.documents.consolidated_excel._units import (
    write_changes,
    write_doubts,
    write_evidence,
    write_papers,
    write_published,
    write_standing,
)
from plan_lifecycle.domain.chart import Chart
from plan_lifecycle.domain.gathering import Group
from plan_lifecycle.domain.report import Consolidated, Difference

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed creation date: same inputs, same bytes
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

__all__ = ["CHANGE_SHEET", "TEXT_SHEET", "without_draft_mark", "write_consolidated_excel"]


def write_consolidated_excel(
    title: str,
    whole: Consolidated,
    groups: Mapping[str, Sequence[Group]] = MappingProxyType({}),
    unit_id: str = "",
    changes: Sequence[Difference] = (),
    charts: Sequence[Chart] = (),
) -> bytes:
    """The workbook as bytes; ``unit_id`` is whose report it is, for reading its totals back.

    Sheets: "Tổng hợp"; "Từng đơn vị" (units × indicators) and "Cùng kỳ năm trước" (the same of last year); "Tình hình
    gửi"; "Nguồn số liệu" (the papers of both years); "Minh chứng" (what stands beside single figures); "Tiến độ nhiệm
    vụ", "Mục tiêu" and "Chỉ số đã công bố" (the plan itself); "Lời văn" (every paragraph of ``groups``, by section);
    "Nội dung không đưa vào" (what a coordinator left out);
    "Tin, bài theo tháng"; "Cần xem lại"; "Thay đổi" (``changes`` since the version before); "Biểu đồ". The first two
    and the two on what was sent are always there, the others where there is something in them.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties({"title": title, "created": _EPOCH})
    looks, places = Looks(book), Places(whole)

    def sheet(name: str) -> Sheet:
        return Sheet(book.add_worksheet(name, PlainCells), looks)

    write_totals(sheet(TOTALS), title, whole, unit_id, places)
    write_matrix(sheet(MATRIX), whole.indicators, whole.contributions, whole.totals, places)
    write_standing(sheet("Tình hình gửi"), whole.contributions, places)
    write_papers(sheet(PAPERS), whole, places)
    _write_where_there_is_something(sheet, whole, groups, places)
    if changes:
        write_changes(sheet(CHANGE_SHEET), changes)
    if charts:
        write_charts(book, charts)
    book.close()
    return stream.getvalue()


def _write_where_there_is_something(
    sheet: Callable[[str], Sheet], whole: Consolidated, groups: Mapping[str, Sequence[Group]], places: Places
) -> None:
    """The sheets that a report may do without, in their order."""
    if places.of_last_year:
        last_year = whole.last_year
        totals = [last_year.totals.get(indicator.code) for indicator in whole.indicators]
        write_matrix(sheet(LAST_YEAR), whole.indicators, last_year.contributions, totals, places, last_year=True)
    if places.evidence:
        write_evidence(sheet(EVIDENCE), whole, places)
    if any(plan.tasks for plan in whole.plans):
        write_tasks(sheet("Tiến độ nhiệm vụ"), whole.plans)
    if any(plan.targets for plan in whole.plans):
        write_targets(sheet("Mục tiêu"), whole.plans)
    if whole.indices:
        write_indices(sheet("Chỉ số đã công bố"), whole.indices)
    if groups:
        write_texts(sheet(TEXT_SHEET), whole, groups, places)
    if any(written.left_out for written in whole.written):
        write_left_out(sheet("Nội dung không đưa vào"), whole, places)
    if whole.published:
        write_published(sheet("Tin, bài theo tháng"), whole.published, places)
    if any(contribution.doubts for contribution in whole.contributions):
        write_doubts(sheet("Cần xem lại"), whole.contributions, places)
