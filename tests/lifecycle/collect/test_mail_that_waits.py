"""What waits for a person is shown with what was read of it and the command that settles it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.channels.answering import answer
from tests.documents.signing import scan
from tests.factories import BINH_AN, HOA_THANG, address, owe, report_file
from tests.lifecycle.collect.mailbox import NOW, PLAN, reminder, run
from tests.mail import replies

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.statement import Extension, Sent, Way
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Placed, Subject, SubjectId, Unplaced, Waiting, place_these, waiting
from plan_lifecycle.lifecycle.submission._fits import ONLY_A_MESSAGE
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.units import save_contacts


def listed(office: Office) -> list[Waiting]:
    return [each for each in waiting(office, NOW) if each.kind == "arrival"]


def around(one: Waiting) -> Unplaced:
    assert one.arrival is not None
    return one.arrival


def test_the_list_says_what_is_needed_to_place_a_strangers_file(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    subject = "Gui ke hoach CCHC xa Binh An, huyen Bac Binh"
    files = [("kh.docx", PLAN[1]), ("phu-luc.xlsx", report_file())]
    run(office, answer(files, sender="ai-do@gmail.example", subject=subject))
    plan, annex = listed(office)
    assert (plan.file, plan.why) == ("kh.docx", (Doubt.STRANGER.words,))
    known = around(plan)
    assert (known.sender, known.subject, known.together) == ("ai-do@gmail.example", subject, ("phu-luc.xlsx",))
    assert known.units == ("UBND xã Bình An",)
    assert [(each.id, each.what) for each in known.candidates] == [
        ("O1", "Kế hoạch thông tin, tuyên truyền CCHC năm 2023"),
        ("O2", "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023"),
    ]
    assert known.commands == ('plan-lifecycle review assign A1 --to O1 --by "…" --reason "…"',)
    assert around(annex).commands == ('plan-lifecycle review assign A2 --to O2 --by "…" --reason "…"',)
    assert around(annex).together == ("kh.docx",)


def test_the_list_offers_every_unit_that_an_address_serves(office: Office):
    owe(office.store)
    with office.store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Cán bộ", address(BINH_AN))])
    run(office, answer([("gui-so.pdf", scan())]))
    known = around(listed(office)[0])
    assert known.units == ("UBND xã Bình An", "UBND xã Hòa Thắng")
    assert known.commands == ('plan-lifecycle review assign A1 --to O1 --by "…" --reason "…"',)


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("KH-XaBinhAn.docx", ("UBND xã Bình An",)),
        ("Kế hoạch CCHC UBND xã Hoà Thắng.docx", ("UBND xã Hòa Thắng",)),
        ("Phong Noi vu huyen Bac Binh.docx", ("Phòng Nội vụ huyện Bắc Bình",)),
        ("ke-hoach.docx", ("UBND xã Bình An",)),
    ],
)
def test_a_unit_is_guessed_by_the_names_of_files_else_by_their_head(office: Office, name: str, units: tuple[str, ...]):
    run(office, answer([(name, PLAN[1])], sender="ai-do@gmail.example", subject="Kế hoạch"))
    assert around(listed(office)[0]).units == units


def stated(office: Office, text: str, **more: str) -> Unplaced:
    run(office, answer(text=text, **more))  # type: ignore[arg-type]
    return around(listed(office)[-1])


def test_a_paper_that_is_said_to_be_sent_is_shown_with_the_command_that_records_it(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    message_id, _ = reminder(office)
    known = stated(office, "Đã gửi qua trục, số 07/KH-UBND ngày 20/02/2023.", answers=message_id)
    assert known.stated is not None
    assert known.stated.sent == Sent(
        "Đã gửi qua trục, số 07/KH-UBND ngày 20/02/2023.", "07/KH-UBND", date(2023, 2, 20), None, Way.AXIS
    )
    assert known.commands == (
        'plan-lifecycle review record --unit bb-binh-an --item sub_plan --period 2023 --number "07/KH-UBND" '
        '--date 2023-02-20 --via axis --received 2023-02-21 --by "…"',
        'plan-lifecycle review return A1 --by "…" --reason da-ghi-nhan',
    )
    with office.store.read() as connection:
        assert {each.state for each in obligation_rows.get_obligations(connection, [1, 2])} == {ObligationState.OPEN}


def test_more_time_that_is_asked_for_is_shown_with_the_command_that_grants_it(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    known = stated(office, "Xã xin gia hạn đến ngày 10/3.", answers=message_id)
    assert known.stated is not None
    assert known.stated.extension == Extension("Xã xin gia hạn đến ngày 10/3.", date(2023, 3, 10))
    assert known.commands[0] == ('plan-lifecycle review extend O1 --until 2023-03-10 --by "…" --reason theo-de-nghi')


@pytest.mark.parametrize(
    "text",
    [
        "Xã gửi kế hoạch như đính kèm.",
        "Sở đã gửi Kế hoạch số 15/KH-UBND ngày 10/02/2023 rồi.",
        "Kế hoạch 15/KH-UBND đã gửi qua trục, đơn vị xin mẫu.",
        "Dạ.\n\nVào Th 3, 21 thg 2, 2023 lúc 07:30 Sở <cchc@binhthuan.example.vn> đã viết:\n> Xã đã gửi qua trục\n",
    ],
)
def test_what_states_nothing_is_shown_as_a_message_without_file(office: Office, text: str):
    owe(office.store)
    known = stated(office, text)
    assert (known.stated, known.commands) == (None, ())


@pytest.mark.parametrize("name", replies.AUTOMATIC)
def test_what_a_mailbox_answers_by_itself_states_nothing(office: Office, name: str):
    owe(office.store)
    run(office, replies.AUTOMATIC[name])
    assert listed(office) == []


def test_a_message_is_not_placed_as_if_it_were_a_file(office: Office):
    owe(office.store)
    run(office, answer(text="Đã gửi bản giấy."))
    to = [SubjectId(Subject.OBLIGATION, 1)]
    (done,) = place_these(office, [SubjectId(Subject.ARRIVAL, 1)], to, Decider("Nguyễn Văn An", "x"), NOW)
    assert isinstance(done, Placed)
    assert (done.done, done.why) == (False, ONLY_A_MESSAGE)
