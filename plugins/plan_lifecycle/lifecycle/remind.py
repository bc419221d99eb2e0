"""Reminding: every working morning, whoever owes something and stands on a rung gets one letter.

Xã Bình An owes its plan by 28/02; on 21/02 it is found by its stored next rung, the reminder goes into the ledger
(unique on obligation, rung and address), a letter with everything owed at that address into the outbox, and the next
rung is stored. Doing it again finds nothing. A day that was missed is caught up with the newest rung only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from plan_lifecycle.domain.errors import InputError
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
UNIT_ENDED = "đơn vị đã kết thúc hoạt động, chờ cán bộ đầu mối xử lý"
SKIPPED = "đã qua nấc nhắc sau"

_BY_URGENCY: tuple[type[Reminder], ...] = (ReminderAfter, ReminderLast, ReminderBefore)


class Due(NamedTuple):
    """A reminder to be sent: this rung of this obligation."""

    obligation: Obligation
    rung: Rung


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a run recorded: new letters, reminders in the ledger, rungs skipped.

    ``without_contact`` names units that no letter could be written to, ``ended`` the ids of units that are no more:
    their obligations wait for a coordinator.
    """

    letters: int
    reminders: int
    skipped: int
    without_contact: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()


class _Round(NamedTuple):
    """What a morning comes to: letters by address with what they carry, and what goes to the ledger without one."""

    letters: dict[str, Letter]
    carried: dict[str, list[Due]]
    unsent: list[tuple[Due, str, str]]


def remind(office: Office, now: datetime) -> Reminded:
    """Record every reminder that is due on ``now``'s day and queue the letters that carry them."""
    today = now.date()
    with office.store.read() as connection:
        due = obligation_rows.due_for_rung(connection, today)
        recorded = letter_rows.rungs_recorded(connection, [each.id for each in due])
        desk = open_desk(office, connection, now, due)
    choices = {each.id: _choice(office, each, recorded.get(each.id, set()), now) for each in due}
    planned = _plan(desk, due, choices)
    with office.store.write() as connection:
        return _record(connection, desk, due, choices, planned)


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


def _plan(desk: Desk, due: Sequence[Obligation], choices: dict[int, RungChoice]) -> _Round:
    """Everything owed at one address goes into one letter; what cannot be sent is kept with the reason."""
    found: dict[str, tuple[Recipient, list[Due]]] = {}
    unsent: list[tuple[Due, str, str]] = []
    for obligation in due:
        send = choices[obligation.id].send
        if send is None:
            continue
        item = Due(obligation, send.rung)
        if not desk.in_being(obligation):
            unsent.append((item, "", UNIT_ENDED))
            continue
        recipients = desk.recipients(obligation.unit_id, send.rung.roles)
        for to in recipients:
            found.setdefault(to.email, (to, []))[1].append(item)
        if not recipients:
            unsent.append((item, "", NO_CONTACT))
    letters: dict[str, Letter] = {}
    for email, (to, items) in found.items():
        try:
            letters[email] = reminder_letter(desk, to, items)
        except InputError as error:  # an address that cannot be mailed: the others get theirs
            unsent += [(item, email, str(error)) for item in items]
    return _Round(letters, {email: found[email][1] for email in letters}, unsent)


def _record(
    connection: Connection, desk: Desk, due: Sequence[Obligation], choices: dict[int, RungChoice], planned: _Round
) -> Reminded:
    today = desk.now.date()
    ids = letter_rows.queue(connection, planned.letters.values())
    new = {email: ids[letter.key] for email, letter in planned.letters.items() if letter.key in ids}
    rows = [
        _row(item.obligation, item.rung, email, today, new[email], None)
        for email, items in planned.carried.items()
        if email in new
        for item in items
    ]
    rows += [_row(item.obligation, item.rung, email, today, None, why) for item, email, why in planned.unsent]
    reminders = letter_rows.save_reminders(connection, rows)
    passed = [
        _row(obligation, each.rung, "", today, None, SKIPPED)
        for obligation in due
        for each in choices[obligation.id].skipped
    ]
    skipped = letter_rows.save_reminders(connection, passed)
    waiting = _waiting(planned, new)
    obligation_rows.set_next_rung(
        connection, {each.id: choices[each.id].next_on for each in due if each.id not in waiting}
    )
    silent = {item.obligation.unit_id: why for item, _, why in planned.unsent}
    return Reminded(
        len(new),
        reminders,
        skipped,
        tuple(sorted(desk.tree.named(desk.tree[unit_id]) for unit_id, why in silent.items() if why != UNIT_ENDED)),
        tuple(sorted(unit_id for unit_id, why in silent.items() if why == UNIT_ENDED)),
    )


def _waiting(planned: _Round, new: Collection[str]) -> set[int]:
    """Obligations whose address has had its letter of the day before they came up: their turn is tomorrow."""
    reached: dict[int, bool] = defaultdict(bool)
    for email, items in planned.carried.items():
        for item in items:
            reached[item.obligation.id] |= email in new
    return {obligation_id for obligation_id, sent in reached.items() if not sent}


def _row(
    obligation: Obligation, rung: Rung, recipient: str, today: date, letter_id: int | None, reason: str | None
) -> dict[str, Any]:
    return {
        "obligation_id": obligation.id,
        "rung": rung.name,
        "recipient": recipient,
        "on_day": today,
        "letter_id": letter_id,
        "reason": reason,
    }
