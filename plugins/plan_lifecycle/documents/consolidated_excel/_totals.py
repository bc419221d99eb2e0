"""The totals beside last year's; each leads to its column, and the sheet is what a level above reads back."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from plan_lifecycle.documents.consolidated_excel._places import EVIDENCE, Places
from plan_lifecycle.documents.consolidated_excel._sheet import Cell, Formula, Link, Sheet, shown
from plan_lifecycle.documents.report_form import COMPILED
from plan_lifecycle.domain.contribution import estimate_text, estimated_by, not_known, not_known_text
from plan_lifecycle.domain.figure import NOT_KNOWN
from plan_lifecycle.domain.indicator import OVER_UNITS, Indicator, RollUp
from plan_lifecycle.domain.report import Change, Consolidated, change
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.writing import first_up, half_up

_NOW, _THEN = 3, 5
_LISTED = f"Danh sách kèm theo: trang “{EVIDENCE}”"


def write_totals(sheet: Sheet, title: str, whole: Consolidated, unit_id: str, places: Places) -> None:
    """One row for each indicator, behind its code in a hidden column."""
    standing, last_year = whole.standing, whole.last_year
    sheet.say(title, title=True, hidden=COMPILED)
    sheet.say(f"Đã nhận báo cáo của {standing.received}/{standing.expected} cơ quan, đơn vị", hidden=unit_id)
    sheet.say("DỰ THẢO", hidden=whole.period.code)
    heads = (
        "Mã", "Chỉ tiêu", "Đơn vị tính", "Tổng số", "Số đơn vị có số liệu", f"Cùng kỳ năm trước ({last_year.label})",
        "Số đơn vị có số liệu cùng kỳ", "Tăng, giảm", "Tăng, giảm (%)", "Ghi chú",
    )  # fmt: skip
    sheet.head(heads, (22, 56, 14, 16, 12, 18, 14, 12, 12, 20), fixed=2)
    sheet.hide_column(0)
    open_ = not_known(whole.contributions)
    for indicator, total in zip(whole.indicators, whole.totals, strict=True):
        sheet.row(_row(indicator, total, whole, places, not_known_text(open_.get(indicator.code, ()))))
    sheet.filter()
    sheet.skip()
    for note in (*whole.remarks, *last_year.notes):
        sheet.say(note, hidden="")


def _row(indicator: Indicator, total: Total, whole: Consolidated, places: Places, unknown: str) -> tuple[Cell, ...]:
    code, then = indicator.code, whole.last_year.totals.get(indicator.code)
    changed = change(indicator, total, then)
    notes = [estimate_text(estimated_by(total, whole.contributions))] if total.estimated else []
    notes += ["(*)"] if changed and code in whole.last_year.uneven else []
    notes += [unknown] if unknown else []
    notes += [_LISTED] if indicator.checks.evidence and any(one.figure.note for one in total.figures) else []
    value = first_up(NOT_KNOWN) if unknown and not total.figures else shown(total.value, indicator)
    return (
        code,
        Link(indicator.alone, places.to_sum(code)),
        OVER_UNITS if indicator.roll_up is RollUp.SHARE else indicator.measured,
        _linked(value, places.to_sum(code)),
        total.reporters,
        _before(indicator, then, places),
        then.reporters if then else 0,
        *_changes(changed, places.total[code]),
        "; ".join(notes),
    )


def _before(indicator: Indicator, then: Total | None, places: Places) -> Cell:
    if then and then.value is not None:
        return _linked(shown(then.value, indicator), places.to_sum(indicator.code, last_year=True))
    return "không có số liệu" if indicator.roll_up not in (RollUp.NONE, RollUp.LIST) else None


def _linked(value: str | float | None, to: str) -> Cell:
    """A number as it stands in the matrix; a text as it is."""
    return value if isinstance(value, str | None) else Formula(f"={to}", value)


def _changes(changed: Change | None, row: int) -> tuple[Cell, Cell]:
    """How much more than last year, and in per cent, out of the two totals of the row."""
    now, then = xl_rowcol_to_cell(row, _NOW), xl_rowcol_to_cell(row, _THEN)
    if changed is None:
        return None, None
    by = Formula(f"=ROUND({now}-{then},2)", half_up(changed.difference, 2))
    if changed.percent is None:
        return by, None
    return by, Formula(f"=ROUND(100*({now}-{then})/ABS({then}),1)", half_up(changed.percent, 1))
