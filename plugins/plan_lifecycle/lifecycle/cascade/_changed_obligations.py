"""Moving what is owed: a decision gives a day, an amended plan another, and the ladder is climbed again towards it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from plan_lifecycle.domain.obligation import SETTLED, Item, Obligation
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import versions
from plan_lifecycle.store.database import Connection


class Move(NamedTuple):
    """An obligation as it was and as it is to be; both have the same row."""

    before: Obligation
    after: Obligation


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of one unit's obligations: moved to new words or days, no longer owed, newly owed."""

    moved: tuple[Move, ...] = ()
    closed: tuple[Obligation, ...] = ()
    added: tuple[Obligation, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.moved or self.closed or self.added)


def changes(
    existing: Iterable[Obligation],
    wanted: Iterable[Obligation],
    extended: frozenset[int],
    *,
    decided: bool = False,
) -> Changes:
    """Compare what a unit owes with what it is to owe; ``extended`` are ids that a person gave more time.

    ``decided``: a clause that reads as before has got another day. Else it keeps its day: "trong 10 ngày kể từ ngày
    nhận" counts from the first receipt. A month's quota rests on the configuration, not on a clause: it ends only
    where the unit owes nothing any more.
    """
    asked = {(obligation.item, obligation.period): obligation for obligation in wanted}
    wanted_any = bool(asked)
    moved, closed = [], []
    for before in existing:
        after = asked.pop((before.item, before.period), None)
        if before.state in SETTLED or (before.item is Item.QUOTA and wanted_any):
            continue
        if after is None:
            closed.append(before)
        elif (move := _moved(before, after, before.id in extended, decided)) != before:
            moved.append(Move(before, move))
    return Changes(tuple(moved), tuple(closed), tuple(asked.values()))


def _moved(before: Obligation, after: Obligation, extended: bool, decided: bool) -> Obligation:
    """The row with its new clause and day. More time that a person gave is kept where it is later still."""
    same_words = not decided and before.phrase == after.phrase and before.clause == after.clause
    due_on = before.due_on if same_words and before.due_on else after.due_on
    if extended and before.due_on and due_on and before.due_on >= due_on:
        due_on = before.due_on
    fresh = before.due_on is not None and due_on != before.due_on
    return replace(
        before,
        plan_id=after.plan_id,
        receiver_id=after.receiver_id,
        clause=after.clause,
        phrase=after.phrase,
        basis=after.basis,
        opens_on=after.opens_on,
        due_at=after.due_at,
        due_on=due_on,
        extended_from=before.due_on if fresh else before.extended_from,
    )


def apply(connection: Connection, office: Office, change: Changes, unit: Unit | None, today: date) -> Changes:
    """Write the changes; return those that this run made (another process may have been first)."""
    moved = []
    for before, after in change.moved:
        placed = after
        if after.due_on != before.due_on:
            placed = replace(after, next_rung_on=office.rules.next_rung_on(after, unit, today))
        if versions.move(connection, before, placed):
            moved.append(Move(before, placed))
    closed = [obligation for obligation in change.closed if versions.close(connection, obligation)]
    obligation_rows.save_obligations(connection, change.added)
    return Changes(tuple(moved), tuple(closed), change.added)
