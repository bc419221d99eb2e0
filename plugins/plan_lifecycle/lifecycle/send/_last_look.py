"""The last look at a letter before it goes: what it asks for may have come in, been put off, or be paused by now.

Xã Bình An delivered between the morning's run and the mail server's return: its letter is superseded. Of two things
owed one came in: the letter is written again without it, under its old Message-ID, unless it may have left under that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import OUTSTANDING, Obligation
from plan_lifecycle.domain.pausing import suspended
from plan_lifecycle.domain.reminder import climbs_towards
from plan_lifecycle.domain.unit import Standing
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.office import Desk, Office, Recipient, contained, open_desk
from plan_lifecycle.lifecycle.release import stopped_reports
from plan_lifecycle.lifecycle.remind import Due, reminder_letter, still_due
from plan_lifecycle.store import digests, guesses, pauses
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import reminders as reminder_rows
from plan_lifecycle.store import units as unit_rows

NEWER_DIGEST = "đã có bản tổng hợp của ngày sau"
"""Why a digest that waited does not leave."""


@dataclass(frozen=True, slots=True)
class Look:
    """The letter as it should go out now; None where it should not: for good, or (``held``) for a time."""

    letter: Letter | None
    reason: str = ""
    held: bool = False


def look_again(office: Office, batch: Sequence[Letter], now: datetime, worker: str) -> dict[int, Look]:
    """Each letter of the batch as it should go out now, by id. A reminder of an earlier day is written again: its words
    count the days that are left."""
    result = {letter.id: Look(letter) for letter in batch}
    today = now.date()
    with office.store.read() as connection:
        ended = unit_rows.ended_among(connection, [letter.unit_id for letter in batch], today)
        stopped = stopped_reports(connection, batch, today)
        carried = reminder_rows.reminders_of(connection, [letter.id for letter in batch])
        ids = sorted({obligation_id for items in carried.values() for obligation_id, _ in items})
        outdated = digests.outdated(connection, batch)
        owed = {obligation.id: obligation for obligation in obligation_rows.get_obligations(connection, ids)}
        paused = pauses.suspensions(connection, today) if owed else []
        awaiting = guesses.awaiting(connection) if owed else frozenset()
        moved = {
            key
            for key, obligation in owed.items()
            if obligation.state not in OUTSTANDING
            or obligation.extended_from
            or obligation.resend_by
            or key in awaiting
            or suspended(paused, obligation, today)
        }
        stale = [
            letter
            for letter in batch
            if letter.id in carried
            and (
                letter.queued_at.date() < today
                or letter.unit_id in ended
                or any(key in moved for key, _ in carried[letter.id])
            )
        ]
        desk = open_desk(office, connection, now, list(owed.values())) if stale else None
    result |= {key: Look(None, why.reason, held=why.for_a_time) for key, why in stopped.items()}
    gone = Look(None, WhyUnsent.UNIT_ENDED.words)
    result |= {letter.id: gone for letter in batch if letter.unit_id in ended and letter.id not in carried}
    result |= {key: Look(None, NEWER_DIGEST) for key in outdated}
    if desk is not None:
        for letter in stale:
            with contained(f"letter {letter.id}", partial(_hold, result, letter), letter=letter.id):
                result[letter.id] = _look(desk, letter, [(owed[key], rung) for key, rung in carried[letter.id]], worker)
    return result


def _hold(result: dict[int, Look], letter: Letter, error: PlanLifecycleError) -> None:
    """Keep back a letter that cannot be looked at now; the others go."""
    result[letter.id] = Look(None, str(error), held=True)


def _look(desk: Desk, letter: Letter, carried: Sequence[tuple[Obligation, str]], worker: str) -> Look:
    newest = {obligation.id: (obligation, rung) for obligation, rung in carried}  # of several rungs of one obligation
    due = [item for owed, rung in newest.values() if (item := still_due(desk, owed, rung, letter.kind)) is not None]
    if not due:
        return Look(None, _why_not(desk, carried).words)
    kept = {item.obligation.id: why for item in due if (why := desk.scene.kept_back(item.obligation)) is not None}
    going = [item for item in due if item.obligation.id not in kept]
    if not going:
        return Look(None, next(iter(kept.values()))[1], held=True)
    return Look(_written_again(desk, letter, going, [item for item in due if item not in going], worker))


def _why_not(desk: Desk, carried: Sequence[tuple[Obligation, str]]) -> WhyUnsent:
    outstanding = [(owed, rung) for owed, rung in carried if owed.state in OUTSTANDING]
    if not outstanding:
        return WhyUnsent.ALL_MET
    if all(desk.scene.month_over(owed) for owed, _ in outstanding):
        return WhyUnsent.MONTH_OVER
    if all(desk.scene.own_duty(owed) for owed, _ in outstanding):
        return WhyUnsent.OWN_DUTY
    if any(_only_once(desk, owed, rung) for owed, rung in outstanding):
        return WhyUnsent.ONLY_ONCE
    aims = [desk.office.rules.aim(owed) for owed, _ in outstanding]
    if any(aim is not None and aim.again for aim in aims):
        return WhyUnsent.SENT_BACK
    return WhyUnsent.PUT_OFF if any(desk.both_exist(owed) for owed, _ in outstanding) else WhyUnsent.UNIT_ENDED


def _only_once(desk: Desk, owed: Obligation, rung: str) -> bool:
    """Whether the rung still stands, but not on the ladder of a unit that gets one courtesy reminder."""
    unit, aim = desk.tree.get(owed.unit_id), desk.office.rules.aim(owed)
    requested = unit is not None and unit.standing is Standing.REQUESTED
    return requested and aim is not None and climbs_towards(rung, aim)


def _written_again(desk: Desk, letter: Letter, going: Sequence[Due], kept: Sequence[Due], worker: str) -> Letter:
    """The letter about ``going`` alone; what is paused goes back to the ledger as not sent, and what a file waits for
    has its turn when that is decided."""
    people = desk.contacts.get(letter.unit_id or "", [])
    name = next((contact.name for contact in people if contact.email == letter.recipient), "")
    rewritten = reminder_letter(desk, Recipient(letter.recipient, name, letter.unit_id), going, instead_of=letter)
    with desk.office.store.write() as connection:
        letter_rows.rewrite(connection, letter.id, worker, rewritten)
        for item in kept:
            why, reason = desk.scene.kept_back(item.obligation) or (WhyUnsent.PAUSED, WhyUnsent.PAUSED.words)
            if why is WhyUnsent.FILE_WAITS:
                reminder_rows.put_back(connection, letter.id, item.obligation.id, item.rung.name)
                obligation_rows.set_next_rung(connection, {item.obligation.id: desk.now.date()})
            else:
                reminder_rows.take_out(connection, letter.id, item.obligation.id, item.rung.name, why, reason)
    known = ("id", "queued_at", "state", "attempts", "unsure")
    return replace(rewritten, **{name: getattr(letter, name) for name in known})
