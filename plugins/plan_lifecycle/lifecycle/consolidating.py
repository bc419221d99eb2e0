"""Wording the consolidated report: totals, who is missing or late, and the way from each number to its unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plan_lifecycle.documents.drafts import (
    ConsolidatedReport,
    FigureTable,
    IndicatorTotal,
    LateUnit,
    PlanReference,
    ReceiptCounts,
    SignatureBlock,
    SourceRow,
    UnitFigures,
)
from plan_lifecycle.domain.indicator import Indicator, RollUp, Total, Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.report import Contribution, Standing
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import count_text, short_date, write_value
from plan_lifecycle.lifecycle.desk import Desk
from plan_lifecycle.lifecycle.drafting import letterhead

TABLE_COLUMNS = 8
"""How many indicators a table of the annex holds: what can be read on A4 on its side."""


def consolidated_report(
    desk: Desk,
    unit: Unit,
    period: Period,
    indicators: Sequence[Indicator],
    totals: Sequence[Total],
    contributions: Sequence[Contribution],
    standing: Standing,
) -> ConsolidatedReport:
    """The report of ``unit`` as its template is filled."""
    tree, office = desk.tree, desk.office
    above = tree.parent(unit)
    receiver = f"{above.agency} (qua {office.coordinator(tree, above).name})" if above else "Bộ Nội vụ"
    return ConsolidatedReport(
        head=letterhead(tree, unit, "BC", period.year),
        unit_name=unit.agency,
        abstract=f"Kết quả thực hiện công tác cải cách hành chính {period.label}",
        addressees=(receiver,),
        parent=_parent(desk),
        period=period.label,
        data_from=short_date(period.data_from),
        data_to=short_date(period.data_to),
        as_of=f"hết ngày {short_date(max(each.due_on for each in contributions if each.due_on))}"
        if any(each.due_on for each in contributions)
        else short_date(desk.now.date()),
        counts=_counts(standing),
        indicators=tuple(
            _total(i, indicator, total, contributions, standing)
            for i, (indicator, total) in enumerate(zip(indicators, totals, strict=True), start=1)
        ),
        missing_units=_missing(contributions, desk.now.date()),
        late_units=_late(contributions),
        tables=tuple(_tables(indicators, totals, contributions)),
        recipients=(receiver, "Các cơ quan, đơn vị trực thuộc", "Lưu: VT"),
        signature=SignatureBlock(office.rules.signature_lines(unit.kind, desk.now.date())),
    )


def _parent(desk: Desk) -> PlanReference:
    """The newest plan under which the reports are owed."""
    plan = max(desk.plans.values(), key=lambda each: each.issued)
    return PlanReference(plan.number, short_date(plan.issued), plan.issuer, plan.abstract)


def _counts(standing: Standing) -> ReceiptCounts:
    return ReceiptCounts(
        expected=count_text(standing.expected),
        received=count_text(standing.received),
        on_time=count_text(standing.on_time),
        late=count_text(standing.late),
        missing=count_text(len(standing.missing)),
        completeness=_share(standing.completeness),
        timeliness=_share(standing.timeliness),
    )


def _total(
    ordinal: int, indicator: Indicator, total: Total, contributions: Sequence[Contribution], standing: Standing
) -> IndicatorTotal:
    names = {each.unit_id: each for each in contributions}
    sources = tuple(
        SourceRow(
            str(i), names[figure.unit_id].unit_name, _text(figure.value, indicator), _document(names[figure.unit_id]),
            figure.evidence,
        )
        for i, figure in enumerate(total.figures, start=1)
    )  # fmt: skip
    return IndicatorTotal(
        ordinal=str(ordinal),
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit_of_measure,
        total=_total_text(total, indicator),
        reported=f"{total.reporters}/{standing.expected}",
        sources=sources,
    )


def _missing(contributions: Sequence[Contribution], today: date) -> tuple[LateUnit, ...]:
    absent = [each for each in contributions if not each.counts]
    return tuple(
        LateUnit(str(i), each.unit_name, _overdue(each, today), "Đề nghị hoàn thiện" if each.received_at else "")
        for i, each in enumerate(absent, start=1)
    )


def _late(contributions: Sequence[Contribution]) -> tuple[LateUnit, ...]:
    late = [each for each in contributions if each.counts and each.days_late and each.received_at]
    return tuple(
        LateUnit(
            str(i),
            each.unit_name,
            f"Quá hạn {each.days_late:02} ngày",
            f"Nhận ngày {short_date(each.received_at.date())}" if each.received_at else "",
        )
        for i, each in enumerate(late, start=1)
    )


def _tables(
    indicators: Sequence[Indicator], totals: Sequence[Total], contributions: Sequence[Contribution]
) -> Iterator[FigureTable]:
    """The annex, a page's width of indicators at a time; what nobody reported takes no column."""
    reported = [(each, total) for each, total in zip(indicators, totals, strict=True) if total.figures]
    for number, start in enumerate(range(0, len(reported), TABLE_COLUMNS), start=1):
        part = reported[start : start + TABLE_COLUMNS]
        columns = [each for each, _ in part]
        yield FigureTable(
            caption=f"Biểu {number}",
            heads=tuple(_head(each) for each in columns),
            rows=tuple(_row(i, each, columns) for i, each in enumerate(contributions, start=1)),
            totals=tuple(_total_text(total, each) for each, total in part),
        )


def _head(indicator: Indicator) -> str:
    return f"{indicator.name} ({indicator.unit_of_measure})" if indicator.unit_of_measure else indicator.name


def _row(ordinal: int, contribution: Contribution, indicators: Sequence[Indicator]) -> UnitFigures:
    values = {figure.indicator: figure.value for figure in contribution.figures}
    return UnitFigures(
        str(ordinal), contribution.unit_name, tuple(_text(values.get(each.code), each) for each in indicators)
    )


def _overdue(contribution: Contribution, today: date) -> str:
    days = (today - contribution.due_on).days if contribution.due_on else 0
    return f"Quá hạn {days:02} ngày" if days > 0 else "Chưa nhận được"


def _document(contribution: Contribution) -> str:
    received = f"nhận ngày {short_date(contribution.received_at.date())}" if contribution.received_at else ""
    return f"{contribution.document}, {received}" if contribution.document else received.capitalize()


def _total_text(total: Total, indicator: Indicator) -> str:
    """A share of units is a per cent, whatever each unit's value is."""
    text = _text(total.value, indicator)
    return f"{text}%" if text and indicator.roll_up is RollUp.SHARE else text


def _text(value: Value | tuple[Value, ...] | None, indicator: Indicator) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(write_value(each, indicator) for each in value)
    return write_value(value, indicator)


def _share(percent: float) -> str:
    return f"{percent:.1f}%".replace(".", ",")
