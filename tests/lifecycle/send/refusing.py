"""Sending to mailboxes that refuse, and what is on record of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from tests.factories import BINH_AN, WALL, address, day, make_office
from tests.fakes import FakeMailer
from tests.mail import replies

from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.lifecycle.send._bounces import Bounced, note_bounce
from plan_lifecycle.lifecycle.send._outbox import Sent
from plan_lifecycle.mail.incoming import classify
from plan_lifecycle.mail.transport import Outcome
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter as letter_table
from plan_lifecycle.store.units import save_contacts

T7 = day("2023-02-21")
DEPUTY = "lanh-dao@example.vn"
GONE = Outcome(refused={address(BINH_AN): (550, "no such user")}, permanent=True, reason="550 5.1.1 no such user")


def deputy(store: Store) -> None:
    with store.write() as connection:
        save_contacts(connection, [Contact(BINH_AN.id, ContactRole.HEAD, "Lãnh đạo xã", DEPUTY)])


def send(store: Store, mailer: FakeMailer, now: datetime = T7, minutes: int = 0) -> Sent:
    wall = WALL + timedelta(minutes=minutes)
    return send_outbox(make_office(store), mailer.connect, now=now, wall=wall, worker="a")


def states(store: Store) -> list[tuple[str, str, bool | None]]:
    columns = (letter_table.c.recipient, letter_table.c.state, letter_table.c.permanent)
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(letter_table.c.id))]


def take_bounce(office: Office, data: bytes, now: datetime) -> Bounced:
    return note_bounce(office, classify(data), now)


def bounce_for(to: str) -> bytes:
    return replies.FAILED["Postfix"].replace(b"cu@binhan.example.vn", to.encode())
