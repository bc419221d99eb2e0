"""Sending reminders, and what is on record of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from tests.factories import BINH_AN, WALL, day, fill, make_office, owe, plan_row
from tests.fakes import FakeClock, FakeMailer

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.lifecycle.send._outbox import Sent
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter as letter_table

T7 = day("2023-02-21")


def send(
    store: Store, mailer: FakeMailer, *, worker: str = "a", minutes: int = 0, clock: FakeClock | None = None
) -> Sent:
    wall = WALL + timedelta(minutes=minutes)
    return send_outbox(make_office(store), mailer.connect, now=T7, wall=wall, worker=worker, clock=clock or FakeClock())


def rows(store: Store) -> list[tuple[str, str | None, int]]:
    columns = (letter_table.c.state, letter_table.c.reason, letter_table.c.attempts)
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(letter_table.c.id))]


def reminded(store: Store, *owed: tuple[object, Item, str]) -> list[object]:
    """Obligations with their reminders of 21/02 in the outbox."""
    fill(store)
    plan_id = plan_row(store)
    made = [owe(store, unit, item, period, plan_id=plan_id) for unit, item, period in owed]  # type: ignore[arg-type]
    remind(make_office(store), T7)
    return list(made)


PLAN = (BINH_AN, Item.SUB_PLAN, "2023")
REPORT = (BINH_AN, Item.REPORT, "2023-Q1")
