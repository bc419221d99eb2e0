"""Reminding: every working morning, whoever owes something and stands on a rung gets one letter.

Xã Bình An owes its plan by 28/02; on 21/02 it is found by its stored next rung, the reminder goes into the ledger
(unique on obligation, rung and address), a letter with everything owed at that address into the outbox, and the next
rung is stored. Doing it again finds nothing. A day that was missed is caught up with the newest rung only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.reminder import Rung, RungChoice, choose_rung, ladder_days
from plan_lifecycle.lifecycle.correspondence import Recipient, write_letter
from plan_lifecycle.lifecycle.desk import Desk, open_desk
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.mail.contexts import Reminder, ReminderAfter, ReminderBefore, ReminderLast
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows

NO_CONTACT = "đơn vị chưa có địa chỉ thư liên hệ"
SKIPPED = "đã qua nấc nhắc sau"

_BY_URGENCY: tuple[type[Reminder], ...] = (ReminderAfter, ReminderLast, ReminderBefore)


class Due(NamedTuple):
    """A reminder to be sent: this rung of this obligation."""

    obligation: Obligation
    rung: Rung


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a run recorded: new letters, reminders in the ledger, rungs skipped, units without any address."""

    letters: int
    reminders: int
    skipped: int
    without_contact: tuple[str, ...]


def remind(office: Office, now: datetime) -> Reminded:
    """Record every reminder that is due on ``now``'s day and queue the letters that carry them."""
    today = now.date()
    with office.store.read() as connection:
        due = obligation_rows.due_for_rung(connection, today)
        recorded = letter_rows.rungs_recorded(connection, [each.id for each in due])
        desk = open_desk(office, connection, now, due)
    choices = {each.id: _choice(office, each, recorded.get(each.id, set()), now) for each in due}
    by_address, unreachable = _by_address(desk, due, choices)
    letters = {to.email: reminder_letter(desk, to, items) for to, items in by_address.values()}
    with office.store.write() as connection:
        return _record(connection, desk, due, choices, by_address, letters, unreachable)


def reminder_letter(desk: Desk, to: Recipient, items: Sequence[Due], key: str | None = None) -> Letter:
    """One letter to one address with everything that is owed there; its kind is that of the most urgent item."""
    kinds = {item.rung.letter for item in items}
    kind = next(each for each in _BY_URGENCY if each.kind in kinds)
    first = items[0].obligation
    receiver = desk.tree[first.receiver_id]
    units = {item.obligation.unit_id: desk.tree[item.obligation.unit_id] for item in items}
    values: dict[str, Any] = {
        "sender": desk.office.sender(desk.tree, receiver, units),
        "to": "; ".join(desk.tree.named(unit) for unit in units.values()),
        "today": desk.now.date(),
        "items": tuple(desk.owed(item.obligation) for item in items),
    }
    if kind is ReminderAfter:
        values["send_by"] = desk.office.rules.calendar.shift(desk.now.date(), 1)
    return write_letter(
        desk.office,
        kind(**values),
        key=key or _key(desk.now, to.email),
        to=to,
        now=desk.now,
        thread=thread_key(first.plan_id, first.unit_id),
    )


def thread_key(plan_id: int, unit_id: str) -> str:
    """The key of the letter that opens the thread of one unit and plan: the cascade's."""
    return f"cascade:{plan_id}:{unit_id}"


def _key(now: datetime, email: str) -> str:
    return f"remind:{now.date().isoformat()}:{email}"


def _choice(office: Office, obligation: Obligation, recorded: set[str], now: datetime) -> RungChoice:
    ladder = office.rules.ladders.get(obligation.item, ())
    if obligation.due_on is None:
        return RungChoice(None, (), None)
    return choose_rung(ladder_days(ladder, obligation.due_on, office.rules.calendar), recorded, now.date())


def _by_address(
    desk: Desk, due: Sequence[Obligation], choices: dict[int, RungChoice]
) -> tuple[dict[str, tuple[Recipient, list[Due]]], list[Due]]:
    found: dict[str, tuple[Recipient, list[Due]]] = {}
    unreachable: list[Due] = []
    for obligation in due:
        choice = choices[obligation.id]
        if choice.send is None or obligation.unit_id not in desk.tree:
            continue
        item = Due(obligation, choice.send.rung)
        recipients = desk.recipients(obligation.unit_id, choice.send.rung.roles)
        for to in recipients:
            found.setdefault(to.email, (to, []))[1].append(item)
        if not recipients:
            unreachable.append(item)
    return found, unreachable


def _record(
    connection: Connection,
    desk: Desk,
    due: Sequence[Obligation],
    choices: dict[int, RungChoice],
    by_address: dict[str, tuple[Recipient, list[Due]]],
    letters: dict[str, Letter],
    unreachable: Sequence[Due],
) -> Reminded:
    today = desk.now.date()
    written = letter_rows.ids_by_key(connection, [letter.key for letter in letters.values()])
    letters = {email: letter for email, letter in letters.items() if letter.key not in written}
    queued = letter_rows.queue(connection, letters.values())
    ids = letter_rows.ids_by_key(connection, [letter.key for letter in letters.values()])
    rows = [
        _row(item.obligation, item.rung, email, today, ids[letters[email].key], None)
        for email, (_, items) in by_address.items()
        if email in letters
        for item in items
    ]
    rows += [_row(item.obligation, item.rung, "", today, None, NO_CONTACT) for item in unreachable]
    reminders = letter_rows.save_reminders(connection, rows)
    passed = [
        _row(obligation, each.rung, "", today, None, SKIPPED)
        for obligation in due
        for each in choices[obligation.id].skipped
    ]
    skipped = letter_rows.save_reminders(connection, passed)
    waiting = _waiting(by_address, letters)
    obligation_rows.set_next_rung(
        connection, {each.id: choices[each.id].next_on for each in due if each.id not in waiting}
    )
    names = sorted({desk.tree.named(desk.tree[item.obligation.unit_id]) for item in unreachable})
    return Reminded(queued, reminders, skipped, tuple(names))


def _waiting(by_address: dict[str, tuple[Recipient, list[Due]]], letters: dict[str, Letter]) -> set[int]:
    """Obligations whose address has had its letter of the day before they came up: their turn is tomorrow."""
    reached: dict[int, bool] = defaultdict(bool)
    for email, (_, items) in by_address.items():
        for item in items:
            reached[item.obligation.id] |= email in letters
    return {obligation_id for obligation_id, sent in reached.items() if not sent}


def _row(
    obligation: Obligation, rung: Rung, recipient: str, today: Any, letter_id: int | None, reason: str | None
) -> dict[str, Any]:
    return {
        "obligation_id": obligation.id,
        "rung": rung.name,
        "recipient": recipient,
        "on_day": today,
        "letter_id": letter_id,
        "reason": reason,
    }
