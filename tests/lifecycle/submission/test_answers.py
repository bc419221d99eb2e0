"""A unit hears until when what was returned is awaited, and the same day is kept for its reminders."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select
from tests.factories import arrival, day, fill, invitation, make_office, obligation_of, owe
from tests.fakes import FakeChannel

from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter


@pytest.mark.parametrize(
    ("at", "last", "told"),
    [
        ("2023-02-20", date(2023, 2, 22), "trước ngày 23/02/2023"),
        ("2023-02-23", date(2023, 2, 27), "trước ngày 28/02/2023"),
        ("2023-02-24", date(2023, 2, 28), "trước ngày 01/3/2023"),
    ],
)
def test_what_is_returned_is_awaited_until_the_day_before_the_third_working_day(
    store: Store, at: str, last: date, told: str
) -> None:
    fill(store)
    owe(store)
    office = make_office(store)
    assert collect(office, [FakeChannel([arrival(invitation(), at=at)])], day(at)).returned == 1
    owed = obligation_of(store)
    assert (owed.state, owed.resend_by) == (ObligationState.RETURNED, last)
    with store.read() as connection:
        query = select(letter.c.blob).where(letter.c.key.like("returned:%"))
        body = message_from_bytes(store.blobs.get(connection.execute(query).scalar_one()), policy=policy.default)
    plain = body.get_body(("plain",))
    assert plain is not None
    assert told in " ".join(plain.get_content().split())
