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
from plan_lifecycle.domain.figure_check import evidence_links
from plan_lifecycle.domain.indicator import Indicator, RollUp, Value
from plan_lifecycle.domain.report import Change, Consolidated, Contribution, Standing, change, in_points
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.state_words import NOT_RECEIVED, OWN_DUTY, TO_CHECK, TO_COMPLETE, overdue_words
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import count_text, first_down, short_date, write_value
from plan_lifecycle.lifecycle.compile._months_of_news import published_note, published_rows
from plan_lifecycle.lifecycle.office import Desk, letterhead

LONGEST_NOTE = 80
"""Signs of evidence beside a figure."""
LONGEST_CELL = 200
"""Signs of a text in a table whose rows stay on one page."""
TABLE_COLUMNS = 8
"""How many indicators a table of the annex holds: what can be read on A4 on its side."""


def consolidated_report(desk: Desk, unit: Unit, whole: Consolidated) -> ConsolidatedReport:
    """The report of ``unit`` as its template is filled."""
    tree, office, period, contributions = desk.tree, desk.office, whole.period, whole.contributions
    above = tree.parent(unit)
    receiver = f"{above.agency} (qua {office.coordinating_agency(tree, above).name})" if above else "Bộ Nội vụ"
    return ConsolidatedReport(
        head=letterhead(tree, unit, "BC", period.year),
        unit_name=unit.agency,
        abstract=f"Kết quả thực hiện công tác cải cách hành chính {period.label}",
        addressees=(receiver,),
        parent=_parent(desk),
        period=period.label,
        data_from=short_date(period.data_from),
        data_to=short_date(period.data_to),
        as_of=_as_of(contributions, desk.now.date()),
        counts=_counts(whole.standing),
        indicators=tuple(_total(number, indicator, whole) for number, indicator in enumerate(whole.indicators)),
        missing_units=_missing(contributions, desk.now.date()),
        late_units=_late(contributions),
        tables=tuple(_tables(whole)),
        unsigned=_unsigned(contributions),
        comparison=(*whole.remarks, *whole.last_year.notes),
        published=published_rows(whole.published),
        published_note=published_note(whole.published),
        recipients=(receiver, "Các cơ quan, đơn vị trực thuộc", "Lưu: VT"),
        signature=SignatureBlock(office.rules.signature_lines(unit.kind, desk.now.date())),
    )


def _as_of(contributions: Sequence[Contribution], today: date) -> str:
    """The last day on which the reports were due, or today where it is open."""
    days = [contribution.due_on for contribution in contributions if contribution.due_on]
    return f"hết ngày {short_date(max(days))}" if days else short_date(today)


def _unsigned(contributions: Sequence[Contribution]) -> str:
    count = sum(contribution.unsigned for contribution in contributions)
    return count_text(count) if count else ""


def _parent(desk: Desk) -> PlanReference:
    """The newest plan under which the reports are owed; left open where none has its day yet."""
    if not desk.plans:
        return PlanReference("…", "…", "…", "cải cách hành chính")
    plan = max(desk.plans.values(), key=lambda each: each.issued)
    return PlanReference(plan.number, short_date(plan.issued), plan.issuer, plan.abstract)


def _counts(standing: Standing) -> ReceiptCounts:
    return ReceiptCounts(
        expected=count_text(standing.expected),
        received=count_text(standing.received),
        on_time=count_text(standing.on_time),
        late=count_text(standing.late),
        missing=count_text(len(standing.missing) + len(standing.own_missing)),
        completeness=_share(standing.completeness),
        timeliness=_share(standing.timeliness),
    )


def _total(number: int, indicator: Indicator, whole: Consolidated) -> IndicatorTotal:
    total, then = whole.totals[number], whole.last_year.totals.get(indicator.code)
    names = {contribution.unit_id: contribution for contribution in whole.contributions}
    in_words = indicator.roll_up is RollUp.LIST
    sources = tuple(
        SourceRow(
            str(i),
            names[reported.unit_id].unit_name,
            _text(reported.value, indicator),
            _document(names[reported.unit_id]),
            _note(reported.figure.note),
        )
        for i, reported in enumerate(() if in_words else total.figures, start=1)
    )  # fmt: skip
    changed = change(indicator, total, then)
    return IndicatorTotal(
        ordinal=str(number + 1),
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit_of_measure,
        total=_count_of(total) if in_words else _total_text(total, indicator),
        reported=f"{total.reporters}/{whole.standing.expected}",
        sources=sources,
        previous=_previous(then, indicator),
        change=_change(changed, indicator, even=indicator.code not in whole.last_year.uneven) if changed else "",
        texts=tuple(
            f"{names[reported.unit_id].unit_name}: {_text(reported.value, indicator)}"
            for reported in (total.figures if in_words else ())
        ),
    )


def _count_of(total: Total) -> str:
    """What is told in words stands in the annex."""
    return f"{count_text(len(total.figures))} nội dung (Phụ lục II)" if total.figures else ""


