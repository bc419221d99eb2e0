"""The consolidated report as a workbook: totals beside last year's, every unit's figures as numbers, and their sources.

Texts are written as strings, whatever they begin with: a unit's "=HYPERLINK(…)" stays a text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import xlsxwriter

from plan_lifecycle.documents.report_form import COMPILED
from plan_lifecycle.documents.row_height import LINE, row_height
from plan_lifecycle.domain.figure import ESTIMATED, NOT_KNOWN
from plan_lifecycle.domain.figure_check import TO_LOOK_AT
from plan_lifecycle.domain.gathering import Group
from plan_lifecycle.domain.indicator import OVER_UNITS, Indicator, RollUp, Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import MonthVerdict, PublicationMonth
from plan_lifecycle.domain.report import Consolidated, Contribution, Published, change, not_known, not_known_text
from plan_lifecycle.domain.roll_up import Reported, Total
from plan_lifecycle.domain.state_words import AWAITS_PAPER, MONTH_WORDS, NOT_RECEIVED, OWN_DUTY, TO_CHECK, TO_COMPLETE
from plan_lifecycle.domain.writing import first_down, first_up, short_date, write_value

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed creation date: same inputs, same bytes
_FONT = {"font_name": "Times New Roman", "valign": "vcenter"}
_HEAD_LINES = 3
_LONGEST_TEXT = 32_000
"""A cell takes 32,767 signs; what is longer would be left out without a word."""

Cell = tuple[Value | tuple[Value, ...] | None, Indicator]
"""A value with the indicator that says how it is written."""


TEXT_SHEET = "Lời văn"
"""The sheet that holds all that units wrote."""


def write_consolidated_excel(
    title: str,
    whole: Consolidated,
    groups: Mapping[str, Sequence[Group]] = MappingProxyType({}),
    unit_id: str = "",
) -> bytes:
    """The workbook as bytes; ``unit_id`` is whose report it is, for reading its totals back.

    Sheets: "Tổng hợp", "Từng đơn vị" (units × indicators), "Tình hình gửi", "Nguồn số liệu" (every figure, of now and
    of last year, with its paper); "Lời văn" (every paragraph of ``groups``, by section), "Tin, bài theo tháng" and "Cần
    xem lại" where there is something in them.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _EPOCH})
    _totals(_Sheet(book, "Tổng hợp"), title, whole, unit_id)
    numbers = _numbers(whole)
    _matrix(_Sheet(book, "Từng đơn vị"), whole, numbers)
    _standing(_Sheet(book, "Tình hình gửi"), whole.contributions, numbers)
    _sources(_Sheet(book, "Nguồn số liệu"), whole, numbers)
    if groups:
        _texts(_Sheet(book, TEXT_SHEET), whole, groups)
    if whole.published:
        _published(_Sheet(book, "Tin, bài theo tháng"), whole.published, numbers)
    if any(contribution.doubts for contribution in whole.contributions):
        _doubts(_Sheet(book, "Cần xem lại"), whole.contributions, numbers)
    book.close()
    return stream.getvalue()


