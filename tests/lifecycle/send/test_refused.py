"""Letters that are refused: later after a growing time, or to the next contact; each with its reason on record."""

from __future__ import annotations

import email
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.factories import BINH_AN, HOA_THANG, MAIL_FROM, WALL, address, day, fill, letter, make_office, owe, plan_row
from tests.fakes import FakeMailer
from tests.lifecycle.remind.reminded import ledger, text_of
from tests.lifecycle.send.refusing import DEPUTY, GONE, T7, bounce_for, deputy, send, states, take_bounce
from tests.mail import replies
from tests.mail.faulty_server import FaultyMailServer, ServerFault, Stage
from tests.reliability.sending import queue_letters, send_all

from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.send import sent_today
from plan_lifecycle.lifecycle.send._bounces import Bounced
from plan_lifecycle.lifecycle.send._outbox import GIVE_UP_AFTER, Sent
from plan_lifecycle.mail.message import Address, build_message
from plan_lifecycle.mail.readdress import readdressed
from plan_lifecycle.mail.transport import Outcome
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.letters import queue
from plan_lifecycle.store.units import load_contacts, save_contacts

pytestmark = pytest.mark.enable_socket


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def test_a_reminder_whose_address_is_gone_goes_to_the_next_contact_in_the_same_run(store: Store) -> None:
    owe(store)
    deputy(store)
    remind(make_office(store), T7)
    mailer = FakeMailer({address(BINH_AN): GONE})
    done = send(store, mailer)
    assert (done.sent, done.failed) == (1, {address(BINH_AN): GONE.reason})
    ((recipient, message),) = mailer.sent
    assert recipient == DEPUTY
    assert "UBND xã Bình An" in text_of(message)
    assert states(store) == [(address(BINH_AN), "failed", True), (DEPUTY, "sent", None)]
    assert [row[:3] for row in ledger(store)] == [("T-7", address(BINH_AN), True), ("T-7", DEPUTY, True)]
    assert send(store, mailer) == Sent()


def test_where_nobody_is_left_that_is_on_record(store: Store) -> None:
    owe(store)
    remind(make_office(store), T7)
    assert send(store, FakeMailer({address(BINH_AN): GONE})).sent == 0
    assert ledger(store)[-1] == ("T-7", "", False, WhyUnsent.NO_CONTACT.words)


def test_units_that_shared_a_mailbox_go_to_their_own_next_contacts(store: Store) -> None:
    plan_id = plan_row(store)
    with store.write() as connection:
        people = [Contact(HOA_THANG.id, ContactRole.COORDINATOR, "Chung", address(BINH_AN))]
        save_contacts(connection, [*people, Contact(BINH_AN.id, ContactRole.HEAD, "Lãnh đạo xã", DEPUTY)])
    owe(store, plan_id=plan_id)
    remind(make_office(store), T7)
    mailer = FakeMailer({address(BINH_AN): GONE})
    send(store, mailer)
    assert [recipient for recipient, _ in mailer.sent] == [DEPUTY]


def test_any_other_letter_goes_to_the_next_contact_as_it_is(store: Store) -> None:
    deputy(store)
    data = build_message(
        sender=Address(MAIL_FROM, "Sở Nội vụ"),
        recipients=[Address(address(BINH_AN), "Cán bộ đầu mối của Ủy ban nhân dân xã Bình An, huyện Bắc Bình")],
        subject="Kế hoạch",
        text="Kính gửi: UBND xã Bình An",
        html="<p>Kính gửi</p>",
        message_id="<1@binhthuan.example.vn>",
        date=T7,
    )
    with store.write() as connection:
        queue(connection, [letter(1, kind="sub_plan_request", blob=store.blobs.put(data))])
    mailer = FakeMailer({address(BINH_AN): GONE})
    send(store, mailer)
    ((recipient, message),) = mailer.sent
    read = email.message_from_bytes(message)
    assert recipient == DEPUTY
    assert DEPUTY in str(read["To"])
    assert address(BINH_AN) not in str(read["To"])
    assert read["Message-ID"] != "<1@binhthuan.example.vn>"
    assert message.partition(b"\r\n\r\n")[2] == data.partition(b"\r\n\r\n")[2]
    assert len(read.items()) == len(email.message_from_bytes(data).items())


def test_only_recipient_and_message_id_change() -> None:
    data = b"From: a@x.vn\r\nTo: b@x.vn,\r\n c@x.vn\r\nMessage-ID: <1@x.vn>\r\n\r\nTo: d@x.vn\r\n"
    assert readdressed(data, Address("e@x.vn"), "<2@x.vn>") == (
        b"From: a@x.vn\r\nTo: e@x.vn\r\nMessage-ID: <2@x.vn>\r\n\r\nTo: d@x.vn\r\n"
    )


