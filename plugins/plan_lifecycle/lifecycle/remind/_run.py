"""Reminding: every working morning, whoever owes something and stands on a rung gets one letter.

Xã Bình An owes its plan by 28/02; on 21/02 it is found by its stored next rung, the reminder goes into the ledger
(unique on obligation, rung and address), a letter with everything owed at that address into the outbox, and the next
rung is stored. Doing it again finds nothing. A day that was missed is caught up with the newest rung only; a letter
that has not left since an earlier day is written again with what has come up since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any, NamedTuple

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.unsent import UNREACHABLE, WhyUnsent
from plan_lifecycle.lifecycle.house_rules import follow_changes
from plan_lifecycle.lifecycle.office import Desk, Office, UnforeseenError, contained, open_desk
from plan_lifecycle.lifecycle.remind._letter import reminder_letter, still_due
from plan_lifecycle.lifecycle.remind._morning import Due, Morning, Unsent, plan_morning
from plan_lifecycle.mail.letters import BadTemplateError
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import reminders as reminder_rows
from plan_lifecycle.store.database import Connection


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a run recorded: letters (new, or written again with more), reminders in the ledger, rungs skipped.

    ``without_contact`` names units that no letter could be written to, ``ended`` units that are no more:
    their obligations wait for a coordinator. ``held`` counts what a suspension keeps back, ``faults`` are
    letters at which something failed unforeseen: they are tried again.
    """

    letters: int
    reminders: int
    skipped: int
    without_contact: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    held: int = 0
    faults: tuple[str, ...] = ()


class _Written(NamedTuple):
    """A letter ready for the outbox; ``waiting`` is the one of an earlier day that it takes the place of."""

    letter: Letter
    waiting: Letter | None


def remind(office: Office, now: datetime) -> Reminded:
    """Record every reminder that is due on ``now``'s day and queue the letters that carry them.

    On a rest day nothing is recorded: what falls due then comes up on the next working day.
    """
    today = now.date()
    if not office.rules.calendar.sends_on(today):
        return Reminded(0, 0, 0)
    with office.store.write() as connection:
        follow_changes(connection, office.rules, today)
    with office.store.read() as connection:
        due = obligation_rows.due_for_rung(connection, today)
        recorded = reminder_rows.rungs_recorded(connection, [obligation.id for obligation in due])
        waiting = letter_rows.waiting_reminders(connection, datetime.combine(today, time(), LOCAL)) if due else {}
        carried = _carried(connection, waiting)
        desk = open_desk(office, connection, now, [*due, *(item for items in carried.values() for item, _ in items)])
    morning = plan_morning(desk.scene, due, recorded)
    written = _write(desk, morning, waiting, carried)
    with office.store.write() as connection:
        return _record(connection, desk, due, morning, written)


def _carried(connection: Connection, waiting: Mapping[str, Letter]) -> dict[int, list[tuple[Obligation, str]]]:
    """What letters of earlier days carry: obligation and rung, by letter."""
    reminders = reminder_rows.reminders_of(connection, [letter.id for letter in waiting.values()])
    ids = sorted({key for items in reminders.values() for key, _ in items})
    owed = {obligation.id: obligation for obligation in obligation_rows.get_obligations(connection, ids)}
    return {letter_id: [(owed[key], rung) for key, rung in items] for letter_id, items in reminders.items()}


def _write(
    desk: Desk,
    morning: Morning,
    waiting: Mapping[str, Letter],
    carried: Mapping[int, Sequence[tuple[Obligation, str]]],
) -> dict[str, _Written]:
    """The letters in words. One that cannot be written takes no other with it: its items go to the ledger as unsent."""
    letters: dict[str, _Written] = {}
    for email, (to, items) in morning.letters.items():
        old = waiting.get(email)
        due_today = {item.obligation.id for item in items}
        older = [
            found
            for obligation, rung in (carried.get(old.id, ()) if old else ())
            if obligation.id not in due_today and (found := still_due(desk, obligation, rung, old.kind if old else ""))
        ]
        with contained(email, partial(_leave_unwritten, morning, email, items)):
            letter = reminder_letter(desk, to, [*items, *older], instead_of=old)
            letters[email] = _Written(letter, old)
    return letters