class _Sheet:
    """A sheet that is written row by row, in the looks of a form."""

    def __init__(self, book: Any, name: str) -> None:
        self._sheet, self._row = book.add_worksheet(name), 0
        self._widths: tuple[int, ...] = ()
        self._title = book.add_format({**_FONT, "bold": True, "font_size": 14})
        self._head = book.add_format({**_FONT, "bold": True, "text_wrap": True, "border": 1, "align": "center"})
        self._cell = book.add_format({**_FONT, "border": 1, "text_wrap": True})
        self._number = book.add_format({**_FONT, "border": 1, "num_format": "#,##0.##"})
        self._whole = book.add_format({**_FONT, "border": 1, "num_format": "#,##0"})
        self._plain = book.add_format(_FONT)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)

    def say(self, text: str, *, title: bool = False, hidden: str | None = None) -> None:
        """A line above or under a table; beside what is ``hidden`` in the first column where that is given."""
        self._sheet.write_string(self._row, hidden is not None, text, self._title if title else self._plain)
        if hidden is not None:
            self._sheet.write_string(self._row, 0, hidden)
        self._row += 1

    def hide_first_column(self) -> None:
        """Codes are for reading back, not for people."""
        self._sheet.set_column(0, 0, None, None, {"hidden": True})

    def head(self, names: Sequence[str], widths: Sequence[int], *, fixed: int) -> None:
        """The headings of a table; they and the first ``fixed`` columns stay in sight, on paper too."""
        self._widths = tuple(widths)
        for column, (name, width) in enumerate(zip(names, widths, strict=True)):
            self._sheet.write_string(self._row, column, name, self._head)
            self._sheet.set_column(column, column, width)
        self._sheet.set_row(self._row, _HEAD_LINES * LINE)
        self._sheet.repeat_rows(self._row)
        self._row += 1
        self._sheet.freeze_panes(self._row, fixed)

    def row(self, cells: Sequence[Cell | str | float | None], *, bold: bool = False) -> None:
        """One row; numbers as numbers."""
        values = [_text_or_number(*cell) if isinstance(cell, tuple) else cell for cell in cells]
        texts = ((each, width) for each, width in zip(values, self._widths, strict=False) if isinstance(each, str))
        self._sheet.set_row(self._row, row_height(texts))
        for column, value in enumerate(values):
            self._write(column, value, bold=bold)
        self._row += 1

    def _write(self, column: int, value: str | float | None, *, bold: bool) -> None:
        if value is None:
            self._sheet.write_blank(self._row, column, None, self._cell)
        elif isinstance(value, str):
            text = value if len(value) <= _LONGEST_TEXT else f"{value[: _LONGEST_TEXT - 1]}…"
            self._sheet.write_string(self._row, column, text, self._head if bold else self._cell)
        else:
            whole = float(value).is_integer()
            self._sheet.write_number(self._row, column, value, self._whole if whole else self._number)

    def skip(self) -> None:
        """An empty row."""
        self._row += 1


def _text_or_number(value: Value | tuple[Value, ...] | None, indicator: Indicator) -> str | float | None:
    if isinstance(value, tuple):
        return "; ".join(write_value(day, indicator) for day in value)
    if isinstance(value, bool | str | date):
        return write_value(value, indicator)
    return value


def _totals(sheet: _Sheet, title: str, whole: Consolidated, unit_id: str) -> None:
    standing, last_year = whole.standing, whole.last_year
    sheet.say(title, title=True, hidden=COMPILED)
    sheet.say(f"Đã nhận báo cáo của {standing.received}/{standing.expected} cơ quan, đơn vị", hidden=unit_id)
    sheet.say("", hidden=whole.period.code)
    heads = (
        "Mã", "Chỉ tiêu", "Đơn vị tính", "Tổng số", "Số đơn vị có số liệu", f"Cùng kỳ năm trước ({last_year.label})",
        "Số đơn vị có số liệu cùng kỳ", "Tăng, giảm", "Tăng, giảm (%)", "Ghi chú",
    )  # fmt: skip
    sheet.head(heads, (22, 56, 14, 16, 12, 18, 14, 12, 12, 20), fixed=2)
    sheet.hide_first_column()
    open_ = not_known(whole.contributions)
    for indicator, total in zip(whole.indicators, whole.totals, strict=True):
        then = last_year.totals.get(indicator.code)
        changed = change(indicator, total, then)
        notes = [first_up(ESTIMATED)] if total.estimated else []
        notes += ["(*)"] if changed and indicator.code in last_year.uneven else []
        unknown = not_known_text(open_.get(indicator.code, ()))
        notes += [unknown] if unknown else []
        formed = indicator.roll_up not in (RollUp.NONE, RollUp.LIST)
        sheet.row(
            (
                indicator.code,
                indicator.name,
                OVER_UNITS if indicator.roll_up is RollUp.SHARE else indicator.measured,
                first_up(NOT_KNOWN) if unknown and not total.figures else (total.value, indicator),
                total.reporters,
                (then.value, indicator) if then and then.value is not None else "không có số liệu" if formed else None,
                then.reporters if then else 0,
                round(changed.difference, 2) if changed else None,
                round(changed.percent, 1) if changed and changed.percent is not None else None,
                "; ".join(notes),
            )
        )
    sheet.skip()
    for note in (*whole.remarks, *last_year.notes):
        sheet.say(note, hidden="")


