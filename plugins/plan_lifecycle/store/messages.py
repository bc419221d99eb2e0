"""Messages from the mailbox: which are known, whose letter they answer, who may write for which unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, or_, select, union_all, update

from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.submission import Arrival, ArrivalState
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import guesses as guess_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import reminders as reminder_rows
from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.guesses import Guess
from plan_lifecycle.store.looks import StoredLook
from plan_lifecycle.store.tables import (
    absence,
    arrival,
    contact,
    draft,
    letter,
    letter_before,
    message,
    message_place,
    obligation,
    submission,
    submission_file,
)

_ABOUT = re.compile(r"(cascade|receipt|refused|returned|accepted):(\d+)(?::(.+))?")


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as the ledger has it; ``verdict`` is done or review."""

    identity: str
    message_id: str | None
    sender: str | None
    subject: str
    received_at: datetime
    size: int
    blob: str | None
    kind: str
    verdict: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a message with what is known of it; a ``reason`` leaves it to a person (unmatched).

    ``quarantined``: the gate did not let its bytes in; ``look`` is what it saw in them, if it looked. ``doubt`` is the
    code of the reason, ``guesses`` what the file may be.
    """

    came: Arrival
    blob: str | None
    reason: str | None = None
    quarantined: bool = False
    look: StoredLook | None = None
    doubt: str | None = None
    guesses: tuple[Guess, ...] = ()


class OwnLetter(NamedTuple):
    """A letter of ours that somebody answers."""

    message_id: str
    id: int
    key: str
    recipient: str


def verdicts(connection: Connection, places: Sequence[str]) -> dict[str, str]:
    """Find the verdict on what lies at these places of the mailbox, where it is known."""
    query = select(message_place.c.key, message.c.verdict).join(message, message.c.id == message_place.c.message_id)
    rows = [connection.execute(query.where(message_place.c.key.in_(some))) for some in in_batches(places)]
    return {row[0]: row[1] for some in rows for row in some}


def verdict_on(connection: Connection, identity: str) -> str | None:
    """Find the verdict on a message that came before, perhaps to another place."""
    return connection.execute(select(message.c.verdict).where(message.c.identity == identity)).scalar_one_or_none()


def keep(connection: Connection, place: str, new: StoredMessage, files: Sequence[KeptFile]) -> int | None:
    """Note a message, where it lies and its files; how many of them are new. None where another process was quicker."""
    added = insert_new(connection, message, [asdict(new)])
    seen_at(connection, place, new.identity)
    if not added:
        return None
    count = 0
    for file in files:
        if arrival_rows.record(connection, file.came, file.blob, quarantined=file.quarantined, taken=file.look):
            count += 1
            if file.reason is not None:
                _leave_to_a_person(connection, file)
    return count


def heads(connection: Connection, identities: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Give subject and kind of messages."""
    query = select(message.c.identity, message.c.subject, message.c.kind)
    rows = [connection.execute(query.where(message.c.identity.in_(some))) for some in in_batches(identities)]
    return {row.identity: (row.subject, row.kind) for some in rows for row in some}


def seen_at(connection: Connection, place: str, identity: str) -> None:
    """Note that a known message lies at this place too."""
    known = connection.execute(select(message.c.id).where(message.c.identity == identity)).scalar_one()
    insert_new(connection, message_place, [{"key": place, "message_id": known}])


def units_of(connection: Connection, email: str, day: date) -> list[str]:
    """List the units for which this address may write on a day: as a contact, a substitute, or standing in."""
    valid = and_(
        or_(contact.c.valid_from.is_(None), contact.c.valid_from <= day),
        or_(contact.c.valid_to.is_(None), contact.c.valid_to >= day),
    )
    stands_in = select(absence.c.email).where(
        func.lower(absence.c.substitute) == email, absence.c.from_on <= day, absence.c.until_on >= day
    )
    is_it = or_(
        func.lower(contact.c.email) == email, func.lower(contact.c.substitute) == email, contact.c.email.in_(stands_in)
    )
    query = select(contact.c.unit_id).where(valid, is_it).distinct().order_by(contact.c.unit_id)
    return list(connection.execute(query).scalars())


