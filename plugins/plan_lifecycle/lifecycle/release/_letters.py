"""The letters that bring a report: the draft to the coordinator, the report for signing to the leader."""

from __future__ import annotations

from dataclasses import replace

from plan_lifecycle.domain.correction import Correction, differing
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Item, title
from plan_lifecycle.domain.release import Receiver, ReleaseMode, Way
from plan_lifecycle.domain.unit import ContactRole, Unit, UnitKind, bare_name
from plan_lifecycle.domain.writing import count_text, file_name, short_date
from plan_lifecycle.lifecycle.office import EXCEL, WORD, Desk, Recipient, write_letter
from plan_lifecycle.mail.contexts import Context, MainFigure, ReportToCoordinator, ReportToLeader
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store import corrections
from plan_lifecycle.store.reports import StoredReport

_COORDINATORS = (ContactRole.COORDINATOR, ContactRole.OFFICER)
REPORT_LETTERS = frozenset({ReportToCoordinator.kind, ReportToLeader.kind})
"""The kinds of letter that bring a report."""
_NAMED = 20
"""Units that a letter names before it says how many more there are; the report names all."""


def called(desk: Desk, way: Way) -> str:
    """A report as people call it: "Báo cáo CCHC 6 tháng đầu năm 2023 của UBND huyện Bắc Bình"."""
    return f"{title_of(way.period, about=way.about)} của {desk.tree.called(way.unit_id)}"


def title_of(period: str, version: int = 1, addendum: int = 0, *, about: str = "") -> str:
    """A version as people call it: "Báo cáo CCHC 6 tháng đầu năm 2023 (lập lại lần 02)".

    An addendum by its number: "Báo cáo bổ sung số 1 (Báo cáo CCHC 6 tháng đầu năm 2023)". ``about`` is the abstract of
    the plan that asks for it.
    """
    name = title(Item.REPORT, period, about)
    if addendum:
        return f"Báo cáo bổ sung số {addendum} ({name})"
    return f"{name} (lập lại lần {count_text(version)})" if version > 1 else name


def report_file(unit: Unit, stored: StoredReport, ending: str) -> str:
    """What a version's file is called: "Bao cao CCHC 6 thang dau nam 2026 - Lam Dong.docx"."""
    whose = bare_name(unit.name) if unit.kind is UnitKind.PROVINCE else unit.name
    again = f" - lan {count_text(stored.version)}" if stored.version > 1 else ""
    more = f" - bo sung so {number}" if (number := _addendum(stored)) else again
    return file_name(f"{title(Item.REPORT, stored.period, _about(stored))} - {whose}{more}", ending)


def _about(stored: StoredReport) -> str:
    return str(stored.summary.get("about", ""))


def _addendum(stored: StoredReport) -> int:
    return int(stored.summary.get("addendum", 0))


def receivers(desk: Desk, unit_id: str, receiver: Receiver) -> list[Recipient]:
    """Who is written to: the people of the coordinating agency, or the unit's leaders."""
    if receiver is Receiver.LEADER:
        return desk.recipients(unit_id, (ContactRole.HEAD,))
    agency = desk.office.coordinating_agency(desk.tree, desk.tree[unit_id])
    return desk.first_holders(agency.id, _COORDINATORS)


def letters_to(desk: Desk, way: Way, stored: StoredReport, receiver: Receiver) -> list[Letter]:
    """One letter for each address, with the Word file and the workbook."""
    unit, blobs = desk.tree[way.unit_id], desk.office.store.blobs
    with desk.office.store.read() as connection:
        corrected = corrections.standing(connection, stored.id)
    word = corrected.blob if corrected else stored.word_blob
    files = [
        Attachment(report_file(unit, stored, ending), kind, blobs.get(blob))
        for ending, kind, blob in (("docx", WORD, word), ("xlsx", EXCEL, stored.excel_blob))
    ]
    if corrected:
        notes = (*stored.summary.get("notes", ()), _corrected(corrected))
        stored = replace(stored, summary=stored.summary | {"notes": notes})
    context = (_for_leader if receiver is Receiver.LEADER else _for_coordinator)(desk, way, stored, files)
    return [
        write_letter(
            desk.office,
            context,
            key=f"report:{stored.id}:{receiver}:{to.email}",
            to=to,
            now=desk.now,
            attachments=files,
        )
        for to in receivers(desk, way.unit_id, receiver)
    ]


def _corrected(correction: Correction) -> str:
    """What whoever gets the report is told of the file that takes the draft's place."""
    told = f"Tệp Word là bản do {correction.given_by} sửa ngày {short_date(correction.given_at.date())}."
    return f"{told} {differing(correction)}".strip()


def report_of(letter: Letter) -> tuple[int, Receiver] | None:
    """Which version a letter brings, and to whom, by its key; None of one from before versions had their letters."""
    name, number, receiver, *_ = (*letter.key.split(":", 3), "", "", "")
    known = name == "report" and number.isdecimal() and receiver in {one.value for one in Receiver}
    return (int(number), Receiver(receiver)) if known else None


def _for_leader(desk: Desk, way: Way, stored: StoredReport, files: list[Attachment]) -> Context:
    unit, summary = desk.tree[way.unit_id], stored.summary
    return ReportToLeader(
        sender=desk.office.sender(desk.tree, unit),
        to=f"Lãnh đạo {unit.agency}",
        today=stored.compiled_at.date(),
        title=title_of(stored.period, stored.version, _addendum(stored), about=_about(stored)),
        division=desk.tree.named(desk.office.coordinating_agency(desk.tree, unit)),
        received=summary["received"],
        expected=summary["expected"],
        figures=tuple(MainFigure(**figure) for figure in summary.get("figures", ())),
        missing=_listed(summary["missing"]),
        notes=tuple(summary.get("notes", ())),
        files=tuple(file.name for file in files),
    )


def _for_coordinator(desk: Desk, way: Way, stored: StoredReport, files: list[Attachment]) -> Context:
    unit, summary, rules, today = desk.tree[way.unit_id], stored.summary, desk.office.rules, desk.now.date()
    by_itself = rules.release is ReleaseMode.AUTOMATIC and way.newest.full
    next_morning = way.given(Receiver.COORDINATOR, desk.now).leader_on(rules.calendar)
    return ReportToCoordinator(
        sender=desk.office.sender(desk.tree, unit),
        to=desk.tree.named(desk.office.coordinating_agency(desk.tree, unit)),
        today=stored.compiled_at.date(),
        title=title_of(stored.period, stored.version, _addendum(stored), about=_about(stored)),
        received=summary["received"],
        expected=summary["expected"],
        leader_on=max(next_morning, today) if by_itself else None,
        held=way.hold.reason if way.hold and way.held(today) else None,
        below=None if way.newest.full else rules.leader_from,
        page=f"{desk.office.board}/bao-cao/" if desk.office.board else None,
        missing=_listed(summary["missing"]),
        notes=tuple(summary.get("notes", ())),
        files=tuple(file.name for file in files),
    )


def _listed(names: list[str]) -> tuple[str, ...]:
    more = len(names) - _NAMED
    return (*names[:_NAMED], f"{count_text(more)} đơn vị khác") if more > 0 else tuple(names)
