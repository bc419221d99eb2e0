"""Writing letters: from what a letter says to an outbox row with its final bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.lifecycle.office._office import Office
from plan_lifecycle.mail.contexts import Context
from plan_lifecycle.mail.message import Address, Attachment, build_message, stable_message_id

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address, whose it is, and the unit that the letter is filed under."""

    email: str
    name: str
    unit_id: str | None


def write_letter(
    office: Office,
    context: Context,
    *,
    key: str,
    to: Recipient,
    now: datetime,
    thread: str | None = None,
    attachments: Sequence[Attachment] = (),
    calendar: bytes | None = None,
    instead_of: Letter | None = None,
) -> Letter:
    """Word the letter, keep its bytes and return the row for the outbox.

    ``key`` says what it is for and makes its Message-ID, so writing it again gives the same letter; ``thread`` is the
    key of the letter that it continues, ``calendar`` an iCalendar file. Written ``instead_of`` a letter it bears that
    one's Message-ID, but one of its own where that may have left: no Message-ID goes out with two texts.
    """
    words = office.letters.render(context)
    message_id = _message_id(office, key, instead_of)
    data = build_message(
        sender=Address(office.mail_from, office.rules.sender or context.sender.agency),
        recipients=[Address(to.email, to.name)],
        subject=words.subject,
        text=words.text,
        html=words.html,
        message_id=message_id,
        date=now,
        in_thread=stable_message_id(thread, domain=office.mail_domain) if thread else None,
        reply_to=Address(_reply_to(office, context, message_id)),
        attachments=attachments,
        calendar=calendar,
    )
    return Letter(
        key=key,
        message_id=message_id,
        kind=context.kind,
        recipient=to.email,
        subject=words.subject,
        blob=office.store.blobs.put(data),
        queued_at=now,
        unit_id=to.unit_id,
    )


def _message_id(office: Office, key: str, instead_of: Letter | None) -> str:
    if instead_of is None:
        return stable_message_id(key, domain=office.mail_domain)
    if instead_of.unsure:
        return stable_message_id(key, instead_of.message_id, domain=office.mail_domain)
    return instead_of.message_id


def _reply_to(office: Office, context: Context, message_id: str) -> str:
    """The office's own address with this letter's token, so that an answer finds it; another's is left as it is."""
    if office.replies is None or context.sender.reply_to != office.mail_from:
        return context.sender.reply_to
    return office.replies.address(office.mail_from, message_id)


def thread_key(plan_id: int, unit_id: str) -> str:
    """The key of the letter that opens the thread of one unit and plan: the cascade's."""
    return f"cascade:{plan_id}:{unit_id}"
