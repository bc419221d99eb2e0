"""The outbox: letters queued, claimed, sent. A letter is claimed by a conditional update, so no two senders have it.

``claimed_at`` is wall-clock time: a claim is stale when its process has been silent for too long, whatever the
business day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select, update

from plan_lifecycle.domain.letter import Letter, LetterState
from plan_lifecycle.store.engine import insert_new
from plan_lifecycle.store.tables import letter, reminder

STALE_AFTER = timedelta(minutes=15)

_FIELDS = tuple(field.name for field in fields(Letter))
_SELECT = select(*(letter.c[name] for name in _FIELDS))


def queue(connection: Connection, letters: Iterable[Letter]) -> int:
    """Put letters into the outbox; one whose key is there already is left alone. Returns how many were new."""
    rows = [{name: getattr(each, name) for name in _FIELDS if name != "id"} for each in letters]
    return insert_new(connection, letter, rows)


def ids_by_key(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """The ids of the letters with these keys."""
    found = connection.execute(select(letter.c.key, letter.c.id).where(letter.c.key.in_(keys)))
    return {row.key: row.id for row in found}


def claim(connection: Connection, worker: str, wall: datetime, limit: int) -> list[Letter]:
    """Claim up to ``limit`` letters for this worker: queued ones, and those whose claim went stale."""
    stale = and_(letter.c.state == LetterState.CLAIMED.value, letter.c.claimed_at < wall - STALE_AFTER)
    free = or_(letter.c.state == LetterState.QUEUED.value, stale)
    query = select(letter.c.id).where(free).order_by(letter.c.queued_at, letter.c.id).limit(limit)
    if connection.dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True)
    ids = list(connection.execute(query).scalars())
    taken = {"state": LetterState.CLAIMED.value, "claimed_by": worker, "claimed_at": wall}
    connection.execute(update(letter).where(letter.c.id.in_(ids), free).values(taken))
    mine = _SELECT.where(letter.c.id.in_(ids), letter.c.claimed_by == worker).order_by(letter.c.queued_at, letter.c.id)
    return [_letter(row._mapping) for row in connection.execute(mine)]


def mark(connection: Connection, letter_id: int, worker: str, state: LetterState, **values: Any) -> bool:
    """Note what became of a claimed letter; False when the claim was lost to another worker in the meantime."""
    mine = (letter.c.id == letter_id, letter.c.claimed_by == worker, letter.c.state == LetterState.CLAIMED.value)
    attempts = letter.c.attempts + (state is not LetterState.SUPERSEDED)
    changed = connection.execute(
        update(letter).where(*mine).values({"state": state.value, "attempts": attempts} | values)
    )
    return changed.rowcount == 1


def release(connection: Connection, ids: Sequence[int], worker: str, reason: str) -> None:
    """Give claimed letters back to the queue, with the reason."""
    connection.execute(
        update(letter)
        .where(letter.c.id.in_(ids), letter.c.claimed_by == worker, letter.c.state == LetterState.CLAIMED.value)
        .values(state=LetterState.QUEUED.value, reason=reason, claimed_by=None)
    )


def rewrite(connection: Connection, letter_id: int, subject: str, blob: str) -> None:
    """Replace the bytes of a letter that is not sent yet."""
    connection.execute(update(letter).where(letter.c.id == letter_id).values(subject=subject, blob=blob))


def save_reminders(connection: Connection, rows: Iterable[dict[str, Any]]) -> int:
    """Insert reminders (obligation_id, rung, recipient, on_day, letter_id, reason) that are new; return how many."""
    return insert_new(connection, reminder, list(rows))


def link_reminders(connection: Connection, letter_by_reminder: dict[tuple[int, str, str], int]) -> None:
    """Say which letter carries which reminder (obligation, rung, recipient)."""
    if not letter_by_reminder:
        return
    statement = (
        update(reminder)
        .where(
            reminder.c.obligation_id == bindparam("key_obligation"),
            reminder.c.rung == bindparam("key_rung"),
            reminder.c.recipient == bindparam("key_recipient"),
        )
        .values(letter_id=bindparam("carried_by"))
    )
    rows = [
        {"key_obligation": key[0], "key_rung": key[1], "key_recipient": key[2], "carried_by": value}
        for key, value in letter_by_reminder.items()
    ]
    connection.execute(statement, rows)


def reminders_of(connection: Connection, letter_ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """For each letter the reminders that it carries: (obligation id, rung)."""
    query = select(reminder.c.letter_id, reminder.c.obligation_id, reminder.c.rung)
    found: dict[int, list[tuple[int, str]]] = {}
    for row in connection.execute(query.where(reminder.c.letter_id.in_(letter_ids)).order_by(reminder.c.id)):
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found


def rungs_recorded(connection: Connection, obligation_ids: Sequence[int]) -> dict[int, set[str]]:
    """For each obligation the rungs that are in the ledger, sent or not."""
    found: dict[int, set[str]] = {}
    query = select(reminder.c.obligation_id, reminder.c.rung)
    for row in connection.execute(query.where(reminder.c.obligation_id.in_(obligation_ids))):
        found.setdefault(row[0], set()).add(row[1])
    return found


def states(connection: Connection) -> dict[str, int]:
    """How many letters are in each state."""
    query = select(letter.c.state, func.count()).group_by(letter.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def _letter(row: Any) -> Letter:
    return Letter(**dict(row) | {"state": LetterState(row["state"])})
