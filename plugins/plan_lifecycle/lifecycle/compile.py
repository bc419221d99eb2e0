"""Compiling: from the accepted reports of the units below to one consolidated report, Word and Excel, on time.

Huyện Bắc Bình's report of 2023-H1 is compiled on the morning after its communes' last day: what was accepted is
rolled up, who is missing or was late is named, every number keeps the way back to its submissions. The same inputs
are never compiled twice; what comes later makes a new version only when a person asks for it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from plan_lifecycle.documents.consolidated_excel import write_consolidated_excel
from plan_lifecycle.documents.render import render_consolidated_report
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.indicator import (
    WHOLE,
    Figure,
    Indicator,
    IndicatorType,
    RollUpError,
    Total,
    Value,
    roll_up,
)
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.report import Contribution, Standing, completeness
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.domain.unit import ContactRole, Unit
from plan_lifecycle.lifecycle.consolidating import consolidated_report
from plan_lifecycle.lifecycle.correspondence import EXCEL, WORD, write_letter
from plan_lifecycle.lifecycle.desk import Desk, open_desk
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.mail.contexts import ReportToLeader
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.reports import StoredReport
from plan_lifecycle.store.submissions import StoredFigure

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Compiled:
    """One report: whose, of which period, how many units are in it; ``new`` is False when nothing had changed."""

    unit_id: str
    unit: str
    period: str
    version: int
    expected: int
    received: int
    missing: tuple[str, ...]
    new: bool


class DueReport(NamedTuple):
    """A report to be compiled: whose, by id and by name, and of which period."""

    unit_id: str
    unit: str
    period: str


@dataclass(frozen=True)
class _Material:
    """What one report is compiled from, read in one moment."""

    desk: Desk
    unit: Unit
    period: Period
    indicators: tuple[Indicator, ...]
    contributions: tuple[Contribution, ...]
    known: StoredReport | None


def reports_due(office: Office, now: datetime) -> list[DueReport]:
    """Every report whose units' last day has passed and that was not compiled yet; feeders first."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        done = report_rows.compiled(connection)
        return [
            DueReport(unit_id, tree[unit_id].agency, period)
            for unit_id, period, last_day in obligation_rows.aggregators(connection, Item.REPORT.value)
            if last_day < now.date() and (unit_id, period) not in done and unit_id in tree
        ]


def compile_report(office: Office, unit_id: str, period: str, now: datetime) -> Compiled:
    """Compile one unit's report of one period from what is accepted now.

    Raises InputError where the period is none, or nobody owes the unit a report of it.
    """
    material = _gather(office, unit_id, Period.parse(period), now)
    standing, inputs = completeness(material.contributions), _digest(material.contributions)
    known = material.known
    if known is not None and known.inputs == inputs:
        return _compiled(material, known.version, standing, new=False)
    totals, notes = _totals(material.indicators, material.contributions)
    word, excel = _written(material, totals, standing)
    stored = StoredReport(
        unit_id=unit_id,
        period=material.period.code,
        version=known.version + 1 if known else 1,
        compiled_at=now,
        inputs=inputs,
        word_blob=office.store.blobs.put(word),
        excel_blob=office.store.blobs.put(excel),
        summary=_summary(standing, totals),
    )
    letters = _to_leaders(material, stored, standing, notes, word, excel)
    with office.store.write() as connection:
        new = report_rows.save(connection, stored, [_source(each) for each in material.contributions]) is not None
        if new:
            letter_rows.queue(connection, letters)
    return _compiled(material, stored.version, standing, new=new)


def _gather(office: Office, unit_id: str, period: Period, now: datetime) -> _Material:
    with office.store.read() as connection:
        owed = obligation_rows.owed_to(connection, unit_id, Item.REPORT.value, period.code)
        if not owed:
            raise InputError("a unit and a period for which reports are owed", found=f"{unit_id}, {period.code}")
        accepted = submission_rows.accepted(connection, [each.id for each in owed])
        rows = submission_rows.figures(connection, [each.id for each in accepted.values()])
        known = report_rows.newest(connection, unit_id, period.code)
        last_day = max((each.due_on for each in owed if each.due_on), default=now.date())
        # The tree of the day on which the reports were due: units that are merged later keep their names in it.
        desk = open_desk(office, connection, now, owed, tree_of=min(last_day, now.date()))
    if unit_id not in desk.tree:
        raise InputError("a unit in being when its reports were due", field="unit", found=unit_id)
    indicators = office.rules.indicators_of(period.year)
    by_submission: dict[int, list[StoredFigure]] = {}
    for row in rows:
        by_submission.setdefault(row.submission_id, []).append(row)
    types = {each.code: each.type for each in indicators}
    contributions = []
    for each in owed:
        submission = accepted.get(each.id)
        given = by_submission.get(submission.id, []) if submission else []
        figures = tuple(
            Figure(row.indicator, each.unit_id, period, _value(row, types.get(row.indicator)), row.evidence or "")
            for row in given
        )
        contributions.append(_contribution(desk, each, submission, figures))
    return _Material(desk, desk.tree[unit_id], period, indicators, tuple(contributions), known)


