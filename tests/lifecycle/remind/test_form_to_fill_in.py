"""The unit's own form goes with a reminder of a report, where that is wanted."""

from __future__ import annotations

import email
from dataclasses import replace
from email.message import Message

import pytest
from sqlalchemy import select
from tests.factories import BINH_AN, day, fill, make_office, owe, rules

from plan_lifecycle.documents.report_form import read_report_form
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter

MORNING = day("2023-06-09")


def reminder_of(store: Store, item: Item, period: str, *, attach: bool) -> Message:
    """The letter that goes to xã Bình An a week before its last day."""
    fill(store)
    owe(store, BINH_AN, item, period, "2023-06-16")
    reminding = replace(rules().reminding, attach_form=attach)
    office = make_office(store, reminding=reminding)
    remind(office, MORNING)
    with store.read() as connection:
        blob = connection.execute(select(letter.c.blob)).scalar_one()
    return email.message_from_bytes(store.blobs.get(blob))


def workbooks(message: Message) -> list[bytes]:
    """The Excel files of a letter."""
    return [
        part.get_payload(decode=True)  # type: ignore[misc]
        for part in message.walk()
        if (part.get_filename() or "").endswith(".xlsx")
    ]


def test_a_reminder_of_a_report_carries_the_units_own_form(store: Store) -> None:
    (form,) = workbooks(reminder_of(store, Item.REPORT, "2023-H1", attach=True))
    indicators = rules().profile_of().of_year(2023, BINH_AN.level)
    reading = read_report_form(form, indicators)
    assert reading.figures == ()


@pytest.mark.parametrize(("item", "period", "attach"), [(Item.REPORT, "2023-H1", False), (Item.SUB_PLAN, "2023", True)])
def test_nothing_is_attached_that_is_not_wanted(store: Store, item: Item, period: str, attach: bool) -> None:
    assert workbooks(reminder_of(store, item, period, attach=attach)) == []
