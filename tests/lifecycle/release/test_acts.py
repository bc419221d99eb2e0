"""What a coordinator does about a report: hold it, let it go, record how it was issued, take that back."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import delete
from tests.factories import CHO_LAU, day
from tests.fakes import FakeMailer
from tests.lifecycle.release.conftest import COORDINATOR, LEADER, MONDAY, TUESDAY, WEDNESDAY, report_in
from tests.lifecycle.release.letters import brought

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.release import Receiver, ReportState
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import (
    ShownReport,
    Signed,
    deliver_reports,
    hold_report,
    issue_report,
    release_report,
    report_to_save,
    shown_report,
    shown_reports,
    undo_issue,
)
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store import audit
from plan_lifecycle.store.tables import contact

REPORT = ("bb", "2023-H1")
LAN = Decider("Trần Thị Lan", "Chờ số liệu")
SIGNED = Signed("45/BC-UBND", date(2023, 6, 20), "Nguyễn Văn  Ánh")


def shown(office: Office, now: object = TUESDAY) -> ShownReport:
    found = shown_report(office, *REPORT, now)  # type: ignore[arg-type]
    assert found is not None
    return found


def first_sheet(office: Office) -> list[list[object]]:
    _, workbook = report_to_save(office, shown(office).newest.id, "xlsx", TUESDAY) or ("", b"")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0)
    return [[*row] for row in sheet.to_python()]


def trail(office: Office) -> list[tuple[str, str, str | None]]:
    with office.store.read() as connection:
        acts = [act for act in audit.newest(connection, 20) if act.subject is ActSubject.REPORT]
        assert audit.verify(connection).broken is None
    return [(act.by, act.act, act.reason) for act in acts]


def leaders(office: Office) -> list[str]:
    return [letter.subject for letter in brought(office) if letter.to == LEADER]


def test_a_held_report_stays_with_the_coordinator_until_she_lets_it_go_and_then_the_leader_has_it_at_once(
    compiled: Office,
) -> None:
    deliver_reports(compiled, MONDAY)
    assert [hold_report(compiled, *REPORT, LAN, MONDAY) for _ in range(2)] == [True, False]
    assert shown(compiled).newest.state is ReportState.HELD
    assert deliver_reports(compiled, TUESDAY).leaders == []
    given = [release_report(compiled, *REPORT, Decider("Trần Thị Lan"), WEDNESDAY) for _ in range(2)]
    assert (given, len(leaders(compiled))) == ([True, False], 1)
    found = shown(compiled, WEDNESDAY)
    assert (found.hold, found.newest.state, found.newest.given[Receiver.LEADER]) == (
        None,
        ReportState.WITH_LEADER,
        WEDNESDAY,
    )
    assert trail(compiled) == [
        ("Trần Thị Lan", ActKind.RELEASE_REPORT, None),
        ("Trần Thị Lan", ActKind.HOLD_REPORT, "Chờ số liệu"),
    ]
    assert deliver_reports(compiled, day("2023-06-22")).leaders == []


def test_a_hold_with_a_last_day_ends_by_itself_and_a_new_one_takes_the_place_of_the_old(compiled: Office) -> None:
    deliver_reports(compiled, MONDAY)
    hold_report(compiled, *REPORT, LAN, MONDAY, until=date(2023, 6, 21))
    assert hold_report(compiled, *REPORT, LAN, MONDAY, until=date(2023, 6, 20))
    assert deliver_reports(compiled, TUESDAY).leaders == []
    assert shown(compiled, WEDNESDAY).hold is None
    assert len(deliver_reports(compiled, WEDNESDAY).leaders) == 1
    with pytest.raises(InputError, match="until"):
        hold_report(compiled, *REPORT, LAN, WEDNESDAY, until=date(2023, 6, 20))


def test_the_leaders_letter_that_has_not_left_waits_while_the_report_is_held(compiled: Office) -> None:
    for moment in (MONDAY, TUESDAY):
        deliver_reports(compiled, moment)
    hold_report(compiled, *REPORT, LAN, TUESDAY)
    mailer = FakeMailer()
    send_outbox(compiled, mailer.connect, now=TUESDAY, wall=TUESDAY, worker="a")
    assert [str(letter.state) for letter in brought(compiled)] == ["sent", "queued"]
    assert not release_report(compiled, *REPORT, LAN, WEDNESDAY)
    send_outbox(compiled, mailer.connect, now=WEDNESDAY, wall=WEDNESDAY, worker="a")
    assert [(letter.to, str(letter.state)) for letter in brought(compiled)] == [(COORDINATOR, "sent"), (LEADER, "sent")]


def test_an_issued_report_bears_number_day_and_signer_and_goes_to_nobody_any_more(compiled: Office) -> None:
    with pytest.raises(InputError, match="--number"):
        issue_report(compiled, *REPORT, Signed("45/BC-SNV", SIGNED.on, "Ánh"), LAN, TUESDAY)
    with pytest.raises(InputError, match="--date"):
        issue_report(compiled, *REPORT, SIGNED, LAN, MONDAY)
    _, draft = report_to_save(compiled, shown(compiled).newest.id, "docx", MONDAY) or ("", b"")
    assert [one.text for one in docx.Document(io.BytesIO(draft)).paragraphs].count("DỰ THẢO") == 1
    drafted = first_sheet(compiled)
    assert [issue_report(compiled, *REPORT, SIGNED, LAN, TUESDAY) for _ in range(2)] == [True, False]
    assert [row for row, was in zip(first_sheet(compiled), drafted, strict=True) if row != was] == [
        ["2023-H1", *[""] * (len(drafted[2]) - 1)]
    ]
    assert drafted[2][1] == "DỰ THẢO"
    newest = shown(compiled).newest
    assert newest.issue is not None
    assert (newest.state, newest.issue.number, newest.issue.findings) == (ReportState.ISSUED, "45", ())
    name, word = report_to_save(compiled, newest.id, "docx", TUESDAY) or ("", b"")
    document = docx.Document(io.BytesIO(word))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
    assert name == "Bao cao thong tin tuyen truyen CCHC 6 thang dau nam 2023 - huyen Bac Binh.docx"
    for said in ("Số: 45/BC-UBND", "Bắc Bình, ngày 20 tháng 6 năm 2023", "số 45/BC-UBND ngày 20 tháng 6 năm 2023"):
        assert said in text
    assert "/BC-UBND ngày       tháng" not in text
    assert "DỰ THẢO" not in text
    assert next(cell for cell in cells if "CHỦ TỊCH" in cell).splitlines()[-1] == "Nguyễn Văn Ánh"
    assert deliver_reports(compiled, WEDNESDAY).leaders == []
    for refused in (hold_report, release_report):
        with pytest.raises(InputError) as error:
            refused(compiled, *REPORT, LAN, WEDNESDAY)
        assert error.value.for_user == "Báo cáo đã ban hành."
    with pytest.raises(InputError, match="not issued"):
        issue_report(compiled, *REPORT, Signed("46", SIGNED.on, "Ánh"), LAN, WEDNESDAY)
    assert trail(compiled) == [("Trần Thị Lan", ActKind.ISSUE_REPORT, "Chờ số liệu")]


def test_an_issue_is_taken_back_with_a_reason_the_last_one_first(compiled: Office) -> None:
    issue_report(compiled, *REPORT, SIGNED, LAN, TUESDAY)
    report_in(compiled, CHO_LAU, at="2023-06-20")
    compile_report(compiled, "bb", "2023-H1", WEDNESDAY)
    assert [one.name for one in shown_reports(compiled, WEDNESDAY)[0].versions] == [
        "Báo cáo bổ sung số 1 (Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023)",
        "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023",
    ]
    with pytest.raises(InputError, match="number that is not"):
        issue_report(compiled, *REPORT, Signed("045", date(2023, 6, 21), "Ánh"), LAN, WEDNESDAY)
    assert issue_report(compiled, *REPORT, Signed("52", date(2023, 6, 21), "Ánh"), LAN, WEDNESDAY)
    with pytest.raises(InputError, match="last version"):
        undo_issue(compiled, *REPORT, LAN, WEDNESDAY, version=1)
    with pytest.raises(InputError, match="reason"):
        undo_issue(compiled, *REPORT, Decider("Trần Thị Lan"), WEDNESDAY)
    assert [undo_issue(compiled, *REPORT, LAN, WEDNESDAY) for _ in range(3)] == [True, True, False]
    assert [one.state for one in shown(compiled, WEDNESDAY).versions] == [ReportState.DRAFT, ReportState.DRAFT]
    assert [act for _, act, _ in trail(compiled)][:2] == [ActKind.UNDO_ISSUE, ActKind.UNDO_ISSUE]


def test_a_template_without_the_places_is_told_of_and_the_report_is_issued_all_the_same(compiled: Office) -> None:
    from plan_lifecycle.documents.render import fill_in_issue

    _, word = report_to_save(compiled, shown(compiled).newest.id, "docx", MONDAY) or ("", b"")
    filled = fill_in_issue(word, {"Số hiệu:": "Số hiệu: 45", "BÁO CÁO": "BÁO CÁO SỐ 45"}, "GIÁM ĐỐC", "Ánh")
    assert filled.missing == ("Số hiệu:", "GIÁM ĐỐC")
    assert "BÁO CÁO SỐ 45" in "\n".join(one.text for one in docx.Document(io.BytesIO(filled.data)).paragraphs)
    early = Signed("45", date(2023, 6, 16), "Ánh")
    issue_report(compiled, *REPORT, early, LAN, TUESDAY)
    issue = shown(compiled).newest.issue
    assert issue is not None
    assert issue.findings == ("Ngày ban hành trước ngày lập bản này.",)


def test_what_there_is_not_is_said(compiled: Office) -> None:
    for refused in (hold_report, release_report, undo_issue):
        with pytest.raises(InputError) as error:
            refused(compiled, "bb", "2022", LAN, MONDAY)
        assert error.value.for_user == "Chưa lập báo cáo của đơn vị, kỳ này."
    with pytest.raises(InputError, match="a version up to 1"):
        issue_report(compiled, *REPORT, SIGNED, LAN, TUESDAY, version=2)
    with pytest.raises(InputError) as unsigned:
        Signed("45", SIGNED.on, "  ")
    assert unsigned.value.for_user == "Đề nghị ghi rõ họ tên người ký."
    with compiled.store.write() as connection:
        connection.execute(delete(contact).where(contact.c.unit_id == "bb"))
    with pytest.raises(InputError, match="a leader to write to"):
        release_report(compiled, *REPORT, LAN, TUESDAY)
    assert (shown_report(compiled, "bb", "2022", MONDAY), report_to_save(compiled, 99, "docx", MONDAY)) == (None, None)
