"""A unit's own report out of the form: what was typed is read field by field, and becomes a Word file to sign.

Xã Bình An types "1.250" beside last period's 980; what cannot be read is said beside its field and stays as typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plan_lifecycle.documents.drafts import (
    IndicatorRow,
    PlanReference,
    ReportForm,
    ReportSection,
    SignatureBlock,
)
from plan_lifecycle.documents.report_form import write_report_form
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.figure_text import is_blank, parse_value
from plan_lifecycle.domain.indicator import NUMERIC, Indicator, IndicatorType, Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.domain.writing import short_date, write_value
from plan_lifecycle.lifecycle.drafting import letterhead
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.portal import Owed
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submissions as submission_rows

TEXTS = {
    "t_direction": "Công tác chỉ đạo, điều hành",
    "t_results": "Kết quả thông tin, tuyên truyền",
    "t_difficulties": "Khó khăn, vướng mắc",
    "t_proposals": "Đề xuất, kiến nghị",
    "t_next": "Phương hướng, nhiệm vụ thời gian tới",
}
"""The free texts of a report, by the name of their field."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was read of a form: values and evidence by indicator; ``findings`` says beside which field what is amiss."""

    values: Mapping[str, Value]
    evidence: Mapping[str, str]
    findings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Before:
    """The figures of the period to compare with; ``label`` is empty where there are none."""

    label: str
    values: Mapping[str, Value]


def indicators_of(office: Office, owed: Owed) -> tuple[Indicator, ...]:
    """What this unit reports in this period."""
    return office.rules.indicators_of(owed.period.year, owed.unit.level)


def read_fields(indicators: Sequence[Indicator], fields: Mapping[str, str]) -> Filled:
    """Read the fields ``v_<code>`` (value), ``e_<code>`` (evidence) and ``u_<code>`` (estimate)."""
    values: dict[str, Value] = {}
    evidence: dict[str, str] = {}
    findings: dict[str, str] = {}
    for each in indicators:
        typed = fields.get(f"v_{each.code}", "").strip()
        note = fields.get(f"e_{each.code}", "").strip()
        if fields.get(f"u_{each.code}"):
            note = f"ước thực hiện; {note}" if note else "ước thực hiện"
        evidence[each.code] = note
        if is_blank(typed):
            if each.required:
                numeric = each.type in NUMERIC
                findings[each.code] = "Chưa có số liệu; chưa phát sinh thì ghi 0." if numeric else "Chưa có nội dung."
            continue
        try:
            values[each.code] = parse_value(typed, each)
        except InputError as error:
            findings[each.code] = error.for_user.removeprefix(f"{each.name}: ")
    return Filled(values, evidence, findings)


def before(office: Office, owed: Owed, indicators: Sequence[Indicator]) -> Before:
    """The newest accepted figures of the period before, else of the same period a year ago."""
    with office.store.read() as connection:
        known = obligation_rows.owed_by(connection, [owed.unit.id])
        for period in (owed.period.previous, owed.period.same_last_year):
            ids = [each.id for each in known.get((owed.unit.id, Item.REPORT.value, period.code), [])]
            found = submission_rows.accepted(connection, ids)
            rows = submission_rows.figures(connection, [each.id for each in found.values()])
            if rows:
                by_code = {each.code: each for each in indicators}
                values = {
                    row.indicator: _stored(by_code[row.indicator], row.number, row.text)
                    for row in rows
                    if row.indicator in by_code
                }
                return Before(period.label, {code: value for code, value in values.items() if value is not None})
    return Before("", {})


def workbook(owed: Owed, indicators: Sequence[Indicator], filled: Filled, earlier: Before) -> bytes:
    """The same form as .xlsx, with what is known already."""
    previous = earlier.values if earlier.label else None
    return write_report_form(
        indicators, owed.unit, owed.period, previous, values=filled.values, evidence=filled.evidence
    )


def own_report(
    office: Office,
    tree: UnitTree,
    owed: Owed,
    indicators: Sequence[Indicator],
    filled: Filled,
    texts: Mapping[str, str],
) -> ReportForm:
    """The unit's report for its leader to sign; number, day and name stay open."""
    period, receiver = owed.period, owed.receiver
    through = office.coordinator(tree, receiver)
    addressee = receiver.agency if through.id == receiver.id else f"{receiver.agency} (qua {through.name})"
    return ReportForm(
        head=letterhead(tree, owed.unit, "BC", period.year),
        unit_name=owed.unit_name,
        abstract=f"Kết quả thông tin, tuyên truyền cải cách hành chính {period.label}",
        addressees=(addressee,),
        parent=_parent(owed),
        period=period.label,
        data_from=short_date(period.data_from),
        data_to=short_date(period.data_to),
        sections=tuple(
            ReportSection(str(number), TEXTS[name], _paragraphs(texts.get(name, "")))
            for number, name in enumerate(("t_direction", "t_results"), start=1)
        ),
        indicators=tuple(_row(number, each, filled) for number, each in enumerate(indicators, start=1)),
        recipients=("Như trên", "Lưu: VT"),
        signature=SignatureBlock(office.rules.signature_lines(owed.unit.kind, owed.today)),
        difficulties=_paragraphs(texts.get("t_difficulties", "")),
        proposals=_paragraphs(texts.get("t_proposals", "")),
        next_steps=_paragraphs(texts.get("t_next", "")),
    )


def _parent(owed: Owed) -> PlanReference:
    if owed.plan is None:
        return PlanReference("…", "…", owed.receiver.agency, "cải cách hành chính")
    return PlanReference(owed.plan.number, short_date(owed.plan.issued), owed.plan.issuer, owed.plan.abstract)


def _row(number: int, indicator: Indicator, filled: Filled) -> IndicatorRow:
    value = filled.values.get(indicator.code)
    return IndicatorRow(
        ordinal=str(number),
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit_of_measure,
        value="" if value is None else write_value(value, indicator),
        evidence=filled.evidence.get(indicator.code, ""),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _stored(indicator: Indicator, number: float | None, text: str | None) -> Value | None:
    """A figure as the store keeps it, as a value again."""
    if number is None:
        if indicator.type is IndicatorType.DATE and text:
            return date.fromisoformat(text[:10])
        return text
    if indicator.type is IndicatorType.BOOLEAN:
        return number == 1
    return int(number) if number.is_integer() else number