def _numbers(whole: Consolidated) -> dict[str, int]:
    """The number of each unit, the same on every sheet: names recur, and our ids say nothing to people."""
    units = [one.unit_id for one in (*whole.contributions, *whole.last_year.contributions)]
    units += [one.unit_id for one in whole.published]
    return {unit_id: number for number, unit_id in enumerate(dict.fromkeys(units), start=1)}


def _matrix(sheet: _Sheet, whole: Consolidated, numbers: Mapping[str, int]) -> None:
    names = [each.name for each in whole.indicators]
    sheet.head(("TT đơn vị", "Cơ quan, đơn vị", *names), (16, 40, *(14 for _ in names)), fixed=2)
    for contribution in whole.contributions:
        values = {figure.indicator: figure.value for figure in contribution.figures}
        open_ = {one.indicator for one in contribution.unknown}
        figures = (
            first_up(NOT_KNOWN) if indicator.code in open_ else (values.get(indicator.code), indicator)
            for indicator in whole.indicators
        )
        sheet.row((numbers[contribution.unit_id], contribution.unit_name, *figures))
    totals = ((total.value, indicator) for indicator, total in zip(whole.indicators, whole.totals, strict=True))
    sheet.row(("", "Cộng", *totals), bold=True)


def _standing(sheet: _Sheet, contributions: Sequence[Contribution], numbers: Mapping[str, int]) -> None:
    heads = ("TT đơn vị", "Cơ quan, đơn vị", "Thời hạn", "Ngày nhận", "Số ngày chậm", "Số, ký hiệu", "Tình hình")
    sheet.head(heads, (16, 40, 16, 16, 16, 16, 24), fixed=2)
    for contribution in contributions:
        received = short_date(contribution.received_at.date()) if contribution.received_at else ""
        due = short_date(contribution.due_on) if contribution.due_on else ""
        sheet.row(
            (
                numbers[contribution.unit_id],
                contribution.unit_name,
                due,
                received,
                contribution.days_late,
                contribution.document or "",
                _state(contribution),
            )
        )


def _state(each: Contribution) -> str:
    if each.counts:
        state = "Chậm" if each.days_late else "Đúng thời hạn"
        return f"{state}; {first_down(AWAITS_PAPER)}" if each.unsigned else state
    if each.waiting:
        return TO_CHECK
    if each.received_at:
        return TO_COMPLETE
    return OWN_DUTY if each.own else NOT_RECEIVED


def _sources(sheet: _Sheet, whole: Consolidated, numbers: Mapping[str, int]) -> None:
    """Every figure behind every total, of now and of last year."""
    heads = (
        "Mã",
        "Chỉ tiêu",
        "Kỳ báo cáo",
        "TT đơn vị",
        "Cơ quan, đơn vị",
        "Số liệu",
        "Văn bản",
        "Ngày nhận",
        "Minh chứng",
    )
    sheet.head(heads, (22, 50, 20, 16, 36, 14, 18, 14, 50), fixed=2)
    for number, indicator in enumerate(whole.indicators):
        then = whole.last_year.totals.get(indicator.code)
        for row in _traced(indicator, whole.totals[number], whole.contributions, numbers):
            sheet.row(row)
        for row in _unknown(indicator, whole, numbers):
            sheet.row(row)
        for row in _traced(indicator, then, whole.last_year.contributions, numbers):
            sheet.row(row)


def _unknown(indicator: Indicator, whole: Consolidated, numbers: Mapping[str, int]) -> Iterator[tuple[str | int, ...]]:
    """What units do not know yet, with their reason."""
    for source in whole.contributions:
        for one in source.unknown:
            if one.indicator == indicator.code:
                received = short_date(source.received_at.date()) if source.received_at else ""
                of = (whole.period.label, numbers[source.unit_id], source.unit_name)
                said = (first_up(NOT_KNOWN), source.document or "", received, one.note)
                yield (indicator.code, indicator.name, *of, *said)


