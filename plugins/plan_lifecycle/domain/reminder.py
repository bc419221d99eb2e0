"""The ladder of reminders: which rung falls on which day, and which one is sent after days were missed.

Xã Bình An's plan is due on 28/02/2023: T−7 falls on 21/02, T−1 on 27/02, T+3 on 03/3, then every five working days.
An office that was shut from 20/02 to 28/02 sends T−1 once on its return and records T−7 as skipped.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from plan_lifecycle.domain.calendar import WorkingCalendar
from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState
from plan_lifecycle.domain.unit import ContactRole, Standing

BEFORE, LAST, AFTER = "reminder_before", "reminder_last", "reminder_after"
"""The kinds of letter: *nhắc* some days before, on the eve of the last day, *đôn đốc* after it."""
QUOTA = "reminder_quota"
"""A month's quota is not reached yet; it is told before the month ends, or not at all."""
REMINDERS = frozenset({BEFORE, LAST, AFTER, QUOTA})

ASKED_AGAIN = "re "
"""How the names of such letters begin that are no rung of a ladder."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder (*nấc nhắc*): ``days`` calendar days from the last day allowed, then ``working_days``.

    ``later`` counts working days on from the day on which that rung goes out (a repeated rung). ``letter`` is the
    kind of letter, ``roles`` who gets it, with ``superior`` the head of the unit above too. ``escalates``: from here
    on the leader is told. ``courtesy``: the one rung for who is only requested.
    """

    name: str
    days: int
    letter: str
    roles: tuple[ContactRole, ...] = (ContactRole.OFFICER,)
    working_days: int = 0
    later: int = 0
    superior: bool = False
    escalates: bool = False
    courtesy: bool = False


class Aim(NamedTuple):
    """The last day that a ladder climbs to, and the mark that its rungs bear in the ledger ("T-1@10/3").

    ``again``: it is for the completed paper of what was returned.
    """

    day: date
    mark: str = ""
    again: bool = False


class RungDay(NamedTuple):
    """A rung and the working day on which it goes out."""

    rung: Rung
    day: date


class RungChoice(NamedTuple):
    """What to do on a day: the rung to send (if any), the older ones to record as skipped, and the next day."""

    send: RungDay | None
    skipped: tuple[RungDay, ...]
    next_on: date | None


def repeated(rung: Rung, every: int, at_most: int) -> Iterator[Rung]:
    """The rung, then again ``every`` so many working days after it went out, ``at_most`` so many times: "T+3.1" …"""
    yield rung
    for time in range(1, at_most + 1):
        yield replace(rung, name=f"{rung.name}.{time}", later=rung.later + every * time)


def aim_of(obligation: Obligation, *, resending: bool) -> Aim | None:
    """What an obligation's reminders climb to; None while no day is known.

    After an extension the ladder is climbed again towards the new day, so its rungs bear a mark ("@10/3"). With
    ``resending`` what was returned is reminded of by the day on which it is awaited again ("#10/3"), unless a person
    gave more time than that.
    """
    due_on, resend_by = obligation.due_on, obligation.resend_by
    returned = obligation.state is ObligationState.RETURNED and obligation.item is not Item.QUOTA
    extended = due_on is not None and obligation.extended_from is not None
    if resending and returned and resend_by and not (extended and due_on and due_on > resend_by):
        return Aim(resend_by, f"#{resend_by.day}/{resend_by.month}", again=True)
    if due_on is None:
        return None
    return Aim(due_on, f"@{due_on.day}/{due_on.month}" if extended else "")


def ladder_for(ladder: Sequence[Rung], standing: Standing = Standing.ORDERED, mark: str = "") -> tuple[Rung, ...]:
    """The ladder of one obligation, its rungs under names with their mark.

    Who is outside the chain of command gets one courtesy reminder and no escalation.
    """
    rungs = tuple(ladder)
    if standing is Standing.REQUESTED and rungs:
        chosen = next((rung for rung in rungs if rung.courtesy), rungs[0])
        rungs = (replace(chosen, escalates=False, superior=False),)
    return tuple(replace(rung, name=f"{rung.name}{mark}") for rung in rungs) if mark else rungs


def asked_again(day: date, aim: Aim) -> str:
    """The name in the ledger of a letter that a person has written once more on a day: "re 7/3@10/3"."""
    return f"{ASKED_AGAIN}{day.day}/{day.month}{aim.mark}"


def climbs_towards(rung_name: str, aim: Aim) -> bool:
    """Whether a rung in the ledger belongs to the present last day, and not to one before it was moved."""
    marked = re.search("[@#].*", rung_name)
    return (marked[0] if marked else "") == aim.mark


def ladder_days(ladder: Sequence[Rung], due_on: date, calendar: WorkingCalendar) -> tuple[RungDay, ...]:
    """When each rung of the ladder goes out, in order of days.

    A rung before the due day never moves behind it. One after it moves to the next day of sending, never to one before:
    who was told of three days to come is not asked for anything after two (domain rules 5.9 are of rungs before it).
    """
    return _ladder_days(tuple(ladder), due_on, calendar)


@lru_cache(maxsize=4096)
def _ladder_days(ladder: tuple[Rung, ...], due_on: date, calendar: WorkingCalendar) -> tuple[RungDay, ...]:
    days = (RungDay(rung, _rung_day(rung, due_on, calendar)) for rung in ladder)
    return tuple(sorted(days, key=lambda rung_day: rung_day.day))


def _rung_day(rung: Rung, due_on: date, calendar: WorkingCalendar) -> date:
    day = _moved(calendar.shift(due_on + timedelta(days=rung.days), rung.working_days), due_on, calendar)
    return _moved(calendar.shift(day, rung.later), due_on, calendar) if rung.later else day


def _moved(day: date, due_on: date, calendar: WorkingCalendar) -> date:
    return calendar.sending_after(day) if day > due_on else calendar.letter_day(day, latest=due_on)


def choose_rung(days: Sequence[RungDay], recorded: Collection[str], today: date) -> RungChoice:
    """The newest rung that is due by ``today`` and not in the ledger; older unrecorded ones are skipped.

    A rung older than one already in the ledger is never sent: it would step back down the ladder.
    """
    past = [rung_day for rung_day in days if rung_day.day <= today]
    unrecorded = [rung_day for rung_day in past if rung_day.rung.name not in recorded]
    newest = past[-1] if past and past[-1].rung.name not in recorded else None
    skipped = tuple(rung_day for rung_day in unrecorded if rung_day is not newest)
    following = [rung_day.day for rung_day in days if rung_day.day > today]
    return RungChoice(newest, skipped, following[0] if following else None)


def first_rung_on(days: Sequence[RungDay], created_on: date) -> date | None:
    """The first rung after the day on which the obligation was made known (its cascade letter counts for that day)."""
    later = [rung_day.day for rung_day in days if rung_day.day > created_on]
    return later[0] if later else None


def letter_kind(rung: Rung, due_on: date, today: date) -> str:
    """The kind of letter that fits the day: a rung caught up after the last day is *đôn đốc*, whatever it was for."""
    if rung.letter == QUOTA:
        return QUOTA
    if today > due_on:
        return AFTER
    return LAST if rung.letter == AFTER else rung.letter
