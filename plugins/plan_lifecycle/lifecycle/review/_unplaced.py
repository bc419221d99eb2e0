"""What a person needs to know to place an arrival: who sent it with what else, whose it may be, what is owed there.

A mail from a private address, "KH CCHC xa Binh An", with two files: the list names sender, subject, both files, xã
Bình An as the unit that is meant, what it owes, and the command that files it there. Guesses are shown, never acted on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from plan_lifecycle.channels import MailboxChannel
from plan_lifecycle.domain.obligation import OUTSTANDING, RELEASED, Obligation
from plan_lifecycle.domain.statement import Statement
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.collect import commands_for, item_named, statement_of
from plan_lifecycle.lifecycle.office import Office, UnitNames, named_among
from plan_lifecycle.lifecycle.submission import is_message
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import guesses as guess_rows
from plan_lifecycle.store import messages as message_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.guesses import Guess
from plan_lifecycle.store.waiting import WaitingArrival

MOST_UNITS = 5
MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something owed that the arrival may be for."""

    id: str
    unit_id: str
    unit: str
    what: str
    due_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What is known around an arrival: ``together`` are the other files of its message, ``units`` whose it may be,
    ``stated`` what a message without a file says, ``commands`` what to type once the gaps are filled in."""

    sender: str | None
    subject: str | None = None
    together: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    stated: Statement | None = None
    commands: tuple[str, ...] = ()


class Surroundings:
    """The store around a batch of arrivals, read once."""

    def __init__(
        self,
        office: Office,
        connection: Connection,
        tree: UnitTree,
        now: datetime,
        arrivals: Sequence[WaitingArrival],
    ) -> None:
        self._office, self._connection, self._tree, self._now = office, connection, tree, now
        identities = [arrival for arrival in map(_identity, arrivals) if arrival]
        self._heads = message_rows.heads(connection, identities)
        self._files = arrival_rows.of_messages(connection, identities)

    def of(self, arrival: WaitingArrival) -> Unplaced:
        """What is known around one of them."""
        identity = _identity(arrival)
        subject, kind = self._heads.get(identity, (None, ""))
        units = self._units(arrival, f"{subject or ''} {arrival.file_name}")[:MOST_UNITS]
        owed = self._owed(arrival, units)
        found = Unplaced(
            arrival.sender,
            subject,
            tuple(name for key, name in self._files.get(identity, []) if key != arrival.key),
            tuple(self._tree.named(unit) for unit in units),
            tuple(_candidate(self._tree, obligation) for obligation in owed[:MOST_CANDIDATES]),
        )
        if not is_message(arrival.channel, arrival.key):
            return replace(found, commands=(_assign(arrival, owed),))
        stated = statement_of(self._office, arrival, kind, self._plans(owed))
        return replace(found, stated=stated, commands=commands_for(stated, arrival, owed)) if stated else found

    def _units(self, arrival: WaitingArrival, text: str) -> list[Unit]:
        """Whose it may be, of the units that may be seen: as claimed, else the sender's own, by name where there are
        several, else as the file tells or is named."""
        return [unit for unit in self._all_units(arrival, text) if self._office.sight.has(unit.id)]

    def _all_units(self, arrival: WaitingArrival, text: str) -> list[Unit]:
        claimed = self._tree.get(arrival.unit_id)
        if claimed is not None:
            return [claimed]
        sender = (arrival.sender or "").lower()
        ids = message_rows.units_of(self._connection, sender, self._now.date()) if sender else []
        own = [self._tree[unit_id] for unit_id in ids if unit_id in self._tree]
        if own:
            return (named_among(own, text) if len(own) > 1 else []) or own
        told = [self._tree[guess.unit_id] for guess in self._guesses(arrival) if guess.unit_id in self._tree]
        return told or self._names.named_in(text)

    def _guesses(self, arrival: WaitingArrival) -> list[Guess]:
        """What was read in the file itself when it came."""
        return guess_rows.of(self._connection, arrival.id)

    @cached_property
    def _names(self) -> UnitNames:
        return UnitNames(self._tree)

    def _owed(self, arrival: WaitingArrival, units: Sequence[Unit]) -> list[Obligation]:
        """What they owe, the likeliest first: as claimed, as the file itself or its name says, still open, by the last
        day."""
        known = obligation_rows.owed_by(self._connection, [unit.id for unit in units])
        owed = [obligation for some in known.values() for obligation in some if obligation.state not in RELEASED]
        named = item_named(arrival.file_name)
        told = {guess.item: guess.period for guess in self._guesses(arrival) if guess.item}
        return sorted(
            owed,
            key=lambda each: (
                (each.item.value, each.period) != (arrival.item, arrival.period),
                bool(told) and told.get(each.item.value) not in ("", each.period),
                named is not None and each.item is not named,
                each.state not in OUTSTANDING,
                each.due_on or date.max,
                each.id,
            ),
        )

    def _plans(self, owed: Sequence[Obligation]) -> list[str]:
        """The numbers of the plans that they were sent."""
        plans = plan_rows.get_plans(self._connection, {obligation.plan_id for obligation in owed})
        return [plan.reference for plan in plans if plan.number]


def candidates_of(office: Office, unit: Unit, now: datetime) -> tuple[Candidate, ...]:
    """All that a unit owes and was not let off, by the last day: what a person may place an arrival into."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        known = obligation_rows.owed_by(connection, [unit.id])
    owed = [obligation for some in known.values() for obligation in some if obligation.state not in RELEASED]
    return tuple(
        _candidate(tree, obligation) for obligation in sorted(owed, key=lambda each: (each.due_on or date.max, each.id))
    )


def _candidate(tree: UnitTree, owed: Obligation) -> Candidate:
    unit = tree[owed.unit_id]
    return Candidate(f"O{owed.id}", unit.id, tree.named(unit), owed.what, owed.due_on, owed.state.value)


def _assign(arrival: WaitingArrival, owed: Sequence[Obligation]) -> str:
    """The command that files it, for what is owed where that can be only one thing: as claimed, as the file's name
    says, or at all."""
    still = [obligation for obligation in owed if obligation.state in OUTSTANDING]
    claimed = [
        obligation
        for obligation in still
        if (obligation.item.value, obligation.period) == (arrival.item, arrival.period)
    ]
    named = [obligation for obligation in still if obligation.item is item_named(arrival.file_name)]
    target = next((f"O{some[0].id}" for some in (claimed, named, still) if len(some) == 1), "O…")
    return f'plan-lifecycle review assign A{arrival.id} --to {target} --by "…" --reason "…"'


def _identity(arrival: WaitingArrival) -> str:
    """The message that an arrival came in; empty where it came over another channel."""
    return arrival.key.rpartition("/")[0] if arrival.channel == MailboxChannel.name else ""
