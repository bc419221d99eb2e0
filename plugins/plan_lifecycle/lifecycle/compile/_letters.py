"""The letters that a compiled report gives rise to: to the leader, or to the coordinator where too few units are in it.

Of ten communes three have reported: the leader of huyện Bắc Bình is not written to, Phòng Nội vụ hears who is missing.
What a leader gets is never a report of nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.report import Difference, Standing
from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.domain.writing import count_text, file_name
from plan_lifecycle.lifecycle.compile._addendum import addendum_title
from plan_lifecycle.lifecycle.compile._changes import told_shortly
from plan_lifecycle.lifecycle.compile._material import Material
from plan_lifecycle.lifecycle.office import EXCEL, WORD, write_letter
from plan_lifecycle.mail.contexts import ReportToLeader, TooFewReports
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store.reports import StoredReport


def letters_about(
    material: Material, stored: StoredReport, word: bytes, excel: bytes, changes: Sequence[Difference]
) -> list[Letter]:
    """What goes out with a new version: to the leader, or (too few units) to the coordinator alone."""
    files = _files(material, stored, word, excel)
    if not may_go_up(material):
        return too_few(material, stored.version, files)
    desk, unit, standing = material.desk, material.unit, material.whole.standing
    context = ReportToLeader(
        sender=desk.office.sender(desk.tree, unit),
        to=f"Lãnh đạo {unit.agency}",
        today=desk.now.date(),
        title=title_of(material, stored.version),
        division=desk.tree.named(desk.office.coordinating_agency(desk.tree, unit)),
        received=standing.received,
        expected=standing.expected,
        missing=standing.missing,
        notes=(*told_shortly(changes), *material.notes),
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


def may_go_up(material: Material) -> bool:
    """Whether enough units are in the report for a leader to be written to."""
    standing: Standing = material.whole.standing
    return standing.received > 0 and standing.completeness >= material.desk.office.rules.leader_from


def too_few(material: Material, version: int, files: Sequence[Attachment] = ()) -> list[Letter]:
    """Tell the coordinator who is missing, and that the leader was not written to; once for each version."""
    desk, unit, standing = material.desk, material.unit, material.whole.standing
    agency = desk.office.coordinating_agency(desk.tree, unit)
    context = TooFewReports(
        sender=desk.office.sender(desk.tree, unit),
        to=desk.tree.named(agency),
        today=desk.now.date(),
        title=title_of(material, version),
        received=standing.received,
        expected=standing.expected,
        share=desk.office.rules.leader_from,
        missing=(*standing.missing, *standing.own_missing),
        files=tuple(file.name for file in files),
    )
    return [
        write_letter(
            desk.office,
            context,
            key=f"report-too-few:{unit.id}:{material.whole.period.code}:{version}:{to.email}",
            to=to,
            now=desk.now,
            attachments=files,
        )
        for to in desk.recipients(agency.id)
    ]


def number_of(material: Material) -> int:
    """The number of the addendum that is made; 0 for the report itself."""
    return material.addendum.number if material.addendum else 0


def title_of(material: Material, version: int) -> str:
    """How letters name a version: "Báo cáo tổng hợp CCHC 6 tháng đầu năm 2023 (lập lại lần 02)"."""
    title = f"Báo cáo tổng hợp CCHC {material.whole.period.label}"
    if material.addendum:
        return addendum_title(title, material.addendum.number)
    return f"{title} (lập lại lần {count_text(version)})" if version > 1 else title


def _files(material: Material, stored: StoredReport, word: bytes, excel: bytes) -> list[Attachment]:
    name = f"Báo cáo tổng hợp {material.whole.period.label} - {material.unit.agency} - lần {count_text(stored.version)}"
    return [
        Attachment(file_name(name, ending), kind, data)
        for ending, kind, data in (("docx", WORD, word), ("xlsx", EXCEL, excel))
    ]
