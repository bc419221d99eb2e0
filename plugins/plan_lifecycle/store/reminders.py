"""The ledger of reminders: which rung of which obligation was told to whom, or why not, and in which letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, literal, select, update

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.tables import letter, reminder


def reminded_of(connection: Connection, obligation_ids: Sequence[int]) -> set[int]:
    """Those of the obligations about which a reminder was sent and did not come back."""
    query = select(reminder.c.obligation_id).join(letter, letter.c.id == reminder.c.letter_id)
    query = query.where(letter.c.state == LetterState.SENT.value).distinct()
    parts = in_batches(sorted(set(obligation_ids)))
    return {
        key for ids in parts for key in connection.execute(query.where(reminder.c.obligation_id.in_(ids))).scalars()
    }


def take_out(
    connection: Connection, letter_id: int, obligation_id: int, rung: str, why: WhyUnsent, reason: str
) -> None:
    """A letter carries a reminder no more: the ledger says why."""
    mine = (reminder.c.letter_id == letter_id, reminder.c.obligation_id == obligation_id, reminder.c.rung == rung)
    connection.execute(update(reminder).where(*mine).values(letter_id=None, why=why.value, reason=reason))


def put_back(connection: Connection, letter_id: int, obligation_id: int, rung: str) -> None:
    """A letter carries a reminder no more, and the ledger forgets it: its rung comes up again."""
    mine = (reminder.c.letter_id == letter_id, reminder.c.obligation_id == obligation_id, reminder.c.rung == rung)
    connection.execute(delete(reminder).where(*mine))


def reminded_on(connection: Connection, day: date) -> set[str]:
    """The addresses, in small letters, that have a reminder of this day, sent or not."""
    mailbox = func.lower(letter.c.recipient)
    query = select(mailbox).where(letter.c.key == literal(f"remind:{day.isoformat()}:") + mailbox)
    return set(connection.execute(query).scalars())


def save_reminders(connection: Connection, rows: Iterable[dict[str, Any]]) -> int:
    """Insert reminders (obligation_id, rung, recipient, on_day, letter_id, why, reason) that are new; how many were."""
    return insert_new(connection, reminder, list(rows))


def reminders_of(connection: Connection, letter_ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """For each letter the reminders that it carries: (obligation id, rung)."""
    query = select(reminder.c.letter_id, reminder.c.obligation_id, reminder.c.rung)
    found: dict[int, list[tuple[int, str]]] = {}
    for row in connection.execute(query.where(reminder.c.letter_id.in_(letter_ids)).order_by(reminder.c.id)):
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found


def ledger_of(connection: Connection, obligation_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """For each obligation its reminders in order, each with rung, recipient, on_day, why (WhyUnsent or None) and the
    letter's state, Message-ID, moment of sending and reason (the reminder's own where no letter carries it)."""
    mine = (reminder.c.obligation_id, reminder.c.rung, reminder.c.recipient, reminder.c.on_day, reminder.c.why)
    reason = func.coalesce(reminder.c.reason, letter.c.reason).label("reason")
    query = select(*mine, letter.c.state, letter.c.message_id, letter.c.sent_at, reason)
    # outer: a reminder that no letter carries stands in the ledger with its own reason
    query = query.join(letter, letter.c.id == reminder.c.letter_id, isouter=True).order_by(reminder.c.id)
    found: dict[int, list[dict[str, Any]]] = {}
    for ids in in_batches(obligation_ids):
        for row in connection.execute(query.where(reminder.c.obligation_id.in_(ids))):
            why = WhyUnsent(row.why) if row.why else None
            found.setdefault(row.obligation_id, []).append(dict(row._mapping) | {"why": why})
    return found


def last_recorded(connection: Connection, obligation_ids: Sequence[int]) -> dict[int, date]:
    """For each obligation the day of its newest reminder in the ledger."""
    query = select(reminder.c.obligation_id, func.max(reminder.c.on_day)).group_by(reminder.c.obligation_id)
    found: dict[int, date] = {}
    for ids in in_batches(obligation_ids):
        some = query.where(reminder.c.obligation_id.in_(ids))
        found |= {row[0]: row[1] for row in connection.execute(some)}
    return found


def times_told(connection: Connection, obligation_ids: Sequence[int]) -> dict[int, tuple[int, date]]:
    """For each obligation how many reminders of it have left, one a rung, and the day of the newest."""
    left = (reminder.c.letter_id == letter.c.id) & (letter.c.state == LetterState.SENT.value)
    query = select(reminder.c.obligation_id, func.count(reminder.c.rung.distinct()), func.max(reminder.c.on_day))
    query = query.join(letter, left).group_by(reminder.c.obligation_id)
    found: dict[int, tuple[int, date]] = {}
    for ids in in_batches(obligation_ids):
        for row in connection.execute(query.where(reminder.c.obligation_id.in_(ids))):
            found[row[0]] = (row[1], row[2])
    return found


def rungs_recorded(connection: Connection, obligation_ids: Sequence[int]) -> dict[int, set[str]]:
    """For each obligation the rungs that are in the ledger, sent or not."""
    found: dict[int, set[str]] = {}
    query = select(reminder.c.obligation_id, reminder.c.rung)
    for ids in in_batches(obligation_ids):
        for row in connection.execute(query.where(reminder.c.obligation_id.in_(ids))):
            found.setdefault(row[0], set()).add(row[1])
    return found
