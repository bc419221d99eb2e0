"""Compiling: from the accepted reports of the units below to one consolidated report, Word and Excel, on time.

Huyện Bắc Bình's report of 2023-H1 is compiled on the morning after its communes' last day: what was accepted is
rolled up, who is missing or was late is named, every number keeps the way back to its submissions. The same inputs
are never compiled twice; what comes later makes a new version only when a person asks for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from plan_lifecycle.documents.consolidated_excel import write_consolidated_excel
from plan_lifecycle.documents.render import render_consolidated_report
from plan_lifecycle.domain.indicator import Figure, Indicator, Total, roll_up
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


def reports_due(office: Office, now: datetime) -> list[DueReport]:
    """Every report whose units' last day has passed and that was not compiled yet; feeders first."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        return [
            DueReport(unit_id, tree[unit_id].agency, period)
            for unit_id, period, last_day in obligation_rows.aggregators(connection, Item.REPORT.value)
            if last_day < now.date() and report_rows.newest(connection, unit_id, period) is None
        ]


def compile_report(office: Office, unit_id: str, period: str, now: datetime) -> Compiled:
    """Compile one unit's report of one period from what is accepted now."""
    with office.store.read() as connection:
        owed = obligation_rows.owed_to(connection, unit_id, Item.REPORT.value, period)
        accepted = submission_rows.accepted(connection, [each.id for each in owed])
        figures = submission_rows.figures(connection, [each.id for each in accepted.values()])
        known = report_rows.newest(connection, unit_id, period)
        desk = open_desk(office, connection, now, owed)
    unit, of_period = desk.tree[unit_id], Period.parse(period)
    by_submission: dict[int, list[Any]] = {}
    for figure in figures:
        by_submission.setdefault(figure.submission_id, []).append(figure)
    contributions = [_contribution(desk, each, accepted.get(each.id), by_submission, of_period) for each in owed]
    standing = completeness(contributions)
    inputs = _digest(contributions)
    if known is not None and known.inputs == inputs:
        return _compiled(unit, period, known.version, standing, new=False)
    version = known.version + 1 if known else 1
    indicators = office.rules.indicators_of(of_period.year)
    totals = _totals(indicators, contributions)
    report = consolidated_report(desk, unit, of_period, indicators, totals, contributions, standing)
    word, excel = (
        render_consolidated_report(report),
        write_consolidated_excel(
            f"{unit.agency}: tổng hợp báo cáo CCHC {of_period.label}", indicators, totals, contributions, standing
        ),
    )
    stored = StoredReport(
        unit_id=unit_id,
        period=period,
        version=version,
        compiled_at=now,
        inputs=inputs,
        word_blob=office.store.blobs.put(word),
        excel_blob=office.store.blobs.put(excel),
        summary={
            "expected": standing.expected,
            "received": standing.received,
            "on_time": standing.on_time,
            "late": standing.late,
            "missing": list(standing.missing),
            "totals": {total.indicator: _plain(total) for total in totals},
        },
    )
    letters = _to_leaders(desk, unit, of_period, stored, standing, word, excel)
    with office.store.write() as connection:
        if report_rows.newest(connection, unit_id, period) == known:
            report_rows.save(connection, stored, [_source(each) for each in contributions])
            letter_rows.queue(connection, letters)
    return _compiled(unit, period, version, standing, new=True)


def _contribution(
    desk: Desk,
    obligation: Obligation,
    submission: Submission | None,
    figures: dict[int, list[Any]],
    period: Period,
) -> Contribution:
    unit = desk.tree[obligation.unit_id]
    rows = figures.get(submission.id, []) if submission else []
    values = tuple(
        Figure(row.indicator, unit.id, period, row.text if row.number is None else row.number, row.evidence or "")
        for row in rows
    )
    return Contribution(
        unit_id=unit.id,
        unit_name=desk.tree.named(unit),
        obligation_id=obligation.id,
        due_on=obligation.due_on,
        submission_id=submission.id if submission else None,
        received_at=submission.received_at if submission else obligation.first_received_at,
        days_late=submission.days_late if submission else 0,
        document=submission.reference if submission else None,
        figures=values,
    )


def _totals(indicators: Sequence[Indicator], contributions: Sequence[Contribution]) -> list[Total]:
    figures = [figure for each in contributions for figure in each.figures]
    weights: dict[str, dict[str, float]] = {}
    for figure in figures:
        if isinstance(figure.value, int | float):
            weights.setdefault(figure.indicator, {})[figure.unit_id] = float(figure.value)
    return [roll_up(each, figures, weights.get(each.weight or "", {})) for each in indicators]


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
    return list(total.value) if isinstance(total.value, tuple) else total.value


def _compiled(unit: Unit, period: str, version: int, standing: Standing, *, new: bool) -> Compiled:
    return Compiled(unit.id, unit.agency, period, version, standing.expected, standing.received, standing.missing, new)


def _to_leaders(
    desk: Desk, unit: Unit, period: Period, stored: StoredReport, standing: Standing, word: bytes, excel: bytes
) -> list[Letter]:
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
