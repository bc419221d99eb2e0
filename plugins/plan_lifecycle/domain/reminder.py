"""The ladder of reminders: which rung falls on which day, and which one is sent after days were missed.

Xã Bình An's plan is due on 28/02/2023: T−7 falls on 21/02, T−1 on 27/02, T+3 on 03/3. An office that was shut from
20/02 to 28/02 sends T−1 once on its return and records T−7 as skipped.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from plan_lifecycle.domain.calendar import WorkingCalendar
from plan_lifecycle.domain.unit import ContactRole


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder (*nấc nhắc*): ``days`` calendar days from the last day allowed, then ``working_days``.

    ``letter`` is the kind of letter, ``roles`` who gets it.
    """

    name: str
    days: int
    letter: str
    roles: tuple[ContactRole, ...] = (ContactRole.OFFICER,)
    working_days: int = 0


class RungDay(NamedTuple):
    """A rung and the working day on which it goes out."""

    rung: Rung
    day: date


class RungChoice(NamedTuple):
    """What to do on a day: the rung to send (if any), the older ones to record as skipped, and the next day."""

    send: RungDay | None
    skipped: tuple[RungDay, ...]
    next_on: date | None


def ladder_days(ladder: Sequence[Rung], due_on: date, calendar: WorkingCalendar) -> tuple[RungDay, ...]:
    """When each rung of the ladder goes out, in order of days.

    A rung before the due day never moves behind it; one after it never moves in front of it.
    """
    return tuple(
        sorted((RungDay(rung, _rung_day(rung, due_on, calendar)) for rung in ladder), key=lambda each: each.day)
    )


def _rung_day(rung: Rung, due_on: date, calendar: WorkingCalendar) -> date:
    day = calendar.shift(due_on + timedelta(days=rung.days), rung.working_days)
    if day > due_on:
        moved = calendar.letter_day(day)
        return moved if moved > due_on else calendar.on_or_after(day)
    return calendar.letter_day(day, latest=due_on)


def choose_rung(days: Sequence[RungDay], recorded: Collection[str], today: date) -> RungChoice:
    """The newest rung that is due by ``today`` and not in the ledger; older unrecorded ones are skipped.

    A rung older than one already in the ledger is never sent: it would step back down the ladder.
    """
    past = [each for each in days if each.day <= today]
    unrecorded = [each for each in past if each.rung.name not in recorded]
    newest = past[-1] if past and past[-1].rung.name not in recorded else None
    skipped = tuple(each for each in unrecorded if each is not newest)
    following = [each.day for each in days if each.day > today]
    return RungChoice(newest, skipped, following[0] if following else None)


def first_rung_on(days: Sequence[RungDay], created_on: date) -> date | None:
    """The first rung after the day on which the obligation was made known (its cascade letter counts for that day)."""
    later = [each.day for each in days if each.day > created_on]
    return later[0] if later else None
