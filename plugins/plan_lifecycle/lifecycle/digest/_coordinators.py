"""The coordinator's morning in one letter, the leader's week in another; nothing to tell, nothing sent.

Phòng Nội vụ reads at 07:30: three plans came in, two are due this week, five communes are late (by name: it is their
coordinator), one address refuses mail, and the draft of an official letter is attached, for there are five.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Gathering, Item, Obligation
from plan_lifecycle.domain.unit import ContactRole, Unit
from plan_lifecycle.lifecycle.digest._lines import (
    Standing,
    by_gathering,
    lines_of_late,
    lines_of_mornings,
    lines_of_standing,
    lines_to_decide,
)
from plan_lifecycle.lifecycle.digest._months import months_by_receiver
from plan_lifecycle.lifecycle.digest._official_letter import draft_for
from plan_lifecycle.lifecycle.office import (
    WORD,
    Desk,
    EndedDuty,
    Office,
    contained,
    ended_duties,
    open_desk,
    told_in,
    write_letter,
)
from plan_lifecycle.mail.contexts import Digest
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store import audit, guesses, overview, statements
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import waiting as waiting_rows
from plan_lifecycle.store import worked as worked_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.guesses import WaitingFile

WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Told:
    """How many digests were queued, for coordinators and for leaders; ``faults``: receivers whose digest failed."""

    coordinators: int = 0
    leaders: int = 0
    faults: tuple[str, ...] = ()


def tell_coordinators(office: Office, now: datetime) -> Told:
    """Queue the digests of a working morning; once a day and address, whatever is run twice."""
    rules, today = office.rules.reminding.digest, now.date()
    if not office.rules.calendar.is_working(today) or not (rules.roles or rules.leaders):
        return Told()
    with office.store.read() as connection:
        everything_owed = overview.outstanding_by(connection, today + WEEK)
        owed = [obligation for obligation in everything_owed if obligation.item is not Item.QUOTA]
        desk = open_desk(office, connection, now, owed)
        standings = list(_standings(connection, desk, owed))
        late = {obligation.gathering for obligation in owed if obligation.due_on and obligation.due_on < today}
        everything = {key: _gathered(connection, key) for key in late}
    morning: list[Letter] = []
    leaders: list[Letter] = []
    faults: list[str] = []
    weekly = _is_leaders_day(office, today)
    for standing in standings:
        with contained(
            standing.receiver_id, told_in(faults, desk.tree.called(standing.receiver_id)), unit=standing.receiver_id
        ):
            morning += _letters(desk, standing, everything, rules.roles, "digest")
            if weekly and _escalated(desk, standing):
                leaders += _letters(desk, standing, everything, rules.leaders, "leader")
    with office.store.write() as connection:
        worked_rows.note_morning(connection, today)
        return Told(
            len(letter_rows.queue(connection, morning)), len(letter_rows.queue(connection, leaders)), tuple(faults)
        )


def _standings(connection: Connection, desk: Desk, owed: Sequence[Obligation]) -> Iterator[Standing]:
    today = desk.now.date()
    since = opening_of(desk.office.rules.calendar.on_or_before(today - timedelta(days=1)))
    received, failed = overview.received_since(connection, since), list(overview.failed_since(connection, since))
    dead = overview.dead_addresses(connection, today)
    months, trail = months_by_receiver(connection, desk.tree), audit.head(connection)
    ended, missed = _ended_by_keeper(connection, desk), _missed(connection, desk)
    files, without_day = guesses.waiting_files(connection), waiting_rows.obligations_without_day(connection)
    to_review, stated = waiting_rows.submissions_to_review(connection), statements.waiting(connection)
    numbers = sorted({one.said.obligation_id for one in stated})
    owed_of = {one.id: one.unit_id for one in obligation_rows.get_obligations(connection, numbers)}
    superiors = {above.id for file in files if (above := _above(desk, file)) is not None}
    for receiver_id in sorted({*overview.receivers(connection), *months, *superiors, *ended}):
        if receiver_id not in desk.tree:
            continue
        mine = [obligation for obligation in owed if obligation.receiver_id == receiver_id]
        below = overview.owing_to(connection, receiver_id)
        own = [obligation for obligation in mine if desk.scene.own_duty(obligation)]
        alive = [obligation for obligation in mine if desk.both_exist(obligation) and obligation not in own]
        quiet = [obligation for obligation in alive if obligation.id not in desk.awaiting]
        yield Standing(
            receiver_id,
            received.get(receiver_id, 0),
            due=[obligation for obligation in alive if obligation.due_on and obligation.due_on >= today],
            overdue=[obligation for obligation in quiet if obligation.due_on and obligation.due_on < today],
            own=own,
            ended=ended.get(receiver_id, []),
            failed=[letter for letter in failed if letter.unit_id in below],
            dead=[address for address in dead if address.unit_id in below],
            unreachable=sorted(
                {
                    desk.tree.named(desk.tree[obligation.unit_id])
                    for obligation in alive
                    if not desk.recipients(obligation.unit_id)
                }
            ),
            months=months.get(receiver_id, []),
            to_review=sum(sent.unit_id in below for sent in to_review),
            stated=sum(owed_of.get(one.said.obligation_id) in below for one in stated),
            without_day=sum(one.receiver_id == receiver_id for one in without_day),
            files=[file for file in files if file.unit_id in below or _above(desk, file) == desk.tree[receiver_id]],
            missed=missed,
            trail=trail,
        )


def _missed(connection: Connection, desk: Desk) -> tuple[date, ...]:
    """The working days since the last morning that was run, today not among them."""
    today, calendar = desk.now.date(), desk.office.rules.calendar
    last = worked_rows.morning_before(connection, today)
    days = (last + timedelta(days=number) for number in range(1, (today - last).days)) if last else ()
    return tuple(filter(calendar.is_working, days))


def _above(desk: Desk, file: WaitingFile) -> Unit | None:
    """The unit that would receive a file of which nothing may be owed yet."""
    unit = desk.tree.get(file.unit_id)
    return desk.tree.parent(unit) if unit else None


def _ended_by_keeper(connection: Connection, desk: Desk) -> dict[str, list[EndedDuty]]:
    """What is open of units that exist no more, by who receives it now; what nobody does is told at the top."""
    tops = [unit.id for unit in desk.tree.children(None) if unit.territorial]
    found: dict[str, list[EndedDuty]] = {}
    for duty in ended_duties(connection, desk.now.date()).values():
        for keeper in [duty.keeper.id] if duty.keeper else tops:
            found.setdefault(keeper, []).append(duty)
    return found


def _letters(
    desk: Desk,
    standing: Standing,
    everything: dict[Gathering, list[Obligation]],
    roles: Sequence[ContactRole],
    kind: str,
) -> Iterator[Letter]:
    if standing.empty(desk.now.date()) or not roles:
        return
    receiver = desk.tree[standing.receiver_id]
    writes = desk.office.coordinating_agency(desk.tree, receiver)
    to_whom = desk.first_holders(writes.id, roles)
    files = list(_drafts(desk, standing, everything)) if to_whom else []
    waiting = (*lines_to_decide(desk, standing), *lines_of_late(desk, standing, files))
    lines = [tuple(lines_of_standing(desk, standing)), (*lines_of_mornings(standing.missed), *waiting)]
    if kind == "leader":  # the board is the coordinators', and so is what runs it
        lines = [lines[0], waiting]
        lines = [tuple(replace(line, link=None) for line in some) for some in lines]
    context = Digest(
        sender=desk.office.sender(desk.tree, receiver),
        to=f"Lãnh đạo {desk.tree.named(writes)}" if kind == "leader" else desk.tree.named(writes),
        today=desk.now.date(),
        standing=lines[0],
        waiting=lines[1],
        dead_addresses=tuple(dead.email for dead in standing.dead),
        trail=standing.trail,
    )
    for to in to_whom:
        key = f"{kind}:{desk.now.date().isoformat()}:{standing.receiver_id}:{to.email}"
        try:
            yield write_letter(desk.office, context, key=key, to=to, now=desk.now, attachments=files)
        except InputError:  # an address that cannot be mailed is told of by its own unit's reminders
            continue


def _drafts(desk: Desk, standing: Standing, everything: dict[Gathering, list[Obligation]]) -> Iterator[Attachment]:
    """A draft letter for each item of which enough units are late."""
    threshold = desk.office.rules.reminding.digest.draft_from
    for key, late in by_gathering(standing.overdue).items():
        enough = threshold is not None and len(late) >= threshold
        draft = draft_for(desk, everything[key], late) if enough else None
        if draft is not None:
            yield Attachment(draft.file_name, WORD, draft.data)


def _escalated(desk: Desk, standing: Standing) -> bool:
    """Whether any unit has come to a rung of which the leader is told."""
    today = desk.now.date()
    return any(
        rung_day.rung.escalates and rung_day.day <= today
        for owed in standing.overdue
        for rung_day in desk.office.rules.rung_days(owed, desk.tree[owed.unit_id])
    )


def _is_leaders_day(office: Office, today: date) -> bool:
    """The first working day of the week from the configured weekday on."""
    begins = today - timedelta(days=today.isoweekday() - office.rules.reminding.digest.leaders_on)
    return begins <= today and office.rules.calendar.on_or_after(begins) == today


def _gathered(connection: Connection, key: Gathering) -> list[Obligation]:
    return [one for one in obligation_rows.owed_to(connection, *key[:3]) if one.gathering == key]
