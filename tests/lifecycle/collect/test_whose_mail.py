"""Whose an answer is: by token, thread, sender and what it holds; what leaves a doubt waits for a person."""

from __future__ import annotations

import pytest
from tests.channels.answering import answer
from tests.documents.signing import scan
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    MAIL_FROM,
    PHUOC_THE,
    address,
    day,
    invitation,
    owe,
    plan_file,
    report_file,
)
from tests.lifecycle.collect.mailbox import FILED, NOW, PLAN, arrivals, reminder, run

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.collect import Collected, file_arrivals
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.store.tables import contact, letter
from plan_lifecycle.store.units import save_contacts


def test_an_answer_is_told_by_the_token_in_its_address(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    _, reply_to = reminder(office)
    assert reply_to.startswith("cchc+")
    inbox, taken = run(office, answer([PLAN], to=reply_to.upper()))
    assert arrivals(office) == [FILED]
    assert (taken.messages, taken.arrived, taken.faults) == (1, 1, [])
    assert not inbox.lying
    assert len(inbox.moved["done"]) == 1


def test_a_token_in_the_subject_tells_as_much(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    _, reply_to = reminder(office)
    token = reply_to.partition("+")[2].partition("@")[0]
    run(office, answer([PLAN], subject=f"Gửi kế hoạch [{token}]"))
    assert arrivals(office) == [FILED]


def test_an_answer_is_told_by_its_thread(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    message_id, _ = reminder(office)
    run(office, answer([PLAN], answers=message_id))
    assert arrivals(office) == [FILED]


def test_a_forged_token_tells_nothing(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    message_id, _ = reminder(office)
    forged = ReplyAddresses("f" * 32).address(MAIL_FROM, message_id)
    run(office, answer([PLAN], to=forged))
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.SEVERAL_ITEMS.words)]


def test_without_token_and_thread_the_one_open_obligation_is_meant(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1, state=ObligationState.MET)
    run(office, answer([("gui-cap-tren.docx", PLAN[1])]))
    assert arrivals(office) == [FILED]


def test_an_address_of_several_units_is_never_guessed(office: Office):
    owe(office.store)
    with office.store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Cán bộ", address(BINH_AN))])
    run(office, answer([("gui-so.pdf", scan())]))
    assert [row[0] for row in arrivals(office)] == [None]
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.SEVERAL_UNITS.words)]


def test_of_several_units_of_an_address_the_paper_tells_whose_it_is_and_a_person_decides(office: Office):
    owe(office.store)
    with office.store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Cán bộ", address(BINH_AN))])
    run(office, answer([("gui-so.docx", PLAN[1])]))
    assert [(row[0], *row[3:]) for row in arrivals(office)] == [(BINH_AN.id, "unmatched", Doubt.SEVERAL_UNITS.words)]


def test_an_address_of_several_units_is_clear_by_its_token(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    with office.store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Cán bộ", address(BINH_AN))])
    run(office, answer([PLAN], answers=message_id))
    assert arrivals(office) == [FILED]


def test_a_letter_that_asked_several_units_leaves_the_answer_to_a_person(office: Office):
    owe(office.store)
    owe(office.store, HOA_THANG, plan_id=1)
    with office.store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Cán bộ", address(BINH_AN))])
        connection.execute(contact.delete().where(contact.c.email == address(HOA_THANG)))
    remind(office, day("2023-02-21"))
    with office.store.read() as connection:
        message_id = connection.execute(letter.select()).one().message_id
    run(office, answer([PLAN], answers=message_id))
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.SEVERAL_UNITS.words)]


def test_a_stranger_is_left_to_a_person_even_with_a_true_token(office: Office):
    owe(office.store)
    _, reply_to = reminder(office)
    inbox, _ = run(office, answer([PLAN], sender="ai-do@example.com", to=reply_to))
    assert arrivals(office) == [(BINH_AN.id, "sub_plan", "2023", "unmatched", Doubt.STRANGER.words)]
    assert len(inbox.moved["review"]) == 1