def _contribution(
    desk: Desk, obligation: Obligation, submission: Submission | None, figures: tuple[Figure, ...]
) -> Contribution:
    unit = desk.tree.get(obligation.unit_id)
    return Contribution(
        unit_id=obligation.unit_id,
        unit_name=desk.tree.named(unit) if unit else obligation.unit_id,
        obligation_id=obligation.id,
        due_on=obligation.due_on,
        submission_id=submission.id if submission else None,
        received_at=submission.received_at if submission else obligation.first_received_at,
        days_late=submission.days_late if submission else 0,
        document=submission.reference if submission else None,
        figures=figures,
    )


def _value(row: StoredFigure, kind: IndicatorType | None) -> Value:
    """The value as its indicator means it: the store keeps numbers and texts only."""
    if row.number is None:
        text = row.text or ""
        return date.fromisoformat(text) if kind is IndicatorType.DATE and _ISO_DATE.fullmatch(text) else text
    if kind is IndicatorType.BOOLEAN:
        return row.number == 1
    return int(row.number) if kind in WHOLE and row.number.is_integer() else row.number


def _totals(
    indicators: Sequence[Indicator], contributions: Sequence[Contribution]
) -> tuple[list[Total], tuple[str, ...]]:
    """The totals, and a note for each that cannot be formed: one unit without its weight does not stop the report."""
    figures = [figure for each in contributions for figure in each.figures]
    weights: dict[str, dict[str, float]] = {}
    for figure in figures:
        if isinstance(figure.value, int | float):
            weights.setdefault(figure.indicator, {})[figure.unit_id] = float(figure.value)
    totals, notes = [], []
    for indicator in indicators:
        try:
            totals.append(roll_up(indicator, figures, weights.get(indicator.weight or "", {})))
        except RollUpError:
            own = tuple(each for each in figures if each.indicator == indicator.code)
            totals.append(Total(indicator.code, None, len({each.unit_id for each in own}), False, own))
            notes.append(f"Chưa tổng hợp được chỉ tiêu “{indicator.name}”: số liệu của các đơn vị chưa đủ để tính.")
    return totals, tuple(notes)


def _written(material: _Material, totals: Sequence[Total], standing: Standing) -> tuple[bytes, bytes]:
    unit, period, indicators = material.unit, material.period, material.indicators
    report = consolidated_report(material.desk, unit, period, indicators, totals, material.contributions, standing)
    title = f"{unit.agency}: tổng hợp báo cáo CCHC {period.label}"
    excel = write_consolidated_excel(title, indicators, totals, material.contributions, standing)
    return render_consolidated_report(report), excel


def _summary(standing: Standing, totals: Sequence[Total]) -> dict[str, Any]:
    return {
        "expected": standing.expected,
        "received": standing.received,
        "on_time": standing.on_time,
        "late": standing.late,
        "missing": list(standing.missing),
        "totals": {total.indicator: _plain(total) for total in totals},
    }


def _digest(contributions: Sequence[Contribution]) -> str:
    parts = [f"{each.obligation_id}:{each.submission_id}" for each in contributions]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _source(each: Contribution) -> dict[str, Any]:
    return {
        "obligation_id": each.obligation_id,
        "submission_id": each.submission_id,
        "days_late": each.days_late if each.submission_id else None,
    }


def _plain(total: Total) -> Any:
    value = total.value
    return [_json(each) for each in value] if isinstance(value, tuple) else _json(value)


def _json(value: Value | None) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _compiled(material: _Material, version: int, standing: Standing, *, new: bool) -> Compiled:
    unit, period = material.unit, material.period.code
    return Compiled(unit.id, unit.agency, period, version, standing.expected, standing.received, standing.missing, new)


def _to_leaders(
    material: _Material, stored: StoredReport, standing: Standing, notes: tuple[str, ...], word: bytes, excel: bytes
) -> list[Letter]:
    desk, unit, period = material.desk, material.unit, material.period
    coordinator = desk.office.coordinator(desk.tree, unit)
    name = f"Bao cao tong hop {stored.period} - {unit.id} - v{stored.version}"
    files = [Attachment(f"{name}.docx", WORD, word), Attachment(f"{name}.xlsx", EXCEL, excel)]
    context = ReportToLeader(
        sender=desk.office.sender(desk.tree, unit),
        to=f"Lãnh đạo {unit.agency}",
        today=desk.now.date(),
        title=f"Báo cáo tổng hợp CCHC {period.label}",
        division=desk.tree.named(coordinator),
        received=standing.received,
        expected=standing.expected,
        missing=standing.missing,
        notes=notes,
        files=tuple(file.name for file in files),
    )
    return [
        write_letter(
            desk.office,
            context,
            key=f"report:{unit.id}:{stored.period}:{stored.version}:{to.email}",
            to=to,
            now=desk.now,
            attachments=files,
        )
        for to in desk.recipients(unit.id, (ContactRole.HEAD,))
    ]
