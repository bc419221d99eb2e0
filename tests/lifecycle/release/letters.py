"""The letters about reports that lie in the outbox, as their readers see them."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import NamedTuple

from sqlalchemy import select

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.tables import letter


class Brought(NamedTuple):
    """A letter that brings a report."""

    to: str
    subject: str
    text: str
    files: dict[str, bytes]
    state: LetterState


def brought(office: Office) -> list[Brought]:
    """All letters that bring a report, oldest first."""
    query = select(letter.c.blob, letter.c.state).where(letter.c.key.startswith("report:")).order_by(letter.c.id)
    with office.store.read() as connection:
        rows = connection.execute(query).all()
    return [_brought(office.store.blobs.get(row.blob), LetterState(row.state)) for row in rows]


def _brought(data: bytes, state: LetterState) -> Brought:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    assert body is not None
    files = {str(part.get_filename()): part.get_payload(decode=True) for part in message.iter_attachments()}
    to = str(message["To"]).rpartition("<")[2].rstrip(">")
    return Brought(to, str(message["Subject"]), body.get_content(), files, state)  # type: ignore[arg-type]
