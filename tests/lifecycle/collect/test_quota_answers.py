"""A month's quota beside what is handed in: it makes no answer doubtful, and answers to its letter need no file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.channels.answering import answer
from tests.factories import BINH_AN, day, fill, make_office, owe, plan_file, plan_row
from tests.lifecycle.collect.mailbox import FILED, Inbox, arrivals, letters
from tests.lifecycle.remind.test_quota_reminders import SHIPPED, look

from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.lifecycle.collect import receive_mail
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter

FEBRUARY = "2023-M02"
FILE = ("van-ban.docx", plan_file())


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    made = make_office(store, reminding=SHIPPED.reminding, calendar=SHIPPED.calendar)
    return replace(made, replies=ReplyAddresses("k" * 32))


def owe_news(office: Office, plan_id: int) -> Obligation:
    return owe(
        office.store, BINH_AN, Item.QUOTA, FEBRUARY, "2023-02-28", plan_id=plan_id, next_rung_on=date(2023, 2, 23)
    )


def reminded(office: Office) -> str:
    """Remind, and return the Message-ID of the unit's letter."""
    remind(office, day("2023-02-23"))
    with office.store.read() as connection:
        return str(connection.execute(letter.select().where(letter.c.unit_id == BINH_AN.id)).one().message_id)


def come(office: Office, data: bytes) -> None:
    receive_mail(office, Inbox(data), day("2023-02-24"))  # type: ignore[arg-type]


def test_who_owes_a_plan_and_a_quota_means_the_plan(office: Office) -> None:
    plan_id = plan_row(office.store)
    owe(office.store, due="2023-03-02", plan_id=plan_id)
    owe_news(office, plan_id)
    come(office, answer([FILE]))
    assert arrivals(office) == [FILED]


def test_the_answer_to_a_letter_about_both_means_the_plan(office: Office) -> None:
    plan_id = plan_row(office.store)
    owe(office.store, due="2023-03-02", plan_id=plan_id)
    look(office, owe_news(office, plan_id), on="2023-02-23")
    come(office, answer([FILE], answers=reminded(office)))
    assert arrivals(office) == [FILED]


def test_evidence_in_answer_to_a_letter_about_a_quota_alone_is_for_that(office: Office) -> None:
    look(office, owe_news(office, plan_row(office.store)), on="2023-02-23")
    come(office, answer([FILE], answers=reminded(office)))
    assert [row[:3] for row in arrivals(office)] == [(BINH_AN.id, "quota", FEBRUARY)]


def test_addresses_in_answer_to_it_wait_for_a_person_and_no_file_is_missed(office: Office) -> None:
    look(office, owe_news(office, plan_row(office.store)), on="2023-02-23")
    come(office, answer(text="Tin đã đăng: https://binhan.example.vn/tin/1", answers=reminded(office)))
    assert letters(office) == []
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.NO_FILE.words)]