def _traced(
    indicator: Indicator, total: Total | None, contributions: Sequence[Contribution], numbers: Mapping[str, int]
) -> Iterator[tuple[Cell | str | int, ...]]:
    by_unit = {contribution.unit_id: contribution for contribution in contributions}
    for reported in total.figures if total else ():
        yield _source(indicator, reported, by_unit[reported.unit_id], numbers[reported.unit_id])


def _source(
    indicator: Indicator, reported: Reported, source: Contribution, number: int
) -> tuple[Cell | str | int, ...]:
    received = short_date(source.received_at.date()) if source.received_at else ""
    return (
        indicator.code,
        indicator.name,
        reported.period.label,
        number,
        source.unit_name,
        (reported.value, indicator),
        source.document or "",
        received,
        reported.figure.note,
    )


def _published(sheet: _Sheet, published: Sequence[Published], numbers: Mapping[str, int]) -> None:
    """A row for each month that was looked at, then the unit's sum beside what it reports itself."""
    heads = (
        "TT đơn vị", "Cơ quan, đơn vị", "Tháng", "Định mức", "Số đếm được", "Kết quả", "Đơn vị báo cáo",
        "Chênh lệch (báo cáo trừ số đếm được)", "Ghi chú",
    )  # fmt: skip
    sheet.head(heads, (16, 40, 18, 10, 10, 20, 12, 16, 50), fixed=2)
    for one in published:
        number = numbers[one.unit_id]
        for month in one.months:
            result = "Chưa hết tháng" if month in one.running else MONTH_WORDS[month.verdict]
            label = Period.parse(month.period).label
            sheet.row((number, one.unit_name, label, month.quota, month.count, result, None, None, _why(month)))
        reported = one.reported if isinstance(one.reported, int | float) else None
        whole = f"Đạt {len(one.of(MonthVerdict.MET))}/{len(one.months)} tháng"
        sheet.row((number, one.unit_name, "Cộng", None, one.counted, whole, reported, one.difference, ""), bold=True)


def _why(month: PublicationMonth) -> str:
    undated = f"{month.undated} tin, bài không ghi ngày, chưa tính" if month.undated else ""
    return "; ".join(each for each in (month.why, undated) if each)


def _doubts(sheet: _Sheet, contributions: Sequence[Contribution], numbers: Mapping[str, int]) -> None:
    sheet.head(("TT đơn vị", "Cơ quan, đơn vị", "Nội dung"), (16, 40, 110), fixed=2)
    for contribution in contributions:
        for doubt in contribution.doubts:
            sheet.row((numbers[contribution.unit_id], contribution.unit_name, doubt.removeprefix(TO_LOOK_AT)))


def _texts(sheet: _Sheet, whole: Consolidated, groups: Mapping[str, Sequence[Group]]) -> None:
    """Every paragraph that units wrote, in the order of the outline, with where it stands in its paper."""
    sheet.say("Nội dung các cơ quan, đơn vị báo cáo, theo đề mục", title=True)
    sheet.skip()
    heads = (
        "Đề mục",
        "Nội dung",
        "Cơ quan, đơn vị",
        "Số đơn vị cùng nội dung",
        "Văn bản",
        "Đề mục của đơn vị",
        "Ghi chú",
    )
    sheet.head(heads, (34, 80, 30, 12, 24, 34, 40), fixed=1)
    headings = {one.section.code: f"{' '.join(one.path)} {one.section.heading}" for one in whole.profile.numbered()}
    order = [*headings, *(code for code in groups if code not in headings)]
    for code in order:
        for group in groups.get(code, ()):
            alike = "; ".join(dict.fromkeys(said.name for said in group.resembling))
            note = (
                f"Gần giống, khác số liệu: {alike}"
                if alike
                else "Trùng nội dung giữa các đơn vị"
                if group.copied
                else ""
            )
            for said in group.said:
                written = whole.written[said.source]
                document, place = written.contribution.document or "", written.passage.heading
                heading = headings.get(code, "Nội dung khác")
                sheet.row((heading, said.text, said.name, len(group.units), document, place, note))
