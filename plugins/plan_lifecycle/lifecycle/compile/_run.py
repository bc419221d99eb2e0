"""Compiling: from the accepted reports of the units below to one consolidated report, Word and Excel, on time.

Huyện Bắc Bình's report of 2023-H1 is compiled on the morning after its communes' last day: what was accepted is
rolled up, who is missing or was late is named, every number keeps the way back to its submissions. The same inputs
are never compiled twice; what comes later makes a new version only when a person asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from plan_lifecycle.documents.consolidated_excel import write_consolidated_excel
from plan_lifecycle.documents.render import render_consolidated_report, template_of_consolidated_report
from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.report import Consolidated, Contribution
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.domain.writing import count_text, file_name
from plan_lifecycle.lifecycle.compile._fingerprint import fingerprint
from plan_lifecycle.lifecycle.compile._material import Material, gather_material
from plan_lifecycle.lifecycle.compile._outline import gathered
from plan_lifecycle.lifecycle.compile._texts import keep_texts
from plan_lifecycle.lifecycle.compile._wording import consolidated_report
from plan_lifecycle.lifecycle.office import EXCEL, WORD, Office, write_letter
from plan_lifecycle.mail.contexts import ReportToLeader
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import reports as report_rows
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
    material = gather_material(office, unit_id, Period.parse(period), now)
    whole, known = material.whole, material.known
    inputs = fingerprint(whole, template_of_consolidated_report(office.word_templates))
    if known is not None and known.inputs == inputs:
        return _compiled(material, known.version, new=False)
    word, excel = _written(material)
    stored = StoredReport(
        unit_id=unit_id,
        period=whole.period.code,
        version=known.version + 1 if known else 1,
        compiled_at=now,
        inputs=inputs,
        word_blob=office.store.blobs.put(word),
        excel_blob=office.store.blobs.put(excel),
        summary=_summary(whole),
    )
    letters = _to_leaders(material, stored, word, excel)
    with office.store.write() as connection:
        new = (
            report_rows.save(connection, stored, [_source(contribution) for contribution in whole.contributions])
            is not None
        )
        if new:
            letter_rows.queue(connection, letters)
            keep_texts(connection, material.texts, whole.profile)
    return _compiled(material, stored.version, new=new)


def _written(material: Material) -> tuple[bytes, bytes]:
    unit, whole = material.unit, material.whole
    groups = gathered(whole)
    report = consolidated_report(material.desk, unit, whole, groups)
    title = f"{report.abstract} (tổng hợp)"
    return render_consolidated_report(report, material.desk.office.word_templates), write_consolidated_excel(
        title, whole, groups, unit.id
    )


def _summary(whole: Consolidated) -> dict[str, Any]:
    standing = whole.standing
    return {
        "expected": standing.expected,
        "received": standing.received,
        "on_time": standing.on_time,
        "late": standing.late,
        "missing": list(standing.missing),
        "totals": {total.indicator: _plain(total) for total in whole.totals},
        "last_year": {code: _plain(total) for code, total in whole.last_year.totals.items()},
    }


def _source(each: Contribution) -> dict[str, Any]:
    return {
        "obligation_id": each.obligation_id,
        "submission_id": each.submission_id,
        "days_late": each.days_late if each.submission_id else None,
    }


def _plain(total: Total) -> Any:
    value = total.value
    return [_json(day) for day in value] if isinstance(value, tuple) else _json(value)


def _json(value: Value | None) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _compiled(material: Material, version: int, *, new: bool) -> Compiled:
    unit, period, standing = material.unit, material.whole.period.code, material.whole.standing
    return Compiled(unit.id, unit.agency, period, version, standing.expected, standing.received, standing.missing, new)


def _to_leaders(material: Material, stored: StoredReport, word: bytes, excel: bytes) -> list[Letter]:
    desk, unit, period, standing = material.desk, material.unit, material.whole.period, material.whole.standing
    coordinator = desk.office.coordinating_agency(desk.tree, unit)
    name = f"Báo cáo tổng hợp {period.label} - {unit.agency} - lần {count_text(stored.version)}"
    files = [
        Attachment(file_name(name, ending), kind, data)
        for ending, kind, data in (("docx", WORD, word), ("xlsx", EXCEL, excel))
    ]
    context = ReportToLeader(
        sender=desk.office.sender(desk.tree, unit),
        to=f"Lãnh đạo {unit.agency}",
        today=desk.now.date(),
        title=f"Báo cáo tổng hợp CCHC {period.label}",
        division=desk.tree.named(coordinator),
        received=standing.received,
        expected=standing.expected,
        missing=standing.missing,
        notes=material.notes,
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
