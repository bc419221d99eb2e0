"""Messages of the mailbox: known by what they are, answered letters lead to what is owed, senders to their units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.factories import BINH_AN, HOA_THANG, address, arrival, day, fill, letter, owe, plan_row
from tests.store.papers import handed_in

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.pausing import Absence
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.store import arrivals, letters, messages, pauses, reminders
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.messages import KeptFile, OwnLetter, StoredMessage
from plan_lifecycle.store.plans import save_drafts
from plan_lifecycle.store.submission_files import Part
from plan_lifecycle.store.units import save_contacts

NOW = day("2023-02-20")
MAIL = StoredMessage("1" * 64, "<1@example.vn>", address(BINH_AN), "Báo cáo", NOW, 100, None, "submission", "done")
FEBRUARY = date(2023, 2, 20)


@pytest.fixture
def plan_id(store: Store) -> int:
    fill(store)
    return plan_row(store)


def test_a_message_is_kept_once_however_often_it_is_seen(store: Store) -> None:
    file = KeptFile(arrival(b"x", key="1", channel="mailbox"), "a" * 64)
    with store.write() as connection:
        assert messages.keep(connection, "INBOX/1/1", MAIL, [file, file]) == 1
        assert messages.keep(connection, "INBOX/1/2", MAIL, [file]) is None
        messages.seen_at(connection, "INBOX/1/2", MAIL.identity)
        assert messages.verdicts(connection, ["INBOX/1/1", "INBOX/1/2", "INBOX/1/3"]) == {
            "INBOX/1/1": "done",
            "INBOX/1/2": "done",
        }
        assert messages.verdicts(connection, ["INBOX/1/1"]) == {"INBOX/1/1": "done"}
        assert messages.verdict_on(connection, MAIL.identity) == "done"
        assert messages.verdict_on(connection, "2" * 64) is None


def test_only_the_file_with_a_reason_is_left_to_a_person(store: Store) -> None:
    files = [
        KeptFile(arrival(b"x", key="1", channel="mailbox"), "a" * 64),
        KeptFile(arrival(b"y", key="2", channel="mailbox"), "b" * 64, "không rõ người gửi", quarantined=True),
    ]
    with store.write() as connection:
        assert messages.keep(connection, "INBOX/1/1", MAIL, files) == 2
        assert [(found.key, found.state) for found in arrivals.waiting(connection)] == [("1", ArrivalState.NEW)]
        assert arrivals.states(connection) == {"new": 1, "unmatched": 1}


def test_subjects_are_told_of_the_messages_asked_for(store: Store) -> None:
    with store.write() as connection:
        messages.keep(connection, "INBOX/1/1", MAIL, [])
        messages.keep(connection, "INBOX/1/2", replace(MAIL, identity="2" * 64, subject="Khác", kind="bounce"), [])
        assert messages.heads(connection, ["2" * 64, "3" * 64]) == {"2" * 64: ("Khác", "bounce")}


@pytest.mark.parametrize(
    ("on", "from_on", "until_on", "writes"),
    [
        ("2023-02-20", "2023-02-20", None, True),
        ("2023-02-19", "2023-02-20", None, False),
        ("2023-02-20", None, "2023-02-20", True),
        ("2023-02-21", None, "2023-02-20", False),
    ],
)
def test_a_contact_writes_for_its_unit_during_its_term(
    store: Store, on: str, from_on: str | None, until_on: str | None, writes: bool
) -> None:
    fill(store, without=(BINH_AN,))
    begun, over = (date.fromisoformat(text) if text else None for text in (from_on, until_on))
    person = Contact(BINH_AN.id, ContactRole.OFFICER, "An", "An@Example.vn", begun, over, "Em@Example.vn")
    with store.write() as connection:
        save_contacts(connection, [person])
        for email in ("an@example.vn", "em@example.vn"):
            found = messages.units_of(connection, email, date.fromisoformat(on))
            assert found == ([BINH_AN.id] if writes else [])


@pytest.mark.parametrize(("on", "writes"), [(9, False), (10, True), (12, True), (13, False)])
def test_who_stands_in_writes_for_the_unit_on_these_days(store: Store, on: int, writes: bool) -> None:
    fill(store)
    first, last = date(2023, 2, 10), date(2023, 2, 12)
    leave = Absence(address(BINH_AN), first, last, "Em@example.vn", "Trần Thị B", "nghỉ phép")
    with store.write() as connection:
        pauses.note_absence(connection, leave, NOW)
        found = messages.units_of(connection, "em@example.vn", date(2023, 2, on))
    assert found == ([BINH_AN.id] if writes else [])


def test_one_address_may_write_for_several_units_and_a_stranger_for_none(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.HEAD, "An", address(BINH_AN))])
        assert messages.units_of(connection, address(BINH_AN), FEBRUARY) == [BINH_AN.id, HOA_THANG.id]
        assert messages.units_of(connection, "nobody@example.vn", FEBRUARY) == []


def own(store: Store, key: str) -> OwnLetter:
    """A letter of ours in the outbox."""
    with store.write() as connection:
        sent = letter(1, key=key)
        ids = letters.queue(connection, [sent])
        (found,) = messages.letters_with(connection, [sent.message_id])
    assert found == OwnLetter(sent.message_id, ids[key], key, sent.recipient)
    return found


def about(store: Store, answered: OwnLetter) -> list[int]:
    with store.read() as connection:
        return [owed.id for owed in messages.obligations_of(connection, answered)]


def test_our_letters_come_in_the_order_asked_for(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        letters.queue(connection, [letter(1), letter(2)])
        asked = ["<2@binhthuan.example.vn>", "<9@example.vn>", "<1@binhthuan.example.vn>"]
        assert [found.key for found in messages.letters_with(connection, asked)] == ["letter:2", "letter:1"]


def test_a_reminder_is_about_all_that_it_carries(store: Store, plan_id: int) -> None:
    plan = owe(store, plan_id=plan_id)
    report = owe(store, item=Item.REPORT, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    answered = own(store, f"cascade:{plan_id}:{HOA_THANG.id}")
    with store.write() as connection:
        rows = [(owed.id, "T-7", address(BINH_AN), answered.id, None, FEBRUARY) for owed in (plan, report)]
        names = ("obligation_id", "rung", "recipient", "letter_id", "reason", "on_day")
        reminders.save_reminders(connection, [dict(zip(names, row, strict=True)) for row in rows])
    assert about(store, answered) == [plan.id, report.id]


def test_the_letter_with_a_draft_is_about_what_the_unit_owes_under_that_plan(store: Store, plan_id: int) -> None:
    mine = owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    owe(store, plan_id=plan_row(store, number="16"), period="2024")
    assert about(store, own(store, f"cascade:{plan_id}:{BINH_AN.id}")) == [mine.id]


def test_a_receipt_is_about_what_the_file_was_filed_for(store: Store, plan_id: int) -> None:
    owed, other = owe(store, plan_id=plan_id), owe(store, HOA_THANG, plan_id=plan_id)
    number, (_, second) = handed_in(store, owed, ("a" * 64, Part.PAPER), ("b" * 64, Part.SOURCE))
    handed_in(store, other, ("c" * 64, Part.PAPER))
    assert about(store, own(store, f"receipt:{second}")) == [owed.id]
    with store.read() as connection:
        (answered,) = messages.letters_with(connection, ["<1@binhthuan.example.vn>"])
    assert [about(store, answered._replace(key=f"{what}:{number}")) for what in ("returned", "accepted")] == [
        [owed.id],
        [owed.id],
    ]


def test_a_refusal_is_about_what_the_sender_claimed_to_hand_in(store: Store, plan_id: int) -> None:
    owed = owe(store, plan_id=plan_id)
    owe(store, period="2024", plan_id=plan_id)
    owe(store, item=Item.REPORT, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    with store.write() as connection:
        arrivals.record(connection, arrival(b"", key="1"), None)
        (refused,) = arrivals.waiting(connection)
    assert about(store, own(store, f"refused:{refused.id}")) == [owed.id]


@pytest.mark.parametrize("key", ["digest:1", "receipt:x", "my receipt:1", "receipt:1x"])
def test_a_letter_about_nothing_leads_nowhere(store: Store, plan_id: int, key: str) -> None:
    handed_in(store, owe(store, plan_id=plan_id), ("a" * 64, Part.PAPER))
    assert about(store, own(store, key)) == []


def test_our_own_draft_is_known_by_its_content(store: Store, plan_id: int) -> None:
    with store.write() as connection:
        save_drafts(
            connection, [{"plan_id": plan_id, "unit_id": BINH_AN.id, "blob": "d" * 64, "file_name": "du-thao.docx"}]
        )
        assert messages.own_drafts(connection, ["d" * 64, "e" * 64]) == {"d" * 64}
        assert messages.own_drafts(connection, ["e" * 64]) == set()


def test_answers_to_an_address_are_counted_by_kind_and_from_a_moment_on(store: Store) -> None:
    fill(store)
    second = timedelta(seconds=1)
    with store.write() as connection:
        letters.queue(
            connection,
            [
                letter(1, queued_at=NOW - second),
                letter(2, queued_at=NOW, recipient=address(BINH_AN).upper()),
                letter(3, queued_at=NOW + second),
                letter(4, queued_at=NOW, kind="refused"),
                letter(5, queued_at=NOW, recipient=address(HOA_THANG)),
            ],
        )
        assert messages.answered_since(connection, address(BINH_AN), "receipt", NOW) == 2
