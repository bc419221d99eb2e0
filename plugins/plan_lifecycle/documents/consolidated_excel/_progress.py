"""The sheets on the plan itself: its tasks, its targets beside the results, and indices that others published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plan_lifecycle.documents.consolidated_excel._sheet import Sheet
from plan_lifecycle.domain.plan_target import VERDICT_WORDS, WHY_WORDS, TargetStanding, target_words
from plan_lifecycle.domain.plan_task import SAID_WORDS, STATE_WORDS, TaskReport, TaskStanding
from plan_lifecycle.domain.published_index import NamedIndex
from plan_lifecycle.domain.report import PlanStanding
from plan_lifecycle.domain.writing import short_date

_MOST_NAMED = 40


def write_tasks(sheet: Sheet, plans: Sequence[PlanStanding]) -> None:
    """Every task of the plans, with who leads and who watches over it, its state and who said so."""
    heads = (
        "Kế hoạch", "TT", "Lĩnh vực", "Nhiệm vụ", "Sản phẩm", "Thời gian", "Hạn cuối", "Cơ quan chủ trì",
        "Cơ quan phối hợp", "Cơ quan theo dõi, đôn đốc", "Tình hình", "Ngày hoàn thành", "Số ngày chậm, quá hạn",
        "Đơn vị chủ trì",
        "Đơn vị báo cáo hoàn thành", "Nguồn", "Vị trí trong kế hoạch",
    )  # fmt: skip
    widths = (18, 6, 24, 60, 36, 26, 12, 30, 26, 22, 24, 14, 12, 10, 12, 60, 24)
    sheet.head(heads, widths, fixed=4)
    for plan in plans:
        for one in plan.tasks:
            sheet.row((plan.reference, *_task(one)))
    sheet.filter()


def _task(one: TaskStanding) -> tuple[str | float | None, ...]:
    task = one.task
    return (
        task.number,
        task.section,
        task.content,
        task.product,
        task.phrase,
        short_date(task.due) if task.due else "",
        task.lead,
        task.support,
        task.monitor,
        STATE_WORDS[one.state],
        short_date(one.done_on) if one.done_on else "",
        one.days_late or None,
        len(one.leads) or None,
        one.done if one.reports else None,
        _said([one.mark] if one.mark else one.reports),
        task.source,
    )


def _said(reports: Sequence[TaskReport]) -> str:
    told = "; ".join(map(_of_one, reports[:_MOST_NAMED]))
    rest = len(reports) - _MOST_NAMED
    return f"{told}; và {rest} đơn vị khác" if rest > 0 else told


def _of_one(report: TaskReport) -> str:
    day = f" ngày {short_date(report.done_on)}" if report.done_on else ""
    beside = ", ".join(part for part in (report.paper, report.note) if part)
    return f"{report.by}: {SAID_WORDS[report.said]}{day}{f' ({beside})' if beside else ''}"


def write_targets(sheet: Sheet, plans: Sequence[PlanStanding]) -> None:
    """Every target with its number, its results and whether they are enough; one row a result."""
    heads = (
        "Kế hoạch", "TT", "Mục tiêu", "Mức phải đạt", "Chỉ tiêu đánh giá", "Kết quả", "Đánh giá", "Ghi chú",
        "Vị trí trong kế hoạch",
    )  # fmt: skip
    sheet.head(heads, (18, 6, 70, 20, 46, 26, 14, 46, 32), fixed=3)
    for plan in plans:
        for number, one in enumerate(plan.targets, start=1):
            for cells in _target(one):
                sheet.row((plan.reference, number, *cells))
    sheet.filter()


def _target(one: TargetStanding) -> Iterable[tuple[str, ...]]:
    text, wanted, places = one.target.text, target_words(one.target.target), "; ".join(one.target.sources)
    note = WHY_WORDS[one.why] if one.why else ""
    if one.mark:
        note = "; ".join(part for part in (note, f"{one.mark.by}: {one.mark.reason}", one.mark.paper) if part)
    for result in one.results:
        yield text, wanted, result.name, result.text, VERDICT_WORDS[result.verdict], note, places
    if not one.results:
        yield text, wanted, "", "", VERDICT_WORDS[one.verdict], note, places


def write_indices(sheet: Sheet, indices: Sequence[NamedIndex]) -> None:
    """Indices as their publishers give them; numbers as numbers."""
    heads = (
        "Chỉ số", "Năm", "Kết quả", "Đơn vị tính", "Thứ hạng", "Tổng số xếp hạng", "Kết quả năm trước",
        "Thứ hạng năm trước", "Cơ quan công bố", "Ngày công bố", "Văn bản", "Người nhập",
    )  # fmt: skip
    sheet.head(heads, (50, 8, 12, 12, 10, 10, 12, 12, 24, 14, 30, 24), fixed=1)
    for one in indices:
        result = one.result
        sheet.row(
            (
                one.kind.name,
                result.year,
                result.value,
                one.kind.unit,
                result.rank,
                result.out_of,
                result.last_value,
                result.last_rank,
                result.publisher,
                short_date(result.published_on),
                result.paper,
                result.entered_by,
            )
        )
    sheet.filter()
