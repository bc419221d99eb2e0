"""The coordinating agency never writes to itself and is never named late: what it owes is a to-do of its own."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    DISTRICT,
    DIVISION,
    HOA_THANG,
    ROOT,
    UNITS,
    address,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
    report_file,
)
from tests.fakes import FakeChannel, FakeMailer
from tests.lifecycle.digest.test_digest import digests
from tests.lifecycle.remind.reminded import ledger, letters

from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.cascade import cascade_plan, hand_over, register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.digest import official_letter, tell_coordinators
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import deliver_reports
from plan_lifecycle.lifecycle.remind import explain, preview, remind
from plan_lifecycle.lifecycle.remind._explain import RungState
from plan_lifecycle.lifecycle.review import WaitingKind, waiting
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.reports import newest
from plan_lifecycle.store.tables import letter
from plan_lifecycle.store.units import save_contacts

SHIPPED = read_rules(ROOT / "config").reminding
T7, T1, T3 = day("2023-02-21"), day("2023-02-27"), day("2023-03-03")


@pytest.fixture(name="office")
def _office(store: Store) -> Office:
    fill(store)
    return make_office(store, reminding=SHIPPED)


def to_itself(store: Store) -> list[str]:
    """The kinds of letters that Phòng Nội vụ was queued, its own morning's digest aside."""
    with store.read() as connection:
        mine = (letter.c.recipient == address(DIVISION), letter.c.kind != "digest")
        return list(connection.execute(select(letter.c.kind).where(*mine)).scalars())


def test_no_rung_of_its_own_goes_out_and_preview_explanation_and_ledger_say_why(office: Office, store: Store) -> None:
    owe(store, DIVISION)
    found = preview(office, T7.date(), T3.date(), T7)
    assert found.letters == ()
    assert {each.reason for each in found.not_sent} == {WhyUnsent.OWN_DUTY.words}
    for moment in (T7, T1, T3):
        assert remind(office, moment).letters == 0
    assert {row[3] for row in ledger(store)} == {WhyUnsent.OWN_DUTY.words}
    (owed,) = explain(office, DIVISION.id, T7).obligations
    assert {rung.state for rung in owed.rungs} == {RungState.NOT_SENT}
    assert {rung.reason for rung in owed.rungs} == {WhyUnsent.OWN_DUTY.words}


def test_a_plan_gives_it_its_draft_and_no_letter_and_does_not_call_it_unreachable(office: Office, store: Store) -> None:
    plan_id = register_plan(office, district_plan(), issuer_id=DISTRICT.id, now=day("2023-02-10"))
    done = cascade_plan(office, plan_id, day("2023-02-10"))
    assert (done.drafts, done.letters, done.without_contact) == (4, 3, ())
    assert hand_over(office, day("2023-02-13")) == 0
    assert to_itself(store) == []
    assert obligation_of(store, DIVISION).due_on == date(2023, 2, 28)


def test_what_it_sends_itself_is_filed_and_answered_by_nobody(office: Office, store: Store) -> None:
    owe(store, DIVISION)
    paper = plan_file(DIVISION, place="Bắc Bình")
    collect(office, [FakeChannel([arrival(paper, DIVISION)])], day("2023-02-20"))
    assert obligation_of(store, DIVISION).first_received_at is not None
    assert to_itself(store) == []


def test_a_letter_that_a_former_version_queued_is_not_sent(office: Office, store: Store) -> None:
    owe(store, DIVISION)
    nobody = replace(office, rules=replace(office.rules, coordinating_agencies=frozenset()))
    assert remind(nobody, T7).letters == 1
    mailer = FakeMailer()
    done = send_outbox(office, mailer.connect, now=T7, wall=T7, worker="a")
    assert (done.sent, done.superseded) == (1, 0)  # of today and unchanged: it is as it was
    assert remind(nobody, T1).letters == 1
    later = send_outbox(office, mailer.connect, now=day("2023-02-28"), wall=T7, worker="a")
    assert (later.sent, later.superseded) == (0, 1)


