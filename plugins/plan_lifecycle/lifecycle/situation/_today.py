"""A coordinator's morning at one look: what falls due soon and how much of it is there, and who is late.

Sở Nội vụ reads at 8 a.m.: of 139 plans due today 121 are there; six communes are late, the first by six days and
reminded three times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from plan_lifecycle.domain.obligation import Item, Obligation, title
from plan_lifecycle.domain.unit_group import UnitGroup, UnitGroups
from plan_lifecycle.lifecycle.office import Desk, Office, open_desk
from plan_lifecycle.lifecycle.situation._people import Reach, reached
from plan_lifecycle.store import overview
from plan_lifecycle.store import people as people_rows
from plan_lifecycle.store import reminders as reminder_rows
from plan_lifecycle.store.database import Connection

AHEAD = timedelta(days=30)
"""How far ahead what falls due is shown."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """One item of one period that several units owe to one receiver until one day; counts are of units."""

    what: str
    receiver: str
    due_on: date
    expected: int
    received: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something that did not come in by its last day; ``days`` past it, ``told`` letters that left about it."""

    id: str
    unit_id: str
    unit: str
    group: UnitGroup
    what: str
    due_on: date
    days: int
    told: int
    told_last: date | None
    people: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What falls due within ``AHEAD``, the soonest first, and what is overdue, the latest first.

    ``unclear`` more are past their day, but a file that waits for a person may be what is owed.
    """

    soon: tuple[Gathering, ...]
    overdue: tuple[Overdue, ...]
    unclear: int = 0


def today(office: Office, now: datetime) -> Today:
    """How things stand on the day of ``now`` with the units that may be seen; what coordinating agencies owe themselves
    is not in it."""
    day = now.date()
    with office.store.read() as connection:
        behind = overview.outstanding_by(connection, day - timedelta(days=1))
        owed = [one for one in behind if one.item is not Item.QUOTA and office.sight.has(one.unit_id)]
        desk = open_desk(office, connection, now, owed)
        late = [obligation for obligation in owed if _counts_as_late(desk, obligation)]
        soon = overview.gatherings(connection, day, day + AHEAD, office.sight)
        return Today(
            tuple(
                Gathering(
                    title(row.item, row.period, row.abstract),
                    desk.tree.called(row.receiver_id),
                    row.due_on,
                    row.expected,
                    row.received,
                )
                for row in soon
            ),
            tuple(_overdue(connection, desk, late, day)),
            sum(_is_chased(desk, obligation) for obligation in owed) - len(late),
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """One item of one period that somebody still owes, as people call it."""

    item: Item
    period: str
    what: str


def kinds_owed(office: Office) -> list[Kind]:
    """What is still owed by anybody, each item of each period once."""
    with office.store.read() as connection:
        rows = overview.kinds_outstanding(connection, office.sight)
    names: dict[tuple[Item, str], list[str]] = {}
    for row in rows:
        names.setdefault((row.item, row.period), []).append(title(row.item, row.period, row.abstract))
    return [Kind(*key, "; ".join(dict.fromkeys(whats))) for key, whats in names.items()]


def _counts_as_late(desk: Desk, obligation: Obligation) -> bool:
    """Whether the unit is to be chased, and no file that may be what it owes waits."""
    return _is_chased(desk, obligation) and obligation.id not in desk.awaiting


def _is_chased(desk: Desk, obligation: Obligation) -> bool:
    """Whether the unit exists and is not the agency itself."""
    return desk.both_exist(obligation) and not desk.scene.own_duty(obligation)


def _overdue(connection: Connection, desk: Desk, late: Sequence[Obligation], day: date) -> list[Overdue]:
    told = reminder_rows.times_told(connection, [obligation.id for obligation in late])
    people = people_rows.people_on(connection, day, {obligation.unit_id for obligation in late})
    groups, found = UnitGroups(desk.tree), []
    for obligation in late:
        if obligation.due_on is None:
            continue
        unit, (times, last) = obligation.unit_id, told.get(obligation.id, (0, None))
        found.append(
            Overdue(
                f"O{obligation.id}",
                unit,
                desk.tree.called(unit),
                groups.of(unit),
                obligation.what,
                obligation.due_on,
                (day - obligation.due_on).days,
                times,
                last,
                reached(people.get(unit, ()), [to.email for to in desk.recipients(unit)]),
            )
        )
    return sorted(found, key=lambda each: (-each.days, each.group, each.unit, each.what))
