"""Mail that brings no paper: machines are never answered, people once, bounces are believed."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from tests.channels.answering import answer
from tests.factories import BINH_AN, DISTRICT, MAIL_FROM, address, owe
from tests.lifecycle.collect.mailbox import NOW, PLAN, arrivals, ledger, letters, reminder, run
from tests.mail import replies

from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.collect._answerable import ANSWERS_A_DAY
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.tables import contact, letter
from plan_lifecycle.store.units import save_contacts


@pytest.mark.parametrize("name", replies.AUTOMATIC)
def test_an_automatic_answer_is_never_filed(office: Office, name: str):
    owe(office.store)
    run(office, replies.AUTOMATIC[name])
    assert arrivals(office) == []
    assert letters(office) == []


def test_no_bounce_is_ever_filed(office: Office, samples: Path):
    owe(office.store)
    messages = [path.read_bytes() for path in sorted((samples / "mail" / "bounces").glob("*.eml"))]
    inbox, taken = run(office, *messages)
    assert len(messages) >= 100
    assert not inbox.lying
    assert len(ledger(office)) == taken.messages > 100
    assert [row for row in arrivals(office) if row[3] == "new"] == []
    assert letters(office) == []


@pytest.mark.parametrize(("brings_back", "dead"), [(True, True), (False, False)])
def test_a_bounce_is_believed_of_letters_that_it_brings_back(office: Office, brings_back: bool, dead: bool):
    owe(office.store)
    message_id, _ = reminder(office)
    with office.store.write() as connection:
        connection.execute(letter.update().values(state="sent", sent_at=NOW))
    returned = replies.bounce(address(BINH_AN))
    if brings_back:
        returned += f"\r\nMessage-ID: {message_id}\r\n".encode()
    run(office, returned)
    with office.store.read() as connection:
        row = connection.execute(contact.select().where(contact.c.email == address(BINH_AN))).one()
    assert (row.unreachable_since is not None) is dead
    assert ledger(office)[0][:2] == ("bounce", "done")


def test_a_message_without_file_is_answered_once(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    forgot = answer(text="Xã gửi kế hoạch.", answers=message_id)
    for _ in range(2):
        inbox, _ = run(office, forgot)
    assert letters(office) == [address(BINH_AN)]
    assert arrivals(office) == [(BINH_AN.id, "sub_plan", "2023", "unmatched", Doubt.NO_FILE.words)]
    assert len(inbox.moved["review"]) == 1


def test_two_machines_do_not_talk_for_long(office: Office):
    owe(office.store)
    run(office, *(answer(text=f"Xã gửi báo cáo lần {number}.") for number in range(10)))
    assert len(letters(office)) == ANSWERS_A_DAY


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"List-Id": "<ds.example.vn>"},
        {"X-Auto-Response-Suppress": "All"},
        {"Return-Path": "<>"},
        {"X-Loop": "cchc"},
    ],
)
def test_a_machine_or_a_list_is_not_answered(office: Office, headers: dict[str, str]):
    owe(office.store)
    run(office, answer(text="Gửi báo cáo.", headers=headers))
    assert letters(office) == []


@pytest.mark.parametrize("sender", ["la@example.com", MAIL_FROM, f"cchc+abc@{MAIL_FROM.partition('@')[2]}"])
def test_neither_a_stranger_nor_ourselves_are_answered(office: Office, sender: str):
    with office.store.write() as connection:
        save_contacts(connection, [Contact(DISTRICT.id, ContactRole.OFFICER, "Phòng", MAIL_FROM)])
    run(office, answer(text="Gửi báo cáo.", sender=sender))
    assert letters(office) == []


def test_what_a_machine_sends_with_files_is_left_to_a_person(office: Office):
    owe(office.store)
    run(office, answer([PLAN], headers={"Auto-Submitted": "auto-generated"}))
    assert [row[3:] for row in arrivals(office)] in ([("unmatched", Doubt.BY_MACHINE.words)], [])


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Đã gửi qua trục, số 07/KH-UBND ngày 20/02/2023.", "Đã nhận thư: "),
        ("Xã xin gia hạn đến ngày 10/3.", "Đã nhận thư: "),
        ("Xã đã gửi rồi ạ.", "Chưa thấy tệp gửi kèm: "),
    ],
)
def test_who_states_something_is_not_asked_for_it_once_more(office: Office, text: str, subject: str):
    owe(office.store)
    run(office, answer(text=text))
    with office.store.read() as connection:
        row = connection.execute(letter.select().where(letter.c.kind == "no_usable_file")).one()
    body = message_from_bytes(office.store.blobs.get(row.blob), policy=policy.default)
    said = body.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert row.subject.startswith(subject)
    assert ("đề nghị cho biết số, ngày văn bản" in said) is subject.startswith("Chưa")
