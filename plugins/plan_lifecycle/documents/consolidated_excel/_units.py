"""The sheets about units: how they sent, what papers they sent, what stands beside their figures, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from plan_lifecycle.documents.consolidated_excel._places import LAST_YEAR, MATRIX, Places
from plan_lifecycle.documents.consolidated_excel._sheet import Cell, Formula, Link, Sheet, shown
from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.figure import NOT_KNOWN
from plan_lifecycle.domain.figure_check import TO_LOOK_AT
from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import MonthVerdict, PublicationMonth
from plan_lifecycle.domain.report import Consolidated, Difference, Published
from plan_lifecycle.domain.state_words import AWAITS_PAPER, MONTH_WORDS, NOT_RECEIVED, OWN_DUTY, TO_CHECK, TO_COMPLETE
from plan_lifecycle.domain.writing import first_down, first_up, short_date


def write_standing(sheet: Sheet, contributions: Sequence[Contribution], places: Places) -> None:
    """Who sent when, and who did not."""
    heads = ("TT đơn vị", "Cơ quan, đơn vị", "Thời hạn", "Ngày nhận", "Số ngày chậm", "Số, ký hiệu", "Tình hình")
    sheet.head(heads, (10, 40, 16, 16, 12, 20, 30), fixed=2)
    for one in contributions:
        due = short_date(one.due_on) if one.due_on else ""
        name = Link(one.unit_name, places.to_paper(one.unit_id))
        number = places.number[one.unit_id]
        sheet.row((number, name, due, _received(one), one.days_late, one.document or "", _state(one)))
    sheet.filter()


def _state(each: Contribution) -> str:
    if each.counts:
        state = "Chậm" if each.days_late else "Đúng thời hạn"
        return f"{state}; {first_down(AWAITS_PAPER)}" if each.unsigned else state
    if each.waiting:
        return TO_CHECK
    if each.received_at:
        return TO_COMPLETE
    return OWN_DUTY if each.own else NOT_RECEIVED


def write_papers(sheet: Sheet, whole: Consolidated, places: Places) -> None:
    """What the figures of each unit stand in, of now and of last year; each leads to the unit's row of figures."""
    heads = (
        "TT đơn vị", "Cơ quan, đơn vị", "Kỳ báo cáo", "Văn bản", "Lần gửi", "Ngày nhận", "Số chỉ tiêu có số liệu",
        "Tệp",
    )  # fmt: skip
    sheet.head(heads, (10, 40, 24, 20, 8, 14, 12, 60), fixed=2)
    for last_year, one, period in _both_years(whole):
        if one.counts:
            name = Link(one.unit_name, places.to_unit(one.unit_id, last_year=last_year))
            number, files = places.number[one.unit_id], "; ".join(one.files)
            sent = (period, one.document or "", one.version, _received(one), len(one.figures), files)
            sheet.row((number, name, *sent))
    sheet.filter()


def write_evidence(sheet: Sheet, whole: Consolidated, places: Places) -> None:
    """What units put beside single figures: evidence, or that it is an estimate."""
    heads = ("Mã", "Chỉ tiêu", "Kỳ báo cáo", "TT đơn vị", "Cơ quan, đơn vị", "Số liệu", "Minh chứng")
    sheet.head(heads, (22, 50, 24, 10, 36, 14, 70), fixed=2)
    sheet.hide_column(0)
    given = [(last_year, period, one, _noted(one)) for last_year, one, period in _both_years(whole)]
    for indicator in whole.indicators:
        for last_year, period, one, noted in given:
            if indicator.code in noted:
                said, note = noted[indicator.code]
                row, column = places.row[last_year][one.unit_id], places.column[indicator.code]
                to = f"'{LAST_YEAR if last_year else MATRIX}'!{xl_rowcol_to_cell(row, column)}"
                value = shown(said, indicator)
                number: Cell = value if isinstance(value, str | None) else Formula(f"={to}", value)
                name = Link(indicator.alone, to)
                unit = (places.number[one.unit_id], one.unit_name)
                sheet.row((indicator.code, name, period, *unit, number, note))
    sheet.filter()