def test_another_commune_cannot_answer_for_this_one(office: Office):
    owe(office.store)
    _, reply_to = reminder(office)
    run(office, answer([PLAN], sender=address(PHUOC_THE), to=reply_to))
    assert arrivals(office) == [(BINH_AN.id, "sub_plan", "2023", "unmatched", Doubt.NOT_OF_THE_UNIT.words)]


def test_a_sender_that_failed_authentication_is_not_believed(office: Office):
    owe(office.store)
    run(office, answer([PLAN], headers={"Authentication-Results": "mx.example.vn; spf=pass; dmarc=fail"}))
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.NOT_AUTHENTICATED.words)]


@pytest.mark.parametrize("header", ["From: a@example.vn, b@example.vn", "X-From: a", "From: <>"])
def test_a_message_without_one_sender_is_left_to_a_person(office: Office, header: str):
    owe(office.store)
    data = answer([PLAN])
    start = data.index(b"From:")
    run(office, data[:start] + header.encode() + data[data.index(b"\n", start) :])
    assert {row[3] for row in arrivals(office)} <= {"unmatched"}


def test_a_file_whose_name_speaks_against_the_letter_is_left_to_a_person(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    run(office, answer([("Báo cáo quý I.docx", PLAN[1])], answers=message_id))
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.OTHER_ITEM.words)]


def test_who_owes_nothing_is_left_to_a_person(office: Office):
    run(office, answer([PLAN]))
    assert arrivals(office) == [(BINH_AN.id, None, None, "unmatched", Doubt.NOTHING_OWED.words)]


def test_the_answer_to_a_receipt_is_a_new_version_of_the_same(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    message_id, _ = reminder(office)
    run(office, answer([PLAN], answers=message_id))
    file_arrivals(office, NOW, Collected())
    with office.store.read() as connection:
        receipt = connection.execute(letter.select().where(letter.c.kind == "receipt")).one().message_id
    run(office, answer([("ban-sua.docx", plan_file(number="08"))], answers=receipt))
    assert arrivals(office)[-1] == FILED


@pytest.mark.parametrize(
    ("asked", "data"), [(Item.REPORT, PLAN[1]), (Item.SUB_PLAN, report_file()), (Item.SUB_PLAN, invitation())]
)
def test_a_file_that_calls_itself_something_else_is_left_to_a_person(office: Office, asked: Item, data: bytes):
    owe(office.store, item=asked, period="2023" if asked is Item.SUB_PLAN else "2023-H1", due="2023-02-28")
    message_id, _ = reminder(office)
    name = "van-ban.xlsx" if data == report_file() else "van-ban.docx"
    run(office, answer([(name, data)], answers=message_id))
    done = Collected()
    file_arrivals(office, NOW, done)
    assert ([row[3:] for row in arrivals(office)], done.unmatched) == ([("unmatched", Doubt.OTHER_ITEM.words)], 1)


def test_a_scan_is_not_taken_for_next_years_report_where_a_signed_paper_is_awaited(office: Office):
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-02-28", state=ObligationState.FIGURES_ONLY)
    owe(office.store, item=Item.REPORT, period="2023", due="2023-12-18", plan_id=1)
    run(office, answer([("scan0001.pdf", scan())]))
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.SEVERAL_ITEMS.words)]
    with office.store.write() as connection:
        connection.exec_driver_sql("UPDATE obligation SET state = 'met' WHERE period = '2023'")
    run(office, answer([("scan0002.pdf", scan())]))
    assert arrivals(office)[-1] == (BINH_AN.id, "report", "2023-H1", "new", None)


def test_the_answer_to_the_receipt_of_a_file_that_joined_another_is_of_the_same(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    message_id, _ = reminder(office)
    run(office, answer([PLAN, ("07-KH-UBND.pdf", scan())], answers=message_id))
    file_arrivals(office, NOW, Collected())
    with office.store.read() as connection:
        newest = letter.select().where(letter.c.kind == "receipt").order_by(letter.c.id.desc())
        receipt = connection.execute(newest).first()
    assert receipt is not None
    run(office, answer([("ban-sua.docx", plan_file(number="08"))], answers=receipt.message_id))
    assert arrivals(office)[-1] == FILED