def letters_with(connection: Connection, message_ids: Sequence[str]) -> list[OwnLetter]:
    """Find our letters that bear these Message-IDs, or may have left under them, in the order given."""
    told = (letter.c.id, letter.c.key, letter.c.recipient)
    now = select(letter.c.message_id, *told).where(letter.c.message_id.in_(message_ids))
    before = select(letter_before.c.message_id, *told).join(letter, letter.c.id == letter_before.c.letter_id)
    before = before.where(letter_before.c.message_id.in_(message_ids))
    found = {row[0]: OwnLetter(*row) for row in connection.execute(union_all(now, before))}
    return [found[message_id] for message_id in message_ids if message_id in found]


def obligations_of(connection: Connection, answered: OwnLetter) -> list[Obligation]:
    """Find what a letter was about: reminders that it carries, or the paper, plan or submission that its key names."""
    carried = reminder_rows.reminders_of(connection, [answered.id]).get(answered.id, [])
    ids = {obligation_id for obligation_id, _ in carried}
    about = _ABOUT.fullmatch(answered.key)
    if not ids and about is not None:
        ids = _named(connection, about[1], int(about[2]), about[3])
    return obligation_rows.get_obligations(connection, sorted(ids))


def own_drafts(connection: Connection, digests: Collection[str]) -> set[str]:
    """Find which of these SHA-256 are drafts that we sent out ourselves."""
    return set(connection.execute(select(draft.c.blob).where(draft.c.blob.in_(digests))).scalars())


def answered_since(connection: Connection, email: str, kind: str, since: datetime) -> int:
    """Count how many letters of a kind were written to an address since a moment."""
    mine = (func.lower(letter.c.recipient) == email, letter.c.kind == kind, letter.c.queued_at >= since)
    return connection.execute(select(func.count()).select_from(letter).where(*mine)).scalar_one()


def strangers_answered_since(connection: Connection, kind: str, since: datetime) -> int:
    """Count how many letters of a kind were written since a moment that belong to no unit."""
    mine = (letter.c.unit_id.is_(None), letter.c.kind == kind, letter.c.queued_at >= since)
    return connection.execute(select(func.count()).select_from(letter).where(*mine)).scalar_one()


def kept_message(connection: Connection, identity: str) -> tuple[str | None, str] | None:
    """Find under which digest a message's bytes lie, and its kind; None where it is not known."""
    row = connection.execute(select(message.c.blob, message.c.kind).where(message.c.identity == identity)).first()
    return (row.blob, row.kind) if row else None


def _named(connection: Connection, what: str, number: int, unit_id: str | None) -> set[int]:
    if what == "cascade":
        query = select(obligation.c.id).where(obligation.c.plan_id == number, obligation.c.unit_id == unit_id)
    elif what == "receipt":
        query = select(submission.c.obligation_id).join(
            submission_file, submission_file.c.submission_id == submission.c.id
        )
        query = query.where(submission_file.c.arrival_id == number)
    elif what == "refused":
        query = (
            select(obligation.c.id)
            .join(arrival, and_(arrival.c.unit_id == obligation.c.unit_id, arrival.c.item == obligation.c.item))
            .where(arrival.c.id == number, arrival.c.period == obligation.c.period)
        )
    else:
        query = select(submission.c.obligation_id).where(submission.c.id == number)
    return set(connection.execute(query).scalars())


def _leave_to_a_person(connection: Connection, file: KeptFile) -> None:
    mine = (arrival.c.channel == file.came.channel, arrival.c.key == file.came.key)
    unmatched = {"state": ArrivalState.UNMATCHED.value, "reason": file.reason, "doubt": file.doubt}
    connection.execute(update(arrival).where(*mine).values(unmatched))
    guess_rows.note(connection, arrival_rows.id_of(connection, file.came.channel, file.came.key), file.guesses)