def test_the_digest_lists_it_as_a_to_do_and_not_among_the_late(office: Office, store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, DIVISION, plan_id=plan_id)
    owe(store, plan_id=plan_id)
    tell_coordinators(office, T3)
    text, _ = digests(store)[address(DIVISION)]
    what = "Kế hoạch thông tin, tuyên truyền CCHC năm 2023"
    assert f"Việc của chính cơ quan điều phối: {what}: 01 (chậm nhất hết ngày 28/02/2023)" in text
    assert f"Quá hạn: {what}: 01 (UBND xã Bình An)" in text
    assert text.count("Phòng Nội vụ") == text.count("Phòng Nội vụ huyện Bắc Bình") == 3  # to, from, whom to call


def test_a_draft_letter_about_the_late_leaves_it_out(office: Office, store: Store) -> None:
    plan_id = plan_row(store)
    for unit in (DIVISION, BINH_AN, HOA_THANG):
        owe(store, unit, plan_id=plan_id)
    draft = official_letter(office, DISTRICT.id, "sub_plan", "2023", T3)
    assert draft.late == 2
    assert "00/02" in zipfile.ZipFile(io.BytesIO(draft.data)).read("word/document.xml").decode()


def test_other_units_are_chased_as_ever(office: Office, store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, DIVISION, plan_id=plan_id)
    owe(store, plan_id=plan_id)
    assert remind(office, T7).letters == 1
    assert [recipient for _, recipient, _ in letters(store)] == [address(BINH_AN)]


def test_the_list_of_what_waits_has_it_by_its_last_day(office: Office, store: Store) -> None:
    plan_id = plan_row(store)
    late = owe(store, DIVISION, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    soon = owe(store, DIVISION, plan_id=plan_id)
    owe(store, plan_id=plan_id)
    mine = [each for each in waiting(office, T7) if each.kind is WaitingKind.OWN_DUTY]
    assert [(each.id, each.unit) for each in mine] == [
        (f"O{owed.id}", "Phòng Nội vụ huyện Bắc Bình") for owed in (soon, late)
    ]
    assert mine[0].why == ("Việc của chính cơ quan điều phối, chậm nhất hết ngày 28/02/2023",)


def test_the_report_to_the_leader_names_it_as_a_to_do_and_not_as_missing(office: Office, store: Store) -> None:
    plan_id = plan_row(store)
    with store.write() as connection:
        save_contacts(connection, [Contact(DISTRICT.id, ContactRole.HEAD, "Lãnh đạo", "lanh-dao@example.vn")])
    for unit in (DIVISION, BINH_AN, HOA_THANG):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    paper = arrival(report_file(HOA_THANG), HOA_THANG, "report", "2023-H1", file_name="bao-cao.xlsx")
    collect(office, [FakeChannel([paper])], day("2023-06-10"))
    office = replace(office, rules=replace(office.rules, leader_from=30))
    done = compile_report(office, DISTRICT.id, "2023-H1", day("2023-06-20"))
    assert (done.expected, done.received, done.missing) == (3, 1, ("UBND xã Bình An",))
    for at in ("2023-06-20", "2023-06-21"):
        deliver_reports(office, day(at))
    (text,) = (text for kind, _, text in letters(store) if kind == "report_to_leader")
    assert "Chưa có số liệu của: UBND xã Bình An." in text
    assert "Việc của chính cơ quan điều phối: chưa có số liệu của Phòng Nội vụ." in text
    with store.read() as connection:
        kept = newest(connection, ReportKey(DISTRICT.id, "2023-H1", "tuyen-truyen"))
    assert kept is not None
    word = Document(io.BytesIO(store.blobs.get(kept.word_blob)))
    body = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "chưa nhận được 01; chưa gồm số liệu của Phòng Nội vụ." in body
    rows = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "UBND xã Bình An" in rows
    assert [row for row in rows if row.startswith("Phòng Nội vụ")] == []


def test_who_coordinates_for_another_committee_is_chased_there(office: Office, store: Store) -> None:
    """Phòng Nội vụ of the district owes the province something: there Sở Nội vụ writes, and it is not itself."""
    owe(store, DIVISION, receiver_id=UNITS[0].id)
    assert remind(office, T7).letters == 1
