"""Reminding, and what is on record of it."""

from __future__ import annotations

import base64
import email
from datetime import datetime

from sqlalchemy import select
from tests.factories import WALL, day, make_office
from tests.fakes import FakeMailer

from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter, reminder

T7, T1, T3 = day("2023-02-21"), day("2023-02-27"), day("2023-03-03")


def ledger(store: Store) -> list[tuple[str, str, bool, str | None]]:
    """Rung, address, whether a letter carries it, and the reason where none does."""
    columns = (reminder.c.rung, reminder.c.recipient, reminder.c.letter_id, reminder.c.reason)
    with store.read() as connection:
        rows = connection.execute(select(*columns).order_by(reminder.c.id))
        return [(row.rung, row.recipient, row.letter_id is not None, row.reason) for row in rows]


def letters(store: Store) -> list[tuple[str, str, str]]:
    """Kind, recipient and text of every letter."""
    with store.read() as connection:
        rows = connection.execute(select(letter.c.kind, letter.c.recipient, letter.c.blob).order_by(letter.c.id)).all()
    return [(row.kind, row.recipient, text_of(store.blobs.get(row.blob))) for row in rows]


def text_of(message: bytes) -> str:
    plain = next(part for part in email.message_from_bytes(message).walk() if part.get_content_type() == "text/plain")
    return base64.b64decode(str(plain.get_payload())).decode()


def send(store: Store, moment: datetime) -> list[str]:
    """Everything that waits leaves; the texts."""
    mailer = FakeMailer()
    send_outbox(make_office(store), mailer.connect, now=moment, wall=WALL, worker="a")
    return [text_of(message) for _, message in mailer.sent]