def _leave_unwritten(morning: Morning, email: str, items: Sequence[Due], error: PlanLifecycleError) -> None:
    """Note what cannot be written to this address.

    What nobody foresaw, or a template is to blame for, keeps its rung and has its turn with the next run.
    """
    if not isinstance(error, UnforeseenError | BadTemplateError):
        morning.unsent += [Unsent(item, email, WhyUnsent.UNWRITABLE, str(error)) for item in items]
        return
    morning.faults.append(f"{email}: {error}")
    for item in items:
        morning.choices.pop(item.obligation.id, None)
        morning.held[item.obligation.id] = error.for_user


def _queue(connection: Connection, written: Mapping[str, _Written]) -> dict[str, int]:
    """Put the letters into the outbox; the ids of those that went in, by address."""
    ids = letter_rows.queue(connection, [one.letter for one in written.values() if one.waiting is None])
    queued = {email: ids[one.letter.key] for email, one in written.items() if one.letter.key in ids}
    for email, one in written.items():
        if one.waiting and letter_rows.rewrite_waiting(connection, one.waiting.id, one.letter):
            queued[email] = one.waiting.id
    return queued


def _record(
    connection: Connection, desk: Desk, due: Sequence[Obligation], morning: Morning, written: Mapping[str, _Written]
) -> Reminded:
    today = desk.now.date()
    new = _queue(connection, written)
    rows = [
        _sent_row(item, email, today, letter_id)
        for email, letter_id in new.items()
        for item in morning.letters[email][1]
    ]
    rows += [_unsent_row(unsent, today) for unsent in morning.unsent]
    reminders = reminder_rows.save_reminders(connection, rows)
    passed = [
        _unsent_row(Unsent(Due(obligation, rung_day.rung), "", WhyUnsent.SKIPPED), today)
        for obligation in due
        if obligation.id in morning.choices
        for rung_day in morning.choices[obligation.id].skipped
    ]
    skipped = reminder_rows.save_reminders(connection, passed)
    waiting = _waiting(morning, written, new)
    obligation_rows.set_next_rung(
        connection, {key: choice.next_on for key, choice in morning.choices.items() if key not in waiting}
    )
    unreachable = {unsent.due.obligation.unit_id for unsent in morning.unsent if unsent.why in UNREACHABLE}
    ended = {unsent.due.obligation.unit_id for unsent in morning.unsent if unsent.why is WhyUnsent.UNIT_ENDED}
    return Reminded(
        len(new),
        reminders,
        skipped,
        tuple(sorted(desk.tree.named(desk.tree[unit_id]) for unit_id in unreachable)),
        tuple(sorted(desk.tree.called(unit_id) for unit_id in ended)),
        len(morning.held),
        tuple(morning.faults),
    )


def _waiting(morning: Morning, written: Mapping[str, _Written], new: Collection[str]) -> set[int]:
    """Obligations whose address has had its letter of the day before they came up: their turn is tomorrow."""
    reached: dict[int, bool] = defaultdict(bool)
    for email in written:
        for item in morning.letters[email][1]:
            reached[item.obligation.id] |= email in new
    return {obligation_id for obligation_id, sent in reached.items() if not sent}


def _sent_row(item: Due, recipient: str, today: date, letter_id: int) -> dict[str, Any]:
    return _row(item, recipient, today) | {"letter_id": letter_id, "why": None, "reason": None}


def _unsent_row(unsent: Unsent, today: date) -> dict[str, Any]:
    row = _row(unsent.due, unsent.recipient, today)
    return row | {"letter_id": None, "why": unsent.why.value, "reason": unsent.reason}


def _row(item: Due, recipient: str, today: date) -> dict[str, Any]:
    return {"obligation_id": item.obligation.id, "rung": item.rung.name, "recipient": recipient, "on_day": today}