def _note(text: str) -> str:
    """What stands beside a figure, as far as a narrow column holds it; the whole of it stands in the workbook."""
    if len(text) <= LONGEST_NOTE:
        return text
    links = len(evidence_links((text,)))
    return f"{count_text(links)} đường dẫn, nêu tại tệp Excel" if links else f"{text[:LONGEST_NOTE]}…"


def _previous(then: Total | None, indicator: Indicator) -> str:
    """The total of last year. Texts and what is not put together have none."""
    if indicator.roll_up in (RollUp.NONE, RollUp.LIST):
        return ""
    return _total_text(then, indicator) if then and then.value is not None else "không có số liệu"


def _change(changed: Change, indicator: Indicator, *, even: bool) -> str:
    """ "tăng 12 (28,6%)", "giảm 1,5 điểm %", "không đổi"; marked where other units reported a year ago."""
    amount = round(float(abs(changed.difference)), 2)
    said = "không đổi"
    if amount:
        way = "tăng" if changed.difference > 0 else "giảm"
        shown = write_value(int(amount) if amount.is_integer() else amount, indicator)
        points = " điểm %" if in_points(indicator) else ""
        share = f" ({_share(abs(changed.percent))})" if changed.percent is not None else ""
        said = f"{way} {shown}{points}{share}"
    return said if even else f"{said} (*)"


def _missing(contributions: Sequence[Contribution], today: date) -> tuple[LateUnit, ...]:
    absent = [contribution for contribution in contributions if not contribution.counts]
    return tuple(
        LateUnit(str(i), contribution.unit_name, _overdue(contribution, today), _came(contribution))
        for i, contribution in enumerate(absent, start=1)
    )


def _came(contribution: Contribution) -> str:
    if contribution.received_at is None:
        return ""
    came = f"Nhận ngày {short_date(contribution.received_at.date())}"
    return came if contribution.waiting else f"{came}; {first_down(TO_COMPLETE)}"


def _late(contributions: Sequence[Contribution]) -> tuple[LateUnit, ...]:
    late = [
        contribution
        for contribution in contributions
        if contribution.counts and contribution.days_late and contribution.received_at
    ]
    return tuple(
        LateUnit(
            str(i),
            contribution.unit_name,
            overdue_words(contribution.days_late),
            f"Nhận ngày {short_date(contribution.received_at.date())}" if contribution.received_at else "",
        )
        for i, contribution in enumerate(late, start=1)
    )


def _tables(whole: Consolidated) -> Iterator[FigureTable]:
    """The annex, a page's width of indicators at a time; what nobody reported, or told in words, takes no column."""
    every = zip(whole.indicators, whole.totals, strict=True)
    reported = [
        (indicator, total) for indicator, total in every if total.figures and indicator.roll_up is not RollUp.LIST
    ]
    for number, start in enumerate(range(0, len(reported), TABLE_COLUMNS), start=1):
        part = reported[start : start + TABLE_COLUMNS]
        columns = [indicator for indicator, _ in part]
        yield FigureTable(
            caption=f"Biểu {number}",
            heads=tuple(_head(indicator) for indicator in columns),
            rows=tuple(_row(i, contribution, columns) for i, contribution in enumerate(whole.contributions, start=1)),
            totals=tuple(_total_text(total, indicator) for indicator, total in part),
        )


def _head(indicator: Indicator) -> str:
    return f"{indicator.name} ({indicator.unit_of_measure})" if indicator.unit_of_measure else indicator.name


def _row(ordinal: int, contribution: Contribution, indicators: Sequence[Indicator]) -> UnitFigures:
    values = {figure.indicator: figure.value for figure in contribution.figures}
    return UnitFigures(
        str(ordinal),
        contribution.unit_name,
        tuple(_text(values.get(indicator.code), indicator) for indicator in indicators),
    )


def _overdue(contribution: Contribution, today: date) -> str:
    days = (today - contribution.due_on).days if contribution.due_on else 0
    if contribution.waiting:
        return TO_CHECK
    if contribution.own:
        return OWN_DUTY
    return overdue_words(days) if days > 0 else NOT_RECEIVED


def _document(contribution: Contribution) -> str:
    received = f"nhận ngày {short_date(contribution.received_at.date())}" if contribution.received_at else ""
    return f"{contribution.document}, {received}" if contribution.document else received.capitalize()


def _total_text(total: Total, indicator: Indicator) -> str:
    """A share of units is a per cent, whatever each unit's value is; what rests on an estimate says so."""
    text = _text(total.value, indicator)
    if text and indicator.roll_up is RollUp.SHARE:
        text = f"{text}%"
    return f"{text} (ước)" if text and total.estimated else text


def _text(value: Value | tuple[Value, ...] | None, indicator: Indicator) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(write_value(day, indicator) for day in value)
    text = write_value(value, indicator)
    whole = len(text) <= LONGEST_CELL or indicator.roll_up is RollUp.LIST
    return text if whole else f"{text[:LONGEST_CELL]}…"


def _share(percent: float) -> str:
    return f"{percent:.1f}%".replace(".", ",")
