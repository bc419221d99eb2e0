"""Every letter of the coming mornings beforehand: to whom, about what, by which rung and why.

The mornings are played in memory by the very plan that ``remind`` records, so what is shown here for xã Bình An on
21/02 is what the ledger says on 22/02, save for what was delivered, decided or edited in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.reminder import AFTER, BEFORE, LAST, QUOTA, Aim, letter_kind
from plan_lifecycle.domain.unit import Contact, UnitTree
from plan_lifecycle.domain.writing import count_text, short_date
from plan_lifecycle.lifecycle.office import Office, Scene
from plan_lifecycle.lifecycle.remind._morning import Due, Morning, plan_morning
from plan_lifecycle.store import guesses, pauses
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store import reminders as reminder_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection

LONGEST = 366
"""Days that may be looked at in one go."""


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """One rung of one obligation; ``rule`` says in words why on this day."""

    obligation: int
    unit_id: str
    unit: str
    item: Item
    period: str
    what: str
    due_on: date
    rung: str
    rule: str


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """A letter that would go out on ``day``; ``kind`` names its template."""

    day: date
    recipient: str
    name: str
    kind: str
    reminders: tuple[PlannedReminder, ...]


@dataclass(frozen=True, slots=True)
class NotSent:
    """A reminder that would be recorded without a letter, or is held back, and why."""

    day: date
    recipient: str
    reason: str
    reminder: PlannedReminder


@dataclass(frozen=True)
class Preview:
    """What the mornings from ``begin`` to ``end`` come to."""

    begin: date
    end: date
    letters: tuple[PlannedLetter, ...]
    not_sent: tuple[NotSent, ...]


def preview(office: Office, begin: date, end: date, now: datetime, unit_id: str | None = None) -> Preview:
    """The letters of every morning from ``begin`` to ``end``, both included, if nobody delivers anything until then:
    those about units alone that may be seen.

    Mornings between ``now`` and ``begin`` are taken to be run as well. Raises InputError for a range that is turned
    round or longer than a year, and for a unit that does not exist.
    """
    if not begin <= end <= begin + timedelta(days=LONGEST):
        raise InputError(f"a range of at most {LONGEST} days, its end not before its beginning", field="to", found=end)
    letters: list[PlannedLetter] = []
    not_sent: list[NotSent] = []
    for scene, due, morning in _mornings(office, min(begin, now.date()), end):
        if scene.today < begin:
            continue
        letters += _letters(scene, morning)
        not_sent += _not_sent(scene, due, morning)
    sight = office.sight
    letters = [letter for letter in letters if sight.has_all([item.unit_id for item in letter.reminders])]
    not_sent = [left_out for left_out in not_sent if sight.has(left_out.reminder.unit_id)]
    if unit_id is not None:
        letters = [letter for letter in letters if any(item.unit_id == unit_id for item in letter.reminders)]
        not_sent = [left_out for left_out in not_sent if left_out.reminder.unit_id == unit_id]
    return Preview(begin, end, tuple(letters), tuple(not_sent))


def _mornings(office: Office, start: date, end: date) -> Iterator[tuple[Scene, list[Obligation], Morning]]:
    """Play the working mornings from ``start`` on, each with what was due on it and what it came to."""
    with office.store.read() as connection:
        owed = obligation_rows.due_for_rung(connection, end)
        recorded = reminder_rows.rungs_recorded(connection, [obligation.id for obligation in owed])
        taken = reminder_rows.reminded_on(connection, start)
        suspensions, absences = pauses.suspensions(connection, start), pauses.absences(connection, start)
        months = publication_rows.months_of(
            connection, [obligation.id for obligation in owed if obligation.item is Item.QUOTA]
        )
        awaiting = guesses.awaiting(connection)
        next_on = {obligation.id: obligation.next_rung_on for obligation in owed}
        world = _World(connection, start, end)
        for day in _working(office, start, end):
            due = [obligation for obligation in owed if (falls := next_on[obligation.id]) is not None and falls <= day]
            if not due:
                continue
            tree, contacts = world.on(day)
            tree = unit_rows.with_former(connection, tree, [obligation.unit_id for obligation in due])
            scene = Scene(office.rules, day, tree, contacts, suspensions, absences, months, awaiting)
            morning = plan_morning(scene, due, recorded)
            if day == start:
                morning.letters = {email: letter for email, letter in morning.letters.items() if email not in taken}
            yield scene, due, morning
            _move_on(morning, recorded, next_on)


class _World:
    """Units and their people day by day, read again only where they change."""

    def __init__(self, connection: Connection, start: date, end: date) -> None:
        self._connection, self._changes = connection, unit_rows.days_of_change(connection, start, end)
        self._tree: UnitTree | None = None
        self._contacts: dict[str, list[Contact]] = {}

    def on(self, day: date) -> tuple[UnitTree, dict[str, list[Contact]]]:
        """Those of a day; days are asked for in their order."""
        before = self._tree.day if self._tree else day
        if self._tree is None or any(before < change <= day for change in self._changes):
            self._tree = unit_rows.load_tree(self._connection, day)
            self._contacts = unit_rows.load_contacts(self._connection, day)
        self._tree = replace(self._tree, day=day)
        return self._tree, self._contacts


def _working(office: Office, start: date, end: date) -> Iterable[date]:
    days = (start + timedelta(days=count) for count in range((end - start).days + 1))
    return filter(office.rules.calendar.sends_on, days)


def _move_on(morning: Morning, recorded: dict[int, set[str]], next_on: dict[int, date | None]) -> None:
    """What the ledger and the stored next days would be after the morning."""
    done = {item.obligation.id for _, items in morning.letters.values() for item in items}
    done |= {unsent.due.obligation.id for unsent in morning.unsent}
    for key, choice in morning.choices.items():
        names = recorded.setdefault(key, set())
        names |= {rung_day.rung.name for rung_day in choice.skipped}
        if choice.send is None or key in done:
            names |= {choice.send.rung.name} if choice.send else set()
            next_on[key] = choice.next_on


def _letters(scene: Scene, morning: Morning) -> Iterator[PlannedLetter]:
    for email, (to, items) in sorted(morning.letters.items()):
        kinds = [letter_kind(item.rung, scene.rules.last_day(item.obligation), scene.today) for item in items]
        kind = max(kinds, key=(QUOTA, BEFORE, LAST, AFTER).index)
        yield PlannedLetter(scene.today, email, to.name, kind, tuple(_reminder(scene, item) for item in items))


def _not_sent(scene: Scene, due: list[Obligation], morning: Morning) -> Iterator[NotSent]:
    for unsent in morning.unsent:
        yield NotSent(scene.today, unsent.recipient, unsent.reason, _reminder(scene, unsent.due))
    for obligation in due:
        held = morning.held.get(obligation.id)
        choice = scene.choice(obligation, set()) if held else None
        if held and choice and choice.send:
            yield NotSent(scene.today, "", held, _reminder(scene, Due(obligation, choice.send.rung)))


def _reminder(scene: Scene, item: Due) -> PlannedReminder:
    obligation, rung = item
    return PlannedReminder(
        obligation=obligation.id,
        unit_id=obligation.unit_id,
        unit=scene.tree.called(obligation.unit_id),
        item=obligation.item,
        period=obligation.period,
        what=obligation.what,
        due_on=scene.rules.last_day(obligation),
        rung=rung.name,
        rule=rule_in_words(scene, item, scene.today),
    )


def rule_in_words(scene: Scene, item: Due, on: date) -> str:
    """Why the rung goes out on the day ``on``: "T-7: 07 ngày trước ngày cuối của thời hạn 28/02/2023".

    Where that is not the day which the words name, the words go on with it, and with its distance to the last day.
    """
    rung, aim = item.rung, scene.rules.aim(item.obligation)
    steps = [
        f"{count_text(abs(count))} {unit} {'trước' if count < 0 else 'sau'}"
        for count, unit in ((rung.days, "ngày"), (rung.working_days, "ngày làm việc"))
        if count
    ]
    last = f"ngày cuối của {'hạn gửi lại' if aim and aim.again else 'thời hạn'}"
    where = f"{' và '.join(steps)} {last}" if steps else last
    again = f", nhắc lại sau {count_text(rung.later)} ngày làm việc" if rung.later else ""
    words = f"{rung.name}: {where} {short_date(aim.day) if aim else ''}{again}".strip()
    moved = aim is not None and on != _named_day(scene, item, aim)
    return f"{words}; gửi vào ngày làm việc {short_date(on)} ({_distance(on, aim.day)})" if aim and moved else words


def _named_day(scene: Scene, item: Due, aim: Aim) -> date | None:
    """The day that the words of a rung name; for working days and repeats that of the ladder."""
    obligation, rung = item
    if not rung.working_days and not rung.later:
        return aim.day + timedelta(days=rung.days)
    days = scene.rules.rung_days(obligation, scene.tree.get(obligation.unit_id))
    return next((step.day for step in days if step.rung.name == rung.name), None)


def _distance(on: date, last_day: date) -> str:
    days = (on - last_day).days
    return f"{'sau' if days > 0 else 'trước'} ngày cuối {count_text(abs(days))} ngày" if days else "đúng ngày cuối"