def _noted(one: Contribution) -> dict[str, tuple[Value, str]]:
    """The figures of a unit beside which something stands, and what it does not know yet, with its reason."""
    open_ = {unknown.indicator: (first_up(NOT_KNOWN), unknown.note) for unknown in one.unknown}
    return open_ | {figure.indicator: (figure.value, figure.note) for figure in one.figures if figure.note}


def _both_years(whole: Consolidated) -> Iterator[tuple[bool, Contribution, str]]:
    """Whether it was last year, what a unit gave, and of which period."""
    yield from ((False, one, whole.period.label) for one in whole.contributions)
    yield from ((True, one, whole.last_year.label) for one in whole.last_year.contributions)


def _received(one: Contribution) -> str:
    return short_date(one.received_at.date()) if one.received_at else ""


def write_published(sheet: Sheet, published: Sequence[Published], places: Places) -> None:
    """A row for each month that was looked at, then the unit's sum beside what it reports itself."""
    heads = (
        "TT đơn vị", "Cơ quan, đơn vị", "Tháng", "Định mức", "Số đếm được", "Kết quả", "Đơn vị báo cáo",
        "Chênh lệch (báo cáo trừ số đếm được)", "Ghi chú",
    )  # fmt: skip
    sheet.head(heads, (10, 40, 18, 10, 10, 20, 12, 16, 50), fixed=2)
    row = 0
    for one in published:
        number, first = places.number[one.unit_id], row + 1
        for month in one.months:
            result = "Chưa hết tháng" if month in one.running else MONTH_WORDS[month.verdict]
            label = Period.parse(month.period).label
            sheet.row((number, one.unit_name, label, month.quota, month.count, result, None, None, _why(month)))
        row = first + len(one.months)
        sheet.row((number, one.unit_name, "Cộng", *_sums(one, first, row)), bold=True)
    sheet.filter()


def _sums(one: Published, first: int, row: int) -> tuple[Cell, ...]:
    """Quota, count, result, what the unit reports, the difference, remark; the months stand from ``first`` on."""
    counted, reported = (xl_rowcol_to_cell(row, column) for column in (4, 6))
    told = one.reported if isinstance(one.reported, int | float) else None
    area = f"{xl_rowcol_to_cell(first, 4)}:{xl_rowcol_to_cell(row - 1, 4)}"
    count = None if one.counted is None else Formula(f"=SUM({area})", one.counted)
    difference = None if one.difference is None else Formula(f"={reported}-{counted}", one.difference)
    return None, count, f"Đạt {len(one.of(MonthVerdict.MET))}/{len(one.months)} tháng", told, difference, ""


def _why(month: PublicationMonth) -> str:
    undated = f"{month.undated} tin, bài không ghi ngày, chưa tính" if month.undated else ""
    return "; ".join(each for each in (month.why, undated) if each)


def write_doubts(sheet: Sheet, contributions: Sequence[Contribution], places: Places) -> None:
    """What should be looked at again in what was accepted."""
    sheet.head(("TT đơn vị", "Cơ quan, đơn vị", "Nội dung"), (10, 40, 110), fixed=2)
    for one in contributions:
        name = Link(one.unit_name, places.to_unit(one.unit_id))
        for doubt in one.doubts:
            sheet.row((places.number[one.unit_id], name, doubt.removeprefix(TO_LOOK_AT)))
    sheet.filter()


def write_changes(sheet: Sheet, changes: Sequence[Difference]) -> None:
    """What has changed since the version before, and by whose paper."""
    titles = ("STT", "Nội dung", "Lần trước", "Lần này", "Tăng, giảm", "Theo văn bản của")
    sheet.head(titles, (8, 60, 50, 50, 20, 50), fixed=2)
    for number, one in enumerate(changes, start=1):
        sheet.row((number, one.what, one.before, one.after, one.difference, one.source))
    sheet.filter()