def test_a_bounce_marks_the_address_and_the_next_contact_gets_the_letter(store: Store) -> None:
    owe(store)
    deputy(store)
    office = make_office(store)
    remind(office, T7)
    send(store, FakeMailer())
    came = take_bounce(office, bounce_for(address(BINH_AN)), day("2023-02-22"))
    assert came == Bounced((address(BINH_AN),), 1)
    with store.read() as connection:
        assert [each.email for each in load_contacts(connection, T7.date())[BINH_AN.id]] == [DEPUTY]
    mailer = FakeMailer()
    send(store, mailer, day("2023-02-22"))
    assert [recipient for recipient, _ in mailer.sent] == [DEPUTY]
    assert states(store)[0] == (address(BINH_AN), "failed", True)
    assert take_bounce(office, bounce_for(address(BINH_AN)), day("2023-02-22")) == Bounced()


@pytest.mark.parametrize("message", [replies.GOOD["a reply in words"], replies.AUTOMATIC["RFC 3834"], b""])
def test_what_is_no_bounce_changes_nothing(store: Store, message: bytes) -> None:
    assert take_bounce(make_office(store), message, T7) == Bounced()


def test_a_bounce_of_an_address_that_nobody_has_changes_nothing(store: Store) -> None:
    assert take_bounce(make_office(store), bounce_for("ai-do@example.vn"), T7) == Bounced()


def test_the_time_between_attempts_grows_and_ends(store: Store) -> None:
    queue_letters(store, 1)
    full = FakeMailer({"xa0@example.vn": Outcome.later("452 4.2.2 mailbox full")})
    minutes = tries = 0
    while not (done := send(store, full, minutes=minutes)).failed:
        tries += done.later
        minutes += 5
        assert minutes < 10 * 24 * 60
    assert tries == GIVE_UP_AFTER - 1
    assert minutes > 3 * 24 * 60
    assert states(store) == [("xa0@example.vn", "failed", False)]


@pytest.mark.parametrize("moment", [datetime(2023, 2, 21, 21, tzinfo=T7.tzinfo), day("2023-02-25")])
def test_a_reminder_waits_for_the_hours_of_sending_and_an_answer_does_not(store: Store, moment: datetime) -> None:
    owe(store)
    remind(make_office(store), T7)
    with store.write() as connection:
        queue(connection, [letter(1, kind="receipt", recipient="a@example.vn", blob=store.blobs.put(b"bytes"))])
    mailer = FakeMailer()
    send(store, mailer, moment)
    assert [recipient for recipient, _ in mailer.sent] == ["a@example.vn"]
    send(store, mailer, day("2023-02-27"))
    assert [recipient for recipient, _ in mailer.sent] == ["a@example.vn", address(BINH_AN)]


def test_what_earlier_runs_sent_counts_against_the_day(store: Store) -> None:
    queue_letters(store, 3)
    send(store, FakeMailer())
    assert sent_today(make_office(store), T7, WALL) == 3
    assert sent_today(make_office(store), T7 + timedelta(days=1), WALL) == 0


def test_a_quota_that_is_used_up_is_no_attempt(store: Store) -> None:
    queue_letters(store, 1)
    send(store, FakeMailer({"xa0@example.vn": Outcome.later("the day's quota is used up", permanent=None)}))
    assert send(store, FakeMailer()).sent == 1


FAULTS = {
    "drops before DATA": (ServerFault(Stage.RCPT, drop=True), "sent"),
    "drops during DATA": (ServerFault(Stage.DATA, drop=True), "sent"),
    "drops at the dot": (ServerFault(Stage.DOT, drop=True), "sent"),
    "421": (ServerFault(Stage.RCPT, reply="421 4.3.2 closing"), "sent"),
    "450": (ServerFault(Stage.RCPT, reply="450 4.2.1 busy"), "sent"),
    "451": (ServerFault(Stage.DOT, reply="451 4.7.1 later"), "sent"),
    "452": (ServerFault(Stage.RCPT, reply="452 4.2.2 full"), "sent"),
    "550": (ServerFault(Stage.RCPT, reply="550 5.1.1 unknown"), "failed"),
    "552": (ServerFault(Stage.DOT, reply="552 5.3.4 too big"), "failed"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_the_server_answers_each_letter_ends_in_one_state(store: Store, tmp_path: Path, name: str) -> None:
    fault, ends = FAULTS[name]
    queue_letters(store, 3)
    shown = ServerFault(fault.stage, reply=fault.reply, drop=fault.drop, times=1, after=1)
    with FaultyMailServer(tmp_path / "mail", faults=[shown]) as server:
        for minutes in (0, 6, 17):
            send_all(store, server.port, minutes=minutes)
        arrived = [each.recipients for each in server.letters()]
    assert sorted(state for _, state, _ in states(store)) == sorted(["sent", "sent", ends])
    assert len(arrived) == len(set(arrived)) == (3 if ends == "sent" else 2)
