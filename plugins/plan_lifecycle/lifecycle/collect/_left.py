"""An arrival that is left to a person after it was kept: why, what it may be, and the word to its sender."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from plan_lifecycle.channels import MailboxChannel, read_message
from plan_lifecycle.documents.version import readers_version
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.lifecycle.collect._acknowledge import LeftFiles, waiting_letters
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.collect._guess import of_a_claim
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.submission import kept_bytes
from plan_lifecycle.mail.incoming import Kind
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import guesses as guess_rows
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import messages as message_rows
from plan_lifecycle.store.arrivals import StoredArrival
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.guesses import Guess

UNREAD = "phần mềm chưa đọc được tệp này; tệp đã được giữ lại, lỗi đã được ghi nhật ký để khắc phục"
"""What the coordinator reads of an arrival at which a reader failed unforeseen."""


def leave(
    office: Office, arrival: StoredArrival, reason: str, doubt: Doubt | None, may_be: Sequence[Guess], now: datetime
) -> ArrivalState | None:
    """Leave an arrival to a person; None where another process was quicker."""
    letters = _acknowledged(office, arrival, now)
    with office.store.write() as connection:
        code = doubt.value if doubt else None
        if not arrival_rows.settle(connection, arrival.id, ArrivalState.UNMATCHED, reason, code):
            return None
        guess_rows.note(connection, arrival.id, may_be)
        letter_rows.queue(connection, letters)
    return ArrivalState.UNMATCHED


def leave_unread(office: Office, arrival: StoredArrival, now: datetime) -> bool:
    """Leave an arrival at which a reader failed, until the next version of the readers or a person; False where it is
    decided."""
    letters = _acknowledged(office, arrival, now)
    with office.store.write() as connection:
        if not arrival_rows.leave_unread(connection, arrival.id, UNREAD, readers_version()):
            return False
        guess_rows.note(connection, arrival.id, of_a_claim(arrival.unit_id, arrival.item))
        letter_rows.queue(connection, letters)
    return True


def _acknowledged(office: Office, arrival: StoredArrival, now: datetime) -> list[Letter]:
    """The word to the sender of a person's message; other channels have no sender to write to."""
    if arrival.channel != MailboxChannel.name or arrival.unit_id is None:
        return []
    with office.store.read() as connection:
        kept = message_rows.kept_message(connection, arrival.key.rpartition("/")[0])
    if kept is None or kept[0] is None or kept[1] != Kind.SUBMISSION.value:
        return []
    try:
        message = read_message(_bytes(office, kept[0]))
    except BlobError:
        return []
    left = LeftFiles((arrival.unit_id,), True, (arrival.file_name,), arrival.received_at)
    return waiting_letters(office, message, arrival.sender, left, now)


def _bytes(office: Office, blob: str) -> bytes:
    try:
        return kept_bytes(office, blob, quarantined=False)
    except BlobError:
        return kept_bytes(office, blob, quarantined=True)
