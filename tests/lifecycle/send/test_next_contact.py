"""Whoever gets a letter in the place of another gets it once, and no letter that was overtaken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories import BINH_AN, DISTRICT, HOA_THANG, address, day, fill, letter, make_office, owe, plan_row
from tests.fakes import FakeMailer
from tests.lifecycle.remind.reminded import ledger, text_of
from tests.lifecycle.send.refusing import DEPUTY, GONE, T7, bounce_for, deputy, send, states, take_bounce

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import preview, remind
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.letters import queue
from plan_lifecycle.store.units import mark_unreachable, save_contacts

T1 = day("2023-02-27")
SECOND = "can-bo-2@example.vn"

pytestmark = pytest.mark.enable_socket


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def contacts(store: Store, *people: Contact) -> None:
    with store.write() as connection:
        save_contacts(connection, people)


def both_roles(store: Store) -> Office:
    """An office whose ladder writes to officers and heads."""
    rules = make_office(store).rules
    ladder = tuple(
        replace(rung, roles=(ContactRole.OFFICER, ContactRole.HEAD)) for rung in rules.ladders[Item.SUB_PLAN]
    )
    return make_office(store, reminding=replace(rules.reminding, ladders={Item.SUB_PLAN: ladder}))


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("Cán bộ xã Bình An", "khac@example.vn"),  # the officer again, as head, under another address
        ("CÁN BỘ  xã Bình An", "khac@example.vn"),
        ("Lãnh đạo", address(BINH_AN)),  # another role with the officer's address
        ("Lãnh đạo", address(BINH_AN).upper()),
    ],
)
def test_one_person_under_two_roles_or_addresses_gets_one_letter(store: Store, name: str, where: str) -> None:
    owe(store)
    contacts(store, Contact(BINH_AN.id, ContactRole.HEAD, name, where))
    assert remind(both_roles(store), T7).letters == 1
    mailer = FakeMailer()
    send(store, mailer)
    assert [recipient for recipient, _ in mailer.sent] == [address(BINH_AN)]
    assert text_of(mailer.sent[0][1]).count("trước ngày 01/3/2023") == 1


def test_one_mailbox_of_two_units_is_one_however_it_is_written(store: Store) -> None:
    plan_id = plan_row(store)
    with store.write() as connection:
        mark_unreachable(connection, address(HOA_THANG), T7)
    contacts(store, Contact(HOA_THANG.id, ContactRole.OFFICER, "Chung", address(BINH_AN).upper()))
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, plan_id=plan_id)
    office = make_office(store)
    assert remind(office, T7).letters == 1
    assert remind(office, T7).letters == 0
    found = preview(office, T1.date(), T1.date(), T7)
    assert [len(each.reminders) for each in found.letters] == [2]


def test_who_has_the_reminder_already_does_not_get_it_again_from_somebody_elses_mailbox(store: Store) -> None:
    owe(store)
    deputy(store)
    office = both_roles(store)
    assert remind(office, T7).letters == 2
    send(store, FakeMailer())
    assert take_bounce(office, bounce_for(address(BINH_AN)), day("2023-02-22")).letters == 0
    assert ("T-7", "", False, WhyUnsent.OTHERS_HAVE_IT.words) in ledger(store)


def test_a_superiors_copy_that_came_back_is_not_sent_to_the_unit_a_second_time(store: Store) -> None:
    owe(store)
    contacts(store, Contact(DISTRICT.id, ContactRole.HEAD, "Lãnh đạo huyện", DEPUTY))
    rules = make_office(store).rules
    ladder = tuple(replace(rung, superior=True) for rung in rules.ladders[Item.SUB_PLAN])
    office = make_office(store, reminding=replace(rules.reminding, ladders={Item.SUB_PLAN: ladder}))
    assert remind(office, T7).letters == 2
    send(store, FakeMailer())
    assert take_bounce(office, bounce_for(DEPUTY), day("2023-02-22")).letters == 0


def test_several_letters_that_came_back_go_on_as_one_with_the_newest_rung(store: Store) -> None:
    owe(store)
    deputy(store)
    office = make_office(store)
    for moment in (T7, T1):
        remind(office, moment)
        send(store, FakeMailer(), moment)
    assert take_bounce(office, bounce_for(address(BINH_AN)), T1).letters == 1
    mailer = FakeMailer()
    send(store, mailer, T1)
    ((recipient, message),) = mailer.sent
    assert recipient == DEPUTY
    assert "còn 01 ngày" in text_of(message)
    assert [row[:2] for row in ledger(store)][2:] == [("T-1", DEPUTY)]


@pytest.mark.parametrize("came_back", ["2023-02-24", "2023-02-27"])
def test_what_comes_back_just_before_the_next_rung_waits_for_it(store: Store, came_back: str) -> None:
    """T−7 comes back on Friday 24/02, T−1 is on Monday: the deputy gets T−1 and not both."""
    owe(store)
    deputy(store)
    office = make_office(store)
    remind(office, T7)
    send(store, FakeMailer())
    assert take_bounce(office, bounce_for(address(BINH_AN)), day(came_back)).letters == 0
    assert ("T-7", "", False, WhyUnsent.NEXT_IS_NEAR.words) in ledger(store)
    assert remind(office, T1).letters == 1
    mailer = FakeMailer()
    send(store, mailer, T1)
    assert [recipient for recipient, _ in mailer.sent] == [DEPUTY]


def test_what_waits_for_the_next_contact_when_the_next_rung_comes_is_one_letter_with_it(store: Store) -> None:
    owe(store)
    deputy(store)
    office = make_office(store)
    remind(office, T7)
    send(store, FakeMailer())
    assert take_bounce(office, bounce_for(address(BINH_AN)), day("2023-02-22")).letters == 1
    remind(office, T1)  # the mail server was down in between
    mailer = FakeMailer()
    send(store, mailer, T1)
    assert [(recipient, "còn 01 ngày" in text_of(message)) for recipient, message in mailer.sent] == [(DEPUTY, True)]


def test_units_with_one_next_contact_in_common_give_it_one_letter(store: Store) -> None:
    plan_id = plan_row(store)
    with store.write() as connection:
        mark_unreachable(connection, address(HOA_THANG), T7)
    shared = [Contact(HOA_THANG.id, ContactRole.OFFICER, "Chung", address(BINH_AN))]
    heads = [Contact(unit.id, ContactRole.HEAD, "Lãnh đạo", DEPUTY) for unit in (BINH_AN, HOA_THANG)]
    contacts(store, *shared, *heads)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, plan_id=plan_id)
    remind(make_office(store), T7)
    mailer = FakeMailer({address(BINH_AN): GONE})
    send(store, mailer)
    ((recipient, message),) = mailer.sent
    assert recipient == DEPUTY
    assert [f"UBND {unit.name}:" in text_of(message) for unit in (BINH_AN, HOA_THANG)] == [True, True]


def test_a_receipt_that_all_contacts_have_is_not_sent_twice_to_one_of_them(store: Store) -> None:
    deputy(store)
    data = store.blobs.put(b"To: a@x.vn\r\nMessage-ID: <1@x.vn>\r\n\r\n")
    with store.write() as connection:
        mine = letter(1, key="receipt:1", blob=data)
        queue(connection, [mine, replace(mine, key=f"receipt:1:{DEPUTY}", message_id="<2@x>", recipient=DEPUTY)])
    mailer = FakeMailer({address(BINH_AN): GONE})
    send(store, mailer)
    send(store, mailer)
    assert [recipient for recipient, _ in mailer.sent] == [DEPUTY]


def test_a_letter_whose_next_contact_cannot_be_written_to_fails_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    owe(store)
    deputy(store)
    remind(make_office(store), T7)
    with store.write() as connection:
        queue(connection, [letter(1, recipient=SECOND, blob=store.blobs.put(b"bytes"))])

    def broken(*_: object, **__: object) -> None:
        raise ValueError("no words")

    monkeypatch.setattr("plan_lifecycle.lifecycle.send._next_contact.reminder_letter", broken)
    mailer = FakeMailer({address(BINH_AN): GONE})
    assert send(store, mailer).failed == {address(BINH_AN): GONE.reason}
    assert [recipient for recipient, _ in mailer.sent] == [SECOND]
    assert (address(BINH_AN), "failed", True) in states(store)
    assert "no words" in caplog.text
